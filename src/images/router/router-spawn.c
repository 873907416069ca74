/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define STEP_MS 10

void
router_spawn_reset_signals (void)
{
  sigset_t none;

  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  signal (SIGPIPE, SIG_DFL);
}

pid_t
router_spawn (const char *const *argv, int output)
{
  pid_t pid = fork ();
  int null;

  if (pid != 0)
    return pid;

  router_spawn_reset_signals ();
  null = open ("/dev/null", O_RDWR);
  dup2 (null, STDIN_FILENO);
  dup2 (output >= 0 ? output : null, STDOUT_FILENO);
  dup2 (output >= 0 ? output : null, STDERR_FILENO);
  execv (argv[0], (char **) argv);
  _exit (127);
}

int
router_spawn_connect (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  if (fd >= 0 && connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

gboolean
router_spawn_wait_socket (const char *path, guint milliseconds)
{
  for (guint waited = 0; waited <= milliseconds; waited += STEP_MS)
    {
      int fd = router_spawn_connect (path);

      if (fd >= 0)
        {
          close (fd);
          return TRUE;
        }
      g_usleep (STEP_MS * 1000);
    }
  return FALSE;
}
