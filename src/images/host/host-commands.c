/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A host's configuration is a script of plain lines. “address”, “gateway”, “dhcp”, “dns” and
 * “hostname” do what they say at once and put themselves into the script, in the place of what they
 * contradict; “keep” does so with any command. “save” gives the script to labwright-host, which
 * stores it in NVRAM and answers in a file.
 *
 * They are shell scripts because what they do is run other programs. Nothing here but the shell and
 * iproute2 is relied on: awk, for one, is a link that may lead nowhere in the sandbox. */

#include "config.h"

#include "host-commands.h"

#include <sys/stat.h>

#include "device-machine.h"
#include "device-namespaces.h"

#define SH      "#!/bin/sh\n"
#define WITH    SH ". " HOST_FOLDER "/lib\n"
#define COMMAND DEVICE_BIN_DIR "/"

typedef struct
{
  const char *path;
  const char *text;
} Command;

static const Command commands[] = {
  { HOST_FOLDER "/lib",
    "refuse () { echo \"% $*\" >&2; exit 1; }\n"
    /* drop PATTERN: takes lines out of the script; not while that runs. */
    "drop () {\n"
    "  [ -z \"$HOST_BOOT\" ] || return 0\n"
    "  grep -v -e \"$1\" " HOST_SCRIPT " > " HOST_SCRIPT ".new\n"
    "  cat " HOST_SCRIPT ".new > " HOST_SCRIPT "; rm -f " HOST_SCRIPT ".new\n"
    "}\n"
    /* remember PATTERN LINE: LINE stands where the first line was that it replaces. */
    "remember () {\n"
    "  [ -z \"$HOST_BOOT\" ] || return 0\n"
    "  at=$(grep -n -m 1 -e \"$1\" " HOST_SCRIPT " | cut -d : -f 1)\n"
    "  [ -n \"$at\" ] || { printf '%s\\n' \"$2\" >> " HOST_SCRIPT "; return; }\n"
    "  { head -n $((at - 1)) " HOST_SCRIPT "; printf '%s\\n' \"$2\"\n"
    "    tail -n +$((at + 1)) " HOST_SCRIPT " | grep -v -e \"$1\"; } > " HOST_SCRIPT ".new\n"
    "  cat " HOST_SCRIPT ".new > " HOST_SCRIPT "; rm -f " HOST_SCRIPT ".new\n"
    "}\n"
    "need_port () {\n"
    "  ip link show dev \"$1\" > /dev/null 2>&1 || refuse \"There is no interface “$1”: “ports” "
    "\"\\\n"
    "\"lists them.\"\n"
    "}\n"
    "end_dhcp () {\n"
    "  if [ -s /run/dhcp-$1.pid ]; then\n"
    "    kill $(cat /run/dhcp-$1.pid) 2> /dev/null; rm -f /run/dhcp-$1.pid\n"
    "  fi\n"
    "}\n"
    "nameservers () {\n"
    "  for server in \"$@\"; do echo \"nameserver $server\"; done > /etc/resolv.conf\n"
    "}\n" },

  { COMMAND "address", WITH
    "[ $# -eq 2 ] || [ $# -eq 3 ] ||\n"
    "  refuse 'Usage: address INTERFACE ADDRESS/LENGTH [GATEWAY], or address INTERFACE none'\n"
    "need_port \"$1\"\n"
    "if [ \"$2\" = none ]; then\n"
    "  end_dhcp \"$1\"; ip addr flush dev \"$1\" scope global\n"
    "  drop \"^\\(address\\|dhcp\\) $1\\( \\|$\\)\"; exit 0\n"
    "fi\n"
    "case $2 in\n"
    "  *:*/*) family=-6 flags=nodad like='[^ ]*:';;\n"
    "  *.*/*) family=-4 flags= like=\"[^ :]*$\\|^dhcp $1$\";;\n"
    "  *) refuse \"“$2” is no address with its length, as 10.0.0.1/24 or 2001:db8::1/64 is.\";;\n"
    "esac\n"
    "[ $family = -6 ] || end_dhcp \"$1\"\n"
    "ip $family addr replace \"$2\" dev \"$1\" $flags || exit 1\n"
    "ip -o $family addr show dev \"$1\" scope global | while read -r number name type other rest; "
    "do\n"
    "  case $rest in *mngtmpaddr*) continue;; esac\n"
    "  [ \"$other\" = \"$2\" ] || ip addr del \"$other\" dev \"$1\"\n"
    "done\n"
    "ip link set dev \"$1\" up\n"
    "remember \"^address $1 $like\" \"address $1 $2\"\n"
    "[ $# -eq 2 ] || exec gateway \"$3\"\n" },

  { COMMAND "gateway",
    WITH "[ $# -eq 1 ] || refuse 'Usage: gateway ADDRESS, or gateway none'\n"
         "if [ \"$1\" = none ]; then\n"
         "  ip route del default 2> /dev/null; ip -6 route del default 2> /dev/null\n"
         "  drop '^gateway '; exit 0\n"
         "fi\n"
         "case $1 in *:*) family=-6 like='[^ ]*:';; *) family=-4 like='[^ :]*$';; esac\n"
         "ip $family route replace default via \"$1\" || exit 1\n"
         "remember \"^gateway $like\" \"gateway $1\"\n" },

  { COMMAND "dns", WITH "[ $# -gt 0 ] || refuse 'Usage: dns ADDRESS…'\n"
                        "nameservers \"$@\"\n"
                        "remember '^dns ' \"dns $*\"\n" },

  { COMMAND "hostname",
    WITH "PATH=${PATH#" DEVICE_BIN_DIR ":}\n"
         "[ $# -eq 1 ] && [ \"${1#-}\" = \"$1\" ] || exec hostname \"$@\"\n"
         "hostname \"$1\" || exit 1\n"
         "printf '127.0.0.1 localhost\\n127.0.1.1 %s\\n::1 localhost\\n' \"$1\" > /etc/hosts\n"
         "remember '^hostname ' \"hostname $1\"\n" },

  { COMMAND "dhcp", WITH
    "[ $# -eq 1 ] || refuse 'Usage: dhcp INTERFACE'\n"
    "need_port \"$1\"\n"
    "if command -v udhcpc > /dev/null; then client=udhcpc\n"
    "elif command -v busybox > /dev/null && busybox udhcpc --help > /dev/null 2>&1; then\n"
    "  client='busybox udhcpc'\n"
    "elif command -v dhclient > /dev/null; then client=dhclient\n"
    "else\n"
    "  refuse 'This machine has no DHCP client: let an administrator install one, on Debian with "
    "'\\\n"
    "'“apt install udhcpc”.'\n"
    "fi\n"
    "end_dhcp \"$1\"\n"
    "ip -4 addr flush dev \"$1\" scope global; ip link set dev \"$1\" up\n"
    "remember \"^address $1 [^ :]*$\\|^dhcp $1$\" \"dhcp $1\"\n"
    "if [ \"$client\" = dhclient ]; then\n"
    "  dhclient -4 -nw -lf /run/dhcp-$1.leases -pf /run/dhcp-$1.pid -cf /dev/null \\\n"
    "    -sf " HOST_FOLDER "/dhcp-event \"$1\"\n"
    "else\n"
    "  $client -b -t 4 -T 1 -A 3 -i \"$1\" -p /run/dhcp-$1.pid -s " HOST_FOLDER "/dhcp-event 2>&1\n"
    "fi\n" },

  /* Both clients run it: udhcpc says what happened in its first argument, dhclient in $reason. */
  { HOST_FOLDER "/dhcp-event", WITH
    "ip=${ip:-$new_ip_address} mask=${mask:-$new_subnet_mask}\n"
    "router=${router:-$new_routers} dns=${dns:-$new_domain_name_servers}\n"
    "case ${1:-$reason} in\n"
    "  deconfig | EXPIRE | FAIL | RELEASE | STOP) ip -4 addr flush dev $interface scope global;;\n"
    "  bound | renew | BOUND | RENEW | REBIND | REBOOT)\n"
    "    ip -4 addr replace $ip/$mask dev $interface || exit 1\n"
    "    ip -o -4 addr show dev $interface scope global | while read -r number name type other "
    "rest\n"
    "    do [ \"${other%/*}\" = \"$ip\" ] || ip addr del $other dev $interface; done\n"
    "    [ -z \"$router\" ] || ip route replace default via ${router%% *} dev $interface\n"
    "    [ -z \"$dns\" ] || nameservers $dns;;\n"
    "  PREINIT) ip link set dev $interface up;;\n"
    "esac\n" },

  { COMMAND "keep", WITH "[ $# -gt 0 ] || refuse 'Usage: keep COMMAND…'\n"
                         "sh -c \"$*\" || refuse 'It failed: the script stays as it is.'\n"
                         "[ -n \"$HOST_BOOT\" ] || printf '%s\\n' \"$*\" >> " HOST_SCRIPT "\n" },

  { COMMAND "forget",
    WITH "case $1 in '' | *[!0-9]*) refuse 'Usage: forget NUMBER, which “show” says';; esac\n"
         "sed -i \"$1d\" " HOST_SCRIPT "\n" },

  { COMMAND "show",
    WITH "[ -s " HOST_SCRIPT " ] || { echo 'The start script is empty.'; exit 0; }\n"
         "cat -n " HOST_SCRIPT "\n"
         "cmp -s " HOST_SCRIPT " " HOST_SAVED " || echo 'It is not saved: “save”.'\n" },

  { COMMAND "edit", WITH
    "for editor in \"$EDITOR\" nano vim vi; do\n"
    "  [ -n \"$editor\" ] && command -v $editor > /dev/null && exec $editor " HOST_SCRIPT "\n"
    "done\n"
    "refuse 'This machine has neither nano nor vi: “keep” and “forget” change the script.'\n" },

  { COMMAND "save",
    WITH "ip -o addr show scope global | while read -r number name family address rest; do\n"
         "  case $rest in *dynamic*) continue;; esac\n"
         "  [ \"$family\" = inet ] && grep -q \"^dhcp $name$\" " HOST_SCRIPT " && continue\n"
         "  grep -qF -e \" $address\" " HOST_SCRIPT " ||\n"
         "    echo \"Not in the script: address $name $address\"\n"
         "done\n"
         "rm -f " HOST_ANSWER "\n"
         "cp " HOST_SCRIPT " " HOST_FOLDER "/new && mv " HOST_FOLDER "/new " HOST_SAVED "\n"
         "for try in 1 2 3 4 5 6 7 8 9 10; do\n"
         "  [ -e " HOST_ANSWER " ] && break\n"
         "  sleep 0.1\n"
         "done\n"
         "[ -e " HOST_ANSWER " ] || refuse 'The script is not saved.'\n"
         "[ ! -s " HOST_ANSWER " ] || refuse \"$(cat " HOST_ANSWER ")\"\n"
         "echo 'Script saved.'\n" },

  /* Whoever comes from a router types it. */
  { COMMAND "write", SH "exec save\n" },

  { COMMAND "ports",
    WITH "ip -o link show | while read -r number name rest; do\n"
         "  name=${name%:} name=${name%@*} alias=\n"
         "  case $rest in *alias\\ *) alias=${rest##*alias } alias=${alias%% *};; esac\n"
         "  case $rest in *LOWER_UP*) state=up;; *,UP*) state='no carrier';; *) state=down;; esac\n"
         "  addresses=$(ip -o addr show dev $name scope global |\n"
         "    while read -r number other family address rest; do printf ' %s' $address; done)\n"
         "  [ $name = lo ] || printf '%-10s %-6s %-11s%s\\n' $name \"$alias\" \"$state\" "
         "\"$addresses\"\n"
         "done\n" },

  { COMMAND "help",
    WITH "cat << 'END'\n"
         "Commands that act at once and enter the start script:\n"
         "  address eth0 10.0.0.1/24 [GATEWAY]   an address, IPv4 or IPv6; “none” takes them off\n"
         "  gateway 10.0.0.254                   where other networks are\n"
         "  dhcp eth0                            address, gateway and DNS by DHCP\n"
         "  dns 10.0.0.53                        the name servers\n"
         "  hostname H1                          the name\n"
         "  keep COMMAND…                        any other command, as keep ip route add …\n"
         "The script:\n"
         "  show   forget NUMBER   edit          shows it, takes out a line, opens an editor\n"
         "  save                                 stores it: it runs at the next start\n"
         "The ports:\n"
         "  ports                                names, states, addresses\n"
         "END\n"
         "here= lacks=\n"
         "for program in ip ping traceroute tcpdump iperf3 dig curl nc ssh nmap mtr; do\n"
         "  if PATH=${PATH#" DEVICE_BIN_DIR ":} command -v $program > /dev/null\n"
         "  then here=\"$here $program\"; else lacks=\"$lacks $program\"; fi\n"
         "done\n"
         "echo \"Programs of this machine:$here\"\n"
         "[ -z \"$lacks\" ] || echo \"Not installed:$lacks\"\n" },

  { HOST_BOOT, SH
    "export HOST_BOOT=1\n"
    "number=0 return=$(printf '\\r')\n"
    "while IFS= read -r line || [ -n \"$line\" ]; do\n"
    "  number=$((number + 1)) line=${line%\"$return\"}\n"
    "  case $line in '' | '#'* | '!'*) continue;; esac\n"
    "  sh -c \"$line\" < /dev/null || echo \"% Line $number of the start script failed: $line\"\n"
    "done < " HOST_SCRIPT "\n" },

  { HOST_BASHRC,
    "PS1='$(uname -n):\\w# '\n"
    "unset HISTFILE MAILCHECK\n"
    "enable -n help\n"
    "command_not_found_handle () {\n"
    "  case $1 in\n"
    "    iperf3 | tcpdump | traceroute | nmap | curl) package=$1;;\n"
    "    ping) package=iputils-ping;; dig) package=bind9-dnsutils;; nc) package=netcat-openbsd;;\n"
    "    ssh) package=openssh-client;; mtr) package=mtr-tiny;;\n"
    "    *) echo \"% Unknown command “$1”: “help” lists some.\" >&2; return 127;;\n"
    "  esac\n"
    "  echo \"% $1 is not installed on this machine; on Debian “apt install $package” does it.\" "
    ">&2\n"
    "  return 127\n"
    "}\n" },
};

gboolean
host_commands_write (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (!device_namespaces_write (commands[i].path, commands[i].text) ||
        chmod (commands[i].path, 0755) != 0)
      return FALSE;
  return TRUE;
}
