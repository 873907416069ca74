/* SPDX-License-Identifier: GPL-3.0-or-later */

/* vtysh connects to every daemon when it starts and never looks again for one that was not there.
 * So that a daemon need not run before it has something to do, we listen at its socket and answer
 * as one would that has nothing to say (router-vty.h). Lines of the configuration are kept. The
 * first one that only this daemon can do starts it: it is told all that was kept (access lists,
 * route maps: what it would have heard had it run), and from then on we pass bytes between it and
 * vtysh. The vtysh that is started next finds the daemon itself at the socket. */

#include "config.h"

#include "router-standby.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "router-vty.h"
#include "router-wants.h"

#define MAX_KEPT    (256 * 1024)
#define MAX_COMMAND 8192

typedef RouterStandbySession Session;

struct _RouterStandbySession
{
  RouterStandby *owner;
  DeviceWatch client; /* vtysh */
  DeviceWatch daemon; /* fd -1: it does not run */
  GString *command;   /* what has come of the next one */
  gboolean configuring;
  gboolean answers_later;
  gboolean gone;   /* vtysh is, but an answer is under way */
  GString *unsent; /* of the daemon's answer, which vtysh does not take yet */
  GString *held;   /* commands that the daemon gets when the timer is due */
  DeviceTimer release;
  RouterHearing hearing;
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
  RouterStandbyHear hear; /* (nullable) */
  gboolean running;       /* with @hear only: the daemon does */
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
  device_timer_clear (&self->release);
  g_string_free (self->command, TRUE);
  g_string_free (self->unsent, TRUE);
  g_string_free (self->held, TRUE);
  g_free (self);
}

static gboolean
replay (RouterStandby *self, int fd)
{
  const char *end = self->kept->str + self->kept->len;

  if (!router_vty_ask (fd, "enable", NULL))
    return FALSE;
  for (const char *command = self->kept->str; command < end; command += strlen (command) + 1)
    if (!router_vty_ask (fd, command, NULL))
      return FALSE;
  return TRUE;
}

static void
answer (Session *self, const char *text, char status)
{
  const char end[] = { 0, 0, 0, status };

  router_vty_send (self->client.fd, text, strlen (text));
  router_vty_send (self->client.fd, end, sizeof end);
}

/* FALSE: vtysh is gone. What it does not take now waits, and so does the daemon. */
static gboolean
send_unsent (Session *self)
{
  ssize_t n = 0;

  if (self->unsent->len > 0)
    n = send (self->client.fd, self->unsent->str, self->unsent->len, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n < 0 && errno != EAGAIN && errno != EINTR)
    return FALSE;
  g_string_erase (self->unsent, 0, MAX (n, 0));
  self->daemon.events = self->unsent->len > 0 ? 0 : POLLIN;
  self->client.events = self->unsent->len > 0 ? POLLIN | POLLOUT : POLLIN;
  return TRUE;
}

/* “terminal monitor” hands vtysh a descriptor, with the first byte of its answer. */
static gboolean
send_descriptor (Session *self, int descriptor, char *bytes, ssize_t length)
{
  union
  {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (sizeof (int))];
  } control = { .header = { .cmsg_len = CMSG_LEN (sizeof (int)),
                            .cmsg_level = SOL_SOCKET,
                            .cmsg_type = SCM_RIGHTS } };
  struct iovec part = { bytes, (size_t) length };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  gboolean done;

  memcpy (CMSG_DATA (&control.header), &descriptor, sizeof descriptor);
  done = sendmsg (self->client.fd, &message, MSG_NOSIGNAL) == length;
  close (descriptor);
  return done;
}

static int
find_descriptor (struct msghdr *message)
{
  const struct cmsghdr *header = CMSG_FIRSTHDR (message);
  int descriptor = -1;

  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len >= CMSG_LEN (sizeof descriptor))
    memcpy (&descriptor, CMSG_DATA (header), sizeof descriptor);
  return descriptor;
}

