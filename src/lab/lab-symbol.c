/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which symbol a device has. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <string.h>

#include "lab-open-image.h"
#include "lab-symbol.h"

static const char *const names[] = {
  "router", "switch",   "l3-switch", "hub",        "frame-relay-switch", "firewall",
  "host",   "laptop",   "phone",     "server",     "access-point",       "cloud",
  "nat",    "internet", "tap",       "linux-host", LAB_SYMBOL_UNKNOWN,   NULL,
};

/* In the order of the names. */
static const struct
{
  double half_width;
  double half_height;
} sizes[] = {
  { 29, 29 }, { 29, 21 }, { 29, 26 }, { 29, 21 }, { 29, 21 }, { 27, 24 },
  { 28, 27 }, { 29, 23 }, { 29, 29 }, { 20, 29 }, { 28, 27 }, { 30, 23 },
  { 30, 23 }, { 29, 29 }, { 26, 27 }, { 29, 26 }, { 27, 27 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == G_N_ELEMENTS (sizes) + 1);

/* What other programs' labs and people call their symbols. The first that is found counts. Short
 * ones must be a word of the text, others may be anywhere in it. */
static const struct
{
  const char *hint;
  const char *name;
} hints[] = {
  { "frame-relay", "frame-relay-switch" },
  { "frame_relay", "frame-relay-switch" },
  { "multilayer", "l3-switch" },
  { "layer3", "l3-switch" },
  { "l3", "l3-switch" },
  { "switch", "switch" },
  { "firewall", "firewall" },
  { "asa", "firewall" },
  { "access-point", "access-point" },
  { "access_point", "access-point" },
  { "wireless", "access-point" },
  { "wifi", "access-point" },
  { "router", "router" },
  { "laptop", "laptop" },
  { "phone", "phone" },
  { "server", "server" },
  { "computer", "host" },
  { "vpcs", "host" },
  { "linux-host", "linux-host" },
  { "host", "host" },
  { "pc", "host" },
  { "internet", "internet" },
  { "isp", "internet" },
  { "nat", "nat" },
  { "cloud", "cloud" },
  { "hub", "hub" },
  { "tap", "tap" },
};

const char *const *
lab_symbol_names (void)
{
  return names;
}

static int
find_name (const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (int) i;

  return -1;
}

gboolean
lab_symbol_get_size (const char *name, double *half_width, double *half_height)
{
  int place = find_name (name);

  if (place < 0)
    return FALSE;
  *half_width = sizes[place].half_width;
  *half_height = sizes[place].half_height;

  return TRUE;
}

/* Whether @hint is a word of @text, or anywhere in it if it is long enough to mean it. */
static gboolean
hinted (const char *text, const char *hint)
{
  gsize length = strlen (hint);

  for (const char *at = strstr (text, hint); at != NULL; at = strstr (at + 1, hint))
    if (length > 3 || ((at == text || !g_ascii_isalnum (at[-1])) && !g_ascii_isalpha (at[length])))
      return TRUE;

  return FALSE;
}

const char *
lab_symbol_guess (const char *text)
{
  g_autofree char *base = NULL;
  g_autofree char *lower = NULL;
  int place;

  g_return_val_if_fail (text != NULL, NULL);

  place = find_name (text);
  if (place >= 0)
    return names[place];
  base = g_path_get_basename (text);
  lower = g_ascii_strdown (base, -1);
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    if (hinted (lower, hints[i].hint))
      return hints[i].name;

  return NULL;
}

/* An "L2" image is a switch that routes, too. */
static const char *
for_image (const char *image_name)
{
  if (image_name == NULL)
    return "router";
  if (lab_open_image_find (image_name) != NULL)
    return lab_open_image_find (image_name)->symbol;
  if (strstr (image_name, "l2") != NULL || strstr (image_name, "L2") != NULL)
    return "l3-switch";

  return "router";
}

const char *
lab_symbol_for_kind (LabNodeKind kind, const char *image_name)
{
  switch (kind)
    {
    case LAB_NODE_IOU:
      return for_image (image_name);
    case LAB_NODE_SWITCH:
      return "switch";
    case LAB_NODE_HUB:
      return "hub";
    case LAB_NODE_FRAME_RELAY_SWITCH:
      return "frame-relay-switch";
    case LAB_NODE_NAT:
      return "nat";
    case LAB_NODE_TAP:
      return "tap";
    case LAB_NODE_TUNNEL:
      return "cloud";
    case LAB_NODE_PLACEHOLDER:
    default:
      return LAB_SYMBOL_UNKNOWN;
    }
}
