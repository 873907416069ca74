/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window "Save Configurations". Each attempt is a LabSaveAll of the devices that have not saved
 * yet; a second one comes with Try Again. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-result-row.h"
#include "lab-save-all.h"
#include "lab-save-window.h"

typedef struct
{
  LabNode *node;
  LabResultRow *row;  /* borrowed: the list has it */
  GtkWidget *console; /* borrowed: seen when it has failed */
  LabSaveState state;
} Device;

struct _LabSaveWindow
{
  AdwWindow parent_instance;

  GtkWidget *cancel;
  GtkWidget *again;
  GtkWidget *go_on;
  GtkLabel *count;
  GtkListBox *list;

  LabSession *session;
  GPtrArray *devices;
  LabSaveAll *attempt; /* (nullable): the last one */
  GPtrArray *asked;    /* (nullable): whom it asks, borrowed */
  gboolean goes_on;    /* something waits for the answer */
  gboolean answered;
};

G_DEFINE_FINAL_TYPE (LabSaveWindow, lab_save_window, ADW_TYPE_WINDOW)

enum
{
  CONSOLE,
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
device_free (gpointer data)
{
  Device *device = data;

  g_object_unref (device->node);
  g_free (device);
}

/* --- the answer --- */

static void
answer (LabSaveWindow *self, gboolean go_on)
{
  if (self->answered)
    return;
  self->answered = TRUE;
  g_signal_emit (self, signals[ANSWERED], 0, go_on);
}

static void
go_on_cb (LabSaveWindow *self)
{
  answer (self, TRUE);
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_request_cb (LabSaveWindow *self)
{
  answer (self, FALSE);
  return GDK_EVENT_PROPAGATE;
}

/* --- how far it is --- */

static guint
count (LabSaveWindow *self, LabSaveState state)
{
  guint n = 0;

  for (guint i = 0; i < self->devices->len; i++)
    n += ((Device *) self->devices->pdata[i])->state == state;
  return n;
}

static char *
say_count (LabSaveWindow *self)
{
  guint all = self->devices->len;
  guint saved = count (self, LAB_SAVE_SAVED);
  guint failed = count (self, LAB_SAVE_FAILED);

  if (saved + failed < all)
    return g_strdup_printf (_ ("Saving: %u of %u done"), saved + failed, all);
  if (failed == 0)
    return g_strdup_printf (ngettext ("%u device has saved its configuration.",
                                      "%u devices have saved their configurations.", all),
                            all);
  return g_strdup_printf (ngettext ("%u device has not saved its configuration.",
                                    "%u devices have not saved their configurations.", failed),
                          failed);
}

/* A button that has the keyboard must not go with it. */
static void
show_button (GtkWidget *button, gboolean shown, GtkWidget *other)
{
  if (!shown && gtk_widget_has_focus (button))
    gtk_widget_grab_focus (other);
  gtk_widget_set_visible (button, shown);
}

static void
update (LabSaveWindow *self)
{
  g_autofree char *text = say_count (self);
  guint failed = count (self, LAB_SAVE_FAILED);
  gboolean done = count (self, LAB_SAVE_WAITING) == 0;

  gtk_label_set_text (self->count, text);
  gtk_button_set_label (GTK_BUTTON (self->cancel),
                        done && !self->goes_on ? _ ("_Close") : _ ("_Cancel"));
  show_button (self->again, done && failed > 0, self->cancel);
  show_button (self->go_on, done && failed > 0 && self->goes_on, self->cancel);
  if (done && failed == 0 && self->goes_on)
    go_on_cb (self);
}

/* --- an attempt --- */

static void
show_device (LabSaveWindow *self, Device *device, const char *sentence)
{
  static const LabResult results[] = {
    [LAB_SAVE_WAITING] = LAB_RESULT_WAITING,
    [LAB_SAVE_SAVED] = LAB_RESULT_GOOD,
    [LAB_SAVE_FAILED] = LAB_RESULT_BAD,
  };

  /* Not above a window that waits for the answer. */
  gtk_widget_set_visible (device->console, device->state == LAB_SAVE_FAILED && !self->goes_on);
  lab_result_row_set (device->row, results[device->state], sentence);
}

static void
changed_cb (LabSaveWindow *self, guint index, LabSaveAll *attempt)
{
  Device *device;

  if (attempt != self->attempt)
    return;
  device = self->asked->pdata[index];
  device->state = lab_save_all_get_state (attempt, index);
  show_device (self, device, lab_save_all_get_sentence (attempt, index));
  update (self);
}

static void
end_attempt (LabSaveWindow *self)
{
  if (self->attempt != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->attempt, self);
      lab_save_all_cancel (self->attempt);
    }
  g_clear_object (&self->attempt);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
}

static void
ask (LabSaveWindow *self, Device *device)
{
  device->state = LAB_SAVE_WAITING;
  show_device (self, device, _ ("Is told to save…"));
  g_ptr_array_add (self->asked, device);
  lab_save_all_add (self->attempt, lab_node_get_name (device->node), lab_node_get_id (device->node),
                    lab_node_get_image_name (device->node));
}

static void
fail_all (LabSaveWindow *self)
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      Device *device = self->devices->pdata[i];

