/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The proxies of the devices: kept in step with the scene, placed, focused.
 *
 * Nobody sees them, so they are never in a hurry: what they say is written anew when the program is
 * idle, and their places a moment after the view has come to rest. A pan or a drag costs them
 * nothing. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-canvas-private.h"

#define PLACE_DELAY 120 /* ms */

static void
proxy_action_cb (LabNodeProxy *proxy, const char *name, LabCanvas *self)
{
  LabNode *node = lab_node_proxy_get_node (proxy);
  LabSelection *selection = lab_stage_get_selection (self->stage);
  LabSceneNode *record =
      lab_scene_item_node (lab_scene_find (lab_stage_get_scene (self->stage), node));

  if (record == NULL)
    return;
  lab_canvas_reveal (self, node);
  lab_selection_set_single (selection, node);
  if (g_str_equal (name, "open-console"))
    lab_canvas_activate_item (self, G_OBJECT (node));
  else if (g_str_equal (name, "connect"))
    lab_canvas_begin_link (self, node, NULL);
  else if (g_str_equal (name, "edit-name"))
    lab_canvas_edit_name (self, node);
  else if (g_str_equal (name, "delete"))
    lab_canvas_request_delete (self);
  else if (g_str_equal (name, "context-menu"))
    {
      LabPoint at =
          lab_viewport_to_view (lab_stage_get_viewport (self->stage), record->x, record->y);

      lab_canvas_open_menu (self, G_OBJECT (node), at.x, at.y);
    }
}

static void
proxy_focus_cb (LabCanvas *self, GParamSpec *pspec, LabNodeProxy *proxy)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  LabSceneItem *item = lab_scene_find (scene, lab_node_proxy_get_node (proxy));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean shown = gtk_widget_has_focus (GTK_WIDGET (proxy)) && GTK_IS_WINDOW (root) &&
                   gtk_window_get_focus_visible (GTK_WINDOW (root));

  if (item != NULL)
    lab_scene_set_flag (scene, item, LAB_SCENE_FOCUSED, shown);
}

static LabNodeProxy *
add_proxy (LabCanvas *self, LabNode *node)
{
  GtkWidget *proxy = lab_node_proxy_new (node);

  g_signal_connect (proxy, "action", G_CALLBACK (proxy_action_cb), self);
  g_signal_connect_swapped (proxy, "notify::has-focus", G_CALLBACK (proxy_focus_cb), self);
  gtk_widget_set_parent (proxy, GTK_WIDGET (self));
  g_hash_table_insert (self->proxies, node, proxy);
  lab_node_proxy_set_selected (
      LAB_NODE_PROXY (proxy), lab_selection_contains (lab_stage_get_selection (self->stage), node));

  return LAB_NODE_PROXY (proxy);
}

static void
remove_gone_proxies (LabCanvas *self)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  GHashTableIter iter;
  gpointer node;
  gpointer proxy;

  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, &node, &proxy))
    if (lab_scene_find (scene, node) == NULL)
      {
        g_signal_handlers_disconnect_by_data (proxy, self);
        if (gtk_widget_has_focus (proxy))
          gtk_widget_grab_focus (GTK_WIDGET (self));
        gtk_widget_unparent (proxy);
        g_hash_table_iter_remove (&iter);
      }
}

static void
list_proxies (LabCanvas *self)
{
  GPtrArray *nodes = lab_scene_get_nodes (lab_stage_get_scene (self->stage));

  self->proxies_listed = TRUE;
  remove_gone_proxies (self);
  for (guint i = 0; i < nodes->len; i++)
    {
      LabSceneItem *item = g_ptr_array_index (nodes, i);

      if (!g_hash_table_contains (self->proxies, item->object))
        add_proxy (self, item->object);
    }
}

static void
tell_proxies (LabCanvas *self)
{
  GPtrArray *nodes = lab_scene_get_nodes (lab_stage_get_scene (self->stage));
  g_autoptr (GPtrArray) links = g_ptr_array_new ();

  self->proxies_told = TRUE;
  for (guint i = 0; i < nodes->len; i++)
    {
      LabSceneNode *node = g_ptr_array_index (nodes, i);

      g_ptr_array_set_size (links, 0);
      for (guint j = 0; j < node->links->len; j++)
        g_ptr_array_add (links, ((LabSceneItem *) g_ptr_array_index (node->links, j))->object);
      lab_node_proxy_tell (g_hash_table_lookup (self->proxies, node->item.object), links);
    }
}

