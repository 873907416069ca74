/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LAB_TYPE_NOTICE (lab_notice_get_type ())
G_DECLARE_FINAL_TYPE (LabNotice, lab_notice, LAB, NOTICE, GtkWidget)

/* What stays true until something is done about it, in a bar below the header: one at a time, the most
 * urgent first. */

/**
 * LabNoticeKind:
 * @LAB_NOTICE_ENGINE_LOST: the lab's engine ended
 * @LAB_NOTICE_FILE_CHANGED: somebody else changed the file
 * @LAB_NOTICE_RECOVERED: this is a recovery copy
 * @LAB_NOTICE_RIGHTS: the lab asks for what the user has not allowed
 * @LAB_NOTICE_NEEDS: this machine lacks what the lab needs
 * @LAB_NOTICE_IMAGES: the lab names images that are not here
 * @LAB_NOTICE_IMAGE_MISSING: devices could not be started
 * @LAB_NOTICE_NO_SANDBOX: devices run without a sandbox
 *
 * In the order of urgency.
 */
typedef enum
{
  LAB_NOTICE_ENGINE_LOST,
  LAB_NOTICE_FILE_CHANGED,
  LAB_NOTICE_RECOVERED,
  LAB_NOTICE_RIGHTS,
  LAB_NOTICE_NEEDS,
  LAB_NOTICE_IMAGES,
  LAB_NOTICE_IMAGE_MISSING,
  LAB_NOTICE_NO_SANDBOX,
  LAB_N_NOTICES,
} LabNoticeKind;

/* Hidden while nothing is said. (transfer floating) */
GtkWidget  *lab_notice_new       (void);
/* Says @text, with up to two buttons; each has a label and the name of an action, or is NULL. What is
 * said of this kind already is replaced. */
void        lab_notice_say       (LabNotice *self, LabNoticeKind kind, const char *text,
                                  const char *label, const char *action,
                                  const char *second_label, const char *second_action);
void        lab_notice_withdraw  (LabNotice *self, LabNoticeKind kind);
/* Is something of this kind said, shown or not? */
gboolean    lab_notice_has       (LabNotice *self, LabNoticeKind kind);
/* What is shown now. (nullable) */
const char *lab_notice_get_text  (LabNotice *self);

G_END_DECLS
