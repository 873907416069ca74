/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Images with faults, from labctl: each fault has its own sentence, and the fix that is offered
 * works. The images are fixtures of ours (tests/fixtures/fault-image.c) under telling names. */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "e2e.h"
#include "elf-maker.h"

/* No key: just characters of the right number. */
#define VALUE "0000111122223333"

static void
set_up (E2e *e2e, gconstpointer data)
{
  g_autofree char *home = NULL;

  e2e_set_up (e2e, data);
  home = e2e_path (e2e, "h");
  e2e_setenv (e2e, "HOME", home);
  e2e_setenv (e2e, "IOURC", NULL);
  e2e_setenv (e2e, "LABWRIGHT_IMAGE_PATH", NULL);
  e2e_setenv (e2e, "LABWRIGHT_SILENT_MS", "500");
}

/* A copy of the program under the name of its fault. (transfer full) */
static char *
copy_fixture (E2e *e2e, const char *program, const char *name)
{
  g_autofree char *path = g_build_filename ("tests", "fixtures", program, NULL);
  g_autofree char *source = e2e_program (path);
  g_autofree char *target = e2e_path (e2e, name);
  g_autofree char *bytes = NULL;
  g_autoptr (GString) salted = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  /* Different names are different images. */
  salted = g_string_new_len (bytes, (gssize) length);
  g_string_append (salted, name);
  g_assert_true (g_file_set_contents (target, salted->str, (gssize) salted->len, NULL));
  return g_steal_pointer (&target);
}

static void
add_fixture (E2e *e2e, const char *name)
{
  g_autofree char *path = copy_fixture (e2e, "fault-image", name);

  e2e_labctl (e2e, "image", "add", path, NULL);
  e2e_assert_code (e2e, 0);
}

/* (transfer full): a lab of one device R1, its path */
static char *
write_lab (E2e *e2e, const char *image, const char *more)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\": \"labwright\", \"version\": 1, \"uuid\": "
      "\"11111111-2222-4333-8444-555555555555\", \"name\": \"one\", \"nodes\": [{\"name\": \"R1\","
      " \"id\": 1, \"kind\": \"iou\", \"image\": {\"name\": \"%s\"}%s}], \"links\": []}",
      image, more);

  return e2e_write (e2e, "one.lab", text);
}

/* Starts a device of the image and waits until @wanted is said of it. */
static void
start_until (E2e *e2e, const char *image, const char *more, const char *wanted)
{
  g_autofree char *lab = write_lab (e2e, image, more);

  e2e_labctl (e2e, "start", lab, NULL);
  if (!e2e_wait_output (e2e, 15, wanted, "status", lab, "--json", NULL))
    g_error ("“%s” is not said of %s: %s", wanted, image, e2e->out);
}

static void
stop (E2e *e2e)
{
  e2e_labctl (e2e, "stop", "--all", NULL);
  e2e_assert_code (e2e, 0);
}

static const struct
{
  const char *image;
  const char *more; /* members of the node */
  const char *sentence;
  const char *log; /* (nullable) what labctl log shows of it */
} faults[] = {
  { "tampered.bin", "", "failed its own code signing check", "code signing checks" },
  { "refused.bin", "", "and no iourc is set", "the license is not valid" },
  { "aborts.bin", "", "It gave up: abort (signal 6)", "starting" },
  { "segfault.bin", "", "segmentation fault (signal 11)", "starting" },
  { "leaves7.bin", "", "ended by itself with exit code 7", "nothing to do here" },
  { "memory.bin", ", \"ram\": 256", "too little memory with 256 MB", "Cannot allocate" },
  { "mute.bin", "", "does not know layer-1 keepalives", "invalid option" },
  { "toolong.bin", "", "finds a name too long", "File name too long" },
  { "hangs.bin", "", "has written nothing since it was started", NULL },
  { "boot0.bin", "", "asks for its initial configuration dialogue", "[yes/no]" },
};

