/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counters of a port in words. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-counters-text.h"
#include "lab-labels.h"

/* Translators: why frames were dropped; a number stands before it: "3 impaired" */
static const char *const causes[RELAY_DROP_REASONS] = {
  [RELAY_DROP_UNLINKED] = N_ ("not linked"),
  [RELAY_DROP_UNPLUGGED] = N_ ("unplugged"),
  [RELAY_DROP_PEER_GONE] = N_ ("device not running"),
  [RELAY_DROP_QUEUE] = N_ ("queue full"),
  [RELAY_DROP_INVALID] = N_ ("malformed"),
  [RELAY_DROP_TRUNCATED] = N_ ("too large"),
  [RELAY_DROP_VLAN] = N_ ("wrong VLAN or DLCI"),
  [RELAY_DROP_LOOP] = N_ ("in a loop"),
  [RELAY_DROP_IMPAIRED] = N_ ("impaired"),
};

static char *
describe_drops (const RelayPortCounters *counters)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *number = NULL;
  guint64 sum = 0;

  for (guint i = 0; i < RELAY_DROP_REASONS; i++)
    sum += counters->drops[i];
  number = lab_label_count (sum);
  /* Translators: dropped frames; causes may follow: "3 dropped: 2 impaired, 1 queue full" */
  g_string_append_printf (text, _ ("%s dropped"), number);
  for (guint i = 0, n = 0; i < RELAY_DROP_REASONS; i++)
    if (counters->drops[i] > 0)
      {
        g_autofree char *count = lab_label_count (counters->drops[i]);

        g_string_append_printf (text, "%s%s %s", n++ > 0 ? ", " : ": ", count,
                                causes[i] != NULL ? _ (causes[i]) : "");
      }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
lab_counters_text (const RelayPortCounters *counters)
{
  g_autofree char *frames = lab_label_count (counters->in_frames);
  g_autofree char *bytes = g_format_size_full (counters->in_bytes, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *drops = describe_drops (counters);
  g_autofree char *queue = NULL;

  if (counters->queue > 0)
    {
      g_autofree char *waiting = lab_label_count (counters->queue);

      /* Translators: frames that wait to reach a device */
      queue = g_strdup_printf (_ (", %s waiting"), waiting);
    }

  /* Translators: counters of one end of a link: frames, size, what was dropped, what waits */
  return g_strdup_printf (_ ("%s frames, %s, %s%s"), frames, bytes, drops,
                          queue != NULL ? queue : "");
}
