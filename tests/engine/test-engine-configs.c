/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What devices save is kept: seen when it happens, found after a kill, many at once; and what is
 * put into their NVRAM. A walk of random orders is compared with a simple model of all that. */

#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine-harness.h"
#include "iou-nvram.h"
#include "lab-saved-nvram.h"

#define PATIENCE_MS 20000
#define MANY        20

static char *
work_of (Harness *lab, guint id)
{
  return g_strdup_printf ("%s/s/%s/%u", lab->dir, lab->uuid, id);
}

static GArray *
list (Harness *lab, guint id)
{
  g_autofree char *work = work_of (lab, id);
  g_autoptr (GError) error = NULL;
  GArray *entries = lab_saved_list (work, &error);

  g_assert_no_error (error);
  return entries;
}

static guint
count (Harness *lab, guint id)
{
  g_autoptr (GArray) entries = list (lab, id);

  return entries->len;
}

static void
wait_count (Harness *lab, guint id, guint wanted)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * 1000;

  while (count (lab, id) != wanted && g_get_monotonic_time () < end)
    g_usleep (10000);
  g_assert_cmpuint (count (lab, id), ==, wanted);
}

/* The text of an entry by its place, 0 the oldest. (transfer full) */
static char *
text_at (Harness *lab, guint id, guint index)
{
  g_autoptr (GArray) entries = list (lab, id);
  g_autofree char *work = work_of (lab, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = NULL;

  g_assert_cmpuint (index, <, entries->len);
  text = lab_saved_read (work, g_array_index (entries, LabSavedEntry, index).number, &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

static void
apply_pcs (Harness *lab, guint n)
{
  g_autoptr (GString) nodes = g_string_new (NULL);
  g_auto (GStrv) warnings = NULL;

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = g_strdup_printf ("PC%u", i);
      g_autofree char *node = harness_node (i, name, "labwright-pc", "set pcname begin");

      g_string_append_printf (nodes, "%s%s", i > 1 ? ", " : "", node);
    }
  warnings = harness_apply (lab, nodes->str, "");
  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
}

static Harness *
start_pcs (guint n)
{
  Harness *lab = harness_new ();

  apply_pcs (lab, n);
  harness_act (lab, "Start", NULL);
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = g_strdup_printf ("PC%u", i);

      harness_wait_state (lab, name, LAB_STATE_READY);
    }
  return lab;
}

static void
rename_and_save (Console *console, const char *name)
{
  g_autofree char *command = g_strdup_printf ("set pcname %s\r", name);
  g_autofree char *prompt = g_strdup_printf ("%s> ", name);

  console_type (console, command);
  g_assert_true (console_wait (console, prompt, HARNESS_PATIENCE_MS));
  console_type (console, "save\r");
  g_assert_true (console_wait (console, prompt, HARNESS_PATIENCE_MS));
}

static void
save_as (Harness *lab, const char *node, const char *name)
{
  Console *console = console_open (lab, node, TRUE);

  rename_and_save (console, name);
  console_close (console);
}

static void
kill_engine (Harness *lab)
{
  g_assert_cmpint (kill ((pid_t) lab->engine, SIGKILL), ==, 0);
  harness_disconnect (lab);
  harness_wait_end (lab);
}

static void
start_again (Harness *lab, guint n)
{
  harness_spawn (lab);
  harness_connect (lab);
  apply_pcs (lab, n);
}

static void
write_config (Harness *lab, const char *node, const char *text, gboolean restart, GError **error)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{say}"));
  g_variant_builder_add (&builder, "{s@ay}", node,
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text, strlen (text), 1));
  lab_bus_engine1_call_write_configs_sync (lab->proxy, g_variant_builder_end (&builder),
                                           g_variant_new ("a{say}", NULL), restart, NULL, error);
}

static void
test_save (void)
{
  Harness *lab = start_pcs (1);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  LabNodeState state;
  g_autoptr (GVariant) node = NULL;

  g_assert_cmpuint (count (lab, 1), ==, 0);
  save_as (lab, "PC1", "one");
  wait_count (lab, 1, 1);
  save_as (lab, "PC1", "two");
  wait_count (lab, 1, 2);
  save_as (lab, "PC1", "two");
  harness_act (lab, "Stop", "PC1");
  harness_wait_state (lab, "PC1", LAB_STATE_STOPPED);
  g_assert_cmpuint (count (lab, 1), ==, 2);
  first = text_at (lab, 1, 0);
  second = text_at (lab, 1, 1);
  g_assert_nonnull (strstr (first, "set pcname one\n"));
  g_assert_nonnull (strstr (second, "set pcname two\n"));
  node = harness_get_state (lab, "PC1", &state);
  g_assert_cmpint (state.saved_at, >, g_get_real_time () - 60 * G_USEC_PER_SEC);
  harness_free (lab);
}

