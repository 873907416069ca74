/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-client-node.h"

G_BEGIN_DECLS

/* The mirror of an engine's state: nodes by name, and the revision they belong to. */
typedef struct
{
  GListStore *nodes;
  GHashTable *by_name; /* unowned name → unowned LabClientNode, both of @nodes */
  GVariant *engine;    /* a{sv} */
  guint64 revision;
} LabClientMirror;

/* Empty, at revision 0; for zeroed memory. */
void           lab_client_mirror_init  (LabClientMirror *self);
/* Frees what it holds, not @self. */
void           lab_client_mirror_clear (LabClientMirror *self);
/* (transfer none) (nullable): the engine has said nothing of a node of this name. */
LabClientNode *lab_client_mirror_find  (LabClientMirror *self, const char *name);
/* Everything, as GetState answers it. */
void           lab_client_mirror_reset (LabClientMirror *self, guint64 revision, GVariant *engine, GVariant *nodes);
/* A Changed signal. FALSE: it does not follow what is here; ask for everything. */
gboolean       lab_client_mirror_apply (LabClientMirror *self, guint64 base, guint64 revision, GVariant *engine,
                                        GVariant *nodes, const char * const *removed);

G_END_DECLS
