# Two commands do everything on a fresh Debian machine, as root or by sudo:
#   make run    install what is missing, build, open the sample lab campus.lab in the window;
#               without a display: start it, check it, stop it, in the terminal
#   make check  the same, then all tests, plainly and (all but those of windows) under AddressSanitizer
#               and UBSan
# (make check-all runs the big labs, and the windows under the sanitizers, as well; make fuzz feeds each
# reader of foreign bytes with damaged ones, FUZZ_SECONDS each.)
# Both work again at once, and without the network once everything is installed.

BUILD ?= build
BUILD_ASAN ?= build-asan
BUILD_FUZZ ?= build-fuzz
FUZZ_SECONDS ?= 60
PREFIX ?= /usr/local

# Warnings are errors in CI, where the compiler is known.
WERROR = $(if $(CI),true,false)

# What a build (with its tests) needs, what a lab needs to run (bubblewrap; frr for its programs: the
# routing service of the machine, which that package starts, is stopped again; what Linux hosts run), what a window needs
# (icons, a font, the desktop's settings, a bus), and what the tests look with.
PACKAGES = gcc libc6-dev pkg-config meson ninja-build gettext \
  libglib2.0-dev libglib2.0-dev-bin libjson-glib-dev libarchive-dev liblwip-dev libpcap0.8-dev libslirp-dev bubblewrap \
  libgtk-4-dev libadwaita-1-dev libvte-2.91-gtk4-dev libgtksourceview-5-dev librsvg2-dev \
  libcmark-dev librsvg2-common adwaita-icon-theme fonts-dejavu-core shared-mime-info \
  gsettings-desktop-schemas desktop-file-utils dbus frr iproute2 iputils-ping traceroute tcpdump iperf3 udhcpc \
  libatspi2.0-dev libxtst-dev libx11-dev
CHECK_PACKAGES = libxml2-utils librsvg2-bin python3-jsonschema tshark \
  xvfb openbox at-spi2-core appstream

# $(call run_tests,FOLDER,OPTIONS): what failing tests said stands at the very end, too.
run_tests = meson test --no-rebuild --print-errorlogs -C $(1) $(2) \
  || { status=$$?; tests/show-failures $(1); exit $$status; }

.PHONY: all build run check check-all check-plain check-slow asan check-asan check-ui-asan fuzz pictures deps deps-check install clean

all: build

# apt is asked only when something is missing.
define install_missing
	@missing=""; \
	for package in $(1); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing$$missing"; \
	  sudo=""; \
	  if [ "$$(id -u)" != 0 ]; then \
	    sudo="sudo"; \
	    command -v sudo >/dev/null || { \
	      echo "Run this as root once, or install:$$missing" >&2; exit 1; }; \
	  fi; \
	  $$sudo apt-get update -q \
	    && $$sudo env DEBIAN_FRONTEND=noninteractive \
	         apt-get install -q -y --no-install-recommends $$missing || exit; \
	  case "$$missing" in *frr*) \
	    if [ -d /run/systemd/system ]; then $$sudo systemctl disable -q --now frr; fi;; esac; \
	fi
endef

deps:
	$(call install_missing,$(PACKAGES))

deps-check: deps
	$(call install_missing,$(CHECK_PACKAGES))

# A folder that a newer or older meson left is set up anew.
build: deps
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --prefix=$(PREFIX) -Dwerror=$(WERROR)
	@ninja -C $(BUILD)

run: build
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  exec $(BUILD)/src/app/labwright data/labs/campus.lab; \
	fi; \
	$(BUILD)/src/ctl/labctl run --fresh data/labs/campus.lab || exit; \
	$(BUILD)/src/ctl/labctl export data/labs/campus.lab --svg $(BUILD)/campus.svg || exit; \
	echo "The lab's picture: $(BUILD)/campus.svg"

check: check-plain check-asan

# Set up again: the first time may have been before what checks need was there.
check-plain: deps-check build
	@meson setup --reconfigure $(BUILD) >/dev/null && ninja -C $(BUILD)
	@$(call run_tests,$(BUILD),--no-suite slow)

# Big labs, too: some minutes and 2 GB of memory.
check-slow: build
	@$(call run_tests,$(BUILD),--suite slow)

check-all: check check-ui-asan check-slow

asan: deps-check
	@test -f $(BUILD_ASAN)/build.ninja || meson setup $(BUILD_ASAN) -Dwerror=$(WERROR) \
	  -Db_sanitize=address,undefined -Db_lundef=false
	@ninja -C $(BUILD_ASAN)

check-asan: asan
	@$(call run_tests,$(BUILD_ASAN),--no-suite slow --no-suite ui --no-suite po --timeout-multiplier 4)

# A window is several times slower so, and GTK 4.8 itself leaks a few bytes in its file chooser, which
# cannot be told by name: that one report (all callers in libgtk-4, none of ours) is not a fault.
check-ui-asan: asan
	@$(call run_tests,$(BUILD_ASAN),--suite ui --timeout-multiplier 4)

# One target for each processor at a time. What is found lies in the build folder: inputs that reach
# new code in corpus/, those that crash in crashes/, what was said in NAME.log.
fuzz: deps
	$(call install_missing,clang libclang-rt-dev)
	@test -f $(BUILD_FUZZ)/build.ninja || CC=clang meson setup $(BUILD_FUZZ) -Dfuzz=true \
	  -Db_sanitize=address,undefined -Db_lundef=false
	@ninja -C $(BUILD_FUZZ) fuzz
	@find $(BUILD_FUZZ)/tests/fuzz -maxdepth 1 -type f -name 'fuzz-*' | sort | \
	  xargs -P "$$(nproc)" -n 1 tests/fuzz/run $(FUZZ_SECONDS)

# The pictures of the README and the metainfo, taken anew; of a quiet machine.
pictures: deps-check build
	@ninja -C $(BUILD) pictures
	@for name in running configuration dark large; do \
	  cp $(BUILD)/tests/ui/shots/$$name.png data/screenshots/; done

install: build
	meson install -C $(BUILD)

clean:
	rm -rf $(BUILD) $(BUILD_ASAN) $(BUILD_FUZZ)
