/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the lab needs and this machine lacks: a notice, before anything is started, with the way to
 * the check of the machine. Looked at when the lab is opened, when its needs change, and, while
 * something is missing, each time somebody comes back to the window: it may have been mended. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-doctor.h"
#include "lab-needs.h"
#include "lab-window-private.h"

static void
say (LabWindow *self, const char *const *missing)
{
  g_autofree char *list = NULL;
  g_autofree char *text = NULL;

  if (missing[0] == NULL)
    {
      lab_notice_withdraw (self->notice, LAB_NOTICE_NEEDS);
      return;
    }
  list = g_strjoinv (", ", (char **) missing);
  /* Translators: “FRRouting, MPLS in the kernel” */
  text = g_strdup_printf (_ ("This lab needs what this machine lacks: %s."), list);
  lab_notice_say (self->notice, LAB_NOTICE_NEEDS, text, _ ("Check This _Machine"),
                  "app.check-machine", NULL, NULL);
}

static void
examined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GPtrArray) findings = lab_doctor_examine_finish (result, NULL);
  g_auto (GStrv) missing = NULL;

  /* It may have been closed meanwhile. */
  if (findings == NULL || self->notice == NULL || self->needs == NULL)
    return;
  missing = lab_needs_list_missing ((const char *const *) self->needs, findings);
  say (self, (const char *const *) missing);
}

static void
examine (LabWindow *self)
{
  if (self->needs[0] == NULL)
    lab_notice_withdraw (self->notice, LAB_NOTICE_NEEDS);
  else
    lab_doctor_examine_async (NULL, examined_cb, g_object_ref (self));
}

static void
look (LabWindow *self)
{
  g_auto (GStrv) needs = lab_topology_dup_needs (lab_session_get_topology (self->session));

  if (self->needs != NULL &&
      g_strv_equal ((const char *const *) needs, (const char *const *) self->needs))
    return;
  g_strfreev (self->needs);
  self->needs = g_steal_pointer (&needs);
  examine (self);
}

static void
active_cb (LabWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->needs != NULL &&
      lab_notice_has (self->notice, LAB_NOTICE_NEEDS))
    examine (self);
}

void
lab_window_needs_attach (LabWindow *self)
{
  g_signal_connect_object (lab_session_get_history (self->session), "changed", G_CALLBACK (look),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::is-active", G_CALLBACK (active_cb), self,
                           G_CONNECT_SWAPPED);
  look (self);
}
