/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of a session: saving, copies under another name, changes by others, reverting, recovery
 * after a kill, the trash. The window that is killed is this program itself, started as
 * "test-e2e-session-files --window FILE". */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "lab-checkpoints.h"
#include "lab-file.h"
#include "lab-saved-nvram.h"
#include "session-fixture.h"

#define TWO_HOSTS_UUID "6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e01"

static LabTopology *
topology_of (Fixture *fixture)
{
  return lab_session_get_topology (fixture->session);
}

static void
rename_node (Fixture *fixture, const char *from, const char *to)
{
  g_assert_true (lab_session_apply (fixture->session, lab_edit_new_rename_node (from, to)));
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
close_session (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_session_close_async (fixture->session, session_done_cb, fixture);
  result = session_wait_result (fixture);
  g_assert_true (lab_session_close_finish (fixture->session, result, NULL));
}

/* Somebody else changes the file: told once, not overwritten unless that is wanted. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_changes = 0;

  session_load (fixture, path);
  g_signal_connect_swapped (fixture->session, "file-changed", G_CALLBACK (count_cb), &n_changes);
  rename_node (fixture, "PC1", "Mine");
  session_save (fixture, NULL);
  wait_until (5, g_file_test (path, G_FILE_TEST_EXISTS));

  e2e_labctl (&fixture->e2e, "unplug", path, "Mine:e0/0", NULL);
  e2e_assert_code (&fixture->e2e, 0);
  wait_until (5, n_changes > 0);
  g_assert_cmpuint (n_changes, ==, 1); /* saving by ourselves was no change */
  rename_node (fixture, "Mine", "Other");
  lab_session_save_async (fixture->session, NULL, session_done_cb, fixture);
  result = session_wait_result (fixture);
  g_assert_false (lab_session_save_finish (fixture->session, result, &error));
  g_assert_error (error, LAB_SESSION_FAILURE, LAB_SESSION_FAILURE_CHANGED);
  g_assert_true (lab_session_get_modified (fixture->session));

  lab_session_accept_file (fixture->session);
  session_save (fixture, NULL);
  text = e2e_read (path);
  g_assert_nonnull (strstr (text, "Other"));
  g_assert_null (strstr (text, "plugged"));
  g_assert_false (lab_session_get_modified (fixture->session));
}

