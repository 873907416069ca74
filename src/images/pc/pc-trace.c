/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `trace`: three probes with a time to live of 1, three with 2, and so on; each router on the way
 * sends one back as expired. It ends when the target answers, in whatever way. */

#include "config.h"

#include <string.h>

#include "pc-console.h"
#include "pc-parse.h"
#include "pc-ping.h"
#include "pc-target.h"
#include "pc-text.h"

#define PROBES       3
#define DEFAULT_HOPS 8
#define MAX_HOPS     64
#define MAX_MS       60000
#define FIRST_PORT   33434
#define TCP_PORT     80
#define PROBE_SIZE   64

typedef struct
{
  Pc *pc;
  char *host;
  PcPort *port;
  guint protocol;
  guint max_hops;
  guint timeout; /* ms */
  PcTarget *target;
  PcProbe *probe;
  DeviceTimer timer;
  guint hop;
  guint nth;
  guint sequence;
  gboolean reached;
  ip_addr_t shown; /* the address that stands on the line */
  gboolean is_shown;
} Trace;

static void
end (gpointer job)
{
  Trace *trace = job;
  Pc *pc = trace->pc;

  device_timer_clear (&trace->timer);
  g_clear_pointer (&trace->target, pc_target_cancel);
  g_clear_pointer (&trace->probe, pc_probe_free);
  g_free (trace->host);
  g_free (trace);
  pc_print (pc, "\n");
  pc_console_end_job (pc->console);
}

static gboolean
is_expired (const PcProbeResult *result)
{
  return result->outcome == PC_PROBE_ERROR && result->type == (IP_IS_V6 (&result->from) ? 3 : 11);
}

static void
show_answer (Trace *trace, const PcProbeResult *result)
{
  if (result->outcome == PC_PROBE_TIMEOUT || result->outcome == PC_PROBE_NOT_SENT)
    {
      pc_print (trace->pc, "  *");
      return;
    }
  if (!trace->is_shown || !ip_addr_cmp (&trace->shown, &result->from))
    pc_print (trace->pc, " %s%s", is_expired (result) ? "" : "*", pc_text_ip (&result->from));
  trace->shown = result->from;
  trace->is_shown = TRUE;
  pc_print (trace->pc, "  %.3f ms", (double) result->time / G_TIME_SPAN_MILLISECOND);
}

/* Called inside lwIP: what follows is left to the timer. */
static void
on_result (gpointer data, const PcProbeResult *result)
{
  Trace *trace = data;

  show_answer (trace, result);
  if (result->outcome == PC_PROBE_REPLY || result->outcome == PC_PROBE_RESET ||
      (result->outcome == PC_PROBE_ERROR && !is_expired (result)))
    trace->reached = TRUE;

  if (++trace->nth == PROBES)
    {
      if (result->outcome == PC_PROBE_ERROR && !is_expired (result))
        pc_print (trace->pc, " (ICMP type:%u, code:%u, %s)", result->type, result->code,
                  result->meaning);
      pc_print (trace->pc, "\n");
    }
  device_timer_set_after (&trace->timer, 0);
}

static void
on_timer (gpointer data)
{
  Trace *trace = data;
  PcProbeSettings *settings = pc_probe_get_settings (trace->probe);

  if (trace->nth == PROBES)
    {
      if (trace->reached || trace->hop == trace->max_hops)
        {
          end (trace);
          return;
        }
      trace->nth = 0;
    }
  if (trace->nth == 0)
    {
      trace->is_shown = FALSE;
      pc_print (trace->pc, "%2u  ", ++trace->hop);
    }

  settings->ttl = trace->hop;
  if (trace->protocol == PC_PROBE_UDP)
    settings->target_port = FIRST_PORT + trace->sequence;
  pc_probe_send (trace->probe, ++trace->sequence);
}

static void
on_target (gpointer data, const ip_addr_t *address, PcPort *port, const char *problem)
{
  Trace *trace = data;
  PcProbeSettings settings = {
    .protocol = trace->protocol,
    .size = PROBE_SIZE,
    .target_port = TCP_PORT,
    .connect_only = TRUE,
    .port = port,
    .timeout = trace->timeout * G_TIME_SPAN_MILLISECOND,
  };

  trace->target = NULL;
  if (address == NULL)
    {
      pc_print (trace->pc, "host (%s) not reachable: %s\n", trace->host, problem);
      end (trace);
      return;
    }

  settings.address = *address;
  trace->probe = pc_probe_new (trace->pc, &settings, on_result, trace);
  pc_print (trace->pc, "trace to %s, %u hops max, press Ctrl+C to stop\n", pc_text_ip (address),
            trace->max_hops);
  on_timer (trace);
}

static gboolean
read_options (Pc *pc, PcArguments *arguments, Trace *trace)
{
  for (guint i = 0; i < arguments->count; i++)
    {
      const char *word = arguments->words[i];
      const char *value = arguments->words[i + 1] != NULL ? arguments->words[i + 1] : "";

      if (word[0] != '-' && trace->host == NULL)
        {
          trace->host = g_strdup (word);
          continue;
        }
      i++;
      if (strcmp (word, "-m") == 0 && pc_parse_number (value, 1, MAX_HOPS, &trace->max_hops))
        continue;
      if (strcmp (word, "-w") == 0 && pc_parse_number (value, 1, MAX_MS, &trace->timeout))
        continue;
      if (strcmp (word, "-P") == 0 && pc_parse_number (value, 1, 17, &trace->protocol) &&
          (trace->protocol == 1 || trace->protocol == 6 || trace->protocol == 17))
        continue;
      return FALSE;
    }
  return trace->host != NULL;
}

void
pc_cmd_trace (Pc *pc, PcArguments *arguments)
{
  Trace *trace;
  gboolean given;
  PcPort *port;

  if (!pc_take_port (pc, arguments, &port, &given))
    return;

  trace = g_new0 (Trace, 1);
  trace->pc = pc;
  trace->port = given ? port : NULL;
  trace->protocol = PC_PROBE_UDP;
  trace->max_hops = DEFAULT_HOPS;
  trace->timeout = 1000;
  device_timer_init (&trace->timer, on_timer, trace);
  if (!read_options (pc, arguments, trace))
    {
      pc_complain_usage (pc, "trace");
      g_free (trace->host);
      g_free (trace);
      return;
    }
  pc_console_begin_job (pc->console, end, trace);
  trace->target = pc_target_find (pc, trace->port, trace->host, on_target, trace);
}
