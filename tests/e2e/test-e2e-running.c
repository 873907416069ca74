/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lab that runs: states, commands at consoles, cables, counters, several labs, engines that die.
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <glib/gstdio.h>
#include <sys/types.h>

#include "e2e.h"

static void
start (E2e *e2e, const char *path)
{
  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
}

static gint64
pid_of (E2e *e2e, const char *node)
{
  g_autofree char *after = g_strdup_printf ("\"name\" : \"%s\"", node);

  e2e_labctl (e2e, "status", "--json", NULL);
  e2e_assert_code (e2e, 0);
  return e2e_json_int (e2e, after, "pid");
}

static void
test_status (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "campus.lab", NULL, NULL);

  e2e_labctl (e2e, "status", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "not running");
  start (e2e, path);
  e2e_labctl (e2e, "status", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "builtin");
  e2e_assert_has (e2e->out, "ready");
  g_assert_null (strstr (e2e->out, "\033[")); /* no colours into a pipe */
  g_assert_cmpint (pid_of (e2e, "PC1"), >, 1);
  g_assert_cmpint (e2e_json_int (e2e, "engine", "relay-pid"), >, 1);
  e2e_labctl (e2e, "list", "--json", NULL);
  e2e_assert_has (e2e->out, path);
  g_assert_cmpint (e2e_json_int (e2e, "uuid", "running"), ==, 8);
  e2e_labctl (e2e, "stop", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpuint (e2e_n_processes (e2e), ==, 0);
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0); /* to stop what does not run is no error */
}

static void
test_some_nodes (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  gint64 pid;

  e2e_labctl (e2e, "start", path, "PC1", "--wait", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpint (pid_of (e2e, "PC2"), ==, 0);
  e2e_labctl (e2e, "start", path, "PC9", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "PC9");
  start (e2e, path);
  pid = pid_of (e2e, "PC2");
  e2e_labctl (e2e, "reload", path, "PC1", "--wait", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpint (pid_of (e2e, "PC2"), ==, pid);
  e2e_labctl (e2e, "stop", path, "PC1", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_output (e2e, 5, "stopped", "status", path, NULL));
  g_assert_cmpint (pid_of (e2e, "PC2"), ==, pid);
}

static void
test_freeze (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);

  start (e2e, path);
  e2e_labctl (e2e, "freeze", "PC2", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_output (e2e, 5, "frozen", "status", NULL));
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 1", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 1);
  e2e_labctl (e2e, "thaw", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 3", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
}

static void
test_send (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);

  e2e_labctl (e2e, "send", path, "PC1", "show ip", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "not running");
  start (e2e, path);

  e2e_labctl (e2e, "send", path, "PC1", "show ip", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "10.0.0.1/24");
  g_assert_null (strstr (e2e->out, "show ip")); /* neither the echo */
  g_assert_null (strstr (e2e->out, "PC1>"));    /* nor the prompt */

  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 1", "--expect", "^84 bytes from .* ttl=", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.9 -c 1", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->out, "not reachable");
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 1", "--reject", "bytes from", "--json", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->out, "\"end\" : \"rejected\"");
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 9", "--within", "0.5", NULL);
  e2e_assert_code (e2e, 1);
  /* What still ran there is not taken for the answer. */
  e2e_labctl (e2e, "send", "PC1", "echo marker", "--within", "20", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpstr (e2e->out, ==, "marker\n");
  e2e_labctl (e2e, "send", "PC1", "show ip", "--expect", "(", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "send", "PC7", "show ip", NULL);
  e2e_assert_code (e2e, 3);
}

