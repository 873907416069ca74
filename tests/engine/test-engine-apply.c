/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Applying documents: what changes, what does not, and what is refused. */

#include "config.h"

#include <string.h>

#include "engine-harness.h"

#define SWITCH                                                                                     \
  "{ \"name\": \"SW\", \"id\": 9, \"kind\": \"switch\", \"x\": 0, \"y\": 0, \"ports\": [ "         \
  "{ \"mode\": \"access\", \"vlan\": 10 }, { \"mode\": \"access\", \"vlan\": 10 } ] }"
#define LINKS                                                                                      \
  "{ \"a\": { \"node\": \"R1\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"SW\", \"port\": "       \
  "\"e0\" } },"                                                                                    \
  "{ \"a\": { \"node\": \"R2\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"SW\", \"port\": "       \
  "\"e1\" } }"

static char *
two_routers (void)
{
  g_autofree char *r1 = harness_node (1, "R1", "fake-iou", "");
  g_autofree char *r2 = harness_node (2, "R2", "fake-iou", "");

  return g_strdup_printf ("%s, %s, %s", r1, r2, SWITCH);
}

static guint64
get_revision (Harness *lab)
{
  g_autoptr (GVariant) engine = NULL;
  g_autoptr (GVariant) nodes = NULL;
  g_autoptr (GError) error = NULL;
  guint64 revision;

  lab_bus_engine1_call_get_state_sync (lab->proxy, &revision, &engine, &nodes, NULL, &error);
  g_assert_no_error (error);
  return revision;
}

static GError *
apply_error (Harness *lab, const char *document)
{
  GError *error = NULL;
  guint64 revision;
  g_auto (GStrv) warnings = NULL;

  g_assert_false (lab_bus_engine1_call_apply_sync (lab->proxy, document, "/bad.lab", &revision,
                                                   &warnings, NULL, &error));
  g_dbus_error_strip_remote_error (error);
  return error;
}

static void
assert_state (Harness *lab, const char *name, LabState expected)
{
  LabNodeState state;
  g_autoptr (GVariant) node = harness_get_state (lab, name, &state);

  g_assert_cmpint (state.state, ==, expected);
}

static void
test_twice (void)
{
  Harness *lab = harness_new ();
  g_autofree char *nodes = two_routers ();
  g_auto (GStrv) first = harness_apply (lab, nodes, LINKS);
  g_auto (GStrv) second = NULL;
  guint64 revision;
  guint32 pid;

  g_assert_cmpuint (g_strv_length (first), ==, 0);
  assert_state (lab, "SW", LAB_STATE_BUILTIN);
  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  harness_wait_state (lab, "R2", LAB_STATE_READY);
  pid = harness_get_pid (lab, "R1");
  revision = get_revision (lab);
  second = harness_apply (lab, nodes, LINKS);
  g_assert_cmpuint (g_strv_length (second), ==, 0);
  g_assert_cmpuint (get_revision (lab), ==, revision);
  g_assert_cmpuint (harness_get_pid (lab, "R1"), ==, pid);
  harness_free (lab);
}

static void
test_settings_wait (void)
{
  Harness *lab = harness_new ();
  static const char format[] =
      "{ \"name\": \"R1\", \"id\": 1, \"kind\": \"iou\", \"x\": 0, \"y\": 0, "
      "\"image\": { \"name\": \"fake-iou\" }, \"ethernet\": %u, \"serial\": 0 }, " SWITCH;
  static const char link[] = "{ \"a\": { \"node\": \"R1\", \"port\": \"e1/0\" }, "
                             "\"b\": { \"node\": \"SW\", \"port\": \"e0\" } }";
  g_autofree char *one = g_strdup_printf (format, 1);
  g_autofree char *two = g_strdup_printf (format, 2);
  g_auto (GStrv) first = harness_apply (lab, one, "");
  g_auto (GStrv) waits = NULL;
  g_auto (GStrv) undone = NULL;
  g_auto (GStrv) again = NULL;
  g_auto (GStrv) after = NULL;
  LabNodeState state;
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GVariant) reloaded = NULL;
  guint32 pid;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  pid = harness_get_pid (lab, "R1");

  waits = harness_apply (lab, two, link);
  g_assert_cmpuint (g_strv_length (waits), ==, 2);
  g_assert_nonnull (strstr (waits[0], "R1: its new settings"));
  g_assert_nonnull (strstr (waits[1], "does not have this port yet"));
  changed = harness_get_state (lab, "R1", &state);
  g_assert_true (state.restart_needed);
  g_assert_cmpuint (state.pid, ==, pid);

  undone = harness_apply (lab, one, "");
  g_assert_cmpuint (g_strv_length (undone), ==, 0);
  again = harness_apply (lab, two, link);
  harness_act (lab, "Reload", "R1");
  g_assert_true (harness_pid_gone (pid, HARNESS_PATIENCE_MS));
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  reloaded = harness_get_state (lab, "R1", &state);
  g_assert_false (state.restart_needed);
  after = harness_apply (lab, two, link);
  g_assert_cmpuint (g_strv_length (after), ==, 0);
  harness_free (lab);
}

