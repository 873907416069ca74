/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * The process we fork is the outer bwrap; its only child is the sandbox' first process (init), and
 * below that run the image and what it may start. Signals meant for the device go to everything
 * below init, found in a table of processes: bwrap itself must go on, for it reports the device's
 * exit code, as 128 + n when a signal n ended it. Killing init ends all of the sandbox.
 *
 * Without a sandbox the process we fork is the device, the leader of its own process group. What it
 * started is signalled with it, and what has run away from it is found by the keeper.
 *
 * A SIGKILL of the outer bwrap while it still makes the sandbox can leave init behind, before it
 * has asked to die with its parent. Such an orphan becomes the keeper's child; the keeper is told
 * to look after each end. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab-device-private.h"
#include "lab-licence-store.h"

#define SANDBOX_SIGNAL_BASE 128
#define LAST_SIGNAL         64
#define DEFAULT_RAM         1024 /* MB; most that images are known to take for themselves */

static gboolean
is_isolated (LabDevice *self)
{
  return lab_sandbox_is_isolated (self->context->sandbox);
}

static void
pidfd_event (guint32 events, gpointer user_data)
{
  LabDevice *self = user_data;
  int code = 0;
  int signal = 0;

  if (!lab_process_reap (self->pidfd, &code, &signal))
    return;

  lab_poll_clear (&self->pidfd_watch);
  close (self->pidfd);
  self->pidfd = -1;
  if (is_isolated (self) && code > SANDBOX_SIGNAL_BASE && code <= SANDBOX_SIGNAL_BASE + LAST_SIGNAL)
    {
      signal = code - SANDBOX_SIGNAL_BASE;
      code = 0;
    }
  if (!is_isolated (self))
    kill (-self->child, SIGKILL);
  self->child = self->init = self->pid = 0;
  g_clear_pointer (&self->frozen_pids, g_array_unref);
  /* The keeper, our parent, ends what was left behind. */
  kill (getppid (), SIGUSR1);
  lab_device_exited (self, code, signal);
}

static void
socket_appeared (const char *name, gboolean finished, gpointer user_data)
{
  LabDevice *self = user_data;

  if (lab_workdir_has_socket (self->workdir))
    lab_device_socket_seen (self);
}

static pid_t
find_root (gpointer user_data)
{
  LabDevice *self = user_data;

  lab_device_find_pids (self);
  return is_isolated (self) ? self->init : self->child;
}

static void
overstep (const char *text, gpointer user_data)
{
  LabDevice *self = user_data;

  lab_device_set_text (&self->overstepped, text);
  lab_device_kill (self);
}

static const LabGuardFuncs guard_funcs = { find_root, overstep };

/* Megabytes. An image may have it in a file. */
static guint
memory_of (LabDevice *self)
{
  return self->running->ram != 0 ? self->running->ram : DEFAULT_RAM;
}

static void
watch_over (LabDevice *self)
{
  const char *folders[] = { self->workdir->work,
                            self->workdir->private_tmp ? self->workdir->tmp : NULL, NULL };

  if (!lab_images_is_open (self->running->image))
    self->guard_watch =
        lab_guard_add (self->context->guard, folders, memory_of (self), &guard_funcs, self);
}

static gboolean
run (LabDevice *self, const LabSandboxSpec *spec, int terminal, GError **error)
{
  g_auto (GStrv) argv = lab_sandbox_build_argv (self->context->sandbox, spec);
  g_auto (GStrv) environment = lab_sandbox_build_environ (self->context->sandbox, spec);
  /* One file alone must not reach what all may have, but its memory must fit into one. */
  guint64 file_bytes = ((guint64) lab_guard_get_megabytes () / 2 + memory_of (self)) * 1024 * 1024;
  LabSpawn spawn = {
    .path = argv[0],
    .argv = (const char *const *) argv,
    .envp = environment,
    .cwd = spec->work,
    .terminal = terminal,
    .file_bytes = spec->processes != 0 ? file_bytes : 0,
  };

  self->child = lab_spawn (&spawn, &self->pidfd, error);
  if (self->child > 0)
    return TRUE;

  self->child = 0;
  return FALSE;
}

