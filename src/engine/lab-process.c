/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * Every program is forked from the main thread: PR_SET_PDEATHSIG fires when the forking *thread*
 * ends. Between fork and exec the child only makes system calls, for the other threads of the
 * engine (GDBus has some) may have held any lock. A pipe that exec closes brings back the reason of
 * a failure. Descriptors are all close-on-exec, and close_range() marks those that a library
 * forgot.
 *
 * The processes inside a sandbox are found by walking from the sandbox's first process down. Not
 * every kernel has /proc/PID/task/TID/children, so the parents are read from /proc/PID/stat: one
 * table serves all devices that are stopped or frozen together. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "lab-process.h"

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif
#ifndef P_PIDFD
#define P_PIDFD 3
#endif

/* How far above a parent's process id its child is looked for before the whole of /proc is. */
#define NEAR_PIDS 128

static struct rlimit old_files_limit;
static gboolean files_limit_raised;

void
lab_process_raise_limits (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
    return;

  old_files_limit = limit;
  limit.rlim_cur = limit.rlim_max;
  files_limit_raised = setrlimit (RLIMIT_NOFILE, &limit) == 0;
}

static int
open_pidfd (pid_t pid)
{
  return (int) syscall (SYS_pidfd_open, pid, 0);
}

/* Which call failed, for the sentence about it. */
enum
{
  FAILED_EXEC,
  FAILED_DIRECTORY,
  FAILED_TERMINAL,
};

static G_GNUC_NORETURN void
child_fail (int pipe_fd, int what)
{
  int report[2] = { what, errno };
  ssize_t n = write (pipe_fd, report, sizeof report);

  _exit (n == (ssize_t) sizeof report ? 127 : 126);
}

static void
child_reset_signals (void)
{
  sigset_t none;

  for (int i = 1; i < NSIG; i++)
    signal (i, SIG_DFL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

static void
child_stdio (int terminal, int null_fd)
{
  dup2 (terminal >= 0 ? terminal : null_fd, STDIN_FILENO);
  if (terminal < 0)
    return;
  dup2 (terminal, STDOUT_FILENO);
  dup2 (terminal, STDERR_FILENO);
}

static void
child_limits (const LabSpawn *spec)
{
  struct rlimit files = { spec->file_bytes, spec->file_bytes };
  struct rlimit core = { 0, 0 };

  if (files_limit_raised)
    setrlimit (RLIMIT_NOFILE, &old_files_limit);
  if (spec->file_bytes == 0)
    return;
  setrlimit (RLIMIT_FSIZE, &files);
  setrlimit (RLIMIT_CORE, &core);
}

/* Async-signal-safe calls only. */
static G_GNUC_NORETURN void
child_run (const LabSpawn *spec, pid_t parent, int pipe_fd, int null_fd)
{
  child_reset_signals ();
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != parent)
    _exit (126);

  setsid ();
  if (spec->terminal >= 0 && ioctl (spec->terminal, TIOCSCTTY, 0) != 0)
    child_fail (pipe_fd, FAILED_TERMINAL);
  child_stdio (spec->terminal, null_fd);
  syscall (SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
  for (const int *fd = spec->keep_fds; fd != NULL && *fd >= 0; fd++)
    fcntl (*fd, F_SETFD, 0);
  if (spec->cwd != NULL && chdir (spec->cwd) != 0)
    child_fail (pipe_fd, FAILED_DIRECTORY);
  child_limits (spec);

  execve (spec->path, (char *const *) spec->argv, spec->envp ? spec->envp : environ);
  child_fail (pipe_fd, FAILED_EXEC);
}

static void
set_spawn_error (GError **error, const LabSpawn *spec, const int report[2])
{
  const char *reason = g_strerror (report[1]);

  if (report[0] == FAILED_DIRECTORY)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The folder %s cannot be entered: %s."),
                 spec->cwd, reason);
  else if (report[0] == FAILED_TERMINAL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("A terminal cannot be given to %s: %s."),
                 spec->path, reason);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s cannot be started: %s."), spec->path,
                 reason);
}

static pid_t
fork_child (const LabSpawn *spec, int pipe_fd, int null_fd)
{
  sigset_t all;
  sigset_t old;
  pid_t parent = getpid ();
  pid_t pid;
  int saved_errno;

  /* No handler of ours may run in the child before it has put them back. */
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &old);
  pid = fork ();
  if (pid == 0)
    child_run (spec, parent, pipe_fd, null_fd);
  saved_errno = errno;
  pthread_sigmask (SIG_SETMASK, &old, NULL);
  errno = saved_errno;
  return pid;
}

/* Waits until the child has become the program, or said why not. */
static gboolean
wait_for_exec (const LabSpawn *spec, pid_t pid, int pipe_fd, GError **error)
{
  int report[2];
  ssize_t n;

  do
    n = read (pipe_fd, report, sizeof report);
  while (n < 0 && errno == EINTR);
  if (n != (ssize_t) sizeof report)
    return TRUE;

  set_spawn_error (error, spec, report);
  waitpid (pid, NULL, 0);
  return FALSE;
}

