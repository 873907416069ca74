/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Twenty devices save at once, and the engine is killed as soon as so many have it in their NVRAM:
 * nothing that was saved is missing from the histories, whoever looks first: labctl, with no
 * engine, or the next engine. And there is never a second engine on the same files. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "e2e.h"
#include "lab-saved-nvram.h"

#define DEVICES 20
#define UUID    "31234567-89ab-4def-8123-456789abcdee"

static char *
write_lab (E2e *e2e)
{
  g_autoptr (GString) lab = g_string_new ("{\"format\": \"labwright\", \"version\": 1, \"uuid\": "
                                          "\"" UUID "\", \"name\": \"Twenty\", \"links\": [], "
                                          "\"nodes\": [");

  for (guint i = 1; i <= DEVICES; i++)
    g_string_append_printf (lab,
                            "%s{\"name\": \"PC%u\", \"id\": %u, \"kind\": \"iou\", \"x\": %u, "
                            "\"y\": 0, \"image\": {\"name\": \"labwright-pc\"}, \"ethernet\": 1, "
                            "\"start\": [\"set pcname first%u\"]}",
                            i > 1 ? ", " : "", i, i, i * 100, i);
  g_string_append (lab, "]}");
  return e2e_write (e2e, "twenty.lab", lab->str);
}

/* What it saves: its name, and nothing that another has. */
static char *
line_of (guint id)
{
  return g_strdup_printf ("set pcname first%u\n", id);
}

static gboolean
holds (GBytes *text, guint id)
{
  g_autofree char *line = line_of (id);

  return text != NULL && memmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), line,
                                 strlen (line)) != NULL;
}

static char *
work_of (E2e *e2e, guint id)
{
  return g_strdup_printf ("%s/s/" UUID "/%u", e2e->root, id);
}

static gboolean
has_saved (E2e *e2e, guint id)
{
  g_autofree char *work = work_of (e2e, id);
  g_autoptr (GBytes) text = lab_saved_read_nvram (work, id, NULL, NULL, NULL);

  return holds (text, id);
}

static guint
count_saved (E2e *e2e)
{
  guint n = 0;

  for (guint id = 1; id <= DEVICES; id++)
    n += has_saved (e2e, id);
  return n;
}

static GArray *
list (E2e *e2e, guint id)
{
  g_autofree char *work = work_of (e2e, id);
  g_autoptr (GError) error = NULL;
  GArray *entries = lab_saved_list (work, &error);

  g_assert_no_error (error);
  return entries;
}

/* Entries that are there without anybody having looked. */
static guint
count_entries (E2e *e2e)
{
  guint n = 0;

  for (guint id = 1; id <= DEVICES; id++)
    {
      g_autoptr (GArray) entries = list (e2e, id);

      n += entries->len;
    }
  return n;
}

static pid_t
start (E2e *e2e, const char *path)
{
  pid_t engine;

  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "status", path, "--json", NULL);
  engine = (pid_t) e2e_json_int (e2e, "\"engine\"", "pid");
  g_assert_cmpint (engine, >, 1);
  return engine;
}

/* Tells all to save, and kills the engine when @n have. How many then have. */
static guint
save_and_kill (E2e *e2e, const char *path, guint n)
{
  pid_t engine = start (e2e, path);
  g_autoptr (GSubprocess) saving =
      e2e_spawn (e2e, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                 "config", "save", path, "--all", NULL);
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  guint before;

  while (count_saved (e2e) < n && g_get_monotonic_time () < end)
    g_usleep (500);
  before = count_entries (e2e);
  g_assert_cmpint (kill (engine, SIGKILL), ==, 0);
  g_assert_true (e2e_wait_no_processes (e2e, 20));
  g_assert_true (g_subprocess_wait (saving, NULL, NULL));
  g_test_message ("killed when %u had saved, with %u entries written; %u saved in all", n, before,
                  count_saved (e2e));
  g_assert_cmpuint (count_saved (e2e), >=, n);
  return count_saved (e2e);
}

