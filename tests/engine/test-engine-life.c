/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The life of devices: states, crashes, stops, what is left behind. */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine-harness.h"

#define SETTLE_MS 300

static Harness *
with_fake (const char *start)
{
  Harness *lab = harness_new ();
  g_autofree char *node = harness_node (1, "R1", "fake-iou", start);
  g_auto (GStrv) warnings = harness_apply (lab, node, "");

  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  return lab;
}

static void
test_states (void)
{
  Harness *lab = with_fake ("");
  LabNodeState state;
  g_autoptr (GVariant) before = harness_get_state (lab, "R1", &state);
  g_autoptr (GVariant) after = NULL;

  g_assert_cmpint (state.state, ==, LAB_STATE_STOPPED);
  g_assert_cmpuint (state.pid, ==, 0);
  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  after = harness_get_state (lab, "R1", &state);
  g_assert_cmpuint (state.pid, !=, 0);
  g_assert_cmpint (state.ready_after, >, 0);
  g_assert_cmpint (state.started_at, >, 0);
  g_assert_false (state.restart_needed);
  g_assert_cmpint (kill ((pid_t) state.pid, 0), ==, 0);
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  g_assert_true (harness_pid_gone (state.pid, 0));
  harness_free (lab);
}

/* The socket is there, the prompt never comes. */
static void
test_booting (void)
{
  Harness *lab = with_fake ("silent");

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_BOOTING);
  g_assert_cmpuint (harness_get_pid (lab, "R1"), !=, 0);
  harness_free (lab);
}

/* The prompt comes, the socket never. */
static void
test_ready_without_socket (void)
{
  Harness *lab = with_fake ("no-socket");

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  harness_free (lab);
}

static void
test_crash_code (void)
{
  Harness *lab = with_fake ("print one\nprint two\nexit 3");
  LabNodeState state;
  g_autoptr (GVariant) node = NULL;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_CRASHED);
  node = harness_get_state (lab, "R1", &state);
  g_assert_cmpint (state.exit_code, ==, 3);
  g_assert_cmpint (state.exit_signal, ==, 0);
  g_assert_nonnull (strstr (state.message, "exit code 3"));
  g_assert_cmpstr (state.last_lines, ==, "fake-iou starts\none\ntwo");
  g_assert_cmpuint (state.pid, ==, 0);
  harness_free (lab);
}

static void
test_crash_signal (void)
{
  Harness *lab = with_fake ("");
  Console *console = NULL;
  LabNodeState state;
  g_autoptr (GVariant) node = NULL;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  console = console_open (lab, "R1", FALSE);
  console_type (console, "signal 11\r");
  harness_wait_state (lab, "R1", LAB_STATE_CRASHED);
  node = harness_get_state (lab, "R1", &state);
  g_assert_cmpint (state.exit_signal, ==, 11);
  g_assert_cmpint (state.exit_code, ==, 0);
  g_assert_nonnull (strstr (state.message, "signal 11"));

  /* The console stays, says what happened, and shows the next run. */
  g_assert_true (console_wait (console, "[R1: It crashed", HARNESS_PATIENCE_MS));
  console_type (console, "x");
  g_assert_true (console_wait (console, "[R1 is not running]", HARNESS_PATIENCE_MS));
  harness_act (lab, "Start", "R1");
  g_assert_true (console_wait (console, "[R1: started]", HARNESS_PATIENCE_MS));
  g_assert_true (console_wait (console, "fake#", HARNESS_PATIENCE_MS));
  console_close (console);
  harness_free (lab);
}

static void
test_missing_image (void)
{
  Harness *lab = harness_new ();
  g_autofree char *node = harness_node (1, "R1", "no-such-image.bin", "");
  g_auto (GStrv) warnings = harness_apply (lab, node, "");
  LabNodeState state;
  g_autoptr (GVariant) dictionary = NULL;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_CRASHED);
  dictionary = harness_get_state (lab, "R1", &state);
  g_assert_nonnull (strstr (state.message, "no-such-image.bin is not on this machine"));
  g_assert_cmpint (state.exit_code, ==, -1);
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  harness_free (lab);
}

