/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-vty.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define STEP_MS   10
#define ANSWER_MS 5000

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

gboolean
router_vty_send (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      ssize_t n = send (fd, bytes, length, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static gboolean
take_answer (int fd, GString *answer)
{
  guint zeros = 0;
  char byte;

  for (;;)
    {
      struct pollfd ready = { .fd = fd, .events = POLLIN };

      if (poll (&ready, 1, ANSWER_MS) != 1 || read (fd, &byte, 1) != 1)
        return FALSE;
      if (zeros == 3)
        return TRUE;
      zeros = byte == '\0' ? zeros + 1 : 0;
      if (answer != NULL && byte != '\0')
        g_string_append_c (answer, byte);
    }
}

gboolean
router_vty_ask (int fd, const char *command, GString *answer)
{
  return router_vty_send (fd, command, strlen (command) + 1) && take_answer (fd, answer);
}
