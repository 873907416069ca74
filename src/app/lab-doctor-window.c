/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The check of this machine. It runs in a thread each time it is asked for; what is missing stands
 * first. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-doctor-window.h"
#include "lab-doctor.h"

struct _LabDoctorWindow
{
  AdwWindow parent_instance;

  GtkStack *stack; /* "busy", "findings" */
  GtkWidget *again;
  GtkImage *icon;
  GtkLabel *headline;
  AdwToastOverlay *toasts;
  AdwPreferencesGroup *missing_group;
  AdwPreferencesGroup *good_group;

  GPtrArray *rows; /* (borrowed): those in the groups */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LabDoctorWindow, lab_doctor_window, ADW_TYPE_WINDOW)

/* --- rows --- */

static const char *
icon_of (LabDoctorState state)
{
  switch (state)
    {
    case LAB_DOCTOR_NEEDED:
      return "dialog-error-symbolic";
    case LAB_DOCTOR_MISSING:
      return "dialog-warning-symbolic";
    case LAB_DOCTOR_GOOD:
    default:
      return "object-select-symbolic";
    }
}

static const char *
style_of (LabDoctorState state)
{
  switch (state)
    {
    case LAB_DOCTOR_NEEDED:
      return "error";
    case LAB_DOCTOR_MISSING:
      return "warning";
    case LAB_DOCTOR_GOOD:
    default:
      return "success";
    }
}

static const char *
word_of (LabDoctorState state)
{
  switch (state)
    {
    case LAB_DOCTOR_NEEDED:
      return _ ("Needed by every lab");
    case LAB_DOCTOR_MISSING:
      return _ ("Missing");
    case LAB_DOCTOR_GOOD:
    default:
      return _ ("Good");
    }
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LabDoctorWindow *self = LAB_DOCTOR_WINDOW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("The command was copied")));
}

static GtkWidget *
make_copy_button (const LabDoctorFinding *finding)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: a command of the shell, to be copied */
  g_autofree char *label = g_strdup_printf (_ ("Copy “%s”"), finding->command);

  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "doctor.copy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", finding->command);

  return button;
}

/* Purpose, what is missing, and the command. (transfer full): markup */
static char *
describe (const LabDoctorFinding *finding)
{
  g_autofree char *plain = finding->detail != NULL
                               ? g_strconcat (finding->purpose, "\n", finding->detail, NULL)
                               : g_strdup (finding->purpose);
  g_autofree char *text = g_markup_escape_text (plain, -1);
  g_autofree char *command = NULL;
  g_autofree char *code = NULL;
  g_autofree char *line = NULL;

  if (finding->command == NULL)
    return g_steal_pointer (&text);
  command = g_markup_escape_text (finding->command, -1);
  code = g_strconcat ("<tt>", command, "</tt>", NULL);
  /* Translators: a command of the shell */
  line = g_strdup_printf (_ ("As administrator: %s"), code);

  return g_strconcat (text, "\n", line, NULL);
}

static GtkWidget *
make_row (const LabDoctorFinding *finding)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_of (finding->state));
  g_autofree char *subtitle = describe (finding);
  g_autofree char *label = g_strdup_printf ("%s: %s", finding->title, word_of (finding->state));

  gtk_widget_add_css_class (icon, style_of (finding->state));
  gtk_widget_set_tooltip_text (icon, word_of (finding->state));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), finding->title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (finding->command != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_copy_button (finding));
  /* The row is named by its title, which says nothing of the state. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return row;
}

/* --- the check --- */

static AdwPreferencesGroup *
group_of (LabDoctorWindow *self, GtkWidget *row)
{
  GtkWidget *missing = GTK_WIDGET (self->missing_group);

  return gtk_widget_is_ancestor (row, missing) ? self->missing_group : self->good_group;
}

static void
clear (LabDoctorWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (group_of (self, row), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
show_headline (LabDoctorWindow *self, LabDoctorState worst)
{
  const char *text = _ ("This machine has everything that labs make use of.");

  if (worst == LAB_DOCTOR_NEEDED)
    text = _ ("No lab can run here before what is marked as needed is mended.");
  else if (worst == LAB_DOCTOR_MISSING)
    text = _ ("Labs run here. What is missing is needed by some devices or actions only.");
  gtk_image_set_from_icon_name (self->icon, icon_of (worst));
  for (guint i = LAB_DOCTOR_GOOD; i <= LAB_DOCTOR_NEEDED; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), style_of (i));
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), style_of (worst));
  gtk_label_set_text (self->headline, text);
}

static void
examined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabDoctorWindow) self = user_data;
  g_autoptr (GPtrArray) findings = lab_doctor_examine_finish (result, NULL);
  guint n_missing = 0;

  if (findings == NULL || self->stack == NULL)
    return;
  clear (self);
  for (guint i = 0; i < findings->len; i++)
    {
      const LabDoctorFinding *finding = g_ptr_array_index (findings, i);
      GtkWidget *row = make_row (finding);
      gboolean good = finding->state == LAB_DOCTOR_GOOD;

      n_missing += !good;
      adw_preferences_group_add (good ? self->good_group : self->missing_group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->missing_group), n_missing > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->good_group), n_missing < findings->len);
  show_headline (self, lab_doctor_worst (findings));
  gtk_stack_set_visible_child_name (self->stack, "findings");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "doctor.again", TRUE);
  /* The row that had the focus is gone. */
  gtk_widget_grab_focus (self->again);
}

static void
examine (LabDoctorWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "doctor.again", FALSE);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  lab_doctor_examine_async (self->cancellable, examined_cb, g_object_ref (self));
}

static void
again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  examine (LAB_DOCTOR_WINDOW (widget));
}

/* --- class --- */

static void
lab_doctor_window_dispose (GObject *object)
{
  LabDoctorWindow *self = LAB_DOCTOR_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), LAB_TYPE_DOCTOR_WINDOW);

  G_OBJECT_CLASS (lab_doctor_window_parent_class)->dispose (object);
}

static void
lab_doctor_window_class_init (LabDoctorWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_doctor_window_dispose;

  gtk_widget_class_install_action (widget_class, "doctor.again", NULL, again);
  gtk_widget_class_install_action (widget_class, "doctor.copy", "s", copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "doctor.again", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-doctor-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LabDoctorWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LabDoctorWindow, again);
  gtk_widget_class_bind_template_child (widget_class, LabDoctorWindow, icon);
  gtk_widget_class_bind_template_child (widget_class, LabDoctorWindow, headline);
  gtk_widget_class_bind_template_child (widget_class, LabDoctorWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LabDoctorWindow, missing_group);
  gtk_widget_class_bind_template_child (widget_class, LabDoctorWindow, good_group);
}

static void
lab_doctor_window_init (LabDoctorWindow *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lab_doctor_window_present (GtkWindow *parent)
{
  static LabDoctorWindow *window;

  if (window == NULL)
    {
      window = g_object_new (LAB_TYPE_DOCTOR_WINDOW, NULL);
      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
    }
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  examine (window);
  gtk_window_present (GTK_WINDOW (window));
}
