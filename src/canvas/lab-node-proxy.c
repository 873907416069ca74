/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices for the keyboard and for assistive technology. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-impair.h"
#include "lab-node-proxy.h"
#include "lab-runtime.h"
#include "lab-symbols.h"

/* More links than anybody would listen to. */
#define MAX_TOLD_LINKS 16

struct _LabNodeProxy
{
  GtkWidget parent_instance;

  LabNode *node;
  char *label;
  char *description;
};

enum
{
  ACTION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabNodeProxy, lab_node_proxy, GTK_TYPE_WIDGET)

static void
lab_node_proxy_dispose (GObject *object)
{
  g_clear_object (&LAB_NODE_PROXY (object)->node);

  G_OBJECT_CLASS (lab_node_proxy_parent_class)->dispose (object);
}

static void
lab_node_proxy_finalize (GObject *object)
{
  LabNodeProxy *self = LAB_NODE_PROXY (object);

  g_free (self->label);
  g_free (self->description);

  G_OBJECT_CLASS (lab_node_proxy_parent_class)->finalize (object);
}

static void
act (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* Without "node." */
  g_signal_emit (widget, signals[ACTION], 0, strchr (name, '.') + 1);
}

static void
lab_node_proxy_class_init (LabNodeProxyClass *klass)
{
  static const char *const actions[] = { "node.open-console", "node.select",    "node.context-menu",
                                         "node.connect",      "node.edit-name", "node.delete" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lab_node_proxy_dispose;
  object_class->finalize = lab_node_proxy_finalize;

  /**
   * LabNodeProxy::action:
   * @name: which
   *
   * Somebody wants something of the device.
   */
  signals[ACTION] = g_signal_new ("action", LAB_TYPE_NODE_PROXY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, act);
  gtk_widget_class_set_css_name (widget_class, "labnode");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
lab_node_proxy_init (LabNodeProxy *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
lab_node_proxy_new (LabNode *node)
{
  LabNodeProxy *self;

  g_return_val_if_fail (LAB_IS_NODE (node), NULL);

  self = g_object_new (LAB_TYPE_NODE_PROXY, NULL);
  self->node = g_object_ref (node);

  return GTK_WIDGET (self);
}

LabNode *
lab_node_proxy_get_node (LabNodeProxy *self)
{
  g_return_val_if_fail (LAB_IS_NODE_PROXY (self), NULL);

  return self->node;
}

static void
describe_link (GString *text, LabNode *node, LabLink *link)
{
  guint end = g_str_equal (lab_link_get_node_name (link, 0), lab_node_get_name (node)) ? 0 : 1;
  const char *port = lab_link_get_port_name (link, end);
  const char *far_node = lab_link_get_node_name (link, 1 - end);
  const char *far_port = lab_link_get_port_name (link, 1 - end);
  g_autofree char *impairments = lab_link_describe_impairments (link);
  LabLinkRun run;

  if (lab_link_get_plugged (link))
    /* Translators: for screen readers, in a list; port, other device, its port */
    g_string_append_printf (text, _ ("%s to %s %s"), port, far_node, far_port);
  else
    /* Translators: for screen readers, in a list; port, other device, its port */
    g_string_append_printf (text, _ ("%s unplugged from %s %s"), port, far_node, far_port);
  if (impairments != NULL)
    g_string_append_printf (text, " (%s)", impairments);
  lab_link_get_run (link, &run);
  if (run.captured)
    g_string_append_printf (text, " (%s)", _ ("Captured"));
}

char *
lab_node_proxy_describe (LabNode *node, GPtrArray *links)
{
  GString *text = g_string_new (lab_run_state_get_label (lab_node_get_run_state (node)));
  const char *message = lab_node_get_run_message (node);

  if (*message != '\0')
    g_string_append_printf (text, ": %s ", message);
  else
    g_string_append (text, ", ");
  if (links->len == 0)
    g_string_append (text, _ ("no links"));
  else
    g_string_append_printf (text, ngettext ("%u link: ", "%u links: ", links->len), links->len);
  for (guint i = 0; i < links->len && i < MAX_TOLD_LINKS; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      describe_link (text, node, g_ptr_array_index (links, i));
    }
  if (links->len > MAX_TOLD_LINKS)
    g_string_append (text, "…");

  return g_string_free (text, FALSE);
}

void
lab_node_proxy_tell (LabNodeProxy *self, GPtrArray *links)
{
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  g_return_if_fail (LAB_IS_NODE_PROXY (self));

  /* Translators: for screen readers; kind of a device, and its name */
  label = g_strdup_printf (_ ("%s %s"), lab_symbols_get_title (lab_symbols_for_node (self->node)),
                           lab_node_get_name (self->node));
  description = lab_node_proxy_describe (self->node, links);
  if (g_strcmp0 (label, self->label) != 0)
    {
      g_free (self->label);
      self->label = g_steal_pointer (&label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      self->label, -1);
    }
  if (g_strcmp0 (description, self->description) != 0)
    {
      g_free (self->description);
      self->description = g_steal_pointer (&description);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      self->description, -1);
    }
}

void
lab_node_proxy_set_selected (LabNodeProxy *self, gboolean selected)
{
  g_return_if_fail (LAB_IS_NODE_PROXY (self));

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}
