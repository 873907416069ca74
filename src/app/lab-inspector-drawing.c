/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector's page for a drawing: a note, a rectangle, an ellipse, a line, a picture. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-colour-row.h"
#include "lab-config-editor.h"
#include "lab-inspector-pages.h"
#include "lab-look.h"
#include "lab-panel-edit.h"
#include "lab-spin-row.h"

static const char *const dash_names[] = { "solid", "dash", "dot" };
/* A bit for each end that has one. */
static const char *const arrow_names[] = { "none", "start", "end", "both" };

#define DEFAULT_FONT "Sans 11"

struct _LabInspectorDrawing
{
  AdwBin parent_instance;

  GtkWidget *text_group;
  GtkWidget *text;
  GtkWidget *font_row;
  GtkWidget *font;
  GtkWidget *look_group;
  GtkWidget *fill;
  GtkWidget *stroke;
  GtkWidget *stroke_width;
  GtkWidget *dash;
  GtkWidget *arrows;
  GtkWidget *radius;
  GtkWidget *rotation;
  GtkWidget *layer;
  GtkWidget *locked;

  LabSession *session;
  LabDrawing *drawing; /* (nullable) */
  GSignalGroup *signals;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (LabInspectorDrawing, lab_inspector_drawing, ADW_TYPE_BIN)

static const char *
kind_title (LabDrawingKind kind)
{
  switch (kind)
    {
    case LAB_DRAWING_TEXT:
      return _ ("Note");
    case LAB_DRAWING_RECTANGLE:
      return _ ("Rectangle");
    case LAB_DRAWING_ELLIPSE:
      return _ ("Ellipse");
    case LAB_DRAWING_LINE:
      return _ ("Line");
    case LAB_DRAWING_PICTURE:
    default:
      return _ ("Picture");
    }
}

/* A drawing of each kind has what can be seen of it. */
static void
show_kind (LabInspectorDrawing *self)
{
  LabDrawingKind kind = lab_drawing_get_kind (self->drawing);
  gboolean is_text = kind == LAB_DRAWING_TEXT;
  gboolean is_picture = kind == LAB_DRAWING_PICTURE;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->look_group), kind_title (kind));
  gtk_widget_set_visible (self->text_group, is_text);
  gtk_widget_set_visible (self->font_row, is_text);
  gtk_widget_set_visible (self->fill, kind != LAB_DRAWING_LINE && !is_picture);
  gtk_widget_set_visible (self->stroke, !is_picture && !is_text);
  gtk_widget_set_visible (self->stroke_width, !is_picture && !is_text);
  gtk_widget_set_visible (self->dash, !is_picture && !is_text);
  gtk_widget_set_visible (self->arrows, kind == LAB_DRAWING_LINE);
  gtk_widget_set_visible (self->radius, kind == LAB_DRAWING_RECTANGLE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fill),
                                 is_text ? _ ("Text Colour") : _ ("Fill Colour"));
}

static guint
dash_position (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (dash_names); i++)
    if (g_strcmp0 (dash_names[i], name) == 0)
      return i;

  return 0;
}

static guint
arrow_position (LabDrawing *drawing)
{
  return (lab_drawing_get_arrow (drawing, 0) ? 1 : 0) +
         (lab_drawing_get_arrow (drawing, 1) ? 2 : 0);
}

/* As it is drawn: what the drawing does not say is the default. (transfer full) */
static char *
describe_font (const char *font)
{
  PangoFontDescription *description =
      pango_font_description_from_string (font != NULL ? font : DEFAULT_FONT);
  char *text;

  if (pango_font_description_get_family (description) == NULL)
    pango_font_description_set_family (description, "Sans");
  text = pango_font_description_to_string (description);
  pango_font_description_free (description);

  return text;
}

/* Words are drawn in the colour that fills them, else in that of their line. */
static const char *
get_fill (LabDrawing *drawing)
{
  const char *fill = lab_drawing_get_fill (drawing);

  return fill == NULL && lab_drawing_get_kind (drawing) == LAB_DRAWING_TEXT
             ? lab_drawing_get_stroke (drawing)
             : fill;
}

static void
update (LabInspectorDrawing *self)
{
  g_autofree char *font = describe_font (lab_drawing_get_font (self->drawing));

  self->updating = TRUE;
  show_kind (self);
  lab_config_editor_set_text (LAB_CONFIG_EDITOR (self->text), lab_drawing_get_text (self->drawing));
  gtk_font_chooser_set_font (GTK_FONT_CHOOSER (self->font), font);
  lab_colour_row_set_colour (LAB_COLOUR_ROW (self->fill), get_fill (self->drawing));
  lab_colour_row_set_colour (LAB_COLOUR_ROW (self->stroke), lab_drawing_get_stroke (self->drawing));
  lab_spin_row_set_value (LAB_SPIN_ROW (self->stroke_width),
                          lab_drawing_get_stroke_width (self->drawing));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->dash),
                              dash_position (lab_drawing_get_dash (self->drawing)));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->arrows), arrow_position (self->drawing));
  lab_spin_row_set_value (LAB_SPIN_ROW (self->radius), lab_drawing_get_radius (self->drawing));
  lab_spin_row_set_value (LAB_SPIN_ROW (self->rotation), lab_drawing_get_rotation (self->drawing));
  lab_spin_row_set_value (LAB_SPIN_ROW (self->layer), lab_drawing_get_layer (self->drawing));
  gtk_switch_set_active (GTK_SWITCH (self->locked), lab_drawing_get_locked (self->drawing));
  self->updating = FALSE;
}

static void
set (LabInspectorDrawing *self, const char *key, JsonNode *value)
{
  if (self->drawing != NULL && !self->updating)
    lab_panel_set_drawing (self->session, self->drawing, key, value);
  else
    g_clear_pointer (&value, json_node_unref);
}