      if (device->state == LAB_SAVE_SAVED)
        continue;
      device->state = LAB_SAVE_FAILED;
      show_device (self, device, _ ("The lab does not run."));
    }
  update (self);
}

static void
begin (LabSaveWindow *self)
{
  LabClient *client = lab_session_get_client (self->session);

  end_attempt (self);
  if (client == NULL)
    {
      fail_all (self);
      return;
    }
  self->attempt = lab_save_all_new (client);
  self->asked = g_ptr_array_new ();
  for (guint i = 0; i < self->devices->len; i++)
    {
      Device *device = self->devices->pdata[i];

      if (device->state != LAB_SAVE_SAVED)
        ask (self, device);
    }
  g_signal_connect_object (self->attempt, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
  /* With nobody to tell, the window has answered and is gone. */
  if (self->attempt != NULL)
    lab_save_all_start (self->attempt);
}

/* --- rows --- */

static void
console_cb (GtkButton *button, LabSaveWindow *self)
{
  LabNode *node = g_object_get_data (G_OBJECT (button), "node");

  g_signal_emit (self, signals[CONSOLE], 0, node);
}

static GtkWidget *
make_console_button (LabSaveWindow *self, LabNode *node)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("utilities-terminal-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Open the Console of %s"), lab_node_get_name (node));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "node", g_object_ref (node), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (console_cb), self, 0);
  return button;
}

static void
add_device (LabSaveWindow *self, LabNode *node)
{
  Device *device = g_new0 (Device, 1);
  GtkWidget *row = lab_result_row_new (lab_node_get_name (node));

  device->node = g_object_ref (node);
  device->row = LAB_RESULT_ROW (row);
  device->console = make_console_button (self, node);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), device->console);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->devices, device);
}

/* --- the window --- */

static void
lab_save_window_dispose (GObject *object)
{
  LabSaveWindow *self = LAB_SAVE_WINDOW (object);

  end_attempt (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  G_OBJECT_CLASS (lab_save_window_parent_class)->dispose (object);
}

static void
lab_save_window_class_init (LabSaveWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_save_window_dispose;
  signals[CONSOLE] = g_signal_new ("console", LAB_TYPE_SAVE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, LAB_TYPE_NODE);
  signals[ANSWERED] = g_signal_new ("answered", LAB_TYPE_SAVE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-save-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LabSaveWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, LabSaveWindow, again);
  gtk_widget_class_bind_template_child (widget_class, LabSaveWindow, go_on);
  gtk_widget_class_bind_template_child (widget_class, LabSaveWindow, count);
  gtk_widget_class_bind_template_child (widget_class, LabSaveWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, begin);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
}

static void
lab_save_window_init (LabSaveWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->devices = g_ptr_array_new_with_free_func (device_free);
}

static LabSaveWindow *
make_window (GtkWindow *parent, LabSession *session, GPtrArray *nodes)
{
  LabSaveWindow *self = g_object_new (LAB_TYPE_SAVE_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  for (guint i = 0; i < nodes->len; i++)
    add_device (self, nodes->pdata[i]);
  return self;
}

static LabSaveWindow *
find_window (GtkWindow *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (LAB_IS_SAVE_WINDOW (window) && gtk_window_get_transient_for (window) == parent)
        return LAB_SAVE_WINDOW (window);
    }
  return NULL;
}

LabSaveWindow *
lab_save_window_present (GtkWindow *parent, LabSession *session, GPtrArray *nodes)
{
  LabSaveWindow *self = find_window (parent);

  if (self != NULL && (self->goes_on || count (self, LAB_SAVE_WAITING) > 0))
    {
      gtk_window_present (GTK_WINDOW (self));
      return self;
    }
  if (self != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  self = make_window (parent, session, nodes);
  begin (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

static gboolean
begin_idle (gpointer user_data)
{
  LabSaveWindow *self = user_data;

  if (self->session != NULL)
    begin (self);
  return G_SOURCE_REMOVE;
}

LabSaveWindow *
lab_save_window_ask (GtkWindow *parent, LabSession *session, GPtrArray *nodes, const char *go_on)
{
  LabSaveWindow *self = find_window (parent);

  if (self != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  self = make_window (parent, session, nodes);
  self->goes_on = TRUE;
  gtk_button_set_label (GTK_BUTTON (self->go_on), go_on);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_present (GTK_WINDOW (self));
  /* The answer comes after its handler has been connected. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, begin_idle, g_object_ref (self), g_object_unref);
  return self;
}

GPtrArray *
lab_save_window_list_running (LabSession *session)
{
  GListModel *model = lab_topology_get_nodes (lab_session_get_topology (session));
  GPtrArray *nodes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (model, i);

      if (lab_run_state_is_running (lab_node_get_run_state (node)))
        g_ptr_array_add (nodes, g_steal_pointer (&node));
    }
  return nodes;
}
