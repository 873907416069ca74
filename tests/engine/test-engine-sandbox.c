/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device can see and touch, and what happens where it cannot be isolated. */

#include "config.h"

#include <fcntl.h>
#include <net/if.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "engine-harness.h"
#include "iou-nvram.h"
#include "lab-saved.h"

/* So many processes of the lab, in the time a loaded machine needs. */
static void
assert_processes (Harness *lab, guint wanted)
{
  guint n = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GArray) found = harness_list_descendants (lab);

      n = found->len;
      if (n == wanted)
        break;
      g_usleep (50000);
    }
  g_assert_cmpuint (n, ==, wanted);
}

/* Engine and relay are left: what a device had is gone. */
static void
assert_none_left (Harness *lab)
{
  assert_processes (lab, 2);
}

/* With 64 MB of memory. */
static Harness *
start_fake (guint id, const char *start)
{
  Harness *lab = harness_new ();
  g_autofree char *node = harness_node (id, "R1", "fake-iou", start);
  g_autoptr (GString) with_ram = g_string_new (node);
  g_auto (GStrv) warnings = NULL;

  g_assert_cmpuint (g_string_replace (with_ram, "\"ethernet\"", "\"ram\": 64, \"ethernet\"", 1), ==,
                    1);
  warnings = harness_apply (lab, with_ram->str, "");

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  return lab;
}

/* What the device answers to a command. (transfer full) */
static char *
ask (Console *console, const char *command)
{
  g_autofree char *line = g_strconcat (command, "\r", NULL);
  g_autofree char *echo = g_strconcat (command, "\r\n", NULL);
  char *end;
  char *answer;

  console_type (console, line);
  g_assert_true (console_wait (console, echo, HARNESS_PATIENCE_MS));
  for (guint i = 0; (end = strstr (console->text->str, "fake#")) == NULL && i < 100; i++)
    console_read (console, 20);
  g_assert_nonnull (end);
  answer = g_strndup (console->text->str, (gsize) (end - console->text->str));
  g_string_erase (console->text, 0, end - console->text->str + 5);
  return answer;
}

