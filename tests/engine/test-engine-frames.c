/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labs of labwright-pc that really exchange frames. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "engine-harness.h"

#define LINK(a, b)                                                                                 \
  "{ \"a\": { \"node\": \"" a "\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"" b                  \
  "\", \"port\": \"e0/0\" } }"

/* PC1 to PC3 with addresses 10.0.0.1 to .3. */
static char *
make_hosts (void)
{
  g_autofree char *one = harness_node (1, "PC1", "labwright-pc", "ip 10.0.0.1/24");
  g_autofree char *two = harness_node (2, "PC2", "labwright-pc", "ip 10.0.0.2/24");
  g_autofree char *three = harness_node (3, "PC3", "labwright-pc", "ip 10.0.0.3/24");

  return g_strdup_printf ("%s, %s, %s", one, two, three);
}

static Harness *
start_hosts (const char *links)
{
  Harness *lab = harness_new ();
  g_autofree char *nodes = make_hosts ();
  g_auto (GStrv) warnings = harness_apply (lab, nodes, links);

  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  harness_wait_state (lab, "PC2", LAB_STATE_READY);
  harness_wait_state (lab, "PC3", LAB_STATE_READY);
  return lab;
}

/* Does one ping out of some get an answer within @ms? */
static gboolean
ping (Console *console, const char *address, guint ms)
{
  g_autofree char *command = g_strdup_printf ("ping %s -c 1 -w 500\r", address);
  g_autofree char *answer = g_strdup_printf ("bytes from %s", address);
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;
  gboolean found = FALSE;

  while (!found && g_get_monotonic_time () < end)
    {
      console_type (console, command);
      found = console_wait (console, answer, 700);
      console_wait (console, "> ", 3000);
    }
  return found;
}

static void
test_ping (void)
{
  Harness *lab = start_hosts (LINK ("PC1", "PC2"));
  Console *console = console_open (lab, "PC1", TRUE);

  g_assert_true (ping (console, "10.0.0.2", HARNESS_PATIENCE_MS));
  g_assert_false (ping (console, "10.0.0.3", 1000));
  console_close (console);
  harness_free (lab);
}

/* The cable is moved while both ends run. */
static void
test_move_cable (void)
{
  Harness *lab = start_hosts (LINK ("PC1", "PC2"));
  Console *console = console_open (lab, "PC1", TRUE);
  g_autofree char *nodes = make_hosts ();
  guint32 pids[] = { harness_get_pid (lab, "PC1"), harness_get_pid (lab, "PC2"),
                     harness_get_pid (lab, "PC3") };
  g_auto (GStrv) warnings = NULL;

  g_assert_true (ping (console, "10.0.0.2", HARNESS_PATIENCE_MS));
  warnings = harness_apply (lab, nodes, LINK ("PC3", "PC1"));
  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  g_assert_true (ping (console, "10.0.0.3", HARNESS_PATIENCE_MS));
  g_assert_false (ping (console, "10.0.0.2", 1000));
  g_assert_cmpuint (harness_get_pid (lab, "PC1"), ==, pids[0]);
  g_assert_cmpuint (harness_get_pid (lab, "PC2"), ==, pids[1]);
  g_assert_cmpuint (harness_get_pid (lab, "PC3"), ==, pids[2]);
  console_close (console);
  harness_free (lab);
}

static void
test_relay_killed (void)
{
  Harness *lab = start_hosts (LINK ("PC1", "PC2"));
  Console *console = console_open (lab, "PC1", TRUE);
  guint32 pid = harness_get_pid (lab, "PC1");

  g_assert_true (ping (console, "10.0.0.2", HARNESS_PATIENCE_MS));
  for (guint round = 1; round <= 3; round++)
    {
      guint32 relay = harness_get_fact (lab, "relay-pid");

      g_assert_cmpint (kill ((pid_t) relay, SIGKILL), ==, 0);
      g_assert_true (ping (console, "10.0.0.2", HARNESS_PATIENCE_MS));
      g_assert_cmpuint (harness_get_fact (lab, "relay-restarts"), ==, round);
      g_assert_cmpuint (harness_get_fact (lab, "relay-pid"), !=, relay);
    }
  g_assert_cmpuint (harness_get_pid (lab, "PC1"), ==, pid);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  console_close (console);
  harness_free (lab);
}