/* Ends by SIGKILL after the three seconds that SIGTERM is given. */
static void
test_stop_escalates (void)
{
  Harness *lab = with_fake ("ignore-term");
  gint64 begin;
  guint32 pid;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  pid = harness_get_pid (lab, "R1");
  begin = g_get_monotonic_time ();
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPING);
  g_assert_false (harness_pid_gone (pid, 500));
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, 2 * G_USEC_PER_SEC);
  g_assert_true (harness_pid_gone (pid, 0));
  harness_free (lab);
}

static void
test_reload (void)
{
  Harness *lab = with_fake ("");
  guint32 pid;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  pid = harness_get_pid (lab, "R1");
  harness_act (lab, "Reload", "R1");
  g_assert_true (harness_pid_gone (pid, HARNESS_PATIENCE_MS));
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  g_assert_cmpuint (harness_get_pid (lab, "R1"), !=, pid);
  harness_free (lab);
}

/* Whatever it forked goes with it. */
static void
test_double_fork (void)
{
  Harness *lab = with_fake ("fork\nfork");
  g_autoptr (GArray) running = NULL;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  /* Engine, relay, two of bwrap, the device and the two that it forked. */
  running = harness_list_descendants (lab);
  g_assert_cmpuint (running->len, ==, 7);
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  g_assert_true (harness_wait_descendants (lab, 2));
  harness_free (lab);
}

static char
process_state (guint32 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/stat", pid);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return strrchr (text, ')')[2];
}

/* A process stops when it is its turn to run. */
static void
wait_stopped (guint32 pid)
{
  for (guint ms = 0; ms < HARNESS_PATIENCE_MS && process_state (pid) != 'T'; ms += 10)
    g_usleep (10000);
  g_assert_cmpint (process_state (pid), ==, 'T');
}

