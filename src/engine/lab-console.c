/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * The engine keeps the master side of the device's PTY and reads it whenever there is something,
 * clients or not: a device whose console nobody reads stops after 20 KB. Bytes go into the ring by
 * read(2) directly; each client then copies from there what it has not had yet. What clients type
 * goes the other way through one small buffer: when the device does not read it, clients are read
 * no further, so their own sockets fill and nothing is lost.
 *
 * The console outlives its device: a stop, a reload or a crash only closes the PTY, and the next
 * start opens a new one. Lines in brackets in the scroll-back say what happened. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "lab-console-client.h"
#include "lab-console.h"
#include "lab-files.h"

#define MAX_CLIENTS 32
#define INPUT_LIMIT (64 * 1024)
/* At most so much of one PTY in one go, so that the other consoles have their turn. */
#define TURN (32 * 1024)

typedef enum
{
  LISTENER_REPLAY, /* scroll-back first */
  LISTENER_LIVE,   /* without it */
  LISTENER_MARKED, /* scroll-back first, with a mark at its end */
  N_LISTENERS,
} ListenerKind;

static const char *const listener_suffixes[N_LISTENERS] = { "", ".live", ".marked" };

typedef struct
{
  LabConsole *console;
  LabPollWatch *watch;
  int fd;
  ListenerKind kind;
} Listener;

struct _LabConsole
{
  LabPoll *poll;
  LabRing ring;
  guint64 run_start; /* offset at which the present run of the device began */

  int pty;
  LabPollWatch *pty_watch;
  GByteArray *input; /* (nullable) typed, and not yet taken by the device */

  int dir_fd;
  char *name;
  char *id; /* for marked clients */
  Listener listeners[N_LISTENERS];
  GPtrArray *clients; /* (nullable) */
  char *idle_text;    /* (nullable) */
  const LabConsoleFuncs *funcs;
  gpointer user_data;
};

static void listener_event (guint32 events, gpointer user_data);

static gboolean
listen_on (LabConsole *self, ListenerKind kind, GError **error)
{
  g_autofree char *name = g_strconcat (self->name, listener_suffixes[kind], NULL);
  Listener *listener = &self->listeners[kind];

  listener->console = self;
  listener->kind = kind;
  listener->fd = lab_files_listen (self->dir_fd, name, error);
  if (listener->fd < 0)
    return FALSE;

  listener->watch = lab_poll_add (self->poll, listener->fd, EPOLLIN, listener_event, listener);
  return TRUE;
}

static void
close_listener (LabConsole *self, ListenerKind kind)
{
  g_autofree char *name = g_strconcat (self->name, listener_suffixes[kind], NULL);
  Listener *listener = &self->listeners[kind];

  lab_poll_clear (&listener->watch);
  if (listener->fd >= 0)
    close (listener->fd);
  unlinkat (self->dir_fd, name, 0);
}

LabConsole *
lab_console_new (LabPoll *poll,
                 int dir_fd,
                 const char *name,
                 const LabConsoleFuncs *funcs,
                 gpointer user_data,
                 GError **error)
{
  g_autoptr (LabConsole) self = g_new0 (LabConsole, 1);

  self->poll = poll;
  self->dir_fd = dir_fd;
  self->name = g_strdup (name);
  self->id = g_uuid_string_random ();
  self->pty = -1;
  for (guint i = 0; i < N_LISTENERS; i++)
    self->listeners[i].fd = -1;
  self->funcs = funcs;
  self->user_data = user_data;
  lab_ring_init (&self->ring, LAB_RING_LIMIT);
  for (guint i = 0; i < N_LISTENERS; i++)
    if (!listen_on (self, i, error))
      return NULL;
  return g_steal_pointer (&self);
}

static void
close_pty (LabConsole *self)
{
  if (self->pty < 0)
    return;

  lab_poll_clear (&self->pty_watch);
  close (self->pty);
  self->pty = -1;
  g_clear_pointer (&self->input, g_byte_array_unref);
}