/* Exactly one entry for each that has saved, with its own text, and none for the others. */
static void
check_entries (E2e *e2e, guint n_saved)
{
  gint64 first = G_MAXINT64;
  gint64 last = 0;

  g_assert_cmpuint (count_entries (e2e), ==, n_saved);
  for (guint id = 1; id <= DEVICES; id++)
    {
      g_autoptr (GArray) entries = list (e2e, id);
      g_autofree char *work = work_of (e2e, id);
      g_autoptr (GBytes) text = NULL;

      g_assert_cmpuint (entries->len, ==, has_saved (e2e, id) ? 1 : 0);
      if (entries->len == 0)
        continue;
      text = lab_saved_read (work, g_array_index (entries, LabSavedEntry, 0).number, NULL);
      g_assert_true (holds (text, id));
      first = MIN (first, g_array_index (entries, LabSavedEntry, 0).first);
      last = MAX (last, g_array_index (entries, LabSavedEntry, 0).first);
    }
  g_test_message ("%u entries, saved within %.3f s", n_saved,
                  (double) (last - first) / G_USEC_PER_SEC);
}

static void
check_by_labctl (E2e *e2e, const char *path, guint n_saved)
{
  e2e_labctl (e2e, "config", "list", path, "--json", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpuint (e2e_count (e2e->out, "\"entry\" : "), ==, n_saved);
  g_assert_cmpuint (e2e_count (e2e->out, "\"current\" : true"), ==, n_saved);
  for (guint id = 1; id <= DEVICES; id++)
    {
      g_autofree char *name = g_strdup_printf ("PC%u", id);
      g_autofree char *line = line_of (id);

      if (!has_saved (e2e, id))
        continue;
      e2e_labctl (e2e, "config", "show", path, name, NULL);
      e2e_assert_code (e2e, 0);
      e2e_assert_has (e2e->out, line);
    }
  g_assert_cmpuint (e2e_n_processes (e2e), ==, 0);
}

static void
test_labctl (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = write_lab (e2e);
  guint n = save_and_kill (e2e, path, DEVICES);

  g_assert_cmpuint (n, ==, DEVICES);
  check_by_labctl (e2e, path, DEVICES);
  check_entries (e2e, DEVICES);
}

static void
test_engine (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = write_lab (e2e);
  gint64 end;

  g_assert_cmpuint (save_and_kill (e2e, path, DEVICES), ==, DEVICES);
  start (e2e, path);
  end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  while (count_entries (e2e) < DEVICES && g_get_monotonic_time () < end)
    g_usleep (10000);
  check_entries (e2e, DEVICES);
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
  check_entries (e2e, DEVICES);
}

/* While they save. */
static void
test_halfway (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = write_lab (e2e);
  guint n = save_and_kill (e2e, path, (guint) g_test_rand_int_range (1, DEVICES));

  check_by_labctl (e2e, path, n);
  check_entries (e2e, n);
}

/* An engine with another folder for its sockets, as where XDG_RUNTIME_DIR is not set, would run the
 * same devices on the same files once more. */
static void
test_twice (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_start_hosts (e2e);
  g_autofree char *here = e2e_path (e2e, "r");
  g_autofree char *elsewhere = e2e_path (e2e, "q");

  e2e_setenv (e2e, "LABWRIGHT_RUNTIME_DIR", elsewhere);
  e2e_labctl (e2e, "start", path, NULL);
  g_assert_cmpint (e2e->code, !=, 0);
  e2e_assert_has (e2e->err, "runs already");
  e2e_setenv (e2e, "LABWRIGHT_RUNTIME_DIR", here);
  e2e_stop (e2e, path);

  e2e_setenv (e2e, "LABWRIGHT_RUNTIME_DIR", elsewhere);
  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_stop (e2e, path);
  e2e_setenv (e2e, "LABWRIGHT_RUNTIME_DIR", here);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/killed/labctl", test_labctl);
  e2e_add ("/e2e/killed/engine", test_engine);
  e2e_add ("/e2e/killed/halfway", test_halfway);
  e2e_add ("/e2e/killed/twice", test_twice);
  return g_test_run ();
}
