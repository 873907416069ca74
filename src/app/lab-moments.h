/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-saved-moments.h"
#include "lab-session.h"

G_BEGIN_DECLS

/* Looking back over what the devices of a lab have saved, read in threads (see lab-saved-moments.h). */

/**
 * LabMomentPlan:
 * @number: of the entry that was the newest by then; 0: nothing had been saved
 * @time: when that was saved
 * @text: (nullable): it
 * @now_number: of the entry that the NVRAM holds; 0: it holds none
 * @now_time: when that was saved
 * @now: (nullable): it
 */
typedef struct
{
  LabNode *node;
  guint number;
  gint64 time;
  GBytes *text;
  guint now_number;
  gint64 now_time;
  GBytes *now;
} LabMomentPlan;

/* The moments at which devices of @session saved. */
void       lab_moments_list_async  (LabSession *session, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (element-type LabSavedMoment) (transfer full): oldest first */
GPtrArray *lab_moments_list_finish (GAsyncResult *result, GError **error);
/* What each of @nodes (element-type LabNode; nullable: all devices) had saved by @time. */
void       lab_moments_plan_async  (LabSession *session, GPtrArray *nodes, gint64 time, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
/* (element-type LabMomentPlan) (transfer full) */
GPtrArray *lab_moments_plan_finish (GAsyncResult *result, GError **error);
/* A time as the clock here shows it, with its date. (transfer full) */
char      *lab_moments_say_time    (gint64 time);

G_END_DECLS