void
lab_console_free (LabConsole *self)
{
  close_pty (self);
  for (guint i = 0; i < N_LISTENERS; i++)
    close_listener (self, i);
  for (guint i = 0; self->clients != NULL && i < self->clients->len; i++)
    lab_console_client_free (self->clients->pdata[i]);
  g_clear_pointer (&self->clients, g_ptr_array_unref);
  lab_ring_clear (&self->ring);
  g_free (self->name);
  g_free (self->id);
  g_free (self->idle_text);
  g_free (self);
}

static void
drop_client (LabConsole *self, LabConsoleClient *client)
{
  g_ptr_array_remove_fast (self->clients, client);
  lab_console_client_free (client);
  if (self->clients->len == 0)
    g_clear_pointer (&self->clients, g_ptr_array_unref);
}

static void
flush_clients (LabConsole *self)
{
  /* Backwards: a client that is gone is replaced by one that had its turn. */
  for (guint i = self->clients ? self->clients->len : 0; i > 0; i--)
    {
      LabConsoleClient *client = self->clients->pdata[i - 1];

      if (!lab_console_client_flush (client))
        drop_client (self, client);
    }
}

static void
resume_clients (LabConsole *self)
{
  for (guint i = 0; self->clients != NULL && i < self->clients->len; i++)
    lab_console_client_resume (self->clients->pdata[i]);
}

/* Writes to the PTY what it takes. */
static void
write_input (LabConsole *self)
{
  gssize n;

  if (self->input == NULL || self->pty < 0)
    return;

  n = write (self->pty, self->input->data, self->input->len);
  if (n > 0 && (gsize) n == self->input->len)
    g_clear_pointer (&self->input, g_byte_array_unref);
  else if (n > 0)
    g_byte_array_remove_range (self->input, 0, n);
  lab_poll_modify (self->pty_watch, EPOLLIN | (self->input != NULL ? EPOLLOUT : 0));
}

static gsize
client_input (LabConsoleClient *client, const guint8 *data, gsize length, gpointer user_data)
{
  LabConsole *self = user_data;
  gsize room;

  if (self->pty < 0)
    {
      if (self->idle_text != NULL)
        lab_console_client_tell (client, self->idle_text);
      return length;
    }

  if (self->input == NULL)
    self->input = g_byte_array_new ();
  room = self->input->len < INPUT_LIMIT ? INPUT_LIMIT - self->input->len : 0;
  length = MIN (length, room);
  g_byte_array_append (self->input, data, length);
  write_input (self);
  return length;
}

void
lab_console_type (LabConsole *self, const char *text)
{
  if (self->pty < 0)
    return;
  if (self->input == NULL)
    self->input = g_byte_array_new ();
  g_byte_array_append (self->input, (const guint8 *) text, (guint) strlen (text));
  write_input (self);
}

static void
client_closed (LabConsoleClient *client, gpointer user_data)
{
  drop_client (user_data, client);
}

static const LabConsoleClientFuncs client_funcs = { client_input, client_closed };

static gboolean
is_same_user (int fd)
{
  struct ucred peer;
  socklen_t length = sizeof peer;

  return getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == getuid ();
}

static void
refuse (int fd)
{
  g_autofree char *text =
      g_strdup_printf (_ ("[%d programs are connected to this console already]\r\n"), MAX_CLIENTS);
  gssize n = send (fd, text, strlen (text), MSG_NOSIGNAL | MSG_DONTWAIT);

  if (n < 0)
    g_debug ("A client left before it was refused");
  close (fd);
}

