/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Images with faults, in the window of a lab: each device says why it does not run, what it wrote
 * is a click away, and what mends it another one. The images are tests/fixtures/fault-image under
 * telling names, and some that want what is not here. */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "elf-maker.h"
#include "ui-hand.h"

#define LONG_NAME                                                                                  \
  "longname-which-goes-on-and-on-until-it-is-far-longer-than-the-sixty-three-characters.bin"
#define RUNS "Running"

typedef struct
{
  const char *image;
  const char *sentence; /* part of what its device says */
  const char *program;  /* (nullable) the fixture; NULL: fault-image */
} Fault;

static const Fault faults[] = {
  { "tampered.bin", "failed its own code signing check", NULL },
  { "licence.bin", "and no iourc is set", NULL },
  { "aborts.bin", "It gave up: abort (signal 6)", NULL },
  { "segfault.bin", "segmentation fault (signal 11)", NULL },
  { "leaves7.bin", "ended by itself with exit code 7", NULL },
  { "mute.bin", "does not know layer-1 keepalives", NULL },
  { "locked.bin", "may not be executed", NULL },
  { "nowhere.bin", "is not on this machine", "" },
  { "hangs.bin", "has written nothing since it was started", NULL },
  { "memory.bin", "too little memory with 256 MB", NULL },
  { "toolong.bin", "finds a name too long", NULL },
  { "boot0.bin", "asks for its initial configuration dialogue", NULL },
  { "needy.bin", "needs libraries that this system does not have: libcrypto.so.4", "needy-image" },
  { "narrow.bin", "loader /lib/ld-of-old.so.1 is missing: this system has no 32-bit support", "" },
};

/* What only looks like a fault. */
static const Fault good[] = {
  { "signing.bin", RUNS, NULL },  { LONG_NAME, RUNS, NULL }, { "noise.bin", RUNS, NULL },
  { "stubborn.bin", RUNS, NULL }, { "old.bin", RUNS, NULL },
};

static void
put_file (const char *target, const char *program, int mode)
{
  g_autofree char *source =
      g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "tests", "fixtures", program, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
  g_assert_cmpint (chmod (target, (mode_t) mode), ==, 0);
}

static void
put_narrow (const char *target)
{
  const ElfPlan plan = { .narrow = TRUE, .interpreter = "/lib/ld-of-old.so.1" };
  ElfPlaces places;
  g_autoptr (GByteArray) elf = elf_make (&plan, &places);

  g_assert_true (g_file_set_contents (target, (const char *) elf->data, elf->len, NULL));
  g_assert_cmpint (chmod (target, 0700), ==, 0);
}

static char *
image_path (const char *name)
{
  g_autofree char *folder = ui_path ("data/labwright/images");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return g_build_filename (folder, name, NULL);
}

static void
put_image (const Fault *fault)
{
  g_autofree char *target = image_path (fault->image);

  if (g_str_equal (fault->image, "narrow.bin"))
    put_narrow (target);
  else if (!g_str_equal (fault->image, "nowhere.bin"))
    put_file (target, fault->program != NULL ? fault->program : "fault-image",
              g_str_equal (fault->image, "locked.bin") ? 0600 : 0700);
}

/* Nodes F1, F2…, of these images. (transfer full): the lab's path */
static char *
write_lab (const Fault *images, guint n)
{
  g_autoptr (GString) text = g_string_new (
      "{\"format\": \"labwright\", \"version\": 1, \"uuid\":"
      " \"11111111-2222-4333-8444-666666666666\", \"name\": \"Faults\", \"nodes\": [");
  char *path = ui_path ("faults.lab");

  for (guint i = 0; i < n; i++)
    {
      put_image (&images[i]);
      g_string_append_printf (
          text,
          "%s{\"name\": \"F%u\", \"id\": %u, \"kind\": \"iou\", \"x\": %u, \"y\":"
          " %u, \"ram\": 256, \"image\": {\"name\": \"%s\"}}",
          i > 0 ? ", " : "", i + 1, i + 1, 150 * (i % 5), 150 * (i / 5), images[i].image);
    }
  g_string_append (text, "], \"links\": []}");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  return path;
}

