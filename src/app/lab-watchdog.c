/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the window's thread blocks: the time between two polls of the main loop is the time in
 * which nothing is drawn and no key is heard. The poll function is called around all that, so it is
 * the place to measure; no second thread is needed and nothing is missed. Both clocks are written,
 * since on a busy machine the longest round by the wall clock says more of the others. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib-unix.h>
#include <signal.h>
#include <time.h>

#include "lab-watchdog.h"

typedef struct
{
  char *path;
  gint64 woke_at;     /* µs; 0: not yet */
  gint64 woke_cpu;    /* µs */
  gint64 longest;     /* µs */
  gint64 longest_cpu; /* µs */
} Watchdog;

static Watchdog watchdog;

static gint64
cpu_time (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
poll_measured (GPollFD *fds, guint n_fds, int timeout)
{
  int result;

  if (watchdog.woke_at != 0)
    {
      watchdog.longest = MAX (watchdog.longest, g_get_monotonic_time () - watchdog.woke_at);
      watchdog.longest_cpu = MAX (watchdog.longest_cpu, cpu_time () - watchdog.woke_cpu);
    }
  result = g_poll (fds, n_fds, timeout);
  watchdog.woke_at = g_get_monotonic_time ();
  watchdog.woke_cpu = cpu_time ();

  return result;
}

void
lab_watchdog_write (void)
{
  g_autofree char *text = NULL;

  if (watchdog.path == NULL)
    return;
  text = g_strdup_printf ("%.1f %.1f\n", watchdog.longest / 1000.0, watchdog.longest_cpu / 1000.0);
  g_file_set_contents (watchdog.path, text, -1, NULL);
}

static gboolean
signal_cb (gpointer user_data)
{
  lab_watchdog_write ();
  watchdog.longest = 0;
  watchdog.longest_cpu = 0;
  watchdog.woke_at = 0;

  return G_SOURCE_CONTINUE;
}

void
lab_watchdog_start (void)
{
  const char *path = g_getenv ("LABWRIGHT_WATCHDOG");

  if (path == NULL || *path == '\0' || watchdog.path != NULL)
    return;
  watchdog.path = g_strdup (path);
  g_main_context_set_poll_func (NULL, poll_measured);
  g_unix_signal_add (SIGUSR1, signal_cb, NULL);
}
