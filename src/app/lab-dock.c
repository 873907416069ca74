/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dock of devices. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-add-nodes.h"
#include "lab-app-settings.h"
#include "lab-dock-row.h"
#include "lab-dock.h"
#include "lab-image-library.h"

struct _LabDock
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *entry;
  GtkWidget *stack;
  GtkWidget *list;

  LabSession *session;
  LabImageLibrary *library;
  GSettings *settings;
  GListStore *items;
  GtkFilter *filter;
  char *query;
};

enum
{
  ADD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabDock, lab_dock, GTK_TYPE_WIDGET)

static void
refill (LabDock *self)
{
  g_autofree char *image = g_settings_get_string (self->settings, "default-image");
  LabDockDefaults defaults = {
    .image = image,
    .ethernet = g_settings_get_uint (self->settings, "default-ethernet"),
    .serial = g_settings_get_uint (self->settings, "default-serial"),
    .ram = g_settings_get_uint (self->settings, "default-ram"),
  };
  g_autoptr (GPtrArray) items = lab_dock_items_new (self->library, &defaults);

  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
}

static void
settings_changed_cb (LabDock *self, const char *key)
{
  if (g_str_has_prefix (key, "default-"))
    refill (self);
}

static void
add (LabDock *self, LabNodeTemplate *template, guint count)
{
  g_signal_emit (self, signals[ADD], 0, template, count);
}

static LabDockItem *
selected_item (LabDock *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL ? lab_dock_row_get_item (LAB_DOCK_ROW (row)) : NULL;
}

static void
row_activated_cb (LabDock *self, GtkListBoxRow *row)
{
  add (self, lab_dock_item_get_template (lab_dock_row_get_item (LAB_DOCK_ROW (row))), 1);
}

static void
add_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabDock *self = LAB_DOCK (widget);
  LabDockItem *item = selected_item (self);

  if (item != NULL)
    add (self, lab_dock_item_get_template (item), 1);
}

typedef struct
{
  LabDock *dock;
  LabNodeTemplate *template;
} Several;

static void
several_free (gpointer data)
{
  Several *several = data;

  g_object_unref (several->dock);
  lab_node_template_unref (several->template);
  g_free (several);
}

static void
counted_cb (guint count, gpointer user_data)
{
  Several *several = user_data;

  add (several->dock, several->template, count);
}

static void
add_several (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabDock *self = LAB_DOCK (widget);
  LabDockItem *item = selected_item (self);
  Several *several;

  if (item == NULL)
    return;
  several = g_new0 (Several, 1);
  several->dock = g_object_ref (self);
  several->template = lab_node_template_ref (lab_dock_item_get_template (item));
  lab_ask_count (widget, several->template, counted_cb, several, several_free);
}

/* The first row that is shown is chosen, so that Enter in the search entry adds it. */
static void
select_first (LabDock *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), row != NULL ? "list" : "none");
}

static void
search_changed_cb (LabDock *self)
{
  g_free (self->query);
  self->query = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  select_first (self);
}

/* What was typed a moment ago counts too. */
static void
search_activate_cb (LabDock *self)
{
  search_changed_cb (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "dock.add", NULL);
}

static void
stop_search_cb (LabDock *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

/* The arrows go on from the entry into the list. */
static gboolean
key_pressed_cb (LabDock *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (keyval != GDK_KEY_Down || row == NULL)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (row));

  return TRUE;
}

/* What is typed in the list is searched for. GtkSearchEntry's own way of it would take Enter from
 * the list. */
static gboolean
typed_cb (LabDock *self,
          guint keyval,
          guint keycode,
          GdkModifierType state,
          GtkEventControllerKey *controller)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      !g_unichar_isgraph (gdk_keyval_to_unicode (keyval)))
    return FALSE;
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));

  return gtk_event_controller_key_forward (controller, GTK_WIDGET (text));
}

static gboolean
filter_item (gpointer item, gpointer user_data)
{
  LabDock *self = user_data;

  return self->query == NULL || lab_dock_item_matches (item, self->query);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  return lab_dock_row_new (item);
}

static LabDockSection
section_of (GtkListBoxRow *row)
{
  return lab_dock_item_get_section (lab_dock_row_get_item (LAB_DOCK_ROW (row)));
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  GtkWidget *label;

  if (before != NULL && section_of (before) == section_of (row))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (lab_dock_section_get_title (section_of (row)));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "lab-section");
  gtk_list_box_row_set_header (row, label);
}

static void
lab_dock_dispose (GObject *object)
{
  LabDock *self = LAB_DOCK (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->items);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->query, g_free);

  G_OBJECT_CLASS (lab_dock_parent_class)->dispose (object);
}

static void
lab_dock_class_init (LabDockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_dock_dispose;

  /**
   * LabDock::add:
   * @template: what to add
   * @count: how many
   *
   * Devices are wanted at the centre of the view.
   */
  signals[ADD] = g_signal_new ("add", LAB_TYPE_DOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, LAB_TYPE_NODE_TEMPLATE, G_TYPE_UINT);

  gtk_widget_class_install_action (widget_class, "dock.add", NULL, add_selected);
  gtk_widget_class_install_action (widget_class, "dock.add-several", NULL, add_several);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_SHIFT_MASK,
                                       "dock.add-several", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_SHIFT_MASK,
                                       "dock.add-several", NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-dock.ui");
  gtk_widget_class_bind_template_child (widget_class, LabDock, content);
  gtk_widget_class_bind_template_child (widget_class, LabDock, entry);
  gtk_widget_class_bind_template_child (widget_class, LabDock, stack);
  gtk_widget_class_bind_template_child (widget_class, LabDock, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "labdock");
}

static void
lab_dock_init (LabDock *self)
{
  g_autoptr (GtkFilterListModel) filtered = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_object_ref (lab_app_settings ());
  self->library = lab_image_library_get_default ();
  self->items = g_list_store_new (LAB_TYPE_DOCK_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_item, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                        g_object_ref (self->filter));
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), update_header, NULL, NULL);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (filtered), make_row, NULL,
                           NULL);
  g_signal_connect_object (self->library, "items-changed", G_CALLBACK (refill), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  refill (self);
}

GtkWidget *
lab_dock_new (LabSession *session)
{
  LabDock *self = g_object_new (LAB_TYPE_DOCK, NULL);

  g_set_object (&self->session, session);

  return GTK_WIDGET (self);
}

void
lab_dock_focus_search (LabDock *self)
{
  g_return_if_fail (LAB_IS_DOCK (self));

  gtk_widget_grab_focus (self->entry);
}
