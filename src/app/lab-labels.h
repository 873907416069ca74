/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-runtime.h"

G_BEGIN_DECLS

/* Words and icons for what nodes and links are and do, the same in all panels. All texts are
 * translated and live for ever, unless it says otherwise. */

const char *lab_label_node_kind  (LabNode *node); /* "Router", "Ethernet switch"… */
const char *lab_label_node_state (LabNode *node); /* "Running", "Restart needed"… */
/* A symbolic icon's name, a shape of its own for each state. */
const char *lab_label_node_icon  (LabNode *node);
/* A style class for that icon: "success", "warning", "error", "dim-label". */
const char *lab_label_node_style (LabNode *node);

/* Of one end of a link: "Unplugged", "Line up", "Line down", "Plugged". */
const char *lab_label_link_state (LabLink *link, guint end);
const char *lab_label_link_icon  (LabLink *link, guint end);
const char *lab_label_link_style (LabLink *link, guint end);

/* "1.2 Mbit/s". (transfer full) */
char       *lab_label_rate       (double bits_per_second);
/* "1,234,567", as the locale has it. (transfer full) */
char       *lab_label_count      (guint64 count);

G_END_DECLS