/* The id is the key: a renamed device goes on. */
static void
test_rename (void)
{
  Harness *lab = harness_new ();
  g_autofree char *before = harness_node (1, "R1", "fake-iou", "");
  g_autofree char *after = harness_node (1, "Edge", "fake-iou", "");
  g_auto (GStrv) first = harness_apply (lab, before, "");
  g_auto (GStrv) second = NULL;
  g_autoptr (GError) error = NULL;
  guint32 pid;

  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  pid = harness_get_pid (lab, "R1");
  second = harness_apply (lab, after, "");
  g_assert_cmpuint (g_strv_length (second), ==, 0);
  g_assert_cmpuint (harness_get_pid (lab, "Edge"), ==, pid);
  error = harness_act_error (lab, "Stop", "R1");
  g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_UNKNOWN_NODE);
  harness_free (lab);
}

static void
test_remove (void)
{
  Harness *lab = harness_new ();
  g_autofree char *both = two_routers ();
  g_autofree char *one = harness_node (1, "R1", "fake-iou", "");
  g_auto (GStrv) first = harness_apply (lab, both, LINKS);
  g_auto (GStrv) second = NULL;
  g_auto (GStrv) third = NULL;
  guint32 kept;
  guint32 gone;

  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  harness_wait_state (lab, "R2", LAB_STATE_READY);
  kept = harness_get_pid (lab, "R1");
  gone = harness_get_pid (lab, "R2");
  second = harness_apply (lab, one, "");
  g_assert_true (harness_pid_gone (gone, HARNESS_PATIENCE_MS));
  g_assert_cmpuint (harness_get_pid (lab, "R1"), ==, kept);

  /* And it comes back, at once. */
  third = harness_apply (lab, both, LINKS);
  g_assert_cmpuint (g_strv_length (third), ==, 0);
  harness_act (lab, "Start", "R2");
  harness_wait_state (lab, "R2", LAB_STATE_READY);
  g_assert_cmpuint (harness_get_pid (lab, "R1"), ==, kept);
  harness_free (lab);
}

/* Removed and brought back while it is being stopped: an undo. */
static void
test_remove_undone (void)
{
  Harness *lab = harness_new ();
  g_autofree char *node = harness_node (1, "R1", "fake-iou", "ignore-term");
  g_auto (GStrv) first = harness_apply (lab, node, "");
  g_auto (GStrv) second = NULL;
  g_auto (GStrv) third = NULL;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  second = harness_apply (lab, "", "");
  third = harness_apply (lab, node, "");
  assert_state (lab, "R1", LAB_STATE_STOPPING);
  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  harness_free (lab);
}

static void
test_unsupported (void)
{
  Harness *lab = harness_new ();
  static const char nodes[] =
      "{ \"name\": \"NAT1\", \"id\": 1, \"kind\": \"nat\", \"x\": 0, \"y\": 0 },"
      "{ \"name\": \"Old\", \"id\": 2, \"kind\": \"placeholder\", \"x\": 0, \"y\": 0, \"ports\": "
      "[], "
      "\"foreign\": { \"a\": 1 } }";
  g_auto (GStrv) warnings = harness_apply (lab, nodes, "");
  LabNodeState state;
  g_autoptr (GVariant) node = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_strv_length (warnings), ==, 2);
  node = harness_get_state (lab, "Old", &state);
  g_assert_cmpint (state.state, ==, LAB_STATE_UNSUPPORTED);
  g_assert_nonnull (strstr (state.message, "foreign node"));
  error = harness_act_error (lab, "Start", "NAT1");
  g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE);
  g_assert_true (g_str_has_prefix (error->message, "NAT1: The way out is closed"));
  harness_act (lab, "Start", NULL);
  harness_free (lab);
}