/* The engine is killed as soon as the device says that it has saved. */
static void
test_killed (void)
{
  Harness *lab = start_pcs (1);
  g_autofree char *text = NULL;
  Console *console = console_open (lab, "PC1", TRUE);

  rename_and_save (console, "last");
  kill_engine (lab);
  console_close (console);
  start_again (lab, 1);
  wait_count (lab, 1, 1);
  text = text_at (lab, 1, 0);
  g_assert_nonnull (strstr (text, "set pcname last\n"));
  harness_free (lab);
}

/* An NVRAM that was written when there was no engine. */
static void
test_not_seen (void)
{
  Harness *lab = start_pcs (1);
  g_autofree char *work = work_of (lab, 1);
  g_autofree char *path = iou_nvram_path (work, 1);
  g_autofree char *text = NULL;

  save_as (lab, "PC1", "one");
  wait_count (lab, 1, 1);
  kill_engine (lab);
  g_assert_true (iou_nvram_save (path, 0, "set pcname two\n", 15, NULL, 0, NULL));
  start_again (lab, 1);
  wait_count (lab, 1, 2);
  text = text_at (lab, 1, 1);
  g_assert_nonnull (strstr (text, "set pcname two\n"));
  harness_free (lab);
}

/* An image that writes its file where it is, in two goes, and one that never closes it: each save
 * is one entry, and a half-written file is none. */
static void
test_in_place (void)
{
  Harness *lab = start_pcs (1);
  g_autofree char *work = work_of (lab, 1);
  g_autofree char *path = iou_nvram_path (work, 1);
  g_autoptr (GBytes) first = iou_nvram_build (NULL, 64, "one\n", 4, NULL, 0, NULL);
  g_autoptr (GBytes) second = iou_nvram_build (first, 64, "two\n", 4, NULL, 0, NULL);
  const char *data = g_bytes_get_data (first, NULL);
  const char *other = g_bytes_get_data (second, NULL);
  gsize size = g_bytes_get_size (first);
  g_autofree char *text = NULL;
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, data, 38, 0), ==, 38);
  g_usleep (100 * 1000);
  g_assert_cmpint (pwrite (fd, data + 38, size - 38, 38), ==, (gssize) size - 38);
  g_assert_cmpint (close (fd), ==, 0);
  wait_count (lab, 1, 1);

  fd = open (path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (pwrite (fd, other, size, 0), ==, (gssize) size);
  wait_count (lab, 1, 2);
  text = text_at (lab, 1, 1);
  g_assert_cmpstr (text, ==, "two\n");
  g_assert_cmpint (close (fd), ==, 0);
  g_usleep (500 * 1000);
  g_assert_cmpuint (count (lab, 1), ==, 2);
  harness_free (lab);
}

static void
save_in_place (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = iou_nvram_build (NULL, 64, text, strlen (text), NULL, 0, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (pwrite (fd, data, size, 0), ==, (gssize) size);
  g_assert_cmpint (close (fd), ==, 0);
}

/* While the history cannot be written, as on a full disk, an image that writes its NVRAM in place
 * saves all the same, and each save is over the one before. */
static void
test_no_room (void)
{
  Harness *lab = start_pcs (1);
  g_autofree char *work = work_of (lab, 1);
  g_autofree char *path = iou_nvram_path (work, 1);
  g_autofree char *history = g_build_filename (work, "history", NULL);
  g_autofree char *aside = g_build_filename (work, "aside", NULL);
  const char *const texts[] = { "zero\n", "one\n", "two\n", "three\n" };
  Console *console = console_open (lab, "PC1", TRUE);

  save_in_place (path, texts[0]);
  wait_count (lab, 1, 1);
  g_assert_cmpint (rename (history, aside), ==, 0);
  g_assert_true (g_file_set_contents (history, "", 0, NULL));
  save_in_place (path, texts[1]);
  g_assert_true (console_wait (console, "not in the history", 5000));
  save_in_place (path, texts[2]);
  g_usleep (600 * 1000);
  g_assert_cmpint (unlink (history), ==, 0);
  g_assert_cmpint (rename (aside, history), ==, 0);
  save_in_place (path, texts[3]);
  wait_count (lab, 1, G_N_ELEMENTS (texts));
  g_assert_true (console_wait (console, "in the history now", 5000));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = text_at (lab, 1, i);

      g_assert_true (g_str_has_prefix (text, texts[i]));
    }
  console_close (console);
  harness_free (lab);
}

