/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tooltips of the canvas. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-impair.h"
#include "lab-rate-text.h"
#include "lab-tip-text.h"

/* A device with more cables than this names the first ones. */
#define MAX_LINKS 8

static void
add_line (GString *text, const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* "e0/0 – R2 e0/1", seen from @node. */
static void
add_peer (GString *text, LabNode *node, LabLink *link)
{
  const char *name = lab_node_get_name (node);
  guint near = g_str_equal (lab_link_get_node_name (link, 0), name) ? 0 : 1;
  g_autofree char *line = NULL;

  line =
      g_strdup_printf (lab_link_get_plugged (link) ? "%s – %s %s" : _ ("%s – %s %s, unplugged"),
                       lab_link_get_port_name (link, near), lab_link_get_node_name (link, 1 - near),
                       lab_link_get_port_name (link, 1 - near));
  add_line (text, line);
}

static void
tell_node (GString *text, LabSceneNode *record)
{
  LabNode *node = record->item.object;
  guint n = record->links->len;

  add_line (text, lab_node_get_name (node));
  add_line (text, lab_run_state_get_label (lab_node_get_run_state (node)));
  add_line (text, lab_node_get_run_message (node));
  if (lab_node_get_restart_needed (node))
    add_line (text, _ ("Changed: takes effect at the next start"));
  for (guint i = 0; i < MIN (n, MAX_LINKS); i++)
    add_peer (text, node, ((LabSceneItem *) g_ptr_array_index (record->links, i))->object);
  if (n > MAX_LINKS)
    {
      g_autofree char *more = g_strdup_printf (
          ngettext ("and %u more cable", "and %u more cables", n - MAX_LINKS), n - MAX_LINKS);

      add_line (text, more);
    }
}

static void
add_line_state (GString *text, LabLink *link, guint end, LabLineState state)
{
  g_autofree char *line = NULL;

  if (state == LAB_LINE_UNKNOWN)
    return;
  /* Translators: a port and its line; "R1 e0/0: line up" */
  line = g_strdup_printf (state == LAB_LINE_UP ? _ ("%s %s: line up") : _ ("%s %s: line down"),
                          lab_link_get_node_name (link, end), lab_link_get_port_name (link, end));
  add_line (text, line);
}

static void
tell_link (GString *text, LabSceneLink *record)
{
  LabLink *link = record->item.object;
  g_autofree char *title = lab_link_dup_title (link);
  g_autofree char *rate = NULL;
  g_autofree char *impairments = NULL;
  LabPoint direction;
  LabLinkRun run;

  add_line (text, title);
  if (!lab_link_get_plugged (link))
    add_line (text, _ ("Unplugged"));
  lab_link_get_run (link, &run);
  for (guint end = 0; end < 2; end++)
    add_line_state (text, link, end, run.line[end]);
  impairments = lab_link_describe_impairments (link);
  add_line (text, impairments);
  if (run.captured)
    add_line (text, _ ("Captured"));
  lab_link_geometry_get_point (&record->geometry, record->geometry.length / 2, &direction);
  rate = lab_rate_format_link (&run, direction);
  add_line (text, rate);
}

char *
lab_tip_text (LabSceneItem *item)
{
  GString *text;

  if (item->kind == LAB_SCENE_DRAWING)
    return NULL;
  text = g_string_new (NULL);
  if (item->kind == LAB_SCENE_NODE)
    tell_node (text, (LabSceneNode *) item);
  else
    tell_link (text, (LabSceneLink *) item);

  return g_string_free (text, FALSE);
}
