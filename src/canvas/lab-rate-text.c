/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rates of traffic as text: three digits at most, so that they neither jump about nor make a new
 * text for every bit. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-rate-text.h"

#define SILENT 1.0 /* less than a bit a second */

char *
lab_rate_format (double bits_a_second)
{
  static const char *const units[] = { N_ ("b/s"), N_ ("kb/s"), N_ ("Mb/s"), N_ ("Gb/s"),
                                       N_ ("Tb/s") };
  guint unit = 0;
  double value = MAX (bits_a_second, 0);

  /* What would be rounded up to 1000 gets the next unit. */
  while (value >= 999.5 && unit + 1 < G_N_ELEMENTS (units))
    {
      value /= 1000;
      unit++;
    }

  return g_strdup_printf (unit > 0 && value < 99.95 ? "%.1f %s" : "%.0f %s", value,
                          _ (units[unit]));
}

/* The arrow nearest to where a way leads. */
static const char *
arrow_of (double x, double y)
{
  if (fabs (x) >= fabs (y))
    return x >= 0 ? "→" : "←";

  return y >= 0 ? "↓" : "↑";
}

char *
lab_rate_format_link (const LabLinkRun *run, LabPoint direction)
{
  GString *text = g_string_new (NULL);

  for (guint way = 0; way < 2; way++)
    if (run->bits[way] >= SILENT)
      {
        g_autofree char *rate = lab_rate_format (run->bits[way]);
        double sign = way == 0 ? 1 : -1;

        g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "",
                                arrow_of (sign * direction.x, sign * direction.y), rate);
      }

  return g_string_free (text, text->len == 0);
}
