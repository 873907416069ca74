/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo and redo.
 *
 * Theory of operation: two stacks of steps; a step is a label and the changes that were made. Undo
 * runs a step's changes backwards and moves it to the other stack. A new edit clears the redo
 * stack, so history is a line. Each step has a number; the document is as saved when the number on
 * top is the one that was there at saving: undoing back to it makes it saved again.
 *
 * An open group collects changes in one step. In it, a move of a node that was moved just before is
 * added to that move: a drag of a thousand motions is one move of each node. Only there: two drags
 * stay two steps.
 *
 * Who wants each motion to count at once, as a slider does, uses a stroke instead: it is the number
 * of a step that goes on growing while nothing else becomes the last step. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-edit-private.h"
#include "lab-history.h"
#include "lab-notify-private.h"
#include "lab-step-private.h"
#include "lab-topology-private.h"

struct _LabHistory
{
  GObject parent_instance;

  LabTopology *topology;
  GPtrArray *undo;
  GPtrArray *redo;
  guint64 next_number;
  guint64 saved_number;

  LabStep *open;     /* (nullable) */
  GArray *marks;     /* of guint: how many changes there were as each open group began */
  GHashTable *moves; /* LabNode → its LabChange at the tail of the open step, unowned */
  gboolean busy;
};

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_SAVED,
  N_PROPERTIES
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabHistory, lab_history, G_TYPE_OBJECT)

static void
lab_history_finalize (GObject *object)
{
  LabHistory *self = LAB_HISTORY (object);

  g_clear_pointer (&self->open, lab_step_free);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->moves, g_hash_table_unref);
  g_clear_object (&self->topology);

  G_OBJECT_CLASS (lab_history_parent_class)->finalize (object);
}

