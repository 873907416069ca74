/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures: what passes some ports goes to a file.
 *
 * A frame is copied once, as a block of the file, into the ring of the capture's writer. What a
 * port's device sends is taken down before the link impairs it, and what it gets afterwards: each
 * port's view, as if the capture ran in the device. */

#include "relay-capture.h"

#include "relay-control.h"
#include "relay-link.h"
#include "relay-pcapng.h"
#include "relay-private.h"
#include "relay-way.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

RelayCapture *
relay_capture_find (Relay *relay, const char *name)
{
  RelayCapture *capture = relay->captures.captures;

  while (capture != NULL && strcmp (capture->name, name) != 0)
    capture = capture->next;
  return capture;
}

/* The order is that of the kinds of a tap. */
static const unsigned serial_kinds[RELAY_CAPTURE_MAX_KINDS] = { RELAY_LINKTYPE_HDLC,
                                                                RELAY_LINKTYPE_PPP,
                                                                RELAY_LINKTYPE_FRAME_RELAY };

void
relay_tap_set_kinds (RelayTap *tap, bool serial, unsigned link_type)
{
  tap->n_kinds = serial && link_type == 0 ? RELAY_CAPTURE_MAX_KINDS : 1;
  for (unsigned i = 0; i < tap->n_kinds; i++)
    tap->kinds[i].link_type = !serial          ? RELAY_LINKTYPE_ETHERNET
                              : link_type != 0 ? link_type
                                               : serial_kinds[i];
}

/* PPP in HDLC-like framing begins with the address FF and the control 03 (RFC 1662); the address of
 * Frame Relay (Q.922) has its extension bit off in the first octet and on in the second; Cisco's
 * HDLC begins with 0F or 8F, where that bit is on. */
unsigned
relay_capture_serial_kind (const uint8_t *data, unsigned length)
{
  if (length >= 2 && data[0] == 0xff && data[1] == 0x03)
    return 1;
  if (length >= 2 && (data[0] & 1) == 0 && (data[1] & 1) == 1)
    return 2;
  return 0;
}

uint64_t
relay_tap_frames (const RelayTap *tap)
{
  uint64_t sum = 0;

  for (unsigned i = 0; i < tap->n_kinds; i++)
    sum += tap->kinds[i].frames;
  return sum;
}

uint64_t
relay_tap_dropped (const RelayTap *tap)
{
  uint64_t sum = 0;

  for (unsigned i = 0; i < tap->n_kinds; i++)
    sum += tap->kinds[i].dropped;
  return sum;
}

static void
free_filters (RelayCapture *capture)
{
  for (unsigned i = 0; i < capture->n_taps; i++)
    for (unsigned kind = 0; kind < capture->taps[i].n_kinds; kind++)
      relay_filter_free (capture->taps[i].kinds[kind].filter);
}

void
relay_capture_free (RelayCapture *capture)
{
  free_filters (capture);
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
      relay_control_tell (relay, "! capture-over %s", capture->name);
      free_filters (capture);
      relay_loop_free_later (relay, capture);
      return;
    }
  update_ways (relay);
  relay_control_tell (relay, "! capture-failed %s", capture->name);
}

/* What each of its files begins with. */
static uint8_t *
write_head (RelayCapture *capture, size_t *length)
{
  unsigned interface = 0;
  uint8_t *head = relay_new0 (RELAY_PCAPNG_HEAD_MAX + capture->n_taps * RELAY_CAPTURE_MAX_KINDS *
                                                          (size_t) RELAY_PCAPNG_INTERFACE_MAX);

  *length = relay_pcapng_write_section (head);
  for (unsigned i = 0; i < capture->n_taps; i++)
    {
      RelayTap *tap = &capture->taps[i];

      tap->interface = interface;
      interface += tap->n_kinds;
      for (unsigned kind = 0; kind < tap->n_kinds; kind++)
        *length += relay_pcapng_write_interface (
            head + *length, tap->kinds[kind].link_type, capture->snap, tap->title,
            tap->kinds[kind].filter != NULL ? relay_filter_text (tap->kinds[kind].filter) : NULL);
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
write_tap_statistics (RelayCapture *capture, const RelayTap *tap)
{
  for (unsigned kind = 0; kind < tap->n_kinds; kind++)
    {
      uint64_t frames = tap->kinds[kind].frames, dropped = tap->kinds[kind].dropped;
      uint8_t *block = relay_capture_writer_reserve (capture->writer, RELAY_PCAPNG_STATISTICS_SIZE);

      if (block != NULL)
        relay_capture_writer_commit (capture->writer,
                                     relay_pcapng_write_statistics (block, tap->interface + kind,
                                                                    relay_wall_clock (),
                                                                    frames + dropped, dropped));
    }
}

static void
write_statistics (RelayCapture *capture)
{
  for (unsigned i = 0; i < capture->n_taps; i++)
    write_tap_statistics (capture, &capture->taps[i]);
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
  unsigned kind = tap->n_kinds > 1 ? relay_capture_serial_kind (data, length) : 0;
  const RelayFilter *filter = tap->kinds[kind].filter;
  uint8_t *block;

  if (capture->filtered && (filter == NULL || !relay_filter_matches (filter, data, length)))
    return;
  block = relay_capture_writer_reserve (capture->writer, size);
  if (block == NULL)
    {
      tap->kinds[kind].dropped++;
      return;
    }
  relay_pcapng_write_frame (block, tap->interface + kind, relay_wall_clock (), direction, data,
                            kept, length);
  relay_capture_writer_commit (capture->writer, size);
  tap->kinds[kind].frames++;
  relay->captures.dirty = true;
}
