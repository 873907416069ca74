/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Echo: what comes in goes back. A TCP connection gives back what its send buffer takes and opens
 * the window only by that much, so a sender that does not read is held up by TCP itself. */

#include "config.h"

#include "pc-services.h"

#include <glib.h>
#include <lwip/tcp.h>
#include <lwip/udp.h>

#define ECHO_PORT       7
#define MAX_CONNECTIONS 32
#define IDLE_POLLS      120 /* of half a second */

typedef struct
{
  struct pbuf *waiting;
  guint idle;
  gboolean closing;
} Connection;

static guint n_connections;

static void
on_datagram (void *arg, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from, u16_t port)
{
  /* Two echo services would talk for ever. */
  if (port != ECHO_PORT)
    udp_sendto (pcb, packet, from, port);
  pbuf_free (packet);
}

static void
forget (Connection *connection)
{
  if (connection->waiting != NULL)
    pbuf_free (connection->waiting);
  g_free (connection);
  n_connections--;
}

static err_t
close_connection (Connection *connection, struct tcp_pcb *pcb)
{
  tcp_arg (pcb, NULL);
  tcp_err (pcb, NULL);
  tcp_recv (pcb, NULL);
  tcp_sent (pcb, NULL);
  tcp_poll (pcb, NULL, 0);
  forget (connection);
  if (tcp_close (pcb) == ERR_OK)
    return ERR_OK;

  tcp_abort (pcb);
  return ERR_ABRT;
}

static err_t
send_waiting (Connection *connection, struct tcp_pcb *pcb)
{
  while (connection->waiting != NULL && connection->waiting->len <= tcp_sndbuf (pcb))
    {
      struct pbuf *first = connection->waiting;
      u16_t length = first->len;

      if (tcp_write (pcb, first->payload, length, TCP_WRITE_FLAG_COPY) != ERR_OK)
        break;
      connection->waiting = first->next;
      if (first->next != NULL)
        pbuf_ref (first->next);
      pbuf_free (first);
      tcp_recved (pcb, length);
    }
  tcp_output (pcb);

  if (connection->closing && connection->waiting == NULL)
    return close_connection (connection, pcb);
  return ERR_OK;
}

static err_t
on_received (void *arg, struct tcp_pcb *pcb, struct pbuf *packet, err_t error)
{
  Connection *connection = arg;

  connection->idle = 0;
  if (packet == NULL)
    connection->closing = TRUE;
  else if (connection->waiting == NULL)
    connection->waiting = packet;
  else
    pbuf_cat (connection->waiting, packet);
  return send_waiting (connection, pcb);
}

static err_t
on_sent (void *arg, struct tcp_pcb *pcb, u16_t length)
{
  return send_waiting (arg, pcb);
}

static err_t
on_poll (void *arg, struct tcp_pcb *pcb)
{
  Connection *connection = arg;

  if (++connection->idle < IDLE_POLLS)
    return send_waiting (connection, pcb);
  return close_connection (connection, pcb);
}

static void
on_error (void *arg, err_t error)
{
  forget (arg);
}

static err_t
on_accepted (void *arg, struct tcp_pcb *pcb, err_t error)
{
  Connection *connection;

  if (error != ERR_OK || pcb == NULL)
    return ERR_VAL;
  if (n_connections >= MAX_CONNECTIONS)
    return ERR_MEM;

  connection = g_new0 (Connection, 1);
  n_connections++;
  tcp_arg (pcb, connection);
  tcp_recv (pcb, on_received);
  tcp_sent (pcb, on_sent);
  tcp_err (pcb, on_error);
  tcp_poll (pcb, on_poll, 1);
  return ERR_OK;
}

void
pc_services_start (void)
{
  struct udp_pcb *udp = udp_new_ip_type (IPADDR_TYPE_ANY);
  struct tcp_pcb *tcp = tcp_new_ip_type (IPADDR_TYPE_ANY);

  udp_bind (udp, IP_ANY_TYPE, ECHO_PORT);
  udp_recv (udp, on_datagram, NULL);

  tcp_bind (tcp, IP_ANY_TYPE, ECHO_PORT);
  tcp = tcp_listen (tcp);
  tcp_accept (tcp, on_accepted);
}
