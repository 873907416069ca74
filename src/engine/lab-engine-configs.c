/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Configurations that clients put into the NVRAM of devices, some or many at once. All are looked
 * at before the first is written: what cannot be done is said while nothing has been touched. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <glib/gi18n.h>

#include "lab-engine-private.h"
#include "lab-saved-vlans.h"

typedef struct
{
  LabDevice *device;
  const char *name;
  GBytes *text;
  GBytes *vlans; /* (nullable) */
} Item;

typedef struct
{
  LabEngine *engine;
  LabEngineWritten done;
  gpointer user_data;
  guint pending;
  GString *failures;
} Writing;

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->text, g_bytes_unref);
  g_clear_pointer (&item->vlans, g_bytes_unref);
}

static gboolean
has_device (GArray *items, LabDevice *device)
{
  for (guint i = 0; i < items->len; i++)
    {
      if (g_array_index (items, Item, i).device == device)
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_item (LabEngine *self, GArray *items, const char *name, GVariant *text, GError **error)
{
  LabEngineNode *node = g_hash_table_lookup (self->by_name, name);
  Item item = { 0 };

  if (node == NULL)
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_UNKNOWN_NODE,
                   _ ("The lab has no node of this name: %s."), name);
      return FALSE;
    }
  if (node->device == NULL)
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
                   _ ("%s is not a device that saves a configuration."), name);
      return FALSE;
    }
  if (has_device (items, node->device) || lab_device_has_new_config (node->device))
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
                   _ ("%s is being given another configuration already."), name);
      return FALSE;
    }
  item = (Item){ node->device, node->name, g_variant_get_data_as_bytes (text), NULL };
  g_array_append_val (items, item);
  return TRUE;
}

static GArray *
collect (LabEngine *self, GVariant *configs, GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  GVariantIter iter;
  const char *name;
  GVariant *text;

  g_array_set_clear_func (items, item_clear);
  g_variant_iter_init (&iter, configs);
  while (g_variant_iter_next (&iter, "{&s@ay}", &name, &text))
    {
      gboolean added = add_item (self, items, name, text, error);

      g_variant_unref (text);
      if (!added)
        return NULL;
    }
  return g_steal_pointer (&items);
}

static Item *
find_item (GArray *items, const char *name)
{
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      if (g_str_equal (item->name, name))
        return item;
    }
  return NULL;
}

static gboolean
add_vlans (GArray *items, const char *name, GVariant *data, GError **error)
{
  Item *item = find_item (items, name);

  if (item == NULL || item->vlans != NULL)
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
                   _ ("The VLAN database of %s has no configuration to go with."), name);
      return FALSE;
    }
  if (g_variant_get_size (data) > LAB_SAVED_MAX_VLANS)
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
                   _ ("The VLAN database of %s is larger than 1 MiB, so it is none."), name);
      return FALSE;
    }
  item->vlans = g_variant_get_data_as_bytes (data);
  return TRUE;
}

static gboolean
collect_vlans (GArray *items, GVariant *vlans, GError **error)
{
  GVariantIter iter;
  const char *name;
  GVariant *data;

  g_variant_iter_init (&iter, vlans);
  while (g_variant_iter_next (&iter, "{&s@ay}", &name, &data))
    {
      gboolean added = add_vlans (items, name, data, error);

      g_variant_unref (data);
      if (!added)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_stopped (GArray *items, GError **error)
{
  g_autoptr (GString) running = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);

      if (!lab_device_is_down (item->device))
        g_string_append_printf (running, "%s%s", running->len > 0 ? ", " : "", item->name);
    }
  if (running->len == 0)
    return TRUE;
  g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
               _ ("Stop %s first, or ask for a restart: a device that runs would overwrite its "
                  "configuration."),
               running->str);
  return FALSE;
}

static gboolean
check_fits (GArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      g_autoptr (GError) local_error = NULL;

      if (lab_device_check_config (item->device, item->text, &local_error))
        continue;
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
                   _ ("%s cannot hold this configuration: %s"), item->name, local_error->message);
      return FALSE;
    }
  return TRUE;
}

/* Only then processes are to be found. */
static gboolean
any_runs (GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      if (lab_device_is_active (g_array_index (items, Item, i).device))
        return TRUE;
    }
  return FALSE;
}

static void
writing_release (Writing *writing)
{
  g_autoptr (GError) error = NULL;

  writing->pending--;
  if (writing->pending > 0)
    return;
  if (writing->failures->len > 0)
    g_set_error_literal (&error, LAB_BUS_ERROR, LAB_BUS_ERROR_FAILED, writing->failures->str);
  writing->done (writing->engine, error, writing->user_data);
  g_string_free (writing->failures, TRUE);
  g_free (writing);
}

static void
config_put (LabDevice *device, const GError *error, gpointer user_data)
{
  Writing *writing = user_data;

  if (error != NULL)
    g_string_append_printf (writing->failures, "%s%s: %s", writing->failures->len > 0 ? "\n" : "",
                            lab_device_get_name (device), error->message);
  writing_release (writing);
}

gboolean
lab_engine_write_configs (LabEngine *self,
                          GVariant *configs,
                          GVariant *vlans,
                          gboolean restart,
                          LabEngineWritten done,
                          gpointer user_data,
                          GError **error)
{
  g_autoptr (GArray) items = collect (self, configs, error);
  g_autoptr (LabProcessTable) table = NULL;
  Writing *writing;

  if (items == NULL || !lab_engine_checkpoint_allows (self, error) ||
      !collect_vlans (items, vlans, error) || (!restart && !check_stopped (items, error)) ||
      !check_fits (items, error))
    return FALSE;

  writing = g_new0 (Writing, 1);
  writing->engine = self;
  writing->done = done;
  writing->user_data = user_data;
  writing->failures = g_string_new (NULL);
  writing->pending = items->len + 1;
  if (any_runs (items))
    table = lab_process_table_new ();
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);

      lab_device_put_config (item->device, item->text, item->vlans, table, config_put, writing);
    }
  writing_release (writing);
  return TRUE;
}