/* More happens in a folder, while the engine is held up, than the kernel can tell: what was saved
 * last is found all the same. */
static void
test_overflow (void)
{
  Harness *lab = start_pcs (1);
  g_autofree char *work = work_of (lab, 1);
  g_autofree char *path = iou_nvram_path (work, 1);
  g_autofree char *limit = NULL;
  guint64 n_files;

  g_assert_true (
      g_file_get_contents ("/proc/sys/fs/inotify/max_queued_events", &limit, NULL, NULL));
  n_files = g_ascii_strtoull (limit, NULL, 10) / 2 + 1;
  if (n_files > 100000)
    {
      harness_free (lab);
      g_test_skip ("the queue of inotify is too long here to fill it");
      return;
    }
  g_assert_cmpint (kill ((pid_t) lab->engine, SIGSTOP), ==, 0);
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/x%u", work, i);
      int fd = open (name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

      g_assert_cmpint (fd, >=, 0);
      g_assert_cmpint (close (fd), ==, 0);
      g_assert_cmpint (unlink (name), ==, 0);
    }
  save_in_place (path, "last\n");
  g_assert_cmpint (kill ((pid_t) lab->engine, SIGCONT), ==, 0);
  wait_count (lab, 1, 1);
  harness_free (lab);
}

static void
save_many (Harness *lab)
{
  Console *consoles[MANY];
  gint64 began;

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *node = g_strdup_printf ("PC%u", i + 1);
      g_autofree char *command = g_strdup_printf ("set pcname h%u\r", i + 1);
      g_autofree char *prompt = g_strdup_printf ("h%u> ", i + 1);

      consoles[i] = console_open (lab, node, TRUE);
      console_type (consoles[i], command);
      g_assert_true (console_wait (consoles[i], prompt, HARNESS_PATIENCE_MS));
    }
  began = g_get_monotonic_time ();
  for (guint i = 0; i < MANY; i++)
    console_type (consoles[i], "save\r");
  g_assert_cmpint (g_get_monotonic_time () - began, <, G_USEC_PER_SEC);
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *prompt = g_strdup_printf ("h%u> ", i + 1);

      g_assert_true (console_wait (consoles[i], prompt, HARNESS_PATIENCE_MS));
      console_close (consoles[i]);
    }
}

static void
check_many (Harness *lab)
{
  for (guint i = 1; i <= MANY; i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *line = g_strdup_printf ("set pcname h%u\n", i);

      wait_count (lab, i, 1);
      text = text_at (lab, i, 0);
      g_assert_nonnull (strstr (text, line));
    }
}

static void
test_many (void)
{
  Harness *lab = start_pcs (MANY);

  save_many (lab);
  check_many (lab);
  harness_free (lab);
}

static void
test_many_killed (void)
{
  Harness *lab = start_pcs (MANY);

  save_many (lab);
  kill_engine (lab);
  start_again (lab, MANY);
  check_many (lab);
  harness_free (lab);
}

/* The device sees an empty folder where its history is, and cannot write there. */
static void
test_hidden (void)
{
  Harness *lab = start_pcs (1);
  g_autofree char *path = NULL;
  g_autofree char *mounts = NULL;
  g_auto (GStrv) lines = NULL;
  guint found = 0;

  path = g_strdup_printf ("/proc/%u/mountinfo", harness_get_pid (lab, "PC1"));
  g_assert_true (g_file_get_contents (path, &mounts, NULL, NULL));
  lines = g_strsplit (mounts, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *mount = strstr (lines[i], " /work/" LAB_SAVED_FOLDER " ");

      if (mount == NULL)
        continue;
      found++;
      g_assert_nonnull (strstr (mount, " ro,"));
      g_assert_nonnull (strstr (mount, " tmpfs "));
    }
  g_assert_cmpuint (found, ==, 1);
  harness_free (lab);
}

