/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * A client is a socket and an offset into the console's ring: sending is copying from the ring at
 * the offset until the socket takes no more, then waiting for EPOLLOUT. So a client costs no
 * buffer, and one that does not read costs nobody anything. One that has fallen back more than the
 * budget gets a marker that says how much was left out, and goes on with the last lines. What was
 * in the scroll-back when it connected is not counted: a megabyte of replay may take its time.
 *
 * A marked client is told where the scroll-back ends, for a terminal must not answer the questions
 * that a device asked long ago. A length told at the start would be wrong as soon as something is
 * left out, so it is a word: its first line names it, and it stands once more at the end. It is
 * made anew for each client, so no device can have written it. The same line names the console, so
 * that a terminal which connects again knows whether it has shown this scroll-back before. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "lab-console-client.h"

#define BUDGET    (256 * 1024)
#define RESUME_AT (16 * 1024)
/* At most so much in one go, so that the other consoles have their turn. */
#define TURN        (64 * 1024)
#define MAX_PENDING 1024

struct _LabConsoleClient
{
  LabPollWatch *watch;
  int fd;
  LabRing *ring;
  guint64 offset;
  guint64 replay_end; /* up to here the budget does not count */
  char *mark;         /* (nullable) to be sent at the end of the scroll-back */
  GString *pending;   /* (nullable) text for this client alone, sent before the ring's bytes */
  GByteArray *held;   /* (nullable) input that was not taken yet */
  gboolean ended;     /* the client will send no more */
  gboolean blocked;   /* its socket takes no more */
  const LabConsoleClientFuncs *funcs;
  gpointer user_data;
};

static void client_event (guint32 events, gpointer user_data);

LabConsoleClient *
lab_console_client_new (LabPoll *poll,
                        int fd,
                        LabRing *ring,
                        guint64 offset,
                        const LabConsoleClientFuncs *funcs,
                        gpointer user_data)
{
  LabConsoleClient *self = g_new0 (LabConsoleClient, 1);

  self->fd = fd;
  self->ring = ring;
  self->offset = offset;
  self->replay_end = ring->end;
  self->funcs = funcs;
  self->user_data = user_data;
  self->watch = lab_poll_add (poll, fd, EPOLLIN, client_event, self);
  return self;
}

void
lab_console_client_free (LabConsoleClient *self)
{
  lab_poll_remove (self->watch);
  close (self->fd);
  g_free (self->mark);
  if (self->pending != NULL)
    g_string_free (self->pending, TRUE);
  if (self->held != NULL)
    g_byte_array_unref (self->held);
  g_free (self);
}

static void
update_watch (LabConsoleClient *self)
{
  guint32 events = 0;

  if (!self->ended && self->held == NULL)
    events |= EPOLLIN;
  if (self->blocked)
    events |= EPOLLOUT;
  lab_poll_modify (self->watch, events);
}

void
lab_console_client_tell (LabConsoleClient *self, const char *text)
{
  if (self->pending == NULL)
    self->pending = g_string_new (NULL);
  if (self->pending->len < MAX_PENDING)
    g_string_append (self->pending, text);
}

void
lab_console_client_mark (LabConsoleClient *self, const char *console_id)
{
  g_autofree char *line = NULL;

  g_assert (self->mark == NULL && self->pending == NULL);

  self->mark = g_uuid_string_random ();
  line = g_strdup_printf ("replay %s %s\n", self->mark, console_id);
  lab_console_client_tell (self, line);
}

/* The mark is due: everything before it is on its way, or was left out. */
static void
send_mark (LabConsoleClient *self)
{
  if (self->pending == NULL)
    self->pending = g_string_new (NULL);
  g_string_append (self->pending, self->mark);
  g_clear_pointer (&self->mark, g_free);
}