/* Reverting is one step, and keeps what is in both. */
static void
test_revert (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  const char *const pc2[] = { "PC2", NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *edited = NULL;
  g_autofree char *reverted = NULL;
  g_autofree char *file = NULL;
  g_autofree char *undone = NULL;
  LabHistory *history;
  LabNode *pc1;

  session_load (fixture, path);
  history = lab_session_get_history (fixture->session);
  pc1 = lab_topology_find_node (topology_of (fixture), "PC1");
  rename_node (fixture, "PC1", "Mine");
  g_assert_true (lab_session_apply (fixture->session, lab_edit_new_remove_nodes (pc2)));
  edited = session_text (fixture);
  e2e_labctl (&fixture->e2e, "unplug", path, "PC1:e0/0", NULL);
  e2e_assert_code (&fixture->e2e, 0);

  lab_session_revert_async (fixture->session, session_done_cb, fixture);
  result = session_wait_result (fixture);
  lab_session_revert_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  reverted = session_text (fixture);
  file = e2e_read (path);
  g_assert_cmpstr (reverted, ==, file);
  g_assert_false (lab_session_get_modified (fixture->session));
  g_assert_true (lab_topology_find_node (topology_of (fixture), "PC1") == pc1);
  g_assert_nonnull (strstr (fixture->said->str, "1 The lab is as in its file"));

  g_assert_true (lab_history_undo (history));
  undone = session_text (fixture);
  g_assert_cmpstr (undone, ==, edited);
  g_assert_true (lab_session_get_modified (fixture->session));
  g_assert_true (lab_history_redo (history));
  g_assert_false (lab_session_get_modified (fixture->session));
}

/* Under another name: a lab of its own, with what the devices saved; those that run are left to the
 * old file, and both can run at once. */
static void
test_save_as (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *copy_path = e2e_path (&fixture->e2e, "copy.lab");
  g_autofree char *old_state = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/1/nvram_00001");
  g_autofree char *state = NULL;
  g_autofree char *new_state = NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;
  const char *uuid;

  session_load (fixture, path);
  session_start_all (fixture);
  e2e_labctl (&fixture->e2e, "send", path, "PC1", "save", NULL);
  e2e_assert_code (&fixture->e2e, 0);
  wait_until (10, g_file_test (old_state, G_FILE_TEST_EXISTS));

  rename_node (fixture, "PC2", "Beta");
  session_save (fixture, copy_path);
  uuid = lab_topology_get_uuid (topology_of (fixture));
  g_assert_cmpstr (uuid, !=, TWO_HOSTS_UUID);
  g_assert_cmpstr (lab_session_get_path (fixture->session), ==, copy_path);
  g_assert_false (lab_session_get_modified (fixture->session));
  g_assert_cmpint (lab_session_get_engine (fixture->session), ==, LAB_SESSION_ENGINE_OFF);
  g_assert_cmpint (session_state_of (fixture, "PC1"), ==, LAB_RUN_OFF);
  g_assert_nonnull (strstr (fixture->said->str, "0 This is a copy now; the devices of"));
  state = g_strdup_printf ("s/%s/1/nvram_00001", uuid);
  new_state = e2e_path (&fixture->e2e, state);
  g_assert_true (g_file_test (new_state, G_FILE_TEST_EXISTS));
  old_text = e2e_read (path);
  new_text = e2e_read (copy_path);
  g_assert_null (strstr (old_text, "Beta"));
  g_assert_nonnull (strstr (new_text, "Beta"));

  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  wait_until (30, session_state_of (fixture, "Beta") == LAB_RUN_READY);
  e2e_labctl (&fixture->e2e, "status", path, NULL);
  e2e_assert_code (&fixture->e2e, 0);
  e2e_assert_has (fixture->e2e.out, "ready");
  session_shut_down (fixture);
  g_assert_true (lab_history_undo (lab_session_get_history (fixture->session)));
  g_assert_cmpstr (lab_topology_get_uuid (topology_of (fixture)), !=, TWO_HOSTS_UUID);
}

/* Under another name of the same file nothing becomes a copy. */
static void
test_save_as_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *link = e2e_path (&fixture->e2e, "link.lab");

  g_assert_cmpint (symlink (path, link), ==, 0);
  session_load (fixture, path);
  rename_node (fixture, "PC1", "Mine");
  session_save (fixture, link);
  g_assert_cmpstr (lab_topology_get_uuid (topology_of (fixture)), ==, TWO_HOSTS_UUID);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
}

/* A copy of a file under the same uuid is refused while the other runs, with a sentence. */
static void
test_other_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *text = e2e_read (path);
  g_autofree char *copy = e2e_write (&fixture->e2e, "copy.lab", text);

  e2e_labctl (&fixture->e2e, "start", path, NULL);
  e2e_assert_code (&fixture->e2e, 0);
  session_load (fixture, copy);
  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  wait_until (10, fixture->said->len > 0);
  g_assert_nonnull (strstr (fixture->said->str, "2 This file is a copy of a lab that is running"));
  g_assert_cmpint (lab_session_get_engine (fixture->session), ==, LAB_SESSION_ENGINE_OFF);
  g_assert_false (lab_session_get_busy (fixture->session));
}

/* --- a window that is killed --- */

static GSubprocess *
start_window (Fixture *fixture, const char *path)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *window =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, exe, "--window", path, NULL);

  g_assert_no_error (error);

  return window;
}

