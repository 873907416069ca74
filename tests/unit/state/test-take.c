/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saved configurations into the document: what is taken, what is news, what a lab's file cannot
 * hold, and that it is one step which leaves the devices alone. */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "lab-file.h"
#include "lab-history.h"
#include "lab-saved-nvram.h"
#include "lab-saved-taken.h"
#include "lab-state.h"
#include "lab-take.h"
#include "state-fixture.h"

static LabTopology *
make_topology (void)
{
  g_autofree char *document = state_document (
      ",{\"name\":\"SW\",\"id\":3,\"kind\":\"hub\",\"ports\":4},"
      "{\"name\":\"R4\",\"id\":4,\"kind\":\"iou\",\"image\":{\"name\":\"labwright-pc\"},"
      "\"start\":[\"hostname %h\",\"banner motd %h\"]}");
  g_autoptr (GError) error = NULL;
  LabTopology *topology = lab_file_parse (document, strlen (document), "test", &error);

  g_assert_no_error (error);
  return topology;
}

static const LabTakeItem *
find (GPtrArray *items, const char *name)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((LabTakeItem *) items->pdata[i])->name, name))
      return items->pdata[i];
  g_assert_not_reached ();
}

static void
assert_fate (GPtrArray *items, const char *name, LabTakeFate fate)
{
  g_assert_cmpint (find (items, name)->fate, ==, fate);
}

static const char *
start_of (LabTopology *topology, const char *name)
{
  return lab_node_get_start_config (lab_topology_find_node (topology, name));
}

