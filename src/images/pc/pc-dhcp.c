/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A DHCP client in the states of RFC 2131, figure 5:
 *
 *   SELECTING   DISCOVER sent, waits for an OFFER (the first one wins)
 *   REQUESTING  REQUEST sent, waits for ACK or NAK
 *   BOUND       has a lease; at T1 (half of it)
 *   RENEWING    asks its server, by unicast; at T2 (seven eighths)
 *   REBINDING   asks all servers; at the end of the lease it has no address any more
 *
 * Answers are taken from the wire before lwIP sees them: lwIP accepts no packet on a port without
 * an address. It sends, though, through an ordinary UDP endpoint. The first binding after `ip dhcp`
 * from the keyboard is shown in that command, all other changes as messages. */

#include "config.h"

#include "pc-dhcp.h"

#include <string.h>

#include <lwip/udp.h>

#include "pc-console.h"
#include "pc-dhcp-message.h"
#include "pc-netif.h"
#include "pc-parse.h"
#include "pc-text.h"

#define FIRST_RETRY     (1 * G_USEC_PER_SEC)
#define LAST_RETRY      (32 * G_USEC_PER_SEC)
#define PATIENCE        (15 * G_USEC_PER_SEC) /* of `ip dhcp` */
#define MAX_REQUESTS    4                     /* of an offer, then another is looked for */
#define MIN_RENEW_RETRY (2 * G_USEC_PER_SEC)
#define DECLINE_TIME    (3 * G_USEC_PER_SEC)
#define DECLINE_PAUSE   (10 * G_USEC_PER_SEC)
#define MAX_LEASE       (100u * 365 * 24 * 3600)

typedef enum
{
  SELECTING,
  REQUESTING,
  BOUND,
  RENEWING,
  REBINDING,
} State;

struct _PcDhcp
{
  PcPort *port;
  struct udp_pcb *udp;
  State state;
  guint32 xid;
  guint attempts;
  DeviceTimer timer;
  PcDhcpMessage offer;
  PcDhcpLease lease;
  gint64 renew_at;
  gint64 rebind_at;
  gint64 expires_at;
  gboolean foreground; /* a command waits */
  gboolean debug;
  DeviceTimer patience;
};

static void start_selecting (PcDhcp *self);

static gboolean
has_lease (PcDhcp *self)
{
  return self->state >= BOUND;
}

static void
show_message (PcDhcp *self, const char *direction, const PcDhcpMessage *message)
{
  g_autofree char *text = NULL;

  if (!self->debug || !self->foreground)
    return;
  text = pc_dhcp_message_describe (message);
  pc_print (self->port->pc, "\n%s %s", direction, text);
}

static void
show_letter (PcDhcp *self, char letter)
{
  if (self->foreground && !self->debug)
    pc_print (self->port->pc, "%c", letter);
}

static void
send_message (PcDhcp *self, const PcDhcpMessage *message, const ip4_addr_t *server)
{
  g_autoptr (GByteArray) bytes = pc_dhcp_message_encode (message);
  struct netif *netif = &self->port->netif;
  struct pbuf *packet = pbuf_alloc (PBUF_TRANSPORT, (u16_t) bytes->len, PBUF_RAM);
  ip_addr_t target = IPADDR4_INIT (IPADDR_BROADCAST);

  if (packet == NULL)
    return;
  if (server != NULL)
    ip_addr_copy_from_ip4 (target, *server);
  pbuf_take (packet, bytes->data, (u16_t) bytes->len);
  /* A failure (line down) is met by the retries. */
  udp_sendto_if_src (self->udp, packet, &target, PC_DHCP_SERVER_PORT, netif,
                     server != NULL ? netif_ip_addr4 (netif) : IP4_ADDR_ANY);
  pbuf_free (packet);
  show_message (self, "sent", message);
}

static void
init_message (PcDhcp *self, PcDhcpMessage *message, PcDhcpType type)
{
  *message = (PcDhcpMessage){ .type = type, .xid = self->xid };
  memcpy (message->mac, self->port->netif.hwaddr, sizeof message->mac);
  if (pc_is_host_name (self->port->pc->name))
    g_strlcpy (message->host_name, self->port->pc->name, sizeof message->host_name);
}

