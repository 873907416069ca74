/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labs that lead out of themselves, and the Frame Relay switch, with the real programs: what must
 * be allowed first, an address by DHCP, servers of this machine's loopback. */

#include "config.h"

#include <arpa/inet.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "e2e.h"

static const char nat_lab[] =
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"5b7c1d2e-1111-4222-8333-444455556666\","
    "\"name\":\"out\",\"nodes\":["
    "{\"name\":\"PC1\",\"id\":1,\"kind\":\"iou\",\"image\":{\"name\":\"labwright-pc\"}},"
    "{\"name\":\"NAT\",\"id\":2,\"kind\":\"nat\"%s}],"
    "\"links\":[{\"a\":{\"node\":\"PC1\",\"port\":\"e0/"
    "0\"},\"b\":{\"node\":\"NAT\",\"port\":\"e0\"}}"
    "]}";

static int
listen_on_loopback (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 16), ==, 0);
  getsockname (fd, (struct sockaddr *) &address, &length);
  *port = ntohs (address.sin_port);
  return fd;
}

static char *
write_lab (E2e *self, const char *members)
{
  g_autofree char *config = e2e_path (self, "config");
  g_autoptr (GString) text = g_string_new (nat_lab);

  g_string_replace (text, "%s", members, 1);
  e2e_setenv (self, "XDG_CONFIG_HOME", config);
  return e2e_write (self, "out.lab", text->str);
}

static void
test_allow (E2e *self, gconstpointer data)
{
  g_autofree char *lab = write_lab (self, "");

  e2e_labctl (self, "validate", lab, NULL);
  e2e_assert_has (self->out, "labctl allow");
  e2e_labctl (self, "start", lab, "--wait", NULL);
  e2e_assert_code (self, 0);
  e2e_labctl (self, "status", lab, NULL);
  e2e_assert_has (self->out, "unsupported");
  e2e_assert_has (self->out, "labctl allow");

  e2e_labctl (self, "allow", lab, NULL);
  e2e_assert_code (self, 0);
  e2e_assert_has (self->out, "reach the networks that this computer reaches");
  g_assert_null (strstr (self->out, "only this computer"));
  g_assert_true (e2e_wait_output (self, 10, "builtin", "status", lab, NULL));
  e2e_labctl (self, "send", lab, "PC1", "ip dhcp", "--expect", "10\\.0\\.2\\.15", NULL);
  e2e_assert_code (self, 0);

  e2e_labctl (self, "allow", "--none", lab, NULL);
  e2e_assert_code (self, 0);
  g_assert_true (e2e_wait_output (self, 10, "unsupported", "status", lab, NULL));
  e2e_labctl (self, "stop", lab, NULL);
}

/* An address by DHCP, and a server on this machine's loopback is reached only if that was asked for
 * and allowed. */
static void
test_host_access (E2e *self, gconstpointer data)
{
  g_autofree char *lab = write_lab (self, ",\"host-access\":true");
  g_autofree char *probe = NULL;
  guint16 port;
  int server = listen_on_loopback (&port);

  e2e_labctl (self, "allow", lab, NULL);
  e2e_assert_code (self, 0);
  e2e_assert_has (self->out, "only this computer");
  e2e_labctl (self, "start", lab, "--wait", NULL);
  e2e_assert_code (self, 0);
  e2e_labctl (self, "send", lab, "PC1", "ip dhcp", "--expect", "10\\.0\\.2\\.15", NULL);
  e2e_assert_code (self, 0);
  probe = g_strdup_printf ("ping 10.0.2.2 -P 6 -p %u -c 1", port);
  e2e_labctl (self, "send", lab, "PC1", probe, "--expect", "[Cc]onnect", NULL);
  e2e_assert_code (self, 0);
  g_assert_cmpint (accept4 (server, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), >=, 0);
  e2e_labctl (self, "stop", lab, NULL);
  close (server);
}

static const char page[] = "HTTP/1.0 200 OK\r\nContent-Length: 12\r\n\r\nhello, lab!\n";

