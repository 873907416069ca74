/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of ports that is opened with Ctrl held while a cable is drawn. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-link-ports.h"
#include "lab-port-chooser.h"

#define LIST_HEIGHT 220

typedef struct
{
  GtkWidget *popover; /* ourselves live as long as it does */
  LabTopology *topology;
  LabNode *nodes[2];
  char *fixed[2];
  GtkWidget *lists[2]; /* (nullable): there is nothing to choose at that end */
  GtkWidget *hint;
  GtkWidget *button;
  LabPortsChosen callback;
  gpointer user_data;
  GDestroyNotify destroy;
} Chooser;

static void
chooser_free (gpointer data)
{
  Chooser *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  for (guint end = 0; end < 2; end++)
    {
      g_object_unref (self->nodes[end]);
      g_free (self->fixed[end]);
    }
  g_object_unref (self->topology);
  g_free (self);
}

/* (nullable): none is chosen yet */
static const char *
get_port (Chooser *self, guint end)
{
  GtkListBoxRow *row;

  if (self->lists[end] == NULL)
    return self->fixed[end];
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->lists[end]));

  return row != NULL ? g_object_get_data (G_OBJECT (row), "port") : NULL;
}

/* Whether the chosen two can be joined; says why not. */
static gboolean
check (Chooser *self)
{
  const char *ports[] = { get_port (self, 0), get_port (self, 1) };
  g_autofree char *problem = NULL;
  LabPort found[2];
  gboolean possible = FALSE;

  /* A fixed port holds the cable that is being moved: only its kind counts. */
  if (ports[0] == NULL || ports[1] == NULL)
    problem = g_strdup (_ ("Choose a port at both ends."));
  else if (self->fixed[0] != NULL && !lab_port_is_free (self->topology, self->nodes[0], ports[0]))
    {
      possible = lab_node_find_port (self->nodes[0], ports[0], &found[0]) &&
                 lab_node_find_port (self->nodes[1], ports[1], &found[1]) &&
                 found[0].kind == found[1].kind;
      if (!possible)
        problem = g_strdup (_ ("A cable joins two Ethernet ports or two serial ports."));
    }
  else
    possible = lab_choose_ports (self->topology, self->nodes, ports, found, &problem);
  gtk_label_set_text (GTK_LABEL (self->hint), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->hint, problem != NULL);
  gtk_widget_set_sensitive (self->button, possible);

  return possible;
}

static void
selected_cb (Chooser *self)
{
  check (self);
}

static void
connect_cb (Chooser *self)
{
  g_autofree char *first = g_strdup (get_port (self, 0));
  g_autofree char *second = g_strdup (get_port (self, 1));
  const char *ports[] = { first, second };

  if (!check (self))
    return;
  self->callback (ports, self->user_data);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Not within the signal: the popover is still at work. */
static gboolean
unparent_cb (gpointer data)
{
  if (gtk_widget_get_parent (data) != NULL)
    gtk_widget_unparent (data);
  g_object_unref (data);

  return G_SOURCE_REMOVE;
}

/* Lists that go change their selection once more, when what it is shown with may be gone already. */
static void
closed_cb (GtkWidget *popover)
{
  Chooser *self = g_object_get_data (G_OBJECT (popover), "chooser");

  for (guint end = 0; end < 2; end++)
    if (self->lists[end] != NULL)
      g_signal_handlers_disconnect_by_data (self->lists[end], self);
  g_idle_add (unparent_cb, g_object_ref (popover));
}

static GtkWidget *
make_row (Chooser *self, guint end, const LabPort *port)
{
  g_autofree char *peer = lab_port_dup_peer (self->topology, self->nodes[end], port->name);
  g_autofree char *said = NULL;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (port->name);
  GtkWidget *state = gtk_label_new (peer);

  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (state, "dim-label");
  gtk_widget_add_css_class (state, "caption");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), state);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_sensitive (row, peer == NULL);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), peer == NULL);
  /* Translators: a port of a device, as a screen reader says it */
  said = peer != NULL ? g_strdup_printf (_ ("%s, joined to %s"), port->long_name, peer)
                      : g_strdup_printf (_ ("%s, free"), port->long_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_object_set_data_full (G_OBJECT (row), "port", g_strdup (port->name), g_free);

  return row;
}

