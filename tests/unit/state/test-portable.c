/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Portable labs: there and back, what is never in one, and what strangers put into one. */

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>

#include "lab-checkpoint.h"
#include "lab-file.h"
#include "lab-portable.h"
#include "lab-saved-nvram.h"
#include "lab-saved-taken.h"
#include "lab-state.h"
#include "late-writer.h"
#include "state-fixture.h"

static char *
path_in (State *state, const char *name)
{
  return g_build_filename (state->base, name, NULL);
}

static char *
pack (State *state, GPtrArray *captures)
{
  g_autofree char *document = state_document ("");
  g_autoptr (GError) error = NULL;
  char *path = path_in (state, "two.labz");

  lab_portable_write (path, document, state->folder,
                      LAB_PORTABLE_HISTORY | LAB_PORTABLE_CHECKPOINTS, captures, &error);
  g_assert_no_error (error);
  return path;
}

static void
fill (State *state)
{
  g_autofree char *document = state_document ("");
  g_autoptr (LabCheckpoint) checkpoint = NULL;

  state_save (state->folder, 1, "hostname R1\nip 1");
  state_save (state->folder, 1, "hostname R1\nip 2");
  state_write (state->folder, 2, "vlan.dat-00002", "vlans");
  state_write (state->folder, 1, "iourc", "[license]\nlab = 0123456789abcdef;\n");
  checkpoint = lab_checkpoint_take (state->folder, "then", FALSE, document, NULL);
  g_assert_nonnull (checkpoint);
}

