/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows for the settings of nodes. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-adapter-dialog.h"
#include "lab-device-text.h"
#include "lab-image-library.h"
#include "lab-node-images.h"
#include "lab-node-settings.h"
#include "lab-panel-edit.h"
#include "lab-spin-row.h"
#include "lab-template-row.h"

#define ROUTER_IMAGE "labwright-router"

struct _LabNodeSettings
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *image;
  GtkWidget *image_about;
  GtkWidget *image_problem;
  GtkWidget *template;
  GtkWidget *ethernet;
  GtkWidget *serial;
  GtkWidget *ram;
  GtkWidget *nvram;
  GtkWidget *start_group;
  GtkWidget *keepalives_row;
  GtkWidget *keepalives;
  GtkWidget *frame_relay;
  GtkWidget *ports;
  GtkWidget *ageing;
  GtkWidget *interface;
  GtkWidget *circuits;
  GtkWidget *host_access_row;
  GtkWidget *host_access;
  GtkWidget *forwards;
  GtkWidget *tunnel_port;
  GtkWidget *remote;
  GtkWidget *locked;

  LabSession *session;
  LabImageLibrary *library;
  GPtrArray *nodes; /* (nullable) of LabNode */
  GStrv image_names;
  guint update_id;
  guint image_id;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (LabNodeSettings, lab_node_settings, ADW_TYPE_PREFERENCES_GROUP)

typedef double (*GetNumber) (LabNode *node);

static LabNode *
node_at (LabNodeSettings *self, guint i)
{
  return g_ptr_array_index (self->nodes, i);
}

static gboolean
all_of_kind (LabNodeSettings *self, LabNodeKind kind)
{
  for (guint i = 0; i < self->nodes->len; i++)
    if (lab_node_get_kind (node_at (self, i)) != kind)
      return FALSE;

  return TRUE;
}

static double
get_ethernet (LabNode *node)
{
  return lab_node_get_ethernet_adapters (node);
}

static double
get_serial (LabNode *node)
{
  return lab_node_get_serial_adapters (node);
}

static double
get_ram (LabNode *node)
{
  return lab_node_get_ram (node);
}

static double
get_nvram (LabNode *node)
{
  return lab_node_get_nvram (node);
}

static double
get_start_group (LabNode *node)
{
  return lab_node_get_start_group (node);
}

static double
get_tunnel_port (LabNode *node)
{
  return lab_node_get_tunnel_port (node);
}

static double
get_host_access (LabNode *node)
{
  return lab_node_get_host_access (node);
}

static double
get_keepalives (LabNode *node)
{
  return lab_node_get_keepalives (node);
}

static double
get_locked (LabNode *node)
{
  return lab_node_get_locked (node);
}

static double
get_ports (LabNode *node)
{
  return lab_node_get_n_ports (node);
}

static double
get_ageing (LabNode *node)
{
  return lab_node_get_ageing (node);
}

/* FALSE: the nodes differ. */
static gboolean
common_number (LabNodeSettings *self, GetNumber get, double *value)
{
  *value = get (node_at (self, 0));
  for (guint i = 1; i < self->nodes->len; i++)
    if (get (node_at (self, i)) != *value)
      return FALSE;

  return TRUE;
}

static void
show_number (LabNodeSettings *self, GtkWidget *row, gboolean visible, GetNumber get)
{
  double value;

  gtk_widget_set_visible (row, visible);
  if (!visible)
    return;
  if (common_number (self, get, &value))
    lab_spin_row_set_value (LAB_SPIN_ROW (row), value);
  else
    lab_spin_row_set_mixed (LAB_SPIN_ROW (row));
}

static void
show_check (LabNodeSettings *self, GtkWidget *check, GetNumber get)
{
  double value;
  gboolean same = common_number (self, get, &value);

  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (check), !same);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), same && value != 0);
}

static guint
position_of (char **names, const char *name)
{
  for (guint i = 0; name != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;

  return GTK_INVALID_LIST_POSITION;
}

/* While devices have different images there is one name more, the last one, which says so: newer
 * GTK does not let a list be without a selected item. */
static GStrv
list_images (LabNodeSettings *self, const char *common)
{
  g_auto (GStrv) names = lab_node_images_list (self->nodes, self->library);
  g_autoptr (GStrvBuilder) builder = NULL;

  if (common != NULL)
    return g_steal_pointer (&names);
  builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **) names);
  g_strv_builder_add (builder, "—");

  return g_strv_builder_end (builder);
}