static void
test_freeze (void)
{
  Harness *lab = with_fake ("");
  Console *console;
  guint32 pid;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  pid = harness_get_pid (lab, "R1");
  harness_act (lab, "Freeze", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_FROZEN);
  wait_stopped (pid);

  /* What is typed meanwhile is not lost. */
  console = console_open (lab, "R1", TRUE);
  console_type (console, "print hello\r");
  g_assert_false (console_wait (console, "hello", 300));
  harness_act (lab, "Thaw", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  g_assert_true (console_wait (console, "hello", HARNESS_PATIENCE_MS));
  g_assert_cmpuint (harness_get_pid (lab, "R1"), ==, pid);

  /* A frozen one can be stopped. */
  harness_act (lab, "Freeze", "R1");
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  console_close (console);
  harness_free (lab);
}

static void
test_many (void)
{
  Harness *lab = harness_new ();
  g_autoptr (GString) nodes = g_string_new (NULL);
  g_auto (GStrv) warnings = NULL;

  for (guint id = 1; id <= 25; id++)
    {
      g_autofree char *name = g_strdup_printf ("R%u", id);
      g_autofree char *node = harness_node (id, name, "fake-iou", id % 5 == 0 ? "no-socket" : "");

      g_string_append_printf (nodes, "%s%s", id > 1 ? "," : "", node);
    }
  warnings = harness_apply (lab, nodes->str, "");
  harness_act (lab, "Start", NULL);
  for (guint id = 1; id <= 25; id++)
    {
      g_autofree char *name = g_strdup_printf ("R%u", id);

      harness_wait_state (lab, name, LAB_STATE_READY);
    }
  harness_act (lab, "Stop", NULL);
  for (guint id = 1; id <= 25; id++)
    {
      g_autofree char *name = g_strdup_printf ("R%u", id);

      harness_wait_state (lab, name, LAB_STATE_STOPPED);
    }
  harness_free (lab);
}

/* A stop right after the start finds each device in another phase of it. */
static void
test_stop_while_starting (void)
{
  Harness *lab = harness_new ();

  harness_apply_fakes (lab, 20);
  for (guint round = 0; round < 8; round++)
    {
      harness_act (lab, "Start", NULL);
      g_usleep (round * 3000);
      harness_act (lab, "Stop", NULL);
      for (guint id = 1; id <= 20; id++)
        {
          g_autofree char *name = g_strdup_printf ("R%u", id);

          harness_wait_state (lab, name, LAB_STATE_STOPPED);
        }
    }
  harness_act (lab, "Start", "R20");
  harness_wait_state (lab, "R20", LAB_STATE_READY);
  harness_free (lab);
}

/* An engine that is killed leaves nothing, and the next one finds a clean place. */
static void
test_engine_killed (void)
{
  Harness *lab = with_fake ("fork\nignore-term");
  g_autofree char *run = g_build_filename (lab->runtime, lab->uuid, NULL);
  g_autofree char *left = NULL;
  g_autoptr (GArray) running = NULL;
  g_autofree char *node = harness_node (1, "R1", "fake-iou", "");
  g_auto (GStrv) warnings = NULL;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  running = harness_list_descendants (lab);
  g_assert_cmpuint (running->len, ==, 6);
  g_assert_cmpint (kill ((pid_t) lab->engine, SIGKILL), ==, 0);
  harness_disconnect (lab);
  g_assert_true (harness_all_gone (running, HARNESS_PATIENCE_MS));
  harness_wait_end (lab);
  left = harness_list_processes (lab);
  g_assert_cmpstr (left, ==, "");
  g_assert_false (g_file_test (run, G_FILE_TEST_EXISTS));

  harness_spawn (lab);
  harness_connect (lab);
  warnings = harness_apply (lab, node, "");
  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  harness_free (lab);
}

/* Killed while devices are being started: the sandboxes are half made. */
static void
test_engine_killed_while_starting (void)
{
  for (guint round = 0; round < 6; round++)
    {
      Harness *lab = harness_new ();
      g_autoptr (GArray) running = NULL;
      g_autofree char *left = NULL;

      harness_apply_fakes (lab, 12);
      harness_act (lab, "Start", NULL);
      g_usleep (round * 4000);
      running = harness_list_descendants (lab);
      g_assert_cmpint (kill ((pid_t) lab->engine, SIGKILL), ==, 0);
      harness_disconnect (lab);
      harness_wait_end (lab);
      g_assert_true (harness_all_gone (running, 0));
      left = harness_list_processes (lab);
      g_assert_cmpstr (left, ==, "");
      harness_free (lab);
    }
}

/* Both at once: nobody is left who could clear up but the kernel. */
static void
test_all_killed (void)
{
  Harness *lab = with_fake ("");
  g_autoptr (GArray) running = NULL;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  running = harness_list_descendants (lab);
  kill (lab->keeper, SIGKILL);
  g_assert_true (harness_all_gone (running, HARNESS_PATIENCE_MS));
  harness_disconnect (lab);
  harness_wait_end (lab);

  /* What it left is cleared by the next. */
  harness_spawn (lab);
  harness_connect (lab);
  harness_free (lab);
}

static void
test_sigterm (void)
{
  Harness *lab = with_fake ("");
  guint32 pid;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  pid = harness_get_pid (lab, "R1");
  kill (lab->keeper, SIGTERM);
  harness_disconnect (lab);
  g_assert_cmpint (harness_wait_end (lab), ==, 0);
  g_assert_true (harness_pid_gone (pid, 0));
  harness_free (lab);
}

/* An engine that ends before anybody connected to it. */
static void
test_sigterm_alone (void)
{
  Harness *lab = harness_new ();

  harness_disconnect (lab);
  g_usleep (G_USEC_PER_SEC / 10);
  kill ((pid_t) lab->engine, SIGTERM);
  g_assert_cmpint (harness_wait_end (lab), ==, 0);
  harness_free (lab);
}

static void
test_second_engine (void)
{
  Harness *lab = harness_new ();
  GPid pid;
  g_autofree char *line = harness_spawn_line (lab, &pid);
  g_autofree char *expected = g_strdup_printf (
      "error This lab runs already, in the engine with process id %u.", lab->engine);

  g_assert_cmpstr (line, ==, expected);
  g_assert_true (harness_pid_gone ((guint32) pid, HARNESS_PATIENCE_MS));
  g_spawn_close_pid (pid);
  harness_free (lab);
}

static void
test_private_files (void)
{
  Harness *lab = with_fake ("");
  static const char *const names[] = { "engine", "relay", "c/1", "c/1.live", "engine.log" };
  g_autofree char *run = g_build_filename (lab->runtime, lab->uuid, NULL);
  struct stat st;

  g_assert_cmpint (stat (run, &st), ==, 0);
  g_assert_cmphex (st.st_mode & 0777, ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (run, names[i], NULL);

      g_assert_cmpint (stat (path, &st), ==, 0);
      g_test_message ("%s", names[i]);
      g_assert_cmphex (st.st_mode & 0777, ==, 0600);
    }
  harness_free (lab);
}

static guint
count_files (guint32 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/fd", pid);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Once nothing has been closed for a while. */
static guint
count_settled_files (guint32 pid)
{
  guint before;
  guint n = count_files (pid);

  do
    {
      before = n;
      g_usleep (SETTLE_MS * 1000);
      n = count_files (pid);
    }
  while (n < before);
  return n;
}

static void
wait_files (guint32 pid, guint n)
{
  for (guint ms = 0; ms < HARNESS_PATIENCE_MS && count_files (pid) != n; ms += 10)
    g_usleep (10000);
  g_assert_cmpuint (count_files (pid), ==, n);
}

/* Starts, crashes, clients and documents come and go; descriptors and processes do not pile up. */
static void
test_no_leaks (void)
{
  Harness *lab = harness_new ();
  g_autofree char *good = harness_node (1, "R1", "fake-iou", "");
  g_autofree char *bad = harness_node (2, "R2", "fake-iou", "exit 1");
  g_autofree char *both = g_strdup_printf ("%s, %s", good, bad);
  guint files = 0;

  for (guint round = 0; round < 4; round++)
    {
      g_auto (GStrv) warnings = harness_apply (lab, both, "");
      g_auto (GStrv) none = NULL;
      Console *console;

      harness_act (lab, "Start", NULL);
      harness_wait_state (lab, "R1", LAB_STATE_READY);
      harness_wait_state (lab, "R2", LAB_STATE_CRASHED);
      console = console_open (lab, "R1", FALSE);
      g_assert_true (console_wait (console, "fake#", HARNESS_PATIENCE_MS));
      console_close (console);
      harness_act (lab, "Stop", NULL);
      harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
      harness_disconnect (lab);
      harness_connect (lab);
      none = harness_apply (lab, "", "");
      g_assert_true (harness_wait_descendants (lab, 2));
      if (round == 0)
        files = count_settled_files (lab->engine);
      else
        wait_files (lab->engine, files);
    }
  harness_free (lab);
}

/* Longer than a socket's address can be. */
static void
test_long_path (void)
{
  Harness *lab = harness_new_deep (150);
  g_autofree char *pc = harness_node (1, "PC1", "labwright-pc", "");
  g_autofree char *fake = harness_node (2, "R2", "fake-iou", "");
  g_autofree char *nodes = g_strdup_printf ("%s, %s", pc, fake);
  g_auto (GStrv) warnings = harness_apply (lab, nodes, "");
  Console *console;

  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  harness_act (lab, "Start", NULL);
  harness_wait_state (lab, "PC1", LAB_STATE_READY);
  harness_wait_state (lab, "R2", LAB_STATE_READY);
  console = console_open (lab, "R2", FALSE);
  g_assert_true (console_wait (console, "fake#", HARNESS_PATIENCE_MS));
  console_close (console);
  harness_free (lab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/life/states", test_states);
  g_test_add_func ("/engine/life/booting", test_booting);
  g_test_add_func ("/engine/life/ready-without-socket", test_ready_without_socket);
  g_test_add_func ("/engine/life/crash-code", test_crash_code);
  g_test_add_func ("/engine/life/crash-signal", test_crash_signal);
  g_test_add_func ("/engine/life/missing-image", test_missing_image);
  g_test_add_func ("/engine/life/stop-escalates", test_stop_escalates);
  g_test_add_func ("/engine/life/reload", test_reload);
  g_test_add_func ("/engine/life/double-fork", test_double_fork);
  g_test_add_func ("/engine/life/freeze", test_freeze);
  g_test_add_func ("/engine/life/many", test_many);
  g_test_add_func ("/engine/life/stop-while-starting", test_stop_while_starting);
  g_test_add_func ("/engine/life/engine-killed", test_engine_killed);
  g_test_add_func ("/engine/life/engine-killed-while-starting", test_engine_killed_while_starting);
  g_test_add_func ("/engine/life/all-killed", test_all_killed);
  g_test_add_func ("/engine/life/sigterm", test_sigterm);
  g_test_add_func ("/engine/life/sigterm-alone", test_sigterm_alone);
  g_test_add_func ("/engine/life/second-engine", test_second_engine);
  g_test_add_func ("/engine/life/private-files", test_private_files);
  g_test_add_func ("/engine/life/no-leaks", test_no_leaks);
  g_test_add_func ("/engine/life/long-path", test_long_path);
  return g_test_run ();
}