pid_t
lab_spawn (const LabSpawn *spec, int *pidfd, GError **error)
{
  int pipe_fds[2] = { -1, -1 };
  int null_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  pid_t pid = -1;

  if (null_fd >= 0 && pipe2 (pipe_fds, O_CLOEXEC) == 0)
    pid = fork_child (spec, pipe_fds[1], null_fd);
  if (pid < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _ ("%s cannot be started: %s."),
                 spec->path, g_strerror (errno));

  if (pipe_fds[1] >= 0)
    close (pipe_fds[1]);
  if (pid > 0 && !wait_for_exec (spec, pid, pipe_fds[0], error))
    pid = -1;
  if (pipe_fds[0] >= 0)
    close (pipe_fds[0]);
  if (null_fd >= 0)
    close (null_fd);
  if (pid < 0)
    return -1;

  *pidfd = open_pidfd (pid);
  if (*pidfd < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("Processes cannot be watched: %s. Labwright needs Linux 5.9 or later."),
                   g_strerror (errno));
      kill (pid, SIGKILL);
      waitpid (pid, NULL, 0);
      return -1;
    }
  return pid;
}

gboolean
lab_process_reap (int pidfd, int *code, int *signal)
{
  siginfo_t info = { 0 };

  if (waitid ((idtype_t) P_PIDFD, (id_t) pidfd, &info, WEXITED | WNOHANG) != 0 || info.si_pid == 0)
    return FALSE;

  *code = info.si_code == CLD_EXITED ? info.si_status : 0;
  *signal = info.si_code == CLD_EXITED ? 0 : info.si_status;
  return TRUE;
}

typedef struct
{
  pid_t pid;
  pid_t parent;
} Process;

struct _LabProcessTable
{
  GArray *processes; /* by parent */
};

/* The parent of @pid as its stat line gives it; 0: it is gone, or a zombie. */
static pid_t
read_parent (pid_t pid)
{
  char path[32];
  char text[256];
  const char *end;
  ssize_t n;
  int fd;

  g_snprintf (path, sizeof path, "/proc/%d/stat", (int) pid);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return 0;
  n = read (fd, text, sizeof text - 1);
  close (fd);
  if (n <= 0)
    return 0;
  text[n] = '\0';
  /* The name stands in parentheses and may hold some itself: the last one ends it. */
  end = strrchr (text, ')');
  if (end == NULL || strlen (end) < 5 || end[2] == 'Z')
    return 0;
  return (pid_t) strtol (end + 4, NULL, 10);
}

gboolean
lab_process_is_alive (pid_t pid)
{
  return pid > 0 && read_parent (pid) > 0;
}

static int
compare_parents (gconstpointer a, gconstpointer b)
{
  const Process *left = a;
  const Process *right = b;

  if (left->parent != right->parent)
    return left->parent < right->parent ? -1 : 1;
  return left->pid < right->pid ? -1 : left->pid > right->pid;
}

LabProcessTable *
lab_process_table_new (void)
{
  LabProcessTable *self = g_new0 (LabProcessTable, 1);
  DIR *dir = opendir ("/proc");
  struct dirent *entry;

  self->processes = g_array_new (FALSE, FALSE, sizeof (Process));
  while (dir != NULL && (entry = readdir (dir)) != NULL)
    {
      Process process = { .pid = (pid_t) strtol (entry->d_name, NULL, 10) };

      if (process.pid <= 0)
        continue;
      process.parent = read_parent (process.pid);
      if (process.parent > 0)
        g_array_append_val (self->processes, process);
    }
  if (dir != NULL)
    closedir (dir);
  g_array_sort (self->processes, compare_parents);
  return self;
}

void
lab_process_table_free (LabProcessTable *self)
{
  g_array_unref (self->processes);
  g_free (self);
}

static void
append_children (LabProcessTable *self, pid_t parent, GArray *found)
{
  guint low = 0;
  guint high = self->processes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->processes, Process, middle).parent < parent)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < self->processes->len; low++)
    {
      const Process *process = &g_array_index (self->processes, Process, low);

      if (process->parent != parent)
        break;
      g_array_append_val (found, process->pid);
    }
}

GArray *
lab_process_table_descendants (LabProcessTable *self, pid_t pid)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (pid_t));

  append_children (self, pid, found);
  /* A process id can be used again while the table is read: no loop may come of it. */
  for (guint i = 0; i < found->len && found->len <= self->processes->len; i++)
    append_children (self, g_array_index (found, pid_t, i), found);
  return found;
}

pid_t
lab_process_find_child (pid_t pid)
{
  g_autoptr (LabProcessTable) table = NULL;
  g_autoptr (GArray) children = NULL;

  for (pid_t near = pid + 1; near <= pid + NEAR_PIDS; near++)
    {
      if (read_parent (near) == pid)
        return near;
    }

  table = lab_process_table_new ();
  children = g_array_new (FALSE, FALSE, sizeof (pid_t));
  append_children (table, pid, children);
  return children->len > 0 ? g_array_index (children, pid_t, 0) : 0;
}