static void
send_discover (PcDhcp *self)
{
  PcDhcpMessage message;

  init_message (self, &message, PC_DHCP_DISCOVER);
  message.broadcast = TRUE;
  send_message (self, &message, NULL);
  show_letter (self, 'D');
}

static void
send_request (PcDhcp *self)
{
  PcDhcpMessage message;

  init_message (self, &message, PC_DHCP_REQUEST);
  if (self->state == REQUESTING)
    {
      message.broadcast = TRUE;
      message.requested = self->offer.yours;
      message.server = self->offer.server;
    }
  else
    message.client = netif_ip4_addr (&self->port->netif)->addr;
  send_message (self, &message, self->state == RENEWING ? &self->lease.server : NULL);
  show_letter (self, 'R');
}

/* 1, 2, 4 … 32 seconds, and up to a tenth more so that hosts started together drift apart. */
static void
retry_later (PcDhcp *self)
{
  gint64 wait = MIN (FIRST_RETRY << MIN (self->attempts, 6), LAST_RETRY);

  self->attempts++;
  device_timer_set_after (&self->timer, wait + g_random_int_range (0, (gint32) (wait / 10)));
}

static void
end_foreground (PcDhcp *self)
{
  if (!self->foreground)
    return;

  self->foreground = FALSE;
  device_timer_clear (&self->patience);
  pc_print (self->port->pc, "\n\n");
  pc_console_end_job (self->port->pc->console);
}

static void
on_cancel (gpointer job)
{
  end_foreground (job);
}

static void
on_patience (gpointer data)
{
  PcDhcp *self = data;

  if (has_lease (self))
    pc_print (self->port->pc, "\nThe DHCP server did not answer: the lease is kept");
  else
    pc_print (self->port->pc,
              "\nCan't find dhcp server: asking goes on in the background, clear ip stops it");
  end_foreground (self);
}

