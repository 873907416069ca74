/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The counters in shared memory.
 *
 * The largest file there can ever be is mapped at once, and the file grows beneath the mapping: so
 * a slot never moves and ports hold plain pointers to theirs. Blocks are reserved before the size
 * is told to the readers; a full disk then fails a command instead of killing the relay with
 * SIGBUS. */

#include "relay-counter-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_SLOTS    ((uint32_t) 1 << 18)
#define SLOTS_A_TIME 64

static size_t
file_size (uint32_t n_slots)
{
  return sizeof (RelayCountersHeader) + (size_t) n_slots * sizeof (RelayPortCounters);
}

static bool
grow (RelayCounterFile *file)
{
  uint32_t n_slots = file->header != NULL ? file->header->n_slots + SLOTS_A_TIME : SLOTS_A_TIME;

  if (n_slots > MAX_SLOTS)
    return false;
  if (file->fd >= 0 && posix_fallocate (file->fd, 0, (off_t) file_size (n_slots)) != 0)
    return false;
  if (file->header != NULL)
    __atomic_store_n (&file->header->n_slots, n_slots, __ATOMIC_RELEASE);
  return true;
}

static bool
create_file (RelayCounterFile *file, const char *path, RelayError *error)
{
  if (unlink (path) < 0 && errno != ENOENT)
    return relay_error_set (error, "cannot replace the counters file %s: %s", path,
                            strerror (errno));
  file->fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file->fd < 0)
    return relay_error_set (error, "cannot create the counters file %s: %s", path,
                            strerror (errno));
  file->path = relay_strdup (path);
  if (!grow (file))
    return relay_error_set (error, "no room for the counters file %s: free some space there", path);
  return true;
}

bool
relay_counter_file_open (RelayCounterFile *file, const char *path, RelayError *error)
{
  void *memory;
  int flags = path != NULL ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;

  file->fd = -1;
  file->next_serial = 1;
  if (path != NULL && !create_file (file, path, error))
    return false;
  memory = mmap (NULL, file_size (MAX_SLOTS), PROT_READ | PROT_WRITE, flags, file->fd, 0);
  if (memory == MAP_FAILED)
    return relay_error_set (error, "cannot map the counters: %s", strerror (errno));

  file->header = memory;
  file->slots = (RelayPortCounters *) (void *) (file->header + 1);
  file->header->version = RELAY_COUNTERS_VERSION;
  file->header->header_size = sizeof (RelayCountersHeader);
  file->header->slot_size = sizeof (RelayPortCounters);
  file->header->pid = (uint32_t) getpid ();
  file->header->n_slots = SLOTS_A_TIME;
  __atomic_store_n (&file->header->magic, RELAY_COUNTERS_MAGIC, __ATOMIC_RELEASE);
  return true;
}

void
relay_counter_file_close (RelayCounterFile *file)
{
  if (file->header != NULL)
    munmap (file->header, file_size (MAX_SLOTS));
  if (file->fd >= 0)
    close (file->fd);
  if (file->path != NULL)
    unlink (file->path);
  free (file->path);
  file->header = NULL;
  file->path = NULL;
  file->fd = -1;
}

RelayPortCounters *
relay_counter_file_take (RelayCounterFile *file, uint32_t id, const char *device, uint32_t port)
{
  uint32_t i = file->first_free;
  RelayPortCounters *slot;

  while (i < file->header->n_slots && file->slots[i].serial != 0)
    i++;
  if (i == file->header->n_slots && !grow (file))
    return &file->spare;
  file->first_free = i + 1;
  slot = &file->slots[i];
  memset (slot, 0, sizeof *slot);
  slot->id = id;
  slot->port = port;
  snprintf (slot->device, sizeof slot->device, "%s", device);
  if (file->next_serial == 0)
    file->next_serial = 1;
  __atomic_store_n (&slot->serial, file->next_serial++, __ATOMIC_RELEASE);
  return slot;
}

void
relay_counter_file_give (RelayCounterFile *file, RelayPortCounters *slot)
{
  uint32_t index;

  if (slot == &file->spare)
    return;
  index = (uint32_t) (slot - file->slots);
  __atomic_store_n (&slot->serial, 0, __ATOMIC_RELEASE);
  if (index < file->first_free)
    file->first_free = index;
}
