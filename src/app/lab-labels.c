/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words and icons for states. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-image-guess.h"
#include "lab-labels.h"

const char *
lab_label_node_kind (LabNode *node)
{
  const char *image;

  g_return_val_if_fail (LAB_IS_NODE (node), NULL);

  switch (lab_node_get_kind (node))
    {
    case LAB_NODE_IOU:
      image = lab_node_get_image_name (node);
      if (g_str_equal (image, "labwright-pc") || g_str_equal (image, "labwright-host"))
        return _ ("Host");
      return lab_image_guess (image, 0, 0).is_switch ? _ ("Switch") : _ ("Router");
    case LAB_NODE_SWITCH:
      return _ ("Ethernet switch");
    case LAB_NODE_HUB:
      return _ ("Ethernet hub");
    case LAB_NODE_FRAME_RELAY_SWITCH:
      return _ ("Frame Relay switch");
    case LAB_NODE_NAT:
      return _ ("NAT");
    case LAB_NODE_TUNNEL:
      return _ ("Tunnel");
    case LAB_NODE_TAP:
      return _ ("Host interface");
    case LAB_NODE_PLACEHOLDER:
    default:
      return _ ("Device of another program");
    }
}

const char *
lab_label_node_state (LabNode *node)
{
  g_return_val_if_fail (LAB_IS_NODE (node), NULL);

  if (lab_node_get_restart_needed (node))
    return _ ("Restart needed");

  return lab_run_state_get_label (lab_node_get_run_state (node));
}

const char *
lab_label_node_icon (LabNode *node)
{
  g_return_val_if_fail (LAB_IS_NODE (node), NULL);

  if (lab_node_get_restart_needed (node))
    return "view-refresh-symbolic";
  switch (lab_node_get_run_state (node))
    {
    case LAB_RUN_STARTING:
    case LAB_RUN_BOOTING:
    case LAB_RUN_STOPPING:
      return "lab-state-booting-symbolic";
    case LAB_RUN_READY:
      return "lab-state-ready-symbolic";
    case LAB_RUN_FROZEN:
      return "lab-state-frozen-symbolic";
    case LAB_RUN_CRASHED:
      return "lab-state-crashed-symbolic";
    case LAB_RUN_UNSUPPORTED:
      return "action-unavailable-symbolic";
    case LAB_RUN_BUILTIN:
      return "emblem-ok-symbolic";
    case LAB_RUN_OFF:
    case LAB_RUN_STOPPED:
    default:
      return "lab-state-stopped-symbolic";
    }
}

const char *
lab_label_node_style (LabNode *node)
{
  g_return_val_if_fail (LAB_IS_NODE (node), NULL);

  if (lab_node_get_restart_needed (node))
    return "warning";
  switch (lab_node_get_run_state (node))
    {
    case LAB_RUN_READY:
    case LAB_RUN_BUILTIN:
      return "success";
    case LAB_RUN_STARTING:
    case LAB_RUN_BOOTING:
    case LAB_RUN_STOPPING:
    case LAB_RUN_FROZEN:
      return "warning";
    case LAB_RUN_CRASHED:
    case LAB_RUN_UNSUPPORTED:
      return "error";
    case LAB_RUN_OFF:
    case LAB_RUN_STOPPED:
    default:
      return "dim-label";
    }
}

static LabLineState
line_of (LabLink *link, guint end)
{
  LabLinkRun run;

  lab_link_get_run (link, &run);

  return run.line[end];
}

const char *
lab_label_link_state (LabLink *link, guint end)
{
  g_return_val_if_fail (LAB_IS_LINK (link) && end < 2, NULL);

  if (!lab_link_get_plugged (link))
    return _ ("Unplugged");
  switch (line_of (link, end))
    {
    case LAB_LINE_UP:
      return _ ("Line up");
    case LAB_LINE_DOWN:
      return _ ("Line down");
    case LAB_LINE_UNKNOWN:
    default:
      return _ ("Plugged");
    }
}

const char *
lab_label_link_icon (LabLink *link, guint end)
{
  g_return_val_if_fail (LAB_IS_LINK (link) && end < 2, NULL);

  if (!lab_link_get_plugged (link))
    return "network-wired-disconnected-symbolic";
  switch (line_of (link, end))
    {
    case LAB_LINE_UP:
      return "go-up-symbolic";
    case LAB_LINE_DOWN:
      return "go-down-symbolic";
    case LAB_LINE_UNKNOWN:
    default:
      return "network-wired-symbolic";
    }
}

const char *
lab_label_link_style (LabLink *link, guint end)
{
  g_return_val_if_fail (LAB_IS_LINK (link) && end < 2, NULL);

  if (!lab_link_get_plugged (link))
    return "warning";
  switch (line_of (link, end))
    {
    case LAB_LINE_UP:
      return "success";
    case LAB_LINE_DOWN:
      return "error";
    case LAB_LINE_UNKNOWN:
    default:
      return "dim-label";
    }
}

char *
lab_label_rate (double bits_per_second)
{
  if (bits_per_second < 1e3)
    /* Translators: bits a second */
    return g_strdup_printf (_ ("%.0f bit/s"), bits_per_second);
  if (bits_per_second < 1e6)
    /* Translators: kilobits a second */
    return g_strdup_printf (_ ("%.1f kbit/s"), bits_per_second / 1e3);
  if (bits_per_second < 1e9)
    /* Translators: megabits a second */
    return g_strdup_printf (_ ("%.1f Mbit/s"), bits_per_second / 1e6);

  /* Translators: gigabits a second */
  return g_strdup_printf (_ ("%.1f Gbit/s"), bits_per_second / 1e9);
}

char *
lab_label_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}