static void
test_write (void)
{
  Harness *lab = start_pcs (1);
  g_autofree char *replaced = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  Console *console;

  save_as (lab, "PC1", "one");
  wait_count (lab, 1, 1);
  save_as (lab, "PC1", "two");
  wait_count (lab, 1, 2);
  write_config (lab, "PC1", "set pcname new\n", FALSE, &error);
  g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE);
  g_clear_error (&error);
  g_assert_cmpuint (count (lab, 1), ==, 2);

  write_config (lab, "PC1", "set pcname new\n", TRUE, &error);
  g_assert_no_error (error);
  replaced = text_at (lab, 1, 1);
  written = text_at (lab, 1, 2);
  g_assert_nonnull (strstr (replaced, "set pcname two\n"));
  g_assert_cmpstr (written, ==, "set pcname new\n");
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  console = console_open (lab, "PC1", TRUE);
  console_type (console, "\r");
  g_assert_true (console_wait (console, "new> ", HARNESS_PATIENCE_MS));
  console_close (console);

  /* Nothing: the start configuration counts again. */
  write_config (lab, "PC1", "", TRUE, &error);
  g_assert_no_error (error);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  console = console_open (lab, "PC1", FALSE);
  g_assert_true (console_wait (console, "begin> ", HARNESS_PATIENCE_MS));
  console_close (console);
  g_assert_cmpuint (count (lab, 1), ==, 3);
  harness_free (lab);
}

/* While it runs a warning says that the size counts from the next start. */
static void
apply_sized (Harness *lab, guint nvram)
{
  g_autofree char *plain = harness_node (1, "PC1", "labwright-pc", "set pcname begin");
  g_autoptr (GString) node = g_string_new (plain);
  g_autofree char *member = g_strdup_printf (", \"nvram\": %u }", nvram);
  g_auto (GStrv) warnings = NULL;

  g_string_truncate (node, node->len - strlen (" }"));
  g_string_append (node, member);
  warnings = harness_apply (lab, node->str, "");
}

static void
stop_and_start (Harness *lab)
{
  harness_act (lab, "Stop", NULL);
  harness_wait_state (lab, "PC1", LAB_STATE_STOPPED);
  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
}

/* The file has the size that the device was told of, and the device what it saved. */
static void
assert_nvram (Harness *lab, guint kb, const char *prompt)
{
  g_autofree char *work = work_of (lab, 1);
  g_autofree char *path = iou_nvram_path (work, 1);
  g_autofree char *line = g_strdup_printf ("/proc/%u/cmdline", harness_get_pid (lab, "PC1"));
  g_autofree char *words = NULL;
  g_autofree char *wanted = g_strdup_printf ("%u", kb);
  Console *console = console_open (lab, "PC1", TRUE);
  const char *option;
  struct stat st;
  gsize length;

  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpuint ((guint) st.st_size, ==, kb * 1024);
  g_assert_true (g_file_get_contents (line, &words, &length, NULL));
  option = memmem (words, length, "\0-n", 4);
  g_assert_nonnull (option);
  g_assert_cmpstr (option + 4, ==, wanted);
  console_type (console, "\r");
  g_assert_true (console_wait (console, prompt, 5000));
  console_close (console);
}

/* An image that is told of another size than its file has begins anew: neither happens where it has
 * saved something. */
static void
test_size (void)
{
  Harness *lab = harness_new ();
  g_autofree char *large = g_strnfill (9000, 'x');
  g_autofree char *text = g_strdup_printf ("set pcname large\n# %s\n", large);
  g_autoptr (GError) error = NULL;

  /* Before it ever ran, and its own size is not known. */
  apply_sized (lab, 0);
  write_config (lab, "PC1", "set pcname put\n", TRUE, &error);
  g_assert_no_error (error);
  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  assert_nvram (lab, 64, "put> ");
  apply_sized (lab, 128);
  stop_and_start (lab);
  assert_nvram (lab, 128, "put> ");
  g_assert_cmpuint (count (lab, 1), ==, 1);
  /* What does not fit into the smaller one stays where it is. */
  write_config (lab, "PC1", text, TRUE, &error);
  g_assert_no_error (error);
  apply_sized (lab, 16);
  stop_and_start (lab);
  assert_nvram (lab, 128, "large> ");
  harness_free (lab);
}