static void
text_cb (LabInspectorDrawing *self, const char *text)
{
  set (self, "text", lab_panel_string (text));
}

static void
font_cb (LabInspectorDrawing *self)
{
  g_autofree char *font = gtk_font_chooser_get_font (GTK_FONT_CHOOSER (self->font));

  set (self, "font", lab_panel_string (font));
}

static void
fill_cb (LabInspectorDrawing *self, const char *colour)
{
  gboolean by_stroke = colour == NULL && self->drawing != NULL &&
                       lab_drawing_get_fill (self->drawing) == NULL &&
                       lab_drawing_get_kind (self->drawing) == LAB_DRAWING_TEXT;

  set (self, by_stroke ? "stroke" : "fill", lab_panel_string (colour));
}

static void
stroke_cb (LabInspectorDrawing *self, const char *colour)
{
  set (self, "stroke", lab_panel_string (colour));
}

static void
stroke_width_cb (LabInspectorDrawing *self, double value)
{
  set (self, "stroke-width", lab_panel_double (value));
}

static void
dash_cb (LabInspectorDrawing *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->dash));

  if (selected < G_N_ELEMENTS (dash_names))
    set (self, "dash", lab_panel_string (selected > 0 ? dash_names[selected] : NULL));
}

static void
arrows_cb (LabInspectorDrawing *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->arrows));

  if (selected < G_N_ELEMENTS (arrow_names))
    set (self, "arrows", lab_panel_string (selected > 0 ? arrow_names[selected] : NULL));
}

static void
radius_cb (LabInspectorDrawing *self, double value)
{
  set (self, "radius", lab_panel_double (value));
}

static void
rotation_cb (LabInspectorDrawing *self, double value)
{
  set (self, "rotation", lab_panel_double (value));
}

static void
layer_cb (LabInspectorDrawing *self, double value)
{
  set (self, "layer", lab_panel_int ((gint64) value));
}

static void
locked_cb (LabInspectorDrawing *self)
{
  gboolean locked = gtk_switch_get_active (GTK_SWITCH (self->locked));

  set (self, "locked", locked ? lab_panel_boolean (TRUE) : NULL);
}

static void
delete_drawing (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabInspectorDrawing *self = LAB_INSPECTOR_DRAWING (widget);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (self->drawing == NULL)
    return;
  g_ptr_array_add (items, self->drawing);
  lab_session_delete (self->session, items);
}

static void
lab_inspector_drawing_dispose (GObject *object)
{
  LabInspectorDrawing *self = LAB_INSPECTOR_DRAWING (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->drawing);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_inspector_drawing_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, text_group);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, text);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, font_row);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, font);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, look_group);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, fill);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, stroke);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, stroke_width);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, dash);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, arrows);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, radius);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, rotation);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, layer);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorDrawing, locked);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, font_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_cb);
  gtk_widget_class_bind_template_callback (widget_class, stroke_cb);
  gtk_widget_class_bind_template_callback (widget_class, stroke_width_cb);
  gtk_widget_class_bind_template_callback (widget_class, dash_cb);
  gtk_widget_class_bind_template_callback (widget_class, arrows_cb);
  gtk_widget_class_bind_template_callback (widget_class, radius_cb);
  gtk_widget_class_bind_template_callback (widget_class, rotation_cb);
  gtk_widget_class_bind_template_callback (widget_class, layer_cb);
  gtk_widget_class_bind_template_callback (widget_class, locked_cb);
}

static void
lab_inspector_drawing_class_init (LabInspectorDrawingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_inspector_drawing_dispose;
  g_type_ensure (LAB_TYPE_COLOUR_ROW);
  g_type_ensure (LAB_TYPE_CONFIG_EDITOR);
  g_type_ensure (LAB_TYPE_SPIN_ROW);
  gtk_widget_class_install_action (widget_class, "drawing.delete", NULL, delete_drawing);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-inspector-drawing.ui");
  bind_template (widget_class);
}

static void
lab_inspector_drawing_init (LabInspectorDrawing *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = FALSE;
  self->signals = g_signal_group_new (LAB_TYPE_DRAWING);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
}

GtkWidget *
lab_inspector_drawing_new (LabSession *session)
{
  LabInspectorDrawing *self = g_object_new (LAB_TYPE_INSPECTOR_DRAWING, NULL);

  self->session = g_object_ref (session);

  return GTK_WIDGET (self);
}

static gboolean
is_there (LabInspectorDrawing *self)
{
  GListModel *drawings = lab_topology_get_drawings (lab_session_get_topology (self->session));
  guint n_drawings = g_list_model_get_n_items (drawings);

  for (guint i = 0; i < n_drawings; i++)
    {
      g_autoptr (LabDrawing) drawing = g_list_model_get_item (drawings, i);

      if (drawing == self->drawing)
        return TRUE;
    }

  return FALSE;
}

void
lab_inspector_drawing_commit (LabInspectorDrawing *self)
{
  g_return_if_fail (LAB_IS_INSPECTOR_DRAWING (self));

  if (self->drawing != NULL && is_there (self))
    lab_config_editor_commit (LAB_CONFIG_EDITOR (self->text));
}

void
lab_inspector_drawing_set_drawing (LabInspectorDrawing *self, LabDrawing *drawing)
{
  g_return_if_fail (LAB_IS_INSPECTOR_DRAWING (self));

  if (self->drawing == drawing)
    return;
  lab_inspector_drawing_commit (self);
  g_set_object (&self->drawing, drawing);
  g_signal_group_set_target (self->signals, drawing);
  if (drawing != NULL)
    update (self);
}
