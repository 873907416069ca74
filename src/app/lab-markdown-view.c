/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A view of Markdown: a text view that cannot be edited, with links that can be followed. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-markdown.h"

static gboolean
iter_at (GtkTextView *view, double x, double y, GtkTextIter *iter)
{
  int buffer_x;
  int buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x,
                                         &buffer_y);

  return gtk_text_view_get_iter_at_location (view, iter, buffer_x, buffer_y);
}

/* Follows a link, or unfolds. FALSE: there is neither. */
static gboolean
activate (GtkTextView *view, const GtkTextIter *iter)
{
  const char *address = lab_markdown_get_link (iter);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));

  if (address != NULL)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, address, GDK_CURRENT_TIME);
  else if (lab_markdown_is_fold (iter))
    lab_markdown_toggle_fold (gtk_text_view_get_buffer (view), iter);
  else
    return FALSE;

  return TRUE;
}

static void
released_cb (GtkGestureClick *click, int n_press, double x, double y, GtkTextView *view)
{
  GtkTextIter iter;

  if (!gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (view)) &&
      iter_at (view, x, y, &iter))
    activate (view, &iter);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, GtkTextView *view)
{
  GtkTextIter iter;
  gboolean active = iter_at (view, x, y, &iter) &&
                    (lab_markdown_get_link (&iter) != NULL || lab_markdown_is_fold (&iter));

  gtk_widget_set_cursor_from_name (GTK_WIDGET (view), active ? "pointer" : "text");
}

/* Enter does it where the cursor is. */
static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter iter;

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));

  return activate (view, &iter);
}

GtkWidget *
lab_markdown_view_new (void)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "lab-markdown");
  g_signal_connect (click, "released", G_CALLBACK (released_cb), view);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), view);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), view);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (view, motion);
  gtk_widget_add_controller (view, keys);

  return view;
}

void
lab_markdown_view_set (GtkWidget *view, const char *markdown)
{
  lab_markdown_fill (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), markdown);
}
