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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabSavedHold, lab_saved_release)

G_END_DECLS
