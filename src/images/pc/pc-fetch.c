/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `fetch`: a page of a web server: what the server says, how much it is, how long it took, and the
 * first lines. lwIP calls back from inside the handling of a segment; what follows the end of the
 * page is left to the timer, which also watches for silence. */

#include "config.h"

#include <string.h>

#include <lwip/tcp.h>

#include "pc-commands.h"
#include "pc-console.h"
#include "pc-http.h"
#include "pc-ip.h"
#include "pc-parse.h"
#include "pc-route.h"
#include "pc-stack.h"
#include "pc-target.h"
#include "pc-text.h"

#define DEFAULT_LINES 10
#define MAX_LINES     1000
#define DEFAULT_MS    5000
#define MAX_MS        3600000
#define SETTLING      (50 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  Pc *pc;
  PcPort *port; /* (nullable) asked for */
  PcHttpUrl url;
  guint lines;
  guint timeout;    /* ms */
  PcTarget *target; /* while the name is being resolved */
  ip_addr_t address;
  PcPort *way; /* where it goes */
  struct tcp_pcb *tcp;
  gboolean connected;
  PcHttpAnswer *answer;
  DeviceTimer timer;
  gint64 started;
  gint64 ended; /* 0: still going on */
  err_t error;  /* why the connection was lost */
  PcHttpResult result;
} Fetch;

static void
disconnect (Fetch *fetch)
{
  struct tcp_pcb *pcb = fetch->tcp;

  if (pcb == NULL)
    return;

  fetch->tcp = NULL;
  tcp_arg (pcb, NULL);
  tcp_err (pcb, NULL);
  tcp_recv (pcb, NULL);
  if (fetch->result != PC_HTTP_DONE || tcp_close (pcb) != ERR_OK)
    tcp_abort (pcb);
  pc_stack_touched ();
}

static void
end (gpointer job)
{
  Fetch *fetch = job;
  Pc *pc = fetch->pc;

  device_timer_clear (&fetch->timer);
  g_clear_pointer (&fetch->target, pc_target_cancel);
  disconnect (fetch);
  g_clear_pointer (&fetch->answer, pc_http_answer_free);
  g_free (fetch);
  pc_print (pc, "\n");
  pc_console_end_job (pc->console);
}

static void
print_lines (Fetch *fetch)
{
  gboolean all;
  g_auto (GStrv) lines = pc_http_answer_get_lines (fetch->answer, fetch->lines, &all);

  for (guint i = 0; lines[i] != NULL; i++)
    pc_print (fetch->pc, "  %s\n", lines[i]);
  if (!all)
    pc_print (fetch->pc, "  ...\n");
}

static void
print_size (Fetch *fetch)
{
  const char *type = pc_http_answer_get_type (fetch->answer);
  guint64 length;

  pc_print (fetch->pc, "%" G_GUINT64_FORMAT, pc_http_answer_get_size (fetch->answer));
  if (fetch->result != PC_HTTP_DONE && pc_http_answer_get_length (fetch->answer, &length))
    pc_print (fetch->pc, " of %" G_GUINT64_FORMAT, length);
  pc_print (fetch->pc, " bytes%s%s in %.3f ms\n", type != NULL ? " of " : "",
            type != NULL ? type : "",
            (double) (fetch->ended - fetch->started) / G_TIME_SPAN_MILLISECOND);
}

static void
print_answer (Fetch *fetch)
{
  const char *status = pc_http_answer_get_status (fetch->answer);
  const char *location = pc_http_answer_get_location (fetch->answer);

  if (status == NULL)
    return;
  pc_print (fetch->pc, "%s\n", status);
  if (location != NULL)
    pc_print (fetch->pc, "Location: %s\n", location);
  print_lines (fetch);
  print_size (fetch);
}

static void
print_problem (Fetch *fetch)
{
  const char *host = pc_text_ip (&fetch->address);
  guint port = fetch->url.port;

  if (fetch->result == PC_HTTP_DONE)
    return;
  if (fetch->result == PC_HTTP_BAD)
    pc_print (fetch->pc, "%s port %u: what answers is no web server\n", host, port);
  else if (fetch->error == ERR_RST && !fetch->connected)
    pc_print (fetch->pc, "%s port %u: connection refused\n", host, port);
  else if (fetch->result == PC_HTTP_CUT || fetch->error == ERR_RST)
    pc_print (fetch->pc, "%s port %u: the server closed before the page was complete\n", host,
              port);
  else if (fetch->connected)
    pc_print (fetch->pc, "%s port %u: the server fell silent\n", host, port);
  else if (!pc_route_is_resolved (fetch->pc, fetch->way, &fetch->address))
    pc_print (fetch->pc, "host (%s) not reachable\n", host);
  else
    pc_print (fetch->pc, "%s port %u: no answer\n", host, port);
}

/* From inside lwIP, too. */
static void
finish (Fetch *fetch, PcHttpResult result, err_t error)
{
  fetch->result = result;
  fetch->error = error;
  fetch->ended = device_loop_now ();
  device_timer_set_after (&fetch->timer, 0);
}

static void
watch (Fetch *fetch)
{
  device_timer_set_after (&fetch->timer, fetch->timeout * G_TIME_SPAN_MILLISECOND);
}

static void
on_error (void *arg, err_t error)
{
  Fetch *fetch = arg;

  /* lwIP has freed it. */
  fetch->tcp = NULL;
  if (fetch->ended == 0)
    finish (fetch, PC_HTTP_MORE, error);
}

