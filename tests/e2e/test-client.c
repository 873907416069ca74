/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client library without an engine: mirror, counters, what killed engines leave. */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "lab-client-connect.h"
#include "lab-client-counters.h"
#include "lab-client-mirror.h"
#include "lab-client-paths.h"
#include "lab-client-running.h"
#include "lab-client.h"

#define UUID "6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e01"

/* --- the mirror --- */

static GVariant *
nodes (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *variant = g_variant_parse (G_VARIANT_TYPE ("aa{sv}"), text, NULL, NULL, &error);

  g_assert_no_error (error);
  return variant;
}

static void
apply (LabClientMirror *mirror,
       gboolean wanted,
       guint64 base,
       guint64 revision,
       const char *text,
       const char *removed)
{
  g_autoptr (GVariant) variant = nodes (text);
  g_autoptr (GVariant) engine = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  const char *const names[] = { removed, NULL };

  g_assert_cmpint (lab_client_mirror_apply (mirror, base, revision, engine, variant, names), ==,
                   wanted);
}

static void
count_cb (gpointer object, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_mirror (void)
{
  g_autoptr (GVariant) all = nodes ("[{'name': <'PC1'>, 'id': <uint32 1>, 'state': <'stopped'>},"
                                    " {'name': <'PC2'>, 'id': <uint32 2>, 'state': <'ready'>}]");
  g_autoptr (GVariant) engine =
      g_variant_ref_sink (g_variant_new_parsed ("{'relay-pid': <uint32 7>}"));
  LabClientMirror mirror = { 0 };
  LabClientNode *node;
  guint n_changed = 0;
  guint n_state = 0;

  lab_client_mirror_init (&mirror);
  lab_client_mirror_reset (&mirror, 5, engine, all);
  node = lab_client_mirror_find (&mirror, "PC1");
  g_assert_nonnull (node);
  g_assert_cmpuint (lab_client_node_get_id (node), ==, 1);
  g_assert_cmpint (lab_client_node_get_ready_after (node), ==, -1);
  g_signal_connect (node, "changed", G_CALLBACK (count_cb), &n_changed);
  g_signal_connect (node, "notify::state", G_CALLBACK (notify_cb), &n_state);

  apply (&mirror, TRUE, 5, 6, "[{'name': <'PC1'>, 'id': <uint32 1>, 'state': <'ready'>}]", NULL);
  g_assert_cmpint (lab_client_node_get_state (node), ==, LAB_CLIENT_STATE_READY);
  g_assert_true (lab_client_node_is_running (node));
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_state, ==, 1);

  /* The same again changes nothing; what is old is passed over; a gap is told. */
  apply (&mirror, TRUE, 6, 7, "[{'name': <'PC1'>, 'id': <uint32 1>, 'state': <'ready'>}]", NULL);
  apply (&mirror, TRUE, 5, 6, "[{'name': <'PC1'>, 'id': <uint32 1>, 'state': <'stopped'>}]", NULL);
  apply (&mirror, FALSE, 8, 9, "[{'name': <'PC1'>, 'id': <uint32 1>, 'state': <'crashed'>}]", NULL);
  g_assert_cmpint (lab_client_node_get_state (node), ==, LAB_CLIENT_STATE_READY);
  g_assert_cmpuint (n_changed, ==, 1);

  apply (&mirror, TRUE, 7, 8, "[{'name': <'PC3'>, 'id': <uint32 3>, 'state': <'weird'>}]", "PC2");
  g_assert_null (lab_client_mirror_find (&mirror, "PC2"));
  node = lab_client_mirror_find (&mirror, "PC3");
  g_assert_cmpint (lab_client_node_get_state (node), ==, LAB_CLIENT_STATE_UNKNOWN);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror.nodes)), ==, 2);

  /* A whole state drops what is not in it. */
  lab_client_mirror_reset (&mirror, 20, engine, all);
  g_assert_null (lab_client_mirror_find (&mirror, "PC3"));
  g_assert_nonnull (lab_client_mirror_find (&mirror, "PC2"));
  lab_client_mirror_clear (&mirror);
}

/* Types that are not the promised ones count as missing. */
static void
test_mirror_nonsense (void)
{
  g_autoptr (GVariant) all = nodes ("[{'name': <'PC1'>, 'id': <'one'>, 'pid': <true>,"
                                    "  'state': <uint32 3>}, {'id': <uint32 9>}]");
  g_autoptr (GVariant) engine = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  LabClientMirror mirror = { 0 };
  LabClientNode *node;

  lab_client_mirror_init (&mirror);
  lab_client_mirror_reset (&mirror, 1, engine, all);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror.nodes)), ==, 1);
  node = lab_client_mirror_find (&mirror, "PC1");
  g_assert_cmpuint (lab_client_node_get_id (node), ==, 0);
  g_assert_cmpuint (lab_client_node_get_pid (node), ==, 0);
  g_assert_cmpint (lab_client_node_get_state (node), ==, LAB_CLIENT_STATE_UNKNOWN);
  g_assert_cmpstr (lab_client_node_get_console (node), ==, "");
  lab_client_mirror_clear (&mirror);
}

