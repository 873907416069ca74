/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connecting to UNIX sockets. A socket address holds 107 bytes of path; longer ones go through a
 * descriptor of the folder, which /proc/self/fd makes a short path again. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab-client-connect.h"

#define MAX_SOCKET_PATH (sizeof ((struct sockaddr_un *) NULL)->sun_path - 1)

static GSocketConnection *
connect_short (const char *path, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (socket == NULL || !g_socket_connect (socket, address, NULL, error))
    return NULL;
  return g_socket_connection_factory_create_connection (socket);
}

GSocketConnection *
lab_client_connect_unix (const char *path, GError **error)
{
  g_autofree char *dir = NULL;
  g_autofree char *name = NULL;
  g_autofree char *short_path = NULL;
  GSocketConnection *connection;
  int fd;

  if (strlen (path) <= MAX_SOCKET_PATH)
    return connect_short (path, error);

  dir = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  fd = open (dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", dir,
                   g_strerror (code));
      return NULL;
    }
  short_path = g_strdup_printf ("/proc/self/fd/%d/%s", fd, name);
  connection = connect_short (short_path, error);
  close (fd);
  return connection;
}
