/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-node.h"

G_BEGIN_DECLS

/* Symbols by name, for all who draw a lab. The drawings are in data/symbols/, each on a square of
 * LAB_SYMBOL_GRID units whose middle is at the node's place; one unit is one world unit. */

#define LAB_SYMBOL_GRID 64
#define LAB_SYMBOL_UNKNOWN "unknown"

/* The names there are, %NULL-terminated, in a useful order; the last is LAB_SYMBOL_UNKNOWN. */
const char *const *lab_symbol_names     (void);
/* How far a drawing reaches from its middle. FALSE: there is no such symbol. */
gboolean           lab_symbol_get_size  (const char *name, double *half_width, double *half_height);

/* What may be meant by @text: a symbol's name, or what other programs call theirs, as
 * ":/symbols/multilayer_switch.svg". NULL: nothing that we know. The string lives for ever. */
const char        *lab_symbol_guess     (const char *text);
/* The symbol of devices of a kind; @image_name (nullable) is for LAB_NODE_IOU. Never NULL. */
const char        *lab_symbol_for_kind  (LabNodeKind kind, const char *image_name);

G_END_DECLS
