/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "device-machine.h"

#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "device-config.h"
#include "device-console.h"
#include "device-frame-relay.h"
#include "device-keepalive.h"
#include "device-namespaces.h"
#include "device-netio.h"
#include "device-port.h"
#include "iou-command.h"

#define EXIT_USAGE    2
#define TUN_FILE      "/dev/net/tun"
#define PATIENCE_SECS 2

static void
block_signals (sigset_t *set)
{
  sigemptyset (set);
  sigaddset (set, SIGHUP);
  sigaddset (set, SIGINT);
  sigaddset (set, SIGTERM);
  sigaddset (set, SIGCHLD);
  sigprocmask (SIG_BLOCK, set, NULL);
  signal (SIGPIPE, SIG_IGN);
}

static void
reap_children (DeviceMachine *self)
{
  pid_t pid;
  int status;

  /* We are also the parent of what others leave behind. */
  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    if (!device_console_reaped (pid))
      self->kind->reaped (pid, status);
}

static void
on_signal (gpointer data, int fd, short revents)
{
  DeviceMachine *self = data;
  struct signalfd_siginfo info;

  if (read (fd, &info, sizeof info) != sizeof info)
    return;
  if (info.ssi_signo == SIGCHLD)
    reap_children (self);
  else
    self->stop = TRUE;
}

static int
print_help (const DeviceKind *kind, const char *argv0)
{
  g_autofree char *name = g_path_get_basename (argv0 != NULL ? argv0 : kind->program);
  g_autofree char *text = iou_help_write (name, kind->nvram_kb, kind->ram_mb);

  printf ("%s", text);
  return EXIT_SUCCESS;
}

static void
greet (DeviceMachine *self, const IouCommand *command)
{
  if (self->quiet)
    return;

  self->kind->greet (self);
  if (command->remote_console)
    device_say ("Option -L is not supported: the console is here.");
  if (!self->has_netmap)
    device_say ("There is no NETMAP: the ports lead nowhere.");
}

const char *
device_path_or (const char *variable, const char *path)
{
  const char *given = g_getenv (variable);

  return given != NULL && *given != '\0' ? given : path;
}

/* Each thread of a program would take a heap of its own, and what the start needed would be kept:
 * two thirds of zebra's memory. Whatever we start inherits this. */
static void
set_memory_habits (void)
{
  g_setenv ("MALLOC_ARENA_MAX", "1", TRUE);
  g_setenv ("MALLOC_TRIM_THRESHOLD_", "65536", TRUE);
  g_setenv ("MALLOC_TOP_PAD_", "16384", TRUE);
}

static gboolean
prepare (DeviceMachine *self, GError **error)
{
  return device_ports_create (self, device_path_or ("LABWRIGHT_TUN", TUN_FILE), error) &&
         device_namespaces_build_root (self, error) && self->kind->prepare (self, error);
}

/* The first process of the namespaces. */
static int
run_inside (DeviceMachine *self, const IouCommand *command, const sigset_t *signals)
{
  g_autoptr (GError) error = NULL;
  DeviceWatch watch = { .events = POLLIN, .func = on_signal, .data = self };

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  watch.fd = signalfd (-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
  device_watch_add (&watch);
  set_memory_habits ();
  device_console_open (self);
  greet (self, command);
  if (!prepare (self, &error))
    {
      device_console_close ();
      fprintf (stderr, "%s\n", error->message);
      return EXIT_FAILURE;
    }

  device_keepalive_start (self);
  device_netio_start (self->netio);
  self->kind->start (self);
  while (!self->stop)
    device_loop_iterate (-1);
  device_config_store ();
  device_console_close ();
  return EXIT_SUCCESS;
}

/* The outer process: until the inner one has ended. A signal is passed on; who does not obey in
 * time is killed, and everything in the namespaces with it. */
static int
wait_for_end (pid_t child, const sigset_t *signals)
{
  struct timespec patience = { .tv_sec = PATIENCE_SECS };
  gboolean asked = FALSE;
  int status;

  for (;;)
    {
      siginfo_t info;
      int signo = asked ? sigtimedwait (signals, &info, &patience) : sigwaitinfo (signals, &info);

      if (waitpid (child, &status, WNOHANG) == child)
        break;
      if (asked && signo != SIGCHLD)
        kill (child, SIGKILL);
      else if (signo != SIGCHLD && signo > 0)
        {
          kill (child, SIGTERM);
          asked = TRUE;
        }
    }
  return WIFEXITED (status) ? WEXITSTATUS (status) : asked ? EXIT_SUCCESS : EXIT_FAILURE;
}

static gboolean
start (DeviceMachine *self, const IouCommand *command, GError **error)
{
  self->id = command->id;
  self->uid = getuid ();
  self->nvram_kb = command->nvram != 0 ? command->nvram : self->kind->nvram_kb;
  self->keepalives = command->keepalives;
  self->quiet = command->quiet;
  self->config = g_strdup (command->config);

  if (!self->kind->check (error) ||
      !device_ports_init (self, command->ethernet_adapters, command->serial_adapters,
                          command->ignore_netmap, error))
    return FALSE;
  self->netio = device_netio_new (self, error);
  return self->netio != NULL && device_namespaces_enter (self, error);
}

static void
finish (DeviceMachine *self)
{
  g_clear_pointer (&self->netio, device_netio_free);
  for (guint i = 0; i < self->n_ports; i++)
    {
      g_clear_pointer (&self->ports[i].peers, g_array_unref);
      g_clear_pointer (&self->ports[i].frame_relay, device_frame_relay_free);
    }
  g_free (self->ports);
  g_free (self->config);
}

int
device_machine_main (const DeviceKind *kind, int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IouCommand) command = NULL;
  DeviceMachine machine = { .kind = kind };
  sigset_t signals;
  pid_t child;
  int code = EXIT_FAILURE;

  /* One small heap: a lab holds a hundred of us. */
  mallopt (M_ARENA_MAX, 1);
  command = iou_command_parse (argc, (const char *const *) argv, &error);
  if (command == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return EXIT_USAGE;
    }
  if (command->help)
    return print_help (kind, argv[0]);

  block_signals (&signals);
  if (!start (&machine, command, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      finish (&machine);
      return EXIT_FAILURE;
    }
  child = fork ();
  if (child == 0)
    _exit (run_inside (&machine, command, &signals));
  if (child > 0)
    code = wait_for_end (child, &signals);
  finish (&machine);
  /* No handlers of exit: a leak checker would fork, which nobody can in namespaces that ended. */
  _exit (code);
}