/* A relay that hangs is as bad as one that is dead, and takes a little longer to find out. */
static void
test_relay_hangs (void)
{
  Harness *lab = start_hosts (LINK ("PC1", "PC2"));
  Console *console = console_open (lab, "PC1", TRUE);
  guint32 relay = harness_get_fact (lab, "relay-pid");

  g_assert_cmpint (kill ((pid_t) relay, SIGSTOP), ==, 0);
  harness_act (lab, "Reload", "PC3");
  g_assert_true (harness_pid_gone (relay, HARNESS_PATIENCE_MS));
  harness_wait_state (lab, "PC3", LAB_STATE_READY);
  g_assert_true (ping (console, "10.0.0.2", HARNESS_PATIENCE_MS));
  console_close (console);
  harness_free (lab);
}

/* A relay that dies all the time does not stop devices from starting in the end. */
static void
test_relay_killed_while_starting (void)
{
  Harness *lab = harness_new ();
  g_autofree char *nodes = make_hosts ();
  g_auto (GStrv) warnings = harness_apply (lab, nodes, LINK ("PC1", "PC2"));

  for (guint round = 0; round < 4; round++)
    {
      harness_act (lab, "Start", NULL);
      kill ((pid_t) harness_get_fact (lab, "relay-pid"), SIGKILL);
      harness_wait_state (lab, "PC1", LAB_STATE_READY);
      harness_wait_state (lab, "PC2", LAB_STATE_READY);
      harness_wait_state (lab, "PC3", LAB_STATE_READY);
      harness_act (lab, "Stop", NULL);
      harness_wait_state (lab, "PC1", LAB_STATE_STOPPED);
      harness_wait_state (lab, "PC2", LAB_STATE_STOPPED);
      harness_wait_state (lab, "PC3", LAB_STATE_STOPPED);
    }
  harness_free (lab);
}

/* Same ids, same addresses, at the same time. */
static void
test_two_labs (void)
{
  Harness *lab = start_hosts (LINK ("PC1", "PC2"));
  Harness *other = start_hosts (LINK ("PC1", "PC3"));
  Console *console = console_open (lab, "PC1", TRUE);
  Console *other_console = console_open (other, "PC1", TRUE);

  g_assert_true (ping (console, "10.0.0.2", HARNESS_PATIENCE_MS));
  g_assert_false (ping (console, "10.0.0.3", 1000));
  g_assert_true (ping (other_console, "10.0.0.3", HARNESS_PATIENCE_MS));
  g_assert_false (ping (other_console, "10.0.0.2", 1000));
  console_close (console);
  console_close (other_console);
  harness_free (lab);
  harness_free (other);
}

static char *
get_config (Harness *lab, const char *name, GError **error)
{
  char *text = NULL;

  lab_bus_engine1_call_get_config_sync (lab->proxy, name, &text, NULL, error);
  return text;
}

/* What was saved is there after an engine that was killed, and wins over the start configuration.
 */
static void
test_saved_config (void)
{
  Harness *lab = start_hosts (LINK ("PC1", "PC2"));
  Console *console = console_open (lab, "PC1", TRUE);
  g_autofree char *nodes = make_hosts ();
  g_auto (GStrv) warnings = NULL;
  g_autofree char *before = NULL;
  g_autofree char *none = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  LabNodeState state;
  g_autoptr (GVariant) node = NULL;

  none = get_config (lab, "PC1", &error);
  g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NO_CONFIG);
  g_clear_error (&error);

  console_type (console, "ip 10.0.0.77/24\r");
  g_assert_true (console_wait (console, "PC1> ", HARNESS_PATIENCE_MS));
  console_type (console, "save\r");
  g_assert_true (console_wait (console, "PC1> ", HARNESS_PATIENCE_MS));
  console_close (console);
  for (guint ms = 0; ms < 2000; ms += 20)
    {
      g_clear_pointer (&node, g_variant_unref);
      node = harness_get_state (lab, "PC1", &state);
      if (state.saved_config)
        break;
      g_usleep (20000);
    }
  g_assert_true (state.saved_config);
  before = get_config (lab, "PC1", &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (before, "10.0.0.77"));

  g_assert_cmpint (kill ((pid_t) lab->engine, SIGKILL), ==, 0);
  harness_disconnect (lab);
  harness_wait_end (lab);
  harness_spawn (lab);
  harness_connect (lab);
  warnings = harness_apply (lab, nodes, LINK ("PC1", "PC2"));
  after = get_config (lab, "PC1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (before, ==, after);
  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  harness_wait_state (lab, "PC2", LAB_STATE_READY);
  console = console_open (lab, "PC2", TRUE);
  g_assert_true (ping (console, "10.0.0.77", HARNESS_PATIENCE_MS));
  console_close (console);
  harness_free (lab);
}

