/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The control socket and the command file, mostly as people get them wrong. */

#include "relay-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_words (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autofree char *version = fixture_command (f, "version");
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i < 257; i++)
    g_string_append (many, "a ");
  g_assert_true (g_str_has_prefix (version, "ok labwright-relay "));
  fixture_ok (f, "ping");
  fixture_ok (f, "  ping \t\r");
  fixture_refused (f, "empty", " ");
  fixture_refused (f, "no command \"pong\"", "pong");
  fixture_refused (f, "no command \"link cut\"", "link cut x");
  fixture_refused (f, "no command \"link\"", "link");
  fixture_refused (f, "usage: ping", "ping pong");
  fixture_refused (f, "usage: link add NAME END END", "link add x");
  fixture_refused (f, "more than 256 words", "%s", many->str);
}

static void
test_instance_errors (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=2 serial=1");
  g_autofree char *dir = g_strdup_printf ("dir=%s", f->dir);

  fixture_refused (f, "from 1 to 1024, not \"0\"", "instance add 0 %s", dir);
  fixture_refused (f, "from 1 to 1024, not \"-1\"", "instance add -1 %s", dir);
  fixture_refused (f, "not \"7x\"", "instance add 7x %s", dir);
  fixture_refused (f, "not \"99999999999999999999\"", "instance add 99999999999999999999 %s", dir);
  fixture_refused (f, "exists already", "instance add 1 %s", dir);
  fixture_refused (f, "needs dir=PATH", "instance add 2 ethernet=1");
  fixture_refused (f, "needs dir=PATH", "instance add 2 dir=");
  fixture_refused (f, "No such file", "instance add 2 dir=/nonexistent/at/all");
  fixture_refused (f, "pseudo id", "instance add 1024 %s", dir);
  fixture_refused (f, "1 to 16 adapters", "instance add 2 %s ethernet=10 serial=7", dir);
  fixture_refused (f, "1 to 16 adapters", "instance add 2 %s ethernet=0", dir);
  fixture_refused (f, "ethernet must be a number", "instance add 2 %s ethernet=17", dir);
  fixture_refused (f, "on or off", "instance add 2 %s keepalives=yes", dir);
  fixture_refused (f, "unknown option \"colour=red\"", "instance add 2 %s colour=red", dir);
  fixture_refused (f, "does not exist", "instance remove 2");
  fixture_refused (f, "does not exist", "instance restarted 2");
  fixture_refused (f, "on or off", "instance hold 1 maybe");
  g_assert_cmpuint (fixture_value (f, NULL, "instances"), ==, 1);

  fixture_ok (f, "list instances");
  g_assert_cmpuint (f->details->len, ==, 1);
  g_assert_nonnull (strstr (f->details->pdata[0], "ethernet=2 serial=1"));
}

static void
test_link_errors (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=2 serial=1");

  fixture_ok (f, "switch add s.w-1 ports=2");
  fixture_ok (f, "link add 1:0/0=s.w-1:1 1:0/0 s.w-1:1");
  fixture_refused (f, "already", "link add 1:0/0=s.w-1:1 1:0/1 s.w-1:0");
  fixture_refused (f, "port 1:0/0 holds the link 1:0/0=s.w-1:1", "link add x 1:0/0 s.w-1:0");
  fixture_refused (f, "port s.w-1:1 holds", "link add x 1:0/1 s.w-1:1");
  fixture_refused (f, "same port", "link add x 1:0/1 1:0/1");
  fixture_refused (f, "serial port and an Ethernet port", "link add x 1:2/0 s.w-1:0");
  fixture_refused (f, "serial port and an Ethernet port", "link add x 1:0/1 1:2/3");
  fixture_refused (f, "its ports are 0/0 to 2/3", "link add x 1:3/0 s.w-1:0");
  fixture_refused (f, "no port", "link add x 1:0/4 s.w-1:0");
  fixture_refused (f, "not a port", "link add x 1:0 s.w-1:0");
  fixture_refused (f, "not a port", "link add x 1:0/1x s.w-1:0");
  fixture_refused (f, "not a port", "link add x nothing s.w-1:0");
  fixture_refused (f, "instance 2 does not exist", "link add x 2:0/0 s.w-1:0");
  fixture_refused (f, "no device \"t\"", "link add x t:0 s.w-1:0");
  fixture_refused (f, "its ports are 0 to 1", "link add x 1:0/1 s.w-1:2");
  fixture_refused (f, "its ports are 0 to 1", "link add x 1:0/1 s.w-1:-1");
  fixture_refused (f, "its ports are 0 to 1", "link add x 1:0/1 s.w-1:");
  fixture_refused (f, "not a link's name", "link add x!y 1:0/1 s.w-1:0");
  fixture_refused (f, "unplugged", "link add x 1:0/1 s.w-1:0 loose");
  fixture_refused (f, "no link \"y\"", "link remove y");
  fixture_refused (f, "no link \"y\"", "link plug y");
  fixture_ok (f, "link unplug 1:0/0=s.w-1:1");
  fixture_ok (f, "link unplug 1:0/0=s.w-1:1");
  fixture_ok (f, "list links");
  g_assert_cmpuint (f->details->len, ==, 1);
  g_assert_cmpstr (f->details->pdata[0], ==, "- 1:0/0=s.w-1:1 1:0/0 s.w-1:1 unplugged");

  /* Links go with what they are tied to. */
  fixture_ok (f, "switch remove s.w-1");
  fixture_ok (f, "list links");
  g_assert_cmpuint (f->details->len, ==, 0);
  fixture_ok (f, "link add x 1:0/0 1:0/1");
  fixture_ok (f, "instance remove 1");
  g_assert_cmpuint (fixture_value (f, NULL, "links"), ==, 0);
}

