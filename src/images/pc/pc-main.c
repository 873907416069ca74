/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labwright-pc: a light host that starts, is wired and is stopped as an IOU image. One thread, one
 * loop: the console, the netio and layer-1 sockets, signals, and the timers of lwIP and of
 * commands. Exit codes: 0 stopped by a signal, or -h; 1 it cannot run (the reason is on standard
 * error); 2 the command line is wrong. */

#include "config.h"

#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "iou-command.h"
#include "pc-config.h"
#include "pc-console.h"
#include "pc-keepalive.h"
#include "pc-netif.h"
#include "pc-netio.h"
#include "pc-parse.h"
#include "pc-port.h"
#include "pc-services.h"
#include "pc-stack.h"
#include "device-terminal.h"

#define EXIT_USAGE   2
#define MAX_NVRAM_KB 1024
#define MIN_NVRAM_KB 8

static void
on_signal (gpointer data, int fd, short revents)
{
  Pc *pc = data;
  struct signalfd_siginfo info;

  if (read (fd, &info, sizeof info) == sizeof info)
    pc->stop = TRUE;
}

static void
watch_signals (Pc *pc, DeviceWatch *watch)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGHUP);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigprocmask (SIG_BLOCK, &set, NULL);
  signal (SIGPIPE, SIG_IGN);
  *watch = (DeviceWatch){
    .fd = signalfd (-1, &set, SFD_CLOEXEC), .events = POLLIN, .func = on_signal, .data = pc
  };
  if (watch->fd >= 0)
    device_watch_add (watch);
}

static void
on_tick (Pc *pc)
{
  pc_keepalive_tick (pc);
  for (guint i = 0; i < pc->n_ports; i++)
    pc_netif_check (&pc->ports[i]);
}

static int
print_help (const char *argv0)
{
  g_autofree char *name = g_path_get_basename (argv0 != NULL ? argv0 : "labwright-pc");
  g_autofree char *text = iou_help_write (name, PC_NVRAM_DEFAULT_KB, PC_RAM_DEFAULT_MB);

  printf ("%s", text);
  return EXIT_SUCCESS;
}

static gboolean
check_command (const IouCommand *command)
{
  if (command->id < 1 || command->id > IOU_MAX_ID)
    fprintf (stderr, "The application id must be a number from 1 to %d: see -h\n", IOU_MAX_ID);
  else if (command->ethernet_adapters + command->serial_adapters > IOU_MAX_ADAPTERS)
    fprintf (stderr,
             "There can be %d adapters, Ethernet (-e) and serial (-s) together: use fewer\n",
             IOU_MAX_ADAPTERS);
  else if (command->nvram != 0 && (command->nvram < MIN_NVRAM_KB || command->nvram > MAX_NVRAM_KB))
    fprintf (stderr, "The NVRAM (-n) must have %d to %d KB\n", MIN_NVRAM_KB, MAX_NVRAM_KB);
  else
    return TRUE;
  return FALSE;
}

/* Things tests of managers ask for; they have no option so that the command line stays IOU's. */
static void
read_environment (Pc *pc)
{
  pc->packed_macs = g_strcmp0 (g_getenv ("LABWRIGHT_PC_MAC"), "packed") == 0;
  device_terminal_set_bytewise (g_getenv ("LABWRIGHT_PC_BYTEWISE") != NULL);
}

static gboolean
start (Pc *pc, const IouCommand *command, GError **error)
{
  pc->id = command->id;
  pc->name = g_strdup_printf ("PC%u", command->id);
  pc->nvram_kb = command->nvram != 0 ? command->nvram : PC_NVRAM_DEFAULT_KB;
  pc->n_serial = command->serial_adapters;
  pc->keepalives = command->keepalives;
  pc->quiet = command->quiet;
  pc->started = device_loop_now ();
  read_environment (pc);

  pc_ports_init (pc, command->ethernet_adapters);
  if (!command->ignore_netmap && !pc_ports_load_netmap (pc, error))
    return FALSE;
  pc->netio = pc_netio_new (pc, pc_netif_input, pc_keepalive_received, error);
  return pc->netio != NULL;
}

static void
print_banner (Pc *pc, const IouCommand *command)
{
  if (pc->quiet)
    return;

  pc_print (pc, "\nLabwright PC %s, application id %u, %u Ethernet port%s\n", PACKAGE_VERSION,
            pc->id, pc->n_ports, pc->n_ports == 1 ? "" : "s");
  if (command->remote_console)
    pc_print (pc, "Option -L is not supported: the console is here.\n");
  if (!pc->has_netmap)
    pc_print (pc, "There is no NETMAP: the ports lead nowhere.\n");
  pc_print (pc, "Type ? or help for the commands.\n\n");
}

static void
run (Pc *pc, const IouCommand *command)
{
  g_autofree char *script = NULL;

  pc_stack_init (pc, on_tick);
  pc_keepalive_start (pc);
  pc->console = pc_console_new (pc);
  pc_netif_add_all (pc);
  pc_services_start ();
  print_banner (pc, command);
  script = pc_config_load (pc, command->config);
  pc_console_start (pc->console, script);

  while (!pc->stop)
    device_loop_iterate (-1);
}

static void
finish (Pc *pc)
{
  /* A command that is stopped now may still say so: the pointer goes last. */
  if (pc->console != NULL)
    pc_console_free (pc->console);
  pc->console = NULL;
  pc_ports_clear (pc);
  pc_netif_remove_all (pc);
  g_clear_pointer (&pc->netio, pc_netio_free);
  g_free (pc->ports);
  g_free (pc->name);
  g_free (pc->domain);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IouCommand) command = NULL;
  Pc pc = { 0 };
  DeviceWatch signals;

  /* One small heap: a lab holds a thousand of us. */
  mallopt (M_ARENA_MAX, 1);
  mallopt (M_TRIM_THRESHOLD, 64 * 1024);

  command = iou_command_parse (argc, (const char *const *) argv, &error);
  if (command == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return EXIT_USAGE;
    }
  if (command->help)
    return print_help (argv[0]);
  if (!check_command (command))
    return EXIT_USAGE;

  watch_signals (&pc, &signals);
  if (!start (&pc, command, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      finish (&pc);
      return EXIT_FAILURE;
    }
  run (&pc, command);
  finish (&pc);
  close (signals.fd);
  return EXIT_SUCCESS;
}