static void
show_image (LabNodeSettings *self)
{
  g_autofree char *description = NULL;
  const char *common = lab_node_images_get_common (self->nodes);
  g_auto (GStrv) names = list_images (self, common);
  gboolean missing = common != NULL && lab_image_library_is_loaded (self->library) &&
                     lab_image_library_find (self->library, common) == NULL;

  if (self->image_names == NULL ||
      !g_strv_equal ((const char *const *) names, (const char *const *) self->image_names))
    {
      g_autoptr (GtkStringList) model = gtk_string_list_new ((const char *const *) names);

      g_strfreev (self->image_names);
      self->image_names = g_steal_pointer (&names);
      adw_combo_row_set_model (ADW_COMBO_ROW (self->image), G_LIST_MODEL (model));
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->image),
                              common != NULL ? position_of (self->image_names, common)
                                             : g_strv_length (self->image_names) - 1);
  description = lab_node_images_describe (common);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->image_about), description ?: "");
  gtk_widget_set_visible (self->image_about, description != NULL);
  gtk_widget_set_visible (self->image_problem, missing || common == NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->image_problem),
                                 missing ? _ ("This image is not on this machine")
                                         : _ ("The devices have different images"));
}

static void
show_interface (LabNodeSettings *self, gboolean visible)
{
  const char *name = visible ? lab_node_get_interface (node_at (self, 0)) : NULL;

  gtk_widget_set_visible (self->interface, visible);
  if (visible && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->interface)),
                            name != NULL ? name : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->interface), name != NULL ? name : "");
}

