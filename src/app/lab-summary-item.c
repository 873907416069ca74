/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of the summary and what it says. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-impair.h"
#include "lab-labels.h"
#include "lab-runtime.h"
#include "lab-summary-item.h"

struct _LabSummaryItem
{
  GObject parent_instance;

  LabSummaryKind kind;
  LabNode *node;
  LabLink *link; /* (nullable) */
  guint end;
  char *port; /* (nullable): of a free port */
};

G_DEFINE_FINAL_TYPE (LabSummaryItem, lab_summary_item, G_TYPE_OBJECT)

static void
lab_summary_item_finalize (GObject *object)
{
  LabSummaryItem *self = LAB_SUMMARY_ITEM (object);

  g_clear_object (&self->node);
  g_clear_object (&self->link);
  g_free (self->port);

  G_OBJECT_CLASS (lab_summary_item_parent_class)->finalize (object);
}

static void
lab_summary_item_class_init (LabSummaryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_summary_item_finalize;
}

static void
lab_summary_item_init (LabSummaryItem *self)
{
}

LabSummaryItem *
lab_summary_item_new (LabSummaryKind kind, LabNode *node)
{
  LabSummaryItem *self = g_object_new (LAB_TYPE_SUMMARY_ITEM, NULL);

  self->kind = kind;
  self->node = g_object_ref (node);

  return self;
}

LabSummaryItem *
lab_summary_item_new_link (LabNode *node, LabLink *link, guint end)
{
  LabSummaryItem *self = lab_summary_item_new (LAB_SUMMARY_LINK, node);

  self->link = g_object_ref (link);
  self->end = end;

  return self;
}

LabSummaryItem *
lab_summary_item_new_port (LabNode *node, const LabPort *port)
{
  LabSummaryItem *self = lab_summary_item_new (LAB_SUMMARY_PORT, node);

  self->port = g_strdup (port->name);

  return self;
}

LabSummaryKind
lab_summary_item_get_kind (LabSummaryItem *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ITEM (self), LAB_SUMMARY_NODE);

  return self->kind;
}

LabNode *
lab_summary_item_get_node (LabSummaryItem *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ITEM (self), NULL);

  return self->node;
}

LabLink *
lab_summary_item_get_link (LabSummaryItem *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ITEM (self), NULL);

  return self->link;
}

guint
lab_summary_item_get_end (LabSummaryItem *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ITEM (self), 0);

  return self->end;
}

const char *
lab_summary_item_get_port (LabSummaryItem *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ITEM (self), NULL);

  return self->link != NULL ? lab_link_get_port_name (self->link, self->end) : self->port;
}

gpointer
lab_summary_item_get_object (LabSummaryItem *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ITEM (self), NULL);

  return self->link != NULL ? (gpointer) self->link : (gpointer) self->node;
}

char *
lab_summary_item_dup_title (LabSummaryItem *self, guint n_free)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ITEM (self), NULL);

  switch (self->kind)
    {
    case LAB_SUMMARY_LINK:
      return g_strdup_printf ("%s → %s %s", lab_link_get_port_name (self->link, self->end),
                              lab_link_get_node_name (self->link, 1 - self->end),
                              lab_link_get_port_name (self->link, 1 - self->end));
    case LAB_SUMMARY_CONSOLE:
      return g_strdup (_ ("Console"));
    case LAB_SUMMARY_FREE:
      return g_strdup_printf (ngettext ("%u free port", "%u free ports", n_free), n_free);
    case LAB_SUMMARY_PORT:
      return g_strdup (self->port);
    case LAB_SUMMARY_NODE:
    default:
      return g_strdup (lab_node_get_name (self->node));
    }
}

static const char *
console_state (LabNode *node)
{
  return lab_run_state_is_running (lab_node_get_run_state (node)) ? _ ("Open") : _ ("Stopped");
}

char *
lab_summary_item_dup_state (LabSummaryItem *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ITEM (self), NULL);

  switch (self->kind)
    {
    case LAB_SUMMARY_LINK:
      if (lab_link_is_impaired (self->link))
        /* Translators: the state of a line, and that it is made worse: "Line up, impaired" */
        return g_strdup_printf (_ ("%s, impaired"), lab_label_link_state (self->link, self->end));
      return g_strdup (lab_label_link_state (self->link, self->end));
    case LAB_SUMMARY_CONSOLE:
    case LAB_SUMMARY_FREE:
    case LAB_SUMMARY_PORT:
      return g_strdup ("");
    case LAB_SUMMARY_NODE:
    default:
      return g_strdup (lab_label_node_state (self->node));
    }
}

static char *
describe_link (LabSummaryItem *self)
{
  g_autofree char *impairments = lab_link_describe_impairments (self->link);

  /* Translators: for a screen reader: "R1 e0/0 to SW1 e3, line up"; at the end what is done to its
   * frames, if anything */
  return g_strdup_printf (_ ("%s %s to %s %s, %s%s%s"), lab_node_get_name (self->node),
                          lab_link_get_port_name (self->link, self->end),
                          lab_link_get_node_name (self->link, 1 - self->end),
                          lab_link_get_port_name (self->link, 1 - self->end),
                          lab_label_link_state (self->link, self->end),
                          impairments != NULL ? ". " : "", impairments != NULL ? impairments : "");
}

static char *
describe_node (LabSummaryItem *self, guint n_links)
{
  g_autofree char *links = g_strdup_printf (ngettext ("%u link", "%u links", n_links), n_links);

  /* Translators: for a screen reader: name, kind, state, number of links */
  return g_strdup_printf (_ ("%s, %s, %s, %s"), lab_node_get_name (self->node),
                          lab_label_node_kind (self->node), lab_label_node_state (self->node),
                          links);
}

char *
lab_summary_item_dup_description (LabSummaryItem *self, guint n_links, guint n_free)
{
  const char *name;

  g_return_val_if_fail (LAB_IS_SUMMARY_ITEM (self), NULL);

  name = lab_node_get_name (self->node);
  switch (self->kind)
    {
    case LAB_SUMMARY_LINK:
      return describe_link (self);
    case LAB_SUMMARY_CONSOLE:
      /* Translators: for a screen reader: a device's name, its console's state */
      return g_strdup_printf (_ ("Console of %s, %s"), name, console_state (self->node));
    case LAB_SUMMARY_FREE:
      /* Translators: for a screen reader: a number, a device's name */
      return g_strdup_printf (ngettext ("%u free port of %s", "%u free ports of %s", n_free),
                              n_free, name);
    case LAB_SUMMARY_PORT:
      /* Translators: for a screen reader: a device's name, a port's name */
      return g_strdup_printf (_ ("%s %s, free port"), name, self->port);
    case LAB_SUMMARY_NODE:
    default:
      return describe_node (self, n_links);
    }
}