static void
lab_history_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabHistory *self = LAB_HISTORY (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, lab_history_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, lab_history_can_redo (self));
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, lab_history_get_undo_label (self));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, lab_history_get_redo_label (self));
      break;
    case PROP_SAVED:
      g_value_set_boolean (value, lab_history_is_saved (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_history_class_init (LabHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = lab_history_finalize;
  object_class->get_property = lab_history_get_property;

  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  properties[PROP_SAVED] = g_param_spec_boolean ("saved", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * LabHistory::changed:
   *
   * An edit, undo, redo or the end of a group is through: the document is whole, and a handler may
   * look at all of it. Within an open group it comes for each edit. Handlers may apply edits.
   */
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lab_history_init (LabHistory *self)
{
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_step_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_step_free);
  self->marks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->moves = g_hash_table_new (NULL, NULL);
  self->next_number = 1;
}

static LabStep *
top (GPtrArray *stack)
{
  return stack->len > 0 ? g_ptr_array_index (stack, stack->len - 1) : NULL;
}

static GArray *
begin (LabHistory *self)
{
  self->busy = TRUE;

  return lab_notify_begin (G_OBJECT (self), properties, N_PROPERTIES);
}

static void
end (LabHistory *self, GArray *before)
{
  self->busy = FALSE;
  lab_notify_end (G_OBJECT (self), properties, N_PROPERTIES, before);
  g_signal_emit (self, signals[CHANGED], 0);
}

typedef struct
{
  LabHistory *history;
  LabStep *current; /* the edit being applied */
} Holder;

/* The redo stack does not count: the edit that asks will clear it. */
static gboolean
holds (gpointer data, GType type, guint id)
{
  Holder *holder = data;

  if (lab_step_holds (holder->current, type, id) ||
      (holder->history->open != NULL && lab_step_holds (holder->history->open, type, id)))
    return TRUE;
  for (guint i = 0; i < holder->history->undo->len; i++)
    if (lab_step_holds (g_ptr_array_index (holder->history->undo, i), type, id))
      return TRUE;

  return FALSE;
}

static void
push (LabHistory *self, LabStep *step)
{
  step->number = self->next_number++;
  g_ptr_array_add (self->undo, step);
}

/* Takes the changes of @step into the open one, moves into the moves just before. */
static void
merge (LabHistory *self, LabStep *step)
{
  if (self->open->label == NULL)
    self->open->label = g_strdup (step->label);
  while (step->changes->len > 0)
    {
      LabChange *change = g_ptr_array_steal_index (step->changes, 0);
      LabChange *earlier = NULL;

      if (change->kind != LAB_CHANGE_MOVE)
        g_hash_table_remove_all (self->moves);
      else
        earlier = g_hash_table_lookup (self->moves, change->item);
      if (earlier != NULL)
        {
          earlier->to[0] = change->to[0];
          earlier->to[1] = change->to[1];
          lab_change_free (change);
          continue;
        }
      if (change->kind == LAB_CHANGE_MOVE)
        g_hash_table_insert (self->moves, change->item, change);
      g_ptr_array_add (self->open->changes, change);
    }
}

static gboolean
run_edit (LabHistory *self, LabEdit *edit, LabStep *step, GError **error)
{
  LabUsedIds *used = lab_topology_peek_used (self->topology);
  LabUsedIds used_before = *used;
  Holder holder = { .history = self, .current = step };
  LabEditRun run = {
    .topology = self->topology, .changes = step->changes, .holds = holds, .holds_data = &holder
  };

  if (lab_edit_run (edit, &run, error))
    return TRUE;
  lab_step_cut (step, 0, self->topology, lab_change_roll_back);
  *used = used_before;

  return FALSE;
}

/**
 * lab_history_new:
 * @topology: a document; nobody else may change it
 *
 * Makes the history of a document, which counts as saved as it is.
 *
 * Returns: (transfer full): a history
 */
LabHistory *
lab_history_new (LabTopology *topology)
{
  LabHistory *self;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);

  self = g_object_new (LAB_TYPE_HISTORY, NULL);
  self->topology = g_object_ref (topology);

  return self;
}

/* A step that was saved stays one to go back to. */
static gboolean
goes_on (LabHistory *self, guint64 stroke)
{
  LabStep *last = top (self->undo);

  return stroke != 0 && last != NULL && last->number == stroke && self->redo->len == 0 &&
         self->saved_number != stroke;
}

static void
take_step (LabHistory *self, LabStep *step, guint64 *stroke)
{
  if (self->open != NULL)
    {
      merge (self, step);
      lab_step_free (step);
    }
  else if (stroke != NULL && goes_on (self, *stroke))
    {
      lab_step_add (top (self->undo), step);
      top (self->undo)->number = *stroke = self->next_number++;
      lab_step_free (step);
    }
  else
    {
      push (self, step);
      if (stroke != NULL)
        *stroke = step->number;
    }
}

/**
 * lab_history_apply_stroke:
 * @self: a history
 * @edit: what to do
 * @stroke: (inout): 0 as a stroke begins; belongs to the history in between
 * @error: return location for a #LAB_ERROR_EDIT
 *
 * Does an edit as lab_history_apply(), and makes it part of the step before if that is of the same
 * stroke and still the last one. The document can be undone and handed on at any time in between.
 *
 * Returns: %TRUE if it is done
 */
gboolean
lab_history_apply_stroke (LabHistory *self, LabEdit *edit, guint64 *stroke, GError **error)
{
  GArray *before;
  LabStep *step;
  gboolean done;

  g_return_val_if_fail (LAB_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (LAB_IS_EDIT (edit), FALSE);

  if (self->busy)
    {
      g_set_error_literal (error, LAB_ERROR, LAB_ERROR_EDIT,
                           _ ("The lab is being changed already; try again."));
      return FALSE;
    }

  before = begin (self);
  step = lab_step_new (NULL);
  done = run_edit (self, edit, step, error);
  if (done && step->changes->len > 0)
    {
      step->label = g_strdup (lab_edit_get_label (edit));
      take_step (self, g_steal_pointer (&step), stroke);
      g_ptr_array_set_size (self->redo, 0);
    }
  g_clear_pointer (&step, lab_step_free);
  end (self, before);

  return done;
}

/**
 * lab_history_apply:
 * @self: a history
 * @edit: what to do
 * @error: return location for a #LAB_ERROR_EDIT
 *
 * Does an edit, wholly or not at all. An edit that changes nothing makes no step. Signal handlers
 * of the document must not come back here.
 *
 * Returns: %TRUE if it is done
 */
gboolean
lab_history_apply (LabHistory *self, LabEdit *edit, GError **error)
{
  return lab_history_apply_stroke (self, edit, NULL, error);
}

/**
 * lab_history_begin_group:
 * @self: a history
 * @label: (nullable): what people read; the first edit's if %NULL
 *
 * What follows, up to the matching lab_history_end_group(), is one step. Groups nest; the outermost
 * gives the label. In between nothing can be undone.
 */
void
lab_history_begin_group (LabHistory *self, const char *label)
{
  GArray *before;
  guint mark;

  g_return_if_fail (LAB_IS_HISTORY (self));

  before = lab_notify_begin (G_OBJECT (self), properties, N_PROPERTIES);
  if (self->open == NULL)
    self->open = lab_step_new (label);
  mark = self->open->changes->len;
  g_array_append_val (self->marks, mark);
  /* An inner group can be cancelled alone: its moves are its own. */
  g_hash_table_remove_all (self->moves);
  lab_notify_end (G_OBJECT (self), properties, N_PROPERTIES, before);
}

static void
close_group (LabHistory *self)
{
  g_array_set_size (self->marks, self->marks->len - 1);
  g_hash_table_remove_all (self->moves);
  if (self->marks->len > 0)
    return;
  lab_step_drop_empty (self->open);
  if (self->open->changes->len > 0)
    push (self, g_steal_pointer (&self->open));
  else
    g_clear_pointer (&self->open, lab_step_free);
}

/**
 * lab_history_end_group:
 * @self: a history
 *
 * Ends the group begun last. A group in which nothing changed makes no step.
 */
void
lab_history_end_group (LabHistory *self)
{
  GArray *before;

  g_return_if_fail (LAB_IS_HISTORY (self));
  g_return_if_fail (self->open != NULL);

  before = lab_notify_begin (G_OBJECT (self), properties, N_PROPERTIES);
  close_group (self);
  lab_notify_end (G_OBJECT (self), properties, N_PROPERTIES, before);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * lab_history_in_group:
 *
 * Returns: %TRUE between lab_history_begin_group() and its end: a gesture is under way
 */
gboolean
lab_history_in_group (LabHistory *self)
{
  g_return_val_if_fail (LAB_IS_HISTORY (self), FALSE);

  return self->open != NULL;
}

/**
 * lab_history_cancel_group:
 * @self: a history
 *
 * Ends the group begun last and takes back all that was done in it: Escape in a drag.
 */
void
lab_history_cancel_group (LabHistory *self)
{
  GArray *before;
  guint mark;

  g_return_if_fail (LAB_IS_HISTORY (self));
  g_return_if_fail (self->open != NULL);
  g_return_if_fail (!self->busy);

  before = begin (self);
  mark = g_array_index (self->marks, guint, self->marks->len - 1);
  lab_step_cut (self->open, mark, self->topology, lab_change_undo);
  close_group (self);
  end (self, before);
}

/**
 * lab_history_undo:
 * @self: a history
 *
 * Takes back the last step.
 *
 * Returns: %FALSE if there is none, or a group is open
 */
gboolean
lab_history_undo (LabHistory *self)
{
  GArray *before;
  LabStep *step;

  g_return_val_if_fail (LAB_IS_HISTORY (self), FALSE);

  if (!lab_history_can_undo (self) || self->busy)
    return FALSE;
  before = begin (self);
  step = g_ptr_array_steal_index (self->undo, self->undo->len - 1);
  lab_step_undo (step, self->topology);
  g_ptr_array_add (self->redo, step);
  end (self, before);

  return TRUE;
}

/**
 * lab_history_redo:
 * @self: a history
 *
 * Does again what was undone last.
 *
 * Returns: %FALSE if there is nothing, or a group is open
 */
gboolean
lab_history_redo (LabHistory *self)
{
  GArray *before;
  LabStep *step;

  g_return_val_if_fail (LAB_IS_HISTORY (self), FALSE);

  if (!lab_history_can_redo (self) || self->busy)
    return FALSE;
  before = begin (self);
  step = g_ptr_array_steal_index (self->redo, self->redo->len - 1);
  lab_step_do (step, self->topology);
  g_ptr_array_add (self->undo, step);
  end (self, before);

  return TRUE;
}

gboolean
lab_history_can_undo (LabHistory *self)
{
  g_return_val_if_fail (LAB_IS_HISTORY (self), FALSE);

  return self->open == NULL && self->undo->len > 0;
}

gboolean
lab_history_can_redo (LabHistory *self)
{
  g_return_val_if_fail (LAB_IS_HISTORY (self), FALSE);

  return self->open == NULL && self->redo->len > 0;
}

const char *
lab_history_get_undo_label (LabHistory *self)
{
  g_return_val_if_fail (LAB_IS_HISTORY (self), NULL);

  return lab_history_can_undo (self) ? top (self->undo)->label : NULL;
}

const char *
lab_history_get_redo_label (LabHistory *self)
{
  g_return_val_if_fail (LAB_IS_HISTORY (self), NULL);

  return lab_history_can_redo (self) ? top (self->redo)->label : NULL;
}

static guint64
current_number (LabHistory *self)
{
  return self->undo->len > 0 ? top (self->undo)->number : 0;
}

/**
 * lab_history_mark_saved:
 * @self: a history
 *
 * The document as it is now stands in its file.
 */
void
lab_history_mark_saved (LabHistory *self)
{
  GArray *before;

  g_return_if_fail (LAB_IS_HISTORY (self));

  before = lab_notify_begin (G_OBJECT (self), properties, N_PROPERTIES);
  self->saved_number = current_number (self);
  lab_notify_end (G_OBJECT (self), properties, N_PROPERTIES, before);
}

/**
 * lab_history_is_saved:
 * @self: a history
 *
 * Returns: %TRUE if the document is as it was at lab_history_mark_saved(), or at the beginning
 */
gboolean
lab_history_is_saved (LabHistory *self)
{
  g_return_val_if_fail (LAB_IS_HISTORY (self), FALSE);

  return current_number (self) == self->saved_number &&
         (self->open == NULL || self->open->changes->len == 0);
}
