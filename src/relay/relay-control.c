/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The control socket.
 *
 * Nothing a client does may hold up frames: nothing blocks, a client gets a bounded number of
 * commands a turn, and while it does not read its answers no more of its commands are read, so what
 * is kept for one is a buffer of a line and the answers of a turn. */

#include "relay-control.h"

#include "relay-command.h"
#include "relay-private.h"
#include "relay-reply.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CLIENTS     32
#define COMMANDS_A_TURN 64
#define ANSWERS_A_TURN  65536

struct RelayClient
{
  RelayWatch watch;
  RelayClient *next;
  char input[RELAY_COMMAND_MAX];
  size_t length;
  bool skipping; /* the rest of a line that was too long */
  bool ended;    /* nothing more will come */
  RelayReply reply;
  bool watches; /* is told what happens */
  bool told;    /* and that waits to be sent */
};

static void
drop_client (Relay *relay, RelayClient *client)
{
  RelayClient **place = &relay->control.clients;

  while (*place != client)
    place = &(*place)->next;
  *place = client->next;
  relay->control.n_clients--;
  relay_watch_remove (relay, &client->watch);
  close (client->watch.fd);
  relay_reply_clear (&client->reply);
  relay_loop_free_later (relay, client);
}

static bool
has_command (const RelayClient *client)
{
  return memchr (client->input, '\n', client->length) != NULL;
}

static void
run_one (Relay *relay, RelayClient *client)
{
  char *end = memchr (client->input, '\n', client->length);
  size_t used = (size_t) (end - client->input) + 1;

  *end = '\0';
  if (client->skipping)
    client->skipping = false;
  else if (strlen (client->input) + 1 != used)
    relay_reply_line (&client->reply, "error the command has a zero byte in it");
  else
    relay_command_run (relay, client->input, &client->reply);
  client->length -= used;
  memmove (client->input, end + 1, client->length);
}

/* Throws a line away that does not fit; says so once. */
static void
check_length (RelayClient *client)
{
  if (client->length < sizeof client->input || has_command (client))
    return;
  if (!client->skipping)
    relay_reply_line (&client->reply, "error the command is longer than %d bytes",
                      RELAY_COMMAND_MAX);
  client->skipping = true;
  client->length = 0;
}

/* False if the client is gone. */
static bool
send_reply (RelayClient *client)
{
  RelayReply *reply = &client->reply;

  while (reply->sent < reply->length)
    {
      ssize_t n = send (client->watch.fd, reply->text + reply->sent, reply->length - reply->sent,
                        MSG_DONTWAIT | MSG_NOSIGNAL);

      if (n < 0)
        return errno == EAGAIN || errno == EINTR;
      reply->sent += (size_t) n;
    }
  relay_reply_clear (reply);
  return true;
}

static void
run_client (Relay *relay, RelayClient *client)
{
  unsigned commands = 0;
  bool alive, waiting;

  while (commands++ < COMMANDS_A_TURN && client->reply.length < ANSWERS_A_TURN &&
         has_command (client))
    run_one (relay, client);
  check_length (client);
  client->told = false;
  alive = send_reply (client);
  waiting = client->reply.length > 0;
  if (!alive || (client->ended && !waiting && !has_command (client)))
    {
      drop_client (relay, client);
      return;
    }
  if (!waiting && has_command (client))
    relay->control.pending = true;
  relay_watch_set (relay, &client->watch,
                   waiting ? EPOLLOUT : (has_command (client) ? 0 : EPOLLIN));
}

static void
client_ready (Relay *relay, RelayWatch *watch, uint32_t events)
{
  RelayClient *client = RELAY_CONTAINER_OF (watch, RelayClient, watch);
  ssize_t n;

  if (client->reply.length == 0 && !client->ended && client->length < sizeof client->input)
    {
      n = read (watch->fd, client->input + client->length, sizeof client->input - client->length);
      if (n > 0)
        client->length += (size_t) n;
      else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        client->ended = true;
    }
  run_client (relay, client);
}

void
relay_control_run (Relay *relay)
{
  RelayClient *next;

  if (!relay->control.pending)
    return;
  relay->control.pending = false;
  for (RelayClient *client = relay->control.clients; client != NULL; client = next)
    {
      next = client->next;
      if (client->told || (client->reply.length == 0 && has_command (client)))
        run_client (relay, client);
    }
}

bool
relay_control_watch (Relay *relay, const RelayReply *reply)
{
  for (RelayClient *client = relay->control.clients; client != NULL; client = client->next)
    if (&client->reply == reply)
      {
        client->watches = true;
        return true;
      }
  return false;
}

void
relay_control_tell (Relay *relay, const char *format, ...)
{
  char line[128];
  va_list args;

  va_start (args, format);
  vsnprintf (line, sizeof line, format, args);
  va_end (args);
  for (RelayClient *client = relay->control.clients; client != NULL; client = client->next)
    if (client->watches && client->reply.length < ANSWERS_A_TURN)
      {
        relay_reply_line (&client->reply, "%s", line);
        client->told = true;
        relay->control.pending = true;
      }
}

static void
refuse_client (RelayControl *control)
{
  int fd;

  close (control->spare_fd);
  fd = accept4 (control->listener.fd, NULL, NULL, SOCK_CLOEXEC);
  if (fd >= 0)
    close (fd);
  control->spare_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void
listener_ready (Relay *relay, RelayWatch *watch, uint32_t events)
{
  static const char too_many[] = "error there are too many clients: close one\n";
  RelayControl *control = &relay->control;
  int fd = accept4 (watch->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  RelayClient *client;

  if (fd < 0)
    {
      if (errno == EMFILE || errno == ENFILE)
        refuse_client (control);
      return;
    }
  if (control->n_clients >= MAX_CLIENTS)
    {
      (void) !send (fd, too_many, sizeof too_many - 1, MSG_NOSIGNAL);
      close (fd);
      return;
    }
  client = relay_new0 (sizeof *client);
  if (!relay_watch_add (relay, &client->watch, fd, EPOLLIN, client_ready))
    {
      close (fd);
      free (client);
      return;
    }
  client->next = control->clients;
  control->clients = client;
  control->n_clients++;
}

bool
relay_control_listen (Relay *relay, const char *path, RelayError *error)
{
  int fd = relay_socket_listen (path, error);

  if (fd < 0)
    return false;
  relay->control.path = relay_strdup (path);
  relay->control.spare_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  if (relay_watch_add (relay, &relay->control.listener, fd, EPOLLIN, listener_ready))
    return true;
  return relay_error_set (error, "cannot watch the control socket %s", path);
}

void
relay_control_close (Relay *relay)
{
  RelayControl *control = &relay->control;

  while (control->clients != NULL)
    {
      send_reply (control->clients);
      drop_client (relay, control->clients);
    }
  if (control->listener.fd < 0)
    return;
  relay_watch_remove (relay, &control->listener);
  close (control->listener.fd);
  close (control->spare_fd);
  unlink (control->path);
  free (control->path);
  control->listener.fd = -1;
}