/* A list that is typed as a line; only of a single device. */
static void
show_line (LabNodeSettings *self, GtkWidget *row, gboolean visible, char *(*write) (LabNode *node))
{
  g_autofree char *text = visible ? write (node_at (self, 0)) : NULL;

  gtk_widget_set_visible (row, visible);
  if (visible && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
show_list (LabNodeSettings *self, GtkWidget *row, LabNodeKind kind, char *(*write) (LabNode *node))
{
  show_line (self, row, self->nodes->len == 1 && all_of_kind (self, kind), write);
}

/* Other images are told by their configuration what their serial ports speak. */
static gboolean
speaks_frame_relay (LabNodeSettings *self)
{
  return self->nodes->len == 1 && lab_node_get_serial_adapters (node_at (self, 0)) > 0 &&
         g_str_equal (lab_node_get_image_name (node_at (self, 0)), ROUTER_IMAGE);
}

static char *
dup_remote (LabNode *node)
{
  return g_strdup (lab_node_get_remote (node) != NULL ? lab_node_get_remote (node) : "");
}

static void
update (LabNodeSettings *self)
{
  gboolean iou;
  gboolean row_of_ports;

  if (self->nodes == NULL || self->nodes->len == 0)
    return;
  self->updating = TRUE;
  iou = all_of_kind (self, LAB_NODE_IOU);
  row_of_ports = all_of_kind (self, LAB_NODE_SWITCH) || all_of_kind (self, LAB_NODE_HUB) ||
                 all_of_kind (self, LAB_NODE_FRAME_RELAY_SWITCH);
  gtk_widget_set_visible (self->image, iou);
  gtk_widget_set_visible (self->image_about, FALSE);
  gtk_widget_set_visible (self->image_problem, FALSE);
  gtk_widget_set_visible (self->template, FALSE);
  if (iou)
    {
      /* What the user has just picked comes first, and shows everything anew. */
      if (self->image_id == 0)
        show_image (self);
      lab_template_row_show (LAB_TEMPLATE_ROW (self->template), self->library, self->nodes);
    }
  show_number (self, self->ethernet, iou, get_ethernet);
  show_number (self, self->serial, iou, get_serial);
  show_number (self, self->ram, iou, get_ram);
  show_number (self, self->nvram, iou, get_nvram);
  show_number (self, self->start_group, iou, get_start_group);
  gtk_widget_set_visible (self->keepalives_row, iou);
  show_check (self, self->keepalives, get_keepalives);
  show_line (self, self->frame_relay, speaks_frame_relay (self), lab_device_text_from_frame_relay);
  show_number (self, self->ports, row_of_ports, get_ports);
  show_number (self, self->ageing, all_of_kind (self, LAB_NODE_SWITCH), get_ageing);
  show_interface (self, self->nodes->len == 1 && all_of_kind (self, LAB_NODE_TAP));
  show_list (self, self->circuits, LAB_NODE_FRAME_RELAY_SWITCH, lab_device_text_from_pvcs);
  show_list (self, self->forwards, LAB_NODE_NAT, lab_device_text_from_forwards);
  show_list (self, self->remote, LAB_NODE_TUNNEL, dup_remote);
  show_number (self, self->tunnel_port,
               self->nodes->len == 1 && all_of_kind (self, LAB_NODE_TUNNEL), get_tunnel_port);
  gtk_widget_set_visible (self->host_access_row, all_of_kind (self, LAB_NODE_NAT));
  show_check (self, self->host_access, get_host_access);
  show_check (self, self->locked, get_locked);
  self->updating = FALSE;
}

static gboolean
update_cb (gpointer user_data)
{
  LabNodeSettings *self = user_data;

  self->update_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* One step may change a thousand nodes. */
static void
queue_update (LabNodeSettings *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
set (LabNodeSettings *self, const char *key, JsonNode *value)
{
  if (self->nodes != NULL)
    lab_panel_set_nodes (self->session, self->nodes, key, value);
  /* What was refused is shown as it is. */
  update (self);
}

static gboolean
image_picked_cb (gpointer user_data)
{
  LabNodeSettings *self = user_data;
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->image));
  const char *common = lab_node_images_get_common (self->nodes);
  const char *name = selected != GTK_INVALID_LIST_POSITION ? self->image_names[selected] : common;
  gboolean is_name = common != NULL || (name != NULL && self->image_names[selected + 1] != NULL);

  self->image_id = 0;
  if (is_name && g_strcmp0 (name, common) != 0)
    lab_node_images_set (self->nodes, self->library, self->session, name);
  /* What was refused is shown as it is. */
  update (self);

  return G_SOURCE_REMOVE;
}

/* Later: an image that is not here leaves the list with its last device, and the row cannot take
 * another list while it tells. */
static void
image_cb (LabNodeSettings *self)
{
  if (!self->updating && self->nodes != NULL && self->image_id == 0)
    self->image_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, image_picked_cb, self, NULL);
}

static void
template_cb (LabNodeSettings *self, const char *name)
{
  set (self, "template", lab_panel_string (name));
}

static void
adapters_done_cb (gpointer user_data)
{
  update (user_data);
}

static void
set_adapters (LabNodeSettings *self, const char *key, guint count)
{
  if (self->nodes != NULL)
    lab_adapter_dialog_change (GTK_WIDGET (self), self->session, self->nodes, key, count,
                               adapters_done_cb, self);
}

static void
ethernet_cb (LabNodeSettings *self, double value)
{
  set_adapters (self, "ethernet", (guint) value);
}

static void
serial_cb (LabNodeSettings *self, double value)
{
  set_adapters (self, "serial", (guint) value);
}

static void
ports_cb (LabNodeSettings *self, double value)
{
  set_adapters (self, "ports", (guint) value);
}

static void
ram_cb (LabNodeSettings *self, double value)
{
  set (self, "ram", lab_panel_int ((gint64) value));
}

static void
nvram_cb (LabNodeSettings *self, double value)
{
  set (self, "nvram", lab_panel_int (value > 0 ? MAX ((gint64) value, LAB_MIN_NVRAM) : 0));
}

static void
start_group_cb (LabNodeSettings *self, double value)
{
  set (self, "start-group", lab_panel_int ((gint64) value));
}

static void
ageing_cb (LabNodeSettings *self, double value)
{
  set (self, "ageing", lab_panel_int ((gint64) value));
}

static void
keepalives_cb (LabNodeSettings *self)
{
  if (!self->updating)
    set (self, "keepalives",
         lab_panel_boolean (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->keepalives))));
}

static void
locked_cb (LabNodeSettings *self)
{
  if (!self->updating)
    set (self, "locked",
         lab_panel_boolean (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->locked))));
}

static void
interface_cb (LabNodeSettings *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->interface));

  set (self, "interface", lab_panel_string (*text != '\0' ? text : NULL));
}

static void
remote_cb (LabNodeSettings *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->remote));

  set (self, "remote", lab_panel_string (*text != '\0' ? text : NULL));
}