static void
set_lost (PcDhcp *self)
{
  if (has_lease (self))
    {
      pc_netif_set_ip4 (self->port, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
      if (!self->foreground)
        pc_console_notify (self->port->pc->console, "*%s: DHCP lease lost", self->port->name);
    }
  start_selecting (self);
}

static void
start_selecting (PcDhcp *self)
{
  self->state = SELECTING;
  self->attempts = 0;
  self->xid = g_random_int ();
  send_discover (self);
  retry_later (self);
}

static void
ask_again (PcDhcp *self, gint64 until)
{
  gint64 now = device_loop_now ();

  send_request (self);
  device_timer_set_at (&self->timer, MIN (until, now + MAX ((until - now) / 2, MIN_RENEW_RETRY)));
}

static void
on_timer (gpointer data)
{
  PcDhcp *self = data;
  gint64 now = device_loop_now ();

  switch (self->state)
    {
    case REQUESTING:
      if (self->attempts < MAX_REQUESTS)
        {
          send_request (self);
          retry_later (self);
          break;
        }
      start_selecting (self);
      break;
    case BOUND:
    case RENEWING:
    case REBINDING:
      if (now >= self->expires_at)
        {
          set_lost (self);
          break;
        }
      if (self->state == BOUND)
        self->xid = g_random_int ();
      self->state = now >= self->rebind_at ? REBINDING : RENEWING;
      ask_again (self, self->state == RENEWING ? self->rebind_at : self->expires_at);
      break;
    case SELECTING:
    default:
      send_discover (self);
      retry_later (self);
      break;
    }
}

static gboolean
is_host_address (guint32 address)
{
  guint first = GUINT32_FROM_BE (address) >> 24;

  return first >= 1 && first < 224 && first != 127;
}

static void
on_offer (PcDhcp *self, const PcDhcpMessage *message)
{
  if (!is_host_address (message->yours) || !is_host_address (message->server))
    return;

  show_letter (self, 'O');
  self->offer = *message;
  self->state = REQUESTING;
  self->attempts = 0;
  send_request (self);
  retry_later (self);
}

static void
store_lease (PcDhcp *self, const PcDhcpMessage *message)
{
  gint64 now = device_loop_now ();
  gint64 lease = MIN (message->lease != 0 ? message->lease : PC_DHCP_FOREVER, MAX_LEASE);
  gint64 rebind = message->rebind_after != 0 && message->rebind_after < lease
                      ? message->rebind_after
                      : lease * 7 / 8;
  gint64 renew = message->renew_after != 0 && message->renew_after < rebind
                     ? message->renew_after
                     : MIN (lease / 2, rebind);

  self->lease = (PcDhcpLease){ .bound_at = now };
  self->lease.lease = lease == MAX_LEASE ? PC_DHCP_FOREVER : (guint) lease;
  self->lease.server.addr = message->server != 0 ? message->server : self->offer.server;
  for (guint i = 0; i < PC_MAX_DNS && i < PC_DHCP_MAX_DNS; i++)
    self->lease.dns[i].addr = message->dns[i];
  g_strlcpy (self->lease.domain, message->domain, sizeof self->lease.domain);
  self->renew_at = now + renew * G_USEC_PER_SEC;
  self->rebind_at = now + rebind * G_USEC_PER_SEC;
  self->expires_at = now + lease * G_USEC_PER_SEC;
}

static void
announce (PcDhcp *self, const PcDhcpMessage *message)
{
  PcPort *port = self->port;
  const ip4_addr_t *gateway = netif_ip4_gw (&port->netif);
  const char *address = pc_text_ip4 (netif_ip4_addr (&port->netif));
  guint prefix = pc_mask_to_prefix (netif_ip4_netmask (&port->netif)->addr);
  gboolean routed = !ip4_addr_isany_val (*gateway);

  if (self->foreground)
    pc_print (port->pc, "%sIP %s/%u%s%s", self->debug ? "\n" : " ", address, prefix,
              routed ? " GW " : "", routed ? pc_text_ip4 (gateway) : "");
  else
    pc_console_notify (port->pc->console, "*%s: DHCP gave %s/%u%s%s", port->name, address, prefix,
                       routed ? " gateway " : "", routed ? pc_text_ip4 (gateway) : "");
}

/* Where the server sends no mask, or nonsense, /24 as everywhere in this program. */
static guint32
mask_of (const PcDhcpMessage *message)
{
  guint prefix = pc_mask_to_prefix (message->netmask);

  if (prefix > 0 && pc_prefix_to_mask (prefix) == message->netmask)
    return message->netmask;
  return pc_prefix_to_mask (24);
}

static void
on_ack (PcDhcp *self, const PcDhcpMessage *message)
{
  ip4_addr_t address = { message->yours };
  ip4_addr_t netmask = { mask_of (message) };
  ip4_addr_t gateway = { message->router };
  struct netif *netif = &self->port->netif;
  gboolean changed = !ip4_addr_cmp (&address, netif_ip4_addr (netif)) ||
                     !ip4_addr_cmp (&netmask, netif_ip4_netmask (netif)) ||
                     !ip4_addr_cmp (&gateway, netif_ip4_gw (netif));

  if (!is_host_address (message->yours))
    return;

  show_letter (self, 'A');
  store_lease (self, message);
  self->state = BOUND;
  device_timer_set_at (&self->timer, self->renew_at);
  if (changed)
    pc_netif_set_ip4 (self->port, &address, &netmask, &gateway);
  if (changed || self->foreground)
    announce (self, message);
  end_foreground (self);
}

static void
handle (PcDhcp *self, const PcDhcpMessage *message)
{
  show_message (self, "received", message);
  if (message->type == PC_DHCP_OFFER && self->state == SELECTING)
    on_offer (self, message);
  else if (message->type == PC_DHCP_ACK && self->state != SELECTING && self->state != BOUND)
    on_ack (self, message);
  else if (message->type == PC_DHCP_NAK && self->state != SELECTING && self->state != BOUND)
    {
      show_letter (self, 'N');
      set_lost (self);
    }
}

gboolean
pc_dhcp_input (PcPort *port, const guint8 *packet, gsize length)
{
  PcDhcp *self = port->dhcp;
  PcDhcpMessage message;
  gsize message_length;
  const guint8 *data;

  if (self == NULL)
    return FALSE;
  data = pc_dhcp_message_find (packet, length, &message_length);
  if (data == NULL)
    return FALSE;

  if (pc_dhcp_message_decode (data, message_length, &message) && message.xid == self->xid &&
      memcmp (message.mac, port->netif.hwaddr, sizeof message.mac) == 0)
    handle (self, &message);
  return TRUE;
}

void
pc_dhcp_link_changed (PcPort *port)
{
  PcDhcp *self = port->dhcp;

  if (self == NULL || !netif_is_link_up (&port->netif))
    return;

  /* Perhaps another network: ask at once, but keep what we have while nobody answers. */
  if (self->state == SELECTING || self->state == REQUESTING)
    start_selecting (self);
  else
    device_timer_set_after (&self->timer, 0);
}

void
pc_dhcp_conflict (PcPort *port)
{
  PcDhcp *self = port->dhcp;
  PcDhcpMessage message;

  if (self == NULL || !has_lease (self) || device_loop_now () - self->lease.bound_at > DECLINE_TIME)
    return;

  init_message (self, &message, PC_DHCP_DECLINE);
  message.requested = netif_ip4_addr (&port->netif)->addr;
  message.server = self->lease.server.addr;
  send_message (self, &message, NULL);
  pc_netif_set_ip4 (port, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
  self->state = SELECTING;
  self->attempts = 0;
  self->xid = g_random_int ();
  device_timer_set_after (&self->timer, DECLINE_PAUSE);
}

static void
start_client (PcPort *port)
{
  PcDhcp *self = g_new0 (PcDhcp, 1);

  self->port = port;
  self->udp = udp_new ();
  ip_set_option (self->udp, SOF_BROADCAST | SOF_REUSEADDR);
  udp_bind (self->udp, IP4_ADDR_ANY, PC_DHCP_CLIENT_PORT);
  udp_bind_netif (self->udp, &port->netif);
  device_timer_init (&self->timer, on_timer, self);
  device_timer_init (&self->patience, on_patience, self);
  port->dhcp = self;
  device_timer_set_after (&self->timer, 0);
  self->xid = g_random_int ();
}

void
pc_dhcp_stop (PcPort *port)
{
  PcDhcp *self = g_steal_pointer (&port->dhcp);

  if (self == NULL)
    return;

  device_timer_clear (&self->timer);
  device_timer_clear (&self->patience);
  udp_remove (self->udp);
  g_free (self);
}

static void
release (Pc *pc, PcPort *port)
{
  PcDhcp *self = port->dhcp;
  PcDhcpMessage message;

  if (self == NULL || !has_lease (self))
    {
      pc_complain (pc, "%s has no DHCP lease to give back", port->name);
      return;
    }

  init_message (self, &message, PC_DHCP_RELEASE);
  message.client = netif_ip4_addr (&port->netif)->addr;
  message.server = self->lease.server.addr;
  send_message (self, &message, &self->lease.server);
  pc_dhcp_stop (port);
  port->settings.dhcp = FALSE;
  pc_netif_set_ip4 (port, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
}

static void
begin (Pc *pc, PcPort *port, gboolean renew, gboolean debug)
{
  PcPortSettings *settings = &port->settings;

  if (port->dhcp != NULL && !(renew && has_lease (port->dhcp)))
    pc_dhcp_stop (port);
  if (port->dhcp == NULL)
    {
      ip4_addr_set_zero (&settings->address);
      ip4_addr_set_zero (&settings->netmask);
      ip4_addr_set_zero (&settings->gateway);
      settings->dhcp = TRUE;
      pc_netif_apply_ip4 (port);
      start_client (port);
    }
  else
    {
      port->dhcp->state = BOUND;
      device_timer_set_after (&port->dhcp->timer, 0);
    }

  if (pc_console_in_script (pc->console))
    return;
  port->dhcp->foreground = TRUE;
  port->dhcp->debug = debug;
  device_timer_set_after (&port->dhcp->patience, PATIENCE);
  pc_console_begin_job (pc->console, on_cancel, port->dhcp);
}

void
pc_dhcp_command (Pc *pc, PcPort *port, guint count, char **words)
{
  gboolean debug = FALSE, renew = FALSE, give_back = FALSE;

  for (guint i = 0; i < count; i++)
    if (strcmp (words[i], "-d") == 0)
      debug = TRUE;
    else if (strcmp (words[i], "-r") == 0)
      renew = TRUE;
    else if (strcmp (words[i], "-x") == 0)
      give_back = TRUE;
    else
      {
        pc_complain (pc, "ip dhcp does not know \"%s\": use -d, -r or -x", words[i]);
        return;
      }

  if (give_back)
    release (pc, port);
  else
    begin (pc, port, renew, debug);
}

const PcDhcpLease *
pc_dhcp_get_lease (PcPort *port)
{
  return port->dhcp != NULL && has_lease (port->dhcp) ? &port->dhcp->lease : NULL;
}
