/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What devices saved, taken by a session: what is news and what is settled, in which order things
 * happened, and what the next session knows of it. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lab-saved-nvram.h"
#include "lab-saved-taken.h"
#include "session-fixture.h"

static char *
work_of (Fixture *fixture, guint id)
{
  LabTopology *topology = lab_session_get_topology (fixture->session);

  return g_strdup_printf ("%s/s/%s/%u", fixture->e2e.root, lab_topology_get_uuid (topology), id);
}

/* As a device does it. A file's time is a few milliseconds behind the clock. */
static void
save_in_device (Fixture *fixture, guint id, const char *text)
{
  g_autofree char *work = work_of (fixture, id);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_usleep (20 * 1000);
  g_assert_cmpint (g_mkdir_with_parents (work, 0700), ==, 0);
  g_assert_true (lab_saved_write_nvram (work, id, 0, bytes, &error));
  g_assert_no_error (error);
  g_usleep (20 * 1000);
}

static GPtrArray *
read_saved (Fixture *fixture, gboolean news)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_session_read_saved_async (fixture->session, NULL, news, session_done_cb, fixture);
  result = session_wait_result (fixture);
  return lab_session_read_saved_finish (fixture->session, result);
}

static guint
count_news (Fixture *fixture)
{
  g_autoptr (GPtrArray) items = read_saved (fixture, TRUE);

  return lab_take_count (items, LAB_TAKE_NEW);
}

static guint
take_news (Fixture *fixture)
{
  g_autoptr (GPtrArray) items = read_saved (fixture, TRUE);

  return lab_session_take_saved (fixture->session, items);
}

static void
assert_start (Fixture *fixture, const char *node, const char *wanted)
{
  LabTopology *topology = lab_session_get_topology (fixture->session);

  g_assert_cmpstr (lab_node_get_start_config (lab_topology_find_node (topology, node)), ==, wanted);
}

static void
write_by_hand (Fixture *fixture, const char *node, const char *text)
{
  g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), text);

  g_assert_true (
      lab_session_apply (fixture->session, lab_edit_new_set_node (node, "start", value)));
}

static void
close_session (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_session_close_async (fixture->session, session_done_cb, fixture);
  result = session_wait_result (fixture);
  g_assert_true (lab_session_close_finish (fixture->session, result, NULL));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  LabHistory *history;

  session_load (fixture, path);
  history = lab_session_get_history (fixture->session);
  g_assert_cmpuint (count_news (fixture), ==, 0);
  save_in_device (fixture, 1, "set pcname one\n");
  g_assert_cmpuint (count_news (fixture), ==, 1);
  /* What is written by hand is later than that save, and the next save later than that. */
  write_by_hand (fixture, "PC1", "set pcname hand\n");
  g_assert_cmpuint (count_news (fixture), ==, 0);
  save_in_device (fixture, 1, "set pcname two\n");
  save_in_device (fixture, 2, "set pcname PC2\nip 1\n");
  g_assert_cmpuint (take_news (fixture), ==, 2);
  g_assert_nonnull (strstr (fixture->said->str, "1 2 saved configurations taken into the lab"));
  assert_start (fixture, "PC1", "set pcname two\n");
  assert_start (fixture, "PC2", "set pcname %h\nip 1\n");
  g_assert_cmpuint (count_news (fixture), ==, 0);

  /* One step, and taken back it stays so. */
  g_assert_true (lab_history_undo (history));
  assert_start (fixture, "PC1", "set pcname hand\n");
  assert_start (fixture, "PC2", "set pcname PC2\nip 10.0.0.2/24\n");
  g_assert_cmpuint (count_news (fixture), ==, 0);
  {
    g_autoptr (GPtrArray) all = read_saved (fixture, FALSE);

    g_assert_cmpuint (lab_take_count (all, LAB_TAKE_NEW), ==, 2);
  }
}

