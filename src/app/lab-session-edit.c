/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of a session's document: those that anybody brings, and deleting what is selected. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-session-private.h"

/**
 * lab_session_apply:
 * @edit: (transfer full): what to do
 *
 * Changes the document. What is refused is said.
 *
 * Returns: %TRUE if it is done
 */
gboolean
lab_session_apply (LabSession *self, LabEdit *edit)
{
  g_autoptr (LabEdit) owned = edit;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (LAB_IS_SESSION (self), FALSE);
  g_return_val_if_fail (LAB_IS_EDIT (edit), FALSE);

  if (lab_history_apply (self->history, edit, &error))
    return TRUE;
  lab_session_say (self, LAB_SESSION_ERROR, error->message, NULL);

  return FALSE;
}

/* What deletes @items, in an order that works: links first, since removing a node takes its own. */
static LabEdit *
build_delete (GPtrArray *items)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *label = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      gpointer item = g_ptr_array_index (items, i);

      if (LAB_IS_LINK (item))
        g_ptr_array_add (edits, lab_edit_new_remove_link (lab_link_get_node_name (item, 0),
                                                          lab_link_get_port_name (item, 0)));
      else if (LAB_IS_DRAWING (item))
        g_ptr_array_add (edits, lab_edit_new_remove_drawing (lab_drawing_get_id (item)));
      else if (LAB_IS_NODE (item))
        g_ptr_array_add (names, (char *) lab_node_get_name (item));
    }
  g_ptr_array_add (names, NULL);
  if (names->len > 1)
    g_ptr_array_add (edits, lab_edit_new_remove_nodes ((const char *const *) names->pdata));

  if (edits->len > 1)
    label =
        g_strdup_printf (ngettext ("Delete %u item", "Delete %u items", items->len), items->len);

  return lab_edit_new_group (label, edits);
}

static char *
describe_delete (GPtrArray *items)
{
  gpointer item = g_ptr_array_index (items, 0);
  g_autofree char *title = NULL;

  if (items->len > 1)
    /* Translators: a toast */
    return g_strdup_printf (ngettext ("%u item deleted", "%u items deleted", items->len),
                            items->len);
  if (LAB_IS_NODE (item))
    /* Translators: a toast; a node's name */
    return g_strdup_printf (_ ("%s deleted"), lab_node_get_name (item));
  if (LAB_IS_DRAWING (item))
    return g_strdup (_ ("Drawing deleted"));
  title = lab_link_dup_title (item);

  /* Translators: a toast; "R1 e0/0 – R2 e0/1" */
  return g_strdup_printf (_ ("Link %s deleted"), title);
}

/**
 * lab_session_delete:
 * @items: (element-type GObject): nodes, links and drawings of the document
 *
 * Deletes what is given as one step, and says so with Undo.
 */
void
lab_session_delete (LabSession *self, GPtrArray *items)
{
  g_autofree char *text = NULL;

  g_return_if_fail (LAB_IS_SESSION (self));

  if (items == NULL || items->len == 0)
    return;
  text = describe_delete (items);
  if (lab_session_apply (self, build_delete (items)))
    lab_session_say (self, LAB_SESSION_UNDO, text, NULL);
}