static gboolean
tick_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* Starts the lab and edits it; then it waits to be killed. */
static G_NORETURN void
run_window (const char *path)
{
  Fixture window = { .said = g_string_new (NULL) };
  Fixture *fixture = &window;

  g_timeout_add (100, tick_cb, NULL);
  session_load (fixture, path);
  session_start_all (fixture);
  rename_node (fixture, "PC1", "Edited");
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static GPtrArray *
list_copies (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_recovery_list_async (NULL, NULL, session_done_cb, fixture);
  result = session_wait_result (fixture);

  return lab_recovery_list_finish (result, NULL);
}

static void
kill_window (Fixture *fixture, const char *path)
{
  g_autoptr (GSubprocess) window = start_window (fixture, path);
  g_autofree char *copy = e2e_path (&fixture->e2e, "s/recovery/" TWO_HOSTS_UUID ".json");
  g_autoptr (GPtrArray) living = NULL;
  guint tick = g_timeout_add (50, tick_cb, NULL);

  wait_until (40, g_file_test (copy, G_FILE_TEST_EXISTS));
  living = list_copies (fixture);
  g_assert_cmpuint (living->len, ==, 0);
  g_subprocess_force_exit (window);
  g_subprocess_wait (window, NULL, NULL);
  g_source_remove (tick);
}

/* The file is opened again: the copy is offered, the devices run on untouched, and restoring it is
 * one step. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) left = NULL;
  LabClient *client;
  guint pid;

  kill_window (fixture, path);
  session_load (fixture, path);
  g_assert_nonnull (lab_session_get_recovery (fixture->session));
  g_assert_false (lab_session_get_modified (fixture->session));
  session_attach (fixture);
  client = lab_session_get_client (fixture->session);
  g_assert_cmpint (session_state_of (fixture, "PC1"), ==, LAB_RUN_READY);
  wait_until (1, lab_client_find_node (client, "Edited") != NULL);
  pid = lab_client_node_get_pid (lab_client_find_node (client, "Edited"));

  lab_session_restore (fixture->session);
  wait_until (10, lab_session_get_recovery (fixture->session) == NULL);
  g_assert_nonnull (lab_topology_find_node (topology_of (fixture), "Edited"));
  g_assert_true (lab_session_get_modified (fixture->session));
  g_assert_cmpstr (lab_history_get_undo_label (lab_session_get_history (fixture->session)), ==,
                   "Restore unsaved changes");
  g_assert_cmpuint (lab_client_node_get_pid (lab_client_find_node (client, "Edited")), ==, pid);

  session_save (fixture, NULL);
  close_session (fixture);
  left = list_copies (fixture);
  g_assert_cmpuint (left->len, ==, 0);
  session_shut_down (fixture);
}

/* From the start page: the copy itself is opened. */
static void
test_killed_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  LabSession *session;

  kill_window (fixture, path);
  copies = list_copies (fixture);
  g_assert_cmpuint (copies->len, ==, 1);
  g_assert_cmpstr (lab_recovery_get_path (g_ptr_array_index (copies, 0)), ==, path);
  g_assert_cmpstr (lab_recovery_get_title (g_ptr_array_index (copies, 0)), ==, "Two hosts");

  lab_session_load_recovery_async (g_ptr_array_index (copies, 0), NULL, session_done_cb, fixture);
  result = session_wait_result (fixture);
  session = lab_session_load_recovery_finish (result, &error);
  g_assert_no_error (error);
  session_take (fixture, session);
  g_assert_true (lab_session_get_modified (session));
  g_assert_cmpstr (lab_session_get_path (session), ==, path);
  session_attach (fixture);
  g_assert_cmpint (session_state_of (fixture, "Edited"), ==, LAB_RUN_READY);
  session_save (fixture, NULL);
  text = e2e_read (path);
  g_assert_nonnull (strstr (text, "Edited"));
  g_assert_false (lab_session_get_modified (session));
  close_session (fixture);
  g_clear_pointer (&copies, g_ptr_array_unref);
  copies = list_copies (fixture);
  g_assert_cmpuint (copies->len, ==, 0);
  session_shut_down (fixture);
}

