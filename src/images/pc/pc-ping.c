/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `ping`: a probe, its answer on a line, and the next one an interval after it. */

#include "config.h"

#include "pc-ping.h"

#include "pc-console.h"
#include "pc-ip.h"
#include "pc-parse.h"
#include "pc-route.h"
#include "pc-target.h"
#include "pc-text.h"

#define SETTLING (50 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  Pc *pc;
  char *host;
  PcPingOptions options;
  PcTarget *target; /* while the name is being resolved */
  PcProbe *probe;
  DeviceTimer timer;
  guint sequence;
  gint64 sent_at;
  gboolean finished;
} Ping;

static const char *const phases[] = { "Connect ", "SendData", "Close   " };

static void
end (gpointer job)
{
  Ping *ping = job;
  Pc *pc = ping->pc;

  device_timer_clear (&ping->timer);
  g_clear_pointer (&ping->target, pc_target_cancel);
  g_clear_pointer (&ping->probe, pc_probe_free);
  g_free (ping->host);
  g_free (ping);
  pc_print (pc, "\n");
  pc_console_end_job (pc->console);
}

static const char *
protocol_name (Ping *ping, gboolean v6)
{
  switch (ping->options.probe.protocol)
    {
    case PC_PROBE_UDP:
      return "udp";
    case PC_PROBE_TCP:
      return "tcp";
    case PC_PROBE_ICMP:
    default:
      return v6 ? "icmp6" : "icmp";
    }
}

static void
print_tcp (Ping *ping, const PcProbeResult *result)
{
  PcProbeSettings *settings = pc_probe_get_settings (ping->probe);
  const char *phase = phases[MIN (result->phase, G_N_ELEMENTS (phases) - 1)];
  const char *host = pc_text_ip (&settings->address);
  double ms = (double) result->time / G_TIME_SPAN_MILLISECOND;

  if (result->outcome == PC_PROBE_REPLY)
    pc_print (ping->pc, "%s %u@%s seq=%u ttl=%u time=%.3f ms\n", phase, settings->target_port, host,
              ping->sequence, result->ttl, ms);
  else if (result->outcome == PC_PROBE_RESET)
    pc_print (ping->pc, "%s %u@%s RST returned\n", phase, settings->target_port, host);
  else
    pc_print (ping->pc, "%s %u@%s seq=%u timeout\n", phase, settings->target_port, host,
              ping->sequence);
}

static void
print_result (Ping *ping, const PcProbeResult *result)
{
  const char *from = pc_text_ip (&result->from);
  const char *name = protocol_name (ping, IP_IS_V6 (&result->from));
  double ms = (double) result->time / G_TIME_SPAN_MILLISECOND;

  if (result->outcome == PC_PROBE_ERROR)
    pc_print (ping->pc, "*%s %s_seq=%u ttl=%u time=%.3f ms (ICMP type:%u, code:%u, %s)\n", from,
              name, ping->sequence, result->ttl, ms, result->type, result->code, result->meaning);
  else if (result->outcome == PC_PROBE_NOT_SENT && ping->options.probe.dont_fragment)
    pc_print (ping->pc, "%s %s_seq=%u not sent: too long to go unfragmented\n", from, name,
              ping->sequence);
  else if (result->outcome == PC_PROBE_NOT_SENT)
    pc_print (ping->pc, "%s %s_seq=%u not sent\n", from, name, ping->sequence);
  else if (ping->options.probe.protocol == PC_PROBE_TCP)
    print_tcp (ping, result);
  else if (result->outcome == PC_PROBE_REPLY)
    pc_print (ping->pc, "%u bytes from %s %s_seq=%u ttl=%u time=%.3f ms\n", result->bytes, from,
              name, ping->sequence, result->ttl, ms);
  else
    pc_print (ping->pc, "%s %s_seq=%u timeout\n", from, name, ping->sequence);
}

/* Called inside lwIP: what follows is left to the timer. */
static void
on_result (gpointer data, const PcProbeResult *result)
{
  Ping *ping = data;
  PcProbeSettings *settings = pc_probe_get_settings (ping->probe);

  if (result->outcome == PC_PROBE_TIMEOUT &&
      !pc_route_is_resolved (ping->pc, settings->port, &settings->address))
    {
      pc_print (ping->pc, "host (%s) not reachable\n", pc_text_ip (&settings->address));
      ping->finished = TRUE;
    }
  else
    print_result (ping, result);

  if (result->more)
    return;
  if (ping->options.count != 0 && ping->sequence >= ping->options.count)
    ping->finished = TRUE;
  if (ping->finished)
    device_timer_set_after (&ping->timer, 0);
  else
    device_timer_set_at (&ping->timer,
                         ping->sent_at + ping->options.interval * G_TIME_SPAN_MILLISECOND);
}

static void
on_timer (gpointer data)
{
  Ping *ping = data;
  PcProbeSettings *settings = pc_probe_get_settings (ping->probe);
  const char *problem = NULL;
  PcPort *port;

  if (ping->finished)
    {
      end (ping);
      return;
    }

  port = pc_route_find (ping->pc, ping->options.port, &settings->address, &problem);
  if (port == NULL)
    {
      pc_print (ping->pc, "host (%s) not reachable: %s\n", pc_text_ip (&settings->address),
                problem);
      end (ping);
      return;
    }
  if (IP_IS_V6 (&settings->address) && pc_ip6_is_settling (port))
    {
      device_timer_set_after (&ping->timer, SETTLING);
      return;
    }

  ping->sent_at = device_loop_now ();
  ping->sequence++;
  settings->port = port;
  pc_probe_send (ping->probe, ping->sequence);
}

static void
on_target (gpointer data, const ip_addr_t *address, PcPort *port, const char *problem)
{
  Ping *ping = data;

  ping->target = NULL;
  if (address == NULL)
    {
      pc_print (ping->pc, "host (%s) not reachable: %s\n", ping->host, problem);
      end (ping);
      return;
    }

  ping->options.probe.address = *address;
  ping->options.probe.port = port;
  ping->probe = pc_probe_new (ping->pc, &ping->options.probe, on_result, ping);
  if (pc_is_host_name (ping->host) && !pc_parse_ip4 (ping->host, &(guint32){ 0 }))
    pc_print (ping->pc, "%s resolved to %s\n", ping->host, pc_text_ip (address));
  on_timer (ping);
}

void
pc_cmd_ping (Pc *pc, PcArguments *arguments)
{
  PcPingOptions options;
  Ping *ping;

  if (!pc_ping_read_options (pc, arguments, &options))
    return;

  ping = g_new0 (Ping, 1);
  ping->pc = pc;
  ping->options = options;
  ping->host = g_strdup (options.host);
  device_timer_init (&ping->timer, on_timer, ping);
  pc_console_begin_job (pc->console, end, ping);
  ping->target = pc_target_find (pc, options.port, ping->host, on_target, ping);
}