/* Read and applied, as labctl does it. */
static GPtrArray *
take (State *state, LabTopology *topology, LabHistory *history, gboolean news)
{
  GPtrArray *items = lab_take_collect (topology, NULL);
  g_autoptr (LabEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  lab_take_read (items, state->folder, news);
  edit = lab_take_edit (items, topology);
  if (edit != NULL)
    g_assert_true (lab_history_apply (history, edit, &error));
  g_assert_no_error (error);
  return items;
}

static void
test_take (State *state, gconstpointer data)
{
  g_autoptr (LabTopology) topology = make_topology ();
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autofree char *before = lab_file_to_string (topology, NULL);
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *nvram = g_build_filename (state->folder, "1", "nvram_00001", NULL);
  struct stat was;
  struct stat is;

  state_save (state->folder, 1, "hostname R1\nip 1\n");
  state_save (state->folder, 4, "hostname R4\nbanner motd R4\n");
  g_assert_cmpint (stat (nvram, &was), ==, 0);
  items = take (state, topology, history, FALSE);
  g_assert_cmpuint (items->len, ==, 3);
  assert_fate (items, "R1", LAB_TAKE_NEW);
  assert_fate (items, "R2", LAB_TAKE_NOTHING);
  assert_fate (items, "R4", LAB_TAKE_SAME);
  g_assert_cmpuint (lab_take_count (items, LAB_TAKE_NEW), ==, 1);
  g_assert_cmpstr (start_of (topology, "R1"), ==, "hostname %h\nip 1\n");
  g_assert_cmpstr (start_of (topology, "R4"), ==, "hostname %h\nbanner motd %h\n");
  g_assert_null (start_of (topology, "R2"));
  g_assert_cmpstr (lab_history_get_undo_label (history), ==, "Take saved configuration of R1");

  again = take (state, topology, history, FALSE);
  assert_fate (again, "R1", LAB_TAKE_SAME);
  after = lab_file_to_string (topology, NULL);
  g_assert_true (lab_history_undo (history));
  g_assert_false (lab_history_can_undo (history));
  {
    g_autofree char *undone = lab_file_to_string (topology, NULL);
    g_autofree char *redone = NULL;

    g_assert_cmpstr (undone, ==, before);
    g_assert_true (lab_history_redo (history));
    redone = lab_file_to_string (topology, NULL);
    g_assert_cmpstr (redone, ==, after);
  }
  g_assert_cmpint (stat (nvram, &is), ==, 0);
  g_assert_cmpint (is.st_mtim.tv_nsec, ==, was.st_mtim.tv_nsec);
  g_assert_cmpuint (is.st_ino, ==, was.st_ino);
  state_assert_saved (state->folder, 1, "hostname R1\nip 1");
}

static void
test_some (State *state, gconstpointer data)
{
  g_autoptr (LabTopology) topology = make_topology ();
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (GPtrArray) items = NULL;

  g_ptr_array_add (nodes, lab_topology_find_node (topology, "SW"));
  g_ptr_array_add (nodes, lab_topology_find_node (topology, "R2"));
  items = lab_take_collect (topology, nodes);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (find (items, "R2")->name, ==, "R2");
}

/* When the device saved, as its NVRAM says. */
static void
set_time (State *state, guint id, gint64 time)
{
  g_autofree char *path = g_strdup_printf ("%s/%u/nvram_%05u", state->folder, id, id);
  struct timespec times[] = { { .tv_nsec = UTIME_OMIT },
                              { .tv_sec = time / G_USEC_PER_SEC,
                                .tv_nsec = time % G_USEC_PER_SEC * 1000 } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
assert_news (State *state, LabTopology *topology, const char *name, gint64 since, LabTakeFate fate)
{
  g_autoptr (GPtrArray) items = lab_take_collect (topology, NULL);

  ((LabTakeItem *) find (items, name))->since = since;
  lab_take_read (items, state->folder, TRUE);
  assert_fate (items, name, fate);
}

static void
test_news (State *state, gconstpointer data)
{
  g_autoptr (LabTopology) topology = make_topology ();
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *work = g_build_filename (state->folder, "1", NULL);
  g_autofree char *unused = g_build_filename (state->folder, "2", NULL);
  g_autoptr (GError) error = NULL;
  gint64 then = g_get_real_time () - G_TIME_SPAN_HOUR;

  state_save (state->folder, 1, "hostname R1\nip 1\n");
  set_time (state, 1, then);
  assert_news (state, topology, "R1", 0, LAB_TAKE_NEW);
  /* The document was changed later; it was changed earlier. */
  assert_news (state, topology, "R1", then + 1, LAB_TAKE_NOTHING);
  assert_news (state, topology, "R1", then - 1, LAB_TAKE_NEW);

  items = take (state, topology, history, TRUE);
  g_assert_cmpint (find (items, "R1")->time, ==, then);
  g_assert_true (lab_take_settle (items, state->folder, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lab_saved_get_taken (work), ==, then);
  g_assert_false (g_file_test (unused, G_FILE_TEST_EXISTS));

  /* Undone: what was settled is no news again, but can be taken. */
  g_assert_true (lab_history_undo (history));
  assert_news (state, topology, "R1", 0, LAB_TAKE_NOTHING);
  g_ptr_array_unref (g_steal_pointer (&items));
  items = take (state, topology, history, FALSE);
  assert_fate (items, "R1", LAB_TAKE_NEW);

  /* The next save is news, also of an older text. */
  g_assert_true (lab_history_undo (history));
  set_time (state, 1, then + 1000);
  assert_news (state, topology, "R1", 0, LAB_TAKE_NEW);
  /* Back to a checkpoint: the file has its old time. */
  set_time (state, 1, then - 1000);
  assert_news (state, topology, "R1", 0, LAB_TAKE_NOTHING);
}

static void
test_copies (State *state, gconstpointer data)
{
  g_autofree char *work = g_build_filename (state->folder, "1", NULL);
  g_autofree char *other = g_build_filename (state->base, "other", NULL);
  g_autofree char *copy = g_build_filename (other, "1", NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
  gint64 then = g_get_real_time () - G_TIME_SPAN_HOUR;

  g_hash_table_add (ids, GUINT_TO_POINTER (1));
  state_save (state->folder, 1, "hostname R1\n");
  g_assert_true (lab_saved_set_taken (work, then, NULL));
  g_assert_true (lab_state_copy_lab (state->folder, other, ids, NULL));
  g_assert_cmpint (lab_saved_get_taken (copy), ==, then);
}

/* Between reading and taking, the document goes on. */
static void
test_changed (State *state, gconstpointer data)
{
  g_autoptr (LabTopology) topology = make_topology ();
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (GPtrArray) items = lab_take_collect (topology, NULL);
  g_autoptr (JsonNode) mine = json_node_init_string (json_node_alloc (), "mine\n");
  g_autoptr (LabEdit) write = lab_edit_new_set_node ("R1", "start", mine);
  g_autoptr (LabEdit) rename = lab_edit_new_rename_node ("R2", "R7");
  g_autoptr (LabEdit) edit = NULL;

  state_save (state->folder, 1, "hostname R1\n");
  state_save (state->folder, 2, "hostname R2\n");
  lab_take_read (items, state->folder, FALSE);
  g_assert_cmpuint (lab_take_count (items, LAB_TAKE_NEW), ==, 2);
  g_assert_true (lab_history_apply (history, write, NULL));
  g_assert_true (lab_history_apply (history, rename, NULL));
  edit = lab_take_edit (items, topology);
  g_assert_null (edit);
  g_assert_cmpuint (lab_take_count (items, LAB_TAKE_NEW), ==, 0);
  g_assert_cmpstr (start_of (topology, "R1"), ==, "mine\n");
}

static void
set_saved_time (State *state, gint64 time)
{
  g_autofree char *path = g_build_filename (state->folder, "1", "nvram_00001", NULL);
  const struct timespec times[] = { { .tv_nsec = UTIME_OMIT },
                                    { time / G_USEC_PER_SEC, time % G_USEC_PER_SEC * 1000 } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
assert_clock (State *state, LabTopology *topology, gint64 since, LabTakeFate wanted)
{
  g_autoptr (GPtrArray) items = lab_take_collect (topology, NULL);

  ((LabTakeItem *) items->pdata[0])->since = since;
  lab_take_read (items, state->folder, TRUE);
  assert_fate (items, "R1", wanted);
}

/* A device saved, then the clock was set back: what is written into the document from then on is
 * later than that save. */
static void
test_clock (State *state, gconstpointer data)
{
  g_autoptr (LabTopology) topology = make_topology ();
  g_autofree char *work = g_build_filename (state->folder, "1", NULL);
  gint64 hour = (gint64) 3600 * G_USEC_PER_SEC;
  gint64 ahead = g_get_real_time () + hour;

  state_save (state->folder, 1, "hostname R1\nsaved\n");
  set_saved_time (state, ahead);
  assert_clock (state, topology, 0, LAB_TAKE_NEW);
  g_usleep (10 * 1000);
  assert_clock (state, topology, g_get_real_time (), LAB_TAKE_NOTHING);
  assert_clock (state, topology, 0, LAB_TAKE_NEW);

  /* What was settled before stays so. */
  set_saved_time (state, ahead);
  g_assert_true (lab_saved_set_taken (work, ahead, NULL));
  assert_clock (state, topology, 0, LAB_TAKE_NOTHING);
  g_usleep (10 * 1000);
  assert_clock (state, topology, 0, LAB_TAKE_NOTHING);
  state_save (state->folder, 1, "hostname R1\nsaved again\n");
  assert_clock (state, topology, 0, LAB_TAKE_NEW);

  /* And what was not is not. */
  set_saved_time (state, ahead + hour);
  g_assert_true (lab_saved_set_taken (work, ahead, NULL));
  assert_clock (state, topology, 0, LAB_TAKE_NEW);
  assert_clock (state, topology, 0, LAB_TAKE_NEW);
}

static void
test_marked (State *state, gconstpointer data)
{
  g_autoptr (LabTopology) topology = make_topology ();
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (GPtrArray) items = NULL;

  state_save (state->folder, 1, "hostname R1\nbanner motd 100%here\n");
  state_write (state->folder, 2, "nvram_00002", "rubbish");
  items = take (state, topology, history, FALSE);
  assert_fate (items, "R1", LAB_TAKE_NEW);
  g_assert_cmpstr (start_of (topology, "R1"), ==, "hostname %h\nbanner motd 100%%here\n");
  g_ptr_array_unref (items);
  items = take (state, topology, history, FALSE);
  assert_fate (items, "R1", LAB_TAKE_SAME);
  assert_fate (items, "R2", LAB_TAKE_NOTHING);
}

/* Many lines, each a value: the file could not be opened again. */
static void
test_limit (State *state, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"format\":\"labwright\",\"version\":1,\"uuid\":"
                                           "\"" STATE_UUID "\",\"name\":\"Large\",\"nodes\":[");
  g_autoptr (LabTopology) topology = NULL;
  g_autoptr (LabHistory) history = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *lines = g_strnfill (400 * 1000, '\n');
  g_autofree char *work = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  for (guint id = 1; id <= 4; id++)
    g_string_append_printf (text,
                            "%s{\"name\":\"R%u\",\"id\":%u,\"kind\":\"iou\",\"image\":{"
                            "\"name\":\"i\"}}",
                            id > 1 ? "," : "", id, id);
  g_string_append (text, "]}");
  lines[400 * 1000 - 2] = '!';
  bytes = g_bytes_new (lines, 400 * 1000);
  for (guint id = 1; id <= 4; id++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%u", state->folder, id);

      g_assert_true (lab_state_make_folder (folder, NULL));
      g_assert_true (lab_saved_write_nvram (folder, id, 1024, bytes, &error));
      g_assert_no_error (error);
    }
  topology = lab_file_parse (text->str, text->len, "test", &error);
  g_assert_no_error (error);
  history = lab_history_new (topology);
  items = take (state, topology, history, FALSE);
  g_assert_cmpuint (lab_take_count (items, LAB_TAKE_NEW), ==, 2);
  g_assert_cmpuint (lab_take_count (items, LAB_TAKE_TOO_LARGE), ==, 2);
  file = lab_file_to_string (topology, &length);
  g_object_unref (topology);
  topology = lab_file_parse (file, length, "test", &error);
  g_assert_no_error (error);
}

#define ADD(name, function) g_test_add (name, State, NULL, state_set_up, function, state_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/state/take/take", test_take);
  ADD ("/state/take/some", test_some);
  ADD ("/state/take/news", test_news);
  ADD ("/state/take/copies", test_copies);
  ADD ("/state/take/changed", test_changed);
  ADD ("/state/take/clock", test_clock);
  ADD ("/state/take/marked", test_marked);
  ADD ("/state/take/limit", test_limit);
  return g_test_run ();
}