static void
on_daemon (gpointer data, int fd, short revents)
{
  Session *self = data;
  char bytes[4096];
  char control[CMSG_SPACE (sizeof (int))];
  struct iovec part = { bytes, sizeof bytes };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control
  };
  ssize_t n = recvmsg (fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  int descriptor = n > 0 ? find_descriptor (&message) : -1;
  gboolean done = n > 0;

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (descriptor >= 0)
    done = send_descriptor (self, descriptor, bytes, n);
  else if (n > 0)
    {
      g_string_append_len (self->unsent, bytes, n);
      done = send_unsent (self);
    }
  if (!done)
    session_free (self);
}

static void
connect_daemon (Session *self, int fd)
{
  self->daemon = (DeviceWatch){ .fd = fd, .events = POLLIN, .func = on_daemon, .data = self };
  device_watch_add (&self->daemon);
}

static void
start_daemon (Session *self, const char *command)
{
  int fd = self->owner->start (self->owner->data);

  if (fd < 0 || !replay (self->owner, fd) || !router_vty_send (fd, command, strlen (command) + 1))
    {
      g_autofree char *text = g_strdup_printf ("%% %s does not start.\n", self->owner->daemon);

      if (fd >= 0)
        close (fd);
      answer (self, text, 1);
      return;
    }
  connect_daemon (self, fd);
  self->owner->running = self->owner->hear != NULL;
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
  /* It runs, if somebody else has started it, or it is to run. */
  if (owner->running || (self->configuring && router_wants_line (owner->daemon, command)))
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
release (gpointer data)
{
  Session *self = data;

  router_vty_send (self->daemon.fd, self->held->str, self->held->len);
  g_string_truncate (self->held, 0);
}

/* A failure shows as the end of what comes from the daemon. */
static void
forward (Session *self, guint wait)
{
  if (wait > 0 && self->held->len == 0)
    device_timer_set_after (&self->release, wait * 1000);
  if (wait > 0 || self->held->len > 0)
    g_string_append_len (self->held, self->command->str, (gssize) self->command->len);
  else
    router_vty_send (self->daemon.fd, self->command->str, self->command->len);
}

static void
take_command (Session *self)
{
  RouterStandby *owner = self->owner;
  guint wait = 0;

  if (owner->hear != NULL)
    wait = owner->hear (owner->data, &self->hearing, self->command->str);
  if (self->daemon.fd >= 0)
    forward (self, wait);
  else if (!self->answers_later)
    handle_command (self, self->command->str);
}

static void
on_client (gpointer data, int fd, short revents)
{
  Session *self = data;
  char bytes[1024];
  ssize_t n = recv (fd, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    {
      if (!send_unsent (self))
        session_free (self);
      return;
    }
  if (n <= 0 || self->command->len + self->held->len + (gsize) n > MAX_COMMAND)
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
      take_command (self);
      g_string_truncate (self->command, 0);
    }
}

static void
on_listener (gpointer data, int fd, short revents)
{
  RouterStandby *owner = data;
  Session *self;
  int client = accept4 (fd, NULL, NULL, SOCK_CLOEXEC);
  int daemon = -1;

  if (client >= 0 && owner->running)
    daemon = owner->start (owner->data);
  if (client < 0 || (owner->running && daemon < 0))
    {
      if (client >= 0)
        close (client);
      return;
    }
  self = g_new0 (Session, 1);
  self->owner = owner;
  self->command = g_string_new (NULL);
  self->unsent = g_string_new (NULL);
  self->held = g_string_new (NULL);
  device_timer_init (&self->release, release, self);
  self->daemon.fd = -1;
  self->client = (DeviceWatch){ .fd = client, .events = POLLIN, .func = on_client, .data = self };
  device_watch_add (&self->client);
  if (daemon >= 0)
    connect_daemon (self, daemon);
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
router_standby_hear (RouterStandby *self, RouterStandbyHear hear)
{
  self->hear = hear;
}

void
router_standby_set_running (RouterStandby *self)
{
  self->running = TRUE;
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
