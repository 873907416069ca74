/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * The relay is a child with a control socket. It is connected to as soon as it listens; commands
 * are written one after the other without waiting, and the answers come back in the same order. A
 * command's lines "- …" come before its end for who wants them, "ok" or "error …" ends it. Lines "!
 * …" answer nothing: the relay tells what happens.
 *
 * When the process ends it is started again at once: every frame of the lab passes it. Should it
 * end again and again, it is given a second in between. Whoever owns this object tells the new
 * process everything when it is up. A relay that answers nonsense is killed, and so comes back new.
 *
 * The relay also watches a pipe whose other end only the engine has: it ends with the engine even
 * where PR_SET_PDEATHSIG does not work. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "lab-files.h"
#include "lab-process.h"
#include "lab-relay.h"

#define SOCKET_NAME     "relay"
#define COUNTERS_NAME   "counters"
#define FIRST_RETRY_MS  2
#define LAST_RETRY_MS   200
#define MAX_RETRIES     60
#define QUICK_RESTARTS  10
#define QUICK_WINDOW_US (10 * G_USEC_PER_SEC)
#define SLOW_RESTART_MS 1000
#define MAX_ANSWER      (1024 * 1024)
#define END_WAIT_MS     2000
/* A relay that lets commands wait so long hangs; it is killed, and so comes back new. */
#define PATIENCE_US            (8 * G_USEC_PER_SEC)
#define PATIENCE_CHECK_SECONDS 4

typedef struct
{
  LabRelayLine each; /* (nullable) */
  LabRelayDone done;
  gpointer user_data;
} Command;

struct _LabRelay
{
  LabPoll *poll;
  LabRunDir *run_dir;
  char *program;
  const LabRelayFuncs *funcs;
  gpointer user_data;

  pid_t pid;
  int pidfd;
  LabPollWatch *pidfd_watch;
  int watch_pipe; /* our end of the pipe that the relay watches */
  guint timer;    /* to connect, or to start again */
  guint retries;
  guint restarts;
  gint64 restart_times[QUICK_RESTARTS];

  int socket;
  LabPollWatch *socket_watch;
  GByteArray *output;
  GByteArray *input;
  GQueue commands; /* of Command, sent and not answered */
  guint patience;  /* timer while there are any */
  gint64 heard_at;
  GQueue lost; /* of Command, to be told so from the main loop */
  guint lost_idle;
};

static void schedule_connect (LabRelay *self);
static void restart (LabRelay *self);

LabRelay *
lab_relay_new (LabPoll *poll, LabRunDir *run_dir, const LabRelayFuncs *funcs, gpointer user_data)
{
  LabRelay *self = g_new0 (LabRelay, 1);

  self->poll = poll;
  self->run_dir = run_dir;
  self->funcs = funcs;
  self->user_data = user_data;
  self->pidfd = self->watch_pipe = self->socket = -1;
  self->output = g_byte_array_new ();
  self->input = g_byte_array_new ();
  g_queue_init (&self->commands);
  g_queue_init (&self->lost);
  return self;
}

static gboolean
tell_lost (gpointer user_data)
{
  LabRelay *self = user_data;
  Command *command;

  self->lost_idle = 0;
  while ((command = g_queue_pop_head (&self->lost)) != NULL)
    {
      if (command->done != NULL)
        command->done (LAB_RELAY_LOST, _ ("The relay ended."), command->user_data);
      g_free (command);
    }
  return G_SOURCE_REMOVE;
}

static void
lose_command (LabRelay *self, Command *command)
{
  g_queue_push_tail (&self->lost, command);
  if (self->lost_idle == 0)
    self->lost_idle = g_idle_add_full (G_PRIORITY_DEFAULT, tell_lost, self, NULL);
}

static void
disconnect (LabRelay *self)
{
  Command *command;

  lab_poll_clear (&self->socket_watch);
  if (self->socket >= 0)
    close (self->socket);
  self->socket = -1;
  g_byte_array_set_size (self->output, 0);
  g_byte_array_set_size (self->input, 0);
  g_clear_handle_id (&self->patience, g_source_remove);
  while ((command = g_queue_pop_head (&self->commands)) != NULL)
    lose_command (self, command);
}

/* Its end comes by the pidfd, and then a new one is started. */
static void
kill_it (LabRelay *self, const char *why)
{
  g_message ("relay: %s", why);
  if (self->pid > 0)
    kill (self->pid, SIGKILL);
  disconnect (self);
}

static gboolean
check_patience (gpointer user_data)
{
  LabRelay *self = user_data;

  if (self->commands.length > 0 && g_get_monotonic_time () - self->heard_at < PATIENCE_US)
    return G_SOURCE_CONTINUE;

  self->patience = 0;
  if (self->commands.length > 0)
    kill_it (self, "it does not answer");
  return G_SOURCE_REMOVE;
}

