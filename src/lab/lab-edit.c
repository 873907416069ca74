/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all edits share.
 *
 * Theory of operation: a LabEdit is a description and never touches the document by itself. Applied
 * by LabHistory, it looks at the document as it is, refuses with a sentence if the result would not
 * be a valid lab, and else comes down to a few LabChanges, which are done as they are made. They
 * are the inverse: undo runs them backwards. If a later part fails, those done are rolled back the
 * same way, so an edit is done wholly or not at all. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-edit-private.h"
#include "lab-json-private.h"

G_DEFINE_FINAL_TYPE (LabEdit, lab_edit, G_TYPE_OBJECT)

static void
lab_edit_finalize (GObject *object)
{
  LabEdit *self = LAB_EDIT (object);

  g_clear_pointer (&self->label, g_free);
  g_clear_error (&self->error);
  g_clear_object (&self->object);
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->xs, g_free);
  g_clear_pointer (&self->ys, g_free);
  g_clear_pointer (&self->node, g_free);
  g_clear_pointer (&self->port, g_free);
  g_clear_pointer (&self->new_name, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->value, json_node_unref);
  g_clear_pointer (&self->edits, g_ptr_array_unref);

  G_OBJECT_CLASS (lab_edit_parent_class)->finalize (object);
}

static void
lab_edit_class_init (LabEditClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_edit_finalize;
}

static void
lab_edit_init (LabEdit *self)
{
}

LabEdit *
lab_edit_new (LabEditApply apply)
{
  LabEdit *self = g_object_new (LAB_TYPE_EDIT, NULL);

  self->apply = apply;

  return self;
}

void
lab_edit_take_value (LabEdit *self, const char *key, JsonNode *value, guint levels)
{
  LabFault fault = { 0 };

  self->key = g_strdup (key);
  if (!g_utf8_validate (key, -1, NULL))
    lab_edit_fail (&self->error, _ ("A member's name is not valid UTF-8."));
  else if (value != NULL && (self->value = lab_json_import (value, levels, &fault)) == NULL)
    lab_edit_raise (&fault, &self->error);
}

void
lab_edit_set_label (LabEdit *self, char *label)
{
  g_free (self->label);
  self->label = label;
}

gboolean
lab_edit_run (LabEdit *self, LabEditRun *run, GError **error)
{
  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  return self->apply (self, run, error);
}

void
lab_edit_run_do (LabEditRun *run, LabChange *change)
{
  g_ptr_array_add (run->changes, change);
  lab_change_do (change, run->topology);
}

/* Setting what is there already is no change. */
void
lab_edit_run_json (LabEditRun *run, gpointer item, JsonObject *after)
{
  g_autoptr (JsonNode) old = lab_json_new_object (lab_item_peek_json (item));
  g_autoptr (JsonNode) new = lab_json_new_object (after);

  if (!lab_json_equal (old, new))
    lab_edit_run_do (run, lab_change_new_json (item, after));
}

gboolean
lab_edit_fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, LAB_ERROR, LAB_ERROR_EDIT, message);

  return FALSE;
}

gboolean
lab_edit_raise (LabFault *fault, GError **error)
{
  fault->error->code = LAB_ERROR_EDIT;

  return lab_fault_raise (fault, error);
}

LabNode *
lab_edit_find_node (LabEditRun *run, const char *name, GError **error)
{
  LabNode *node = lab_topology_find_node (run->topology, name);

  if (node == NULL)
    {
      g_autofree char *shown = lab_text_shorten (name);

      lab_edit_fail (error, _ ("There is no device “%s” in the lab."), shown);
    }

  return node;
}

static gboolean
apply_group (LabEdit *self, LabEditRun *run, GError **error)
{
  for (guint i = 0; i < self->edits->len; i++)
    if (!lab_edit_run (g_ptr_array_index (self->edits, i), run, error))
      return FALSE;

  return TRUE;
}

/**
 * lab_edit_new_group:
 * @label: (nullable): what people read; the first edit's if %NULL
 * @edits: (element-type LabEdit) (transfer none): what to do, in order
 *
 * Several edits as one: all of them are done, or none.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_group (const char *label, GPtrArray *edits)
{
  LabEdit *self;

  g_return_val_if_fail (edits != NULL, NULL);

  self = lab_edit_new (apply_group);
  self->label = g_strdup (label);
  self->edits = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < edits->len; i++)
    g_ptr_array_add (self->edits, g_object_ref (g_ptr_array_index (edits, i)));

  return self;
}

/**
 * lab_edit_get_label:
 * @self: an edit
 *
 * What the edit does, for people: "Move 10 nodes". An edit may know more once it is applied: the
 * name that a new node got, the other end of a removed link.
 *
 * Returns: the translated label
 */
const char *
lab_edit_get_label (LabEdit *self)
{
  g_return_val_if_fail (LAB_IS_EDIT (self), NULL);

  if (self->label == NULL && self->edits != NULL && self->edits->len > 0)
    return lab_edit_get_label (g_ptr_array_index (self->edits, 0));

  return self->label != NULL ? self->label : "";
}
