/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the relay's counters. The file is mapped read-only; a refresh copies the slots in use,
 * each field with one relaxed load, and drops a slot that was given to another port meanwhile (its
 * serial changed). A relay that was restarted makes a new file under the same path, one that got
 * more ports makes it larger: both are seen before each refresh and the file is mapped again. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab-client-counters.h"

struct _LabClientCounters
{
  char *path;
  const guint8 *map; /* (nullable) */
  gsize size;
  dev_t device;
  ino_t inode;
  guint64 wakeups;
  GHashTable *ports; /* owned key text → owned RelayPortCounters */
};

static void
unmap (LabClientCounters *self)
{
  if (self->map != NULL)
    munmap ((void *) self->map, self->size);
  self->map = NULL;
  self->size = 0;
}

static gboolean
fail (LabClientCounters *self, GError **error, const char *reason)
{
  g_set_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_IO,
               _ ("The relay’s counters “%s” cannot be read: %s."), self->path, reason);
  return FALSE;
}

static gboolean
map_file (LabClientCounters *self, GError **error)
{
  const RelayCountersHeader *header;
  struct stat st;
  void *map;
  int fd = open (self->path, O_RDONLY | O_CLOEXEC);

  unmap (self);
  if (fd < 0)
    return fail (self, error, g_strerror (errno));
  if (fstat (fd, &st) != 0 || st.st_size < (off_t) sizeof *header)
    {
      close (fd);
      return fail (self, error, _ ("the file is too short"));
    }
  map = mmap (NULL, (gsize) st.st_size, PROT_READ, MAP_SHARED, fd, 0);
  close (fd);
  if (map == MAP_FAILED)
    return fail (self, error, g_strerror (errno));

  self->map = map;
  self->size = (gsize) st.st_size;
  self->device = st.st_dev;
  self->inode = st.st_ino;
  header = map;
  if (header->magic != RELAY_COUNTERS_MAGIC || header->version != RELAY_COUNTERS_VERSION ||
      header->header_size < sizeof *header || header->slot_size < sizeof (RelayPortCounters) ||
      header->header_size > self->size || header->header_size % 8 != 0 ||
      header->slot_size % 8 != 0)
    {
      unmap (self);
      return fail (self, error, _ ("it is not the file of this version’s relay"));
    }
  return TRUE;
}

static gboolean
is_current (LabClientCounters *self)
{
  struct stat st;

  return self->map != NULL && stat (self->path, &st) == 0 && st.st_dev == self->device &&
         st.st_ino == self->inode && (gsize) st.st_size == self->size;
}

#define LOAD(field) __atomic_load_n (&(field), __ATOMIC_RELAXED)

static gboolean
copy_slot (const RelayPortCounters *slot, RelayPortCounters *copy)
{
  copy->serial = __atomic_load_n (&slot->serial, __ATOMIC_ACQUIRE);
  if (copy->serial == 0)
    return FALSE;
  copy->id = LOAD (slot->id);
  memcpy (copy->device, slot->device, sizeof copy->device);
  copy->device[sizeof copy->device - 1] = '\0';
  copy->port = LOAD (slot->port);
  copy->line = LOAD (slot->line);
  copy->in_frames = LOAD (slot->in_frames);
  copy->in_bytes = LOAD (slot->in_bytes);
  copy->out_frames = LOAD (slot->out_frames);
  copy->out_bytes = LOAD (slot->out_bytes);
  for (guint i = 0; i < RELAY_DROP_REASONS; i++)
    copy->drops[i] = LOAD (slot->drops[i]);
  copy->queue = LOAD (slot->queue);
  copy->queue_max = LOAD (slot->queue_max);
  copy->in_keepalives = LOAD (slot->in_keepalives);
  copy->out_keepalives = LOAD (slot->out_keepalives);
  __atomic_thread_fence (__ATOMIC_ACQUIRE);
  return LOAD (slot->serial) == copy->serial;
}

static char *
port_key (guint id, const char *device, guint port)
{
  if (id != 0)
    return g_strdup_printf ("%u:%u", id, port);
  return g_strdup_printf ("%s:%u", device, port);
}

LabClientCounters *
lab_client_counters_open (const char *path, GError **error)
{
  g_autoptr (LabClientCounters) self = g_new0 (LabClientCounters, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->ports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!lab_client_counters_refresh (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
lab_client_counters_free (LabClientCounters *self)
{
  unmap (self);
  g_hash_table_unref (self->ports);
  g_free (self->path);
  g_free (self);
}

gboolean
lab_client_counters_refresh (LabClientCounters *self, GError **error)
{
  const RelayCountersHeader *header;
  gsize room;
  gsize n_slots;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!is_current (self) && !map_file (self, error))
    return FALSE;
  header = (const RelayCountersHeader *) self->map;
  room = (self->size - header->header_size) / header->slot_size;
  n_slots = MIN (LOAD (header->n_slots), room);
  self->wakeups = LOAD (header->wakeups);

  g_hash_table_remove_all (self->ports);
  for (gsize i = 0; i < n_slots; i++)
    {
      const guint8 *at = self->map + header->header_size + i * header->slot_size;
      g_autofree RelayPortCounters *copy = g_new0 (RelayPortCounters, 1);

      if (copy_slot ((const RelayPortCounters *) (const void *) at, copy))
        {
          char *key = port_key (copy->id, copy->device, copy->port);

          g_hash_table_replace (self->ports, key, g_steal_pointer (&copy));
        }
    }
  return TRUE;
}

static gboolean
find (LabClientCounters *self, const char *key, RelayPortCounters *counters)
{
  const RelayPortCounters *found = g_hash_table_lookup (self->ports, key);

  if (found != NULL)
    *counters = *found;
  return found != NULL;
}

gboolean
lab_client_counters_find_instance (
    LabClientCounters *self, guint id, guint bay, guint unit, RelayPortCounters *counters)
{
  /* The packed port byte of the wire: low half the bay, high half the unit. */
  g_autofree char *key = port_key (id, NULL, unit << 4 | bay);

  return find (self, key, counters);
}

gboolean
lab_client_counters_find_device (LabClientCounters *self,
                                 const char *device,
                                 guint port,
                                 RelayPortCounters *counters)
{
  g_autofree char *key = port_key (0, device, port);

  return find (self, key, counters);
}

guint64
lab_client_counters_get_wakeups (LabClientCounters *self)
{
  return self->wakeups;
}