/* A copy that is thrown away is gone; the engine follows the file. */
static void
test_killed_forget (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *copy = e2e_path (&fixture->e2e, "s/recovery/" TWO_HOSTS_UUID ".lab");
  LabClient *client;

  kill_window (fixture, path);
  session_load (fixture, path);
  session_attach (fixture);
  client = lab_session_get_client (fixture->session);
  lab_session_forget_recovery (fixture->session);
  wait_until (10, lab_client_find_node (client, "PC1") != NULL);
  wait_until (5, !g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_false (lab_session_get_modified (fixture->session));
  session_shut_down (fixture);
}

/* --- files of deleted devices --- */

static gboolean
trash_holds (Fixture *fixture, const char *suffix)
{
  g_autofree char *trash = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/trash");
  g_autoptr (GDir) dir = g_dir_open (trash, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix))
      return TRUE;

  return FALSE;
}

static void
test_trash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *nvram = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/1/nvram_00001");
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (JsonNode) json = json_from_string (
      "{\"name\":\"New\",\"kind\":\"iou\",\"image\":{\"name\":\"labwright-pc\"}}", NULL);
  g_autoptr (LabNode) node = NULL;

  session_load (fixture, path);
  session_start_all (fixture);
  e2e_labctl (&fixture->e2e, "send", path, "PC1", "save", NULL);
  e2e_assert_code (&fixture->e2e, 0);
  wait_until (10, g_file_test (nvram, G_FILE_TEST_EXISTS));

  g_ptr_array_add (items, lab_topology_find_node (topology_of (fixture), "PC1"));
  lab_session_delete (fixture->session, items);
  g_assert_nonnull (strstr (fixture->said->str, "1 PC1 deleted"));
  wait_until (10, lab_client_find_node (lab_session_get_client (fixture->session), "PC1") == NULL);
  g_assert_true (g_file_test (nvram, G_FILE_TEST_EXISTS)); /* undo would find it */
  session_save (fixture, NULL);
  session_shut_down (fixture);
  close_session (fixture);
  g_assert_false (g_file_test (nvram, G_FILE_TEST_EXISTS));
  g_assert_true (trash_holds (fixture, "-PC1-1"));

  /* What lies under the id of a new device is not its own. */
  session_load (fixture, path);
  {
    g_autofree char *folder = g_path_get_dirname (nvram);

    g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
    g_assert_true (g_file_set_contents (nvram, "old", -1, NULL));
  }
  node = lab_node_new_from_json (json, NULL);
  g_assert_true (lab_session_apply (fixture->session, lab_edit_new_add_node (node)));
  g_assert_cmpuint (lab_node_get_id (node), ==, 1);
  wait_until (
      5, (g_usleep (1000), g_main_context_wakeup (NULL), !g_file_test (nvram, G_FILE_TEST_EXISTS)));
  close_session (fixture);
}

/* A device that somebody else put into the file has files of its own, which reverting leaves where
 * they are, and so does the end of the session. */
static void
test_revert_added (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *work = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/1");
  g_autofree char *vlans = g_build_filename (work, "vlan.dat-00001", NULL);
  g_autofree char *copied = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/3/vlan.dat-00003");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (work, 0700), ==, 0);
  g_assert_true (g_file_set_contents (vlans, "vlans", -1, NULL));
  session_load (fixture, path);
  e2e_labctl (&fixture->e2e, "clone", path, "--node", "PC1", NULL);
  e2e_assert_code (&fixture->e2e, 0);
  g_assert_true (g_file_test (copied, G_FILE_TEST_EXISTS));

  lab_session_revert_async (fixture->session, session_done_cb, fixture);
  result = session_wait_result (fixture);
  lab_session_revert_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (lab_topology_find_node (topology_of (fixture), "PC3"));
  close_session (fixture);
  g_assert_true (g_file_test (copied, G_FILE_TEST_EXISTS));
  g_assert_false (trash_holds (fixture, "-3"));
}

