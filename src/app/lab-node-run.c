/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A node's state and its buttons. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-image-library.h"
#include "lab-images-window.h"
#include "lab-labels.h"
#include "lab-node-run.h"
#include "lab-panel-edit.h"

struct _LabNodeRun
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *state;
  GtkWidget *icon;
  GtkWidget *output;
  GtkWidget *buttons;
  GtkWidget *freeze;
  GtkWidget *mend;
  GtkWidget *restart;
  GtkWidget *usage;
  GtkWidget *memory;

  LabSession *session;
  LabNode *node; /* (nullable) */
  GSignalGroup *signals;
  const char *style;
  guint tick_id;
};

enum
{
  CONSOLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabNodeRun, lab_node_run, ADW_TYPE_PREFERENCES_GROUP)

static void
show_usage (LabNodeRun *self)
{
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;
  guint64 memory;
  double cpu;
  gboolean known =
      self->node != NULL && lab_session_get_usage (self->session, self->node, &memory, &cpu);

  gtk_widget_set_visible (self->usage, known);
  if (!known)
    return;
  size = g_format_size_full (memory, G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: memory, and share of one processor */
  text = g_strdup_printf (_ ("%s, %.0f %% CPU"), size, cpu * 100);
  gtk_label_set_label (GTK_LABEL (self->memory), text);
}

static void
show_actions (LabNodeRun *self, LabRunState state)
{
  gboolean running = lab_run_state_is_running (state);
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean frozen = state == LAB_RUN_FROZEN;

  gtk_widget_action_set_enabled (widget, "run.start", !running);
  gtk_widget_action_set_enabled (widget, "run.stop", running && state != LAB_RUN_STOPPING);
  gtk_widget_action_set_enabled (widget, "run.reload", running && state != LAB_RUN_STOPPING);
  gtk_widget_action_set_enabled (widget, "run.freeze",
                                 state == LAB_RUN_BOOTING || state == LAB_RUN_READY || frozen);
  gtk_button_set_icon_name (GTK_BUTTON (self->freeze), frozen ? "media-playback-start-symbolic"
                                                              : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (self->freeze, frozen ? _ ("Thaw") : _ ("Freeze"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->freeze), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  frozen ? _ ("Thaw") : _ ("Freeze"), -1);
}

/* It ended, or never began, and its image has a fault that the library knows. */
static gboolean
can_be_mended (LabNodeRun *self)
{
  const char *name = lab_node_get_image_name (self->node);
  LabImageFile *file;
  LabImageRecord *record;

  if (lab_node_get_run_state (self->node) != LAB_RUN_CRASHED || name == NULL)
    return FALSE;
  file = lab_image_library_find (lab_image_library_get_default (), name);
  record = file != NULL ? lab_image_file_get_record (file) : NULL;

  return record != NULL && record->fault != LAB_IMAGE_GOOD;
}

static void
update (LabNodeRun *self)
{
  LabRunState state;
  const char *style;

  if (self->node == NULL)
    return;
  state = lab_node_get_run_state (self->node);
  style = lab_label_node_style (self->node);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state),
                                 lab_run_state_get_label (state));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->state), lab_node_get_run_message (self->node));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), lab_label_node_icon (self->node));
  if (self->style != NULL)
    gtk_widget_remove_css_class (self->icon, self->style);
  gtk_widget_add_css_class (self->icon, style);
  self->style = style;
  gtk_widget_set_visible (self->buttons, lab_node_get_kind (self->node) == LAB_NODE_IOU);
  gtk_widget_set_visible (self->output, state == LAB_RUN_CRASHED);
  gtk_widget_set_visible (self->mend, can_be_mended (self));
  gtk_widget_set_visible (self->restart, lab_node_get_restart_needed (self->node));
  show_actions (self, state);
  show_usage (self);
}

static void
control (LabNodeRun *self, LabClientVerb verb)
{
  if (self->node != NULL)
    lab_panel_control_one (self->session, verb, self->node);
}

static void
start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  control (LAB_NODE_RUN (widget), LAB_CLIENT_START);
}

static void
stop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  control (LAB_NODE_RUN (widget), LAB_CLIENT_STOP);
}

static void
reload (GtkWidget *widget, const char *name, GVariant *parameter)
{
  control (LAB_NODE_RUN (widget), LAB_CLIENT_RELOAD);
}

static void
freeze (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabNodeRun *self = LAB_NODE_RUN (widget);
  gboolean frozen = self->node != NULL && lab_node_get_run_state (self->node) == LAB_RUN_FROZEN;

  control (self, frozen ? LAB_CLIENT_THAW : LAB_CLIENT_FREEZE);
}

static void
console (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CONSOLE], 0);
}

static void
image (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabNodeRun *self = LAB_NODE_RUN (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->node != NULL && GTK_IS_WINDOW (root))
    lab_images_window_show (GTK_WINDOW (root), lab_node_get_image_name (self->node));
}

static gboolean
tick_cb (gpointer user_data)
{
  show_usage (user_data);

  return G_SOURCE_CONTINUE;
}

static void
lab_node_run_map (GtkWidget *widget)
{
  LabNodeRun *self = LAB_NODE_RUN (widget);

  GTK_WIDGET_CLASS (lab_node_run_parent_class)->map (widget);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
lab_node_run_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LAB_NODE_RUN (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (lab_node_run_parent_class)->unmap (widget);
}

static void
lab_node_run_dispose (GObject *object)
{
  LabNodeRun *self = LAB_NODE_RUN (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->node);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_node_run_parent_class)->dispose (object);
}

static void
lab_node_run_class_init (LabNodeRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_node_run_dispose;
  widget_class->map = lab_node_run_map;
  widget_class->unmap = lab_node_run_unmap;

  /**
   * LabNodeRun::console:
   *
   * The node's console is wanted.
   */
  signals[CONSOLE] = g_signal_new ("console", LAB_TYPE_NODE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "run.start", NULL, start);
  gtk_widget_class_install_action (widget_class, "run.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "run.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "run.freeze", NULL, freeze);
  gtk_widget_class_install_action (widget_class, "run.console", NULL, console);
  gtk_widget_class_install_action (widget_class, "run.image", NULL, image);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-node-run.ui");
  gtk_widget_class_bind_template_child (widget_class, LabNodeRun, state);
  gtk_widget_class_bind_template_child (widget_class, LabNodeRun, icon);
  gtk_widget_class_bind_template_child (widget_class, LabNodeRun, output);
  gtk_widget_class_bind_template_child (widget_class, LabNodeRun, buttons);
  gtk_widget_class_bind_template_child (widget_class, LabNodeRun, freeze);
  gtk_widget_class_bind_template_child (widget_class, LabNodeRun, mend);
  gtk_widget_class_bind_template_child (widget_class, LabNodeRun, restart);
  gtk_widget_class_bind_template_child (widget_class, LabNodeRun, usage);
  gtk_widget_class_bind_template_child (widget_class, LabNodeRun, memory);
}

static void
lab_node_run_init (LabNodeRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (LAB_TYPE_NODE);
  g_signal_group_connect_swapped (self->signals, "run-changed", G_CALLBACK (update), self);
}

void
lab_node_run_set_session (LabNodeRun *self, LabSession *session)
{
  g_return_if_fail (LAB_IS_NODE_RUN (self));

  g_set_object (&self->session, session);
}

void
lab_node_run_set_node (LabNodeRun *self, LabNode *node)
{
  g_return_if_fail (LAB_IS_NODE_RUN (self));

  g_set_object (&self->node, node);
  g_signal_group_set_target (self->signals, node);
  update (self);
}