static GtkWidget *
make_list (Chooser *self, guint end)
{
  g_autofree char *title =
      g_strdup_printf (_ ("Ports of %s"), lab_node_get_name (self->nodes[end]));
  GtkWidget *list = gtk_list_box_new ();
  LabPort port;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (list), FALSE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (guint i = 0; lab_node_get_port (self->nodes[end], i, &port); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, end, &port));
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (connect_cb), self);

  return list;
}

static void
select_port (GtkWidget *list, const char *port)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "port"), port) == 0)
      gtk_list_box_select_row (GTK_LIST_BOX (list), row);
}

static GtkWidget *
make_column (Chooser *self, guint end)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (lab_node_get_name (self->nodes[end]));
  GtkWidget *window;

  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (heading), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (heading), 20);
  gtk_box_append (GTK_BOX (column), heading);
  if (self->fixed[end] != NULL)
    {
      gtk_box_append (GTK_BOX (column), gtk_label_new (self->fixed[end]));
      return column;
    }
  self->lists[end] = make_list (self, end);
  window = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (window), LIST_HEIGHT);
  gtk_widget_set_size_request (window, 150, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), self->lists[end]);
  gtk_box_append (GTK_BOX (column), window);

  return column;
}

/* A fixed port holds the cable that is being moved, so it is not free. */
static gboolean
choose_for_moved (Chooser *self, LabPort ports[2])
{
  return self->fixed[0] != NULL && lab_node_find_port (self->nodes[0], self->fixed[0], &ports[0]) &&
         lab_choose_port (self->topology, self->nodes[1], ports[0].kind, &ports[1], NULL);
}

/* What would be taken without asking is chosen to begin with. */
static void
preselect (Chooser *self)
{
  const char *wanted[] = { self->fixed[0], self->fixed[1] };
  LabPort ports[2];

  if (!lab_choose_ports (self->topology, self->nodes, wanted, ports, NULL) &&
      !choose_for_moved (self, ports))
    return;
  for (guint end = 0; end < 2; end++)
    if (self->lists[end] != NULL)
      select_port (self->lists[end], ports[end].name);
}

static GtkWidget *
make_content (Chooser *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint end = 0; end < 2; end++)
    gtk_box_append (GTK_BOX (columns), make_column (self, end));
  self->hint = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->hint), 36);
  self->button = gtk_button_new_with_mnemonic (_ ("_Connect"));
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_set_halign (self->button, GTK_ALIGN_END);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (connect_cb), self);
  gtk_box_append (GTK_BOX (content), columns);
  gtk_box_append (GTK_BOX (content), self->hint);
  gtk_box_append (GTK_BOX (content), self->button);
  gtk_widget_set_margin_top (content, 6);
  gtk_widget_set_margin_bottom (content, 6);
  gtk_widget_set_margin_start (content, 6);
  gtk_widget_set_margin_end (content, 6);

  return content;
}

void
lab_port_chooser_open (GtkWidget *parent,
                       double x,
                       double y,
                       LabTopology *topology,
                       LabNode *const nodes[2],
                       const char *const fixed[2],
                       LabPortsChosen callback,
                       gpointer user_data,
                       GDestroyNotify destroy)
{
  Chooser *self = g_new0 (Chooser, 1);
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };

  self->topology = g_object_ref (topology);
  for (guint end = 0; end < 2; end++)
    {
      self->nodes[end] = g_object_ref (nodes[end]);
      self->fixed[end] = g_strdup (fixed[end]);
    }
  self->callback = callback;
  self->user_data = user_data;
  self->destroy = destroy;
  self->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (self->popover), "chooser", self, chooser_free);
  gtk_popover_set_child (GTK_POPOVER (self->popover), make_content (self));
  preselect (self);
  for (guint end = 0; end < 2; end++)
    if (self->lists[end] != NULL)
      g_signal_connect_swapped (self->lists[end], "row-selected", G_CALLBACK (selected_cb), self);
  check (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose Ports"), -1);
  gtk_widget_set_parent (self->popover, parent);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &at);
  g_signal_connect (self->popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}