static void
test_sentences (E2e *e2e, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *lab = e2e_path (e2e, "one.lab");

      add_fixture (e2e, faults[i].image);
      start_until (e2e, faults[i].image, faults[i].more, faults[i].sentence);
      if (faults[i].log != NULL)
        {
          e2e_labctl (e2e, "log", lab, "R1", NULL);
          e2e_assert_code (e2e, 0);
          e2e_assert_has (e2e->out, faults[i].log);
          g_assert_null (strchr (e2e->out, '\r'));
        }
      stop (e2e);
    }
}

/* Those that only look as if. */
static void
test_good (E2e *e2e, gconstpointer data)
{
  static const char *const images[] = {
    "good.bin",
    "old.bin", /* its -h names no keepalives, so none are asked for */
    "signing.bin",
    "longname-which-goes-on-and-on-until-it-is-far-longer-than-the-sixty-three-characters.bin",
    "noise.bin",
    "stubborn.bin",
  };

  for (guint i = 0; i < G_N_ELEMENTS (images); i++)
    {
      add_fixture (e2e, images[i]);
      start_until (e2e, images[i], "", "\"state\" : \"ready\"");
      stop (e2e);
    }
}

/* It is killed, and that is said. */
static void
test_stubborn (E2e *e2e, gconstpointer data)
{
  g_autofree char *lab = e2e_path (e2e, "one.lab");

  add_fixture (e2e, "stubborn.bin");
  start_until (e2e, "stubborn.bin", "", "\"state\" : \"ready\"");
  e2e_labctl (e2e, "stop", lab, "R1", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (
      e2e_wait_output (e2e, 10, "\"state\" : \"stopped\"", "status", lab, "--json", NULL));
  e2e_labctl (e2e, "log", lab, "R1", NULL);
  e2e_assert_has (e2e->out, "did not end when it was asked to, and was killed");
  stop (e2e);
}

/* Twenty-five seconds, and a question at their end: nothing is said of it but that it boots, and
 * then it is ready. */
static void
test_slow (E2e *e2e, gconstpointer data)
{
  g_autofree char *lab = NULL;
  gint64 end;

  e2e_setenv (e2e, "LABWRIGHT_SILENT_MS", NULL);
  add_fixture (e2e, "boot50.bin");
  e2e_labctl (e2e, "image", "dialogue", "no", NULL);
  e2e_assert_code (e2e, 0);
  /* By the clock: on a busy machine each question takes its time. */
  end = g_get_monotonic_time () + 18 * G_USEC_PER_SEC;
  start_until (e2e, "boot50.bin", "", "\"state\" : \"booting\"");
  lab = e2e_path (e2e, "one.lab");
  while (g_get_monotonic_time () < end)
    {
      e2e_labctl (e2e, "status", lab, "--json", NULL);
      e2e_assert_has (e2e->out, "\"state\" : \"booting\"");
      e2e_assert_has (e2e->out, "\"message\" : \"\"");
      g_usleep (G_USEC_PER_SEC);
    }
  g_assert_true (e2e_wait_output (e2e, 30, "\"state\" : \"ready\"", "status", lab, "--json", NULL));
  e2e_labctl (e2e, "log", lab, "R1", NULL);
  e2e_assert_has (e2e->out, "[yes/no]: ");
  g_assert_null (strstr (e2e->out, "Please answer"));
  stop (e2e);
}

static void
test_options (E2e *e2e, gconstpointer data)
{
  add_fixture (e2e, "good.bin");
  e2e_assert_has (e2e->out, "192 MB of RAM and 128 KB of NVRAM");
  e2e_assert_has (e2e->out, "knows layer-1 keepalives");
  add_fixture (e2e, "old.bin");
  e2e_assert_has (e2e->out, "knows no layer-1 keepalives");
  add_fixture (e2e, "mute.bin");
  e2e_assert_has (e2e->out, "did not say anything that is understood");
  e2e_labctl (e2e, "image", "show", "old.bin", "--json", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpint (e2e_json_int (e2e, "", "default-ram"), ==, 192);
  g_assert_cmpint (e2e_json_int (e2e, "", "default-nvram"), ==, 128);
  e2e_labctl (e2e, "image", "list", NULL);
  e2e_assert_has (e2e->out, "labwright-host");
  e2e_assert_has (e2e->out, "about 2 MB");
  e2e_assert_has (e2e->out, "mute.bin");
  e2e_labctl (e2e, "image", "list", "--json", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "\"name\" : \"labwright-router\",\n    \"built-in\" : true");
  e2e_assert_has (e2e->out, "\"pattern\" : \"PC{n}\"");
  e2e_assert_has (e2e->out, "\"name\" : \"mute.bin\",\n    \"built-in\" : false");
  e2e_labctl (e2e, "image", "remove", "mute.bin", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "image", "show", "mute.bin", NULL);
  e2e_assert_code (e2e, 3);
}

/* One that was put into the folder by hand: the engine asks it before it starts it. */
static void
test_by_hand (E2e *e2e, gconstpointer data)
{
  g_autofree char *folder = g_strdup_printf ("%s/h/labwright/images", e2e->root);
  g_autofree char *target = g_build_filename (folder, "old.bin", NULL);
  g_autofree char *source = copy_fixture (e2e, "fault-image", "old.bin");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_rename (source, target), ==, 0);
  g_assert_cmpint (chmod (target, 0700), ==, 0);
  start_until (e2e, "old.bin", "", "\"state\" : \"ready\"");
  stop (e2e);
  e2e_labctl (e2e, "image", "list", NULL);
  e2e_assert_has (e2e->out, "labwright-router");
  e2e_assert_has (e2e->out, "old.bin");
}

static char *
image_path (E2e *e2e, const char *name)
{
  return g_strdup_printf ("%s/h/labwright/images/%s", e2e->root, name);
}

static void
test_mode (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = image_path (e2e, "good.bin");

  add_fixture (e2e, "good.bin");
  g_assert_cmpint (chmod (path, 0600), ==, 0);
  e2e_labctl (e2e, "image", "show", "good.bin", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->out, "may not be executed");
  e2e_assert_has (e2e->out, "labctl image fix 'good.bin'");
  start_until (e2e, "good.bin", "", "may not be executed");
  e2e_labctl (e2e, "image", "fix", "good.bin", NULL);
  e2e_assert_code (e2e, 0);
  start_until (e2e, "good.bin", "", "\"state\" : \"ready\"");
  stop (e2e);
}

static void
write_elf (const char *path, const ElfPlan *plan)
{
  ElfPlaces places;
  g_autoptr (GByteArray) elf = elf_make (plan, &places);

  g_assert_true (g_file_set_contents (path, (const char *) elf->data, elf->len, NULL));
}

static void
test_loader (E2e *e2e, gconstpointer data)
{
  const ElfPlan plan = { .narrow = TRUE, .interpreter = "/lib/ld-of-old.so.1" };
  g_autofree char *path = e2e_path (e2e, "narrow.bin");

  write_elf (path, &plan);
  e2e_labctl (e2e, "image", "add", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out,
                  "narrow.bin is a 32-bit program and its loader /lib/ld-of-old.so.1 is missing");
  e2e_assert_has (e2e->out,
                  "As administrator: dpkg --add-architecture i386 && apt-get update && apt-get "
                  "install libc6:i386");
  e2e_labctl (e2e, "image", "fix", "narrow.bin", NULL);
  e2e_assert_code (e2e, 1);
  start_until (e2e, "narrow.bin", "", "this system has no 32-bit support");
  stop (e2e);
}

static void
test_library (E2e *e2e, gconstpointer data)
{
  static const char *const libraries[] = { "libcrypto.so.4", NULL };
  const ElfPlan plan = { .libraries = libraries };
  const ElfPlan crypto = { 0 };
  g_autofree char *path = e2e_path (e2e, "needy.bin");
  g_autofree char *library = e2e_path (e2e, "libcrypto.so.1.0.0");
  g_autofree char *word = g_strconcat ("libcrypto.so.4=", library, NULL);

  write_elf (path, &plan);
  write_elf (library, &crypto);
  e2e_labctl (e2e, "image", "add", path, NULL);
  e2e_assert_has (e2e->out, "needs libraries that this system does not have: libcrypto.so.4");
  e2e_assert_has (e2e->out, "labctl image fix 'needy.bin' --library libcrypto.so.4=FILE");
  start_until (e2e, "needy.bin", "", "needs libraries that this system does not have");
  stop (e2e);
  e2e_labctl (e2e, "image", "fix", "needy.bin", "--library", word, NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "image", "show", "needy.bin", NULL);
  e2e_assert_code (e2e, 0);
}

/* The library that is given is one that works. */
static void
test_library_runs (E2e *e2e, gconstpointer data)
{
  g_autofree char *built = e2e_program ("tests/fixtures/libcrypto.so.4");
  g_autofree char *library = e2e_path (e2e, "libcrypto.so.1.0.0");
  g_autofree char *word = g_strconcat ("libcrypto.so.4=", library, NULL);
  g_autofree char *image = copy_fixture (e2e, "needy-image", "needy.bin");
  g_autofree char *lab = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (built, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (library, bytes, (gssize) length, NULL));
  e2e_labctl (e2e, "image", "add", image, NULL);
  e2e_assert_has (e2e->out, "needs libraries that this system does not have: libcrypto.so.4");
  e2e_labctl (e2e, "image", "fix", "needy.bin", "--library", word, NULL);
  e2e_assert_code (e2e, 0);
  start_until (e2e, "needy.bin", "", "\"state\" : \"ready\"");
  lab = e2e_path (e2e, "one.lab");
  e2e_labctl (e2e, "log", lab, "R1", NULL);
  e2e_assert_has (e2e->out, "the library is there");
  stop (e2e);
}

static void
test_narrow (E2e *e2e, gconstpointer data)
{
  g_autofree char *program = e2e_program ("tests/fixtures/narrow-image");
  g_autofree char *path = NULL;
  int status = 0;
  const char *argv[] = { program, NULL };

  if (!g_file_test (program, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the compiler makes no 32-bit programs");
      return;
    }
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                     &status, NULL))
    {
      g_test_skip ("this kernel runs no 32-bit programs");
      return;
    }
  path = copy_fixture (e2e, "narrow-image", "narrow.bin");
  e2e_labctl (e2e, "image", "add", path, NULL);
  e2e_assert_has (e2e->out, "32-bit router");
  start_until (e2e, "narrow.bin", "", "\"state\" : \"ready\"");
  stop (e2e);
}

