/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stopping all devices: what they have not saved is lost by it, so it is asked, as when the window
 * closes (lab-window-close.c), whether they are told to save first; until the user wants no
 * question any more. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-app-settings.h"
#include "lab-ask.h"
#include "lab-save-window.h"
#include "lab-window-private.h"

/* As in the settings' "stop-action". */
typedef enum
{
  STOP_ASK,
  STOP_AT_ONCE,
  STOP_SAVED,
} StopAction;

typedef struct
{
  LabWindow *window;
  GtkCheckButton *first;
  GtkCheckButton *remember;
} Stopping;

static void
stopping_free (Stopping *self)
{
  g_object_unref (self->first);
  g_object_unref (self->remember);
  g_object_unref (self->window);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stopping, stopping_free)

GtkWidget *
lab_window_make_save_first (void)
{
  GtkWidget *check =
      gtk_check_button_new_with_mnemonic (_ ("Save their con_figurations before stopping"));

  gtk_widget_set_tooltip_text (check,
                               _ ("Tells each at its console to save; what a device has not saved "
                                  "is lost when it stops"));

  return check;
}

GtkWidget *
lab_window_make_remember (void)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (_ ("Do this fr_om now on"));

  gtk_widget_set_tooltip_text (check, _ ("It can be changed in the preferences"));

  return check;
}

static void
stop (LabWindow *self)
{
  if (self->session != NULL)
    lab_session_control (self->session, LAB_CLIENT_STOP, NULL);
}

static void
told_cb (LabSaveWindow *window, gboolean go_on, LabWindow *self)
{
  if (go_on)
    stop (self);
}

static void
tell_to_save (LabWindow *self)
{
  g_autoptr (GPtrArray) nodes = lab_save_window_list_running (self->session);
  LabSaveWindow *window =
      lab_save_window_ask (GTK_WINDOW (self), self->session, nodes, _ ("_Stop Anyway"));

  g_signal_connect_object (window, "answered", G_CALLBACK (told_cb), self, 0);
}

static void
run (LabWindow *self, StopAction action)
{
  if (action == STOP_SAVED)
    tell_to_save (self);
  else
    stop (self);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Stopping) stopping = user_data;
  g_autofree char *answer = lab_ask_finish (result);
  StopAction action = gtk_check_button_get_active (stopping->first) ? STOP_SAVED : STOP_AT_ONCE;

  if (!g_str_equal (answer, "stop") || stopping->window->session == NULL)
    return;
  if (gtk_check_button_get_active (stopping->remember))
    g_settings_set_enum (lab_app_settings (), "stop-action", action);
  run (stopping->window, action);
}

static void
ask (LabWindow *self)
{
  const LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "stop", _ ("_Stop Devices"), ADW_RESPONSE_DESTRUCTIVE },
  };
  guint running = lab_session_get_n_running (self->session);
  g_autofree char *body = g_strdup_printf (
      ngettext ("%u device is running. What it has not saved is lost when it stops.",
                "%u devices are running. What they have not saved is lost when they stop.",
                running),
      running);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Stopping *stopping = g_new0 (Stopping, 1);

  stopping->window = g_object_ref (self);
  stopping->first = g_object_ref_sink (GTK_CHECK_BUTTON (lab_window_make_save_first ()));
  stopping->remember = g_object_ref_sink (GTK_CHECK_BUTTON (lab_window_make_remember ()));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (stopping->first));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (stopping->remember));
  lab_ask_async (GTK_WINDOW (self), _ ("Stop All Devices?"), body, box, answers,
                 G_N_ELEMENTS (answers), "stop", answered_cb, stopping);
}

void
lab_window_stop_all (LabWindow *self)
{
  StopAction action = g_settings_get_enum (lab_app_settings (), "stop-action");

  lab_inspector_commit (self->inspector);
  if (action == STOP_ASK)
    ask (self);
  else
    run (self, action);
}