static gboolean
update_cb (gpointer data)
{
  LabCanvas *self = data;
  LabScene *scene = lab_stage_get_scene (self->stage);

  self->update_source = 0;
  if (self->edited != NULL && lab_scene_find (scene, self->edited) == NULL)
    lab_canvas_close_editor (self);
  if (!self->proxies_listed)
    list_proxies (self);
  /* While something is dragged, scroll bars keep still, and nobody is told of each step. */
  if (self->stroke != LAB_STROKE_NONE)
    return G_SOURCE_REMOVE;
  if (!self->proxies_told)
    tell_proxies (self);
  if ((self->update_what & (LAB_SCENE_ITEMS | LAB_SCENE_PLACES)) != 0)
    {
      lab_canvas_update_adjustments (self);
      lab_canvas_queue_allocate_proxies (self);
    }
  lab_canvas_update_actions (self);
  self->update_what = 0;

  return G_SOURCE_REMOVE;
}

void
lab_canvas_queue_update (LabCanvas *self, LabSceneChange what)
{
  self->update_what |= what;
  if ((what & LAB_SCENE_ITEMS) != 0)
    self->proxies_listed = FALSE;
  if ((what & (LAB_SCENE_ITEMS | LAB_SCENE_CONTENT)) != 0)
    self->proxies_told = FALSE;
  if (self->update_source == 0)
    self->update_source = g_idle_add (update_cb, self);
}

void
lab_canvas_allocate_proxies (LabCanvas *self)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabScene *scene = lab_stage_get_scene (self->stage);
  GHashTableIter iter;
  gpointer node;
  gpointer proxy;

  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, &node, &proxy))
    {
      LabSceneNode *record = lab_scene_item_node (lab_scene_find (scene, node));
      GtkAllocation place = { 0, 0, 1, 1 };
      LabPoint at;

      if (record != NULL)
        {
          at = lab_viewport_to_view (viewport, record->x - record->half_width,
                                     record->y - record->half_height);
          place.x = (int) CLAMP (at.x, -1e6, 1e6);
          place.y = (int) CLAMP (at.y, -1e6, 1e6);
          place.width = (int) MAX (1, record->half_width * 2 * viewport->zoom);
          place.height = (int) MAX (1, record->half_height * 2 * viewport->zoom);
        }
      gtk_widget_measure (proxy, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (proxy, &place, -1);
    }
}

static gboolean
place_cb (gpointer data)
{
  LabCanvas *self = data;

  if (self->stroke != LAB_STROKE_NONE)
    return G_SOURCE_CONTINUE;
  self->allocate_source = 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

/* Restarts the wait: only a view at rest is worth it. */
void
lab_canvas_queue_allocate_proxies (LabCanvas *self)
{
  if (self->allocate_source != 0)
    g_source_remove (self->allocate_source);
  self->allocate_source = g_timeout_add (PLACE_DELAY, place_cb, self);
}

void
lab_canvas_init_proxies (LabCanvas *self)
{
  self->proxies = g_hash_table_new (NULL, NULL);
  lab_canvas_queue_update (self, LAB_SCENE_ITEMS);
}

void
lab_canvas_dispose_proxies (LabCanvas *self)
{
  GHashTableIter iter;
  gpointer proxy;

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->allocate_source, g_source_remove);
  if (self->proxies == NULL)
    return;
  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, NULL, &proxy))
    {
      g_signal_handlers_disconnect_by_data (proxy, self);
      gtk_widget_unparent (proxy);
    }
  g_clear_pointer (&self->proxies, g_hash_table_unref);
}

