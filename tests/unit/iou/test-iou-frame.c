/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "iou-frame.h"

static void
test_port_byte (void)
{
  g_assert_cmphex (IOU_PORT (1, 0), ==, 0x01);
  g_assert_cmphex (IOU_PORT (0, 1), ==, 0x10);
  g_assert_cmphex (IOU_PORT (15, 3), ==, 0x3f);

  for (guint port = 0; port < 256; port++)
    g_assert_cmphex (IOU_PORT (IOU_PORT_BAY (port), IOU_PORT_UNIT (port)), ==, port);
}

static void
test_header_bytes (void)
{
  static const guint8 wanted[] = { 0x02, 0x07, 0x00, 0x07, 0x10, 0x01, 0x01, 0x00 };
  IouHeader header = {
    .dst_id = 519, .src_id = 7, .dst_port = 0x10, .src_port = 0x01, .type = IOU_TYPE_DATA
  };
  guint8 out[IOU_HEADER_SIZE];

  iou_header_write (out, &header);
  g_assert_cmpmem (out, sizeof out, wanted, sizeof wanted);
}

static void
test_header_round_trip (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      guint8 in[IOU_HEADER_SIZE];
      guint8 out[IOU_HEADER_SIZE];
      IouHeader header = { 0 };

      for (guint j = 0; j < sizeof in; j++)
        in[j] = (guint8) g_test_rand_int ();
      g_assert_true (iou_header_read (&header, in, sizeof in));
      iou_header_write (out, &header);
      g_assert_cmpmem (in, sizeof in, out, sizeof out);
    }
}

static void
test_header_short (void)
{
  guint8 data[IOU_HEADER_SIZE] = { 0 };
  IouHeader header = { 0 };

  for (gsize length = 0; length < sizeof data; length++)
    g_assert_false (iou_header_read (&header, data, length));
  g_assert_true (iou_header_read (&header, data, sizeof data));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/frame/port-byte", test_port_byte);
  g_test_add_func ("/iou/frame/header-bytes", test_header_bytes);
  g_test_add_func ("/iou/frame/header-round-trip", test_header_round_trip);
  g_test_add_func ("/iou/frame/header-short", test_header_short);

  return g_test_run ();
}