/* Devices that cannot go back to a checkpoint do not leave a document that has. */
static void
test_checkpoint_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *work = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/1");
  g_autofree char *copy = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/checkpoints/0001/1");
  g_autofree char *aside = g_strconcat (copy, "-aside", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GBytes) saved = g_bytes_new_static ("set pcname PC1\n", 15);
  g_autoptr (GAsyncResult) taken = NULL;
  g_autoptr (GAsyncResult) restored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (work, 0700), ==, 0);
  g_assert_true (lab_saved_write_nvram (work, 1, 0, saved, NULL));
  session_load (fixture, path);
  lab_checkpoints_take_async (fixture->session, "then", session_done_cb, fixture);
  taken = session_wait_result (fixture);
  g_assert_cmpuint (lab_checkpoints_take_finish (taken, &error), ==, 1);
  g_assert_cmpint (g_rename (copy, aside), ==, 0);
  g_assert_true (g_file_set_contents (copy, "", 0, NULL));

  rename_node (fixture, "PC1", "Mine");
  before = session_text (fixture);
  lab_checkpoints_restore_async (fixture->session, 1, session_done_cb, fixture);
  restored = session_wait_result (fixture);
  g_assert_cmpuint (lab_checkpoints_restore_finish (restored, &error), ==, 0);
  g_assert_nonnull (error);
  after = session_text (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* A copy of a running device is configured as the device has saved it, under its own name. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) pasted = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LabClipping) clipping = NULL;
  g_autoptr (GError) error = NULL;
  const char *config;

  session_load (fixture, path);
  session_start_all (fixture);
  e2e_labctl (&fixture->e2e, "send", path, "PC1", "ip 10.9.9.9/24", NULL);
  e2e_labctl (&fixture->e2e, "send", path, "PC1", "save", NULL);
  e2e_assert_code (&fixture->e2e, 0);
  wait_until (10, lab_client_node_get_saved_config (
                      lab_client_find_node (lab_session_get_client (fixture->session), "PC1")));

  g_ptr_array_add (items, lab_topology_find_node (topology_of (fixture), "PC1"));
  lab_session_copy_async (fixture->session, items, session_done_cb, fixture);
  result = session_wait_result (fixture);
  clipping = lab_session_copy_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_true (lab_clipping_paste (clipping, topology_of (fixture),
                                     lab_session_get_history (fixture->session), 10, 10, NULL,
                                     &pasted, &error));
  g_assert_cmpstr (lab_node_get_name (g_ptr_array_index (pasted, 0)), ==, "PC3");
  config = lab_node_get_start_config (g_ptr_array_index (pasted, 0));
  g_assert_nonnull (strstr (config, "10.9.9.9"));
  g_assert_null (strstr (config, "PC1"));
  session_shut_down (fixture);
}

/* Of devices that do not run, too, and with the files they keep; in a folder that an earlier device
 * left something in. */