/* A device saves while it is asked about an earlier save: neither text is lost. */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (GPtrArray) taken = NULL;
  g_autoptr (GPtrArray) left = NULL;

  session_load (fixture, path);
  save_in_device (fixture, 1, "set pcname one\n");
  taken = read_saved (fixture, TRUE);
  save_in_device (fixture, 1, "set pcname two\n");
  g_assert_cmpuint (lab_session_take_saved (fixture->session, taken), ==, 1);
  assert_start (fixture, "PC1", "set pcname one\n");
  g_assert_cmpuint (count_news (fixture), ==, 1);

  left = read_saved (fixture, TRUE);
  save_in_device (fixture, 1, "set pcname three\n");
  lab_session_leave_saved (fixture->session, left);
  assert_start (fixture, "PC1", "set pcname one\n");
  g_assert_cmpuint (take_news (fixture), ==, 1);
  assert_start (fixture, "PC1", "set pcname three\n");
}

/* What was settled is noted when the lab is in its file, and not before. */
static void
test_next (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *copy_path = e2e_path (&fixture->e2e, "copy.lab");
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *work = NULL;
  g_autofree char *copy_work = NULL;
  g_autofree char *unused = NULL;

  session_load (fixture, path);
  work = work_of (fixture, 1);
  unused = work_of (fixture, 2);
  save_in_device (fixture, 1, "set pcname one\n");
  items = read_saved (fixture, TRUE);
  lab_session_leave_saved (fixture->session, items);
  write_by_hand (fixture, "PC2", "set pcname hand\n");
  g_assert_cmpint (lab_saved_get_taken (work), ==, 0);
  close_session (fixture);
  session_load (fixture, path);
  g_assert_cmpuint (count_news (fixture), ==, 1);

  write_by_hand (fixture, "PC1", "set pcname hand\n");
  session_save (fixture, NULL);
  close_session (fixture);
  g_assert_cmpint (lab_saved_get_taken (work), >, 0);
  g_assert_false (g_file_test (unused, G_FILE_TEST_EXISTS));
  session_load (fixture, path);
  g_assert_cmpuint (count_news (fixture), ==, 0);

  /* A copy of the lab knows it, too. */
  session_save (fixture, copy_path);
  copy_work = work_of (fixture, 1);
  g_assert_cmpstr (copy_work, !=, work);
  g_assert_cmpint (lab_saved_get_taken (copy_work), ==, lab_saved_get_taken (work));
  g_assert_cmpuint (count_news (fixture), ==, 0);
  save_in_device (fixture, 1, "set pcname two\n");
  g_assert_cmpuint (take_news (fixture), ==, 1);
  session_save (fixture, NULL);
  close_session (fixture);
  g_assert_cmpint (lab_saved_get_taken (copy_work), >, lab_saved_get_taken (work));
}

/* What cannot be taken is said once, with the reason, and does not keep the others out. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (GPtrArray) items = NULL;

  session_load (fixture, path);
  save_in_device (fixture, 1, "set pcname one\n");
  save_in_device (fixture, 2, "set pcname two\n");
  items = read_saved (fixture, TRUE);
  /* A text that is would keep this test busy for long. */
  ((LabTakeItem *) items->pdata[0])->fate = LAB_TAKE_TOO_LARGE;
  g_assert_cmpuint (lab_session_take_saved (fixture->session, items), ==, 1);
  g_assert_nonnull (strstr (fixture->said->str, "2 Not every saved configuration could be taken"));
  g_assert_nonnull (strstr (fixture->said->str, "PC1: not taken: too large"));
  assert_start (fixture, "PC2", "set pcname two\n");
  g_string_truncate (fixture->said, 0);
  g_assert_cmpuint (take_news (fixture), ==, 0);
  g_assert_cmpstr (fixture->said->str, ==, "");
}

#define ADD(name, function)                                                                        \
  g_test_add (name, Fixture, NULL, session_set_up, function, session_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/e2e/session-take/order", test_order);
  ADD ("/e2e/session-take/meanwhile", test_meanwhile);
  ADD ("/e2e/session-take/next", test_next);
  ADD ("/e2e/session-take/refused", test_refused);
  return g_test_run ();
}
