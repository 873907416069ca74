/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "device-spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

void
device_spawn_reset_signals (void)
{
  sigset_t none;

  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  signal (SIGPIPE, SIG_DFL);
}

pid_t
device_spawn (const char *const *argv, int output)
{
  pid_t pid = fork ();
  int null;

  if (pid != 0)
    return pid;

  device_spawn_reset_signals ();
  null = open ("/dev/null", O_RDWR);
  dup2 (null, STDIN_FILENO);
  dup2 (output >= 0 ? output : null, STDOUT_FILENO);
  dup2 (output >= 0 ? output : null, STDERR_FILENO);
  execv (argv[0], (char **) argv);
  _exit (127);
}
