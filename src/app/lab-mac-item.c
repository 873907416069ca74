/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of a switch's table of addresses. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "lab-mac-item.h"

struct _LabMacItem
{
  GObject parent_instance;

  guint vlan;
  guint age; /* seconds */
  char address[18];
  char *port;
};

enum
{
  PROP_VLAN = 1,
  PROP_ADDRESS,
  PROP_PORT,
  PROP_AGE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LabMacItem, lab_mac_item, G_TYPE_OBJECT)

static void
lab_mac_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabMacItem *self = LAB_MAC_ITEM (object);

  switch (id)
    {
    case PROP_VLAN:
      g_value_take_string (value, g_strdup_printf ("%u", self->vlan));
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_PORT:
      g_value_set_string (value, self->port);
      break;
    case PROP_AGE:
      /* Translators: seconds since an address was heard */
      g_value_take_string (value, g_strdup_printf (_ ("%u s"), self->age));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_mac_item_finalize (GObject *object)
{
  g_free (LAB_MAC_ITEM (object)->port);

  G_OBJECT_CLASS (lab_mac_item_parent_class)->finalize (object);
}

static void
lab_mac_item_class_init (LabMacItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lab_mac_item_get_property;
  object_class->finalize = lab_mac_item_finalize;
  properties[PROP_VLAN] = g_param_spec_string ("vlan", NULL, NULL, NULL, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_PORT] = g_param_spec_string ("port", NULL, NULL, NULL, flags);
  properties[PROP_AGE] = g_param_spec_string ("age", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lab_mac_item_init (LabMacItem *self)
{
}

LabMacItem *
lab_mac_item_new (LabNode *node, const char *line)
{
  g_autoptr (LabMacItem) self = g_object_new (LAB_TYPE_MAC_ITEM, NULL);
  LabPort port;
  guint number;

  if (sscanf (line, "vlan=%u mac=%17s port=%u age=%u", &self->vlan, self->address, &number,
              &self->age) != 4 ||
      !lab_node_get_port (node, number, &port))
    return NULL;
  self->port = g_strdup (port.name);

  return g_steal_pointer (&self);
}

int
lab_mac_item_compare (LabMacItem *first, LabMacItem *second)
{
  if (first->vlan != second->vlan)
    return first->vlan < second->vlan ? -1 : 1;

  return g_strcmp0 (first->address, second->address);
}

gboolean
lab_mac_item_is_same (LabMacItem *self, LabMacItem *other)
{
  return lab_mac_item_compare (self, other) == 0 && g_str_equal (self->port, other->port);
}

void
lab_mac_item_take_age (LabMacItem *self, LabMacItem *other)
{
  if (self->age == other->age)
    return;
  self->age = other->age;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AGE]);
}