static void
test_cables (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "campus.lab", NULL, NULL);
  g_autofree char *before = e2e_read (path);
  g_autofree char *after = NULL;
  gint64 pid;

  start (e2e, path);
  pid = pid_of (e2e, "PC1");
  e2e_labctl (e2e, "link", "PC1:e0/0", "SW1:e1", NULL);
  e2e_assert_code (e2e, 1); /* it is there */
  e2e_labctl (e2e, "unlink", "PC1:e0/0", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.10.2 -c 1", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 1);

  /* Into the guests' VLAN, by the long name of the port. */
  e2e_labctl (e2e, "link", path, "PC1:Ethernet0/0", "SW1:e3", NULL);
  e2e_assert_code (e2e, 1); /* PC3 is there */
  e2e_labctl (e2e, "link", path, "PC1:Ethernet0/0", "SW1:e3", "--move", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.20.5 -c 1", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.10.2 -c 1", "--reject", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpint (pid_of (e2e, "PC1"), ==, pid);

  e2e_labctl (e2e, "link", "PC1:e0/0", "SW1:e1", "--move", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "link", "PC3:e0/0", "SW1:e3", NULL);
  e2e_assert_code (e2e, 0);
  after = e2e_read (path);
  g_assert_cmpuint (strlen (before), ==, strlen (after)); /* the same links, in another order */
}

static void
test_cable_errors (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);

  e2e_labctl (e2e, "link", path, "PC1", "PC2:e0/0", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "link", path, "PC1:e9/9", "PC2:e0/1", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "e0/0, e0/1");
  e2e_labctl (e2e, "unlink", path, "PC1:e0/3", NULL);
  e2e_assert_code (e2e, 1);
  e2e_labctl (e2e, "unplug", path, "PC7:e0/0", NULL);
  e2e_assert_code (e2e, 1);
}

static void
test_plug (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *text = NULL;

  start (e2e, path);
  e2e_labctl (e2e, "unplug", path, "PC2:e0/0", NULL);
  e2e_assert_code (e2e, 0);
  text = e2e_read (path);
  e2e_assert_has (text, "\"plugged\": false");
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 1", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 1);
  e2e_labctl (e2e, "stats", "PC1", NULL);
  e2e_assert_has (e2e->out, "unplugged");
  e2e_labctl (e2e, "plug", path, "PC1:e0/0", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 3", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
}

static gboolean
ping_takes (E2e *e2e, double least)
{
  const char *time;

  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 1", "--expect", "bytes from", NULL);
  time = strstr (e2e->out, "time=");
  return e2e->code == 0 && time != NULL && g_ascii_strtod (time + 5, NULL) >= least;
}

/* A delay is in the file and on the wire, at once and after a restart, and goes again. */
static void
test_impair (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *before = e2e_read (path);
  g_autofree char *after = NULL;
  g_autofree char *impaired = NULL;

  start (e2e, path);
  g_assert_true (ping_takes (e2e, 0));
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "delay=150ms", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (ping_takes (e2e, 300));
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "--in", "off", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (ping_takes (e2e, 150));
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", NULL);
  e2e_assert_has (e2e->out, "PC1 e0/0 → PC2 e0/0: delay=150ms\nPC2 e0/0 → PC1 e0/0: unimpaired\n");
  e2e_labctl (e2e, "impair", path, "PC2:e0/0", "--json", NULL);
  e2e_assert_has (e2e->out, "\"impairments\" : \"delay=150ms\"");

  e2e_labctl (e2e, "stop", path, NULL);
  start (e2e, path);
  g_assert_true (ping_takes (e2e, 150));
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "--preset", "satellite", "--seed", "7", NULL);
  e2e_assert_code (e2e, 0);
  impaired = e2e_read (path);
  e2e_assert_has (impaired, "\"seed\": 7");
  g_assert_true (ping_takes (e2e, 500) || ping_takes (e2e, 500) || ping_takes (e2e, 500));
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "drop=icmp", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_false (ping_takes (e2e, 0));
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "off", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (ping_takes (e2e, 0));
  after = e2e_read (path);
  g_assert_cmpstr (after, ==, before);
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "--preset", "dsl", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "--preset", "none", "--json", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "\"impairments\" : null");

  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "speed=1", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "loss=101", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "--preset", "worse", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "impair", path, "PC1:e0/1", "loss=1", NULL);
  e2e_assert_code (e2e, 1);
}

