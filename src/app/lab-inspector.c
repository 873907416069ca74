/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector: which page is shown. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-inspector-pages.h"
#include "lab-inspector.h"

struct _LabInspector
{
  GtkWidget parent_instance;

  GtkWidget *stack;
  GtkWidget *lab;
  GtkWidget *node;
  GtkWidget *nodes;
  GtkWidget *link;
  GtkWidget *drawing;

  LabSelection *selection;
  guint update_id;
};

enum
{
  ACTIVATE_NODE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabInspector, lab_inspector, GTK_TYPE_WIDGET)

/* A page that is not shown follows nothing. */
static void
update (LabInspector *self)
{
  guint n_selected = lab_selection_get_size (self->selection);
  gpointer single = lab_selection_get_single (self->selection);
  g_autoptr (GPtrArray) all = NULL;
  GtkWidget *page = self->lab;

  if (LAB_IS_NODE (single))
    page = self->node;
  else if (LAB_IS_LINK (single))
    page = self->link;
  else if (LAB_IS_DRAWING (single))
    page = self->drawing;
  else if (n_selected > 0)
    page = self->nodes;
  if (page == self->nodes)
    all = lab_selection_get_items (self->selection, G_TYPE_OBJECT);
  lab_inspector_node_set_node (LAB_INSPECTOR_NODE (self->node), page == self->node ? single : NULL);
  lab_inspector_link_set_link (LAB_INSPECTOR_LINK (self->link), page == self->link ? single : NULL);
  lab_inspector_drawing_set_drawing (LAB_INSPECTOR_DRAWING (self->drawing),
                                     page == self->drawing ? single : NULL);
  lab_inspector_nodes_set_items (LAB_INSPECTOR_NODES (self->nodes), all);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
}

static gboolean
update_cb (gpointer user_data)
{
  LabInspector *self = user_data;

  self->update_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* A rubber band changes the selection with each motion; what leaves the document leaves it while
 * the history is busy. */
static void
queue_update (LabInspector *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

static void
activate_node_cb (LabInspector *self, LabNode *node)
{
  g_signal_emit (self, signals[ACTIVATE_NODE], 0, node);
}

static void
lab_inspector_dispose (GObject *object)
{
  LabInspector *self = LAB_INSPECTOR (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (lab_inspector_parent_class)->dispose (object);
}

static void
lab_inspector_class_init (LabInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_inspector_dispose;

  /**
   * LabInspector::activate-node:
   * @node: a device
   *
   * The device's console is wanted.
   */
  signals[ACTIVATE_NODE] = g_signal_new ("activate-node", LAB_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, LAB_TYPE_NODE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "labinspector");
}

static void
lab_inspector_init (LabInspector *self)
{
  self->stack = gtk_stack_new ();
  /* The hidden pages must not make the pane wider. */
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

static GtkWidget *
add_page (LabInspector *self, GtkWidget *page)
{
  gtk_stack_add_child (GTK_STACK (self->stack), page);

  return page;
}

GtkWidget *
lab_inspector_new (LabSession *session, LabSelection *selection)
{
  LabInspector *self = g_object_new (LAB_TYPE_INSPECTOR, NULL);

  self->selection = g_object_ref (selection);
  self->lab = add_page (self, lab_inspector_lab_new (session));
  self->node = add_page (self, lab_inspector_node_new (session, selection));
  self->nodes = add_page (self, lab_inspector_nodes_new (session));
  self->link = add_page (self, lab_inspector_link_new (session, selection));
  self->drawing = add_page (self, lab_inspector_drawing_new (session));
  g_signal_connect_swapped (self->node, "activate-node", G_CALLBACK (activate_node_cb), self);
  g_signal_connect_object (selection, "changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

void
lab_inspector_commit (LabInspector *self)
{
  gpointer single;

  g_return_if_fail (LAB_IS_INSPECTOR (self));

  single = lab_selection_get_single (self->selection);
  lab_inspector_lab_commit (LAB_INSPECTOR_LAB (self->lab));
  if (LAB_IS_NODE (single))
    lab_inspector_node_commit (LAB_INSPECTOR_NODE (self->node));
  lab_inspector_drawing_commit (LAB_INSPECTOR_DRAWING (self->drawing));
}
