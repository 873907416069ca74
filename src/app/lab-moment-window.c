/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window "Restore Configurations". A long history is shown piece by piece. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-moment-window.h"
#include "lab-moments.h"
#include "lab-put-window.h"

#define PIECE 100
#define NAMES 6

struct _LabMomentWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *spinner;
  GtkStack *stack; /* "none", "list" */
  GtkBox *days;
  GtkWidget *older;

  LabSession *session;
  GCancellable *cancellable;
  GPtrArray *moments;       /* (nullable) */
  guint n_shown;            /* the newest of them */
  AdwPreferencesGroup *day; /* (nullable): the last one */
  char *day_title;          /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LabMomentWindow, lab_moment_window, ADW_TYPE_WINDOW)

static void load (LabMomentWindow *self);

static void
say (LabMomentWindow *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->session != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
}

static void
set_busy (LabMomentWindow *self, gboolean busy)
{
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

/* --- what would be put back --- */

static char *
say_plan (const LabMomentPlan *plan)
{
  g_autofree char *then = lab_moments_say_time (plan->time);
  g_autofree char *now = lab_moments_say_time (plan->now_time);

  if (plan->text == NULL)
    return g_strdup (_ ("Had saved nothing by then, and is left as it is."));
  if (plan->now == NULL)
    return g_strdup_printf (_ ("No. %u of %s; it holds nothing now."), plan->number, then);
  if (g_bytes_equal (plan->now, plan->text))
    return g_strdup_printf (_ ("No. %u of %s, unchanged."), plan->number, then);
  return g_strdup_printf (_ ("No. %u of %s replaces no. %u of %s."), plan->number, then,
                          plan->now_number, now);
}

static void
add_plan (LabPutWindow *window, const LabMomentPlan *plan)
{
  g_autofree char *sentence = say_plan (plan);
  g_autofree char *name = g_strdup_printf (_ ("Saved configuration %u"), plan->number);
  const LabPutItem item = {
    .node = plan->node,
    .text = plan->text,
    .text_name = name,
    .now = plan->now,
    .sentence = sentence,
  };

  lab_put_window_add (window, &item);
}

static void
planned_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabMomentWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plans = lab_moments_plan_finish (result, &error);
  const LabPutWords words = {
    .title = _ ("What Devices Had Saved"),
    .explanation = _ (
        "Each device gets what it had saved last by then; what it holds now stays in its history. "
        "Devices that run are stopped and started again: what they have not saved is lost."),
    .verb = _ ("_Restore"),
    .verb_restart = _ ("_Restore and Restart"),
  };
  LabPutWindow *window;

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  if (plans == NULL)
    {
      say (self, error);
      return;
    }
  window = lab_put_window_new (GTK_WINDOW (self), self->session, &words, FALSE);
  for (guint i = 0; i < plans->len; i++)
    add_plan (window, plans->pdata[i]);
  /* What was put back is a moment, too. */
  g_signal_connect_object (window, "done", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
activated_cb (AdwActionRow *row, LabMomentWindow *self)
{
  const gint64 *time = g_object_get_data (G_OBJECT (row), "time");

  set_busy (self, TRUE);
  lab_moments_plan_async (self->session, NULL, *time, self->cancellable, planned_cb,
                          g_object_ref (self));
}

/* --- the list --- */

static char *
say_nodes (GPtrArray *names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = names->len > NAMES ? NAMES - 1 : names->len;
  guint more = names->len - n;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) names->pdata[i]);
  if (more == 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  /* Translators: names of devices, and how many are not named. */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", more), text->str, more);
}

static GtkWidget *
make_row (LabMomentWindow *self, const LabSavedMoment *moment, GDateTime *date)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_date_time_format (date, "%X");
  g_autofree char *nodes = say_nodes (moment->nodes);
  g_autofree char *escaped = g_markup_escape_text (nodes, -1);
  gint64 *time = g_memdup2 (&moment->time, sizeof moment->time);

  g_object_set_data_full (G_OBJECT (row), "time", time, g_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  return row;
}

static void
show_moment (LabMomentWindow *self, const LabSavedMoment *moment)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (moment->time / G_USEC_PER_SEC);
  /* Translators: a date, see g_date_time_format(). */
  g_autofree char *title = date != NULL ? g_date_time_format (date, _ ("%-d %B %Y")) : NULL;

  if (date == NULL)
    return;
  if (g_strcmp0 (title, self->day_title) != 0)
    {
      self->day = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (self->day, title);
      gtk_box_append (self->days, GTK_WIDGET (self->day));
      g_free (self->day_title);
      self->day_title = g_steal_pointer (&title);
    }
  adw_preferences_group_add (self->day, make_row (self, moment, date));
}

static void
show_piece (LabMomentWindow *self)
{
  guint end = MIN (self->moments->len, self->n_shown + PIECE);

  for (; self->n_shown < end; self->n_shown++)
    show_moment (self, self->moments->pdata[self->moments->len - 1 - self->n_shown]);
  gtk_widget_set_visible (self->older, self->n_shown < self->moments->len);
}

static void
clear (LabMomentWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->days))) != NULL)
    gtk_box_remove (self->days, child);
  self->n_shown = 0;
  self->day = NULL;
  g_clear_pointer (&self->day_title, g_free);
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabMomentWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *moments = lab_moments_list_finish (result, &error);

  if (self->session == NULL)
    {
      g_clear_pointer (&moments, g_ptr_array_unref);
      return;
    }
  set_busy (self, FALSE);
  if (moments == NULL)
    {
      say (self, error);
      return;
    }
  g_clear_pointer (&self->moments, g_ptr_array_unref);
  self->moments = moments;
  clear (self);
  show_piece (self);
  gtk_stack_set_visible_child_name (self->stack, moments->len > 0 ? "list" : "none");
}

static void
load (LabMomentWindow *self)
{
  if (self->session == NULL)
    return;
  set_busy (self, TRUE);
  lab_moments_list_async (self->session, self->cancellable, listed_cb, g_object_ref (self));
}

/* --- the window --- */

static void
lab_moment_window_dispose (GObject *object)
{
  LabMomentWindow *self = LAB_MOMENT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lab_moment_window_parent_class)->dispose (object);
}

static void
lab_moment_window_finalize (GObject *object)
{
  LabMomentWindow *self = LAB_MOMENT_WINDOW (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->moments, g_ptr_array_unref);
  g_free (self->day_title);
  G_OBJECT_CLASS (lab_moment_window_parent_class)->finalize (object);
}

static void
lab_moment_window_class_init (LabMomentWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_moment_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = lab_moment_window_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-moment-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LabMomentWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LabMomentWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, LabMomentWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LabMomentWindow, days);
  gtk_widget_class_bind_template_child (widget_class, LabMomentWindow, older);
  gtk_widget_class_bind_template_callback (widget_class, show_piece);
}

static void
lab_moment_window_init (LabMomentWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lab_moment_window_present (GtkWindow *parent, LabSession *session)
{
  LabMomentWindow *self = g_object_new (LAB_TYPE_MOMENT_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  load (self);
  gtk_window_present (GTK_WINDOW (self));
}
