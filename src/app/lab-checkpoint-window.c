/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window "Checkpoints". While something is under way its buttons wait; the lab's own window
 * does not. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-checkpoint-window.h"
#include "lab-checkpoints.h"
#include "lab-difference-window.h"

struct _LabCheckpointWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *take; /* this and the list are insensitive while something is under way */
  GtkEditable *name;
  GtkStack *stack; /* "none", "list" */
  GtkListBox *list;
  GtkWidget *spinner;

  LabSession *session;
};

G_DEFINE_FINAL_TYPE (LabCheckpointWindow, lab_checkpoint_window, ADW_TYPE_WINDOW)

static void
say (LabCheckpointWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
set_busy (LabCheckpointWindow *self, gboolean busy)
{
  /* Not the entry: one that has the keyboard would complain. */
  gtk_widget_set_sensitive (self->take, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), !busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

/* --- the list --- */

static void load (LabCheckpointWindow *self);

static guint
number_of (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW);

  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "number"));
}

static const char *
name_of (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW);

  return g_object_get_data (G_OBJECT (row), "name");
}

static GtkWidget *
icon_button (const char *icon, const char *label, GCallback callback, LabCheckpointWindow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  return button;
}

static char *
describe (const LabCheckpoint *checkpoint)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (checkpoint->time / G_USEC_PER_SEC);
  /* Translators: a date and a time, see g_date_time_format(). */
  g_autofree char *day = at != NULL ? g_date_time_format (at, _ ("%-d %B %Y, %H:%M:%S")) : NULL;
  g_autofree char *devices =
      g_strdup_printf (ngettext ("%u device had saved something", "%u devices had saved something",
                                 checkpoint->n_devices),
                       checkpoint->n_devices);

  return g_strdup_printf ("%s – %s", day != NULL ? day : "?", devices);
}

static void restore_cb (GtkButton *button, LabCheckpointWindow *self);
static void compare_cb (GtkButton *button, LabCheckpointWindow *self);
static void rename_cb (GtkButton *button, LabCheckpointWindow *self);
static void remove_cb (GtkButton *button, LabCheckpointWindow *self);

static void
add_row (LabCheckpointWindow *self, const LabCheckpoint *checkpoint)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("_Go Back"));
  g_autofree char *text = describe (checkpoint);
  g_autofree char *escaped = g_markup_escape_text (checkpoint->name, -1);
  g_autofree char *back_label = g_strdup_printf (_ ("Go Back to “%s”"), checkpoint->name);

  g_object_set_data (G_OBJECT (row), "number", GUINT_TO_POINTER (checkpoint->number));
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (checkpoint->name), g_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      icon_button ("view-dual-symbolic", _ ("What Would Change"), G_CALLBACK (compare_cb), self));
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      icon_button ("document-edit-symbolic", _ ("Rename"), G_CALLBACK (rename_cb), self));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon_button ("user-trash-symbolic", _ ("Remove"),
                                                                G_CALLBACK (remove_cb), self));
  gtk_widget_set_valign (back, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, back_label,
                                  -1);
  g_signal_connect_object (back, "clicked", G_CALLBACK (restore_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), back);
  gtk_list_box_append (self->list, row);
}

static void
fill (LabCheckpointWindow *self, GPtrArray *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  /* The newest first: that is the one that is looked for. */
  for (guint i = list->len; i > 0; i--)
    add_row (self, list->pdata[i - 1]);
  gtk_stack_set_visible_child_name (self->stack, list->len > 0 ? "list" : "none");
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabCheckpointWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = lab_checkpoints_list_finish (result, &error);

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  if (list != NULL)
    fill (self, list);
  else
    say (self, error->message);
}

static void
load (LabCheckpointWindow *self)
{
  lab_checkpoints_list_async (self->session, listed_cb, g_object_ref (self));
}

/* After something was done: say what went wrong, and show what is there now. */
static void
finish (LabCheckpointWindow *self, const char *text, const GError *error)
{
  if (self->session == NULL)
    return;
  if (error != NULL || text != NULL)
    say (self, error != NULL ? error->message : text);
  load (self);
}

/* --- taking one --- */

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabCheckpointWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lab_checkpoints_take_finish (result, &error) > 0 && self->session != NULL)
    gtk_editable_set_text (self->name, "");
  finish (self, NULL, error);
}

static void
take_cb (LabCheckpointWindow *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name =
      *typed != '\0' ? g_steal_pointer (&typed) : g_date_time_format (now, _ ("%-d %B, %H:%M"));

  /* Enter in the entry comes here, too. */
  if (!gtk_widget_get_sensitive (self->take))
    return;
  set_busy (self, TRUE);
  lab_checkpoints_take_async (self->session, name, taken_cb, g_object_ref (self));
}

/* --- what would change --- */

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabCheckpointWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = lab_checkpoints_compare_finish (result, &error);

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  if (list != NULL)
    lab_difference_window_present (GTK_WINDOW (self), list);
  else
    say (self, error->message);
}

static void
compare_cb (GtkButton *button, LabCheckpointWindow *self)
{
  set_busy (self, TRUE);
  lab_checkpoints_compare_async (self->session, number_of (GTK_WIDGET (button)), compared_cb,
                                 g_object_ref (self));
}