/* Cuts a client that fell back too far to the newest lines. */
static void
skip_if_late (LabConsoleClient *self)
{
  LabRing *ring = self->ring;
  gboolean lost = self->offset < ring->start;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;
  guint64 from;

  if (!lost && (self->offset < self->replay_end || ring->end - self->offset <= BUDGET))
    return;

  from = MAX (ring->start, ring->end > RESUME_AT ? ring->end - RESUME_AT : 0);
  from = MAX (from, self->offset);
  from = lab_ring_line_start (ring, from, RESUME_AT);
  size = g_format_size_full (from - self->offset, G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: stands in a console where output was left out; %s is a size as “12.3 KiB”. */
  text = g_strdup_printf (_ ("\r\n[… %s skipped]\r\n"), size);
  lab_console_client_tell (self, text);
  self->offset = from;
}

/* Bytes sent; -1: the client is gone; 0: its socket is full. */
static gssize
send_some (LabConsoleClient *self, const void *data, gsize length)
{
  gssize n = send (self->fd, data, length, MSG_NOSIGNAL | MSG_DONTWAIT);

  if (n >= 0)
    return n;
  return errno == EAGAIN || errno == EINTR || errno == ENOBUFS ? 0 : -1;
}

static gssize
send_next (LabConsoleClient *self)
{
  const guint8 *data;
  gsize length;
  gssize n;

  if (self->pending != NULL)
    {
      n = send_some (self, self->pending->str, self->pending->len);
      if (n > 0)
        g_string_erase (self->pending, 0, n);
      if (self->pending->len == 0)
        {
          g_string_free (self->pending, TRUE);
          self->pending = NULL;
        }
      return n;
    }

  data = lab_ring_peek (self->ring, self->offset, &length);
  if (self->mark != NULL)
    length = MIN (length, self->replay_end - self->offset);
  n = send_some (self, data, length);
  if (n > 0)
    self->offset += n;
  return n;
}

gboolean
lab_console_client_flush (LabConsoleClient *self)
{
  gsize sent = 0;

  skip_if_late (self);
  self->blocked = FALSE;
  while (self->mark != NULL || self->pending != NULL || self->offset < self->ring->end)
    {
      gssize n;

      if (self->mark != NULL && self->offset >= self->replay_end)
        send_mark (self);
      n = send_next (self);
      if (n < 0)
        return FALSE;
      sent += n;
      if (n == 0 || sent >= TURN)
        {
          self->blocked = TRUE;
          break;
        }
    }
  update_watch (self);
  return TRUE;
}

/* FALSE: the client is gone. */
static gboolean
read_input (LabConsoleClient *self)
{
  guint8 buffer[4096];
  gssize n = recv (self->fd, buffer, sizeof buffer, MSG_DONTWAIT);
  gsize taken;

  if (n < 0)
    return errno == EAGAIN || errno == EINTR;
  if (n == 0)
    {
      /* It may have shut down its sending side only: output goes on. */
      self->ended = TRUE;
      update_watch (self);
      return TRUE;
    }

  taken = self->funcs->input (self, buffer, n, self->user_data);
  if (taken < (gsize) n)
    {
      self->held = g_byte_array_new ();
      g_byte_array_append (self->held, buffer + taken, n - taken);
    }
  update_watch (self);
  return TRUE;
}

void
lab_console_client_resume (LabConsoleClient *self)
{
  gsize taken;

  if (self->held == NULL)
    return;

  taken = self->funcs->input (self, self->held->data, self->held->len, self->user_data);
  if (taken < self->held->len)
    g_byte_array_remove_range (self->held, 0, taken);
  else
    g_clear_pointer (&self->held, g_byte_array_unref);
  update_watch (self);
}

static void
client_event (guint32 events, gpointer user_data)
{
  LabConsoleClient *self = user_data;
  gboolean alive = (events & (EPOLLHUP | EPOLLERR)) == 0 || (events & EPOLLIN) != 0;

  if (alive && (events & EPOLLIN) != 0)
    alive = read_input (self);
  if (alive && self->ended && (events & (EPOLLHUP | EPOLLERR)) != 0)
    alive = FALSE;
  if (alive && ((events & EPOLLOUT) != 0 || self->pending != NULL))
    alive = lab_console_client_flush (self);
  if (!alive)
    self->funcs->closed (self, self->user_data);
}