static err_t
on_received (void *arg, struct tcp_pcb *pcb, struct pbuf *packet, err_t error)
{
  Fetch *fetch = arg;
  PcHttpResult result = PC_HTTP_MORE;

  if (packet == NULL)
    {
      if (fetch->ended == 0)
        finish (fetch, pc_http_answer_end (fetch->answer), ERR_OK);
      return ERR_OK;
    }

  for (struct pbuf *part = packet; part != NULL; part = part->next)
    result = pc_http_answer_feed (fetch->answer, part->payload, part->len);
  tcp_recved (pcb, packet->tot_len);
  pbuf_free (packet);
  if (fetch->ended != 0)
    return ERR_OK;
  if (result != PC_HTTP_MORE)
    finish (fetch, result, ERR_OK);
  else
    watch (fetch);
  return ERR_OK;
}

static err_t
on_connected (void *arg, struct tcp_pcb *pcb, err_t error)
{
  Fetch *fetch = arg;
  g_autofree char *request = pc_http_make_request (&fetch->url);

  fetch->connected = TRUE;
  watch (fetch);
  if (tcp_write (pcb, request, (u16_t) strlen (request), TCP_WRITE_FLAG_COPY) != ERR_OK)
    finish (fetch, PC_HTTP_MORE, ERR_MEM);
  tcp_output (pcb);
  return ERR_OK;
}

static gboolean
connect_now (Fetch *fetch)
{
  struct tcp_pcb *pcb = tcp_new_ip_type (IP_GET_TYPE (&fetch->address));

  if (pcb == NULL)
    return FALSE;
  fetch->tcp = pcb;
  fetch->started = device_loop_now ();
  if (fetch->port != NULL)
    tcp_bind_netif (pcb, &fetch->port->netif);
  tcp_arg (pcb, fetch);
  tcp_err (pcb, on_error);
  tcp_recv (pcb, on_received);
  if (tcp_connect (pcb, &fetch->address, (u16_t) fetch->url.port, on_connected) != ERR_OK)
    return FALSE;
  watch (fetch);
  pc_stack_touched ();
  return TRUE;
}

static void
on_timer (gpointer data)
{
  Fetch *fetch = data;

  if (fetch->answer == NULL)
    {
      if (IP_IS_V6 (&fetch->address) && pc_ip6_is_settling (fetch->way))
        {
          device_timer_set_after (&fetch->timer, SETTLING);
          return;
        }
      fetch->answer = pc_http_answer_new ();
      if (connect_now (fetch))
        return;
      pc_print (fetch->pc, "host (%s) not reachable: nothing can be sent\n",
                pc_text_ip (&fetch->address));
      end (fetch);
      return;
    }

  if (fetch->ended == 0)
    fetch->ended = device_loop_now ();
  print_answer (fetch);
  print_problem (fetch);
  end (fetch);
}

static void
on_target (gpointer data, const ip_addr_t *address, PcPort *port, const char *problem)
{
  Fetch *fetch = data;

  fetch->target = NULL;
  if (address == NULL)
    {
      pc_print (fetch->pc, "host (%s) not reachable: %s\n", fetch->url.host, problem);
      end (fetch);
      return;
    }

  fetch->address = *address;
  fetch->way = port;
  if (pc_is_host_name (fetch->url.host) && !pc_parse_ip4 (fetch->url.host, &(guint32){ 0 }))
    pc_print (fetch->pc, "%s resolved to %s\n", fetch->url.host, pc_text_ip (address));
  on_timer (fetch);
}

static gboolean
read_options (Pc *pc, PcArguments *arguments, Fetch *fetch)
{
  const char *url = NULL;
  const char *problem;

  for (guint i = 0; i < arguments->count; i++)
    {
      const char *word = arguments->words[i];
      const char *value = arguments->words[i + 1] != NULL ? arguments->words[i + 1] : "";

      if (word[0] != '-' && url == NULL)
        {
          url = word;
          continue;
        }
      i++;
      if (strcmp (word, "-n") == 0 && pc_parse_number (value, 0, MAX_LINES, &fetch->lines))
        continue;
      if (strcmp (word, "-w") == 0 && pc_parse_number (value, 1, MAX_MS, &fetch->timeout))
        continue;
      url = NULL;
      break;
    }
  if (url == NULL)
    {
      pc_complain_usage (pc, "fetch");
      return FALSE;
    }
  if (!pc_http_read_url (url, &fetch->url, &problem))
    {
      pc_complain (pc, "The URL %s", problem);
      return FALSE;
    }
  return TRUE;
}

void
pc_cmd_fetch (Pc *pc, PcArguments *arguments)
{
  Fetch *fetch;
  gboolean given;
  PcPort *port;

  if (!pc_take_port (pc, arguments, &port, &given))
    return;

  fetch = g_new0 (Fetch, 1);
  fetch->pc = pc;
  fetch->port = given ? port : NULL;
  fetch->lines = DEFAULT_LINES;
  fetch->timeout = DEFAULT_MS;
  device_timer_init (&fetch->timer, on_timer, fetch);
  if (!read_options (pc, arguments, fetch))
    {
      g_free (fetch);
      return;
    }
  pc_console_begin_job (pc->console, end, fetch);
  fetch->target = pc_target_find (pc, fetch->port, fetch->url.host, on_target, fetch);
}
