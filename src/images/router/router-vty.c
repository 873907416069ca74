/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-vty.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define STEP_MS 10

int
router_vty_connect (const char *path)
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
router_vty_wait (const char *path, guint milliseconds)
{
  for (guint waited = 0; waited <= milliseconds; waited += STEP_MS)
    {
      int fd = router_vty_connect (path);

      if (fd >= 0)
        {
          close (fd);
          return TRUE;
        }
      g_usleep (STEP_MS * 1000);
    }
  return FALSE;
}
