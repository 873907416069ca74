/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labwright-router: FRRouting that starts, is wired and is stopped as an IOU image.
 *
 * Two processes. The outer one, which the manager sees, holds the lock and the sockets, and waits.
 * Its child is the first process of the router's own namespaces and does the work; FRR's daemons
 * and vtysh are its children, and when it ends the kernel ends them all.
 *
 * Exit codes: 0 stopped by a signal, or -h; 1 it cannot run (the reason is on standard error); 2
 * the command line is wrong. */

#include "config.h"

#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "iou-command.h"
#include "router-config.h"
#include "router-console.h"
#include "router-daemons.h"
#include "router-keepalive.h"
#include "router-namespaces.h"
#include "router-netio.h"
#include "router-port.h"
#include "router-writer.h"

#define EXIT_USAGE    2
#define FRR_FOLDER    "/usr/lib/frr"
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
reap_children (void)
{
  pid_t pid;
  int status;

  /* We are also the parent of what daemons leave behind. */
  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    if (!router_console_reaped (pid) && !router_writer_reaped (pid, status))
      router_daemons_reaped (pid, status);
}

static void
on_signal (gpointer data, int fd, short revents)
{
  Router *self = data;
  struct signalfd_siginfo info;

  if (read (fd, &info, sizeof info) != sizeof info)
    return;
  if (info.ssi_signo == SIGCHLD)
    reap_children ();
  else
    self->stop = TRUE;
}

static int
print_help (const char *argv0)
{
  g_autofree char *name = g_path_get_basename (argv0 != NULL ? argv0 : "labwright-router");
  g_autofree char *text = iou_help_write (name, ROUTER_NVRAM_DEFAULT_KB, ROUTER_RAM_DEFAULT_MB);

  printf ("%s", text);
  return EXIT_SUCCESS;
}

static void
print_banner (Router *self, const IouCommand *command)
{
  if (self->quiet)
    return;

  router_say ("\r\nLabwright Router %s, application id %u, %u Ethernet ports, %u serial ports",
              PACKAGE_VERSION, self->id, self->n_ethernet, self->n_ports - self->n_ethernet);
  router_say ("FRRouting calls Ethernet0/1 e0-1 and Serial2/0 s2-0: “show interface brief”.");
  if (command->remote_console)
    router_say ("Option -L is not supported: the console is here.");
  if (!self->has_netmap)
    router_say ("There is no NETMAP: the ports lead nowhere.");
}

static const char *
path_or (const char *variable, const char *path)
{
  const char *given = g_getenv (variable);

  return given != NULL && *given != '\0' ? given : path;
}

static gboolean
prepare (Router *self, GError **error)
{
  g_autofree char *config = NULL;
  g_autofree char *name = NULL;

  if (!router_ports_create (self, path_or ("LABWRIGHT_TUN", TUN_FILE), error) ||
      !router_namespaces_build_root (self, error))
    return FALSE;

  router_namespaces_set_kernel (self);
  config = router_config_load (self);
  name = router_config_dup_name (config);
  if (sethostname (name, strlen (name)) != 0)
    g_info ("Cannot set the host name");
  return router_config_begin (self, config, error) && router_ports_watch (self, error) &&
         router_daemons_start (FRR_FOLDER, config, error);
}

/* FRR's threads would each take a heap of their own, and what the start needed would be kept: two
 * thirds of zebra's memory. Whatever we start inherits this. */
static void
set_memory_habits (void)
{
  g_setenv ("MALLOC_ARENA_MAX", "1", TRUE);
  g_setenv ("MALLOC_TRIM_THRESHOLD_", "65536", TRUE);
  g_setenv ("MALLOC_TOP_PAD_", "16384", TRUE);
}

/* The first process of the namespaces. */
static int
run_inside (Router *self, const IouCommand *command, const sigset_t *signals)
{
  g_autoptr (GError) error = NULL;
  DeviceWatch watch = { .events = POLLIN, .func = on_signal, .data = self };

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  watch.fd = signalfd (-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
  device_watch_add (&watch);
  set_memory_habits ();
  router_console_open (self);
  print_banner (self, command);
  if (!prepare (self, &error))
    {
      router_console_close ();
      fprintf (stderr, "%s\n", error->message);
      return EXIT_FAILURE;
    }

  router_keepalive_start (self);
  router_netio_start (self->netio);
  router_console_load (self);
  router_writer_start ();
  if (!self->stop)
    router_console_start ();
  while (!self->stop)
    device_loop_iterate (-1);
  router_config_store ();
  router_console_close ();
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
start (Router *self, const IouCommand *command, GError **error)
{
  self->id = command->id;
  self->uid = getuid ();
  self->nvram_kb = command->nvram != 0 ? command->nvram : ROUTER_NVRAM_DEFAULT_KB;
  self->keepalives = command->keepalives;
  self->quiet = command->quiet;
  self->config = g_strdup (command->config);

  if (!router_daemons_check (path_or ("LABWRIGHT_FRR_DIR", FRR_FOLDER), error) ||
      !router_ports_init (self, command->ethernet_adapters, command->serial_adapters,
                          command->ignore_netmap, error))
    return FALSE;
  self->netio = router_netio_new (self, error);
  return self->netio != NULL && router_namespaces_enter (error);
}

static void
finish (Router *self)
{
  g_clear_pointer (&self->netio, router_netio_free);
  for (guint i = 0; i < self->n_ports; i++)
    g_clear_pointer (&self->ports[i].peers, g_array_unref);
  g_free (self->ports);
  g_free (self->config);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IouCommand) command = NULL;
  Router router = { 0 };
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
    return print_help (argv[0]);

  block_signals (&signals);
  if (!start (&router, command, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      finish (&router);
      return EXIT_FAILURE;
    }
  child = fork ();
  if (child == 0)
    _exit (run_inside (&router, command, &signals));
  if (child > 0)
    code = wait_for_end (child, &signals);
  finish (&router);
  /* No handlers of exit: a leak checker would fork, which nobody can in namespaces that ended. */
  _exit (code);
}
