/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl-ports.h"

G_BEGIN_DECLS

/* A way to sort the ports: its name on the command line, and its key. */
typedef struct
{
  const char *name;
  char key;
} CtlTopOrder;

/* What `labctl top` shows: the counters of two looks, and the order of the ports. */
typedef struct
{
  CtlLab *lab;
  const char *only; /* (nullable): the device whose ports are shown */
  const CtlTopOrder *order;
  gboolean reverse;
  gboolean all;    /* also ports that nothing is linked to */
  gboolean paused; /* for the title alone */

  /* Private. */
  LabClientCounters *counters;
  GArray *rows;
  double seconds; /* between the last two looks */
  gint64 looked_at;
  guint64 wakeups;
  double wakeup_rate;
  gint64 file_time;
} CtlTopView;

/* The first look. FALSE with @error: there are no counters. */
gboolean           ctl_top_view_begin     (CtlTopView *self, GError **error);
/* Another. */
gboolean           ctl_top_view_look      (CtlTopView *self, GError **error);
void               ctl_top_view_clear     (CtlTopView *self);

/* (nullable): there is no such order. */
const CtlTopOrder *ctl_top_view_find_order (const char *name);
/* Another order, if @key stands for one. */
void               ctl_top_view_set_order (CtlTopView *self, char key);

/* (transfer full): the headings are the first line. */
char              *ctl_top_view_dup_table (const CtlTopView *self);
/* (transfer full) */
char              *ctl_top_view_dup_title (const CtlTopView *self);
void               ctl_top_view_print_json (const CtlTopView *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlTopView, ctl_top_view_clear)

G_END_DECLS
