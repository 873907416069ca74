/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies of devices' state and checkpoints of a lab. */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "lab-checkpoint.h"
#include "lab-state.h"
#include "state-fixture.h"

#define ADDED                                                                                      \
  ",{\"name\":\"R3\",\"id\":3,\"kind\":\"iou\",\"x\":0,\"y\":200,\"image\":{\"name\":\"labwright-" \
  "pc\"}}"

static LabCheckpoint *
take (State *state, const char *name, gboolean automatic)
{
  g_autofree char *document = state_document ("");
  g_autoptr (GError) error = NULL;
  LabCheckpoint *checkpoint =
      lab_checkpoint_take (state->folder, name, automatic, document, &error);

  g_assert_no_error (error);
  return checkpoint;
}

static void
restore (State *state, LabCheckpoint *checkpoint)
{
  g_autoptr (GError) error = NULL;

  lab_checkpoint_restore (checkpoint, state->folder, &error);
  g_assert_no_error (error);
}

/* Back to what was, with what there was in between kept. */
static void
test_restore (State *state, gconstpointer data)
{
  g_autoptr (LabCheckpoint) checkpoint = NULL;

  state_save (state->folder, 1, "hostname R1\nip 1");
  state_write (state->folder, 1, "vlan.dat-00001", "vlans 1");
  checkpoint = take (state, "before lunch", FALSE);
  g_assert_cmpuint (checkpoint->n_devices, ==, 1);

  state_save (state->folder, 1, "hostname R1\nip 2");
  state_write (state->folder, 1, "vlan.dat-00001", "vlans 2");
  state_write (state->folder, 1, "later.txt", "not there then");
  state_save (state->folder, 2, "hostname R2");

  restore (state, checkpoint);
  state_assert_saved (state->folder, 1, "hostname R1\nip 1");
  state_assert_file (state->folder, 1, "vlan.dat-00001", "vlans 1");
  state_assert_file (state->folder, 1, "later.txt", NULL);
  state_assert_history (state->folder, 1, 3, "hostname R1\nip 1");
  /* It had saved nothing then; its text is in its history. */
  state_assert_saved (state->folder, 2, NULL);
  state_assert_history (state->folder, 2, 1, "hostname R2");
}