void
lab_canvas_selection_changed (LabCanvas *self)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  LabSelection *selection = lab_stage_get_selection (self->stage);
  GPtrArray *lists[] = { lab_scene_get_nodes (scene), lab_scene_get_links (scene),
                         lab_scene_get_drawings (scene) };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        LabSceneItem *item = g_ptr_array_index (lists[i], j);
        gboolean selected = lab_selection_contains (selection, item->object);
        LabNodeProxy *proxy = g_hash_table_lookup (self->proxies, item->object);

        if (selected == ((item->flags & LAB_SCENE_SELECTED) != 0))
          continue;
        lab_scene_set_flag (scene, item, LAB_SCENE_SELECTED, selected);
        if (proxy != NULL)
          lab_node_proxy_set_selected (proxy, selected);
      }
  lab_canvas_update_actions (self);
}

LabNode *
lab_canvas_get_focused_node (LabCanvas *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return LAB_IS_NODE_PROXY (child) ? lab_node_proxy_get_node (LAB_NODE_PROXY (child)) : NULL;
}

void
lab_canvas_focus_node (LabCanvas *self, LabNode *node)
{
  LabNodeProxy *proxy;

  if (!self->proxies_listed)
    list_proxies (self);
  proxy = g_hash_table_lookup (self->proxies, node);
  if (proxy != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (proxy));
}

/* Reading order: by rows of about a device's height, then from left to right. */
static int
compare_reading (gconstpointer a, gconstpointer b)
{
  const LabSceneNode *first = *(const LabSceneNode *const *) a;
  const LabSceneNode *second = *(const LabSceneNode *const *) b;
  double row_a = floor (first->y / 40);
  double row_b = floor (second->y / 40);

  if (row_a != row_b)
    return row_a < row_b ? -1 : 1;
  if (first->x != second->x)
    return first->x < second->x ? -1 : 1;

  return first->item.position < second->item.position ? -1 : 1;
}

static LabNode *
next_node (LabCanvas *self, LabNode *from, gboolean forward)
{
  GPtrArray *nodes = lab_scene_get_nodes (lab_stage_get_scene (self->stage));
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (nodes, NULL, NULL);
  guint position = 0;

  g_ptr_array_sort (sorted, compare_reading);
  while (position < sorted->len &&
         ((LabSceneItem *) g_ptr_array_index (sorted, position))->object != (gpointer) from)
    position++;
  if (forward ? position + 1 >= sorted->len : position == 0 || position == sorted->len)
    return NULL;

  return ((LabSceneItem *) g_ptr_array_index (sorted, forward ? position + 1 : position - 1))
      ->object;
}

static LabNode *
first_node (LabCanvas *self)
{
  GPtrArray *nodes = lab_scene_get_nodes (lab_stage_get_scene (self->stage));
  g_autoptr (GPtrArray) sorted = NULL;

  if (nodes->len == 0)
    return NULL;
  sorted = g_ptr_array_copy (nodes, NULL, NULL);
  g_ptr_array_sort (sorted, compare_reading);

  return ((LabSceneItem *) g_ptr_array_index (sorted, 0))->object;
}

static gboolean
step_to (LabCanvas *self, LabNode *node)
{
  if (node == NULL)
    return FALSE;
  lab_canvas_reveal (self, node);
  lab_canvas_focus_node (self, node);
  lab_selection_set_single (lab_stage_get_selection (self->stage), node);

  return TRUE;
}

/* Tab comes to the plane (a window does that as it opens, so nothing is selected by it), then goes
 * through the devices, and then on. Where a device is selected, it comes there. */
gboolean
lab_canvas_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LabCanvas *self = LAB_CANVAS (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;
  gpointer single = lab_selection_get_single (lab_stage_get_selection (self->stage));

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  if (self->editor != NULL && child == GTK_WIDGET (self->editor))
    return gtk_widget_child_focus (child, direction);
  if (LAB_IS_NODE_PROXY (child))
    return step_to (self,
                    next_node (self, lab_node_proxy_get_node (LAB_NODE_PROXY (child)), forward));
  if (gtk_widget_has_focus (widget))
    return forward && step_to (self, LAB_IS_NODE (single) ? single : first_node (self));
  if (LAB_IS_NODE (single))
    return step_to (self, single);

  return gtk_widget_grab_focus (widget);
}