static void
test_device_errors (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();

  fixture_ok (f, "switch add s ports=4 ageing=0");
  fixture_ok (f, "hub add h ports=1024");
  fixture_refused (f, "already", "hub add s ports=4");
  fixture_refused (f, "how many ports", "switch add t ageing=5");
  fixture_refused (f, "from 1 to 1024", "switch add t ports=0");
  fixture_refused (f, "from 1 to 1024", "hub add t ports=1025");
  fixture_refused (f, "unknown option \"ageing=5\"", "hub add t ageing=5");
  fixture_refused (f, "not a name", "switch add 1st ports=4");
  fixture_refused (f, "not a name", "switch add a-name-that-is-too-long1 ports=4");
  fixture_ok (f, "switch add a-name-of-the-right-lng ports=4");
  fixture_refused (f, "no switch \"h\"", "switch remove h");
  fixture_refused (f, "no hub \"s\"", "hub remove s");
  fixture_refused (f, "the port must be", "switch port s 4 access 10");
  fixture_refused (f, "from 1 to 4094", "switch port s 0 access 4095");
  fixture_refused (f, "from 1 to 4094", "switch port s 0 access 0");
  fixture_refused (f, "say \"access VLAN\"", "switch port s 0 routed 1");
  fixture_refused (f, "say \"access VLAN\"", "switch port s 0 access 1 2");
  fixture_refused (f, "needs native", "switch port s 0 trunk allowed=1");
  fixture_refused (f, "unknown option", "switch port s 0 trunk vlan=1");
  for (guint i = 0; i < 8; i++)
    {
      static const char *const lists[] = { "", "1,", "5-3", "4095", "1-", "-3", "1,,2", "1 2" };

      fixture_refused (f, i == 7 ? "usage: switch port" : "not a list of VLANs",
                       "switch port s 0 trunk native=1 allowed=%s", lists[i]);
    }
  fixture_ok (f, "switch port s 0 trunk native=4094 allowed=1,10,20-29,4094");
  fixture_ok (f, "switch port s 0 trunk native=1 allowed=all");
  fixture_ok (f, "switch port s 0 trunk native=1");
  fixture_refused (f, "list of \"cats\"", "list cats");
  fixture_ok (f, "list switches");
  g_assert_cmpuint (f->details->len, ==, 2);
  fixture_ok (f, "list hubs");
  g_assert_cmpstr (f->details->pdata[0], ==, "- h ports=1024");
  fixture_ok (f, "reset");
  fixture_ok (f, "list switches");
  g_assert_cmpuint (f->details->len, ==, 0);
}

static void
write_all (int fd, const char *bytes, gsize length)
{
  g_assert_cmpint (send (fd, bytes, length, MSG_NOSIGNAL), ==, (gssize) length);
}

static void
expect_line (int fd, GString *input, const char *prefix)
{
  g_autofree char *line = fixture_read_line (fd, input, LONG);

  g_assert_nonnull (line);
  if (!g_str_has_prefix (line, prefix))
    g_error ("\"%s\" instead of \"%s\"", line, prefix);
}