/* Not waited for. */
static void
begin_write (Harness *lab, const char *text)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{say}"));
  g_variant_builder_add (&builder, "{s@ay}", "PC1",
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text, strlen (text), 1));
  lab_bus_engine1_call_write_configs (lab->proxy, g_variant_builder_end (&builder),
                                      g_variant_new ("a{say}", NULL), FALSE, NULL, NULL, NULL);
}

/* The engine goes on while the disk is written, and what is ordered then is done after it. */
static void
test_while_writing (void)
{
  Harness *lab = harness_new ();
  Console *console;

  apply_pcs (lab, 1);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("set pcname new%u\n", i);
      g_autofree char *prompt = g_strdup_printf ("new%u> ", i);

      begin_write (lab, text);
      harness_act (lab, "Start", "PC1");
      harness_wait_state (lab, "PC1", LAB_STATE_READY);
      console = console_open (lab, "PC1", TRUE);
      console_type (console, "\r");
      g_assert_true (console_wait (console, prompt, HARNESS_PATIENCE_MS));
      console_close (console);
      harness_act (lab, "Stop", "PC1");
      harness_wait_state (lab, "PC1", LAB_STATE_STOPPED);
    }

  /* A start that is taken back before the disk is written; then the end of everything. */
  begin_write (lab, "set pcname last\n");
  harness_act (lab, "Start", "PC1");
  harness_act (lab, "Stop", "PC1");
  harness_wait_state (lab, "PC1", LAB_STATE_STOPPED);
  begin_write (lab, "set pcname end\n");
  harness_free (lab);
}

/* Nothing is touched when one of them does not fit, or is not there. */
static void
test_refused (void)
{
  Harness *lab = start_pcs (2);
  g_autofree char *huge = g_strnfill (2 * 1024 * 1024, 'x');
  g_autoptr (GError) error = NULL;
  GVariantBuilder builder;

  save_as (lab, "PC1", "one");
  wait_count (lab, 1, 1);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{say}"));
  g_variant_builder_add (&builder, "{s@ay}", "PC1",
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "ok\n", 3, 1));
  g_variant_builder_add (&builder, "{s@ay}", "PC2",
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, huge, strlen (huge), 1));
  lab_bus_engine1_call_write_configs_sync (lab->proxy, g_variant_builder_end (&builder),
                                           g_variant_new ("a{say}", NULL), TRUE, NULL, &error);
  g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE);
  g_assert_nonnull (strstr (error->message, "PC2"));
  g_clear_error (&error);
  write_config (lab, "PC9", "ok\n", TRUE, &error);
  g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_UNKNOWN_NODE);
  g_assert_cmpuint (count (lab, 1), ==, 1);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  harness_free (lab);
}

/* --- a random walk --- */

typedef struct
{
  Harness *lab;
  GPtrArray *history; /* of texts, as they should be */
  char *nvram;        /* (nullable): the text it should hold */
  gboolean running;
  guint next;
} Model;

/* What is saved becomes the newest entry, unless it is that already. */
static void
model_saved (Model *model, const char *text)
{
  g_free (model->nvram);
  model->nvram = g_strdup (text);
  if (model->history->len > 0 && g_str_equal (model->history->pdata[model->history->len - 1], text))
    return;
  g_ptr_array_add (model->history, g_strdup (text));
}

static void
do_start (Model *model)
{
  harness_act (model->lab, "Start", "PC1");
  harness_wait_state (model->lab, "PC1", LAB_STATE_READY);
  model->running = TRUE;
}

static void
do_save (Model *model)
{
  g_autofree char *name = g_strdup_printf ("n%u", model->next++);
  g_autofree char *line = g_strdup_printf ("set pcname %s\n", name);
  g_autofree char *text = NULL;
  g_autofree char *work = work_of (model->lab, 1);
  g_autoptr (GBytes) nvram = NULL;

  if (!model->running)
    do_start (model);
  save_as (model->lab, "PC1", name);
  nvram = lab_saved_read_nvram (work, 1, NULL, NULL, NULL);
  g_assert_nonnull (nvram);
  text = g_strndup (g_bytes_get_data (nvram, NULL), g_bytes_get_size (nvram));
  g_assert_nonnull (strstr (text, line));
  model_saved (model, text);
}