static void
test_no_program (E2e *e2e, gconstpointer data)
{
  g_autofree char *text = e2e_write (e2e, "text.bin", "not a program at all");
  g_autofree char *missing = e2e_path (e2e, "missing.bin");

  e2e_labctl (e2e, "image", "add", text, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "text.bin");
  e2e_labctl (e2e, "image", "add", missing, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "is not there");
  start_until (e2e, "nowhere.bin", "", "is not on this machine");
  stop (e2e);
}

static void
test_dialogue (E2e *e2e, gconstpointer data)
{
  g_autofree char *lab = e2e_path (e2e, "one.lab");

  add_fixture (e2e, "boot1.bin");
  start_until (e2e, "boot1.bin", "", "\"state\" : \"booting\"");
  /* Nobody wants it answered. */
  g_assert_true (e2e_wait_output (e2e, 10, "[yes/no]", "log", lab, "R1", NULL));
  e2e_labctl (e2e, "status", lab, "--json", NULL);
  e2e_assert_has (e2e->out, "\"state\" : \"booting\"");
  stop (e2e);
  e2e_labctl (e2e, "image", "dialogue", "no", NULL);
  e2e_assert_code (e2e, 0);
  start_until (e2e, "boot1.bin", "", "\"state\" : \"ready\"");
  e2e_labctl (e2e, "log", lab, "R1", NULL);
  g_assert_null (strstr (e2e->out, "Please answer"));
  stop (e2e);
  e2e_labctl (e2e, "image", "template", "boot1.bin", "boot1.bin", "--dialogue", "leave", NULL);
  e2e_assert_code (e2e, 0);
  start_until (e2e, "boot1.bin", "", "\"state\" : \"booting\"");
  g_assert_true (e2e_wait_output (e2e, 10, "[yes/no]", "log", lab, "R1", NULL));
  g_usleep (300000);
  e2e_labctl (e2e, "status", lab, "--json", NULL);
  e2e_assert_has (e2e->out, "\"state\" : \"booting\"");
  stop (e2e);
}

