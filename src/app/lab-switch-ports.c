/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of a switch's ports. A line is a few widgets; there are 64 of them at most. They are
 * made once for a number of ports, and follow the document without losing the keyboard. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-panel-edit.h"
#include "lab-switch-ports.h"
#include "lab-vlan.h"

typedef struct
{
  GtkWidget *mode;
  GtkWidget *vlan;
  GtkWidget *allowed;
} Line;

struct _LabSwitchPorts
{
  AdwBin parent_instance;

  GtkWidget *grid;
  GArray *lines;

  LabSession *session;
  LabNode *node; /* (nullable) */
  GSignalGroup *signals;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (LabSwitchPorts, lab_switch_ports, ADW_TYPE_BIN)

static Line *
line_at (LabSwitchPorts *self, guint i)
{
  return &g_array_index (self->lines, Line, i);
}

/* What the line of a port says, as JSON. */
static JsonObject *
read_line (Line *line)
{
  gboolean trunk = gtk_drop_down_get_selected (GTK_DROP_DOWN (line->mode)) == LAB_SWITCH_TRUNK;
  const char *allowed = gtk_editable_get_text (GTK_EDITABLE (line->allowed));
  JsonObject *port = json_object_new ();

  json_object_set_string_member (port, "mode", trunk ? "trunk" : "access");
  json_object_set_int_member (port, trunk ? "native" : "vlan",
                              gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (line->vlan)));
  if (trunk && *allowed != '\0')
    json_object_set_string_member (port, "allowed", allowed);

  return port;
}

static gboolean
check_allowed (Line *line)
{
  const char *allowed = gtk_editable_get_text (GTK_EDITABLE (line->allowed));
  g_autoptr (GError) error = NULL;
  gboolean good = *allowed == '\0' || lab_vlan_list_parse (allowed, NULL, &error);

  if (good)
    gtk_widget_remove_css_class (line->allowed, "error");
  else
    gtk_widget_add_css_class (line->allowed, "error");
  gtk_widget_set_tooltip_text (line->allowed,
                               good ? _ ("As 1,10,20-29; empty: all") : error->message);

  return good;
}

static gboolean
differs (LabSwitchPorts *self, guint number)
{
  Line *line = line_at (self, number);
  LabSwitchPort port;
  const char *allowed = gtk_editable_get_text (GTK_EDITABLE (line->allowed));

  if (!lab_node_get_switch_port (self->node, number, &port))
    return FALSE;

  return gtk_drop_down_get_selected (GTK_DROP_DOWN (line->mode)) != (guint) port.mode ||
         gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (line->vlan)) != (int) port.vlan ||
         (port.mode == LAB_SWITCH_TRUNK &&
          g_strcmp0 (allowed, port.allowed != NULL ? port.allowed : "") != 0);
}

/* Members of a port that we do not know stay: only what the line says is replaced. */
static void
apply (LabSwitchPorts *self, guint number)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) wanted = NULL;
  g_autoptr (GList) keys = NULL;
  JsonNode *ports;
  JsonObject *port;

  if (self->updating || self->node == NULL || !differs (self, number) ||
      !check_allowed (line_at (self, number)))
    return;
  node = lab_node_to_json (self->node);
  ports = json_object_get_member (json_node_get_object (node), "ports");
  port = json_array_get_object_element (json_node_get_array (ports), number);
  wanted = read_line (line_at (self, number));
  json_object_remove_member (port, "vlan");
  json_object_remove_member (port, "native");
  json_object_remove_member (port, "allowed");
  keys = json_object_get_members (wanted);
  for (GList *key = keys; key != NULL; key = key->next)
    json_object_set_member (port, key->data,
                            json_node_copy (json_object_get_member (wanted, key->data)));
  lab_panel_set_node (self->session, self->node, "ports", json_node_copy (ports));
}

static guint
number_of (GtkWidget *widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "number"));
}

static void
line_changed_cb (LabSwitchPorts *self, GParamSpec *pspec, GtkWidget *widget)
{
  apply (self, number_of (widget));
}

static void
vlan_changed_cb (LabSwitchPorts *self, GtkWidget *widget)
{
  apply (self, number_of (widget));
}

static void
allowed_left_cb (LabSwitchPorts *self, GtkEventController *controller)
{
  apply (self, number_of (gtk_event_controller_get_widget (controller)));
}

static void
allowed_changed_cb (LabSwitchPorts *self, GtkWidget *widget)
{
  check_allowed (line_at (self, number_of (widget)));
}

static void
set_name (GtkWidget *widget, guint number, const char *what)
{
  /* Translators: for a screen reader: what of which port: "VLAN of port e3" */
  g_autofree char *name = g_strdup_printf (_ ("%s of port e%u"), what, number);

  g_object_set_data (G_OBJECT (widget), "number", GUINT_TO_POINTER (number));
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_allowed (LabSwitchPorts *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("all"));
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (vlan_changed_cb), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (allowed_changed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (allowed_left_cb), self);
  gtk_widget_add_controller (entry, focus);

  return entry;
}