static void
test_bad_bytes (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (GString) input = g_string_new (NULL);
  g_autofree char *junk = g_strnfill (10000, 'x');
  int fd = fixture_connect (f), gone;

  /* Too long: one error, the rest is thrown away up to the line's end. */
  write_all (fd, junk, 10000);
  expect_line (fd, input, "error the command is longer than 4096 bytes");
  write_all (fd, junk, 10000);
  write_all (fd, "ping\nping\n", 10);
  expect_line (fd, input, "ok");

  write_all (fd, "pi\0ng\n", 6);
  expect_line (fd, input, "error the command has a zero byte");
  write_all (fd, "\xff\xfe\n", 3);
  expect_line (fd, input, "error there is no command");
  write_all (fd, "\n", 1);
  expect_line (fd, input, "error the command is empty");

  /* In pieces; and from somebody who leaves in the middle. */
  write_all (fd, "ver", 3);
  g_usleep (20000);
  fixture_ok (f, "ping");
  write_all (fd, "sion\npi", 7);
  expect_line (fd, input, "ok labwright-relay");
  gone = fixture_connect (f);
  write_all (gone, "list link", 9);
  close (gone);
  gone = fixture_connect (f);
  write_all (gone, "stats\nstats\nstats\n", 18);
  close (gone);
  write_all (fd, "ng\n", 3);
  expect_line (fd, input, "ok");
  fixture_ok (f, "ping");
  close (fd);
}

/* The longest command there may be. */
static void
test_longest (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (GString) input = g_string_new (NULL);
  g_autofree char *line = g_strnfill (4096, ' ');
  int fd = fixture_connect (f);

  memcpy (line, "ping", 4);
  line[4095] = '\n';
  write_all (fd, line, 4096);
  expect_line (fd, input, "ok");
  close (fd);
}

/* Many at once, and the last of somebody who will not say more. */
static void
test_pipelined (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (GString) input = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  int fd = fixture_connect (f);

  for (guint i = 0; i < 3000; i++)
    g_string_append (text, i % 2 ? "ping\n" : "version\n");
  write_all (fd, text->str, text->len);
  shutdown (fd, SHUT_WR);
  for (guint i = 0; i < 3000; i++)
    expect_line (fd, input, i % 2 ? "ok" : "ok labwright-relay");
  g_assert_null (fixture_read_line (fd, input, LONG)); /* the end */
  close (fd);
}

/* One that asks and never reads: others are served, frames pass, memory stays. */
static void
test_slow_client (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autoptr (GString) input = g_string_new (NULL);
  int fd = fixture_connect (f);
  guint asked = 0;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fcntl (fd, F_SETFL, O_NONBLOCK);
  for (guint waits = 0; waits < 20;)
    if (send (fd, "list links\n", 11, MSG_NOSIGNAL) == 11)
      asked++;
    else
      {
        waits++;
        g_usleep (10000);
      }
  fixture_ok (f, "ping");
  peer_send (a, 0, "frame", 5);
  peer_assert_receives (b, 0, "frame", 5);
  for (guint i = 0; i < asked - 1; i++) /* the last may have been cut */
    {
      expect_line (fd, input, "- x 1:0/0 2:0/0 plugged");
      expect_line (fd, input, "ok");
    }
  close (fd);
}

static void
test_many_clients (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  int fds[40];
  guint refused = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = fixture_connect (f);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autoptr (GString) input = g_string_new (NULL);
      g_autofree char *line = NULL;

      if (send (fds[i], "ping\n", 5, MSG_NOSIGNAL) != 5)
        g_assert_cmpint (errno, ==, EPIPE);
      line = fixture_read_line (fds[i], input, LONG);
      if (g_strcmp0 (line, "ok") != 0)
        refused++;
    }
  g_assert_cmpuint (refused, ==, G_N_ELEMENTS (fds) + 1 - 32);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  fixture_ok (f, "ping");
  fds[0] = fixture_connect (f);
  close (fds[0]);
}

static void
test_socket_file (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autofree char *path = fixture_path (f, "control");
  struct stat info;

  g_assert_cmpint (lstat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

typedef struct
{
  int status;
  char *out, *err;
} Run;

static Run
run_relay (const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *program =
      g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "src", "relay", "labwright-relay", NULL);
  Run run = { 0 };
  va_list args;

  g_ptr_array_add (argv, program);
  va_start (args, first);
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_ptr_array_add (argv, (char *) word);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  g_assert_true (g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                               &run.out, &run.err, &run.status, NULL));
  return run;
}