/* --- folders --- */

typedef struct
{
  char *root;
} Folder;

static void
folder_set_up (Folder *folder, gconstpointer data)
{
  folder->root = g_dir_make_tmp ("labwright-client-XXXXXX", NULL);
  g_assert_nonnull (folder->root);
  g_setenv ("LABWRIGHT_RUNTIME_DIR", folder->root, TRUE);
}

static void
folder_tear_down (Folder *folder, gconstpointer data)
{
  g_assert_cmpint (g_rmdir (folder->root), ==, 0);
  g_free (folder->root);
}

static char *
make_run (Folder *folder, const char *uuid)
{
  char *dir = g_build_filename (folder->root, uuid, NULL);
  g_autofree char *deep = g_build_filename (dir, "d", "7", "tmp", NULL);
  g_autofree char *file = g_build_filename (deep, "x", NULL);
  g_autofree char *lock = g_build_filename (dir, "lock", NULL);

  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));
  return dir;
}

static void
test_running (Folder *folder, gconstpointer data)
{
  g_autofree char *dir = make_run (folder, UUID);
  g_autofree char *lock = g_build_filename (dir, "lock", NULL);
  g_auto (GStrv) while_held = NULL;
  g_auto (GStrv) after = NULL;
  int fd = g_open (lock, O_RDWR | O_CLOEXEC, 0);

  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  g_assert_true (lab_client_is_locked (UUID));
  while_held = lab_client_list_running ();
  g_assert_cmpstrv (while_held, ((const char *const[]){ UUID, NULL }));
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));

  close (fd);
  g_assert_false (lab_client_is_locked (UUID));
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS)); /* a look removes nothing */
  after = lab_client_list_running ();
  g_assert_cmpuint (g_strv_length (after), ==, 0);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
}

/* A device owns part of the litter: a link in it must not lead the cleaning astray. */
static void
test_running_links (Folder *folder, gconstpointer data)
{
  g_autofree char *dir = make_run (folder, UUID);
  g_autofree char *precious = g_build_filename (folder->root, "precious", NULL);
  g_autofree char *file = g_build_filename (precious, "file", NULL);
  g_autofree char *link = g_build_filename (dir, "d", "7", "tmp", "away", NULL);
  g_auto (GStrv) running = NULL;

  g_assert_cmpint (g_mkdir (precious, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  g_assert_cmpint (symlink (precious, link), ==, 0);
  running = lab_client_list_running ();
  g_assert_cmpuint (g_strv_length (running), ==, 0);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS)); /* nor is what is no uuid touched */
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_rmdir (precious), ==, 0);
}

static void
test_uuid (void)
{
  g_assert_true (lab_client_is_uuid (UUID));
  g_assert_false (lab_client_is_uuid (""));
  g_assert_false (lab_client_is_uuid ("6C0A7F1E-3b52-4d0e-9a51-7d1f0c2b8e01"));
  g_assert_false (lab_client_is_uuid (UUID "0"));
  g_assert_false (lab_client_is_uuid ("../../../../../../../../../../../etc"));
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_assert_false (lab_client_open_finish (LAB_CLIENT (object), result, (GError **) user_data));
}

static GError *
open_error (LabClientOpenFlags flags, GCancellable *cancellable)
{
  g_autoptr (LabClient) client = lab_client_new (UUID, "/some/file.lab");
  GError *error = NULL;

  lab_client_open_async (client, flags, cancellable, opened_cb, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  return error;
}

static void
test_open (Folder *folder, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) not_running = open_error (LAB_CLIENT_OPEN_NONE, NULL);
  g_autoptr (GError) cancelled = NULL;
  g_autoptr (GError) no_program = NULL;

  g_assert_error (not_running, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NOT_RUNNING);
  g_cancellable_cancel (cancellable);
  cancelled = open_error (LAB_CLIENT_OPEN_SPAWN, cancellable);
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_setenv ("LABWRIGHT_LIBEXEC_DIR", folder->root, TRUE);
  no_program = open_error (LAB_CLIENT_OPEN_SPAWN, NULL);
  g_unsetenv ("LABWRIGHT_LIBEXEC_DIR");
  g_assert_error (no_program, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_SPAWN);
  g_assert_nonnull (strstr (no_program->message, "labwright-engine"));
}