static gboolean
serve_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  char request[1024];

  if (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request,
                           sizeof request, NULL, NULL) > 0)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), page,
                               sizeof page - 1, NULL, NULL, NULL);
  return TRUE;
}

/* A web server on the loopback of this machine, and nowhere else. (transfer full) */
static GSocketService *
serve_page (guint16 *port)
{
  GSocketService *service = g_threaded_socket_service_new (4);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), address,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &bound, &error));
  g_assert_no_error (error);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (service, "run", G_CALLBACK (serve_cb), NULL);
  return service;
}

/* The capabilities in force of a process. */
static guint64
capabilities (gint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/status", pid);
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, "CapEff:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("CapEff:"), NULL, 16);
}

static gpointer
turn (gpointer running)
{
  GMainContext *context = g_main_context_default ();

  while (g_atomic_int_get ((int *) running))
    {
      g_main_context_iteration (context, FALSE);
      g_usleep (5000);
    }
  return NULL;
}

typedef struct
{
  const char *image;
  const char *dhcp;
  const char *fetch; /* the command before a URL */
} Host;

static const Host light_host = { "labwright-pc", "ip dhcp", "fetch" };
static const Host linux_host = { "labwright-host", "dhcp eth0", "curl -s" };

static char *
write_lab_of (E2e *self, const Host *host)
{
  char *lab = write_lab (self, ",\"host-access\":true");
  g_autofree char *text = e2e_read (lab);
  g_autoptr (GString) with_host = g_string_new (text);

  g_string_replace (with_host, "labwright-pc", host->image, 1);
  g_assert_true (g_file_set_contents (lab, with_host->str, -1, NULL));
  return lab;
}

static void
get_page (E2e *self, const Host *host, const char *lab, guint16 port)
{
  g_autofree char *command = g_strdup_printf ("%s http://10.0.2.2:%u/", host->fetch, port);

  e2e_labctl (self, "send", lab, "PC1", host->dhcp, "--within", "20", "--expect", "10\\.0\\.2\\.15",
              NULL);
  e2e_assert_code (self, 0);
  e2e_labctl (self, "send", lab, "PC1", command, "--within", "20", "--expect", "hello, lab!", NULL);
  e2e_assert_code (self, 0);
}

/* A host gets an address by DHCP and fetches a page through the nat, whose relay may open no raw
 * socket. */
