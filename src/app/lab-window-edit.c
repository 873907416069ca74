/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cut, copy, paste, duplicate, delete, select: the usual actions on what is selected. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-clipboard.h"
#include "lab-look.h"
#include "lab-window-private.h"

/* --- the selection --- */

/* What is selected. (transfer container) */
static GPtrArray *
selected_items (LabWindow *self)
{
  return lab_selection_get_items (self->selection, G_TYPE_OBJECT);
}

static void
append_all (GPtrArray *items, GListModel *list)
{
  guint n_items = g_list_model_get_n_items (list);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      g_ptr_array_add (items, item); /* the document holds it */
    }
}

static void
select_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  LabTopology *topology = lab_session_get_topology (self->session);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  append_all (items, lab_topology_get_nodes (topology));
  append_all (items, lab_topology_get_links (topology));
  append_all (items, lab_topology_get_drawings (topology));
  lab_selection_set (self->selection, items->pdata, items->len);
}

static void
select_none_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_selection_clear (self->selection);
}

static void
delete_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) items = selected_items (self);

  if (items->len > 0)
    lab_session_delete (self->session, items);
}

/* --- copy --- */

/* What devices have saved is read in a thread, so the answer comes a moment later. */
typedef struct
{
  LabWindow *window;
  GPtrArray *items; /* owned */
} Copying;

static void
copy_items (LabWindow *self, GAsyncReadyCallback callback)
{
  g_autoptr (GPtrArray) items = selected_items (self);
  Copying *copying = g_new0 (Copying, 1);

  copying->window = g_object_ref (self);
  copying->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (copying->items, g_object_ref (g_ptr_array_index (items, i)));
  lab_session_copy_async (self->session, items, callback, copying);
}

static void
copying_free (Copying *copying)
{
  g_object_unref (copying->window);
  g_ptr_array_unref (copying->items);
  g_free (copying);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copying, copying_free)

/* FALSE: there was nothing to copy, or the window is gone. */
static gboolean
take_copy (Copying *copying, GObject *source, GAsyncResult *result)
{
  LabWindow *self = copying->window;
  g_autoptr (LabClipping) clipping = lab_session_copy_finish (LAB_SESSION (source), result, NULL);

  if (clipping == NULL || self->canvas == NULL)
    return FALSE;
  self->n_pasted = 0;
  lab_clipboard_set (gtk_widget_get_clipboard (GTK_WIDGET (self)), clipping);

  return TRUE;
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copying) copying = user_data;

  take_copy (copying, source, result);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy_items (user_data, copied_cb);
}

static void
cut_copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copying) copying = user_data;

  if (take_copy (copying, source, result))
    lab_session_delete (copying->window->session, copying->items);
}

static void
cut_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy_items (user_data, cut_copied_cb);
}

/* --- paste --- */

static gboolean
in_view (LabWindow *self, double x, double y)
{
  double widget_x;
  double widget_y;

  lab_canvas_world_to_widget (self->canvas, x, y, &widget_x, &widget_y);

  return widget_x >= 0 && widget_x < gtk_widget_get_width (GTK_WIDGET (self->canvas)) &&
         widget_y >= 0 && widget_y < gtk_widget_get_height (GTK_WIDGET (self->canvas));
}

/* A whole number of grid steps, so that what stood on the grid stands on it again. */
static double
round_to_grid (LabWindow *self, double distance)
{
  double grid = lab_topology_get_grid (lab_session_get_topology (self->session));

  return grid * (double) (gint64) (distance / grid + (distance < 0 ? -0.5 : 0.5));
}

/* Where it was asked for; else a little beside the original; else, where that is out of view, in
 * the middle. */
static void
paste_place (LabWindow *self, LabClipping *clipping, double *dx, double *dy)
{
  double grid = lab_topology_get_grid (lab_session_get_topology (self->session));
  double x;
  double y;
  double to_x = self->menu_x;
  double to_y = self->menu_y;

  lab_clipping_get_centre (clipping, &x, &y);
  if (!self->paste_here)
    {
      double step = 2 * grid * ++self->n_pasted;

      *dx = step;
      *dy = step;
      if (in_view (self, x + step, y + step))
        return;
      lab_canvas_get_centre (self->canvas, &to_x, &to_y);
    }
  *dx = round_to_grid (self, to_x - x);
  *dy = round_to_grid (self, to_y - y);
}

static void
paste_clipping (LabWindow *self, LabClipping *clipping, const char *label)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  double dx;
  double dy;

  paste_place (self, clipping, &dx, &dy);
  if (lab_session_paste (self->session, clipping, dx, dy, label, &items, &error))
    lab_selection_set (self->selection, items->pdata, items->len);
  else
    lab_window_say (self, LAB_SESSION_ERROR, error->message, NULL);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabClipping) clipping =
      lab_clipboard_read_finish (GDK_CLIPBOARD (source), result, &error);

  if (self->canvas == NULL)
    return;
  if (clipping != NULL)
    paste_clipping (self, clipping, NULL);
  else if (error != NULL)
    lab_window_say (self, LAB_SESSION_INFO, error->message, NULL);
}

static void
paste_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  self->paste_here = g_str_equal (g_action_get_name (G_ACTION (action)), "paste-here");
  lab_clipboard_read_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, read_cb,
                            g_object_ref (self));
}

static void
duplicate_copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copying) copying = user_data;
  LabWindow *self = copying->window;
  g_autoptr (LabClipping) clipping = lab_session_copy_finish (LAB_SESSION (source), result, NULL);
  g_autofree char *label = NULL;
  guint n_items;

  if (clipping == NULL || self->canvas == NULL)
    return;
  n_items = lab_clipping_get_n_items (clipping);
  label = g_strdup_printf (ngettext ("Duplicate %u item", "Duplicate %u items", n_items), n_items);
  self->paste_here = FALSE;
  self->n_pasted = 0;
  paste_clipping (self, clipping, label);
}

static void
duplicate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy_items (user_data, duplicate_copied_cb);
}

/* --- what can be done --- */

static void
clipboard_cb (LabWindow *self)
{
  gboolean has = lab_clipboard_has (gtk_widget_get_clipboard (GTK_WIDGET (self)));

  lab_window_enable (self, "paste", has);
  lab_window_enable (self, "paste-here", has);
}

static void
selection_cb (LabWindow *self)
{
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);
  g_autoptr (GPtrArray) drawings = lab_selection_get_items (self->selection, LAB_TYPE_DRAWING);
  gboolean copies = nodes->len + drawings->len > 0;

  lab_window_enable (self, "cut", copies);
  lab_window_enable (self, "copy", copies);
  lab_window_enable (self, "duplicate", copies);
  lab_window_enable (self, "delete", lab_selection_get_size (self->selection) > 0);
  lab_window_enable (self, "select-none", lab_selection_get_size (self->selection) > 0);
}

/* --- set-up --- */

static const GActionEntry entries[] = {
  { "cut", cut_cb },
  { "copy", copy_cb },
  { "paste", paste_cb },
  { "paste-here", paste_cb },
  { "duplicate", duplicate_cb },
  { "delete", delete_cb },
  { "select-all", select_all_cb },
  { "select-none", select_none_cb },
};

void
lab_window_edit_attach (LabWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_clipboard (GTK_WIDGET (self)), "changed",
                           G_CALLBACK (clipboard_cb), self, G_CONNECT_SWAPPED);
  selection_cb (self);
  clipboard_cb (self);
}
