/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The recovery copy of a session: written a moment after the last edit while there are unsaved
 * changes, removed when there are none.
 *
 * A copy that was found when the lab was opened is another matter: it is what an earlier window
 * left. Until it is decided about, it stays as it is, and the engine is not given the document:
 * what runs may be what the copy says. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-file.h"
#include "lab-session-private.h"

#define QUIET_MS   1500
#define LONGEST_MS 10000

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabSession) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lab_recovery_writer_write_finish (LAB_RECOVERY_WRITER (object), result, &error))
    {
      if (self->adopted != NULL)
        lab_recovery_discard (self->adopted);
      g_clear_pointer (&self->adopted, lab_recovery_unref);
      return;
    }
  if (!self->recovery_failed)
    lab_session_say (self, LAB_SESSION_ERROR, _ ("Unsaved changes cannot be kept safe"),
                     error->message);
  self->recovery_failed = TRUE;
}

static void
write_copy (LabSession *self)
{
  gsize length;
  char *text = lab_file_to_string (self->topology, &length);

  if (self->writer == NULL)
    self->writer = lab_recovery_writer_new ();
  lab_recovery_writer_write_async (
      self->writer, lab_topology_get_uuid (self->topology), text, length, self->path, &self->stamp,
      lab_topology_get_name (self->topology), written_cb, g_object_ref (self));
  self->copied = TRUE;
}

static gboolean
write_cb (gpointer user_data)
{
  LabSession *self = user_data;

  /* In a gesture the document is half of what it will be. */
  if (lab_history_in_group (self->history))
    return G_SOURCE_CONTINUE;
  self->recovery_source = 0;
  self->dirty_since = 0;
  write_copy (self);

  return G_SOURCE_REMOVE;
}

void
lab_session_recovery_update (LabSession *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 age;

  if (self->closing)
    return;
  if (!lab_session_get_modified (self))
    {
      g_clear_handle_id (&self->recovery_source, g_source_remove);
      self->dirty_since = 0;
      if (self->copied)
        lab_recovery_writer_remove_async (self->writer, NULL, NULL);
      self->copied = FALSE;
      return;
    }
  if (self->dirty_since == 0)
    self->dirty_since = now;
  age = (now - self->dirty_since) / 1000;
  g_clear_handle_id (&self->recovery_source, g_source_remove);
  self->recovery_source =
      g_timeout_add ((guint) CLAMP (LONGEST_MS - age, 1, QUIET_MS), write_cb, self);
}

void
lab_session_recovery_clear (LabSession *self)
{
  g_clear_handle_id (&self->recovery_source, g_source_remove);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->recovery, lab_recovery_unref);
  g_clear_pointer (&self->adopted, lab_recovery_unref);
}

void
lab_session_recovery_adopt (LabSession *self, LabRecovery *recovery)
{
  self->adopted = lab_recovery_ref (recovery);
  self->dirty_since = 0;
  write_copy (self);
}

void
lab_session_recovery_left (LabSession *self)
{
  if (self->recovery == NULL)
    return;
  g_clear_pointer (&self->recovery, lab_recovery_unref);
  lab_session_notify_recovery (self);
}

void
lab_session_recovery_decided (LabSession *self)
{
  g_clear_pointer (&self->recovery, lab_recovery_unref);
  lab_session_notify_recovery (self);
  lab_session_apply_later (self);
}

/**
 * lab_session_get_recovery:
 * @self: a session
 *
 * A recovery copy that an earlier window left of this lab, to be offered: lab_session_restore()
 * takes it, lab_session_forget_recovery() throws it away. Property "recovery" tells when it is
 * decided.
 *
 * Returns: (transfer none) (nullable): the copy
 */
LabRecovery *
lab_session_get_recovery (LabSession *self)
{
  g_return_val_if_fail (LAB_IS_SESSION (self), NULL);

  return self->recovery;
}

/**
 * lab_session_forget_recovery:
 * @self: a session
 *
 * Throws away what lab_session_get_recovery() offers. From here on the engine follows the document.
 */
void
lab_session_forget_recovery (LabSession *self)
{
  g_return_if_fail (LAB_IS_SESSION (self));

  if (self->recovery == NULL)
    return;
  lab_recovery_discard (self->recovery);
  lab_session_recovery_decided (self);
}