static void
test_copy_stopped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *work = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/1");
  g_autofree char *vlans = g_build_filename (work, "vlan.dat-00001", NULL);
  g_autofree char *copied = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/3/vlan.dat-00003");
  g_autofree char *nvram = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/3/nvram_00003");
  g_autofree char *left = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/3/old.txt");
  g_autofree char *old = g_path_get_dirname (left);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) saved = g_bytes_new_static ("set pcname PC1\nip 10.8.8.8/24\n", 30);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) pasted = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LabClipping) clipping = NULL;
  g_autoptr (GError) error = NULL;
  LabNode *copy;

  g_assert_cmpint (g_mkdir_with_parents (work, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (old, 0700), ==, 0);
  g_assert_true (lab_saved_write_nvram (work, 1, 0, saved, &error));
  g_assert_true (g_file_set_contents (vlans, "vlans", -1, NULL));
  g_assert_true (g_file_set_contents (left, "old", -1, NULL));
  session_load (fixture, path);
  g_ptr_array_add (items, lab_topology_find_node (topology_of (fixture), "PC1"));
  lab_session_copy_async (fixture->session, items, session_done_cb, fixture);
  result = session_wait_result (fixture);
  clipping = lab_session_copy_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_true (lab_session_paste (fixture->session, clipping, 10, 10, NULL, &pasted, &error));
  copy = g_ptr_array_index (pasted, 0);
  g_assert_cmpuint (lab_node_get_id (copy), ==, 3);
  g_assert_nonnull (strstr (lab_node_get_start_config (copy), "set pcname %h\nip 10.8.8.8/24"));

  /* Undone and done again it has them; undone for good they go when the lab closes, not before
   * they are there. */
  lab_history_undo (lab_session_get_history (fixture->session));
  lab_history_redo (lab_session_get_history (fixture->session));
  wait_until (
      5, (g_usleep (1000), g_main_context_wakeup (NULL), g_file_test (copied, G_FILE_TEST_EXISTS)));
  text = e2e_read (copied);
  g_assert_cmpstr (text, ==, "vlans");
  g_assert_false (g_file_test (nvram, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (trash_holds (fixture, "-earlier device-3"));
  lab_history_undo (lab_session_get_history (fixture->session));
  close_session (fixture);
  g_assert_false (g_file_test (copied, G_FILE_TEST_EXISTS));
  g_assert_true (trash_holds (fixture, "-PC3-3"));
}

static void
cut (Fixture *fixture, const char *name, LabClipping **clipping)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (items, lab_topology_find_node (topology_of (fixture), name));
  lab_session_copy_async (fixture->session, items, session_done_cb, fixture);
  result = session_wait_result (fixture);
  *clipping = lab_session_copy_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  lab_session_delete (fixture->session, items);
}

/* Cut from a lab that is closed, saved without it: its files are in the trash by then, and what has
 * its id now is another device. */
static void
test_cut_closed (Fixture *fixture, gconstpointer data)
{
  static const char other[] = "{\"format\": \"labwright\", \"version\": 1, \"uuid\": "
                              "\"7c2b2f0e-5f0e-4a17-9f0e-0d2f0a6b1c3d\", "
                              "\"name\": \"Other\", \"nodes\": [], \"links\": []}";
  g_autofree char *path = e2e_sample (&fixture->e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *path2 = e2e_write (&fixture->e2e, "other.lab", other);
  g_autofree char *work = e2e_path (&fixture->e2e, "s/" TWO_HOSTS_UUID "/1");
  g_autofree char *vlans = g_build_filename (work, "vlan.dat-00001", NULL);
  g_autofree char *copied =
      e2e_path (&fixture->e2e, "s/7c2b2f0e-5f0e-4a17-9f0e-0d2f0a6b1c3d/1/vlan.dat-00001");
  g_autofree char *text = NULL;
  g_autoptr (LabClipping) clipping = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (work, 0700), ==, 0);
  g_assert_true (g_file_set_contents (vlans, "vlans", -1, NULL));
  session_load (fixture, path);
  cut (fixture, "PC1", &clipping);
  session_save (fixture, NULL);
  close_session (fixture);
  g_assert_true (trash_holds (fixture, "-PC1-1"));
  g_assert_cmpint (g_mkdir_with_parents (work, 0700), ==, 0);
  g_assert_true (g_file_set_contents (vlans, "of another", -1, NULL));

  session_load (fixture, path2);
  g_assert_true (lab_session_paste (fixture->session, clipping, 10, 10, NULL, NULL, &error));
  wait_until (
      5, (g_usleep (1000), g_main_context_wakeup (NULL), g_file_test (copied, G_FILE_TEST_EXISTS)));
  text = e2e_read (copied);
  g_assert_cmpstr (text, ==, "vlans");
  close_session (fixture);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--window"))
    run_window (argv[2]);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/session-files/" name, Fixture, NULL, session_set_up, function, session_tear_down)
  ADD ("changed", test_changed);
  ADD ("revert", test_revert);
  ADD ("revert-added", test_revert_added);
  ADD ("save-as", test_save_as);
  ADD ("save-as-link", test_save_as_link);
  ADD ("other-file", test_other_file);
  ADD ("killed", test_killed);
  ADD ("killed-list", test_killed_list);
  ADD ("killed-forget", test_killed_forget);
  ADD ("checkpoint-fails", test_checkpoint_fails);
  ADD ("trash", test_trash);
  ADD ("copy", test_copy);
  ADD ("copy-stopped", test_copy_stopped);
  ADD ("cut-closed", test_cut_closed);

  return g_test_run ();
}