static void
assert_answer (Console *console, const char *command, const char *expected)
{
  g_autofree char *answer = ask (console, command);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_files (void)
{
  Harness *lab = start_fake (1, "");
  Console *console = console_open (lab, "R1", TRUE);
  g_autofree char *secret = g_build_filename (lab->dir, "secret", NULL);
  g_autofree char *command = g_strconcat ("cat ", secret, NULL);
  g_autofree char *tmp = g_build_filename (lab->runtime, lab->uuid, "d/1/tmp/y", NULL);
  g_autofree char *work = g_build_filename (lab->dir, "s", lab->uuid, "1/x", NULL);
  g_autofree char *root = ask (console, "ls /");
  g_auto (GStrv) entries = g_strsplit (g_strstrip (root), " ", -1);
  static const char *const known[] = { ".",     "..",    "usr",    "bin", "sbin", "lib",
                                       "lib32", "lib64", "libx32", "etc", "dev",  "proc",
                                       "work",  "tmp",   "image",  NULL };

  for (guint i = 0; entries[i] != NULL; i++)
    g_assert_true (g_strv_contains (known, entries[i]));
  g_assert_true (g_file_set_contents (secret, "secret", -1, NULL));
  assert_answer (console, command, "cannot read\r\n");
  assert_answer (console, "ls /image", ". .. fake-iou \r\n");
  assert_answer (console, "write /usr/x", "cannot write\r\n");
  assert_answer (console, "write /etc/x", "cannot write\r\n");
  assert_answer (console, "write /x", "cannot write\r\n");
  assert_answer (console, "write /dev/x", "cannot write\r\n");
  assert_answer (console, "write /work/history/x", "cannot write\r\n");
  assert_answer (console, "write /image/fake-iou", "cannot write\r\n");
  assert_answer (console, "write /work/x", "written\r\n");
  g_assert_true (g_file_test (work, G_FILE_TEST_EXISTS));
  assert_answer (console, "write /tmp/y", "written\r\n");
  g_assert_true (g_file_test (tmp, G_FILE_TEST_EXISTS));

  /* Its /tmp goes with the run, its working directory stays. */
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  g_assert_false (g_file_test (tmp, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (work, G_FILE_TEST_EXISTS));
  console_close (console);
  harness_free (lab);
}

/* The user's home, by its path, by a link that the device makes, and by the files that the engine
 * reads for it: none of it comes into the device or into its history. */
static void
test_home (void)
{
  g_autofree char *home = g_dir_make_tmp ("lw-home-XXXXXX", NULL);
  g_autofree char *keys = g_build_filename (home, ".ssh", NULL);
  g_autofree char *key = g_build_filename (keys, "id", NULL);
  g_autofree char *cat = g_strconcat ("cat ", key, NULL);
  g_autofree char *list = g_strconcat ("ls ", keys, NULL);
  g_autofree char *spoil = g_strconcat ("write ", key, NULL);
  g_autofree char *link = NULL;
  g_autofree char *nvram = NULL;
  g_autofree char *work = NULL;
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GBytes) text = NULL;
  Console *console;
  Harness *lab;

  g_assert_cmpint (g_mkdir_with_parents (keys, 0700), ==, 0);
  text = iou_nvram_build (NULL, 8, "secret\n", 7, NULL, 0, NULL);
  g_assert_true (g_file_set_contents (key, g_bytes_get_data (text, NULL),
                                      (gssize) g_bytes_get_size (text), NULL));
  harness_set_variable ("HOME", home);
  lab = start_fake (1, "");
  harness_set_variable ("HOME", NULL);
  console = console_open (lab, "R1", TRUE);
  assert_answer (console, cat, "cannot read\r\n");
  assert_answer (console, list, "cannot list\r\n");
  assert_answer (console, spoil, "cannot write\r\n");
  assert_answer (console, "env HOME", "/work\r\n");
  assert_answer (console, "ls /home", "cannot list\r\n");
  assert_answer (console, "ls /root", "cannot list\r\n");

  work = g_build_filename (lab->dir, "s", lab->uuid, "1", NULL);
  link = g_build_filename (work, "link", NULL);
  g_assert_cmpint (symlink (key, link), ==, 0);
  assert_answer (console, "cat /work/link", "cannot read\r\n");
  assert_answer (console, "write /work/link", "cannot write\r\n");
  nvram = iou_nvram_path (work, 1);
  g_assert_cmpint (symlink (key, nvram), ==, 0);
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  console_close (console);
  g_usleep (300000);
  entries = lab_saved_list (work, NULL);
  g_assert_cmpuint (entries->len, ==, 0);
  harness_free (lab);
  g_unlink (key);
  g_rmdir (keys);
  g_rmdir (home);
}

static void
test_network_and_processes (void)
{
  Harness *lab = start_fake (1, "");
  Console *console = console_open (lab, "R1", TRUE);
  struct if_nameindex *interfaces = if_nameindex ();
  g_autofree char *devices = ask (console, "cat /proc/net/dev");
  g_autofree char *processes = ask (console, "ls /proc");
  g_autofree char *engine = g_strdup_printf (" %u ", lab->engine);
  g_autofree char *uid_map = ask (console, "cat /proc/self/status");

  g_assert_nonnull (strstr (devices, "lo:"));
  for (guint i = 0; interfaces[i].if_name != NULL; i++)
    {
      g_autofree char *name = g_strconcat (interfaces[i].if_name, ":", NULL);

      if (!g_str_equal (name, "lo:"))
        g_assert_null (strstr (devices, name));
    }
  if_freenameindex (interfaces);
  g_assert_nonnull (strstr (processes, " 1 "));
  g_assert_null (strstr (processes, engine));
  g_assert_nonnull (strstr (uid_map, "CapEff:\t0000000000000000"));
  g_assert_nonnull (strstr (uid_map, "NoNewPrivs:\t1"));
  console_close (console);
  harness_free (lab);
}

static void
test_environment (void)
{
  static const char licence[] = "[license]\nsomewhere-else = 0123456789abcdef;\n";
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "lw-iourc-XXXXXX", NULL);
  int fd = g_mkstemp (path);
  g_autofree char *node = harness_node (1, "R1", "fake-iou", "");
  g_auto (GStrv) warnings = NULL;
  g_autofree char *seen = NULL;
  Console *console;
  Harness *lab;

  g_assert_cmpint (write (fd, licence, strlen (licence)), ==, (gssize) strlen (licence));
  close (fd);
  harness_set_variable ("IOURC", path);
  harness_set_variable ("NETIO_NETMAP", "/somewhere");
  lab = harness_new ();
  harness_set_variable ("IOURC", NULL);
  harness_set_variable ("NETIO_NETMAP", NULL);
  warnings = harness_apply (lab, node, "");
  g_assert_cmpuint (g_strv_length (warnings), ==, 1);
  g_assert_true (g_str_has_prefix (warnings[0], path));
  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  console = console_open (lab, "R1", TRUE);
  assert_answer (console, "env HOME", "/work\r\n");
  assert_answer (console, "env TMPDIR", "/tmp\r\n");
  assert_answer (console, "env NETIO_NETMAP", "(unset)\r\n");
  assert_answer (console, "env DISPLAY", "(unset)\r\n");
  assert_answer (console, "env IOURC", "/iourc\r\n");
  seen = ask (console, "cat /iourc");
  g_assert_cmpstr (seen, ==, licence);
  console_close (console);
  g_unlink (path);
  harness_free (lab);
}