/* On a machine that does not know the lab it is the same lab. */
static void
test_round_trip (State *state, gconstpointer data)
{
  g_autoptr (GPtrArray) captures = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = NULL;
  g_autofree char *lab = path_in (state, "elsewhere.lab");
  g_autofree char *other = path_in (state, "machine");
  g_autofree char *folder = g_build_filename (other, STATE_UUID, NULL);
  g_autofree char *uuid = NULL;
  g_autofree char *unpacked = NULL;
  g_autofree char *capture = NULL;
  g_autofree char *work = g_build_filename (state->folder, "1", NULL);
  g_autofree char *work_there = g_build_filename (folder, "1", NULL);
  g_autoptr (LabPortable) about = NULL;
  g_autoptr (GPtrArray) checkpoints = NULL;
  g_autoptr (GError) error = NULL;

  fill (state);
  g_assert_true (lab_saved_set_taken (work, lab_saved_nvram_time (work, 1), NULL));
  g_ptr_array_add (captures, path_in (state, "link.pcapng"));
  g_assert_true (g_file_set_contents (captures->pdata[0], "frames", -1, NULL));
  path = pack (state, captures);
  about = lab_portable_look (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (about->name, ==, "Two");
  g_assert_cmpuint (about->n_nodes, ==, 2);
  g_assert_cmpuint (about->n_devices, ==, 2);
  g_assert_cmpuint (about->n_configs, ==, 2);
  g_assert_cmpuint (about->n_checkpoints, ==, 1);
  g_assert_cmpuint (about->n_captures, ==, 1);
  g_assert_cmpuint (about->left_out->len, ==, 0);

  uuid = lab_portable_open (path, lab, other, &unpacked, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uuid, ==, STATE_UUID);
  state_assert_saved (folder, 1, "hostname R1\nip 2");
  state_assert_history (folder, 1, 2, "hostname R1\nip 2");
  g_assert_cmpint (lab_saved_get_taken (work_there), ==, lab_saved_get_taken (work));
  g_assert_cmpint (lab_saved_get_taken (work_there), >=, lab_saved_nvram_time (work_there, 1));
  state_assert_file (folder, 2, "vlan.dat-00002", "vlans");
  state_assert_file (folder, 1, "iourc", NULL);
  checkpoints = lab_checkpoint_list (folder, NULL);
  g_assert_cmpuint (checkpoints->len, ==, 1);
  g_assert_true (g_str_has_suffix (unpacked, "/elsewhere-captures"));
  capture = g_build_filename (unpacked, "link.pcapng", NULL);
  g_assert_true (g_file_test (capture, G_FILE_TEST_IS_REGULAR));
}

/* An NVRAM that its device is just writing is waited for. */
static void
test_half_written (State *state, gconstpointer data)
{
  LateWriter *writer;
  g_autofree char *nvram = g_build_filename (state->folder, "1", "nvram_00001", NULL);
  g_autofree char *path = NULL;
  g_autofree char *lab = path_in (state, "elsewhere.lab");
  g_autofree char *other = path_in (state, "machine");
  g_autofree char *folder = g_build_filename (other, STATE_UUID, NULL);
  g_autofree char *uuid = NULL;
  g_autoptr (GError) error = NULL;

  state_save (state->folder, 1, "hostname R1\nip 1");
  writer = late_writer_start (nvram);
  path = pack (state, NULL);
  late_writer_join (writer);
  uuid = lab_portable_open (path, lab, other, NULL, &error);
  g_assert_no_error (error);
  state_assert_saved (folder, 1, "hostname R1\nip 1");
}

/* Where the lab is known, nothing of it is touched. */
static void
test_known (State *state, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *lab = path_in (state, "again.lab");
  g_autofree char *uuid = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (LabTopology) topology = NULL;
  g_autoptr (GError) error = NULL;

  fill (state);
  path = pack (state, NULL);
  state_save (state->folder, 1, "hostname R1\nip 3");
  uuid = lab_portable_open (path, lab, state->base, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uuid, !=, STATE_UUID);
  topology = lab_file_load (lab, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lab_topology_get_uuid (topology), ==, uuid);
  folder = g_build_filename (state->base, uuid, NULL);
  state_assert_saved (folder, 1, "hostname R1\nip 2");
  state_assert_saved (state->folder, 1, "hostname R1\nip 3");

  /* And never a file that is there. */
  g_free (uuid);
  uuid = lab_portable_open (path, lab, state->base, NULL, &error);
  g_assert_null (uuid);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

static void
test_no_licence (State *state, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  gsize size;

  fill (state);
  path = pack (state, NULL);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_null (g_strstr_len (content, (gssize) size, "iourc"));
}

static void
put (struct archive *archive, const char *name, const char *text, const char *symlink_to)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_filetype (entry, symlink_to != NULL ? AE_IFLNK : AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  if (symlink_to != NULL)
    archive_entry_set_symlink (entry, symlink_to);
  archive_entry_set_size (entry, (la_int64_t) strlen (text));
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  if (*text != '\0')
    g_assert_cmpint (archive_write_data (archive, text, strlen (text)), ==, strlen (text));
  archive_entry_free (entry);
}

static struct archive *
new_archive (const char *path)
{
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  return archive;
}

/* Names that lead out of the lab's folder, links and programs have no place, and are told. */
static void
test_strangers (State *state, gconstpointer data)
{
  static const char *const names[] = {
    "../evil",
    "/etc/evil",
    "state/1/../../evil",
    "state/1/.hidden",
    "state/0/x",
    "state/1/iourc",
    "state/2000/x",
    "state/1/a/b",
    "state/1/NETMAP",
    "checkpoints/1/1/..",
    "state/1/history/x",
    "state/1/history/4294967295-1-1.cfg",
    "checkpoints/99999/lab.lab",
    "captures/.x",
    "captures/a/b",
    "other",
    "state/1/x\\y",
  };
  g_autofree char *document = state_document ("");
  g_autofree char *path = path_in (state, "bad.labz");
  g_autofree char *lab = path_in (state, "bad.lab");
  g_autofree char *other = path_in (state, "machine");
  g_autofree char *folder = g_build_filename (other, STATE_UUID, NULL);
  g_autofree char *uuid = NULL;
  g_autofree char *evil = path_in (state, "evil");
  g_autoptr (LabPortable) about = NULL;
  g_autoptr (GError) error = NULL;
  struct archive *archive = new_archive (path);

  put (archive, "lab.lab", document, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    put (archive, names[i], "evil", NULL);
  put (archive, "state/1/good", "good", NULL);
  put (archive, "state/1/link", "", "/etc/passwd");
  archive_write_free (archive);

  about = lab_portable_look (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (about->left_out->len, ==, G_N_ELEMENTS (names) + 1);
  uuid = lab_portable_open (path, lab, other, NULL, &error);
  g_assert_no_error (error);
  state_assert_file (folder, 1, "good", "good");
  state_assert_file (folder, 1, "iourc", NULL);
  state_assert_file (folder, 1, "link", NULL);
  g_assert_false (g_file_test (evil, G_FILE_TEST_EXISTS));
}

static void
assert_refused (State *state, const char *path)
{
  g_autofree char *lab = path_in (state, "refused.lab");
  g_autofree char *other = path_in (state, "machine");
  g_autofree char *uuid = NULL;
  g_autoptr (LabPortable) about = NULL;
  g_autoptr (GError) look_error = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;

  about = lab_portable_look (path, &look_error);
  g_assert_null (about);
  g_assert_nonnull (look_error);
  uuid = lab_portable_open (path, lab, other, NULL, &error);
  g_assert_null (uuid);
  g_assert_nonnull (error);
  g_assert_false (g_file_test (lab, G_FILE_TEST_EXISTS));
  dir = g_dir_open (other, 0, NULL);
  g_assert_true (dir == NULL || g_dir_read_name (dir) == NULL);
}

static void
test_refusals (State *state, gconstpointer data)
{
  g_autofree char *document = state_document ("");
  g_autofree char *path = path_in (state, "bad.labz");
  g_autofree char *content = NULL;
  gsize size;
  struct archive *archive;

  assert_refused (state, path);
  g_assert_true (g_file_set_contents (path, "no archive", -1, NULL));
  assert_refused (state, path);

  archive = new_archive (path);
  put (archive, "state/1/x", "no document", NULL);
  archive_write_free (archive);
  assert_refused (state, path);

  archive = new_archive (path);
  put (archive, "lab.lab", document, NULL);
  put (archive, "state/1/x", "once", NULL);
  put (archive, "state/1/x", "twice", NULL);
  archive_write_free (archive);
  assert_refused (state, path);

  /* A byte that changed on the way. */
  g_free (path);
  fill (state);
  path = pack (state, NULL);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  content[size / 2] ^= 0x55;
  content[size / 2 + 1] ^= 0x55;
  content[120] ^= 0x55;
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  assert_refused (state, path);
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, State, NULL, state_set_up, function, state_tear_down)
  ADD ("/portable/round-trip", test_round_trip);
  ADD ("/portable/half-written", test_half_written);
  ADD ("/portable/known", test_known);
  ADD ("/portable/no-licence", test_no_licence);
  ADD ("/portable/strangers", test_strangers);
  ADD ("/portable/refusals", test_refusals);
  return g_test_run ();
}
