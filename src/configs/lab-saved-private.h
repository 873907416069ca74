/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-saved.h"

G_BEGIN_DECLS

/* A history that is held against other processes and threads. */
typedef struct
{
  char *path;
  int fd;
  int lock_fd;
} LabSavedHold;

/* Makes the folder if need be, and waits for who holds it. */
gboolean lab_saved_hold    (LabSavedHold *self, const char *work, GError **error);
void     lab_saved_release (LabSavedHold *self);
/* As lab_saved_add(), of what is held. */
gboolean lab_saved_append  (LabSavedHold *self, GBytes *text, gint64 time, GError **error);
/* The NVRAM of the device of @work, which was of the time @then in the future, is of @now: what was settled is so
 * still, and what was not is not. */
void     lab_saved_taken_bring_back (const char *work, gint64 then, gint64 now);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabSavedHold, lab_saved_release)

G_END_DECLS
