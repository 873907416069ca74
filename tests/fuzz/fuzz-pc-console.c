/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes typed at the console: line editor, completion, help, and every command's arguments. The
 * terminal and the wire are replaced by nothing, and the working directory is one where no file
 * can be made. */

#include "config.h"

#include <glib.h>
#include <unistd.h>

#include "pc-console.h"
#include "pc-netif.h"
#include "pc-netio.h"
#include "pc-port.h"
#include "pc-stack.h"
#include "device-terminal.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

void
device_terminal_open (DeviceTerminalFunc input, gpointer data)
{
}

void
device_terminal_close (void)
{
}

void
device_terminal_write (const char *bytes, gsize length)
{
}

void
pc_netio_send (PcNetio *self, PcPort *port, const struct pbuf *frame)
{
}

void
pc_netio_send_keepalive (PcNetio *self, PcPort *port)
{
}

static void
on_tick (Pc *pc)
{
}

static Pc *
get_device (void)
{
  static Pc pc;

  if (pc.name != NULL)
    return &pc;

  g_assert_cmpint (chdir ("/proc"), ==, 0);
  pc.id = 1;
  pc.name = g_strdup ("PC1");
  pc_ports_init (&pc, 1);
  pc_stack_init (&pc, on_tick);
  for (guint i = 0; i < pc.n_ports; i++)
    pc.ports[i].line_up = TRUE;
  pc_netif_add_all (&pc);
  return &pc;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Pc *pc = get_device ();
  gsize half = size / 2;

  if (size > 4096)
    return 0;

  pc->stop = FALSE;
  pc->console = pc_console_new (pc);
  pc_console_start (pc->console, NULL);
  pc_console_feed (pc->console, data, half);
  for (guint i = 0; i < 4; i++)
    device_loop_iterate (0);
  pc_console_feed (pc->console, data + half, size - half);
  pc_console_feed (pc->console, (const guint8 *) "\r\003", 2);
  device_loop_iterate (0);
  pc->stop = TRUE;
  pc_console_free (pc->console);
  pc->console = NULL;
  return 0;
}