/* Opens the lab and starts all of it. */
static void
start (UiApp *app, const char *path)
{
  ui_hand_start (app, path);
  ui_hand_wait_node ("F1", "");
  ui_key ("ctrl+F8");
  ui_key ("ctrl+b");
}

static void
wait_sentences (const Fault *images, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("F%u", i + 1);

      ui_hand_wait_node (name, images[i].sentence);
    }
}

static void
end (UiApp *app)
{
  ui_app_kill (app, SIGTERM);
  g_assert_true (ui_app_wait_exit (app, 60000));
  ui_hand_end_labs ();
}

static void
test_sentences (void)
{
  g_autofree char *path = write_lab (faults, G_N_ELEMENTS (faults));
  UiApp app = { 0 };

  start (&app, path);
  wait_sentences (faults, G_N_ELEMENTS (faults));
  /* It moves all that is below it. */
  ui_hand_wait_control (NULL, "1 device wants an image");
  ui_settle (500);
  ui_shot ("faults");
  ui_hand_click_node ("F2");
  ui_hand_wait_control ("push button", "Output");
  ui_settle (600);
  ui_shot ("faults-output");
  ui_hand_click ("push button", "Output");
  ui_hand_wait_focus ("Console of F2");
  ui_hand_wait_console ("no valid license found");
  ui_shot ("faults-console");
  end (&app);
}

static void
test_good (void)
{
  g_autofree char *path = write_lab (good, G_N_ELEMENTS (good));
  UiApp app = { 0 };

  start (&app, path);
  wait_sentences (good, G_N_ELEMENTS (good));
  ui_shot ("faults-none");
  end (&app);
}

/* From the device to its image, to what mends it, and back: it runs. */
static void
show_image (const char *node)
{
  ui_hand_click_node (node);
  ui_hand_wait_control ("push button", "Show Image");
  ui_settle (600);
  ui_hand_click ("push button", "Show Image");
  ui_hand_wait_title ("Images");
  ui_settle (800);
}

static void
close_images (void)
{
  ui_key ("Escape");
  ui_hand_wait_no_title ("Images");
}

static void
start_again (const char *node)
{
  ui_hand_click_node (node);
  ui_key ("F5");
  ui_hand_wait_node (node, RUNS);
}

static void
give_library (const char *path)
{
  ui_tree_click ("Images", "push button", "Choose File");
  ui_hand_wait_title ("Choose Library");
  ui_settle (800);
  /* A name that is typed is looked for as a path from its first stroke. */
  ui_type_path (path);
  ui_settle (400);
  ui_shot ("faults-library-file");
  ui_key ("Return");
  ui_hand_wait_no_title ("Choose Library");
  ui_settle (800);
}

static void
test_mended (void)
{
  static const Fault broken[] = {
    { "locked.bin", "may not be executed", NULL },
    { "needy.bin", "needs libraries that this system does not have: libcrypto.so.4",
      "needy-image" },
  };
  g_autofree char *path = write_lab (broken, G_N_ELEMENTS (broken));
  g_autofree char *library = ui_path ("libcrypto.so.1.0.0");
  UiApp app = { 0 };

  put_file (library, "libcrypto.so.4", 0600);
  start (&app, path);
  wait_sentences (broken, G_N_ELEMENTS (broken));

  show_image ("F1");
  ui_shot ("faults-image");
  ui_tree_click ("Images", "push button", "Make Executable");
  ui_settle (800);
  close_images ();
  start_again ("F1");

  show_image ("F2");
  ui_shot ("faults-library");
  give_library (library);
  ui_shot ("faults-library-given");
  close_images ();
  start_again ("F2");
  ui_shot ("faults-mended");
  end (&app);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  g_unsetenv ("IOURC");
  g_unsetenv ("LABWRIGHT_IMAGE_PATH");
  g_setenv ("LABWRIGHT_SILENT_MS", "1500", TRUE);

  g_test_add_func ("/ui/faults/sentences", test_sentences);
  g_test_add_func ("/ui/faults/good", test_good);
  g_test_add_func ("/ui/faults/mended", test_mended);

  return g_test_run ();
}
