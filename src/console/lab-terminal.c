/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device's console: the widget, its line of state, its looks. What is typed and what comes is in
 * lab-terminal-input.c, the connection in lab-terminal-stream.c. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include <glib/gi18n.h>

#include "lab-terminal-bar.h"
#include "lab-terminal-private.h"
#include "lab-terminal-scheme.h"
#include "lab-terminal-text.h"

#define LATE_MS            400
#define DEFAULT_SCROLLBACK 10000

enum
{
  PROP_0,
  PROP_NODE_NAME,
  PROP_CONNECTED,
  N_PROPS,
};

enum
{
  SIGNAL_START_REQUESTED,
  SIGNAL_INPUT,
  SIGNAL_OUTPUT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabTerminal, lab_terminal, GTK_TYPE_WIDGET)

/* --- the line of state --- */

/* (transfer full) (nullable): there is nothing to say */
static char *
describe_state (LabTerminal *self)
{
  gboolean told = self->message != NULL && *self->message != '\0';

  switch (self->state)
    {
    case LAB_CLIENT_STATE_STOPPED:
      return g_strdup_printf (_ ("%s is stopped."), self->node_name);
    case LAB_CLIENT_STATE_CRASHED:
      /* Translators: the first %s is a device, the second says why it crashed. */
      return told ? g_strdup_printf (_ ("%s crashed: %s"), self->node_name, self->message)
                  : g_strdup_printf (_ ("%s crashed."), self->node_name);
    case LAB_CLIENT_STATE_FROZEN:
      return g_strdup_printf (_ ("%s is frozen."), self->node_name);
    case LAB_CLIENT_STATE_STOPPING:
      return g_strdup_printf (_ ("%s is stopping…"), self->node_name);
    case LAB_CLIENT_STATE_UNSUPPORTED:
      return told ? g_strdup_printf (_ ("%s cannot run here: %s"), self->node_name, self->message)
                  : g_strdup_printf (_ ("%s cannot run here."), self->node_name);
    case LAB_CLIENT_STATE_BUILTIN:
      return g_strdup_printf (_ ("%s has no console."), self->node_name);
    case LAB_CLIENT_STATE_UNKNOWN:
      return told ? g_strdup (self->message) : NULL;
    default:
      return !lab_terminal_get_connected (self) && self->late ? g_strdup (_ ("Connecting…")) : NULL;
    }
}

static const char *
describe_button (LabTerminal *self)
{
  if (!lab_terminal_is_away (self))
    return NULL;
  return self->state == LAB_CLIENT_STATE_FROZEN ? _ ("_Thaw") : _ ("_Start");
}

static const char *
choose_icon (LabTerminal *self)
{
  switch (self->state)
    {
    case LAB_CLIENT_STATE_STOPPED:
    case LAB_CLIENT_STATE_STOPPING:
      return "media-playback-stop-symbolic";
    case LAB_CLIENT_STATE_FROZEN:
      return "media-playback-pause-symbolic";
    case LAB_CLIENT_STATE_CRASHED:
    case LAB_CLIENT_STATE_UNSUPPORTED:
      return "dialog-warning-symbolic";
    case LAB_CLIENT_STATE_UNKNOWN:
      return "action-unavailable-symbolic";
    default:
      return "content-loading-symbolic";
    }
}

static void
update_bar (LabTerminal *self)
{
  LabTerminalBar *bar = LAB_TERMINAL_BAR (self->bar);
  g_autofree char *text = describe_state (self);
  gboolean error =
      self->state == LAB_CLIENT_STATE_CRASHED || self->state == LAB_CLIENT_STATE_UNSUPPORTED;

  if (text == NULL && self->overfull)
    {
      text = g_strdup_printf (_ ("%s takes no input now. The last of it was not sent."),
                              self->node_name);
      error = TRUE;
    }
  if (text != NULL)
    lab_terminal_bar_show (bar, choose_icon (self), text, describe_button (self), error);
  else
    lab_terminal_bar_hide (bar);
}

static gboolean
late_cb (gpointer user_data)
{
  LabTerminal *self = user_data;

  self->late_id = 0;
  self->late = TRUE;
  update_bar (self);
  return G_SOURCE_REMOVE;
}

/* A connection is made in a moment; only one that takes longer is worth a word. */
static void
watch_lateness (LabTerminal *self)
{
  self->late = FALSE;
  g_clear_handle_id (&self->late_id, g_source_remove);
  if (!lab_terminal_get_connected (self))
    self->late_id = g_timeout_add (LATE_MS, late_cb, self);
}

static void
stream_changed_cb (LabTerminal *self)
{
  self->overfull = FALSE;
  watch_lateness (self);
  update_bar (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTED]);
}

