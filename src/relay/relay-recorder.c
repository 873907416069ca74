/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The flight recorder: while it is on, each link has a ring of memory that holds its last frames,
 * ready to be written when somebody asks for what just happened.
 *
 * A frame is taken down where it is sent. On a link with impairments it is taken down once more
 * where it arrives; on others that would be the same again.
 *
 * A ring is mapped when the link comes, and the kernel gives it pages as they are touched: a link
 * where nothing happens costs next to nothing, and no frame allocates. Blocks lie in it one after
 * the other, each in one piece; where the next does not fit before the end, the rest stays free. */

#include "relay-recorder.h"

#include "relay-capture.h"
#include "relay-link.h"
#include "relay-pcapng.h"
#include "relay-private.h"
#include "relay-way.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define BLOCK_LENGTH 4 /* offset of a block's length */

static size_t
block_length (const uint8_t *block)
{
  uint32_t length;

  memcpy (&length, block + BLOCK_LENGTH, sizeof length);
  return length;
}

static void
record_free (RelayRecord *record)
{
  if (record->ring != NULL)
    munmap (record->ring, record->size);
  free (record);
}

static RelayRecord *
record_new (RelayRecorder *recorder, RelayLink *link)
{
  RelayRecord *record = relay_new0 (sizeof *record);
  void *ring = mmap (NULL, recorder->size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  record->ring = ring != MAP_FAILED ? ring : NULL;
  record->size = recorder->size;
  record->serial = relay_link_is_serial (link);
  relay_port_name (link->ends[0], record->ends[0]);
  relay_port_name (link->ends[1], record->ends[1]);
  record->next = recorder->records;
  recorder->records = record;
  return record;
}

/* What a link that was taken away left behind, when the same comes again. Its ends stay in the
 * order that the blocks know them in. */
static RelayRecord *
find_gone (RelayRecorder *recorder, const RelayLink *link)
{
  char a[RELAY_PORT_NAME_SIZE], b[RELAY_PORT_NAME_SIZE];

  relay_port_name (link->ends[0], a);
  relay_port_name (link->ends[1], b);
  for (RelayRecord *record = recorder->records; record != NULL; record = record->next)
    if (record->link == NULL && record->serial == relay_link_is_serial (link) &&
        ((strcmp (record->ends[0], a) == 0 && strcmp (record->ends[1], b) == 0) ||
         (strcmp (record->ends[0], b) == 0 && strcmp (record->ends[1], a) == 0)))
      return record;
  return NULL;
}

void
relay_recorder_link_added (Relay *relay, RelayLink *link)
{
  char name[RELAY_PORT_NAME_SIZE];
  RelayRecord *record;

  if (relay->recorder.size == 0)
    return;
  record = find_gone (&relay->recorder, link);
  if (record == NULL)
    record = record_new (&relay->recorder, link);
  record->link = link;
  link->record = record;
  relay_port_name (link->ends[0], name);
  link->record_swapped = strcmp (record->ends[0], name) != 0;
}

/* The newest stay. */
static void
forget_gone (RelayRecorder *recorder)
{
  RelayRecord **place = &recorder->records;
  unsigned gone = 0;

  while (*place != NULL)
    {
      RelayRecord *record = *place;

      if (record->link == NULL && ++gone > RELAY_RECORD_MAX_GONE)
        {
          *place = record->next;
          record_free (record);
        }
      else
        place = &record->next;
    }
}

void
relay_recorder_link_removed (Relay *relay, RelayLink *link)
{
  RelayRecord *record = link->record;
  RelayRecord **place = &relay->recorder.records;

  if (record == NULL)
    return;
  link->record = NULL;
  record->link = NULL;
  while (*place != record)
    place = &(*place)->next;
  *place = record->next;
  record->next = relay->recorder.records;
  relay->recorder.records = record;
  forget_gone (&relay->recorder);
}

static void
update_links (Relay *relay, bool on)
{
  RelayTableNode *node = NULL;

  while ((node = relay_table_next (&relay->links, node)) != NULL)
    {
      RelayLink *link = RELAY_CONTAINER_OF (node, RelayLink, node);

      if (on)
        relay_recorder_link_added (relay, link);
      else
        link->record = NULL;
      relay_way_update (relay, link->ends[0]);
      relay_way_update (relay, link->ends[1]);
    }
}

void
relay_recorder_clear (Relay *relay)
{
  relay->recorder.size = 0;
  update_links (relay, false);
  while (relay->recorder.records != NULL)
    {
      RelayRecord *record = relay->recorder.records;

      relay->recorder.records = record->next;
      record_free (record);
    }
}

void
relay_recorder_set (Relay *relay, size_t size)
{
  if (size == relay->recorder.size)
    return;
  relay_recorder_clear (relay);
  relay->recorder.size = size;
  if (size > 0)
    update_links (relay, true);
}

RelayRecord *
relay_recorder_find (Relay *relay, const char *end)
{
  for (RelayRecord *record = relay->recorder.records; record != NULL; record = record->next)
    if (strcmp (record->ends[0], end) == 0 || strcmp (record->ends[1], end) == 0)
      return record;
  return NULL;
}

/* --- the ring --- */

static void
drop_oldest (RelayRecord *record)
{
  record->tail += block_length (record->ring + record->tail);
  record->frames--;
  record->overwritten++;
  if (record->tail >= record->wrap)
    record->tail = record->wrap = 0;
}

/* Room for a block, in one piece. */
static uint8_t *
make_room (RelayRecord *record, size_t length)
{
  if (record->head + length > record->size)
    {
      while (record->wrap != 0)
        drop_oldest (record);
      record->wrap = record->head;
      record->head = 0;
    }
  while (record->wrap != 0 && record->tail < record->head + length)
    drop_oldest (record);
  return record->ring + record->head;
}

void
relay_record_frame (
    RelayRecord *record, unsigned end, unsigned direction, const uint8_t *data, unsigned length)
{
  size_t size = relay_pcapng_frame_size (length);

  if (record->ring == NULL)
    return;
  relay_pcapng_write_frame (make_room (record, size), end, relay_wall_clock (), direction, data,
                            length, length);
  record->head += size;
  record->frames++;
}

const uint8_t *
relay_record_next (const RelayRecord *record, size_t *place)
{
  size_t at = *place == 0 ? record->tail : *place - 1;
  const uint8_t *block;

  if (record->wrap != 0 && at >= record->wrap)
    at = 0;
  if (record->frames == 0 || (*place != 0 && at == record->head))
    return NULL;
  block = record->ring + at;
  *place = at + block_length (block) + 1;
  return block;
}
