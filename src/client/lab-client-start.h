/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"

G_BEGIN_DECLS

/**
 * LabClientStart:
 * @active: it is under way
 * @total: devices that were ordered to start
 * @ready: those of them that got ready
 * @failed: those that crashed, or could not be started at all
 * @group: the start group that is being started; 0: the devices of none
 * @late: (array zero-terminated=1): sentences about devices that are not waited for any longer
 *
 * What became of the devices that were ordered to start last, as the engine says it.
 */
typedef struct
{
  gboolean active;
  guint total;
  guint ready;
  guint failed;
  guint group;
  GStrv late;
} LabClientStart;

/* To be cleared. Zeros from an engine that says nothing of it. */
void lab_client_get_start   (LabClient *self, LabClientStart *start);
void lab_client_start_clear (LabClientStart *start);

/* What is to say of a device that is not ready: name, state, reason, and below that what it wrote last. */
void lab_client_node_append_failure (LabClientNode *node, GString *text);

/**
 * lab_client_dup_failures:
 *
 * Every device that crashed or could not be started, one a line, each with its reason and what it
 * wrote last below it.
 *
 * Returns: (transfer full) (nullable): the text; %NULL if there is none
 */
char *lab_client_dup_failures (LabClient *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabClientStart, lab_client_start_clear)

G_END_DECLS
