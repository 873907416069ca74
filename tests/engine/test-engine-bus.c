/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clients that misbehave, and an engine that goes on. */

#include "config.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "engine-harness.h"

static int
raw_connect (Harness *lab)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/%s/engine", lab->runtime, lab->uuid);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

static void
send_all (int fd, const void *data, gsize length)
{
  gssize n = send (fd, data, length, MSG_NOSIGNAL);

  if (n < 0)
    g_test_message ("The engine closed the connection");
}

/* As a client of the D-Bus protocol says who it is. */
static int
authenticated (Harness *lab)
{
  g_autofree char *uid = g_strdup_printf ("%u", (guint) getuid ());
  g_autoptr (GString) hello = g_string_new ("AUTH EXTERNAL ");
  char answer[256];
  int fd = raw_connect (lab);
  gssize n;

  for (const char *p = uid; *p != '\0'; p++)
    g_string_append_printf (hello, "%02x", *p);
  g_string_append (hello, "\r\n");
  send_all (fd, "", 1);
  send_all (fd, hello->str, hello->len);
  n = recv (fd, answer, sizeof answer - 1, 0);
  g_assert_cmpint (n, >, 0);
  answer[n] = '\0';
  g_assert_true (g_str_has_prefix (answer, "OK "));
  send_all (fd, "BEGIN\r\n", 7);
  return fd;
}

static GBytes *
make_call (const char *method, guint32 serial, GVariant *body)
{
  g_autoptr (GDBusMessage) message =
      g_dbus_message_new_method_call (NULL, LAB_BUS_OBJECT_PATH, LAB_BUS_INTERFACE, method);
  g_autoptr (GError) error = NULL;
  guchar *blob;
  gsize size;

  if (body != NULL)
    g_dbus_message_set_body (message, body);
  g_dbus_message_set_serial (message, serial);
  blob = g_dbus_message_to_blob (message, &size, G_DBUS_CAPABILITY_FLAGS_NONE, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (blob, size);
}

static Harness *
new_lab (void)
{
  Harness *lab = harness_new ();

  harness_apply_fakes (lab, 20);
  return lab;
}

static void
assert_alive (Harness *lab)
{
  LabNodeState state;
  g_autoptr (GVariant) node = harness_get_state (lab, "R1", &state);

  g_assert_cmpuint (state.id, ==, 1);
}

static void
test_garbage (void)
{
  Harness *lab = new_lab ();

  for (guint round = 0; round < 40; round++)
    {
      int fd = round % 2 == 0 ? raw_connect (lab) : authenticated (lab);
      guint8 junk[3000];

      for (gsize i = 0; i < sizeof junk; i++)
        junk[i] = (guint8) g_test_rand_int_range (0, 256);
      send_all (fd, junk, (gsize) g_test_rand_int_range (1, sizeof junk));
      if (round % 3 != 0)
        close (fd);
      /* Some stay, and say nothing more. */
    }
  assert_alive (lab);
  harness_free (lab);
}

/* Calls with a right header and one byte changed somewhere. */
static void
test_broken_messages (void)
{
  Harness *lab = new_lab ();

  for (guint round = 0; round < 150; round++)
    {
      const char *names[] = { "R1", "R2", NULL };
      g_autoptr (GBytes) call = make_call ("Stop", 1, g_variant_new ("(^as)", names));
      gsize size;
      const guint8 *data = g_bytes_get_data (call, &size);
      g_autofree guint8 *copy = g_memdup2 (data, size);
      int fd = authenticated (lab);

      copy[g_test_rand_int_range (0, (gint32) size)] ^= (guint8) (1 << (round % 8));
      send_all (fd, copy, size);
      close (fd);
    }
  assert_alive (lab);
  harness_free (lab);
}

/* Not allowed by the protocol. */
static void
test_serial_zero (void)
{
  static const char *const methods[] = { "Stop", "GetState", "Nonsense" };
  Harness *lab = new_lab ();

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (GBytes) call = make_call (methods[i], 1, NULL);
      gsize size;
      const guint8 *data = g_bytes_get_data (call, &size);
      g_autofree guint8 *copy = g_memdup2 (data, size);
      int fd = authenticated (lab);
      char answer[64];

      memset (copy + 8, 0, 4);
      send_all (fd, copy, size);
      g_assert_cmpint (recv (fd, answer, sizeof answer, 0), <=, 0);
      close (fd);
    }
  assert_alive (lab);
  harness_free (lab);
}

