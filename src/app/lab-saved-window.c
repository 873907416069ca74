/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window with a saved configuration, or two beside each other. Both sides have the same lines in
 * the same places: where one side has none there is an empty one, and one scroller moves both. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-saved-window.h"
#include "lab-text-diff.h"

#define TINT 0.22f

struct _LabSavedWindow
{
  AdwWindow parent_instance;

  GtkWidget *title;
  GtkWidget *sides;
};

G_DEFINE_FINAL_TYPE (LabSavedWindow, lab_saved_window, ADW_TYPE_WINDOW)

static void
lab_saved_window_class_init (LabSavedWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

static void
lab_saved_window_init (LabSavedWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->title = adw_window_title_new ("", "");
  self->sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 1);
  gtk_box_set_homogeneous (GTK_BOX (self->sides), TRUE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), self->title);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->sides);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static LabSavedWindow *
window_new (GtkWidget *parent, const char *title, const char *subtitle, int width)
{
  LabSavedWindow *self = g_object_new (LAB_TYPE_SAVED_WINDOW, "title", title, "destroy-with-parent",
                                       TRUE, "default-width", width, "default-height", 640, NULL);
  GtkRoot *root = gtk_widget_get_root (parent);

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  return self;
}

static void
add_tag (GtkTextBuffer *buffer, GtkWidget *widget, const char *name, const char *colour_name)
{
  GdkRGBA colour = { 0.5f, 0.5f, 0.5f, 1.0f };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), colour_name, &colour);
  colour.alpha = TINT;
  gtk_text_buffer_create_tag (buffer, name, "paragraph-background-rgba", &colour, NULL);
}

static GtkTextBuffer *
add_side (LabSavedWindow *self, const char *name)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (self->sides), view);
  add_tag (buffer, view, "removed", "error_color");
  add_tag (buffer, view, "added", "success_color");
  gtk_text_buffer_create_tag (buffer, "name", "weight", PANGO_WEIGHT_BOLD, NULL);
  return buffer;
}

static void
append (GtkTextBuffer *buffer, const char *text, const char *tag)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &end, text, -1, tag, NULL);
}

static void
append_line (GtkTextBuffer *buffer, const LabTextDiffLine *line)
{
  static const char *const marks[] = { "  ", "− ", "+ " };
  static const char *const tags[] = { NULL, "removed", "added" };
  g_autofree char *valid = g_utf8_make_valid (line->text, (gssize) line->length);
  g_autofree char *text = g_strconcat (marks[line->kind], valid, "\n", NULL);

  append (buffer, text, tags[line->kind]);
}

static void
put_to_begin (GtkTextBuffer *buffer)
{
  GtkTextIter begin;

  gtk_text_buffer_get_start_iter (buffer, &begin);
  gtk_text_buffer_place_cursor (buffer, &begin);
}

void
lab_saved_window_show (GtkWidget *parent, const char *title, const char *subtitle, GBytes *text)
{
  LabSavedWindow *self = window_new (parent, title, subtitle, 640);
  GtkTextBuffer *buffer = add_side (self, subtitle);
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  g_autofree char *valid = g_utf8_make_valid (data != NULL ? data : "", (gssize) length);

  gtk_text_buffer_set_text (buffer, valid, -1);
  put_to_begin (buffer);
  gtk_window_present (GTK_WINDOW (self));
}

/* A run of removed lines and the added ones after it stand beside each other. */
static guint
append_change (GArray *lines, guint from, GtkTextBuffer *left, GtkTextBuffer *right)
{
  guint removed = from;
  guint added;
  guint end;

  while (removed < lines->len &&
         g_array_index (lines, LabTextDiffLine, removed).kind == LAB_TEXT_DIFF_REMOVED)
    removed++;
  for (end = removed;
       end < lines->len && g_array_index (lines, LabTextDiffLine, end).kind == LAB_TEXT_DIFF_ADDED;)
    end++;
  added = end - removed;
  removed -= from;
  for (guint i = 0; i < MAX (removed, added); i++)
    {
      if (i < removed)
        append_line (left, &g_array_index (lines, LabTextDiffLine, from + i));
      else
        append (left, "\n", NULL);
      if (i < added)
        append_line (right, &g_array_index (lines, LabTextDiffLine, from + removed + i));
      else
        append (right, "\n", NULL);
    }
  return end;
}

static void
append_lines (GArray *lines, GtkTextBuffer *left, GtkTextBuffer *right)
{
  for (guint i = 0; i < lines->len;)
    {
      const LabTextDiffLine *line = &g_array_index (lines, LabTextDiffLine, i);

      if (line->kind != LAB_TEXT_DIFF_SAME)
        {
          i = append_change (lines, i, left, right);
          continue;
        }
      append_line (left, line);
      append_line (right, line);
      i++;
    }
}

static void
append_name (GtkTextBuffer *buffer, const char *name)
{
  g_autofree char *line = g_strconcat (name, "\n\n", NULL);

  append (buffer, line, "name");
}

void
lab_saved_window_compare (GtkWidget *parent,
                          const char *title,
                          const char *a_name,
                          GBytes *a,
                          const char *b_name,
                          GBytes *b)
{
  gsize a_length;
  gsize b_length;
  const char *a_text = g_bytes_get_data (a, &a_length);
  const char *b_text = g_bytes_get_data (b, &b_length);
  gboolean same = g_bytes_equal (a, b);
  LabSavedWindow *self =
      window_new (parent, title, same ? _ ("No differences") : _ ("Differences"), 960);
  GtkTextBuffer *left = add_side (self, a_name);
  GtkTextBuffer *right = add_side (self, b_name);
  g_autoptr (GArray) lines = lab_text_diff (a_text, a_length, b_text, b_length);

  append_name (left, a_name);
  append_name (right, b_name);
  append_lines (lines, left, right);
  put_to_begin (left);
  put_to_begin (right);
  gtk_window_present (GTK_WINDOW (self));
}
