/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * A lab of a thousand devices has some five thousand descriptors: a PTY, a pidfd and two listening
 * sockets a device, and the clients. The main loop calls poll(2) with all its descriptors each time
 * round, so each byte of one console would cost a walk over all of them. Here they stand in one
 * epoll set, and the main loop sees a single descriptor.
 *
 * A callback may remove watches whose events stand later in the same batch: a removed watch is
 * only marked, and freed once the batch is through. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <errno.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib-unix.h>

#include "lab-poll.h"

#define BATCH 64

struct _LabPoll
{
  int epoll_fd;
  GSource *source;
  GPtrArray *removed; /* freed when no batch is under way */
  gboolean dispatching;
  guint n_watches;
};

struct _LabPollWatch
{
  LabPoll *poll;
  int fd;
  guint32 events;
  LabPollFunc func; /* NULL: removed */
  gpointer user_data;
};

typedef struct
{
  GSource source;
  LabPoll *poll;
} PollSource;

static gboolean
poll_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  LabPoll *self = ((PollSource *) source)->poll;
  struct epoll_event events[BATCH];
  int n = epoll_wait (self->epoll_fd, events, BATCH, 0);

  self->dispatching = TRUE;
  for (int i = 0; i < n; i++)
    {
      LabPollWatch *watch = events[i].data.ptr;

      if (watch->func != NULL)
        watch->func (events[i].events, watch->user_data);
    }
  self->dispatching = FALSE;
  g_ptr_array_set_size (self->removed, 0);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs poll_source_funcs = { .dispatch = poll_source_dispatch };

LabPoll *
lab_poll_new (GError **error)
{
  g_autofree LabPoll *self = g_new0 (LabPoll, 1);

  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (self->epoll_fd < 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), "epoll: %s",
                   g_strerror (saved_errno));
      return NULL;
    }

  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->source = g_source_new (&poll_source_funcs, sizeof (PollSource));
  ((PollSource *) self->source)->poll = self;
  g_source_set_static_name (self->source, "lab-poll");
  g_source_add_unix_fd (self->source, self->epoll_fd, G_IO_IN);
  g_source_attach (self->source, NULL);
  return g_steal_pointer (&self);
}

void
lab_poll_free (LabPoll *self)
{
  g_assert (!self->dispatching);
  g_assert (self->n_watches == 0);

  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_ptr_array_unref (self->removed);
  close (self->epoll_fd);
  g_free (self);
}

LabPollWatch *
lab_poll_add (LabPoll *self, int fd, guint32 events, LabPollFunc func, gpointer user_data)
{
  LabPollWatch *watch = g_new0 (LabPollWatch, 1);
  struct epoll_event event = { .events = events, .data.ptr = watch };

  watch->poll = self;
  watch->fd = fd;
  watch->events = events;
  watch->func = func;
  watch->user_data = user_data;
  if (epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
    g_warning ("epoll_ctl: %s", g_strerror (errno));
  self->n_watches++;
  return watch;
}

void
lab_poll_modify (LabPollWatch *watch, guint32 events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  if (watch->events == events)
    return;

  watch->events = events;
  if (epoll_ctl (watch->poll->epoll_fd, EPOLL_CTL_MOD, watch->fd, &event) != 0)
    g_warning ("epoll_ctl: %s", g_strerror (errno));
}

void
lab_poll_remove (LabPollWatch *watch)
{
  LabPoll *self = watch->poll;

  epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, watch->fd, NULL);
  watch->func = NULL;
  self->n_watches--;
  if (self->dispatching)
    g_ptr_array_add (self->removed, watch);
  else
    g_free (watch);
}
