/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures and the flight recorder over D-Bus. */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "engine-harness.h"

#define LINK                                                                                       \
  "{ \"a\": { \"node\": \"PC1\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"PC2\", \"port\": "     \
  "\"e0/0\" } }"

static Harness *
start_hosts (const char *rest)
{
  Harness *lab = harness_new ();
  g_autofree char *one = harness_node (1, "PC1", "labwright-pc", "ip 10.0.0.1/24");
  g_autofree char *two = harness_node (2, "PC2", "labwright-pc", "ip 10.0.0.2/24");
  g_autofree char *nodes = g_strdup_printf ("%s, %s", one, two);
  g_autofree char *links = g_strconcat (LINK, rest, NULL);
  g_auto (GStrv) warnings = harness_apply (lab, nodes, links);

  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  harness_wait_state (lab, "PC2", LAB_STATE_READY);
  return lab;
}

static void
ping (Harness *lab)
{
  Console *console = console_open (lab, "PC1", TRUE);
  gboolean found = FALSE;

  for (guint i = 0; i < 10 && !found; i++)
    {
      console_type (console, "ping 10.0.0.2 -c 1 -w 500\r");
      found = console_wait (console, "bytes from 10.0.0.2", 1000);
      console_wait (console, "> ", 3000);
    }
  g_assert_true (found);
  console_close (console);
}

static char *
start_capture (Harness *lab, const char *file, const char *port, const char *filter, GError **error)
{
  GVariantDict dict;
  char *name = NULL;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "ports", g_variant_new_parsed ("[(%s, %s)]", "PC1", port));
  g_variant_dict_insert (&dict, "file", "s", file);
  g_variant_dict_insert (&dict, "filter", "s", filter);
  lab_bus_engine1_call_start_capture_sync (lab->proxy, g_variant_dict_end (&dict), &name, NULL,
                                           error);
  return name;
}

/* How many captures the engine tells of, and the reason of the first. */
static gsize
count_captures (Harness *lab, char **reason)
{
  g_autoptr (GVariant) engine = NULL;
  g_autoptr (GVariant) nodes = NULL;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) first = NULL;
  guint64 revision;

  g_assert_true (
      lab_bus_engine1_call_get_state_sync (lab->proxy, &revision, &engine, &nodes, NULL, NULL));
  list = g_variant_lookup_value (engine, "captures", G_VARIANT_TYPE ("aa{sv}"));
  if (reason != NULL && g_variant_n_children (list) > 0)
    {
      first = g_variant_get_child_value (list, 0);
      g_variant_lookup (first, "reason", "s", reason);
    }
  return g_variant_n_children (list);
}

/* Wait until the first capture has failed. (transfer full): why */
static char *
wait_reason (Harness *lab)
{
  for (guint ms = 0; ms < 10000; ms += 20)
    {
      g_autofree char *reason = NULL;

      count_captures (lab, &reason);
      if (reason != NULL && *reason != '\0')
        return g_steal_pointer (&reason);
      g_usleep (20000);
    }
  g_assert_not_reached ();
}

