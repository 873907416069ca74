/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline of a lab: events happen in their order, and stopping gives back what they did. The
 * relay itself is asked what links are like. */

#include "config.h"

#include <string.h>

#include "engine-harness.h"

#define LINK                                                                                       \
  "{ \"a\": { \"node\": \"PC1\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"PC2\", \"port\": "     \
  "\"e0/0\" }, \"impair\": { \"seed\": 7, \"a-to-b\": { \"delay\": 2 } } }"
#define PLACE "\"node\": \"PC1\", \"port\": \"e0/0\""

static void
apply (Harness *lab, const char *start, const char *events)
{
  g_autofree char *one = harness_node (1, "PC1", "labwright-pc", "ip 10.0.0.1/24");
  g_autofree char *two = harness_node (2, "PC2", "labwright-pc", "ip 10.0.0.2/24");
  g_autofree char *nodes = g_strdup_printf ("%s, %s", one, two);
  /* the list of links is followed by another member */
  g_autofree char *links = g_strdup_printf (
      LINK "], \"timeline\": { \"start\": \"%s\", \"events\": [%s] }, \"rest\": [", start, events);
  g_auto (GStrv) warnings = harness_apply (lab, nodes, links);

  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
}

static void
wait_relay (Harness *lab, const char *command, const char *wanted, gboolean there)
{
  for (guint ms = 0; ms < 10000; ms += 20)
    {
      g_autofree char *answer = harness_ask_relay (lab, command);

      if ((strstr (answer, wanted) != NULL) == there)
        return;
      g_usleep (20000);
    }
  g_error ("%s: “%s” %s", command, wanted, there ? "does not come" : "stays");
}

/* (transfer full) */
static char *
timeline_word (Harness *lab, const char *key)
{
  g_autoptr (GVariant) engine = NULL;
  g_autoptr (GVariant) nodes = NULL;
  g_autoptr (GVariant) timeline = NULL;
  guint64 revision;
  char *word = NULL;

  g_assert_true (
      lab_bus_engine1_call_get_state_sync (lab->proxy, &revision, &engine, &nodes, NULL, NULL));
  timeline = g_variant_lookup_value (engine, "timeline", G_VARIANT_TYPE_VARDICT);
  g_assert_nonnull (timeline);
  g_variant_lookup (timeline, key, "s", &word);
  return word;
}

static void
wait_word (Harness *lab, const char *key, const char *wanted)
{
  for (guint ms = 0; ms < 10000; ms += 20)
    {
      g_autofree char *word = timeline_word (lab, key);

      if (word != NULL && strstr (word, wanted) != NULL)
        return;
      g_usleep (20000);
    }
  g_error ("%s is never %s", key, wanted);
}

static void
run (Harness *lab, gboolean on)
{
  g_autoptr (GError) error = NULL;

  lab_bus_engine1_call_run_timeline_sync (lab->proxy, on, NULL, &error);
  g_assert_no_error (error);
}

/* A cable is pulled for a while; then the link loses frames, with the seed it has, until the
 * timeline is stopped: then it is as the document says. */
static void
test_links (void)
{
  Harness *lab = harness_new ();

  apply (lab, "by-hand",
         "{ \"at\": 3, \"do\": \"impair\", " PLACE ", \"set\": \"loss=20%\" }, "
         "{ \"at\": 0.2, \"do\": \"unplug\", " PLACE ", \"for\": 2 }, "
         "{ \"at\": 3, \"do\": \"say\", \"text\": \"now\" }");
  wait_relay (lab, "list links", " plugged", TRUE);
  wait_word (lab, "state", "stopped");
  run (lab, TRUE);
  wait_word (lab, "state", "running");
  wait_relay (lab, "list links", " unplugged", TRUE);
  wait_relay (lab, "list links", " plugged", TRUE);
  wait_relay (lab, "list impairments", "loss=20%", TRUE);
  wait_relay (lab, "list impairments", "seed=7", TRUE);
  wait_relay (lab, "list impairments", "delay=2ms", FALSE);
  wait_word (lab, "message", "now");
  wait_word (lab, "state", "done");
  /* a document that is applied again does not end it */
  apply (lab, "by-hand", "{ \"at\": 1, \"do\": \"say\", \"text\": \"x\" }");
  wait_relay (lab, "list impairments", "loss=20%", TRUE);
  run (lab, FALSE);
  wait_relay (lab, "list impairments", "loss=20%", FALSE);
  wait_relay (lab, "list impairments", "delay=2ms", TRUE);
  wait_word (lab, "state", "stopped");
  harness_free (lab);
}

/* It begins when the lab is started; a device is stopped for a while, and one until the end. */
static void
test_devices (void)
{
  Harness *lab = harness_new ();

  apply (lab, "with-lab",
         "{ \"at\": 6, \"do\": \"stop\", \"node\": \"PC1\", \"for\": 4 }, "
         "{ \"at\": 6, \"do\": \"stop\", \"node\": \"PC2\" }");
  wait_word (lab, "state", "stopped");
  harness_act (lab, "Start", NULL);
  wait_word (lab, "state", "running");
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  harness_wait_state (lab, "PC1", LAB_STATE_STOPPED);
  harness_wait_state (lab, "PC2", LAB_STATE_STOPPED);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  wait_word (lab, "state", "done");
  run (lab, FALSE);
  harness_wait_state (lab, "PC2", LAB_STATE_READY);

  /* stopping the lab ends it, and starts nothing */
  run (lab, TRUE);
  harness_wait_state (lab, "PC2", LAB_STATE_STOPPED);
  harness_act (lab, "Stop", NULL);
  wait_word (lab, "state", "stopped");
  harness_wait_state (lab, "PC1", LAB_STATE_STOPPED);
  g_usleep (500000);
  harness_wait_state (lab, "PC2", LAB_STATE_STOPPED);
  harness_free (lab);
}

/* What cannot be is said, and the rest goes on; an empty one does not run. */
static void
test_problems (void)
{
  Harness *lab = harness_new ();
  g_autoptr (GError) error = NULL;

  apply (lab, "by-hand",
         "{ \"at\": 0, \"do\": \"unplug\", \"node\": \"PC1\", \"port\": \"e0/3\" }, "
         "{ \"at\": 0.1, \"do\": \"say\", \"text\": \"on\" }");
  run (lab, TRUE);
  wait_word (lab, "problem", "No link is at this port");
  wait_word (lab, "message", "on");
  run (lab, FALSE);
  apply (lab, "by-hand", "");
  g_assert_false (lab_bus_engine1_call_run_timeline_sync (lab->proxy, TRUE, NULL, &error));
  g_assert_nonnull (strstr (error->message, "timeline is empty"));
  harness_free (lab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lab_bus_error_quark ();
  g_test_add_func ("/engine/timeline/links", test_links);
  g_test_add_func ("/engine/timeline/devices", test_devices);
  g_test_add_func ("/engine/timeline/problems", test_problems);
  return g_test_run ();
}
