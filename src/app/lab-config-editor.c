/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Editing a configuration, or the notes.
 *
 * The document changes only when the user pauses, so there are two texts for a moment: `shown`,
 * what the document has, and the buffer. A change of the document by somebody else (undo) is taken
 * into the buffer; the echo of our own is not, so the cursor stays. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "lab-config-editor.h"

#define PAUSE_MS 1500

struct _LabConfigEditor
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *view;
  GtkSourceBuffer *buffer;
  char *shown;
  gboolean updating;
  guint pause_id;
};

enum
{
  PROP_LANGUAGE = 1,
  N_PROPERTIES
};

enum
{
  EDITED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabConfigEditor, lab_config_editor, GTK_TYPE_WIDGET)

char *
lab_config_editor_dup_text (LabConfigEditor *self)
{
  GtkTextIter start;
  GtkTextIter end;

  g_return_val_if_fail (LAB_IS_CONFIG_EDITOR (self), NULL);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);

  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

/* The last line's end is not text for people: the document has it, the buffer does not. */
static char *
without_last_newline (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  return g_strndup (text != NULL ? text : "",
                    length > 0 && text[length - 1] == '\n' ? length - 1 : length);
}

void
lab_config_editor_commit (LabConfigEditor *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (LAB_IS_CONFIG_EDITOR (self));

  if (self->pause_id == 0)
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  text = lab_config_editor_dup_text (self);
  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text);
  g_signal_emit (self, signals[EDITED], 0, text);
}

static gboolean
pause_cb (gpointer user_data)
{
  LabConfigEditor *self = user_data;

  lab_config_editor_commit (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (LabConfigEditor *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static gboolean
key_pressed_cb (LabConfigEditor *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if ((state & GDK_CONTROL_MASK) == 0 || root == NULL)
    return FALSE;
  if (keyval == GDK_KEY_Tab)
    return gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
  if (keyval == GDK_KEY_ISO_Left_Tab)
    return gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_BACKWARD);

  return FALSE;
}

static void
follow_style (LabConfigEditor *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  const char *name = adw_style_manager_get_dark (manager) ? "Adwaita-dark" : "Adwaita";
  GtkSourceStyleScheme *scheme = gtk_source_style_scheme_manager_get_scheme (
      gtk_source_style_scheme_manager_get_default (), name);

  gtk_source_buffer_set_style_scheme (self->buffer, scheme);
}

static void
set_language (LabConfigEditor *self, const char *id)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();
  gboolean prose = g_strcmp0 (id, "markdown") == 0;

  gtk_source_buffer_set_language (
      self->buffer, id != NULL ? gtk_source_language_manager_get_language (manager, id) : NULL);
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (self->view), !prose);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view),
                               prose ? GTK_WRAP_WORD_CHAR : GTK_WRAP_NONE);
}

static void
lab_config_editor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LANGUAGE)
    set_language (LAB_CONFIG_EDITOR (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lab_config_editor_dispose (GObject *object)
{
  LabConfigEditor *self = LAB_CONFIG_EDITOR (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (lab_config_editor_parent_class)->dispose (object);
}

static void
lab_config_editor_class_init (LabConfigEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = lab_config_editor_set_property;
  object_class->dispose = lab_config_editor_dispose;

  properties[PROP_LANGUAGE] =
      g_param_spec_string ("language", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * LabConfigEditor::edited:
   * @text: all of it
   *
   * The user changed the text and paused, or left it.
   */
  signals[EDITED] = g_signal_new ("edited", LAB_TYPE_CONFIG_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "labconfigeditor");
  /* A name is for those who have a role: that of the group is also the one of the text in it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lab_config_editor_init (LabConfigEditor *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->shown = g_strdup ("");
  self->buffer = gtk_source_buffer_new (NULL);
  self->view = gtk_source_view_new_with_buffer (self->buffer);
  self->scroller = gtk_scrolled_window_new ();
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->view), TRUE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->view), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->view), 6);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->view), 6);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self, NULL, -1);
  gtk_source_buffer_set_highlight_matching_brackets (self->buffer, FALSE);
  set_language (self, NULL);
  follow_style (self);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (changed_cb), self);

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (lab_config_editor_commit), self);
  gtk_widget_add_controller (self->view, focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->view, keys);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (follow_style), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lab_config_editor_new (void)
{
  return g_object_new (LAB_TYPE_CONFIG_EDITOR, NULL);
}

static int
cursor_offset (LabConfigEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));

  return gtk_text_iter_get_offset (&iter);
}

void
lab_config_editor_set_text (LabConfigEditor *self, const char *text)
{
  g_autofree char *wanted = NULL;
  g_autofree char *known = NULL;
  g_autofree char *now = NULL;
  GtkTextIter iter;
  int offset;

  g_return_if_fail (LAB_IS_CONFIG_EDITOR (self));

  wanted = without_last_newline (text);
  known = without_last_newline (self->shown);
  if (g_strcmp0 (wanted, known) == 0)
    return;
  now = lab_config_editor_dup_text (self);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_free (self->shown);
  self->shown = g_strdup (wanted);
  if (g_strcmp0 (now, wanted) == 0)
    return;
  offset = cursor_offset (self);
  self->updating = TRUE;
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), wanted, -1);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter, offset);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &iter);
  self->updating = FALSE;
}

void
lab_config_editor_focus (LabConfigEditor *self)
{
  g_return_if_fail (LAB_IS_CONFIG_EDITOR (self));

  gtk_widget_grab_focus (self->view);
}

void
lab_config_editor_go_to (LabConfigEditor *self, guint line)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter iter;

  g_return_if_fail (LAB_IS_CONFIG_EDITOR (self));

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line > 0 ? (int) line - 1 : 0);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer),
                                0.1, FALSE, 0, 0);
}
