/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-saved-group.h"
#include "lab-saved-load.h"

G_BEGIN_DECLS

struct _LabSavedGroup
{
  AdwPreferencesGroup parent_instance;

  LabSession *session;
  LabNode *node; /* (nullable) */
  char *work;    /* (nullable) */
  GPtrArray *rows;
  LabSavedState *state; /* (nullable) */
  GFileMonitor *monitor;
  GCancellable *loading;
  guint refresh_timer;
  gboolean all; /* not only the newest few */
};

/* lab-saved-group.c */
/* Reads again what is saved. */
void  lab_saved_group_refresh      (LabSavedGroup *self);
/* The entry before @number; 0: there is none. */
guint lab_saved_group_previous     (LabSavedGroup *self, guint number);

/* lab-saved-group-jobs.c */
/* The actions on one entry, "saved.view" and so on; each takes its number. */
void  lab_saved_group_install_jobs (GtkWidgetClass *widget_class);

G_END_DECLS
