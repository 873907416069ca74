/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-change-private.h"
#include "lab-edit.h"
#include "lab-error-private.h"

G_BEGIN_DECLS

/* LabEditRun: one edit being applied.
 * @changes: LabChange, what was done so far: enough to take it back
 * @holds: could history bring back a node or drawing with this id? */
typedef struct
{
  LabTopology *topology;
  GPtrArray *changes;
  gboolean (*holds) (gpointer data, GType type, guint id);
  gpointer holds_data;
} LabEditRun;

typedef gboolean (*LabEditApply) (LabEdit *self, LabEditRun *run, GError **error);

/* What the constructors fill; each kind of edit uses some of it. */
struct _LabEdit
{
  GObject parent_instance;

  LabEditApply apply;
  char *label;
  GError *error; /* the description itself was impossible: said when it is applied */

  gpointer object; /* GObject to add */
  GStrv names;
  double *xs;
  double *ys;
  char *node;
  char *port;
  char *new_name;
  char *key;
  JsonNode *value;
  guint id;
  GPtrArray *edits;
};

/* Without a label or anything else: the constructors fill it. (transfer full) */
LabEdit  *lab_edit_new         (LabEditApply apply);
/* For an edit of a member. @levels: how deep @value may be where it will stand. */
void      lab_edit_take_value  (LabEdit *self, const char *key, JsonNode *value, guint levels);
void      lab_edit_set_label   (LabEdit *self, char *label); /* (transfer full) */

/* Applies it; what was done before a failure stands in run->changes. */
gboolean  lab_edit_run         (LabEdit *self, LabEditRun *run, GError **error);

/* For the apply functions. */
void      lab_edit_run_do      (LabEditRun *run, LabChange *change); /* (transfer full) */
void      lab_edit_run_json    (LabEditRun *run, gpointer item, JsonObject *after);
gboolean  lab_edit_fail        (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean  lab_edit_raise       (LabFault *fault, GError **error);
LabNode  *lab_edit_find_node   (LabEditRun *run, const char *name, GError **error);

G_END_DECLS