/* An engine that says why it cannot: the sentence arrives. */
static void
test_open_refused (Folder *folder, gconstpointer data)
{
  g_autofree char *program = g_build_filename (folder->root, "labwright-engine", NULL);
  static const struct
  {
    const char *script;
    const char *wanted;
  } cases[] = {
    { "#!/bin/sh\necho 'error The moon is full.' >&3\n", "The moon is full." },
    { "#!/bin/sh\necho 'It rains.' >&2\n", "It rains." },
    { "#!/bin/sh\n", "without a word" },
  };

  g_setenv ("LABWRIGHT_LIBEXEC_DIR", folder->root, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents_full (program, cases[i].script, -1,
                                               G_FILE_SET_CONTENTS_CONSISTENT, 0700, NULL));
      error = open_error (LAB_CLIENT_OPEN_SPAWN, NULL);
      g_assert_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_SPAWN);
      g_assert_nonnull (strstr (error->message, cases[i].wanted));
    }
  g_unsetenv ("LABWRIGHT_LIBEXEC_DIR");
  g_assert_cmpint (g_unlink (program), ==, 0);
}

/* --- counters --- */

typedef struct
{
  RelayCountersHeader header;
  RelayPortCounters slots[3];
} CountersFile;

static void
write_counters (const char *path, const CountersFile *file, gsize size)
{
  g_assert_true (g_file_set_contents (path, (const char *) file, (gssize) size, NULL));
}

static void
test_counters (Folder *folder, gconstpointer data)
{
  g_autofree char *path = g_build_filename (folder->root, "counters", NULL);
  g_autoptr (LabClientCounters) counters = NULL;
  g_autoptr (GError) error = NULL;
  RelayPortCounters found;
  CountersFile file = {
    .header = { .magic = RELAY_COUNTERS_MAGIC,
                .version = RELAY_COUNTERS_VERSION,
                .header_size = sizeof (RelayCountersHeader),
                .slot_size = sizeof (RelayPortCounters),
                .n_slots = 2,
                .wakeups = 9 },
    .slots = { { .serial = 1, .id = 7, .port = 0x21, .in_frames = 5, .drops = { 0, 3 } },
               { .serial = 2, .device = "n4", .port = 2, .line = RELAY_LINE_UP },
               { .serial = 3, .id = 8, .port = 0 } },
  };

  write_counters (path, &file, sizeof file);
  counters = lab_client_counters_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (lab_client_counters_find_instance (counters, 7, 1, 2, &found));
  g_assert_cmpuint (found.in_frames, ==, 5);
  g_assert_cmpuint (found.drops[RELAY_DROP_UNPLUGGED], ==, 3);
  g_assert_true (lab_client_counters_find_device (counters, "n4", 2, &found));
  g_assert_cmpuint (found.line, ==, RELAY_LINE_UP);
  g_assert_false (lab_client_counters_find_instance (counters, 8, 0, 0, &found));
  g_assert_cmpuint (lab_client_counters_get_wakeups (counters), ==, 9);

  /* A new relay, with more ports: a new file under the old name. */
  file.header.n_slots = 3;
  file.slots[0].serial = 0;
  write_counters (path, &file, sizeof file);
  g_assert_true (lab_client_counters_refresh (counters, &error));
  g_assert_false (lab_client_counters_find_instance (counters, 7, 1, 2, &found));
  g_assert_true (lab_client_counters_find_instance (counters, 8, 0, 0, &found));

  /* More slots promised than there are, a foreign file, a short one, none. */
  file.header.n_slots = 1000;
  write_counters (path, &file, sizeof file);
  g_assert_true (lab_client_counters_refresh (counters, &error));
  file.header.magic++;
  write_counters (path, &file, sizeof file);
  g_assert_false (lab_client_counters_refresh (counters, &error));
  g_assert_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_IO);
  g_clear_error (&error);
  write_counters (path, &file, 10);
  g_assert_false (lab_client_counters_refresh (counters, &error));
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_null (lab_client_counters_open (path, &error));
  g_assert_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_IO);
}

#define add_in_folder(path, function)                                                              \
  g_test_add ((path), Folder, NULL, folder_set_up, (function), folder_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/mirror", test_mirror);
  g_test_add_func ("/client/mirror/nonsense", test_mirror_nonsense);
  g_test_add_func ("/client/uuid", test_uuid);
  add_in_folder ("/client/running", test_running);
  add_in_folder ("/client/running/links", test_running_links);
  add_in_folder ("/client/open", test_open);
  add_in_folder ("/client/open/refused", test_open_refused);
  add_in_folder ("/client/counters", test_counters);
  return g_test_run ();
}
