/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device's socket and its saved configuration appear as files. inotify tells at once and costs
 * nothing between; a user may have only 128 inotify descriptors, so one serves all devices. The
 * kernel knows a folder once: watches of the same folder share its number. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <gio/gio.h>

#include "lab-watcher.h"

#define FINISHED (IN_MOVED_TO | IN_CLOSE_WRITE)
#define EVENTS   (IN_CREATE | IN_MODIFY | FINISHED | IN_ONLYDIR)

struct _LabWatcher
{
  LabPollWatch *poll_watch;
  int fd;
  GHashTable *by_number; /* kernel's number -> GPtrArray of LabWatcherWatch */
};

struct _LabWatcherWatch
{
  LabWatcher *watcher;
  int number;
  LabWatcherFunc func;
  gpointer user_data;
};

static void
tell (LabWatcher *self, const struct inotify_event *event)
{
  GPtrArray *watches = g_hash_table_lookup (self->by_number, GINT_TO_POINTER (event->wd));
  g_autoptr (GPtrArray) copy = NULL;

  if (watches == NULL || event->len == 0)
    return;

  /* A callback may remove watches, its own too. */
  copy = g_ptr_array_copy (watches, NULL, NULL);
  for (guint i = 0; i < copy->len; i++)
    {
      LabWatcherWatch *watch = copy->pdata[i];

      watches = g_hash_table_lookup (self->by_number, GINT_TO_POINTER (event->wd));
      if (watches != NULL && g_ptr_array_find (watches, watch, NULL))
        watch->func (event->name, (event->mask & FINISHED) != 0, watch->user_data);
    }
}

static gboolean
has_watch (LabWatcher *self, LabWatcherWatch *watch)
{
  GHashTableIter iter;
  gpointer watches;

  g_hash_table_iter_init (&iter, self->by_number);
  while (g_hash_table_iter_next (&iter, NULL, &watches))
    {
      if (g_ptr_array_find (watches, watch, NULL))
        return TRUE;
    }
  return FALSE;
}

/* The kernel had no room for more events, whichever they were: everybody looks. */
static void
tell_overflow (LabWatcher *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer watches;

  g_hash_table_iter_init (&iter, self->by_number);
  while (g_hash_table_iter_next (&iter, NULL, &watches))
    g_ptr_array_extend (all, watches, NULL, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      LabWatcherWatch *watch = all->pdata[i];

      if (has_watch (self, watch))
        watch->func (NULL, FALSE, watch->user_data);
    }
}

static void
notify_event (guint32 events, gpointer user_data)
{
  LabWatcher *self = user_data;
  char buffer[8192] __attribute__ ((aligned (__alignof__(struct inotify_event))));
  ssize_t n = read (self->fd, buffer, sizeof buffer);

  for (ssize_t at = 0; n > 0 && at < n;)
    {
      const struct inotify_event *event = (const void *) (buffer + at);

      if ((event->mask & IN_Q_OVERFLOW) != 0)
        tell_overflow (self);
      else
        tell (self, event);
      at += (ssize_t) (sizeof *event + event->len);
    }
}

LabWatcher *
lab_watcher_new (LabPoll *poll, GError **error)
{
  LabWatcher *self;
  int fd = inotify_init1 (IN_CLOEXEC | IN_NONBLOCK);

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "inotify: %s",
                   g_strerror (errno));
      return NULL;
    }
  self = g_new0 (LabWatcher, 1);
  self->fd = fd;
  self->by_number = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->poll_watch = lab_poll_add (poll, fd, EPOLLIN, notify_event, self);
  return self;
}

void
lab_watcher_free (LabWatcher *self)
{
  lab_poll_remove (self->poll_watch);
  g_hash_table_unref (self->by_number);
  close (self->fd);
  g_free (self);
}

LabWatcherWatch *
lab_watcher_add (LabWatcher *self, const char *path, LabWatcherFunc func, gpointer user_data)
{
  int number = inotify_add_watch (self->fd, path, EVENTS);
  LabWatcherWatch *watch;
  GPtrArray *watches;

  if (number < 0)
    {
      g_message ("%s cannot be watched: %s", path, g_strerror (errno));
      return NULL;
    }

  watch = g_new0 (LabWatcherWatch, 1);
  watch->watcher = self;
  watch->number = number;
  watch->func = func;
  watch->user_data = user_data;
  watches = g_hash_table_lookup (self->by_number, GINT_TO_POINTER (number));
  if (watches == NULL)
    {
      watches = g_ptr_array_new ();
      g_hash_table_insert (self->by_number, GINT_TO_POINTER (number), watches);
    }
  g_ptr_array_add (watches, watch);
  return watch;
}

void
lab_watcher_remove (LabWatcherWatch *watch)
{
  LabWatcher *self = watch->watcher;
  GPtrArray *watches = g_hash_table_lookup (self->by_number, GINT_TO_POINTER (watch->number));

  g_ptr_array_remove_fast (watches, watch);
  if (watches->len == 0)
    {
      inotify_rm_watch (self->fd, watch->number);
      g_hash_table_remove (self->by_number, GINT_TO_POINTER (watch->number));
    }
  g_free (watch);
}
