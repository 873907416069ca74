/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order in which devices are started, and what is told of it. */

#include "config.h"

#include <string.h>

#include "engine-harness.h"

/* A device of the fixture image in a start group. (transfer full) */
static char *
grouped (guint id, const char *name, guint group, const char *start)
{
  g_autofree char *node = harness_node (id, name, "fake-iou", start);
  char *brace = strrchr (node, '}');

  g_assert_nonnull (brace);
  *brace = '\0';
  return g_strdup_printf ("%s, \"start-group\": %u }", node, group);
}

/* Three devices: of group 1, of group 2, of none; the last first in the document. */
static Harness *
with_three (guint patience, const char *first_does, const char *second_does)
{
  Harness *lab = harness_new ();
  g_autofree char *first = grouped (1, "A", 1, first_does);
  g_autofree char *second = grouped (2, "B", 2, second_does);
  g_autofree char *last = grouped (3, "C", 0, "");
  g_autofree char *nodes = g_strjoin (",", last, second, first, NULL);
  g_auto (GStrv) warnings = NULL;

  lab->patience = patience;
  warnings = harness_apply (lab, nodes, "");
  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  return lab;
}

static void
start_all (Harness *lab, const char *method)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = g_dbus_proxy_call_sync (G_DBUS_PROXY (lab->proxy), method,
                                   g_variant_new ("(@as)", g_variant_new_strv (NULL, 0)),
                                   G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
get_times (Harness *lab, const char *name, gint64 *started, gint64 *ready)
{
  LabNodeState state;
  g_autoptr (GVariant) node = harness_get_state (lab, name, &state);

  g_assert_cmpint (state.state, ==, LAB_STATE_READY);
  *started = state.started_at;
  *ready = state.started_at + state.ready_after;
}

/* Each is started when the one before it is ready. */
static void
assert_order (Harness *lab)
{
  static const char *const names[] = { "A", "B", "C" };
  gint64 before = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gint64 started;
      gint64 ready;

      harness_wait_state (lab, names[i], LAB_STATE_READY);
      get_times (lab, names[i], &started, &ready);
      g_assert_cmpint (started, >=, before);
      before = ready;
    }
}

static GVariant *
get_fact (Harness *lab, const char *key, const char *type)
{
  g_autoptr (GVariant) engine = NULL;
  g_autoptr (GVariant) nodes = NULL;
  g_autoptr (GError) error = NULL;
  guint64 revision;

  lab_bus_engine1_call_get_state_sync (lab->proxy, &revision, &engine, &nodes, NULL, &error);
  g_assert_no_error (error);
  return g_variant_lookup_value (engine, key, G_VARIANT_TYPE (type));
}

static gboolean
is_active (Harness *lab)
{
  g_autoptr (GVariant) value = get_fact (lab, "start-active", "b");

  return g_variant_get_boolean (value);
}

static void
assert_progress (Harness *lab, guint total, guint ready, guint failed)
{
  g_assert_cmpuint (harness_get_fact (lab, "start-total"), ==, total);
  g_assert_cmpuint (harness_get_fact (lab, "start-ready"), ==, ready);
  g_assert_cmpuint (harness_get_fact (lab, "start-failed"), ==, failed);
}

static void
test_order (void)
{
  Harness *lab = with_three (0, "", "");

  g_assert_false (is_active (lab));
  start_all (lab, "Start");
  assert_order (lab);
  g_assert_false (is_active (lab));
  assert_progress (lab, 3, 3, 0);
  start_all (lab, "Reload");
  assert_order (lab);
  assert_progress (lab, 3, 3, 0);
  harness_free (lab);
}