void
lab_terminal_set_overfull (LabTerminal *self, gboolean overfull)
{
  if (self->overfull == overfull)
    return;
  self->overfull = overfull;
  update_bar (self);
}

/* --- signals --- */

void
lab_terminal_emit_start_requested (LabTerminal *self)
{
  g_signal_emit (self, signals[SIGNAL_START_REQUESTED], 0);
}

void
lab_terminal_emit_input (LabTerminal *self, const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  g_signal_emit (self, signals[SIGNAL_INPUT], 0, bytes);
}

void
lab_terminal_emit_output (LabTerminal *self)
{
  g_signal_emit (self, signals[SIGNAL_OUTPUT], 0);
}

/* --- looks --- */

static void
apply_scheme (LabTerminal *self)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  LabTerminalColours colours;
  gboolean dark;

  g_object_get (settings, "gtk-application-prefer-dark-theme", &dark, NULL);
  lab_terminal_scheme_load (self->scheme, dark, &colours);
  vte_terminal_set_colors (self->vte, &colours.foreground, &colours.background, colours.palette,
                           LAB_TERMINAL_N_COLOURS);
  vte_terminal_set_color_cursor (self->vte, &colours.cursor);
  vte_terminal_set_color_cursor_foreground (self->vte, &colours.background);
}

static void
update_name (LabTerminal *self)
{
  g_autofree char *label = g_strdup_printf (_ ("Console of %s"), self->node_name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->vte), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
build_terminal (LabTerminal *self)
{
  self->vte = VTE_TERMINAL (vte_terminal_new ());
  vte_terminal_set_scrollback_lines (self->vte, DEFAULT_SCROLLBACK);
  vte_terminal_set_scroll_on_keystroke (self->vte, TRUE);
  vte_terminal_set_scroll_on_output (self->vte, FALSE);
  vte_terminal_set_audible_bell (self->vte, FALSE);
  vte_terminal_set_allow_hyperlink (self->vte, FALSE);
  vte_terminal_set_mouse_autohide (self->vte, TRUE);
  /* Without a PTY there is nobody to ask which it is. */
  vte_terminal_set_backspace_binding (self->vte, VTE_ERASE_ASCII_DELETE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->vte), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->vte), TRUE);
  g_signal_connect_swapped (self->vte, "selection-changed",
                            G_CALLBACK (lab_terminal_update_actions), self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_ALWAYS);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->vte));
}

/* --- the widget --- */

static gboolean
lab_terminal_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LAB_TERMINAL (widget)->vte));
}

static void
lab_terminal_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lab_terminal_parent_class)->root (widget);

  lab_terminal_watch_window (LAB_TERMINAL (widget), GTK_WIDGET (gtk_widget_get_root (widget)));
}

static void
lab_terminal_unroot (GtkWidget *widget)
{
  lab_terminal_leave_window (LAB_TERMINAL (widget), GTK_WIDGET (gtk_widget_get_root (widget)));

  GTK_WIDGET_CLASS (lab_terminal_parent_class)->unroot (widget);
}