static void
assert_run (Run run, int code, const char *out, const char *err)
{
  g_assert_cmpint (run.status, ==, code << 8);
  if (strstr (run.out, out) == NULL || strstr (run.err, err) == NULL)
    g_error ("\"%s\" and \"%s\" instead of \"%s\" and \"%s\"", run.out, run.err, out, err);
  g_free (run.out);
  g_free (run.err);
}

static void
test_options (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autofree char *control = fixture_path (f, "control");

  assert_run (run_relay ("--version", NULL), 0, "labwright-relay ", "");
  assert_run (run_relay ("--help", NULL), 0, "--commands FILE", "");
  assert_run (run_relay ("-h", NULL), 0, "--commands FILE", "");
  assert_run (run_relay (NULL), 2, "", "give --control PATH or --commands FILE");
  assert_run (run_relay ("--bogus", NULL), 2, "", "--help");
  assert_run (run_relay ("--control", "x", "y", NULL), 2, "", "unexpected argument \"y\"");
  assert_run (run_relay ("--watch-fd", "no", "--control", "x", NULL), 2, "", "needs a number");
  assert_run (run_relay ("--watch-fd", "77", "--control", "x", NULL), 1, "", "descriptor 77");
  assert_run (run_relay ("--control", "/nonexistent/x", NULL), 1, "", "/nonexistent/x: No such");
  assert_run (run_relay ("--control", "", NULL), 2, "", "empty");
  assert_run (run_relay ("--control", control, NULL), 1, "", "another relay listens there");
  assert_run (run_relay ("--counters", "/nonexistent/x", "--control", "x", NULL), 1, "",
              "counters file /nonexistent/x");
  assert_run (run_relay ("--commands", "/nonexistent/x", NULL), 1, "", "cannot open");
  fixture_ok (f, "ping");
}

static void
check_file (Fixture *f, const char *text, const char *out, const char *err, int code)
{
  g_autofree char *path = fixture_path (f, "commands");

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_run (run_relay ("--commands", path, NULL), code, out, err);
}

static void
test_command_file (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *commands = fixture_path (f, "commands");
  g_autofree char *text = NULL;
  g_autofree char *long_line = g_strnfill (5000, 'x');
  const char *const extra[] = { "--commands", commands, NULL };

  check_file (f, "# two hosts\n\nswitch add s ports=2 # a switch\nlist switches\nquit",
              "- s ports=2 ageing=300", "", 0);
  check_file (f, "ping\n\nlink add x 1:0/0 2:0/0\n", "",
              "commands: line 3: instance 1 does not exist: add it first", 1);
  check_file (f, "ping\n\nswitch\n", "", "commands: line 3: there is no command", 1);
  check_file (f, long_line, "", "commands: line 1: longer than 4096 bytes", 1);

  text = g_strdup_printf ("instance add 1 dir=%s ethernet=1\nhub add h ports=3\n"
                          "link add x 1:0/0 h:0\n",
                          f->dir);
  g_assert_true (g_file_set_contents (commands, text, -1, NULL));
  fixture_start (f, extra);
  fixture_ok (f, "list links");
  g_assert_cmpstr (f->details->pdata[0], ==, "- x 1:0/0 h:0 plugged");
}

int
main (int argc, char **argv)
{
  signal (SIGPIPE, SIG_IGN);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/control/words", test_words);
  g_test_add_func ("/relay/control/instance-errors", test_instance_errors);
  g_test_add_func ("/relay/control/link-errors", test_link_errors);
  g_test_add_func ("/relay/control/device-errors", test_device_errors);
  g_test_add_func ("/relay/control/bad-bytes", test_bad_bytes);
  g_test_add_func ("/relay/control/longest", test_longest);
  g_test_add_func ("/relay/control/pipelined", test_pipelined);
  g_test_add_func ("/relay/control/slow-client", test_slow_client);
  g_test_add_func ("/relay/control/many-clients", test_many_clients);
  g_test_add_func ("/relay/control/socket-file", test_socket_file);
  g_test_add_func ("/relay/control/options", test_options);
  g_test_add_func ("/relay/control/command-file", test_command_file);
  return g_test_run ();
}