/* The start configuration of what has saved one does not matter; of what has not, it does. */
static void
test_start_config (void)
{
  Harness *lab = harness_new ();
  g_autofree char *before = harness_node (1, "PC1", "labwright-pc", "ip 10.0.0.1/24");
  g_autofree char *after =
      harness_node (1, "PC1", "labwright-pc", "set pcname %h-x\nip 10.0.0.5/24");
  g_auto (GStrv) first = harness_apply (lab, before, "");
  g_auto (GStrv) second = NULL;
  Console *console;
  LabNodeState state;
  g_autoptr (GVariant) node = NULL;

  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  second = harness_apply (lab, after, "");
  g_assert_cmpuint (g_strv_length (second), ==, 1);
  node = harness_get_state (lab, "PC1", &state);
  g_assert_true (state.restart_needed);
  harness_act (lab, "Reload", NULL);
  console = console_open (lab, "PC1", FALSE);
  g_assert_true (console_wait (console, "PC1> ", HARNESS_PATIENCE_MS));
  g_assert_true (console_wait (console, "PC1-x> ", HARNESS_PATIENCE_MS));
  console_close (console);
  harness_free (lab);
}

static gboolean
line_is (Harness *lab, const char *command, const char *state)
{
  g_autofree char *answer = harness_ask_relay (lab, command);
  g_autofree char *wanted = g_strdup_printf ("line=%s ", state);

  return strstr (answer, wanted) != NULL;
}

static void
wait_line (Harness *lab, const char *command, const char *state, guint seconds)
{
  for (guint ms = 0; ms < seconds * 1000 && !line_is (lab, command, state); ms += 50)
    g_usleep (50000);
  g_assert_true (line_is (lab, command, state));
}

/* Two pairs; one host of each is frozen, and only one of these is spoken for. */
static void
test_freeze (void)
{
  Harness *lab = harness_new ();
  g_autofree char *three = make_hosts ();
  g_autofree char *four = harness_node (4, "PC4", "labwright-pc", "ip 10.0.0.4/24");
  g_autofree char *nodes = g_strdup_printf ("%s, %s", three, four);
  g_auto (GStrv) warnings = harness_apply (lab, nodes, LINK ("PC1", "PC2") "," LINK ("PC3", "PC4"));
  const char *not_held[] = { "PC4", NULL };
  g_autoptr (GError) error = NULL;
  guint32 pid;

  harness_act (lab, "Start", NULL);
  for (guint id = 1; id <= 4; id++)
    {
      g_autofree char *name = g_strdup_printf ("PC%u", id);

      harness_wait_state (lab, name, LAB_STATE_READY);
    }
  wait_line (lab, "port 1:0/0", "up", 5);
  wait_line (lab, "port 3:0/0", "up", 5);
  pid = harness_get_pid (lab, "PC2");

  harness_act (lab, "Freeze", "PC2");
  lab_bus_engine1_call_freeze_sync (lab->proxy, not_held, FALSE, NULL, &error);
  g_assert_no_error (error);
  wait_line (lab, "port 3:0/0", "down", 13);
  g_assert_true (line_is (lab, "port 1:0/0", "up"));

  /* A relay that is new is told so again. */
  g_assert_cmpint (kill ((pid_t) harness_get_fact (lab, "relay-pid"), SIGKILL), ==, 0);
  g_usleep (500000);
  harness_act (lab, "Thaw", NULL);
  harness_wait_state (lab, "PC2", LAB_STATE_READY);
  wait_line (lab, "port 1:0/0", "up", 5);
  wait_line (lab, "port 3:0/0", "up", 5);
  g_assert_cmpuint (harness_get_pid (lab, "PC2"), ==, pid);
  harness_free (lab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/frames/ping", test_ping);
  g_test_add_func ("/engine/frames/move-cable", test_move_cable);
  g_test_add_func ("/engine/frames/relay-killed", test_relay_killed);
  g_test_add_func ("/engine/frames/relay-hangs", test_relay_hangs);
  g_test_add_func ("/engine/frames/relay-killed-while-starting", test_relay_killed_while_starting);
  g_test_add_func ("/engine/frames/two-labs", test_two_labs);
  g_test_add_func ("/engine/frames/saved-config", test_saved_config);
  g_test_add_func ("/engine/frames/start-config", test_start_config);
  g_test_add_func ("/engine/frames/freeze", test_freeze);
  return g_test_run ();
}
