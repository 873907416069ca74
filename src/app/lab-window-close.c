/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Closing a window: one question, about unsaved changes and running devices together; saving may
 * ask what becomes of saved configurations, once (lab-window-take.c). What runs may run on without
 * the window; the next window that opens the lab finds it as it is. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-app-settings.h"
#include "lab-application.h"
#include "lab-ask.h"
#include "lab-save-window.h"
#include "lab-window-private.h"

/* As in the settings' "close-action". */
typedef enum
{
  CLOSE_ASK,
  CLOSE_STOP,
  CLOSE_KEEP,
} CloseAction;

typedef struct
{
  LabWindow *window;
  GtkCheckButton *stop;     /* (nullable): chosen: stop the devices */
  GtkCheckButton *remember; /* (nullable) */
  GtkCheckButton *first;    /* (nullable): devices are told to save before they are stopped */
  CloseAction run;          /* what becomes of running devices */
  gboolean saves;           /* the lab is saved */
} Closing;

static void
closing_free (Closing *self)
{
  g_clear_object (&self->stop);
  g_clear_object (&self->remember);
  g_clear_object (&self->first);
  g_object_unref (self->window);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Closing, closing_free)

/* --- size and panes --- */

void
lab_window_restore (LabWindow *self)
{
  GSettings *settings = lab_app_settings ();
  int width = g_settings_get_int (settings, "window-width");

  gtk_window_set_default_size (GTK_WINDOW (self), width,
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  else
    lab_adaptive_bin_expect_width (self->bin, width);
  lab_panes_restore (self->panes, settings);
}

static void
remember (LabWindow *self)
{
  GSettings *settings = lab_app_settings ();
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width >= 360 && height >= 294)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }
  g_settings_set_boolean (settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (self->session != NULL)
    lab_panes_save (self->panes, settings);
  lab_window_view_save (self);
}

/* --- the way out --- */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Nothing of the lab is lost by it: what stays is found by the next window. */
  if (!lab_session_close_finish (LAB_SESSION (source), result, &error))
    g_debug ("closing the session: %s", error->message);
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
finish (LabWindow *self)
{
  remember (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  lab_session_close_async (self->session, closed_cb, g_object_ref (self));
}

static void
stay (LabWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  self->asking = FALSE;
  if (LAB_IS_APPLICATION (application))
    lab_application_cancel_quit (LAB_APPLICATION (application));
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->bin), TRUE);
  if (lab_session_shutdown_finish (LAB_SESSION (source), result, &error))
    {
      finish (self);
      return;
    }
  lab_window_say (self, LAB_SESSION_ERROR, _ ("The devices could not be stopped"), error->message);
  stay (self);
}

static void
leave (LabWindow *self, CloseAction run)
{
  if (run != CLOSE_STOP || lab_session_get_engine (self->session) == LAB_SESSION_ENGINE_OFF)
    {
      finish (self);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->bin), FALSE);
  lab_session_shutdown_async (self->session, stopped_cb, g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  CloseAction run = GPOINTER_TO_INT (user_data);
  g_autoptr (GError) error = NULL;

  if (lab_window_save_finish (self, result, &error))
    {
      leave (self, run);
      return;
    }
  if (error != NULL)
    lab_window_say (self, LAB_SESSION_ERROR, _ ("The lab could not be saved"), error->message);
  stay (self);
}

static void
proceed (const Closing *closing)
{
  if (closing->saves)
    lab_window_save_async (closing->window, FALSE, saved_cb, GINT_TO_POINTER (closing->run));
  else
    leave (closing->window, closing->run);
}

static void
told_cb (LabSaveWindow *window, gboolean go_on, const Closing *closing)
{
  if (go_on)
    proceed (closing);
  else
    stay (closing->window);
}

static void
free_closing_cb (gpointer data, GClosure *closure)
{
  closing_free (data);
}

/* Before the lab is saved, which may take in what devices have saved. */
static void
tell_to_save (Closing *closing)
{
  LabWindow *self = closing->window;
  g_autoptr (GPtrArray) nodes = lab_save_window_list_running (self->session);
  LabSaveWindow *window =
      lab_save_window_ask (GTK_WINDOW (self), self->session, nodes, _ ("_Stop Anyway"));

  g_signal_connect_data (window, "answered", G_CALLBACK (told_cb), closing, free_closing_cb, 0);
}

