/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window says: toasts for what happened, the notice bar for what is wrong. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-window-private.h"

static void
detail_cb (AdwToast *toast, gpointer user_data)
{
  LabWindow *self = user_data;

  /* The toast's own title is markup. */
  lab_ask_show (GTK_WINDOW (self), g_object_get_data (G_OBJECT (toast), "text"),
                g_object_get_data (G_OBJECT (toast), "detail"));
}

static void
undo_dismissed_cb (AdwToast *toast, gpointer user_data)
{
  LabWindow *self = user_data;

  if (self->undo_toast == toast)
    self->undo_toast = NULL;
}

/* The offer to take a step back is about that step; after the next one it would take back another.
 */
static void
history_cb (LabWindow *self)
{
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
}

static void
offer_undo (LabWindow *self, AdwToast *toast)
{
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  self->undo_toast = toast;
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (undo_dismissed_cb), self, 0);
}

void
lab_window_say (LabWindow *self, LabSessionMessage kind, const char *text, const char *detail)
{
  g_autofree char *title = NULL;
  AdwToast *toast;

  g_return_if_fail (LAB_IS_WINDOW (self));

  /* It was closed while something was under way. */
  if (self->toasts == NULL)
    return;
  title = g_markup_escape_text (text, -1);
  toast = adw_toast_new (title);
  if (kind == LAB_SESSION_UNDO)
    offer_undo (self, toast);
  else if (detail != NULL && *detail != '\0')
    {
      adw_toast_set_button_label (toast, _ ("_Details"));
      g_object_set_data_full (G_OBJECT (toast), "text", g_strdup (text), g_free);
      g_object_set_data_full (G_OBJECT (toast), "detail", g_strdup (detail), g_free);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (detail_cb), self, 0);
    }
  if (kind == LAB_SESSION_ERROR)
    {
      adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
      adw_toast_set_timeout (toast, 10);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
message_cb (LabWindow *self, int kind, const char *text, const char *detail)
{
  lab_window_say (self, kind, text, detail);
}

static void
problem_cb (LabWindow *self, const char *text)
{
  lab_window_say (self, LAB_SESSION_ERROR, text, NULL);
}

static void
warning_cb (LabWindow *self)
{
  const char *text = NULL;
  LabSessionWarning warning = lab_session_get_warning (self->session, &text);

  lab_window_enable (self, "failures", warning == LAB_SESSION_WARNING_START);
  lab_notice_withdraw (self->notice, LAB_NOTICE_ENGINE_LOST);
  lab_notice_withdraw (self->notice, LAB_NOTICE_IMAGE_MISSING);
  lab_notice_withdraw (self->notice, LAB_NOTICE_NO_SANDBOX);
  switch (warning)
    {
    case LAB_SESSION_WARNING_LOST:
      lab_notice_say (self->notice, LAB_NOTICE_ENGINE_LOST, text, _ ("_Bring the Lab Back"),
                      "win.revive", NULL, NULL);
      break;
    case LAB_SESSION_WARNING_SANDBOX:
      lab_notice_say (self->notice, LAB_NOTICE_NO_SANDBOX, text, NULL, NULL, NULL, NULL);
      break;
    case LAB_SESSION_WARNING_START:
      lab_notice_say (self->notice, LAB_NOTICE_IMAGE_MISSING, text, _ ("_Show All"), "win.failures",
                      _ ("_Images"), "app.images");
      break;
    case LAB_SESSION_WARNING_NONE:
    default:
      break;
    }
}

static void
revive_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_session_revive (self->session);
}

void
lab_window_say_attach (LabWindow *self)
{
  static const GActionEntry entries[] = { { "revive", revive_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->session, "message", G_CALLBACK (message_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::warning", G_CALLBACK (warning_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "problem", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab_session_get_history (self->session), "changed",
                           G_CALLBACK (history_cb), self, G_CONNECT_SWAPPED);
  warning_cb (self);
}
