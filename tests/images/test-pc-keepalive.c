/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layer-1 keepalives, seen from the other end of the cable. */

#include "config.h"

#include <glib.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "iou-frame.h"
#include "pc-device.h"

typedef struct
{
  PcLab *lab;
  PcDevice *pc;
  int fd;
  char *target;
} Fixture;

static gboolean
start (Fixture *f, const char *arguments)
{
  g_autofree char *path = NULL;
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  f->lab = pc_lab_new ();
  if (f->lab == NULL)
    return FALSE;
  pc_lab_wire (f->lab, "1:0/0 2:0/0\n1:0/2 2:0/2\n", 1, 1);
  path = pc_lab_socket (f->lab, TRUE, 2);
  f->target = pc_lab_socket (f->lab, TRUE, 1);
  f->fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (f->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  f->pc = pc_device_start (f->lab, 1, arguments);
  return TRUE;
}

static void
stop (Fixture *f)
{
  pc_device_free (f->pc);
  close (f->fd);
  g_free (f->target);
  pc_lab_free (f->lab);
}

static void
send_keepalive (Fixture *f, guint8 port, guint8 type, gsize length)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  guint8 bytes[16] = { 0 };
  IouHeader header = { .dst_id = 1, .src_id = 2, .dst_port = port, .src_port = port, .type = type };

  iou_header_write (bytes, &header);
  g_strlcpy (address.sun_path, f->target, sizeof address.sun_path);
  g_assert_cmpint (sendto (f->fd, bytes, length, 0, (struct sockaddr *) &address, sizeof address),
                   ==, (gssize) length);
}

/* How many keepalives for @port come in @milliseconds; all that come must be sound. */
static guint
count_keepalives (Fixture *f, guint8 port, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  struct pollfd fd = { .fd = f->fd, .events = POLLIN };
  guint n = 0;

  while (g_get_monotonic_time () < until)
    {
      guint8 bytes[64];
      IouHeader header = { 0 };
      ssize_t length;

      if (poll (&fd, 1, (int) (MAX (until - g_get_monotonic_time (), 0) / 1000) + 1) <= 0)
        break;
      length = recv (f->fd, bytes, sizeof bytes, 0);
      g_assert_cmpint (length, ==, IOU_HEADER_SIZE);
      g_assert_true (iou_header_read (&header, bytes, (gsize) length));
      g_assert_cmpuint (header.type, ==, IOU_TYPE_KEEPALIVE);
      g_assert_cmpuint (header.channel, ==, 0);
      g_assert_cmpuint (header.src_id, ==, 1);
      g_assert_cmpuint (header.dst_id, ==, 2);
      g_assert_cmpuint (header.src_port, ==, header.dst_port);
      n += header.dst_port == port;
    }
  return n;
}

static void
test_sending (void)
{
  Fixture f;
  guint n;

  if (!start (&f, "-e 1 -s 0 -l"))
    return;
  /* One at the start, then one a second, from the ports of NETMAP only. */
  g_assert_cmpuint (count_keepalives (&f, 0x20, 300), >=, 1);
  n = count_keepalives (&f, 0x00, 3000);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpuint (n, <=, 4);
  g_assert_cmpuint (count_keepalives (&f, 0x10, 1100), ==, 0);

  pc_device_ask (f.pc, "shutdown e0/0", "PC1> $");
  count_keepalives (&f, 0x00, 50);
  g_assert_cmpuint (count_keepalives (&f, 0x00, 2100), ==, 0);
  pc_device_ask (f.pc, "no shutdown e0/0", "PC1> $");
  g_assert_cmpuint (count_keepalives (&f, 0x00, 1500), >=, 1);
  stop (&f);
}

static void
test_line (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0 -l"))
    return;
  pc_device_ask (f.pc, "ip 10.0.0.1/24", "PC1 : 10.0.0.1");
  pc_device_ask (f.pc, "show", "e0/0 +down(.|\n)*e0/1 +not in NETMAP(.|\n)*PC1> $");
  pc_device_ask (f.pc, "ping 10.0.0.2", "not reachable: the line is down");
  /* Nothing that is no keepalive for this port counts. */
  send_keepalive (&f, 0x20, IOU_TYPE_KEEPALIVE, IOU_HEADER_SIZE);
  send_keepalive (&f, 0x00, IOU_TYPE_DATA, IOU_HEADER_SIZE);
  send_keepalive (&f, 0x00, IOU_TYPE_KEEPALIVE, IOU_HEADER_SIZE + 1);
  send_keepalive (&f, 0x00, IOU_TYPE_KEEPALIVE, IOU_HEADER_SIZE - 1);
  pc_device_ask (f.pc, "show", "e0/0 +down(.|\n)*e0/2 +up(.|\n)*PC1> $");

  /* One is enough, and it is answered at once. */
  count_keepalives (&f, 0x00, 10);
  send_keepalive (&f, 0x00, IOU_TYPE_KEEPALIVE, IOU_HEADER_SIZE);
  g_assert_cmpuint (count_keepalives (&f, 0x00, 200), >=, 1);
  pc_device_ask (f.pc, "show", "e0/0 +up(.|\n)*PC1> $");

  /* About ten seconds without one, and not much sooner: 11 at the most. */
  g_assert_null (strstr (pc_device_listen (f.pc, 7000), "line down"));
  pc_device_expect (f.pc, "\\*e0/0: line down\n(.|\n)*PC1> $", 4);
  pc_device_ask (f.pc, "ping 10.0.0.2", "not reachable: the line is down");
  send_keepalive (&f, 0x00, IOU_TYPE_KEEPALIVE, IOU_HEADER_SIZE);
  pc_device_expect (f.pc, "\\*e0/0: line up\nPC1> $", 2);
  stop (&f);
}

static void
test_without (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  g_assert_cmpuint (count_keepalives (&f, 0x00, 1500), ==, 0);
  pc_device_ask (f.pc, "show", "e0/0 +up");
  stop (&f);
}

/* What is being typed survives a message. */
static void
test_redraw (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0 -l"))
    return;
  send_keepalive (&f, 0x00, IOU_TYPE_KEEPALIVE, IOU_HEADER_SIZE);
  pc_device_ask (f.pc, "show", "e0/0 +up(.|\n)*PC1> $");
  pc_device_type (f.pc, "echo hal");
  pc_device_expect (f.pc, "echo hal$", 2);
  pc_device_expect (f.pc, "\\*e0/0: line down\nPC1> echo hal$", 15);
  pc_device_type (f.pc, "lo\r");
  pc_device_expect (f.pc, "\nhallo\nPC1> $", 2);
  stop (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/keepalive/sending", test_sending);
  g_test_add_func ("/pc/keepalive/line", test_line);
  g_test_add_func ("/pc/keepalive/without", test_without);
  g_test_add_func ("/pc/keepalive/redraw", test_redraw);
  return g_test_run ();
}
