/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * A plan is a set of objects by key: instances ("7"), built-in devices ("n12") and links
 * ("7:0/1=n12:3"). Each knows the line that adds it. Two plans are compared object by object:
 *
 *   - a link that went, or one of whose ends went or must be made anew, is removed;
 *   - then parts of devices (circuits, forwarded ports) that went, and devices that went or whose
 *     adding line differs;
 *   - then devices are added, then ports of switches set that differ, then parts added, then links
 *     plugged or unplugged, then links added, each with its impairments.
 *
 * The same comparison against an empty plan is what a relay that was started again is told. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <string.h>

#include "lab-relay-plan.h"

typedef struct
{
  char *key;
  char *title;
  const char *kind; /* "instance", "switch", "hub"…, "link" */
  char *arguments;  /* behind its key in the line that adds it */
  char **ports;     /* (nullable) of a switch */
  char *owners[2];  /* of a link: the keys of its ends' devices; of a part: of its device, twice */
  gboolean plugged; /* of a link */
  char *impair[2];  /* (nullable) of a link: what is done to frames that leave each end */
} Item;

/* Before the key of a link in that of a command that impairs it. */
#define IMPAIR_PREFIX "impair "

struct _LabRelayPlan
{
  GHashTable *devices; /* key -> Item */
  GHashTable *parts;   /* key -> Item */
  GHashTable *links;   /* key -> Item */
};

static void
item_free (Item *self)
{
  g_free (self->key);
  g_free (self->title);
  g_free (self->arguments);
  g_strfreev (self->ports);
  g_free (self->owners[0]);
  g_free (self->owners[1]);
  g_free (self->impair[0]);
  g_free (self->impair[1]);
  g_free (self);
}

static void
command_free (LabRelayCommand *self)
{
  g_free (self->line);
  g_free (self->key);
  g_free (self->title);
  g_free (self);
}

LabRelayPlan *
lab_relay_plan_new (void)
{
  LabRelayPlan *self = g_new0 (LabRelayPlan, 1);

  self->devices = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) item_free);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) item_free);
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) item_free);
  return self;
}

void
lab_relay_plan_free (LabRelayPlan *self)
{
  g_hash_table_unref (self->devices);
  g_hash_table_unref (self->parts);
  g_hash_table_unref (self->links);
  g_free (self);
}

static Item *
add_item (GHashTable *table, char *key, const char *kind, const char *arguments, const char *title)
{
  Item *item = g_new0 (Item, 1);

  item->key = key;
  item->kind = kind;
  item->arguments = g_strdup (arguments);
  item->title = g_strdup (title);
  g_hash_table_replace (table, item->key, item);
  return item;
}

void
lab_relay_plan_add_instance (LabRelayPlan *self, guint id, const char *arguments, const char *title)
{
  add_item (self->devices, g_strdup_printf ("%u", id), "instance", arguments, title);
}

void
lab_relay_plan_add_device (LabRelayPlan *self,
                           const char *kind,
                           const char *name,
                           const char *arguments,
                           const char *const *ports,
                           const char *title)
{
  Item *item = add_item (self->devices, g_strdup (name), g_intern_string (kind), arguments, title);

  item->ports = g_strdupv ((char **) ports);
}

void
lab_relay_plan_add_part (LabRelayPlan *self,
                         const char *kind,
                         const char *name,
                         const char *arguments,
                         const char *title)
{
  Item *item = add_item (self->parts, g_strdup_printf ("%s %s", name, arguments),
                         g_intern_string (kind), arguments, title);

  item->owners[0] = g_strdup (name);
  item->owners[1] = g_strdup (name);
}

static char *
owner_of (const char *end)
{
  return g_strndup (end, strcspn (end, ":"));
}

void
lab_relay_plan_add_link (
    LabRelayPlan *self, const char *end_a, const char *end_b, gboolean plugged, const char *title)
{
  gboolean swap = strcmp (end_a, end_b) > 0;
  const char *first = swap ? end_b : end_a;
  const char *second = swap ? end_a : end_b;
  g_autofree char *arguments = g_strdup_printf ("%s %s", first, second);
  Item *item =
      add_item (self->links, g_strdup_printf ("%s=%s", first, second), "link", arguments, title);

  item->owners[0] = owner_of (first);
  item->owners[1] = owner_of (second);
  item->plugged = plugged;
}

void
lab_relay_plan_impair_link (LabRelayPlan *self,
                            const char *end_a,
                            const char *end_b,
                            const char *impair_a,
                            const char *impair_b)
{
  gboolean swap = strcmp (end_a, end_b) > 0;
  g_autofree char *key = g_strdup_printf ("%s=%s", swap ? end_b : end_a, swap ? end_a : end_b);
  Item *item = g_hash_table_lookup (self->links, key);

  g_return_if_fail (item != NULL);

  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&item->impair[i], g_free);
  item->impair[swap] = g_strdup (impair_a);
  item->impair[!swap] = g_strdup (impair_b);
}

/* A refused impairment is not the link's end: only that is not there. */
static void
forget_impairment (LabRelayPlan *self, const char *key)
{
  Item *item = g_hash_table_lookup (self->links, key);

  for (guint i = 0; item != NULL && i < 2; i++)
    g_clear_pointer (&item->impair[i], g_free);
}

void
lab_relay_plan_forget (LabRelayPlan *self, const char *key)
{
  if (g_str_has_prefix (key, IMPAIR_PREFIX))
    {
      forget_impairment (self, key + strlen (IMPAIR_PREFIX));
      return;
    }
  g_hash_table_remove (self->devices, key);
  g_hash_table_remove (self->parts, key);
  g_hash_table_remove (self->links, key);
}