/* The first group never gets ready: the next ones are started all the same, and it is said. */
static void
test_patience (void)
{
  Harness *lab = with_three (1, "silent", "");
  g_autoptr (GVariant) late = NULL;
  g_autofree const char **sentences = NULL;
  gsize n;

  start_all (lab, "Start");
  harness_wait_state (lab, "C", LAB_STATE_READY);
  harness_wait_state (lab, "A", LAB_STATE_BOOTING);
  late = get_fact (lab, "start-late", "as");
  sentences = g_variant_get_strv (late, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (sentences[0], ==,
                   "No device of start group 1 got ready for 1 second; no longer waited for: A.");
  g_assert_false (is_active (lab));
  assert_progress (lab, 3, 2, 0);
  harness_free (lab);
}

/* Who failed is not waited for. */
static void
test_failure (void)
{
  Harness *lab = with_three (60, "exit 3", "");

  start_all (lab, "Start");
  harness_wait_state (lab, "C", LAB_STATE_READY);
  harness_wait_state (lab, "A", LAB_STATE_CRASHED);
  assert_progress (lab, 3, 2, 1);
  harness_free (lab);
}

/* Who waits for its group can be stopped, and started alone. */
static void
test_stop (void)
{
  Harness *lab = with_three (60, "silent", "");
  LabNodeState state;
  g_autoptr (GVariant) node = NULL;

  start_all (lab, "Start");
  harness_wait_state (lab, "A", LAB_STATE_BOOTING);
  node = harness_get_state (lab, "B", &state);
  g_assert_cmpint (state.state, ==, LAB_STATE_STARTING);
  g_assert_cmpuint (state.pid, ==, 0);
  g_assert_cmpuint (harness_get_fact (lab, "start-group"), ==, 1);
  harness_act (lab, "Stop", "B");
  harness_wait_state (lab, "B", LAB_STATE_STOPPED);
  assert_progress (lab, 2, 0, 0);
  g_assert_true (is_active (lab));

  harness_act (lab, "Start", "B");
  harness_wait_state (lab, "B", LAB_STATE_READY);
  assert_progress (lab, 3, 1, 0);
  /* The last ones go on when nobody is left to wait for. */
  harness_act (lab, "Stop", "A");
  harness_wait_state (lab, "C", LAB_STATE_READY);
  g_assert_false (is_active (lab));
  assert_progress (lab, 2, 2, 0);
  harness_free (lab);
}

/* A device that is deleted while the others wait for it. */
static void
test_deleted (void)
{
  Harness *lab = with_three (60, "silent", "");
  g_autofree char *last = grouped (3, "C", 0, "");
  g_auto (GStrv) warnings = NULL;

  start_all (lab, "Start");
  harness_wait_state (lab, "A", LAB_STATE_BOOTING);
  warnings = harness_apply (lab, last, "");
  harness_wait_state (lab, "C", LAB_STATE_READY);
  assert_progress (lab, 1, 1, 0);
  harness_free (lab);
}

/* One after the other, if that is wanted. */
static void
test_parallel (void)
{
  g_autofree char *one = harness_node (1, "A", "fake-iou", "");
  g_autofree char *two = harness_node (2, "B", "fake-iou", "");
  g_autofree char *three = harness_node (3, "C", "fake-iou", "");
  g_autofree char *nodes = g_strjoin (",", one, two, three, NULL);
  g_auto (GStrv) warnings = NULL;
  gint64 times[3][2];
  Harness *lab;

  harness_set_variable ("LABWRIGHT_PARALLEL_STARTS", "1");
  lab = harness_new ();
  harness_set_variable ("LABWRIGHT_PARALLEL_STARTS", NULL);
  warnings = harness_apply (lab, nodes, "");
  start_all (lab, "Start");
  for (guint i = 0; i < 3; i++)
    {
      const char name[] = { (char) ('A' + i), '\0' };

      harness_wait_state (lab, name, LAB_STATE_READY);
      get_times (lab, name, &times[i][0], &times[i][1]);
    }
  g_assert_cmpint (times[1][0], >=, times[0][1]);
  g_assert_cmpint (times[2][0], >=, times[1][1]);
  harness_free (lab);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/starts/order", test_order);
  g_test_add_func ("/engine/starts/patience", test_patience);
  g_test_add_func ("/engine/starts/failure", test_failure);
  g_test_add_func ("/engine/starts/stop", test_stop);
  g_test_add_func ("/engine/starts/deleted", test_deleted);
  g_test_add_func ("/engine/starts/parallel", test_parallel);
  return g_test_run ();
}
