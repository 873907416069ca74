/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of VLANs. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-error-private.h"
#include "lab-vlan.h"

/* Steps over one number 1..4094. */
static gboolean
parse_vlan (const char **text, guint *vlan)
{
  const char *p = *text;

  for (*vlan = 0; g_ascii_isdigit (*p) && *vlan <= LAB_MAX_VLAN; p++)
    *vlan = *vlan * 10 + (guint) (*p - '0');
  if (p == *text || *vlan < 1 || *vlan > LAB_MAX_VLAN)
    return FALSE;
  *text = p;

  return TRUE;
}

static gboolean
fail (const char *text, GError **error)
{
  g_autofree char *shown = lab_text_shorten (text);

  g_set_error (error, LAB_ERROR, LAB_ERROR_INVALID,
               _ ("“%s” is no list of VLANs; write numbers from 1 to %d and ranges with commas "
                  "between, like 1,10,20-29."),
               shown, LAB_MAX_VLAN);

  return FALSE;
}

gboolean
lab_vlan_list_parse (const char *text, guint8 bitmap[512], GError **error)
{
  const char *p = text;
  guint8 unused[512];
  guint8 *bits = bitmap != NULL ? bitmap : unused;

  memset (bits, 0, 512);
  for (;;)
    {
      guint first;
      guint last;

      if (!parse_vlan (&p, &first))
        return fail (text, error);
      last = first;
      if (*p == '-')
        {
          p++;
          if (!parse_vlan (&p, &last) || last < first)
            return fail (text, error);
        }
      for (guint vlan = first; vlan <= last; vlan++)
        bits[vlan / 8] |= (guint8) (1u << (vlan % 8));
      if (*p == '\0')
        return TRUE;
      if (*p != ',')
        return fail (text, error);
      p++;
    }
}
