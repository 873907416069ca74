/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Class actions of the canvas that change links and drawings: those that are selected.
 *
 * link.plug, link.unplug, link.toggle-plugged, link.delete, link.reset-labels,
 * link.toggle-port-labels;
 * link.shape, link.colour, link.width, link.dash with a string;
 * drawing.fill, drawing.stroke, drawing.width, drawing.dash, drawing.font, drawing.arrows,
 * drawing.radius with a string; drawing.edit-text;
 * canvas.reset-labels: names of devices and interface labels go back to their own places.
 *
 * The string is what stands in a file; "default" or nothing is as if it had never been set. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-canvas-private.h"
#include "lab-drawing-edits.h"
#include "lab-link-edits.h"
#include "lab-look.h"
#include "lab-note-editor.h"

static GPtrArray *
selected (LabCanvas *self, GType type)
{
  return lab_selection_get_items (lab_stage_get_selection (self->stage), type);
}

static void
apply (LabCanvas *self, LabEdit *edit)
{
  if (edit != NULL)
    lab_stage_apply (self->stage, edit);
}

static void
link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  g_autoptr (GPtrArray) links = selected (self, LAB_TYPE_LINK);

  if (g_str_equal (name, "link.plug"))
    apply (self, lab_links_edit_plug (links, TRUE));
  else if (g_str_equal (name, "link.unplug"))
    apply (self, lab_links_edit_plug (links, FALSE));
  else if (g_str_equal (name, "link.toggle-plugged"))
    apply (self, lab_links_edit_toggle (links));
  else if (g_str_equal (name, "link.delete"))
    apply (self, lab_links_edit_delete (links));
  else if (g_str_equal (name, "link.reset-labels"))
    apply (self, lab_links_edit_reset_labels (links));
  else
    apply (self, lab_links_edit_toggle_labels (links));
}

/* (transfer full) (nullable): the default. FALSE: not what it should be. */
static gboolean
parse_value (const char *text, gboolean number, JsonNode **value)
{
  double parsed;
  char *end;

  *value = NULL;
  if (*text == '\0' || g_str_equal (text, "default"))
    return TRUE;
  if (!number)
    {
      *value = json_node_init_string (json_node_alloc (), text);
      return TRUE;
    }
  parsed = g_ascii_strtod (text, &end);
  if (*end != '\0' || !isfinite (parsed))
    return FALSE;
  *value = parsed == floor (parsed) ? json_node_init_int (json_node_alloc (), (gint64) parsed)
                                    : json_node_init_double (json_node_alloc (), parsed);

  return TRUE;
}

static const struct
{
  const char *action;
  const char *key;
  gboolean number;
} looks[] = {
  { "link.shape", "shape", FALSE },          { "link.colour", "colour", FALSE },
  { "link.width", "width", TRUE },           { "link.dash", "dash", FALSE },
  { "drawing.fill", "fill", FALSE },         { "drawing.stroke", "stroke", FALSE },
  { "drawing.width", "stroke-width", TRUE }, { "drawing.dash", "dash", FALSE },
  { "drawing.font", "font", FALSE },         { "drawing.arrows", "arrows", FALSE },
  { "drawing.radius", "radius", TRUE },
};

static void
look_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  gboolean of_links = g_str_has_prefix (name, "link.");
  g_autoptr (GPtrArray) items = selected (self, of_links ? LAB_TYPE_LINK : LAB_TYPE_DRAWING);
  g_autoptr (JsonNode) value = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_str_equal (looks[i].action, name) &&
        parse_value (g_variant_get_string (parameter, NULL), looks[i].number, &value))
      {
        apply (self, of_links ? lab_links_edit_look (items, looks[i].key, value)
                              : lab_drawings_edit_look (items, looks[i].key, value));
        break;
      }
}

/* The links' own edit, and one for each device whose name was moved. */
static LabEdit *
reset_labels (GPtrArray *nodes, GPtrArray *links)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  LabEdit *of_links = lab_links_edit_reset_labels (links);
  double x;
  double y;

  for (guint i = 0; i < nodes->len; i++)
    if (lab_node_get_label_offset (g_ptr_array_index (nodes, i), &x, &y))
      g_ptr_array_add (edits, lab_edit_new_set_node (
                                  lab_node_get_name (g_ptr_array_index (nodes, i)), "label", NULL));
  if (of_links != NULL)
    g_ptr_array_add (edits, of_links);

  return edits->len > 0 ? lab_edit_new_group (_ ("Reset labels"), edits) : NULL;
}

static void
reset_labels_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  g_autoptr (GPtrArray) nodes = selected (self, LAB_TYPE_NODE);
  g_autoptr (GPtrArray) links = selected (self, LAB_TYPE_LINK);

  apply (self, reset_labels (nodes, links));
}

gboolean
lab_canvas_edit_note (LabCanvas *self, LabDrawing *drawing)
{
  if (lab_drawing_get_kind (drawing) != LAB_DRAWING_TEXT)
    return FALSE;
  lab_canvas_reveal (self, drawing);
  lab_note_editor_open (self->stage, drawing, 0, 0);

  return TRUE;
}

static void
edit_text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabCanvas *self = LAB_CANVAS (widget);
  gpointer single = lab_selection_get_single (lab_stage_get_selection (self->stage));

  if (LAB_IS_DRAWING (single))
    lab_canvas_edit_note (self, single);
}

static const char *const link_actions[] = {
  "link.plug",   "link.unplug",       "link.toggle-plugged",
  "link.delete", "link.reset-labels", "link.toggle-port-labels",
};

void
lab_canvas_install_looks (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (link_actions); i++)
    gtk_widget_class_install_action (widget_class, link_actions[i], NULL, link_action);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_class_install_action (widget_class, looks[i].action, "s", look_action);
  gtk_widget_class_install_action (widget_class, "canvas.reset-labels", NULL, reset_labels_action);
  gtk_widget_class_install_action (widget_class, "drawing.edit-text", NULL, edit_text_action);
}

void
lab_canvas_update_looks (LabCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gpointer single = lab_selection_get_single (lab_stage_get_selection (self->stage));
  g_autoptr (GPtrArray) nodes = selected (self, LAB_TYPE_NODE);
  g_autoptr (GPtrArray) links = selected (self, LAB_TYPE_LINK);
  g_autoptr (GPtrArray) drawings = selected (self, LAB_TYPE_DRAWING);

  for (guint i = 0; i < G_N_ELEMENTS (link_actions); i++)
    gtk_widget_action_set_enabled (widget, link_actions[i], links->len > 0);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_action_set_enabled (widget, looks[i].action,
                                   g_str_has_prefix (looks[i].action, "link.") ? links->len > 0
                                                                               : drawings->len > 0);
  gtk_widget_action_set_enabled (widget, "canvas.reset-labels", nodes->len + links->len > 0);
  gtk_widget_action_set_enabled (widget, "drawing.edit-text",
                                 LAB_IS_DRAWING (single) &&
                                     lab_drawing_get_kind (single) == LAB_DRAWING_TEXT);
}
