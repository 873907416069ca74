/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures: what passes some ports goes to a file.
 *
 * A frame is copied once, as a block of the file, into the ring of the capture's writer. What a
 * port's device sends is taken down before the link impairs it, and what it gets afterwards: each
 * port's view, as if the capture ran in the device. */

#include "relay-capture.h"

#include "relay-link.h"
#include "relay-pcapng.h"
#include "relay-private.h"
#include "relay-way.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

static uint64_t
wall_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return (uint64_t) now.tv_sec * RELAY_NS_PER_S + (uint64_t) now.tv_nsec;
}

RelayCapture *
relay_capture_find (Relay *relay, const char *name)
{
  RelayCapture *capture = relay->captures.captures;

  while (capture != NULL && strcmp (capture->name, name) != 0)
    capture = capture->next;
  return capture;
}

void
relay_capture_free (RelayCapture *capture)
{
  for (unsigned i = 0; i < capture->n_taps; i++)
    relay_filter_free (capture->taps[i].filter);
  free (capture);
}

/* Ports know what taps them. */
static void
update_ways (Relay *relay)
{
  RelayTableNode *node = NULL;

  while ((node = relay_table_next (&relay->links, node)) != NULL)
    {
      RelayLink *link = RELAY_CONTAINER_OF (node, RelayLink, node);

      relay_way_update (relay, link->ends[0]);
      relay_way_update (relay, link->ends[1]);
    }
}

static void
unlist (Relay *relay, RelayCapture *capture)
{
  RelayCapture **place = &relay->captures.captures;

  while (*place != capture)
    place = &(*place)->next;
  *place = capture->next;
  relay->captures.count--;
}

/* The writer has ended: as it was told to, or because it could not go on. */
static void
writer_done (Relay *relay, RelayWatch *watch, uint32_t events)
{
  RelayCapture *capture = RELAY_CONTAINER_OF (watch, RelayCapture, done);

  relay_watch_remove (relay, watch);
  capture->error = relay_capture_writer_free (capture->writer);
  capture->writer = NULL;
  if (capture->ending || capture->error == EPIPE) /* who read the pipe has seen enough */
    {
      unlist (relay, capture);
      update_ways (relay);
      for (unsigned i = 0; i < capture->n_taps; i++)
        relay_filter_free (capture->taps[i].filter);
      relay_loop_free_later (relay, capture);
      return;
    }
  update_ways (relay);
}

/* What each of its files begins with. */
static uint8_t *
write_head (const RelayCapture *capture, size_t *length)
{
  uint8_t *head =
      relay_new0 (RELAY_PCAPNG_HEAD_MAX + capture->n_taps * (size_t) RELAY_PCAPNG_INTERFACE_MAX);

  *length = relay_pcapng_write_section (head);
  for (unsigned i = 0; i < capture->n_taps; i++)
    {
      const RelayTap *tap = &capture->taps[i];

      *length += relay_pcapng_write_interface (
          head + *length, tap->link_type, capture->snap, tap->title,
          tap->filter != NULL ? relay_filter_text (tap->filter) : NULL);
    }
  return head;
}

bool
relay_capture_start (Relay *relay,
                     RelayCapture *capture,
                     const RelayCaptureFile *file,
                     RelayError *error)
{
  size_t length;
  uint8_t *head;
  int fd = -1;

  if (relay->offline)
    {
      relay_capture_free (capture);
      return relay_error_set (error, "there are no files here");
    }
  head = write_head (capture, &length);

  capture->writer = relay_capture_writer_new (file, head, length, &fd, error);
  free (head);
  if (capture->writer == NULL)
    {
      relay_capture_free (capture);
      return false;
    }
  if (!relay_watch_add (relay, &capture->done, fd, EPOLLIN, writer_done))
    {
      relay_capture_writer_stop (capture->writer);
      relay_capture_writer_free (capture->writer);
      relay_capture_free (capture);
      return relay_error_set (error, "cannot watch the capture");
    }
  capture->next = relay->captures.captures;
  relay->captures.captures = capture;
  relay->captures.count++;
  update_ways (relay);
  return true;
}

/* How many frames there were, and how many are missing. */
static void
write_statistics (RelayCapture *capture)
{
  for (unsigned i = 0; i < capture->n_taps; i++)
    {
      const RelayTap *tap = &capture->taps[i];
      uint8_t *block = relay_capture_writer_reserve (capture->writer, RELAY_PCAPNG_STATISTICS_SIZE);

      if (block != NULL)
        relay_capture_writer_commit (capture->writer,
                                     relay_pcapng_write_statistics (block, i, wall_clock (),
                                                                    tap->frames + tap->dropped,
                                                                    tap->dropped));
    }
}

void
relay_capture_end (Relay *relay, RelayCapture *capture)
{
  if (capture->writer == NULL)
    {
      unlist (relay, capture);
      update_ways (relay);
      relay_capture_free (capture);
      return;
    }
  if (capture->ending)
    return;
  capture->ending = true;
  update_ways (relay);
  write_statistics (capture);
  relay_capture_writer_stop (capture->writer);
}

void
relay_captures_clear (Relay *relay)
{
  RelayCapture *next;

  for (RelayCapture *capture = relay->captures.captures; capture != NULL; capture = next)
    {
      next = capture->next;
      relay_capture_end (relay, capture);
    }
  while (relay->captures.captures != NULL)
    {
      RelayCapture *capture = relay->captures.captures;

      relay->captures.captures = capture->next;
      relay_watch_remove (relay, &capture->done);
      relay_capture_writer_free (capture->writer);
      relay_capture_free (capture);
    }
  relay->captures.count = 0;
}

void
relay_captures_flush (Relay *relay)
{
  if (!relay->captures.dirty)
    return;
  relay->captures.dirty = false;
  for (RelayCapture *capture = relay->captures.captures; capture != NULL; capture = capture->next)
    if (capture->writer != NULL)
      relay_capture_writer_flush (capture->writer);
}

void
relay_tap_frame (
    Relay *relay, RelayTap *tap, unsigned direction, const uint8_t *data, unsigned length)
{
  RelayCapture *capture = tap->capture;
  unsigned kept = length < capture->snap ? length : capture->snap;
  size_t size = relay_pcapng_frame_size (kept);
  uint8_t *block;

  if (tap->filter != NULL && !relay_filter_matches (tap->filter, data, length))
    return;
  block = relay_capture_writer_reserve (capture->writer, size);
  if (block == NULL)
    {
      tap->dropped++;
      return;
    }
  relay_pcapng_write_frame (block, (unsigned) (tap - capture->taps), wall_clock (), direction, data,
                            kept, length);
  relay_capture_writer_commit (capture->writer, size);
  tap->frames++;
  relay->captures.dirty = true;
}