/* --- going back --- */

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabCheckpointWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint kept = lab_checkpoints_restore_finish (result, &error);

  if (kept > 0)
    text = g_strdup_printf (_ ("The lab as it was before is checkpoint %u"), kept);
  finish (self, text, error);
}

static void
restore_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabCheckpointWindow) self = LAB_CHECKPOINT_WINDOW (g_object_ref (source));
  g_autofree char *answer = lab_ask_finish (result);

  if (!g_str_equal (answer, "restore") || self->session == NULL)
    return;
  set_busy (self, TRUE);
  lab_checkpoints_restore_async (self->session, GPOINTER_TO_UINT (user_data), restored_cb,
                                 g_object_ref (self));
}

static void
restore_cb (GtkButton *button, LabCheckpointWindow *self)
{
  LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "restore", _ ("_Go Back"), ADW_RESPONSE_SUGGESTED },
  };
  guint running = lab_session_get_n_running (self->session);
  g_autofree char *heading =
      g_strdup_printf (_ ("Go Back to “%s”?"), name_of (GTK_WIDGET (button)));
  g_autofree char *devices =
      g_strdup_printf (ngettext ("%u device that runs is stopped and started again.",
                                 "%u devices that run are stopped and started again.", running),
                       running);
  g_autofree char *body = g_strdup_printf (
      "%s%s%s",
      _ ("The lab and what its devices have saved become what they were. As they are now is kept "
         "as another checkpoint."),
      running > 0 ? " " : "", running > 0 ? devices : "");

  lab_ask_async (GTK_WINDOW (self), heading, body, NULL, answers, G_N_ELEMENTS (answers), "restore",
                 restore_asked_cb, GUINT_TO_POINTER (number_of (GTK_WIDGET (button))));
}

/* --- name and end --- */

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabCheckpointWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  lab_checkpoints_change_finish (result, &error);
  finish (self, NULL, error);
}

typedef struct
{
  guint number;
  GtkWidget *entry;
} Rename;

static void
rename_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Rename *question = user_data;
  g_autoptr (GtkWidget) entry = question->entry;
  g_autoptr (LabCheckpointWindow) self = LAB_CHECKPOINT_WINDOW (g_object_ref (source));
  g_autofree char *answer = lab_ask_finish (result);

  if (!g_str_equal (answer, "rename") || self->session == NULL)
    return;
  set_busy (self, TRUE);
  lab_checkpoints_change_async (self->session, question->number,
                                gtk_editable_get_text (GTK_EDITABLE (entry)), changed_cb,
                                g_object_ref (self));
}

static void
rename_cb (GtkButton *button, LabCheckpointWindow *self)
{
  LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "rename", _ ("_Rename"), ADW_RESPONSE_SUGGESTED },
  };
  Rename *question = g_new0 (Rename, 1);

  question->number = number_of (GTK_WIDGET (button));
  question->entry = g_object_ref_sink (gtk_entry_new ());
  gtk_editable_set_text (GTK_EDITABLE (question->entry), name_of (GTK_WIDGET (button)));
  gtk_entry_set_activates_default (GTK_ENTRY (question->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name"), -1);
  lab_ask_async (GTK_WINDOW (self), _ ("Rename the Checkpoint"), NULL, question->entry, answers,
                 G_N_ELEMENTS (answers), "rename", rename_asked_cb, question);
}

static void
remove_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabCheckpointWindow) self = LAB_CHECKPOINT_WINDOW (g_object_ref (source));
  g_autofree char *answer = lab_ask_finish (result);

  if (!g_str_equal (answer, "remove") || self->session == NULL)
    return;
  set_busy (self, TRUE);
  lab_checkpoints_change_async (self->session, GPOINTER_TO_UINT (user_data), NULL, changed_cb,
                                g_object_ref (self));
}

static void
remove_cb (GtkButton *button, LabCheckpointWindow *self)
{
  LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "remove", _ ("_Remove"), ADW_RESPONSE_DESTRUCTIVE },
  };
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"), name_of (GTK_WIDGET (button)));

  lab_ask_async (GTK_WINDOW (self), heading, _ ("It is gone for good then."), NULL, answers,
                 G_N_ELEMENTS (answers), "cancel", remove_asked_cb,
                 GUINT_TO_POINTER (number_of (GTK_WIDGET (button))));
}

/* --- the window --- */

static void
lab_checkpoint_window_dispose (GObject *object)
{
  LabCheckpointWindow *self = LAB_CHECKPOINT_WINDOW (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (lab_checkpoint_window_parent_class)->dispose (object);
}

static void
lab_checkpoint_window_class_init (LabCheckpointWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_checkpoint_window_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-checkpoint-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LabCheckpointWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LabCheckpointWindow, take);
  gtk_widget_class_bind_template_child (widget_class, LabCheckpointWindow, name);
  gtk_widget_class_bind_template_child (widget_class, LabCheckpointWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LabCheckpointWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LabCheckpointWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
}

static void
lab_checkpoint_window_init (LabCheckpointWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lab_checkpoint_window_present (GtkWindow *parent, LabSession *session)
{
  LabCheckpointWindow *self =
      g_object_new (LAB_TYPE_CHECKPOINT_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  set_busy (self, TRUE);
  load (self);
  gtk_window_present (GTK_WINDOW (self));
}