static void
test_prompt (E2e *e2e, gconstpointer data)
{
  g_autofree char *lab = e2e_path (e2e, "one.lab");

  add_fixture (e2e, "prompt.bin");
  e2e_labctl (e2e, "image", "template", "prompt.bin", "Menu", "--new", "--prompt", "choose: *$",
              NULL);
  e2e_assert_code (e2e, 0);
  start_until (e2e, "prompt.bin", "", "\"state\" : \"ready\"");
  e2e_labctl (e2e, "log", lab, "R1", NULL);
  e2e_assert_has (e2e->out, "choose:");
  stop (e2e);
  /* A node of the other template is not ready by this one's prompt. */
  e2e_labctl (e2e, "image", "template", "prompt.bin", "Shell", "--new", "--prompt", "never", NULL);
  e2e_assert_code (e2e, 0);
  start_until (e2e, "prompt.bin", ", \"template\": \"Shell\"", "\"state\" : \"booting\"");
  g_assert_true (e2e_wait_output (e2e, 10, "choose:", "log", lab, "R1", NULL));
  g_usleep (300000);
  e2e_labctl (e2e, "status", lab, "--json", NULL);
  e2e_assert_has (e2e->out, "\"state\" : \"booting\"");
  stop (e2e);
  start_until (e2e, "prompt.bin", ", \"template\": \"menu\"", "\"state\" : \"ready\"");
  stop (e2e);
  start_until (e2e, "prompt.bin", ", \"template\": \"Gone\"", "\"state\" : \"ready\"");
  stop (e2e);
}