static void
test_capture (void)
{
  Harness *lab = start_hosts ("");
  g_autofree char *file = g_build_filename (lab->dir, "a file.pcapng", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = start_capture (lab, file, "e0/0", "icmp or arp", &error);
  g_autofree char *second = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *contents = NULL;
  guint64 frames = 0;
  guint64 dropped = 1;
  gsize size = 0;

  g_assert_no_error (error);
  second = start_capture (lab, "/dev/null", "e0/0", "", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, !=, second);
  ping (lab);
  g_assert_cmpuint (count_captures (lab, NULL), ==, 2);
  g_assert_true (lab_bus_engine1_call_stop_capture_sync (lab->proxy, name, &frames, &dropped,
                                                         &reason, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (frames, >=, 2);
  g_assert_cmpuint (dropped, ==, 0);
  g_assert_cmpstr (reason, ==, "");
  g_assert_true (g_file_get_contents (file, &contents, &size, NULL));
  g_assert_cmpuint (size, >, 300);
  g_assert_cmpuint (count_captures (lab, NULL), ==, 1);
  g_assert_false (lab_bus_engine1_call_stop_capture_sync (lab->proxy, name, &frames, &dropped,
                                                          &reason, NULL, &error));
  g_assert_nonnull (strstr (error->message, "no such capture"));
  g_unlink (file);
  harness_free (lab);
}

static void
assert_refused (
    Harness *lab, const char *file, const char *port, const char *filter, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = start_capture (lab, file, port, filter, &error);

  g_assert_null (name);
  if (strstr (error->message, why) == NULL)
    g_error ("%s", error->message);
  g_assert_cmpuint (count_captures (lab, NULL), ==, 0);
}

static void
test_refuses (void)
{
  Harness *lab = start_hosts ("");

  assert_refused (lab, "here", "e0/0", "", "whole path");
  assert_refused (lab, "/dev/null", "e9/0", "", "no port PC1 e9/0");
  assert_refused (lab, "/dev/null", "e0/0", "and and", "filter");
  assert_refused (lab, "/nonexistent/x", "e0/0", "", "No such file");
  harness_free (lab);
}

/* A disk that is full, and a relay that dies, end a capture with a word; the lab goes on. */
static void
test_failures (void)
{
  Harness *lab = start_hosts ("");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = start_capture (lab, "/dev/full", "e0/0", "", &error);
  g_autofree char *full = NULL;
  g_autofree char *ended = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *second = NULL;
  guint64 frames;
  guint64 dropped;

  g_assert_no_error (error);
  full = wait_reason (lab);
  g_assert_cmpstr (full, ==, "No space left on device");
  ping (lab);
  g_assert_true (lab_bus_engine1_call_stop_capture_sync (lab->proxy, name, &frames, &dropped,
                                                         &reason, NULL, &error));
  g_assert_cmpstr (reason, ==, full);
  g_assert_cmpuint (count_captures (lab, NULL), ==, 0);
  second = start_capture (lab, "/dev/null", "e0/0", "", &error);
  g_assert_no_error (error);
  g_assert_cmpint (kill ((pid_t) harness_get_fact (lab, "relay-pid"), SIGKILL), ==, 0);
  ended = wait_reason (lab);
  g_assert_cmpstr (ended, ==, "The relay ended.");
  ping (lab);
  harness_free (lab);
}

/* The recorder follows the document, also into a relay that is started again. */
static void
test_recorder (void)
{
  Harness *lab = start_hosts ("], \"recorder\": 2, \"rest\": [");
  g_autofree char *file = g_build_filename (lab->dir, "saved.pcapng", NULL);
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  const char *node = "";
  const char *port = "";
  guint64 frames = 0;
  gsize size = 0;

  g_assert_cmpuint (harness_get_fact (lab, "recorder"), ==, 2);
  g_assert_cmpint (kill ((pid_t) harness_get_fact (lab, "relay-pid"), SIGKILL), ==, 0);
  ping (lab);
  g_assert_true (lab_bus_engine1_call_list_recordings_sync (lab->proxy, &list, NULL, &error));
  g_assert_cmpuint (g_variant_n_children (list), ==, 1);
  first = g_variant_get_child_value (list, 0);
  g_assert_true (g_variant_lookup (first, "frames", "t", &frames));
  g_assert_cmpuint (frames, >=, 2);
  g_assert_true (g_variant_lookup (first, "a", "(&s&s)", &node, &port));
  g_assert_cmpstr (node, ==, "PC1");
  g_assert_cmpstr (port, ==, "e0/0");
  frames = 0;
  g_assert_true (lab_bus_engine1_call_save_recording_sync (
      lab->proxy, g_variant_new_parsed ("[('PC2', 'e0/0')]"), file, &frames, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (frames, >=, 2);
  g_assert_true (g_file_get_contents (file, &contents, &size, NULL));
  g_assert_nonnull (memmem (contents, size, "PC2 e0/0", 8));
  g_assert_false (lab_bus_engine1_call_save_recording_sync (
      lab->proxy, g_variant_new_parsed ("@a(ss) []"), "/dev/full/x", &frames, NULL, &error));
  g_assert_nonnull (strstr (error->message, "Not a directory"));
  g_clear_error (&error);
  g_assert_false (lab_bus_engine1_call_save_recording_sync (
      lab->proxy, g_variant_new_parsed ("[('PC2', 'e0/3')]"), file, &frames, NULL, &error));
  g_assert_nonnull (strstr (error->message, "nothing is recorded"));
  g_unlink (file);
  harness_free (lab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lab_bus_error_quark ();
  g_test_add_func ("/engine/record/capture", test_capture);
  g_test_add_func ("/engine/record/refuses", test_refuses);
  g_test_add_func ("/engine/record/failures", test_failures);
  g_test_add_func ("/engine/record/recorder", test_recorder);
  return g_test_run ();
}