static void
tunnel_port_cb (LabNodeSettings *self, double value)
{
  set (self, "port", value > 0 ? lab_panel_int ((gint64) value) : NULL);
}

static void
circuits_cb (LabNodeSettings *self)
{
  set (self, "maps",
       lab_device_text_to_maps (gtk_editable_get_text (GTK_EDITABLE (self->circuits))));
}

static void
frame_relay_cb (LabNodeSettings *self)
{
  set (self, "frame-relay",
       lab_device_text_to_frame_relay (gtk_editable_get_text (GTK_EDITABLE (self->frame_relay))));
}

static void
forwards_cb (LabNodeSettings *self)
{
  set (self, "forwards",
       lab_device_text_to_forwards (gtk_editable_get_text (GTK_EDITABLE (self->forwards))));
}

static void
host_access_cb (LabNodeSettings *self)
{
  if (!self->updating)
    set (self, "host-access",
         lab_panel_boolean (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->host_access))));
}

static void
lab_node_settings_dispose (GObject *object)
{
  LabNodeSettings *self = LAB_NODE_SETTINGS (object);

  lab_node_settings_set_nodes (self, NULL);
  g_clear_object (&self->session);
  g_clear_pointer (&self->image_names, g_strfreev);

  G_OBJECT_CLASS (lab_node_settings_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, image);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, image_about);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, image_problem);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, template);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, ethernet);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, serial);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, ram);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, nvram);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, start_group);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, keepalives_row);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, keepalives);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, frame_relay);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, ports);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, ageing);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, interface);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, circuits);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, host_access_row);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, host_access);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, forwards);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, tunnel_port);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, remote);
  gtk_widget_class_bind_template_child (widget_class, LabNodeSettings, locked);
}

static void
lab_node_settings_class_init (LabNodeSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_node_settings_dispose;
  g_type_ensure (LAB_TYPE_SPIN_ROW);
  g_type_ensure (LAB_TYPE_TEMPLATE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-node-settings.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, image_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_cb);
  gtk_widget_class_bind_template_callback (widget_class, ethernet_cb);
  gtk_widget_class_bind_template_callback (widget_class, serial_cb);
  gtk_widget_class_bind_template_callback (widget_class, ram_cb);
  gtk_widget_class_bind_template_callback (widget_class, nvram_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_group_cb);
  gtk_widget_class_bind_template_callback (widget_class, keepalives_cb);
  gtk_widget_class_bind_template_callback (widget_class, frame_relay_cb);
  gtk_widget_class_bind_template_callback (widget_class, ports_cb);
  gtk_widget_class_bind_template_callback (widget_class, ageing_cb);
  gtk_widget_class_bind_template_callback (widget_class, interface_cb);
  gtk_widget_class_bind_template_callback (widget_class, circuits_cb);
  gtk_widget_class_bind_template_callback (widget_class, forwards_cb);
  gtk_widget_class_bind_template_callback (widget_class, tunnel_port_cb);
  gtk_widget_class_bind_template_callback (widget_class, remote_cb);
  gtk_widget_class_bind_template_callback (widget_class, host_access_cb);
  gtk_widget_class_bind_template_callback (widget_class, locked_cb);
}

static void
lab_node_settings_init (LabNodeSettings *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = FALSE;
  self->library = lab_image_library_get_default ();
  g_signal_connect_object (self->library, "items-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
}

void
lab_node_settings_set_session (LabNodeSettings *self, LabSession *session)
{
  g_return_if_fail (LAB_IS_NODE_SETTINGS (self));

  g_set_object (&self->session, session);
}

void
lab_node_settings_set_nodes (LabNodeSettings *self, GPtrArray *nodes)
{
  g_return_if_fail (LAB_IS_NODE_SETTINGS (self));

  for (guint i = 0; self->nodes != NULL && i < self->nodes->len; i++)
    g_signal_handlers_disconnect_by_data (node_at (self, i), self);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_handle_id (&self->image_id, g_source_remove);
  if (nodes == NULL || nodes->len == 0)
    return;
  self->nodes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < nodes->len; i++)
    {
      LabNode *node = g_ptr_array_index (nodes, i);

      g_ptr_array_add (self->nodes, g_object_ref (node));
      g_signal_connect_swapped (node, "changed", G_CALLBACK (queue_update), self);
    }
  update (self);
}