static void
write_commands (LabRelay *self)
{
  while (self->output->len > 0)
    {
      gssize n =
          send (self->socket, self->output->data, self->output->len, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n < 0 && errno != EAGAIN && errno != EINTR)
        {
          kill_it (self, "its control socket is broken");
          return;
        }
      if (n <= 0)
        break;
      g_byte_array_remove_range (self->output, 0, n);
    }
  lab_poll_modify (self->socket_watch, EPOLLIN | (self->output->len > 0 ? EPOLLOUT : 0));
}

static void
handle_line (LabRelay *self, const char *line)
{
  gboolean ok = g_str_equal (line, "ok") || g_str_has_prefix (line, "ok ");
  g_autofree Command *command = NULL;

  if (g_str_has_prefix (line, "- ") || g_str_equal (line, "-"))
    {
      Command *asked = g_queue_peek_head (&self->commands);

      if (asked != NULL && asked->each != NULL && line[1] == ' ')
        asked->each (line + 2, asked->user_data);
      return;
    }

  if (g_str_has_prefix (line, "! "))
    {
      self->funcs->said (self, line + 2, self->user_data);
      return;
    }

  self->heard_at = g_get_monotonic_time ();
  command = g_queue_pop_head (&self->commands);
  if (command == NULL || (!ok && !g_str_has_prefix (line, "error ")))
    {
      g_message ("relay: unexpected answer “%s”", line);
      return;
    }
  if (command->done != NULL)
    command->done (ok ? LAB_RELAY_OK : LAB_RELAY_ERROR, ok ? line + 2 : line + strlen ("error "),
                   command->user_data);
}

static void
handle_lines (LabRelay *self)
{
  gsize used = 0;
  guint8 *end;

  while (self->socket >= 0 && used < self->input->len &&
         (end = memchr (self->input->data + used, '\n', self->input->len - used)) != NULL)
    {
      g_autofree char *line =
          g_strndup ((const char *) self->input->data + used, end - self->input->data - used);

      used = end - self->input->data + 1;
      handle_line (self, line);
    }
  if (self->socket >= 0 && used > 0)
    g_byte_array_remove_range (self->input, 0, used);
  if (self->input->len > MAX_ANSWER)
    kill_it (self, "it sends lines without end");
}

