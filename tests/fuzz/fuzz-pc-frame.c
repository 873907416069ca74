/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames from the wire: our filter, the DHCP client, and lwIP behind them. The input is a row of
 * frames, each after its length in two bytes. The destination address of each is made ours unless
 * it is a group, or nearly all would be dropped at once. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include <lwip/ip4_frag.h>
#include <lwip/ip6_frag.h>
#include <lwip/priv/tcp_priv.h>

#include "pc-commands.h"
#include "pc-netif.h"
#include "pc-netio.h"
#include "pc-port.h"
#include "pc-services.h"
#include "pc-stack.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

void
pc_netio_send (PcNetio *self, PcPort *port, const struct pbuf *frame)
{
  guint8 bytes[2048];

  /* Touches every byte that would be sent. */
  g_assert_cmpuint (pbuf_copy_partial (frame, bytes, sizeof bytes, 0), ==, frame->tot_len);
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

  pc.id = 1;
  pc.name = g_strdup ("PC1");
  pc_ports_init (&pc, 1);
  pc_stack_init (&pc, on_tick);
  for (guint i = 0; i < pc.n_ports; i++)
    {
      pc.ports[i].line_up = TRUE;
      pc.ports[i].settings.autoconf6 = TRUE;
    }
  pc_netif_add_all (&pc);
  pc_services_start ();
  pc.ports[0].settings.address.addr = GUINT32_TO_BE (0x0a000007);
  pc.ports[0].settings.netmask.addr = GUINT32_TO_BE (0xffffff00);
  pc_netif_apply_ip4 (&pc.ports[0]);
  return &pc;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Pc *pc = get_device ();

  while (size > 2)
    {
      gsize length = MIN ((gsize) (data[0] << 8 | data[1]), size - 2);
      g_autofree guint8 *frame = g_memdup2 (data + 2, length);

      if (length >= 6 && (frame[0] & 1) == 0)
        memcpy (frame, pc->ports[0].netif.hwaddr, 6);
      pc_netif_input (&pc->ports[0], frame, length);
      device_loop_iterate (0);
      data += length + 2;
      size -= length + 2;
    }

  /* Time stands still here: what would time out is dropped. Fragments above all, for they hang on
   * unaligned pointers, which the leak checker does not see. */
  for (guint i = 0; i <= IPV6_REASS_MAXAGE; i++)
    {
      ip_reass_tmr ();
      ip6_reass_tmr ();
    }
  while (tcp_active_pcbs != NULL)
    tcp_abort (tcp_active_pcbs);
  return 0;
}