/* Into a file while a host pings, and through a pipe until the reader has enough. */
static void
test_capture (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *file = e2e_path (e2e, "a capture.pcapng");
  g_autofree char *section = NULL;
  g_autoptr (GSubprocess) capture = NULL;
  g_autoptr (GSubprocess) piped = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size = 0;

  e2e_labctl (e2e, "capture", path, "PC1:e0/0", NULL);
  e2e_assert_code (e2e, 3); /* it does not run */
  start (e2e, path);
  capture = e2e_spawn (e2e, G_SUBPROCESS_FLAGS_STDERR_SILENCE, "capture", path, "PC1:e0/0",
                       "PC2:e0/0", "-o", file, "--duration", "3", NULL);
  piped = e2e_spawn (e2e, G_SUBPROCESS_FLAGS_STDOUT_PIPE, "capture", path, "PC1:e0/0", "-o", "-",
                     "--filter", "icmp or arp", NULL);
  for (guint i = 0; i < 100 && !g_file_test (file, G_FILE_TEST_EXISTS); i++)
    g_usleep (50000);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 3", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
  bytes = g_input_stream_read_bytes (g_subprocess_get_stdout_pipe (piped), 300, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 100);
  g_subprocess_force_exit (piped);
  g_assert_true (g_subprocess_wait (piped, NULL, NULL));
  g_assert_true (g_subprocess_wait (capture, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (capture), ==, 0);
  g_assert_true (g_file_get_contents (file, &section, &size, NULL));
  g_assert_cmpuint (size, >, 500);
  g_assert_cmpint (memcmp (section, "\x0a\x0d\x0d\x0a", 4), ==, 0);

  e2e_labctl (e2e, "capture", path, "PC1:e0/0", "-o", file, "--filter", "host nowhere", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "names of hosts");
  e2e_labctl (e2e, "capture", path, "PC1:e0/0", "-o", "/dev/full", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "No space left");
}

/* One that goes on by itself, over a stop and a start of the devices; it is listed, and stopped by
 * its name. */
static void
test_capture_background (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *file = e2e_path (e2e, "all.pcapng");
  g_autofree char *contents = NULL;
  g_autofree char *first = NULL;
  gsize size = 0;

  start (e2e, path);
  e2e_labctl (e2e, "capture", path, "--all", "-o", file, "--background", NULL);
  e2e_assert_code (e2e, 0);
  first = g_strdup (g_strchomp (e2e->out));
  g_assert_cmpstr (first, ==, "c1");
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 2", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "reload", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 2", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_output (e2e, 10, "all.pcapng", "capture", path, "--list", NULL));
  e2e_assert_has (e2e->out, "PC1:e0/0");
  e2e_labctl (e2e, "capture", path, "--stop", "c1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->err, "all.pcapng: ");
  e2e_assert_has (e2e->err, " frames");
  g_assert_true (g_file_get_contents (file, &contents, &size, NULL));
  g_assert_cmpuint (size, >, 1000);
  e2e_labctl (e2e, "capture", path, "--stop", "c1", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "no such capture");
}

/* What just happened, after it did; the recorder is in the file and follows it. */
static void
test_record (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *file = e2e_path (e2e, "fault.pcapng");
  g_autofree char *contents = NULL;
  gsize size = 0;

  start (e2e, path);
  e2e_labctl (e2e, "record", path, "save", "-o", file, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "off");
  e2e_labctl (e2e, "record", path, "start", "--size", "65", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "record", path, "start", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 3", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_output (e2e, 10, "recording", "record", path, "list", NULL));
  e2e_assert_has (e2e->out, "PC1 e0/0");
  e2e_labctl (e2e, "record", path, "save", "PC2:e0/0", "-o", file, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->err, "fault.pcapng: ");
  g_assert_true (g_file_get_contents (file, &contents, &size, NULL));
  g_assert_cmpuint (size, >, 400);
  g_assert_nonnull (memmem (contents, size, "PC1 e0/0", 8));
  e2e_labctl (e2e, "record", path, "save", "-o", "/nonexistent/x", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "No such file");
  e2e_labctl (e2e, "record", path, "stop", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "record", path, "list", NULL);
  e2e_assert_code (e2e, 1);
}

/* A cable is pulled for a while, and comes back; stopping gives back what has no end. */
static void
test_timeline (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (
      e2e, "two-hosts.lab", "\"checks\": [",
      "\"timeline\": { \"start\": \"by-hand\", \"events\": ["
      "{ \"at\": 0, \"do\": \"say\", \"text\": \"Watch the line\" },"
      "{ \"at\": 0, \"do\": \"unplug\", \"node\": \"PC1\", \"port\": \"e0/0\", \"for\": 1 },"
      "{ \"at\": 1.5, \"do\": \"impair\", \"node\": \"PC1\", \"port\": \"e0/0\", \"set\": "
      "\"loss=100%\" }] }, \"checks\": [");

  e2e_labctl (e2e, "timeline", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "Unplug PC1 e0/0");
  e2e_labctl (e2e, "timeline", path, "run", NULL);
  e2e_assert_code (e2e, 3);
  start (e2e, path);
  e2e_labctl (e2e, "timeline", path, "run", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_output (e2e, 20, "All has happened", "timeline", path, "show", NULL));
  e2e_assert_has (e2e->out, "Watch the line");
  e2e_assert_has (e2e->out, "now");
  e2e_labctl (e2e, "timeline", path, "stop", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 3", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
}

/* Layer-1 keepalives: an unplugged cable takes the lines of both ends down, a plugged one brings
 * them up again. */
static void
test_lines (E2e *e2e, gconstpointer data)
{
  static const char *const nodes[] = { "PC1", "PC2" };
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  gint64 pid;

  start (e2e, path);
  pid = pid_of (e2e, "PC1");
  for (guint i = 0; i < 2; i++)
    g_assert_true (e2e_wait_output (e2e, 5, "line up", "send", nodes[i], "show ip", NULL));
  e2e_labctl (e2e, "unplug", "PC1:e0/0", NULL);
  e2e_assert_code (e2e, 0);
  for (guint i = 0; i < 2; i++)
    g_assert_true (e2e_wait_output (e2e, 30, "line down", "send", nodes[i], "show ip", NULL));
  e2e_labctl (e2e, "plug", "PC1:e0/0", NULL);
  e2e_assert_code (e2e, 0);
  for (guint i = 0; i < 2; i++)
    g_assert_true (e2e_wait_output (e2e, 20, "line up", "send", nodes[i], "show ip", NULL));
  g_assert_cmpint (pid_of (e2e, "PC1"), ==, pid);
}

static void
test_relay_killed (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "campus.lab", NULL, NULL);
  gint64 pid;
  pid_t relay;

  start (e2e, path);
  pid = pid_of (e2e, "PC1");
  relay = (pid_t) e2e_json_int (e2e, "engine", "relay-pid");
  g_assert_cmpint (relay, >, 1);
  g_assert_cmpint (kill (relay, SIGKILL), ==, 0);
  g_assert_true (
      e2e_wait_output (e2e, 30, "bytes from", "send", "PC1", "ping 10.0.10.6 -c 1", NULL));
  g_assert_cmpint (pid_of (e2e, "PC1"), ==, pid);
  g_assert_cmpint (e2e_json_int (e2e, "engine", "relay-pid"), !=, relay);
  g_assert_cmpint (e2e_json_int (e2e, "engine", "relay-restarts"), ==, 1);
  e2e_labctl (e2e, "stats", "SW1", NULL); /* the new relay's counters */
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "SW1:e1");
}

static void
test_stats (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "campus.lab", NULL, NULL);
  const char *port = "\"node\" : \"SW1\",\n      \"port\" : \"e1\"";
  gint64 before;

  start (e2e, path);
  e2e_labctl (e2e, "stats", "SW1", "--json", NULL);
  e2e_assert_code (e2e, 0);
  before = e2e_json_int (e2e, port, "in-frames");
  g_assert_cmpint (before, >=, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.10.2 -c 1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "stats", "SW1", "--json", NULL);
  g_assert_cmpint (e2e_json_int (e2e, port, "in-frames"), >=, before + 1);
  g_assert_null (strstr (e2e->out, "PC1\",\n      \"port"));
  e2e_labctl (e2e, "stats", NULL);
  e2e_assert_has (e2e->out, "PC1:e0/0");
  e2e_assert_has (e2e->out, "SW1:e1");
  g_assert_null (strstr (e2e->out, "PC1:e0/1"));
  e2e_labctl (e2e, "stats", "--interval", "0.2", "--json", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpint (e2e_json_int (e2e, port, "in-frames-per-second"), >=, 0);
  e2e_labctl (e2e, "stats", "SW9", NULL);
  e2e_assert_code (e2e, 3);
}

static void
test_top (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  const char *port = "\"node\" : \"PC1\"";

  start (e2e, path);
  e2e_labctl (e2e, "impair", path, "PC1:e0/0", "drop=icmp", "--out", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 2", NULL);
  e2e_labctl (e2e, "top", path, "--json", "--interval", "0.3", "--sort", "drops", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpint (e2e_json_int (e2e, port, "impaired"), >=, 2);
  g_assert_cmpint (e2e_json_int (e2e, port, "drops-per-second"), >=, 0);
  g_assert_cmpint (e2e_json_int (e2e, port, "loop"), ==, 0);
  g_assert_cmpint (e2e_json_int (e2e, port, "queue-max"), >=, 0);
  /* The one that drops is first. */
  g_assert_true (strstr (e2e->out, port) < strstr (e2e->out, "\"node\" : \"PC2\""));

  e2e_labctl (e2e, "unplug", path, "PC1:e0/0", NULL);
  e2e_labctl (e2e, "top", path, "-n", "-i", "0.3", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "PC1:e0/0");
  e2e_assert_has (e2e->out, "unplugged");
  e2e_assert_has (e2e->out, "impaired");
  e2e_labctl (e2e, "plug", path, "PC1:e0/0", NULL);
  e2e_labctl (e2e, "stop", path, "PC2", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_true (e2e_wait_output (e2e, 30, "PC2 stopped", "top", path, "-n", "-i", "0.3", NULL));

  e2e_labctl (e2e, "top", path, "--sort", "size", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "top", path, "--interval", "0", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "top", path, "PC9", NULL);
  e2e_assert_code (e2e, 3);
}

static void
test_mac (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "campus.lab", NULL, NULL);

  start (e2e, path);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.10.2 -c 1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "mac", path, "SW1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "PC1:e0/0");
  e2e_labctl (e2e, "mac", "SW1", "--json", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "\"peer\" : \"PC1:e0/0\"");
  e2e_assert_has (e2e->out, "\"vlan\" : 10");
  /* A frame that it sends of itself is learnt again. */
  e2e_labctl (e2e, "freeze", path, "PC1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "mac", "SW1", "--clear", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "mac", "SW1", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_null (strstr (e2e->out, "PC1:e0/0"));
  e2e_labctl (e2e, "mac", "PC1", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "no switch");
  e2e_labctl (e2e, "mac", path, NULL);
  e2e_assert_code (e2e, 2);
}

/* The same ids, the same addresses, at the same time. */
static void
test_two_labs (E2e *e2e, gconstpointer data)
{
  g_autofree char *one = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *two = e2e_path (e2e, "other.lab");

  e2e_labctl (e2e, "new", "--from", one, two, NULL);
  e2e_assert_code (e2e, 0);
  start (e2e, one);
  start (e2e, two);
  e2e_labctl (e2e, "send", "PC1", "show ip", NULL);
  e2e_assert_code (e2e, 2);
  e2e_assert_has (e2e->err, "other.lab");
  e2e_setenv (e2e, "LABWRIGHT_LAB", two);
  e2e_labctl (e2e, "unlink", "PC1:e0/0", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "send", "PC1", "ping 10.0.0.2 -c 1", "--reject", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
  e2e_setenv (e2e, "LABWRIGHT_LAB", NULL);
  e2e_labctl (e2e, "send", one, "PC1", "ping 10.0.0.2 -c 1", "--expect", "bytes from", NULL);
  e2e_assert_code (e2e, 0);
}

/* A copy of a file has its uuid too: it must not take over what runs. */
static void
test_copied_file (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *text = e2e_read (path);
  g_autofree char *copy = e2e_write (e2e, "copy.lab", text);

  start (e2e, path);
  e2e_labctl (e2e, "start", copy, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, path);
  e2e_assert_has (e2e->err, "labctl new --from");
  e2e_labctl (e2e, "unlink", copy, "PC1:e0/0", NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "status", path, NULL);
  e2e_assert_has (e2e->out, "ready");
}

static void
test_engine_killed (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *runtime = e2e_path (e2e, "r");
  pid_t pid;

  start (e2e, path);
  e2e_labctl (e2e, "send", "PC1", "save", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "status", "--json", NULL);
  pid = (pid_t) e2e_json_int (e2e, "engine", "pid");
  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_true (e2e_wait_no_processes (e2e, 2));
  e2e_labctl (e2e, "list", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "No lab is running");
  {
    g_autoptr (GDir) left = g_dir_open (runtime, 0, NULL);

    g_assert_null (left != NULL ? g_dir_read_name (left) : NULL);
  }
  start (e2e, path);
  e2e_labctl (e2e, "export", path, "--config", "PC1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "10.0.0.1");
}

/* Sockets have short names; folders need not. */
static void
test_long_path (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *long_name = g_strnfill (120, 'x');
  g_autofree char *runtime = g_build_filename (e2e->root, "r", long_name, NULL);

  e2e_setenv (e2e, "LABWRIGHT_RUNTIME_DIR", runtime);
  g_assert_cmpint (g_mkdir_with_parents (runtime, 0700), ==, 0);
  e2e_labctl (e2e, "run", path, NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpint (g_rmdir (runtime), ==, 0);
}

/* When stop is done, so is everything: also the engine's keeper, which is nobody's child here. */
static void
test_stop_is_the_end (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);

  for (int i = 0; i < 10; i++)
    {
      start (e2e, path);
      e2e_labctl (e2e, "stop", NULL);
      e2e_assert_code (e2e, 0);
      g_assert_cmpuint (e2e_n_processes (e2e), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/status", test_status);
  e2e_add ("/e2e/some-nodes", test_some_nodes);
  e2e_add ("/e2e/freeze", test_freeze);
  e2e_add ("/e2e/send", test_send);
  e2e_add ("/e2e/cables", test_cables);
  e2e_add ("/e2e/impair", test_impair);
  e2e_add ("/e2e/capture", test_capture);
  e2e_add ("/e2e/capture-background", test_capture_background);
  e2e_add ("/e2e/record", test_record);
  e2e_add ("/e2e/timeline", test_timeline);
  e2e_add ("/e2e/cables/errors", test_cable_errors);
  e2e_add ("/e2e/plug", test_plug);
  e2e_add ("/e2e/lines", test_lines);
  e2e_add ("/e2e/relay-killed", test_relay_killed);
  e2e_add ("/e2e/stats", test_stats);
  e2e_add ("/e2e/top", test_top);
  e2e_add ("/e2e/mac", test_mac);
  e2e_add ("/e2e/two-labs", test_two_labs);
  e2e_add ("/e2e/copied-file", test_copied_file);
  e2e_add ("/e2e/engine-killed", test_engine_killed);
  e2e_add ("/e2e/long-path", test_long_path);
  e2e_add ("/e2e/stop-is-the-end", test_stop_is_the_end);
  return g_test_run ();
}