gboolean
lab_device_spawn (LabDevice *self, GError **error)
{
  gboolean keepalives = self->running->keepalives && !self->facts->no_keepalives;
  g_auto (GStrv) args = lab_workdir_build_args (self->workdir, self->running, keepalives);
  g_autofree char *iourc = lab_images_is_open (self->running->image) ? NULL : lab_licence_find ();
  LabSandboxSpec spec = {
    .work = self->workdir->work,
    .tmp = self->workdir->tmp,
    .image = self->facts->path,
    .iourc = iourc,
    .library_dirs = (const char *const *) self->facts->library_dirs,
    .processes = lab_images_is_open (self->running->image) ? 0 : LAB_GUARD_PROCESSES,
    .nested = lab_images_nests (self->running->image),
    .args = (const char *const *) args,
  };
  gboolean started;
  int slave;

  if (!lab_console_open (self->console, &slave, error))
    return FALSE;
  self->socket_watch =
      lab_watcher_add (self->context->watcher, self->workdir->sockets, socket_appeared, self);
  started = run (self, &spec, slave, error);
  close (slave);
  if (!started)
    return FALSE;

  if (!is_isolated (self))
    self->pid = self->child;
  watch_over (self);
  self->pidfd_watch = lab_poll_add (self->context->poll, self->pidfd, EPOLLIN, pidfd_event, self);
  return TRUE;
}

void
lab_device_find_pids (LabDevice *self)
{
  if (self->child == 0 || self->pid != 0)
    return;
  if (self->init == 0)
    self->init = lab_process_find_child (self->child);
  if (self->init != 0)
    self->pid = lab_process_find_child (self->init);
}

/* The device's processes: what runs below init, or all of them without a sandbox. */
static GArray *
find_processes (LabDevice *self, LabProcessTable *table)
{
  GArray *found;

  if (is_isolated (self))
    {
      lab_device_find_pids (self);
      return self->init != 0 ? lab_process_table_descendants (table, self->init)
                             : g_array_new (FALSE, FALSE, sizeof (pid_t));
    }
  found = lab_process_table_descendants (table, self->child);
  g_array_prepend_val (found, self->child);
  return found;
}

static void
signal_all (GArray *processes, int signal)
{
  for (guint i = 0; i < processes->len; i++)
    kill (g_array_index (processes, pid_t, i), signal);
}

void
lab_device_terminate (LabDevice *self, LabProcessTable *table)
{
  g_autoptr (GArray) processes = find_processes (self, table);

  if (processes->len == 0)
    {
      lab_device_kill (self);
      return;
    }
  signal_all (processes, SIGTERM);
  /* One that is frozen sees it only when it goes on. */
  signal_all (processes, SIGCONT);
}

void
lab_device_kill (LabDevice *self)
{
  g_autoptr (LabProcessTable) table = NULL;
  g_autoptr (GArray) processes = NULL;

  if (self->child == 0)
    return;
  if (is_isolated (self))
    {
      lab_device_find_pids (self);
      kill (self->init != 0 ? self->init : self->child, SIGKILL);
      return;
    }
  table = lab_process_table_new ();
  processes = find_processes (self, table);
  signal_all (processes, SIGKILL);
  kill (-self->child, SIGKILL);
}

static gboolean
contains (GArray *pids, pid_t pid)
{
  for (guint i = 0; i < pids->len; i++)
    {
      if (g_array_index (pids, pid_t, i) == pid)
        return TRUE;
    }
  return FALSE;
}

gboolean
lab_device_stop_signals (LabDevice *self, LabProcessTable *table)
{
  g_autoptr (GArray) processes = find_processes (self, table);
  gboolean fresh = FALSE;

  if (self->frozen_pids == NULL)
    self->frozen_pids = g_array_new (FALSE, FALSE, sizeof (pid_t));
  for (guint i = 0; i < processes->len; i++)
    {
      pid_t pid = g_array_index (processes, pid_t, i);

      if (contains (self->frozen_pids, pid))
        continue;
      kill (pid, SIGSTOP);
      g_array_append_val (self->frozen_pids, pid);
      fresh = TRUE;
    }
  return fresh;
}

void
lab_device_continue (LabDevice *self, LabProcessTable *table)
{
  g_autoptr (GArray) processes = find_processes (self, table);

  signal_all (processes, SIGCONT);
  g_clear_pointer (&self->frozen_pids, g_array_unref);
}
