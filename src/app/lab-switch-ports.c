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

/* By LabSwitchPortMode. */
static const char *const mode_names[] = { "access", "trunk", "qinq" };

static LabSwitchPortMode
mode_of (Line *line)
{
  return (LabSwitchPortMode) gtk_drop_down_get_selected (GTK_DROP_DOWN (line->mode));
}

static gboolean
is_trunk (Line *line)
{
  return mode_of (line) == LAB_SWITCH_TRUNK;
}

/* 0: what was typed is no VLAN. */
static guint
read_vlan (Line *line)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (line->vlan));
  guint64 vlan;

  return g_ascii_string_to_unsigned (text, 10, 1, LAB_MAX_VLAN, &vlan, NULL) ? (guint) vlan : 0;
}

/* What the line of a port says, as JSON. */
static JsonObject *
read_line (Line *line)
{
  const char *allowed = gtk_editable_get_text (GTK_EDITABLE (line->allowed));
  JsonObject *port = json_object_new ();

  json_object_set_string_member (port, "mode", mode_names[mode_of (line)]);
  json_object_set_int_member (port, is_trunk (line) ? "native" : "vlan", read_vlan (line));
  if (is_trunk (line) && *allowed != '\0')
    json_object_set_string_member (port, "allowed", allowed);

  return port;
}

static void
set_error (GtkWidget *entry, gboolean error, const char *tip)
{
  if (error)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_widget_set_tooltip_text (entry, tip);
}

/* Marks what is wrong, in place. */
static gboolean
check_line (Line *line)
{
  const char *allowed = gtk_editable_get_text (GTK_EDITABLE (line->allowed));
  g_autoptr (GError) error = NULL;
  gboolean good_list = *allowed == '\0' || lab_vlan_list_parse (allowed, NULL, &error);
  gboolean good_vlan = read_vlan (line) != 0;

  set_error (line->vlan, !good_vlan, _ ("1 to 4094"));
  set_error (line->allowed, !good_list,
             good_list ? _ ("As 1,10,20-29; empty: all") : error->message);

  return good_list && good_vlan;
}

static gboolean
differs (LabSwitchPorts *self, guint number)
{
  Line *line = line_at (self, number);
  LabSwitchPort port;
  const char *allowed = gtk_editable_get_text (GTK_EDITABLE (line->allowed));

  if (!lab_node_get_switch_port (self->node, number, &port))
    return FALSE;

  return mode_of (line) != port.mode || read_vlan (line) != port.vlan ||
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
      !check_line (line_at (self, number)))
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
apply_cb (LabSwitchPorts *self, GtkWidget *widget)
{
  apply (self, number_of (widget));
}

static void
mode_cb (LabSwitchPorts *self, GParamSpec *pspec, GtkWidget *widget)
{
  apply (self, number_of (widget));
}

static GtkWidget *
make_mode (LabSwitchPorts *self)
{
  /* Translators: kinds of ports of a switch; QinQ: 802.1Q in 802.1Q, a tunnel */
  const char *const names[] = { _ ("Access"), _ ("Trunk"), _ ("QinQ"), NULL };
  GtkWidget *mode = gtk_drop_down_new_from_strings (names);

  g_signal_connect_swapped (mode, "notify::selected", G_CALLBACK (mode_cb), self);

  return mode;
}

static void
left_cb (LabSwitchPorts *self, GtkEventController *controller)
{
  apply (self, number_of (gtk_event_controller_get_widget (controller)));
}

static void
typed_cb (LabSwitchPorts *self, GtkWidget *widget)
{
  if (!self->updating)
    check_line (line_at (self, number_of (widget)));
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
make_entry (LabSwitchPorts *self, int width)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), width);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), width);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (apply_cb), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (entry, focus);

  return entry;
}

static void
add_line (LabSwitchPorts *self, guint number)
{
  g_autofree char *name = g_strdup_printf ("e%u", number);
  GtkWidget *label = gtk_label_new (name);
  Line line = { .mode = make_mode (self),
                .vlan = make_entry (self, 5),
                .allowed = make_entry (self, 8) };
  int row = (int) number + 1;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_entry_set_input_purpose (GTK_ENTRY (line.vlan), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (line.allowed), _ ("all"));
  gtk_widget_set_hexpand (line.allowed, TRUE);
  set_name (line.mode, number, _ ("Mode"));
  set_name (line.vlan, number, _ ("VLAN"));
  set_name (line.allowed, number, _ ("Allowed VLANs"));
  gtk_grid_attach (GTK_GRID (self->grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line.mode, 1, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line.vlan, 2, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line.allowed, 3, row, 1, 1);
  g_array_append_val (self->lines, line);
}

static void
remove_line (LabSwitchPorts *self)
{
  gtk_grid_remove_row (GTK_GRID (self->grid), (int) self->lines->len);
  g_array_set_size (self->lines, self->lines->len - 1);
}

/* What is being typed stays, unless the document says something new. */
static void
show_text (GtkWidget *entry, const char *text)
{
  if (g_strcmp0 (g_object_get_data (G_OBJECT (entry), "shown"), text) == 0)
    return;
  g_object_set_data_full (G_OBJECT (entry), "shown", g_strdup (text), g_free);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
show_line (LabSwitchPorts *self, guint number)
{
  Line *line = line_at (self, number);
  g_autofree char *vlan = NULL;
  LabSwitchPort port;

  if (!lab_node_get_switch_port (self->node, number, &port))
    return;
  vlan = g_strdup_printf ("%u", port.vlan);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (line->mode), port.mode);
  gtk_widget_set_sensitive (line->allowed, port.mode == LAB_SWITCH_TRUNK);
  show_text (line->vlan, vlan);
  show_text (line->allowed, port.allowed != NULL ? port.allowed : "");
  check_line (line);
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
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group), _ ("A trunk’s VLAN is the one without a tag. QinQ takes all "
                                        "frames, tags included, as its VLAN."));
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