static void G_GNUC_PRINTF (3, 4)
    add_command (GPtrArray *commands, const Item *item, const char *format, ...)
{
  LabRelayCommand *command = g_new0 (LabRelayCommand, 1);
  va_list args;

  va_start (args, format);
  command->line = g_strdup_vprintf (format, args);
  va_end (args);
  command->key = g_strdup (item->key);
  command->title = g_strdup (item->title);
  g_ptr_array_add (commands, command);
}

/* Is there such a device in @to that need not be made anew? */
static gboolean
device_stays (LabRelayPlan *to, const Item *item)
{
  const Item *other = g_hash_table_lookup (to->devices, item->key);

  return other != NULL && other->kind == item->kind &&
         g_str_equal (other->arguments, item->arguments);
}

static gboolean
owner_stays (LabRelayPlan *from, LabRelayPlan *to, const char *key)
{
  const Item *item = g_hash_table_lookup (from->devices, key);

  return item != NULL && device_stays (to, item);
}

static gboolean
link_stays (LabRelayPlan *from, LabRelayPlan *to, const Item *item)
{
  return g_hash_table_contains (to->links, item->key) && owner_stays (from, to, item->owners[0]) &&
         owner_stays (from, to, item->owners[1]);
}

static gboolean
part_stays (LabRelayPlan *from, LabRelayPlan *to, const Item *item)
{
  return g_hash_table_contains (to->parts, item->key) && owner_stays (from, to, item->owners[0]);
}

/* The key of a part is what stands behind the command. */
static void
compare_parts (LabRelayPlan *from, LabRelayPlan *to, gboolean add, GPtrArray *commands)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, add ? to->parts : from->parts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Item *item = value;
      gboolean is_nat = g_str_equal (item->kind, "nat");

      if (add && !(g_hash_table_contains (from->parts, item->key) && part_stays (from, to, item)))
        add_command (commands, item, "%s %s %s", item->kind, is_nat ? "forward" : "map", item->key);
      /* With its device it goes by itself. */
      else if (!add && owner_stays (from, to, item->owners[0]) && !part_stays (from, to, item))
        add_command (commands, item, "%s %s %s", item->kind, is_nat ? "unforward" : "unmap",
                     item->key);
    }
}

static void
compare_gone (LabRelayPlan *from, LabRelayPlan *to, GPtrArray *commands)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, from->links);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (!link_stays (from, to, value))
        add_command (commands, value, "link remove %s", ((Item *) value)->key);
    }
  compare_parts (from, to, FALSE, commands);
  g_hash_table_iter_init (&iter, from->devices);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Item *item = value;

      if (!device_stays (to, item))
        add_command (commands, item, "%s remove %s", item->kind, item->key);
    }
}

static void
compare_ports (const Item *old, const Item *item, GPtrArray *commands)
{
  for (guint i = 0; item->ports != NULL && item->ports[i] != NULL; i++)
    {
      /* "access 1" is what a port of a new switch is. */
      const char *now = old && old->ports ? old->ports[i] : "access 1";

      if (g_strcmp0 (now, item->ports[i]) != 0)
        add_command (commands, item, "switch port %s %u %s", item->key, i, item->ports[i]);
    }
}

static void
compare_new_devices (LabRelayPlan *from, LabRelayPlan *to, GPtrArray *commands)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, to->devices);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Item *item = value;
      const Item *old = g_hash_table_lookup (from->devices, item->key);

      if (old != NULL && !device_stays (to, old))
        old = NULL;
      if (old == NULL)
        add_command (commands, item, "%s add %s %s", item->kind, item->key, item->arguments);
      compare_ports (old, item, commands);
    }
}

static void
compare_impairments (const Item *old, const Item *item, GPtrArray *commands)
{
  g_auto (GStrv) ends = g_strsplit (item->arguments, " ", 2);

  for (guint i = 0; i < 2; i++)
    {
      LabRelayCommand *command;

      if (g_strcmp0 (old != NULL ? old->impair[i] : NULL, item->impair[i]) == 0)
        continue;
      add_command (commands, item, "impair %s %s", ends[i],
                   item->impair[i] != NULL ? item->impair[i] : "off");
      command = commands->pdata[commands->len - 1];
      g_free (command->key);
      command->key = g_strconcat (IMPAIR_PREFIX, item->key, NULL);
    }
}

static void
compare_new_links (LabRelayPlan *from, LabRelayPlan *to, GPtrArray *commands)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, to->links);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Item *item = value;
      const Item *old = g_hash_table_lookup (from->links, item->key);

      if (old != NULL && !link_stays (from, to, old))
        old = NULL;
      if (old == NULL)
        add_command (commands, item, "link add %s %s%s", item->key, item->arguments,
                     item->plugged ? "" : " unplugged");
      else if (old->plugged != item->plugged)
        add_command (commands, item, "link %s %s", item->plugged ? "plug" : "unplug", item->key);
      compare_impairments (old, item, commands);
    }
}

GPtrArray *
lab_relay_plan_compare (LabRelayPlan *from, LabRelayPlan *to)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func ((GDestroyNotify) command_free);
  g_autoptr (LabRelayPlan) empty = NULL;

  if (from == NULL)
    from = empty = lab_relay_plan_new ();
  compare_gone (from, to, commands);
  compare_new_devices (from, to, commands);
  compare_parts (from, to, TRUE, commands);
  compare_new_links (from, to, commands);
  return commands;
}