static void
socket_event (guint32 events, gpointer user_data)
{
  LabRelay *self = user_data;
  guint8 buffer[16384];
  gssize n;

  if ((events & EPOLLOUT) != 0)
    write_commands (self);
  if (self->socket < 0 || (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0)
    return;

  n = recv (self->socket, buffer, sizeof buffer, MSG_DONTWAIT);
  if (n > 0)
    {
      g_byte_array_append (self->input, buffer, n);
      handle_lines (self);
    }
  else if (n == 0 || (errno != EAGAIN && errno != EINTR))
    kill_it (self, "it closed its control socket");
}

static gboolean
try_connect (gpointer user_data)
{
  LabRelay *self = user_data;

  self->timer = 0;
  self->socket = lab_files_connect (self->run_dir->fd, SOCKET_NAME);
  if (self->socket >= 0)
    {
      /* Made under our umask, but with the bits that only matter for a program. */
      fchmodat (self->run_dir->fd, SOCKET_NAME, 0600, 0);
      self->socket_watch = lab_poll_add (self->poll, self->socket, EPOLLIN, socket_event, self);
      lab_relay_send (self, "watch", NULL, NULL);
      self->funcs->up (self, self->user_data);
    }
  else if (++self->retries > MAX_RETRIES)
    kill_it (self, "it does not listen");
  else
    schedule_connect (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_connect (LabRelay *self)
{
  guint delay = MIN (FIRST_RETRY_MS << MIN (self->retries, 8), LAST_RETRY_MS);

  self->timer = g_timeout_add (delay, try_connect, self);
}

static void
pidfd_event (guint32 events, gpointer user_data)
{
  LabRelay *self = user_data;
  int code = 0;
  int signal = 0;

  if (!lab_process_reap (self->pidfd, &code, &signal))
    return;
  g_message ("relay %d ended (exit code %d, signal %d)", (int) self->pid, code, signal);
  lab_poll_clear (&self->pidfd_watch);
  close (self->pidfd);
  self->pidfd = -1;
  self->pid = 0;
  g_clear_handle_id (&self->timer, g_source_remove);
  disconnect (self);
  restart (self);
}

static gboolean
spawn (LabRelay *self, GError **error)
{
  g_autofree char *control = g_build_filename (self->run_dir->path, SOCKET_NAME, NULL);
  g_autofree char *counters = g_build_filename (self->run_dir->path, COUNTERS_NAME, NULL);
  g_autofree char *watch_fd = NULL;
  int fds[2];

  if (self->watch_pipe >= 0)
    close (self->watch_pipe);
  self->watch_pipe = -1;
  if (pipe2 (fds, O_CLOEXEC) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "pipe: %s",
                   g_strerror (errno));
      return FALSE;
    }
  self->watch_pipe = fds[1];
  unlinkat (self->run_dir->fd, SOCKET_NAME, 0);
  watch_fd = g_strdup_printf ("%d", fds[0]);
  {
    const char *argv[] = { self->program, "--control",  control,  "--counters",
                           counters,      "--watch-fd", watch_fd, NULL };
    const int keep[] = { fds[0], -1 };
    LabSpawn spec = { .path = self->program, .argv = argv, .terminal = -1, .keep_fds = keep };

    self->pid = lab_spawn (&spec, &self->pidfd, error);
  }
  close (fds[0]);
  if (self->pid < 0)
    {
      self->pid = 0;
      return FALSE;
    }
  self->pidfd_watch = lab_poll_add (self->poll, self->pidfd, EPOLLIN, pidfd_event, self);
  self->retries = 0;
  schedule_connect (self);
  return TRUE;
}

static gboolean
restart_now (gpointer user_data)
{
  LabRelay *self = user_data;
  g_autoptr (GError) error = NULL;

  self->timer = 0;
  if (!spawn (self, &error))
    {
      g_message ("%s", error->message);
      self->timer = g_timeout_add (SLOW_RESTART_MS, restart_now, self);
    }
  self->funcs->changed (self, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
restart (LabRelay *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 *oldest = &self->restart_times[self->restarts % QUICK_RESTARTS];
  gboolean slow = *oldest != 0 && now - *oldest < QUICK_WINDOW_US;

  *oldest = now;
  self->restarts++;
  if (!slow)
    {
      restart_now (self);
      return;
    }
  self->timer = g_timeout_add (SLOW_RESTART_MS, restart_now, self);
  self->funcs->changed (self, self->user_data);
}

gboolean
lab_relay_start (LabRelay *self, GError **error)
{
  self->program = lab_run_dir_find_program ("labwright-relay", error);
  return self->program != NULL && spawn (self, error);
}

/* SIGTERM first: it removes its sockets, which without a sandbox are in the shared /tmp. */
static void
end_process (LabRelay *self)
{
  int code;
  int signal;

  if (self->pidfd < 0)
    return;
  lab_poll_clear (&self->pidfd_watch);
  kill (self->pid, SIGTERM);
  for (guint ms = 0; ms < END_WAIT_MS; ms += 5)
    {
      if (lab_process_reap (self->pidfd, &code, &signal))
        {
          close (self->pidfd);
          return;
        }
      g_usleep (5000);
    }
  kill (self->pid, SIGKILL);
  waitpid (self->pid, NULL, 0);
  close (self->pidfd);
}

void
lab_relay_free (LabRelay *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  disconnect (self);
  end_process (self);
  if (self->watch_pipe >= 0)
    close (self->watch_pipe);
  g_clear_handle_id (&self->lost_idle, g_source_remove);
  tell_lost (self);
  g_byte_array_unref (self->output);
  g_byte_array_unref (self->input);
  g_free (self->program);
  g_free (self);
}

gboolean
lab_relay_is_up (LabRelay *self)
{
  return self->socket >= 0;
}

void
lab_relay_send (LabRelay *self, const char *line, LabRelayDone done, gpointer user_data)
{
  lab_relay_ask (self, line, NULL, done, user_data);
}

void
lab_relay_ask (
    LabRelay *self, const char *line, LabRelayLine each, LabRelayDone done, gpointer user_data)
{
  Command *command = g_new0 (Command, 1);

  command->each = each;
  command->done = done;
  command->user_data = user_data;
  if (self->socket < 0)
    {
      lose_command (self, command);
      return;
    }

  if (self->commands.length == 0)
    self->heard_at = g_get_monotonic_time ();
  if (self->patience == 0)
    self->patience = g_timeout_add_seconds (PATIENCE_CHECK_SECONDS, check_patience, self);
  g_queue_push_tail (&self->commands, command);
  g_byte_array_append (self->output, (const guint8 *) line, strlen (line));
  g_byte_array_append (self->output, (const guint8 *) "\n", 1);
  /* Written when the main loop comes round, together with what else is said until then. */
  lab_poll_modify (self->socket_watch, EPOLLIN | EPOLLOUT);
}

pid_t
lab_relay_get_pid (LabRelay *self)
{
  return self->pid;
}

guint
lab_relay_get_restarts (LabRelay *self)
{
  return self->restarts;
}