static void
test_fetch (E2e *self, gconstpointer data)
{
  const Host *host = data;
  g_autoptr (GSocketService) service = NULL;
  g_autofree char *lab = NULL;
  g_autofree char *udhcpc = g_find_program_in_path ("udhcpc");
  g_autofree char *curl = g_find_program_in_path ("curl");
  GThread *thread;
  int running = TRUE;
  guint16 port;

  if (host == &linux_host && (udhcpc == NULL || curl == NULL))
    {
      g_test_skip ("curl or udhcpc is not installed");
      return;
    }
  lab = write_lab_of (self, host);
  service = serve_page (&port);
  thread = g_thread_new ("serve", turn, &running);
  e2e_labctl (self, "allow", lab, NULL);
  e2e_assert_code (self, 0);
  e2e_labctl (self, "start", lab, "--wait", NULL);
  e2e_assert_code (self, 0);
  e2e_labctl (self, "status", lab, "--json", NULL);
  g_assert_cmphex (capabilities (e2e_json_int (self, "{", "relay-pid")) &
                       (1u << CAP_NET_RAW | 1u << CAP_NET_ADMIN),
                   ==, 0);
  get_page (self, host, lab, port);
  e2e_labctl (self, "stop", lab, NULL);
  g_atomic_int_set (&running, FALSE);
  g_thread_join (thread);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

static void
test_tap_refused (E2e *self, gconstpointer data)
{
  g_autofree char *config = e2e_path (self, "config");
  g_autofree char *lab = e2e_write (
      self, "tap.lab",
      "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"5b7c1d2e-1111-4222-8333-444455557777\","
      "\"name\":\"tap\",\"nodes\":[{\"name\":\"T\",\"id\":1,\"kind\":\"tap\",\"interface\":\"lo\"},"
      "{\"name\":\"FR\",\"id\":2,\"kind\":\"frame-relay-switch\",\"ports\":2,\"maps\":["
      "{\"a\":{\"port\":\"s0\",\"dlci\":102},\"b\":{\"port\":\"s1\",\"dlci\":201}}]}]}");

  e2e_setenv (self, "XDG_CONFIG_HOME", config);
  e2e_labctl (self, "allow", lab, NULL);
  e2e_assert_code (self, 0);
  e2e_labctl (self, "start", lab, NULL);
  g_assert_true (
      e2e_wait_output (self, 10, "neither a tap interface nor a bridge", "status", lab, NULL));
  e2e_assert_has (self->out, "unsupported");
  e2e_assert_has (self->out, "builtin");
  e2e_labctl (self, "stop", lab, NULL);
}

/* Two cables between two switches: said in the status within two seconds of the first frame that
 * goes round, and gone when one is pulled. */
static void
test_loop (E2e *self, gconstpointer data)
{
  static const char text[] =
      "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"5b7c1d2e-1111-4222-8333-444455558888\","
      "\"name\":\"loop\",\"nodes\":["
      "{\"name\":\"PC1\",\"id\":1,\"kind\":\"iou\",\"image\":{\"name\":\"labwright-pc\"},"
      "\"start\":[\"ip 10.0.0.1/24\"]},"
      "{\"name\":\"S\",\"id\":2,\"kind\":\"switch\",\"ports\":[{},{},{}]},"
      "{\"name\":\"T\",\"id\":3,\"kind\":\"switch\",\"ports\":[{},{},{}]}],"
      "\"links\":[{\"a\":{\"node\":\"PC1\",\"port\":\"e0/"
      "0\"},\"b\":{\"node\":\"S\",\"port\":\"e0\"}},"
      "{\"a\":{\"node\":\"S\",\"port\":\"e1\"},\"b\":{\"node\":\"T\",\"port\":\"e1\"}},"
      "{\"a\":{\"node\":\"S\",\"port\":\"e2\"},\"b\":{\"node\":\"T\",\"port\":\"e2\"}}]}";
  g_autofree char *lab = e2e_write (self, "loop.lab", text);

  e2e_labctl (self, "start", lab, "--wait", NULL);
  e2e_assert_code (self, 0);
  e2e_labctl (self, "send", lab, "PC1", "ping 10.0.0.9 -c 1 -w 100", NULL);
  g_assert_true (e2e_wait_output (self, 2, "There is a switching loop", "status", lab, NULL));
  e2e_assert_has (self->out, "builtin");
  e2e_labctl (self, "unplug", lab, "S:e2", NULL);
  e2e_assert_code (self, 0);
  e2e_labctl (self, "status", lab, NULL);
  for (guint i = 0; i < 100 && strstr (self->out, "switching loop") != NULL; i++)
    {
      g_usleep (100000);
      e2e_labctl (self, "status", lab, NULL);
    }
  g_assert_null (strstr (self->out, "switching loop"));
  e2e_labctl (self, "stop", lab, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Root too goes without the rights that a nat must not need. Who is not root has none. */
  prctl (PR_CAPBSET_DROP, CAP_NET_RAW, 0, 0, 0);
  prctl (PR_CAPBSET_DROP, CAP_NET_ADMIN, 0, 0, 0);
  g_test_add ("/e2e/out/fetch/light", E2e, &light_host, e2e_set_up, test_fetch, e2e_tear_down);
  g_test_add ("/e2e/out/fetch/linux", E2e, &linux_host, e2e_set_up, test_fetch, e2e_tear_down);
  g_test_add ("/e2e/out/allow", E2e, NULL, e2e_set_up, test_allow, e2e_tear_down);
  g_test_add ("/e2e/out/host-access", E2e, NULL, e2e_set_up, test_host_access, e2e_tear_down);
  g_test_add ("/e2e/out/tap-refused", E2e, NULL, e2e_set_up, test_tap_refused, e2e_tear_down);
  g_test_add ("/e2e/out/loop", E2e, NULL, e2e_set_up, test_loop, e2e_tear_down);
  return g_test_run ();
}