static void
test_list (State *state, gconstpointer data)
{
  g_autoptr (LabCheckpoint) one = take (state, "one", FALSE);
  g_autoptr (LabCheckpoint) two = take (state, "zwei – deux", FALSE);
  g_autoptr (LabCheckpoint) none = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *broken = g_strdup_printf ("%s/checkpoints/0007", state->folder);

  /* One that is not whole is none. */
  g_assert_cmpint (g_mkdir (broken, 0700), ==, 0);
  list = lab_checkpoint_list (state->folder, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((LabCheckpoint *) list->pdata[1])->name, ==, "zwei – deux");
  g_assert_cmpuint (((LabCheckpoint *) list->pdata[1])->number, ==, 2);

  g_assert_true (lab_checkpoint_rename (one, "first", NULL));
  g_assert_true (lab_checkpoint_remove (two, NULL));
  rest = lab_checkpoint_list (state->folder, NULL);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpstr (((LabCheckpoint *) rest->pdata[0])->name, ==, "first");
  none = lab_checkpoint_find (state->folder, 2, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_automatic (State *state, gconstpointer data)
{
  g_autoptr (LabCheckpoint) mine = take (state, "mine", FALSE);
  g_autoptr (GPtrArray) list = NULL;

  for (guint i = 0; i < LAB_CHECKPOINT_MAX_AUTOMATIC + 3; i++)
    {
      g_autoptr (LabCheckpoint) checkpoint = take (state, "by itself", TRUE);

      g_assert_true (checkpoint->automatic);
    }
  list = lab_checkpoint_list (state->folder, NULL);
  g_assert_cmpuint (list->len, ==, LAB_CHECKPOINT_MAX_AUTOMATIC + 1);
  g_assert_cmpstr (((LabCheckpoint *) list->pdata[0])->name, ==, "mine");
}

static void
test_refusals (State *state, gconstpointer data)
{
  g_autofree char *document = state_document ("");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) name_error = NULL;
  g_autoptr (GError) document_error = NULL;

  g_assert_null (lab_checkpoint_take (state->folder, "a\nb", FALSE, document, &name_error));
  g_assert_error (name_error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_null (lab_checkpoint_take (state->folder, "x", FALSE, "{", &document_error));
  g_assert_nonnull (document_error);
  list = lab_checkpoint_list (state->folder, NULL);
  g_assert_cmpuint (list->len, ==, 0);
}

/* Links, programs, licence files and what is of a run stay where they are. */
static void
test_kept (State *state, gconstpointer data)
{
  g_autofree char *work = g_strdup_printf ("%s/1", state->folder);
  g_autofree char *link_path = g_build_filename (work, "passwd", NULL);
  g_autofree char *copy = g_build_filename (state->base, "copy", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = NULL;

  state_save (state->folder, 1, "hostname R1");
  state_write (state->folder, 1, "vlan.dat-00001", "vlans");
  state_write (state->folder, 1, "flash.txt", "mine");
  state_write (state->folder, 1, "iourc", "[license]");
  state_write (state->folder, 1, "NETMAP", "1:0/0 2:0/0");
  state_write (state->folder, 1, "image.bin", "\177ELFx");
  g_assert_cmpint (symlink ("/etc/passwd", link_path), ==, 0);

  lab_state_copy_device (work, 1, copy, 7, LAB_STATE_HISTORY, &error);
  g_assert_no_error (error);
  names = lab_state_list_files (copy, NULL);
  g_assert_cmpuint (names->len, ==, 3);
  g_assert_cmpstr (names->pdata[0], ==, "flash.txt");
  g_assert_cmpstr (names->pdata[1], ==, "nvram_00007");
  g_assert_cmpstr (names->pdata[2], ==, "vlan.dat-00007");
}

static void
assert_difference (GPtrArray *list, guint index, const char *node, const char *text)
{
  const LabStateDifference *difference = list->pdata[index];

  g_assert_cmpstr (difference->node, ==, node);
  g_assert_cmpstr (difference->text, ==, text);
}

/* A part of it that cannot be looked at is no empty one, which would take away what is there. */
static void
test_unreadable (State *state, gconstpointer data)
{
  g_autofree char *document = state_document ("");
  g_autofree char *folder = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (LabCheckpoint) taken = NULL;
  g_autoptr (GError) error = NULL;

  state_save (state->folder, 1, "hostname R1");
  state_write (state->folder, 1, "vlan.dat-00001", "vlans");
  taken = lab_checkpoint_take (state->folder, "then", FALSE, document, NULL);
  g_assert_nonnull (taken);
  folder = g_build_filename (taken->path, "1", NULL);
  aside = g_build_filename (taken->path, "aside", NULL);
  g_assert_cmpint (g_rename (folder, aside), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (lab_checkpoint_restore (taken, state->folder, &error));
  g_assert_nonnull (error);
  state_assert_saved (state->folder, 1, "hostname R1");
  state_assert_file (state->folder, 1, "vlan.dat-00001", "vlans");
}

/* What a kill left of one that was being taken or removed goes the next day. */
static void
test_leftovers (State *state, gconstpointer data)
{
  static const char *const names[] = { ".new-0", "0007.gone", ".new-1" };
  const struct timespec yesterday[] = { { .tv_nsec = UTIME_OMIT },
                                        { time (NULL) - 25 * 60 * 60, 0 } };
  g_autofree char *document = state_document ("");
  g_autofree char *all = g_build_filename (state->folder, LAB_CHECKPOINT_FOLDER, NULL);
  g_autoptr (LabCheckpoint) taken = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (all, names[i], NULL);
      g_autofree char *inside = g_build_filename (path, "1", NULL);

      g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
      if (i < 2)
        g_assert_cmpint (utimensat (AT_FDCWD, path, yesterday, 0), ==, 0);
    }
  taken = lab_checkpoint_take (state->folder, "then", FALSE, document, NULL);
  g_assert_nonnull (taken);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (all, names[i], NULL);

      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, i == 2);
    }
}

static void
test_compare (State *state, gconstpointer data)
{
  g_autofree char *document = state_document ("");
  g_autofree char *larger = state_document (ADDED);
  g_autofree char *moved = NULL;
  g_autoptr (LabCheckpoint) checkpoint = NULL;
  g_autoptr (GPtrArray) same = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  state_save (state->folder, 1, "hostname R1\nip 1");
  state_write (state->folder, 2, "vlan.dat-00002", "vlans 1");
  checkpoint = take (state, "then", FALSE);
  same = lab_state_compare (document, state->folder, document, checkpoint->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (same->len, ==, 0);

  state_save (state->folder, 1, "hostname R1\nip 2\nip 3");
  state_write (state->folder, 2, "vlan.dat-00002", "vlans 2");
  list = lab_state_compare (larger, state->folder, document, checkpoint->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 3);
  assert_difference (list, 0, "R1", "another configuration: 1 line added, 2 removed");
  g_assert_nonnull (strstr (((LabStateDifference *) list->pdata[0])->after, "ip 1"));
  assert_difference (list, 1, "R2", "another VLAN database");
  assert_difference (list, 2, "R3", "a device that was not there");
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, State, NULL, state_set_up, function, state_tear_down)
  ADD ("/checkpoint/restore", test_restore);
  ADD ("/checkpoint/list", test_list);
  ADD ("/checkpoint/automatic", test_automatic);
  ADD ("/checkpoint/refusals", test_refusals);
  ADD ("/checkpoint/kept", test_kept);
  ADD ("/checkpoint/unreadable", test_unreadable);
  ADD ("/checkpoint/leftovers", test_leftovers);
  ADD ("/checkpoint/compare", test_compare);
  return g_test_run ();
}
