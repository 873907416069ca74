/* SPDX-License-Identifier: GPL-3.0-or-later */

/* vtysh connects to every daemon when it starts and never looks again for one that was not there.
 * So that a daemon need not run before it has something to do, we listen at its socket and answer
 * as one would that has nothing to say: a command ends with a NUL byte, its answer is text, three
 * NUL bytes and a status, 0 for “done”. Lines of the configuration are kept. The first one that
 * only this daemon can do starts it: it is told all that was kept (access lists, route maps: what
 * it would have heard had it run), and from then on we pass bytes between it and vtysh. The vtysh
 * that is started next finds the daemon itself at the socket. */

#include "config.h"

#include "router-standby.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "router-wants.h"

#define MAX_KEPT    (256 * 1024)
#define MAX_COMMAND 8192
#define ANSWER_MS   5000

typedef RouterStandbySession Session;

struct _RouterStandbySession
{
  RouterStandby *owner;
  DeviceWatch client; /* vtysh */
  DeviceWatch daemon; /* fd -1: it does not run */
  GString *command;   /* what has come of the next one */
  gboolean configuring;
  gboolean answers_later;
  gboolean gone; /* vtysh is, but an answer is under way */
};

struct _RouterStandby
{
  char *daemon;
  DeviceWatch listener;
  RouterStandbyStart start;
  gpointer data;
  GString *kept;       /* commands of configuration, each with its NUL */
  const char *command; /* (nullable) handed to @later */
  RouterStandbyLater later;
};

static void
session_free (Session *self)
{
  if (!self->gone)
    {
      device_watch_remove (&self->client);
      close (self->client.fd);
    }
  if (self->answers_later)
    {
      self->gone = TRUE;
      return;
    }
  if (self->daemon.fd >= 0)
    {
      device_watch_remove (&self->daemon);
      close (self->daemon.fd);
    }
  g_string_free (self->command, TRUE);
  g_free (self);
}

static gboolean
send_all (int fd, const char *bytes, gsize length)
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

/* An answer that nobody wants to see. */
static gboolean
skip_answer (int fd)
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
    }
}

static gboolean
tell (int fd, const char *command)
{
  return send_all (fd, command, strlen (command) + 1) && skip_answer (fd);
}

static gboolean
replay (RouterStandby *self, int fd)
{
  const char *end = self->kept->str + self->kept->len;

  if (!tell (fd, "enable"))
    return FALSE;
  for (const char *command = self->kept->str; command < end; command += strlen (command) + 1)
    if (!tell (fd, command))
      return FALSE;
  return TRUE;
}

static void
answer (Session *self, const char *text, char status)
{
  const char end[] = { 0, 0, 0, status };

  send_all (self->client.fd, text, strlen (text));
  send_all (self->client.fd, end, sizeof end);
}

static void
pass (int from, int to, Session *self)
{
  char bytes[4096];
  ssize_t n = recv (from, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (n <= 0 || !send_all (to, bytes, (gsize) n))
    session_free (self);
}

static void
on_daemon (gpointer data, int fd, short revents)
{
  Session *self = data;

  pass (fd, self->client.fd, self);
}

static void
start_daemon (Session *self, const char *command)
{
  int fd = self->owner->start (self->owner->data);

  if (fd < 0 || !replay (self->owner, fd) || !send_all (fd, command, strlen (command) + 1))
    {
      g_autofree char *text = g_strdup_printf ("%% %s does not start.\n", self->owner->daemon);

      if (fd >= 0)
        close (fd);
      answer (self, text, 1);
      return;
    }
  self->daemon = (DeviceWatch){ .fd = fd, .events = POLLIN, .func = on_daemon, .data = self };
  device_watch_add (&self->daemon);
}

static void
keep (RouterStandby *self, const char *command)
{
  gsize length = strlen (command) + 1;

  if (self->kept->len + length <= MAX_KEPT)
    g_string_append_len (self->kept, command, (gssize) length);
}

static gboolean
begins (const char *command, const char *word, gsize least)
{
  gsize length = strcspn (command, " ");

  return length >= least && length <= strlen (word) && strncmp (command, word, length) == 0;
}

static void
handle_command (Session *self, char *command)
{
  RouterStandby *owner = self->owner;

  g_strstrip (command);
  if (owner->command != NULL && strcmp (command, owner->command) == 0)
    {
      self->answers_later = TRUE;
      owner->later (self);
      return;
    }
  if (begins (command, "configure", 4))
    self->configuring = TRUE;
  if (self->configuring && router_wants_line (owner->daemon, command))
    {
      start_daemon (self, command);
      return;
    }
  if (self->configuring)
    keep (owner, command);
  if (begins (command, "end", 3) || begins (command, "disable", 4))
    self->configuring = FALSE;
  answer (self, "", 0);
}

static void
on_client (gpointer data, int fd, short revents)
{
  Session *self = data;
  char bytes[1024];
  ssize_t n;

  if (self->daemon.fd >= 0)
    {
      pass (fd, self->daemon.fd, self);
      return;
    }

  n = recv (fd, bytes, sizeof bytes, MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (n <= 0 || self->command->len + (gsize) n > MAX_COMMAND)
    {
      session_free (self);
      return;
    }
  /* vtysh waits for each answer, so what follows a NUL is rare, but it is allowed. */
  for (ssize_t i = 0; i < n; i++)
    {
      g_string_append_c (self->command, bytes[i]);
      if (bytes[i] != '\0')
        continue;
      if (self->daemon.fd >= 0)
        send_all (self->daemon.fd, self->command->str, self->command->len);
      else if (!self->answers_later)
        handle_command (self, self->command->str);
      g_string_truncate (self->command, 0);
    }
}

static void
on_listener (gpointer data, int fd, short revents)
{
  Session *self;
  int client = accept4 (fd, NULL, NULL, SOCK_CLOEXEC);

  if (client < 0)
    return;
  self = g_new0 (Session, 1);
  self->owner = data;
  self->command = g_string_new (NULL);
  self->daemon.fd = -1;
  self->client = (DeviceWatch){ .fd = client, .events = POLLIN, .func = on_client, .data = self };
  device_watch_add (&self->client);
}

RouterStandby *
router_standby_new (const char *daemon, const char *path, RouterStandbyStart start, gpointer data)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  RouterStandby *self;
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  if (fd < 0 || bind (fd, (struct sockaddr *) &address, sizeof address) != 0 || listen (fd, 4) != 0)
    {
      if (fd >= 0)
        close (fd);
      return NULL;
    }

  self = g_new0 (RouterStandby, 1);
  self->daemon = g_strdup (daemon);
  self->start = start;
  self->data = data;
  self->kept = g_string_new (NULL);
  self->listener = (DeviceWatch){ .fd = fd, .events = POLLIN, .func = on_listener, .data = self };
  device_watch_add (&self->listener);
  return self;
}

void
router_standby_handle (RouterStandby *self, const char *command, RouterStandbyLater later)
{
  self->command = command;
  self->later = later;
}

void
router_standby_answer (RouterStandbySession *session, const char *text, gboolean done)
{
  session->answers_later = FALSE;
  if (session->gone)
    session_free (session);
  else
    answer (session, text, done ? 0 : 1);
}