static void
listener_event (guint32 events, gpointer user_data)
{
  Listener *listener = user_data;
  LabConsole *self = listener->console;
  LabConsoleClient *client;
  int fd = accept4 (listener->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

  if (fd < 0)
    return;
  if (!is_same_user (fd))
    {
      close (fd);
      return;
    }
  if (self->clients != NULL && self->clients->len >= MAX_CLIENTS)
    {
      refuse (fd);
      return;
    }

  if (self->clients == NULL)
    self->clients = g_ptr_array_new ();
  client = lab_console_client_new (
      self->poll, fd, &self->ring,
      listener->kind == LISTENER_LIVE ? self->ring.end : self->ring.start, &client_funcs, self);
  g_ptr_array_add (self->clients, client);
  if (listener->kind == LISTENER_MARKED)
    lab_console_client_mark (client, self->id);
  if (!lab_console_client_flush (client))
    drop_client (self, client);
}

/* Reads at most @max bytes. FALSE: the other side of the PTY is closed. */
static gboolean
read_pty (LabConsole *self, gsize max, gsize *total)
{
  *total = 0;
  while (*total < max)
    {
      gsize room;
      guint8 *space = lab_ring_reserve (&self->ring, &room);
      gssize n = read (self->pty, space, MIN (room, max - *total));

      if (n > 0)
        {
          lab_ring_commit (&self->ring, n);
          *total += n;
          continue;
        }
      if (n < 0 && errno == EINTR)
        continue;
      return n < 0 && errno == EAGAIN;
    }
  return TRUE;
}

static void
pty_event (guint32 events, gpointer user_data)
{
  LabConsole *self = user_data;
  gboolean open = TRUE;
  gsize total = 0;

  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
    open = read_pty (self, TURN, &total);
  if (total > 0)
    {
      flush_clients (self);
      self->funcs->output (self, self->user_data);
    }
  if (!open)
    {
      /* Nobody has the other side any more; the end of the process is told by its pidfd. */
      close_pty (self);
      resume_clients (self);
      return;
    }
  if ((events & EPOLLOUT) != 0)
    {
      write_input (self);
      resume_clients (self);
    }
}

static int
open_master (char *slave_name, gsize size)
{
  int fd = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);

  if (fd >= 0 && grantpt (fd) == 0 && unlockpt (fd) == 0 && ptsname_r (fd, slave_name, size) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/* The device does its own echo and line ends. */
static gboolean
make_raw (int fd)
{
  struct termios mode;
  struct winsize size = { .ws_row = 24, .ws_col = 80 };

  if (tcgetattr (fd, &mode) != 0)
    return FALSE;
  cfmakeraw (&mode);
  ioctl (fd, TIOCSWINSZ, &size);
  return tcsetattr (fd, TCSANOW, &mode) == 0;
}

gboolean
lab_console_open (LabConsole *self, int *slave, GError **error)
{
  char slave_name[64];
  int saved_errno;

  close_pty (self);
  self->run_start = self->ring.end;
  self->pty = open_master (slave_name, sizeof slave_name);
  *slave = self->pty >= 0 ? open (slave_name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
  if (*slave >= 0 && make_raw (*slave))
    {
      self->pty_watch = lab_poll_add (self->poll, self->pty, EPOLLIN, pty_event, self);
      return TRUE;
    }

  saved_errno = errno;
  if (*slave >= 0)
    close (*slave);
  if (self->pty >= 0)
    close (self->pty);
  *slave = self->pty = -1;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               _ ("A terminal for the console cannot be made: %s."), g_strerror (saved_errno));
  return FALSE;
}

void
lab_console_close (LabConsole *self)
{
  gsize total;

  if (self->pty >= 0)
    {
      /* Bounded: a process that escaped might hold the other side and write for ever. */
      read_pty (self, LAB_RING_LIMIT, &total);
      close_pty (self);
    }
  resume_clients (self);
  flush_clients (self);
}

void
lab_console_note (LabConsole *self, const char *text)
{
  g_autofree char *line = g_strdup_printf ("\r\n[%s]\r\n", text);

  lab_ring_append (&self->ring, line, strlen (line));
  flush_clients (self);
}

void
lab_console_set_idle_text (LabConsole *self, const char *text)
{
  g_free (self->idle_text);
  self->idle_text = g_strdup (text);
}

gboolean
lab_console_has_output (LabConsole *self)
{
  return self->ring.end > 0;
}

char *
lab_console_dup_tail (LabConsole *self, gsize max, gsize *length)
{
  return lab_ring_dup_tail (&self->ring, self->run_start, max, length);
}
