/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When window and file are not at one: back to what stands in the file, a file that somebody else
 * changed, and changes that an earlier window could not save. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-window-private.h"

/* --- reading the file again --- */

static void
reverted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  /* When it is done the session says so. */
  if (!lab_session_revert_finish (LAB_SESSION (source), result, &error))
    lab_window_say (self, LAB_SESSION_ERROR, _ ("The file could not be read again"),
                    error->message);
}

static void
revert_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_notice_withdraw (self->notice, LAB_NOTICE_FILE_CHANGED);
  lab_session_revert_async (self->session, reverted_cb, g_object_ref (self));
}

/* --- a file that changed --- */

static void
keep_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_session_accept_file (self->session);
  lab_notice_withdraw (self->notice, LAB_NOTICE_FILE_CHANGED);
}

static void
file_changed_cb (LabWindow *self)
{
  lab_notice_say (self->notice, LAB_NOTICE_FILE_CHANGED,
                  _ ("Another program changed this lab’s file."), _ ("_Read It Again"),
                  "win.revert", _ ("_Keep Mine"), "win.keep-mine");
}

/* --- what an earlier window could not save --- */

static void
restore_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_notice_withdraw (self->notice, LAB_NOTICE_RECOVERED);
  lab_session_restore (self->session);
}

static void
forget_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_notice_withdraw (self->notice, LAB_NOTICE_RECOVERED);
  lab_session_forget_recovery (self->session);
}

static void
offer_recovery (LabWindow *self)
{
  LabRecovery *recovery = lab_session_get_recovery (self->session);
  g_autoptr (GDateTime) at = NULL;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (recovery == NULL)
    return;
  at = g_date_time_new_from_unix_local (lab_recovery_get_time (recovery));
  /* Translators: a date and a time, see g_date_time_format(). */
  day = g_date_time_format (at, _ ("%-d %B, %H:%M"));
  text = g_strdup_printf (_ ("This lab was closed without saving. There are changes of %s."), day);
  lab_notice_say (self->notice, LAB_NOTICE_RECOVERED, text, _ ("_Restore Them"), "win.restore",
                  _ ("_Forget Them"), "win.forget-recovery");
}

/* --- set-up --- */

static void
update_actions (LabWindow *self)
{
  const char *path = lab_session_get_path (self->session);

  lab_window_enable (self, "revert", path != NULL);
}

void
lab_window_revert_attach (LabWindow *self)
{
  static const GActionEntry entries[] = {
    { "revert", revert_cb },
    { "keep-mine", keep_cb },
    { "restore", restore_cb },
    { "forget-recovery", forget_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->session, "file-changed", G_CALLBACK (file_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::path", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
  offer_recovery (self);
}