/* --- the question --- */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Closing) closing = user_data;
  g_autofree char *answer = lab_ask_finish (result);
  LabWindow *self = closing->window;

  if (g_str_equal (answer, "cancel"))
    {
      stay (self);
      return;
    }
  if (g_str_equal (answer, "stop"))
    closing->run = CLOSE_STOP;
  else if (g_str_equal (answer, "keep"))
    closing->run = CLOSE_KEEP;
  else if (closing->stop != NULL)
    closing->run = gtk_check_button_get_active (closing->stop) ? CLOSE_STOP : CLOSE_KEEP;
  if (closing->remember != NULL && gtk_check_button_get_active (closing->remember))
    g_settings_set_enum (lab_app_settings (), "close-action", closing->run);
  /* Nobody would find the devices of a lab without a file again. */
  if (g_str_equal (answer, "discard") && lab_session_get_path (self->session) == NULL)
    closing->run = CLOSE_STOP;
  closing->saves = g_str_equal (answer, "save");
  if (closing->run == CLOSE_STOP && closing->first != NULL &&
      gtk_check_button_get_active (closing->first))
    tell_to_save (g_steal_pointer (&closing));
  else
    proceed (closing);
}

static GtkWidget *
make_first (Closing *closing)
{
  closing->first = g_object_ref_sink (GTK_CHECK_BUTTON (lab_window_make_save_first ()));

  return GTK_WIDGET (closing->first);
}

static GtkWidget *
make_remember (Closing *closing)
{
  closing->remember = g_object_ref_sink (GTK_CHECK_BUTTON (lab_window_make_remember ()));

  return GTK_WIDGET (closing->remember);
}

/* Unsaved and running: what becomes of the devices stands below the question about the changes. */
static GtkWidget *
make_run_choice (Closing *closing, guint running)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *text = NULL;
  GtkWidget *label;
  GtkWidget *keep = gtk_check_button_new_with_mnemonic (_ ("_Keep them running"));
  GtkWidget *stop = gtk_check_button_new_with_mnemonic (_ ("S_top them"));

  text = g_strdup_printf (ngettext ("%u device is running:", "%u devices are running:", running),
                          running);
  label = gtk_label_new (text);
  closing->stop = g_object_ref_sink (GTK_CHECK_BUTTON (stop));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (stop), GTK_CHECK_BUTTON (keep));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (keep), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), keep);
  gtk_box_append (GTK_BOX (box), stop);
  gtk_box_append (GTK_BOX (box), make_first (closing));
  gtk_box_append (GTK_BOX (box), make_remember (closing));

  return box;
}

static void
ask_to_save (Closing *closing, guint running)
{
  LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "discard", _ ("_Discard"), ADW_RESPONSE_DESTRUCTIVE },
    { "save", _ ("_Save"), ADW_RESPONSE_SUGGESTED },
  };
  GtkWidget *extra =
      running > 0 && closing->run == CLOSE_ASK ? make_run_choice (closing, running) : NULL;
  g_autofree char *body =
      g_strdup_printf (_ ("“%s” has changes that are not saved. Discarded changes are lost."),
                       lab_session_get_title (closing->window->session));

  lab_ask_async (GTK_WINDOW (closing->window), _ ("Save Changes?"), body, extra, answers,
                 G_N_ELEMENTS (answers), "save", answered_cb, closing);
}

static GtkWidget *
make_keep_choice (Closing *closing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), make_first (closing));
  gtk_box_append (GTK_BOX (box), make_remember (closing));

  return box;
}

static void
ask_to_keep (Closing *closing, guint running)
{
  LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "stop", _ ("_Stop Devices"), ADW_RESPONSE_DESTRUCTIVE },
    { "keep", _ ("_Keep Running"), ADW_RESPONSE_SUGGESTED },
  };
  g_autofree char *body = g_strdup_printf (
      ngettext (
          "%u device is running. It can run on without the window; opening the lab again finds "
          "it as it is.",
          "%u devices are running. They can run on without the window; opening the lab again "
          "finds them as they are.",
          running),
      running);

  lab_ask_async (GTK_WINDOW (closing->window), _ ("Keep the Lab Running?"), body,
                 make_keep_choice (closing), answers, G_N_ELEMENTS (answers), "keep", answered_cb,
                 closing);
}

gboolean
lab_window_close_request (GtkWindow *window)
{
  LabWindow *self = LAB_WINDOW (window);
  g_autoptr (Closing) closing = NULL;
  guint running;

  if (self->session == NULL && !self->closing)
    remember (self);
  if (self->closing || self->session == NULL)
    return GDK_EVENT_PROPAGATE;
  if (self->asking)
    return GDK_EVENT_STOP;
  self->asking = TRUE;
  lab_inspector_commit (self->inspector);
  running = lab_session_get_n_running (self->session);
  closing = g_new0 (Closing, 1);
  closing->window = g_object_ref (self);
  closing->run =
      running > 0 ? g_settings_get_enum (lab_app_settings (), "close-action") : CLOSE_STOP;
  if (lab_session_get_modified (self->session))
    ask_to_save (g_steal_pointer (&closing), running);
  else if (running > 0 && closing->run == CLOSE_ASK)
    ask_to_keep (g_steal_pointer (&closing), running);
  else
    leave (self, closing->run);

  return GDK_EVENT_STOP;
}