static void
test_unknown_names (void)
{
  static const char *const methods[] = { "Start", "Stop", "Reload", "Freeze", "Thaw" };
  Harness *lab = harness_new ();
  g_autofree char *nodes = two_routers ();
  g_auto (GStrv) warnings = harness_apply (lab, nodes, LINKS);
  const char *names[] = { "R1", "R7", "Nemo", NULL };
  g_autoptr (GError) several = NULL;
  g_autoptr (GError) builtin = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (GError) error = harness_act_error (lab, methods[i], "Nemo");

      g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_UNKNOWN_NODE);
      g_assert_cmpstr (error->message, ==, "The lab has no node of this name: Nemo.");
    }

  /* All are named, and nothing is done. */
  lab_bus_engine1_call_start_sync (lab->proxy, names, NULL, &several);
  g_assert_nonnull (strstr (several->message, "R7, Nemo."));
  assert_state (lab, "R1", LAB_STATE_STOPPED);
  builtin = harness_act_error (lab, "Freeze", "SW");
  g_assert_error (builtin, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE);
  harness_free (lab);
}

static void
test_bad_documents (void)
{
  Harness *lab = harness_new ();
  g_autofree char *nodes = two_routers ();
  g_auto (GStrv) warnings = harness_apply (lab, nodes, LINKS);
  guint64 revision = get_revision (lab);
  static const char *const documents[] = {
    "",
    "{",
    "[]",
    "{ \"format\": \"labwright\", \"version\": 99 }",
    "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": "
    "\"00000000-0000-4000-8000-000000000000\", \"name\": \"other\", \"nodes\": [], \"links\": [] }",
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GError) error = apply_error (lab, documents[i]);

      g_test_message ("%s", error->message);
      g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_DOCUMENT);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
  g_assert_cmpuint (get_revision (lab), ==, revision);
  assert_state (lab, "R1", LAB_STATE_STOPPED);
  harness_free (lab);
}

/* What a client puts together from Changed alone. */
typedef struct
{
  guint64 revision;
  guint gaps;
  guint signals;
  GHashTable *states; /* name -> word */
} Mirror;

static void
on_changed (LabBusEngine1 *proxy,
            guint64 base,
            guint64 revision,
            GVariant *engine,
            GVariant *nodes,
            const char *const *removed,
            gpointer user_data)
{
  Mirror *mirror = user_data;

  mirror->signals++;
  if (base != mirror->revision)
    mirror->gaps++;
  mirror->revision = revision;
  for (guint i = 0; removed[i] != NULL; i++)
    g_hash_table_remove (mirror->states, removed[i]);
  for (gsize i = 0; i < g_variant_n_children (nodes); i++)
    {
      g_autoptr (GVariant) node = g_variant_get_child_value (nodes, i);
      LabNodeState state;

      lab_node_state_from_variant (&state, node);
      g_hash_table_insert (mirror->states, g_strdup (state.name),
                           (gpointer) lab_state_to_string (state.state));
    }
}

static void
run_loop (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
}

static void
test_changes (void)
{
  Harness *lab = harness_new ();
  Mirror mirror = { 0 };
  g_autofree char *nodes = two_routers ();
  g_autofree char *renamed = harness_node (1, "Edge", "fake-iou", "");
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;

  mirror.states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (lab->proxy, "changed", G_CALLBACK (on_changed), &mirror);
  mirror.revision = get_revision (lab);
  first = harness_apply (lab, nodes, LINKS);
  harness_act (lab, "Start", NULL);
  run_loop (1500);
  g_assert_cmpuint (mirror.gaps, ==, 0);
  g_assert_cmpuint (mirror.signals, <=, 17);
  g_assert_cmpuint (g_hash_table_size (mirror.states), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (mirror.states, "R1"), ==, "ready");
  g_assert_cmpstr (g_hash_table_lookup (mirror.states, "SW"), ==, "builtin");

  second = harness_apply (lab, renamed, "");
  run_loop (1500);
  g_assert_cmpuint (mirror.gaps, ==, 0);
  g_assert_cmpuint (g_hash_table_size (mirror.states), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (mirror.states, "Edge"), ==, "ready");

  /* Nothing happens: nothing is said. */
  mirror.signals = 0;
  run_loop (500);
  g_assert_cmpuint (mirror.signals, ==, 0);
  g_signal_handlers_disconnect_by_data (lab->proxy, &mirror);
  g_hash_table_unref (mirror.states);
  harness_free (lab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/apply/twice", test_twice);
  g_test_add_func ("/engine/apply/settings-wait", test_settings_wait);
  g_test_add_func ("/engine/apply/rename", test_rename);
  g_test_add_func ("/engine/apply/remove", test_remove);
  g_test_add_func ("/engine/apply/remove-undone", test_remove_undone);
  g_test_add_func ("/engine/apply/unsupported", test_unsupported);
  g_test_add_func ("/engine/apply/unknown-names", test_unknown_names);
  g_test_add_func ("/engine/apply/bad-documents", test_bad_documents);
  g_test_add_func ("/engine/apply/changes", test_changes);
  return g_test_run ();
}