/* TRUE if any file below @path holds @needle, but for those named iourc. */
static gboolean
any_file_holds (const char *path, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_test (child, G_FILE_TEST_IS_SYMLINK) || g_str_equal (name, "iourc"))
        continue;
      if (g_file_test (child, G_FILE_TEST_IS_DIR)
              ? any_file_holds (child, needle)
              : g_file_test (child, G_FILE_TEST_IS_REGULAR) &&
                    g_file_get_contents (child, &bytes, &length, NULL) &&
                    memmem (bytes, length, needle, strlen (needle)) != NULL)
        {
          g_test_message ("it is in %s", child);
          return TRUE;
        }
    }
  return FALSE;
}

static void
test_licence (E2e *e2e, gconstpointer data)
{
  g_autofree char *good = g_strdup_printf ("[license]\r\n%s = " VALUE ";\r\n", g_get_host_name ());
  g_autofree char *file = e2e_write (e2e, "my-licence", good);
  g_autofree char *other = e2e_write (e2e, "other", "[license]\nsomewhere-else = " VALUE ";\n");
  g_autofree char *kept = g_strdup_printf ("%s/h/labwright/iourc", e2e->root);
  g_autofree char *wanted =
      g_strdup_printf ("asks for a licence for host “%s”", g_get_host_name ());
  g_autofree char *lab = e2e_path (e2e, "one.lab");
  g_autofree char *svg = e2e_path (e2e, "one.svg");
  g_autofree char *configs = e2e_path (e2e, "configs");
  struct stat info;

  add_fixture (e2e, "licence.bin");
  e2e_labctl (e2e, "licence", "show", NULL);
  e2e_assert_has (e2e->out, "No iourc is set");
  start_until (e2e, "licence.bin", "", wanted);
  e2e_assert_has (e2e->out, "no iourc is set");
  stop (e2e);

  /* One for another machine, found where IOU itself looks. */
  e2e_setenv (e2e, "IOURC", other);
  start_until (e2e, "licence.bin", "", "your iourc has none of the right form for it");
  stop (e2e);
  e2e_setenv (e2e, "IOURC", NULL);
  e2e_labctl (e2e, "licence", "set", other, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "no entry for this host");

  e2e_labctl (e2e, "licence", "set", file, NULL);
  e2e_assert_code (e2e, 0);
  g_assert_null (strstr (e2e->out, VALUE));
  g_assert_cmpint (stat (kept, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  start_until (e2e, "licence.bin", "", "\"state\" : \"ready\"");
  e2e_labctl (e2e, "status", lab, "--json", NULL);
  g_assert_null (strstr (e2e->out, VALUE));
  e2e_labctl (e2e, "log", lab, "R1", NULL);
  g_assert_null (strstr (e2e->out, VALUE));
  e2e_labctl (e2e, "export", lab, "--svg", svg, "--configs", configs, NULL);
  e2e_labctl (e2e, "doctor", "--json", NULL);
  g_assert_null (strstr (e2e->out, VALUE));
  g_assert_null (strstr (e2e->err, VALUE));
  /* While the lab runs: its log, its runtime files, what devices keep, exports, the library. */
  g_unlink (file);
  g_unlink (other);
  g_assert_false (any_file_holds (e2e->root, VALUE));
  stop (e2e);
  g_assert_false (any_file_holds (e2e->root, VALUE));
  add_fixture (e2e, "refused.bin");
  start_until (e2e, "refused.bin", "", "does not accept the licence that your iourc has");
  stop (e2e);
  e2e_labctl (e2e, "licence", "remove", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

static void
test_appliance (E2e *e2e, gconstpointer data)
{
  g_autofree char *appliance = e2e_write (
      e2e, "l2.gns3a",
      "{\"name\": \"A switch\", \"category\": \"multilayer_switch\", \"registry_version\": 3,"
      " \"iou\": {\"ethernet_adapters\": 4, \"serial_adapters\": 0, \"ram\": 300},"
      " \"images\": [{\"filename\": \"good-l2.bin\", \"version\": \"1\"}]}");
  g_autofree char *image = NULL;

  e2e_labctl (e2e, "image", "add", appliance, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "good-l2.bin");
  image = copy_fixture (e2e, "fault-image", "good-l2.bin");
  e2e_labctl (e2e, "image", "add", appliance, NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "image", "show", "good-l2.bin", NULL);
  e2e_assert_has (e2e->out,
                  "Template “A switch”: nodes SW{n}, 4 Ethernet and 0 serial adapters, 300 MB");
}

/* A whole folder at once: what can run is added, what cannot says why. */
static void
test_folder (E2e *e2e, gconstpointer data)
{
  g_autofree char *folder = e2e_path (e2e, "mine");
  g_autofree char *link = e2e_path (e2e, "mine/lost.bin");
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  text = e2e_write (e2e, "mine/notes.txt", "nothing");
  g_assert_cmpint (symlink ("/nonexistent/l3.bin", link), ==, 0);
  first = copy_fixture (e2e, "fault-image", "mine/good.bin");
  second = copy_fixture (e2e, "fault-image", "mine/old.bin");
  e2e_labctl (e2e, "image", "add", folder, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->out, "Added good.bin");
  e2e_assert_has (e2e->out, "Added old.bin");
  g_assert_null (strstr (e2e->out, "notes.txt"));
  e2e_assert_has (e2e->err, "is a link to /nonexistent/l3.bin");
}

/* The library folder that an older start was given is gone: the image needs nothing of it. */
static void
test_library_gone (E2e *e2e, gconstpointer data)
{
  g_autofree char *addons = e2e_path (e2e, "eve/addons");
  g_autofree char *bin = e2e_path (e2e, "eve/addons/iol/bin");
  g_autofree char *lib = e2e_path (e2e, "eve/addons/iol/lib");
  g_autofree char *away = e2e_path (e2e, "eve-away");
  g_autofree char *eve = e2e_path (e2e, "eve");
  g_autofree char *lab = NULL;

  g_assert_cmpint (g_mkdir_with_parents (bin, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (lib, 0700), ==, 0);
  e2e_labctl (e2e, "image", "folder", "add", addons, NULL);
  e2e_assert_code (e2e, 0);
  add_fixture (e2e, "good.bin");
  start_until (e2e, "good.bin", "", "\"state\" : \"ready\"");
  lab = e2e_path (e2e, "one.lab");
  g_assert_cmpint (g_rename (eve, away), ==, 0);
  e2e_labctl (e2e, "image", "folder", NULL);
  e2e_assert_has (e2e->out, "addons (not there now)");
  e2e_labctl (e2e, "reload", lab, "R1", NULL);
  e2e_assert_code (e2e, 0);
  if (!e2e_wait_output (e2e, 15, "\"state\" : \"ready\"", "status", lab, "--json", NULL))
    g_error ("It does not start again: %s", e2e->out);
  e2e_labctl (e2e, "log", lab, "R1", NULL);
  g_assert_null (strstr (e2e->out, "bwrap:"));
  stop (e2e);
}

/* (transfer full): the SHA-256 of an image */
static char *
sha256_of (E2e *e2e, const char *image)
{
  g_autofree char *path = image_path (e2e, image);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
}

/* Another file has the name of the image by now: the device gets the very image under its new name,
 * and when that is gone, the lab can be given the file of the name. */
static void
test_replaced (E2e *e2e, gconstpointer data)
{
  g_autofree char *good = image_path (e2e, "good.bin");
  g_autofree char *moved = image_path (e2e, "good2.bin");
  g_autofree char *other = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *text = NULL;
  g_autofree char *lab = NULL;

  add_fixture (e2e, "good.bin");
  add_fixture (e2e, "old.bin");
  sha256 = sha256_of (e2e, "good.bin");
  text = g_strdup_printf (
      "{\"format\": \"labwright\", \"version\": 1, \"uuid\": "
      "\"11111111-2222-4333-8444-555555555555\", \"name\": \"one\", \"nodes\": [{\"name\": \"R1\","
      " \"id\": 1, \"kind\": \"iou\", \"image\": {\"name\": \"good.bin\", \"sha256\": \"%s\"}}]}",
      sha256);
  lab = e2e_write (e2e, "one.lab", text);
  other = image_path (e2e, "old.bin");
  g_assert_cmpint (g_rename (good, moved), ==, 0);
  g_assert_cmpint (g_rename (other, good), ==, 0);
  e2e_labctl (e2e, "start", lab, "--wait", "--timeout", "15", NULL);
  e2e_assert_code (e2e, 0);
  stop (e2e);

  g_assert_cmpint (g_remove (moved), ==, 0);
  e2e_labctl (e2e, "start", lab, NULL);
  g_assert_true (e2e_wait_output (e2e, 15, "is not the one that the lab names", "status", lab,
                                  "--json", NULL));
  e2e_assert_has (e2e->out, "labctl image map");
  stop (e2e);
  e2e_labctl (e2e, "image", "map", lab, "--yes", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "start", lab, "--wait", "--timeout", "15", NULL);
  e2e_assert_code (e2e, 0);
  stop (e2e);
}

/* An image that is called as a file of the device does not take that file's place. */
static void
test_called_nvram (E2e *e2e, gconstpointer data)
{
  g_autofree char *source = copy_fixture (e2e, "fault-image", "good.bin");
  g_autofree char *work =
      g_strdup_printf ("%s/s/11111111-2222-4333-8444-555555555555/1", e2e->root);
  g_autofree char *nvram = g_build_filename (work, "nvram_00001", NULL);
  g_autofree char *kept = NULL;

  e2e_labctl (e2e, "image", "add", source, "--name", "nvram_00001", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpint (g_mkdir_with_parents (work, 0700), ==, 0);
  g_assert_true (g_file_set_contents (nvram, "saved", -1, NULL));
  start_until (e2e, "nvram_00001", "", "to the image cannot be made");
  kept = e2e_read (nvram);
  g_assert_cmpstr (kept, ==, "saved");
  stop (e2e);
}

/* Which template devices are of, and another image, from the command line. */
static void
test_use (E2e *e2e, gconstpointer data)
{
  g_autofree char *lab = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *before = NULL;
  g_autofree char *named = NULL;
  g_autofree char *after = NULL;

  add_fixture (e2e, "prompt.bin");
  add_fixture (e2e, "good.bin");
  e2e_labctl (e2e, "image", "template", "prompt.bin", "Menu", "--new", "--prompt", "choose: *$",
              NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "image", "template", "prompt.bin", "Menu", "--no-keepalives", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "image", "show", "prompt.bin", NULL);
  e2e_assert_has (e2e->out, ", no keepalives");
  e2e_labctl (e2e, "image", "template", "prompt.bin", "Menu", "--keepalives", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "image", "show", "prompt.bin", NULL);
  g_assert_null (strstr (e2e->out, ", no keepalives"));
  e2e_labctl (e2e, "image", "template", "prompt.bin", "Menu", "--ram", "-5", NULL);
  g_assert_cmpint (e2e->code, !=, 0);
  e2e_assert_has (e2e->err, "-5 is too small");
  lab = write_lab (e2e, "prompt.bin", ", \"note\": \"mine\"");
  before = e2e_read (lab);
  e2e_labctl (e2e, "image", "use", lab, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "prompt.bin");
  e2e_labctl (e2e, "image", "use", lab, "R1", "--template", "Shell", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "no template “Shell”; it has “prompt.bin”, “Menu”");
  e2e_labctl (e2e, "image", "use", lab, "R9", "--template", "Menu", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "image", "use", lab, "--template", "Menu", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "image", "use", lab, "R1", "--image", "none.bin", NULL);
  e2e_assert_code (e2e, 1);
  named = e2e_read (lab);
  g_assert_cmpstr (named, ==, before);

  e2e_labctl (e2e, "image", "use", lab, "R1", "--template", "menu", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "image", "use", lab, "R1", NULL);
  e2e_assert_has (e2e->out, "Menu");
  e2e_labctl (e2e, "start", lab, "--wait", "--timeout", "15", NULL);
  e2e_assert_code (e2e, 0);
  stop (e2e);
  /* A template of the image that it had is none of the new one. */
  e2e_labctl (e2e, "image", "use", lab, "R1", "--image", "good.bin", NULL);
  e2e_assert_code (e2e, 0);
  after = e2e_read (lab);
  sha256 = sha256_of (e2e, "good.bin");
  e2e_assert_has (after, sha256);
  e2e_assert_has (after, "\"note\": \"mine\"");
  g_assert_null (strstr (after, "Menu"));
}

#define ADD(path, function) g_test_add (path, E2e, NULL, set_up, function, e2e_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/e2e/images/sentences", test_sentences);
  ADD ("/e2e/images/good", test_good);
  ADD ("/e2e/images/stubborn", test_stubborn);
  ADD ("/e2e/images/slow", test_slow);
  ADD ("/e2e/images/options", test_options);
  ADD ("/e2e/images/by-hand", test_by_hand);
  ADD ("/e2e/images/mode", test_mode);
  ADD ("/e2e/images/loader", test_loader);
  ADD ("/e2e/images/library", test_library);
  ADD ("/e2e/images/library-runs", test_library_runs);
  ADD ("/e2e/images/narrow", test_narrow);
  ADD ("/e2e/images/no-program", test_no_program);
  ADD ("/e2e/images/dialogue", test_dialogue);
  ADD ("/e2e/images/prompt", test_prompt);
  ADD ("/e2e/images/licence", test_licence);
  ADD ("/e2e/images/appliance", test_appliance);
  ADD ("/e2e/images/folder", test_folder);
  ADD ("/e2e/images/library-gone", test_library_gone);
  ADD ("/e2e/images/replaced", test_replaced);
  ADD ("/e2e/images/called-nvram", test_called_nvram);
  ADD ("/e2e/images/use", test_use);
  return g_test_run ();
}
