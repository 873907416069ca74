/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * Devices must not outlive the engine, not even one that is killed with SIGKILL. Each is told by
 * the kernel to die with its parent, but that has gaps: bubblewrap's inner process asks for it
 * late, a device without sandbox may have started processes of its own, and programs with file
 * capabilities lose the setting.
 *
 * So the engine has a parent that does nothing but wait: the keeper. It is a "child subreaper", so
 * whatever loses its parent below it becomes its child. As long as the engine lives, any other
 * child is something left behind by a device that ended: it is killed when the engine asks for it
 * (SIGUSR1). When the engine has ended, however it did, all that is left is killed, round after
 * round until nothing is, and the runtime folder is removed. The keeper holds the lab's lock to its
 * own end, so the next engine finds a clean place, and who asked for the end sees when nothing is
 * left. Should the keeper be killed, the engine dies too.
 *
 * It forks before GLib has made a thread, and costs a few hundred kilobytes that it shares. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab-keeper.h"
#include "lab-process.h"

/* Descendants that are not below the engine. */
static gboolean
kill_orphans (pid_t engine)
{
  g_autoptr (LabProcessTable) table = lab_process_table_new ();
  g_autoptr (GArray) all = lab_process_table_descendants (table, getpid ());
  g_autoptr (GArray) kept = NULL;
  gboolean found = FALSE;

  if (engine > 0)
    {
      kept = lab_process_table_descendants (table, engine);
      g_array_append_val (kept, engine);
    }
  for (guint i = 0; i < all->len; i++)
    {
      pid_t pid = g_array_index (all, pid_t, i);
      gboolean keep = FALSE;

      for (guint k = 0; kept != NULL && k < kept->len && !keep; k++)
        keep = g_array_index (kept, pid_t, k) == pid;
      if (keep)
        continue;
      kill (pid, SIGKILL);
      found = TRUE;
    }
  return found;
}

/* TRUE when the engine has ended. Reaps orphans too. */
static gboolean
reap (pid_t engine, int *status)
{
  gboolean ended = FALSE;
  int child_status;
  pid_t pid;

  while ((pid = waitpid (-1, &child_status, WNOHANG)) > 0)
    {
      if (pid != engine)
        continue;
      ended = TRUE;
      *status =
          WIFEXITED (child_status) ? WEXITSTATUS (child_status) : 128 + WTERMSIG (child_status);
    }
  return ended;
}

static void
end_all (void)
{
  pid_t pid;

  do
    {
      kill_orphans (0);
      while ((pid = waitpid (-1, NULL, WNOHANG)) > 0)
        ;
      if (pid == 0)
        g_usleep (2000);
    }
  while (pid == 0);
}

static int
keep (pid_t engine, LabRunDir *run_dir, const sigset_t *signals)
{
  int status = 0;
  siginfo_t info;

  prctl (PR_SET_NAME, "labwright-keep");
  while (TRUE)
    {
      int signal = sigwaitinfo (signals, &info);

      if (signal == SIGCHLD && reap (engine, &status))
        break;
      if (signal == SIGUSR1)
        kill_orphans (engine);
      else if (signal == SIGTERM || signal == SIGINT || signal == SIGHUP)
        kill (engine, SIGTERM);
    }
  end_all ();
  lab_run_dir_remove (run_dir);
  run_dir->lock_fd = -1; /* not closed but by the end of the process */
  return status;
}

gboolean
lab_keeper_fork (LabRunDir *run_dir, int ready_fd, int *status)
{
  sigset_t signals;
  sigset_t old;
  pid_t keeper = getpid ();
  pid_t engine;

  sigemptyset (&signals);
  sigaddset (&signals, SIGCHLD);
  sigaddset (&signals, SIGUSR1);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGHUP);
  sigprocmask (SIG_BLOCK, &signals, &old);
  prctl (PR_SET_CHILD_SUBREAPER, 1);

  engine = fork ();
  if (engine < 0)
    {
      *status = 1;
      return FALSE;
    }
  if (engine == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      if (getppid () != keeper)
        _exit (1);
      sigprocmask (SIG_SETMASK, &old, NULL);
      lab_run_dir_set_pid (run_dir, getpid ());
      return TRUE;
    }
  if (ready_fd >= 0)
    close (ready_fd);
  *status = keep (engine, run_dir, &signals);
  return FALSE;
}