static void
test_files_for_iou (void)
{
  Harness *lab = start_fake (7, "print %h");
  Console *console = console_open (lab, "R1", FALSE);
  g_autofree char *netmap = NULL;
  g_autofree char *config = NULL;
  g_autofree char *work = g_build_filename (lab->dir, "s", lab->uuid, "7/fake-iou", NULL);

  g_assert_true (console_wait (console, "R1\r\nfake#", HARNESS_PATIENCE_MS));
  netmap = ask (console, "cat NETMAP");
  g_assert_nonnull (strstr (netmap, "1024:0/0 7:0/0\n"));
  config = ask (console, "cat startup-config.cfg");
  g_assert_cmpstr (config, ==, "print R1\n");
  g_assert_true (g_file_test (work, G_FILE_TEST_IS_SYMLINK));
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  g_assert_false (g_file_test (work, G_FILE_TEST_IS_SYMLINK));
  console_close (console);
  harness_free (lab);
}

/* A folder that a device nests as deep as it likes, and a link out of it. */
static void
test_hostile_files (void)
{
  Harness *lab = start_fake (1, "");
  g_autofree char *kept = g_build_filename (lab->dir, "kept", NULL);
  g_autofree char *tmp = g_build_filename (lab->runtime, lab->uuid, "d/1/tmp", NULL);
  g_autofree char *link = g_build_filename (tmp, "link", NULL);
  g_autofree char *deep = g_build_filename (tmp, "a/b/c/d/e", NULL);
  g_autofree char *file = g_build_filename (kept, "file", NULL);

  g_assert_cmpint (g_mkdir_with_parents (kept, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  g_assert_cmpint (symlink (kept, link), ==, 0);
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (deep, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  harness_free (lab);
}

/* Another device's socket, a socket of this process' network, abstract or not, and its pid. */
static void
test_neighbours (void)
{
  Harness *lab = harness_new ();
  g_autofree char *one = harness_node (1, "R1", "fake-iou", "");
  g_autofree char *two = harness_node (2, "R2", "fake-iou", "");
  g_autofree char *nodes = g_strdup_printf ("%s, %s", one, two);
  g_auto (GStrv) warnings = harness_apply (lab, nodes, "");
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *connect_port = g_strdup_printf ("connect 127.0.0.1 %u", port);
  g_autofree char *abstract = g_strdup_printf ("@labwright-test-%d", getpid ());
  g_autoptr (GSocketAddress) address =
      g_unix_socket_address_new_with_type (abstract + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);
  g_autofree char *connect_abstract = g_strconcat ("unix ", abstract, NULL);
  g_autofree char *kill_us = g_strdup_printf ("kill %d", getpid ());
  g_autofree char *kill_engine = g_strdup_printf ("kill %u", lab->engine);
  g_autofree char *ls = g_strdup_printf ("ls /tmp/netio%u", (guint) getuid ());
  g_autofree char *engine_socket = g_build_filename (lab->runtime, lab->uuid, "engine", NULL);
  g_autofree char *connect_engine = g_strconcat ("unix ", engine_socket, NULL);
  g_autofree char *relay_socket = g_build_filename (lab->runtime, lab->uuid, "relay", NULL);
  g_autofree char *connect_relay = g_strconcat ("unix ", relay_socket, NULL);
  g_autofree char *list_run = g_strdup_printf ("ls %s/%s", lab->runtime, lab->uuid);
  g_autofree char *sockets = NULL;
  Console *console;

  g_assert_true (g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
  harness_act (lab, "Start", "R1");
  harness_act (lab, "Start", "R2");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  harness_wait_state (lab, "R2", LAB_STATE_READY);
  console = console_open (lab, "R1", TRUE);
  assert_answer (console, connect_port, "cannot connect\r\n");
  assert_answer (console, "connect 192.0.2.1 80", "cannot connect\r\n");
  assert_answer (console, connect_abstract, "cannot connect\r\n");
  assert_answer (console, connect_engine, "cannot connect\r\n");
  assert_answer (console, connect_relay, "cannot connect\r\n");
  assert_answer (console, list_run, "cannot list\r\n");
  /* The number may be one of its own by chance, but it has only two or three processes. */
  if (getpid () > 20)
    assert_answer (console, kill_us, "cannot signal\r\n");
  if (lab->engine > 20)
    assert_answer (console, kill_engine, "cannot signal\r\n");
  /* Its own socket and the relay's, not the neighbour's. */
  sockets = ask (console, ls);
  g_assert_nonnull (strstr (sockets, " 1 "));
  g_assert_nonnull (strstr (sockets, "1024"));
  g_assert_null (strstr (sockets, " 2 "));
  console_close (console);
  harness_free (lab);
}

/* What the engine says of a device that it ended. */
static void
assert_ended (Harness *lab, const char *part)
{
  LabNodeState state;
  g_autoptr (GVariant) dictionary = NULL;

  harness_wait_state (lab, "R1", LAB_STATE_CRASHED);
  dictionary = harness_get_state (lab, "R1", &state);
  if (strstr (state.message, part) == NULL)
    g_error ("“%s” does not say “%s”", state.message, part);
}

/* Where the kernel counts, it bounds what there is until the guard looks. */
static void
test_bomb (void)
{
  Harness *lab = start_fake (1, "");
  Console *console = console_open (lab, "R1", TRUE);

  console_type (console, "bomb\r");
  assert_ended (lab, "more than 64 processes");
  assert_none_left (lab);
  console_close (console);
  harness_free (lab);
}

/* In its folders, in shared memory, and in files that it takes the names of. */
static void
test_fill (void)
{
  static const char *const commands[] = { "fill /work\r", "fill /tmp\r", "fill /dev/shm\r",
                                          "hide /work\r", "hide /dev/shm\r" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      Harness *lab;
      Console *console;
      g_autofree char *tmp = NULL;

      harness_set_variable ("LABWRIGHT_DEVICE_MB", "16");
      lab = start_fake (1, "");
      harness_set_variable ("LABWRIGHT_DEVICE_MB", NULL);
      tmp = g_build_filename (lab->runtime, lab->uuid, "d/1/tmp/fill0", NULL);
      console = console_open (lab, "R1", TRUE);
      console_type (console, commands[i]);
      assert_ended (lab, "more than 16 MB");
      assert_none_left (lab);
      g_assert_false (g_file_test (tmp, G_FILE_TEST_EXISTS));
      console_close (console);
      harness_free (lab);
    }
}

/* Its memory may lie in a file, though it is more than all that it may write. */
static void
test_memory (void)
{
  g_autoptr (GVariant) dictionary = NULL;
  LabNodeState state;
  Console *console;
  Harness *lab;

  harness_set_variable ("LABWRIGHT_DEVICE_MB", "16");
  lab = start_fake (1, "");
  harness_set_variable ("LABWRIGHT_DEVICE_MB", NULL);
  console = console_open (lab, "R1", TRUE);
  assert_answer (console, "keep /tmp", "megabytes 60\r\n");
  /* The guard has looked twice. */
  g_usleep (1500000);
  dictionary = harness_get_state (lab, "R1", &state);
  g_assert_cmpint (state.state, ==, LAB_STATE_READY);
  console_close (console);
  harness_free (lab);
}

/* Not bytes: files. */
static void
test_litter (void)
{
  Harness *lab = start_fake (1, "");
  Console *console = console_open (lab, "R1", TRUE);

  console_type (console, "litter /tmp\r");
  assert_ended (lab, "more than 20000 files");
  assert_none_left (lab);
  console_close (console);
  harness_free (lab);
}

static Harness *
new_with (const char *variable, const char *value)
{
  Harness *lab;

  harness_set_variable (variable, value);
  lab = harness_new ();
  harness_set_variable (variable, NULL);
  return lab;
}

/* No bubblewrap, and nobody said that it may go without. */
static void
test_refusal (void)
{
  Harness *lab = new_with ("PATH", "/nonexistent");
  g_autofree char *node = harness_node (1, "R1", "fake-iou", "");
  g_auto (GStrv) warnings = harness_apply (lab, node, "");
  g_autoptr (GError) error = harness_act_error (lab, "Start", "R1");

  g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NO_SANDBOX);
  g_assert_nonnull (strstr (error->message, "bwrap"));
  g_assert_nonnull (strstr (error->message, "LABWRIGHT_NO_SANDBOX=1"));
  harness_free (lab);
}

/* Ids that other tests, or a user's own devices, hardly use. */
#define SHARED_ID 487

static void
test_without (void)
{
  Harness *lab = new_with ("LABWRIGHT_NO_SANDBOX", "1");
  g_autofree char *node = harness_node (SHARED_ID, "R1", "fake-iou", "fork\nfork");
  g_auto (GStrv) warnings = harness_apply (lab, node, "");
  g_autofree char *socket =
      g_strdup_printf ("/tmp/netio%u/%u", (guint) getuid (), (guint) SHARED_ID);

  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  g_assert_true (g_file_test (socket, G_FILE_TEST_EXISTS));
  assert_processes (lab, 5);

  /* The children that ran away are the keeper's, and go too. */
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  assert_none_left (lab);
  g_assert_false (g_file_test (socket, G_FILE_TEST_EXISTS));
  harness_free (lab);
}

static void
test_without_crash (void)
{
  Harness *lab = new_with ("LABWRIGHT_NO_SANDBOX", "1");
  g_autofree char *node = harness_node (SHARED_ID, "R1", "fake-iou", "signal 6");
  g_auto (GStrv) warnings = harness_apply (lab, node, "");
  LabNodeState state;
  g_autoptr (GVariant) dictionary = NULL;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_CRASHED);
  dictionary = harness_get_state (lab, "R1", &state);
  g_assert_cmpint (state.exit_signal, ==, 6);
  harness_free (lab);
}

static void
test_without_limits (void)
{
  Harness *lab = new_with ("LABWRIGHT_NO_SANDBOX", "1");
  g_autofree char *high = harness_node (513, "High", "fake-iou", "");
  g_autofree char *taken = harness_node (SHARED_ID, "Taken", "fake-iou", "");
  g_autofree char *nodes = g_strdup_printf ("%s, %s", high, taken);
  g_autofree char *dir = g_strdup_printf ("/tmp/netio%u", (guint) getuid ());
  g_autofree char *lock = g_strdup_printf ("%s/%u.lck", dir, (guint) SHARED_ID);
  struct flock request = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_auto (GStrv) warnings = harness_apply (lab, nodes, "");
  g_autoptr (GVariant) dictionary = NULL;
  LabNodeState state;
  int fd;

  g_assert_cmpuint (g_strv_length (warnings), ==, 1);
  g_assert_nonnull (strstr (warnings[0], "up to 512"));
  g_mkdir (dir, 0700);
  fd = open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (fcntl (fd, F_SETLK, &request), ==, 0);
  harness_act (lab, "Start", "Taken");
  harness_wait_state (lab, "Taken", LAB_STATE_CRASHED);
  dictionary = harness_get_state (lab, "Taken", &state);
  g_assert_nonnull (strstr (state.message, "is in use by process"));
  g_unlink (lock);
  close (fd);
  harness_free (lab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/sandbox/files", test_files);
  g_test_add_func ("/engine/sandbox/home", test_home);
  g_test_add_func ("/engine/sandbox/network-and-processes", test_network_and_processes);
  g_test_add_func ("/engine/sandbox/environment", test_environment);
  g_test_add_func ("/engine/sandbox/files-for-iou", test_files_for_iou);
  g_test_add_func ("/engine/sandbox/hostile-files", test_hostile_files);
  g_test_add_func ("/engine/sandbox/neighbours", test_neighbours);
  g_test_add_func ("/engine/sandbox/bomb", test_bomb);
  g_test_add_func ("/engine/sandbox/fill", test_fill);
  g_test_add_func ("/engine/sandbox/memory", test_memory);
  g_test_add_func ("/engine/sandbox/litter", test_litter);
  g_test_add_func ("/engine/sandbox/refusal", test_refusal);
  g_test_add_func ("/engine/sandbox/without", test_without);
  g_test_add_func ("/engine/sandbox/without-crash", test_without_crash);
  g_test_add_func ("/engine/sandbox/without-limits", test_without_limits);
  return g_test_run ();
}
