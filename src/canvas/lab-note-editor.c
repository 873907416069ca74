/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text of a note, written where it stands. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-drawing-edits.h"
#include "lab-note-editor.h"

#define WIDTH  260
#define HEIGHT 90

typedef struct
{
  GtkWidget *popover; /* ourselves live as long as it does */
  GtkTextBuffer *buffer;
  LabStage *stage;
  LabDrawing *note; /* (nullable): a new one */
  LabPoint at;
  gboolean cancelled;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_object_unref (self->stage);
  g_clear_object (&self->note);
  g_free (self);
}

static void
add_note (Editor *self, const char *text)
{
  g_autoptr (LabDrawing) note =
      lab_drawing_new_plain (LAB_DRAWING_TEXT, self->at.x, self->at.y, 0, 0, text);

  if (note != NULL && lab_stage_apply (self->stage, lab_edit_new_add_drawing (note)))
    lab_selection_set_single (lab_stage_get_selection (self->stage), note);
}

static void
keep (Editor *self)
{
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *text = NULL;
  LabEdit *edit;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = g_strchomp (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
  if (self->note == NULL)
    {
      if (*text != '\0')
        add_note (self, text);
      return;
    }
  /* Somebody may have deleted it meanwhile. */
  if (lab_scene_find (lab_stage_get_scene (self->stage), self->note) == NULL)
    return;
  edit = lab_drawing_edit_text (self->note, text);
  if (edit != NULL)
    lab_stage_apply (self->stage, edit);
}

/* Not within the signal: the popover is still at work. */
static gboolean
unparent_cb (gpointer data)
{
  if (gtk_widget_get_parent (data) != NULL)
    gtk_widget_unparent (data);
  g_object_unref (data);

  return G_SOURCE_REMOVE;
}

static void
closed_cb (Editor *self)
{
  GtkWidget *canvas = lab_stage_get_widget (self->stage);

  if (!self->cancelled)
    keep (self);
  self->cancelled = TRUE;
  if (canvas != NULL)
    gtk_widget_grab_focus (canvas);
  g_idle_add (unparent_cb, g_object_ref (self->popover));
}

static gboolean
key_cb (Editor *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;

  if (keyval == GDK_KEY_Escape)
    self->cancelled = TRUE;
  else if (!enter || (state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));

  return GDK_EVENT_STOP;
}

static void
fill (Editor *self)
{
  const char *text = self->note != NULL ? lab_drawing_get_text (self->note) : NULL;
  GtkTextIter start;
  GtkTextIter end;

  if (text == NULL)
    return;
  gtk_text_buffer_set_text (self->buffer, text,
                            (int) (strlen (text) - g_str_has_suffix (text, "\n")));
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_select_range (self->buffer, &start, &end);
}

static GtkWidget *
make_content (Editor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *hint = gtk_label_new (_ ("Ctrl+Enter keeps the text, Escape does not."));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Text"),
                                  -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (view, keys);
  gtk_widget_add_css_class (window, "frame");
  gtk_widget_set_size_request (window, WIDTH, HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), view);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_box_append (GTK_BOX (box), window);
  gtk_box_append (GTK_BOX (box), hint);

  return box;
}

void
lab_note_editor_open (LabStage *stage, LabDrawing *note, double x, double y)
{
  GtkWidget *canvas = lab_stage_get_widget (stage);
  Editor *self;
  LabPoint at;
  GdkRectangle place = { .width = 1, .height = 1 };

  if (canvas == NULL)
    return;
  self = g_new0 (Editor, 1);
  self->stage = g_object_ref (stage);
  self->note = note != NULL ? g_object_ref (note) : NULL;
  self->at = (LabPoint){ x, y };
  if (note != NULL)
    at = lab_viewport_to_view (lab_stage_get_viewport (stage), lab_drawing_get_x (note),
                               lab_drawing_get_y (note));
  else
    at = lab_viewport_to_view (lab_stage_get_viewport (stage), x, y);
  place.x = (int) at.x;
  place.y = (int) at.y;
  self->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (self->popover), "editor", self, editor_free);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_popover_set_child (GTK_POPOVER (self->popover), make_content (self));
  fill (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Edit Note"), -1);
  gtk_widget_set_parent (self->popover, canvas);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}
