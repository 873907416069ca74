/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-hand.h"

G_BEGIN_DECLS

/* A lab whose devices save: PC1, PC2, PC3, and R1 where routers can run. labctl says what they have
 * saved. */

/* TRUE: FRRouting and /dev/net/tun are there. */
gboolean ui_saved_has_router (void);
/* Writes it into the test's folder. (transfer full): its path */
char    *ui_saved_write_lab  (const char *name, const char *uuid);
/* Runs labctl with these words; the test fails if that does. */
void     ui_saved_run        (const char *verb, ...) G_GNUC_NULL_TERMINATED;
/* Whether the newest that @node saved contains @text. */
gboolean ui_saved_has        (const char *path, const char *node, const char *text);
/* How many configurations the history of @node has; whether its NVRAM holds one. */
guint    ui_saved_count      (const char *path, const char *node);
gboolean ui_saved_in_nvram   (const char *path, const char *node);
/* By keys, from a menu that is open: down until the item called @name has the focus, then Return. */
void     ui_saved_choose     (const char *name);

G_END_DECLS