static void
add_line (LabSwitchPorts *self, guint number)
{
  const char *const modes[] = { _ ("Access"), _ ("Trunk"), NULL };
  g_autofree char *name = g_strdup_printf ("e%u", number);
  GtkWidget *label = gtk_label_new (name);
  Line line = { .mode = gtk_drop_down_new_from_strings (modes),
                .vlan = gtk_spin_button_new_with_range (1, LAB_MAX_VLAN, 1),
                .allowed = make_allowed (self) };
  int row = (int) number + 1;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_editable_set_width_chars (GTK_EDITABLE (line.vlan), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (line.vlan), 4);
  set_name (line.mode, number, _ ("Mode"));
  set_name (line.vlan, number, _ ("VLAN"));
  set_name (line.allowed, number, _ ("Allowed VLANs"));
  gtk_grid_attach (GTK_GRID (self->grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line.mode, 1, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line.vlan, 2, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line.allowed, 3, row, 1, 1);
  g_array_append_val (self->lines, line);
  g_signal_connect_swapped (line.mode, "notify::selected", G_CALLBACK (line_changed_cb), self);
  g_signal_connect_swapped (line.vlan, "value-changed", G_CALLBACK (vlan_changed_cb), self);
}

static void
remove_line (LabSwitchPorts *self)
{
  gtk_grid_remove_row (GTK_GRID (self->grid), (int) self->lines->len);
  g_array_set_size (self->lines, self->lines->len - 1);
}

static void
show_line (LabSwitchPorts *self, guint number)
{
  Line *line = line_at (self, number);
  LabSwitchPort port;
  const char *allowed;

  if (!lab_node_get_switch_port (self->node, number, &port))
    return;
  allowed = port.allowed != NULL ? port.allowed : "";
  gtk_drop_down_set_selected (GTK_DROP_DOWN (line->mode), port.mode);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (line->vlan), port.vlan);
  gtk_widget_set_sensitive (line->allowed, port.mode == LAB_SWITCH_TRUNK);
  if (g_strcmp0 (g_object_get_data (G_OBJECT (line->allowed), "shown"), allowed) != 0)
    {
      g_object_set_data_full (G_OBJECT (line->allowed), "shown", g_strdup (allowed), g_free);
      gtk_editable_set_text (GTK_EDITABLE (line->allowed), allowed);
    }
  check_allowed (line);
}

static void
update (LabSwitchPorts *self)
{
  gboolean is_switch = self->node != NULL && lab_node_get_kind (self->node) == LAB_NODE_SWITCH;
  guint n_ports = is_switch ? lab_node_get_n_ports (self->node) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self), is_switch);
  if (!is_switch)
    return;
  self->updating = TRUE;
  while (self->lines->len > n_ports)
    remove_line (self);
  while (self->lines->len < n_ports)
    add_line (self, self->lines->len);
  for (guint i = 0; i < n_ports; i++)
    show_line (self, i);
  self->updating = FALSE;
}

static void
lab_switch_ports_dispose (GObject *object)
{
  LabSwitchPorts *self = LAB_SWITCH_PORTS (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->node);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_switch_ports_parent_class)->dispose (object);
}

static void
lab_switch_ports_finalize (GObject *object)
{
  g_array_unref (LAB_SWITCH_PORTS (object)->lines);

  G_OBJECT_CLASS (lab_switch_ports_parent_class)->finalize (object);
}

static void
lab_switch_ports_class_init (LabSwitchPortsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_switch_ports_dispose;
  G_OBJECT_CLASS (klass)->finalize = lab_switch_ports_finalize;
}

static void
add_heading (LabSwitchPorts *self, int column, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (GTK_GRID (self->grid), label, column, 0, 1, 1);
}

static void
lab_switch_ports_init (LabSwitchPorts *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->lines = g_array_new (FALSE, TRUE, sizeof (Line));
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 6);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 3);
  add_heading (self, 0, _ ("Port"));
  add_heading (self, 1, _ ("Mode"));
  /* Translators: of an access port its VLAN, of a trunk the one without a tag */
  add_heading (self, 2, _ ("VLAN"));
  add_heading (self, 3, _ ("Allowed"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("VLANs"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("A trunk’s VLAN is the one without a tag."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->grid);
  adw_bin_set_child (ADW_BIN (self), group);
  self->signals = g_signal_group_new (LAB_TYPE_NODE);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
}

void
lab_switch_ports_set_session (LabSwitchPorts *self, LabSession *session)
{
  g_return_if_fail (LAB_IS_SWITCH_PORTS (self));

  g_set_object (&self->session, session);
}

void
lab_switch_ports_set_node (LabSwitchPorts *self, LabNode *node)
{
  g_return_if_fail (LAB_IS_SWITCH_PORTS (self));

  if (!g_set_object (&self->node, node))
    return;
  g_signal_group_set_target (self->signals, node);
  update (self);
}