static void
do_stop (Model *model)
{
  harness_act (model->lab, "Stop", "PC1");
  harness_wait_state (model->lab, "PC1", LAB_STATE_STOPPED);
  model->running = FALSE;
}

static void
do_restore (Model *model)
{
  g_autoptr (GError) error = NULL;
  const char *text;

  if (model->history->len == 0)
    return;
  text = model->history->pdata[g_test_rand_int_range (0, (gint32) model->history->len)];
  write_config (model->lab, "PC1", text, TRUE, &error);
  g_assert_no_error (error);
  if (model->running)
    harness_wait_state (model->lab, "PC1", LAB_STATE_READY);
  {
    /* Into an NVRAM without a configuration it may go with line ends after it. */
    g_autofree char *work = work_of (model->lab, 1);
    g_autoptr (GBytes) nvram = lab_saved_read_nvram (work, 1, NULL, NULL, &error);
    g_autofree char *held = NULL;

    g_assert_no_error (error);
    held = g_strndup (g_bytes_get_data (nvram, NULL), g_bytes_get_size (nvram));
    g_assert_true (g_str_has_prefix (held, text));
    g_assert_cmpuint (strspn (held + strlen (text), "\n"), ==, strlen (held) - strlen (text));
    g_assert_cmpuint (strlen (held) - strlen (text), <=, 3);
    model_saved (model, held);
  }
}

static void
do_reset (Model *model)
{
  g_autoptr (GError) error = NULL;

  write_config (model->lab, "PC1", "", TRUE, &error);
  g_assert_no_error (error);
  if (model->running)
    harness_wait_state (model->lab, "PC1", LAB_STATE_READY);
  g_clear_pointer (&model->nvram, g_free);
}

static void
do_kill (Model *model)
{
  kill_engine (model->lab);
  start_again (model->lab, 1);
  model->running = FALSE;
}

static void
check_model (Model *model)
{
  g_autofree char *work = work_of (model->lab, 1);
  g_autoptr (GBytes) nvram = lab_saved_read_nvram (work, 1, NULL, NULL, NULL);

  g_assert_cmpint (nvram != NULL, ==, model->nvram != NULL);
  if (nvram != NULL)
    g_assert_cmpmem (g_bytes_get_data (nvram, NULL), g_bytes_get_size (nvram), model->nvram,
                     strlen (model->nvram));
  wait_count (model->lab, 1, model->history->len);
  for (guint i = 0; i < model->history->len; i++)
    {
      g_autofree char *text = text_at (model->lab, 1, i);

      g_assert_cmpstr (text, ==, model->history->pdata[i]);
    }
}

static void
test_walk (void)
{
  void (*const steps[]) (Model *) = { do_save,    do_save,  do_start, do_stop,
                                      do_restore, do_reset, do_kill };
  Model model = {
    .lab = harness_new (),
    .history = g_ptr_array_new_with_free_func (g_free),
  };

  apply_pcs (model.lab, 1);
  for (guint i = 0; i < 40; i++)
    {
      steps[g_test_rand_int_range (0, G_N_ELEMENTS (steps))](&model);
      check_model (&model);
    }
  harness_free (model.lab);
  g_ptr_array_unref (model.history);
  g_free (model.nvram);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/configs/save", test_save);
  g_test_add_func ("/engine/configs/killed", test_killed);
  g_test_add_func ("/engine/configs/not-seen", test_not_seen);
  g_test_add_func ("/engine/configs/in-place", test_in_place);
  g_test_add_func ("/engine/configs/no-room", test_no_room);
  g_test_add_func ("/engine/configs/overflow", test_overflow);
  g_test_add_func ("/engine/configs/many", test_many);
  g_test_add_func ("/engine/configs/many-killed", test_many_killed);
  g_test_add_func ("/engine/configs/hidden", test_hidden);
  g_test_add_func ("/engine/configs/write", test_write);
  g_test_add_func ("/engine/configs/size", test_size);
  g_test_add_func ("/engine/configs/while-writing", test_while_writing);
  g_test_add_func ("/engine/configs/refused", test_refused);
  g_test_add_func ("/engine/configs/walk", test_walk);
  return g_test_run ();
}
