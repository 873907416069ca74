/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starting a device costs a processor for a while. Only so many are begun at once; the next one is
 * when the first of them has shown a prompt (a light host: made its socket), ended, or used up its
 * time. Which devices come into the queue when is in lab-engine-starts.c. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include "lab-engine-private.h"

static gboolean
begin_some (gpointer user_data)
{
  LabEngine *self = user_data;

  self->queue_idle = 0;
  while (self->queue.length > 0 && g_hash_table_size (self->beginning) < self->limit)
    {
      LabDevice *device = g_queue_pop_head (&self->queue);

      g_hash_table_add (self->beginning, device);
      lab_device_begin (device);
    }
  return G_SOURCE_REMOVE;
}

static void
schedule (LabEngine *self)
{
  if (self->queue_idle == 0 && self->queue.length > 0 &&
      g_hash_table_size (self->beginning) < self->limit)
    self->queue_idle = g_idle_add_full (G_PRIORITY_DEFAULT, begin_some, self, NULL);
}

void
lab_engine_enqueue (LabEngine *self, LabDevice *device)
{
  g_queue_push_tail (&self->queue, device);
  schedule (self);
}

void
lab_engine_dequeue (LabEngine *self, LabDevice *device)
{
  if (!g_hash_table_remove (self->beginning, device))
    g_queue_remove (&self->queue, device);
  schedule (self);
}