static void
lab_terminal_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LabTerminal *self = LAB_TERMINAL (widget);

  GTK_WIDGET_CLASS (lab_terminal_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
lab_terminal_dispose (GObject *object)
{
  LabTerminal *self = LAB_TERMINAL (object);

  g_clear_handle_id (&self->late_id, g_source_remove);
  lab_terminal_end_input (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->search, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  self->vte = NULL;
  g_clear_object (&self->extra_menu);

  G_OBJECT_CLASS (lab_terminal_parent_class)->dispose (object);
}

static void
lab_terminal_finalize (GObject *object)
{
  LabTerminal *self = LAB_TERMINAL (object);

  g_free (self->node_name);
  g_free (self->message);
  g_free (self->scheme);

  G_OBJECT_CLASS (lab_terminal_parent_class)->finalize (object);
}

static void
lab_terminal_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabTerminal *self = LAB_TERMINAL (object);

  switch (id)
    {
    case PROP_NODE_NAME:
      g_value_set_string (value, self->node_name);
      break;
    case PROP_CONNECTED:
      g_value_set_boolean (value, lab_terminal_get_connected (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_terminal_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NODE_NAME:
      lab_terminal_set_node_name (LAB_TERMINAL (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_terminal_class_init (LabTerminalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lab_terminal_dispose;
  object_class->finalize = lab_terminal_finalize;
  object_class->get_property = lab_terminal_get_property;
  object_class->set_property = lab_terminal_set_property;
  widget_class->grab_focus = lab_terminal_grab_focus;
  widget_class->root = lab_terminal_root;
  widget_class->unroot = lab_terminal_unroot;
  widget_class->size_allocate = lab_terminal_size_allocate;

  properties[PROP_NODE_NAME] =
      g_param_spec_string ("node-name", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONNECTED] = g_param_spec_boolean ("connected", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_START_REQUESTED] = g_signal_new (
      "start-requested", LAB_TYPE_TERMINAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_INPUT] = g_signal_new ("input", LAB_TYPE_TERMINAL, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_OUTPUT] = g_signal_new ("output", LAB_TYPE_TERMINAL, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);

  lab_terminal_install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "terminal");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
lab_terminal_init (LabTerminal *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->node_name = g_strdup ("");
  build_terminal (self);
  self->bar = lab_terminal_bar_new ();
  self->search = lab_terminal_search_new (self->vte);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  gtk_widget_set_parent (self->search, GTK_WIDGET (self));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_swapped (self->bar, "activated", G_CALLBACK (lab_terminal_emit_start_requested),
                            self);
  lab_terminal_init_input (self);
  lab_terminal_init_menu (self);
  lab_terminal_update_actions (self);
  g_signal_connect_swapped (self->stream, "changed", G_CALLBACK (stream_changed_cb), self);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)),
                           "notify::gtk-application-prefer-dark-theme", G_CALLBACK (apply_scheme),
                           self, G_CONNECT_SWAPPED);
  apply_scheme (self);
  watch_lateness (self);
}

GtkWidget *
lab_terminal_new (const char *node_name)
{
  return g_object_new (LAB_TYPE_TERMINAL, "node-name", node_name, NULL);
}

const char *
lab_terminal_get_node_name (LabTerminal *self)
{
  g_return_val_if_fail (LAB_IS_TERMINAL (self), NULL);

  return self->node_name;
}

void
lab_terminal_set_node_name (LabTerminal *self, const char *name)
{
  g_return_if_fail (LAB_IS_TERMINAL (self));
  g_return_if_fail (name != NULL);

  if (g_strcmp0 (name, self->node_name) == 0)
    return;
  g_free (self->node_name);
  self->node_name = g_strdup (name);
  lab_terminal_stream_set_node_name (self->stream, name);
  update_name (self);
  update_bar (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NODE_NAME]);
}

void
lab_terminal_set_client (LabTerminal *self, LabClient *client)
{
  g_return_if_fail (LAB_IS_TERMINAL (self));

  lab_terminal_stream_set_client (self->stream, client);
}

void
lab_terminal_set_state (LabTerminal *self, LabClientState state, const char *message)
{
  g_return_if_fail (LAB_IS_TERMINAL (self));

  if (state == self->state && g_strcmp0 (message, self->message) == 0)
    return;
  if (state != self->state)
    watch_lateness (self);
  self->state = state;
  g_free (self->message);
  self->message = g_strdup (message);
  update_bar (self);
}

gboolean
lab_terminal_get_connected (LabTerminal *self)
{
  g_return_val_if_fail (LAB_IS_TERMINAL (self), FALSE);

  return self->stream != NULL && lab_terminal_stream_get_connected (self->stream);
}

void
lab_terminal_reconnect (LabTerminal *self)
{
  g_return_if_fail (LAB_IS_TERMINAL (self));

  lab_terminal_stream_reconnect (self->stream);
}

char *
lab_terminal_dup_text (LabTerminal *self)
{
  g_return_val_if_fail (LAB_IS_TERMINAL (self), NULL);

  return lab_terminal_text_dup (self->vte);
}

void
lab_terminal_set_font (LabTerminal *self, const char *font)
{
  PangoFontDescription *description = NULL;

  g_return_if_fail (LAB_IS_TERMINAL (self));

  if (font != NULL && *font != '\0')
    description = pango_font_description_from_string (font);
  vte_terminal_set_font (self->vte, description);
  g_clear_pointer (&description, pango_font_description_free);
}

void
lab_terminal_set_scheme (LabTerminal *self, const char *scheme)
{
  g_return_if_fail (LAB_IS_TERMINAL (self));

  g_free (self->scheme);
  self->scheme = g_strdup (scheme);
  apply_scheme (self);
}

void
lab_terminal_set_scrollback (LabTerminal *self, glong lines)
{
  g_return_if_fail (LAB_IS_TERMINAL (self));

  vte_terminal_set_scrollback_lines (self->vte, lines);
}

void
lab_terminal_set_extra_menu (LabTerminal *self, GMenuModel *menu)
{
  g_return_if_fail (LAB_IS_TERMINAL (self));

  g_set_object (&self->extra_menu, menu);
}
