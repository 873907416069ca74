/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of drawings. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-drawing-private.h"
#include "lab-edit-private.h"
#include "lab-json-private.h"
#include "lab-topology-private.h"

/* One more than any had; if that is too high, the lowest that is free. */
static guint
choose_id (LabEditRun *run, guint wanted)
{
  guint highest = lab_topology_peek_used (run->topology)->drawings;

  if (wanted > highest)
    return wanted;
  if (highest < LAB_MAX_DRAWING_ID)
    return highest + 1;
  for (guint id = 1; id <= LAB_MAX_DRAWING_ID; id++)
    if (lab_topology_find_drawing (run->topology, id) == NULL &&
        !run->holds (run->holds_data, LAB_TYPE_DRAWING, id))
      return id;

  return 0;
}

static gboolean
apply_add (LabEdit *self, LabEditRun *run, GError **error)
{
  LabDrawing *drawing = self->object;
  g_autoptr (JsonObject) before = json_object_ref (lab_drawing_peek_json (drawing));
  guint id = choose_id (run, lab_drawing_get_id (drawing));

  if (lab_drawing_get_placed (drawing))
    return lab_edit_fail (error, _ ("Drawing %u is in a lab already; add a copy of it."),
                          lab_drawing_get_id (drawing));
  if (g_list_model_get_n_items (lab_topology_get_drawings (run->topology)) >= LAB_MAX_DRAWINGS ||
      id == 0)
    return lab_edit_fail (error, _ ("The lab has %d drawings, the most there may be."),
                          LAB_MAX_DRAWINGS);
  lab_drawing_set_id (drawing, id);
  lab_edit_run_do (run, lab_change_new_insert (drawing, before));

  return TRUE;
}

static const char *
add_label (LabDrawingKind kind)
{
  switch (kind)
    {
    case LAB_DRAWING_TEXT:
      return _ ("Add text");
    case LAB_DRAWING_RECTANGLE:
      return _ ("Add rectangle");
    case LAB_DRAWING_ELLIPSE:
      return _ ("Add ellipse");
    case LAB_DRAWING_LINE:
      return _ ("Add line");
    case LAB_DRAWING_PICTURE:
    default:
      return _ ("Add picture");
    }
}

/**
 * lab_edit_new_add_drawing:
 * @drawing: a drawing that is in no lab; it becomes part of the document itself, not a copy
 *
 * Adds a drawing. It gets an id: ask @drawing after applying.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_add_drawing (LabDrawing *drawing)
{
  LabEdit *self;

  g_return_val_if_fail (LAB_IS_DRAWING (drawing), NULL);

  self = lab_edit_new (apply_add);
  self->object = g_object_ref (drawing);
  lab_edit_set_label (self, g_strdup (add_label (lab_drawing_get_kind (drawing))));

  return self;
}

static LabDrawing *
find_drawing (LabEdit *self, LabEditRun *run, GError **error)
{
  LabDrawing *drawing = lab_topology_find_drawing (run->topology, self->id);

  if (drawing == NULL)
    lab_edit_fail (error, _ ("There is no drawing %u in the lab."), self->id);

  return drawing;
}

static gboolean
apply_remove (LabEdit *self, LabEditRun *run, GError **error)
{
  LabDrawing *drawing = find_drawing (self, run, error);

  if (drawing == NULL)
    return FALSE;
  lab_edit_run_do (run, lab_change_new_remove (drawing));

  return TRUE;
}

/**
 * lab_edit_new_remove_drawing:
 * @id: a drawing
 *
 * Removes a drawing.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_remove_drawing (guint id)
{
  LabEdit *self = lab_edit_new (apply_remove);

  self->id = id;
  lab_edit_set_label (self, g_strdup (_ ("Delete drawing")));

  return self;
}

static gboolean
apply_set (LabEdit *self, LabEditRun *run, GError **error)
{
  LabDrawing *drawing = find_drawing (self, run, error);
  g_autoptr (JsonObject) wanted = NULL;
  g_autoptr (JsonObject) after = NULL;
  LabFault fault = { 0 };

  if (drawing == NULL)
    return FALSE;
  if (g_str_equal (self->key, "id"))
    return lab_edit_fail (error, _ ("The id of a drawing cannot be set; it stays for ever."));
  wanted = lab_json_with_member (lab_drawing_peek_json (drawing), self->key, self->value);
  after = lab_drawing_rebuild (drawing, wanted, &fault);
  if (after == NULL)
    return lab_edit_raise (&fault, error);
  lab_edit_run_json (run, drawing, after);

  return TRUE;
}

static const char *
set_label (const char *key)
{
  if (g_str_equal (key, "x") || g_str_equal (key, "y"))
    return _ ("Move drawing");
  if (g_str_equal (key, "width") || g_str_equal (key, "height"))
    return _ ("Resize drawing");
  if (g_str_equal (key, "rotation"))
    return _ ("Rotate drawing");
  if (g_str_equal (key, "layer"))
    return _ ("Change layer of drawing");
  if (g_str_equal (key, "text"))
    return _ ("Edit text");

  return _ ("Change drawing");
}

/**
 * lab_edit_new_set_drawing:
 * @id: a drawing
 * @key: a member of its JSON; not "id"
 * @value: (nullable): its value to be; %NULL removes it, so that it has its default
 *
 * Changes a drawing.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_set_drawing (guint id, const char *key, JsonNode *value)
{
  LabEdit *self;

  g_return_val_if_fail (key != NULL, NULL);

  self = lab_edit_new (apply_set);
  self->id = id;
  lab_edit_take_value (self, key, value, LAB_MAX_DEPTH - 3);
  lab_edit_set_label (self, g_strdup (set_label (key)));

  return self;
}
