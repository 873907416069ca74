/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-summary-model.h"
#include "lab-summary.h"

G_BEGIN_DECLS

struct _LabSummary
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *entry;
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *popover; /* (nullable): the menu, or the entry for a name */

  LabSession *session;
  LabSelection *selection;
  LabSummaryModel *model;
  GtkMultiSelection *rows;
  LabSummaryItem *pointed; /* (nullable): the row that was meant last */
  guint sync_id;
  gboolean syncing;
};

/* Emit the signals of the same names. */
void lab_summary_activate_node   (LabSummary *self, LabNode *node);
void lab_summary_reveal          (LabSummary *self, gpointer item);
/* Class actions and their keys. */
void lab_summary_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