/* Asks and asks, and never reads an answer: thrown out before the answers fill our memory. */
static void
test_never_reads (void)
{
  Harness *lab = new_lab ();
  int fd = authenticated (lab);
  gboolean closed = FALSE;

  for (guint32 serial = 1; serial < 4000 && !closed; serial++)
    {
      g_autoptr (GBytes) call = make_call ("GetState", serial, NULL);
      gsize size;
      const void *data = g_bytes_get_data (call, &size);

      closed = send (fd, data, size, MSG_NOSIGNAL) < 0;
      if (serial % 40 == 0)
        g_usleep (20000);
    }
  g_assert_true (closed);
  assert_alive (lab);
  close (fd);
  harness_free (lab);
}

static void
test_flood (void)
{
  Harness *lab = new_lab ();
  int fd = authenticated (lab);
  gboolean closed = FALSE;

  for (guint32 serial = 1; serial < 200000 && !closed; serial++)
    {
      g_autoptr (GBytes) call = make_call ("Nonsense", serial, NULL);
      gsize size;
      const void *data = g_bytes_get_data (call, &size);
      char answers[65536];

      closed = send (fd, data, size, MSG_NOSIGNAL) < 0;
      while (recv (fd, answers, sizeof answers, MSG_DONTWAIT) > 0)
        ;
    }
  g_assert_true (closed);
  assert_alive (lab);
  close (fd);
  harness_free (lab);
}

static void
test_protocol (void)
{
  Harness *lab = new_lab ();
  g_autofree char *version = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  guint protocol;
  guint pid;

  g_assert_false (lab_bus_engine1_call_hello_sync (lab->proxy, 99, &protocol, &version, &pid, &uuid,
                                                   &path, NULL, &error));
  g_assert_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_true (lab_bus_engine1_call_hello_sync (lab->proxy, LAB_BUS_PROTOCOL, &protocol, &version,
                                                  &pid, &uuid, &path, NULL, &error));
  g_assert_cmpstr (path, ==, "/test.lab");
  g_assert_cmpstr (version, ==, PACKAGE_VERSION);
  harness_free (lab);
}

/* A lab runs on with nobody connected, and the next client finds it as it is. */
static void
test_client_leaves (void)
{
  Harness *lab;
  Console *console;
  guint32 pid;

  harness_set_variable ("LABWRIGHT_ENGINE_LINGER", "1");
  lab = new_lab ();
  harness_set_variable ("LABWRIGHT_ENGINE_LINGER", NULL);
  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  pid = harness_get_pid (lab, "R1");
  harness_disconnect (lab);
  g_usleep (2 * G_USEC_PER_SEC);
  harness_connect (lab);
  g_assert_cmpuint (harness_get_pid (lab, "R1"), ==, pid);
  console = console_open (lab, "R1", FALSE);
  g_assert_true (console_wait (console, "fake#", HARNESS_PATIENCE_MS));
  console_close (console);

  /* With nothing running it ends by itself. */
  harness_act (lab, "Stop", NULL);
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  harness_disconnect (lab);
  g_assert_cmpint (harness_wait_end (lab), ==, 0);
  harness_free (lab);
}

/* Devices ignore SIGTERM: the answer comes when they are gone all the same. */
static void
test_shutdown (void)
{
  Harness *lab = harness_new ();
  g_autofree char *node = harness_node (1, "R1", "fake-iou", "ignore-term");
  g_auto (GStrv) warnings = harness_apply (lab, node, "");
  g_autoptr (GError) error = NULL;
  guint32 pid;

  harness_act (lab, "Start", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_READY);
  pid = harness_get_pid (lab, "R1");
  lab_bus_engine1_call_shutdown_sync (lab->proxy, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (harness_pid_gone (pid, 0));
  harness_disconnect (lab);
  g_assert_cmpint (harness_wait_end (lab), ==, 0);
  harness_free (lab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/bus/garbage", test_garbage);
  g_test_add_func ("/engine/bus/broken-messages", test_broken_messages);
  g_test_add_func ("/engine/bus/serial-zero", test_serial_zero);
  g_test_add_func ("/engine/bus/never-reads", test_never_reads);
  g_test_add_func ("/engine/bus/flood", test_flood);
  g_test_add_func ("/engine/bus/protocol", test_protocol);
  g_test_add_func ("/engine/bus/client-leaves", test_client_leaves);
  g_test_add_func ("/engine/bus/shutdown", test_shutdown);
  return g_test_run ();
}
