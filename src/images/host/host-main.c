/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labwright-host: a Linux host that starts, is wired and is stopped as an IOU image. Its console is
 * bash; see host-commands.c for what it is configured by. */

#include "config.h"

#include <unistd.h>

#include "device-config.h"
#include "device-console.h"
#include "device-namespaces.h"
#include "device-port.h"
#include "host-commands.h"
#include "host-system.h"

/* A script that takes longer goes on beside the shell. */
#define BOOT_LIMIT (20 * G_USEC_PER_SEC)

/* eth0, eth1, … for e0/0, e0/1, …, and ser0, … for the serial ports, as their own kind counts. */
static void
name_port (DevicePort *port)
{
  guint bay = IOU_PORT_BAY (port->byte);
  guint unit = IOU_PORT_UNIT (port->byte);
  guint number = bay * IOU_PORTS_PER_ADAPTER + unit;

  if (port->serial)
    number -= port->machine->n_ethernet;
  g_snprintf (port->name, sizeof port->name, "%s%u", port->serial ? "ser" : "eth", number);
  g_snprintf (port->long_name, sizeof port->long_name, "%c%u/%u", port->serial ? 's' : 'e', bay,
              unit);
}

static void
greet_ports (DeviceMachine *self, guint first, guint n)
{
  const DevicePort *begin = &self->ports[first];
  const DevicePort *end = &self->ports[first + n - 1];

  device_say ("%s to %s are the ports %s to %s.", begin->name, end->name, begin->long_name,
              end->long_name);
}

static void
greet (DeviceMachine *self)
{
  device_say ("\r\nLabwright Host %s, application id %u. “help” lists commands.", PACKAGE_VERSION,
              self->id);
  if (self->n_ethernet > 0)
    greet_ports (self, 0, self->n_ethernet);
  if (self->n_ports > self->n_ethernet)
    greet_ports (self, self->n_ethernet, self->n_ports - self->n_ethernet);
}

static void
answer_save (const GError *error)
{
  g_autofree char *reason = g_strconcat (error != NULL ? error->message : "", NULL);

  if (!device_namespaces_write (HOST_ANSWER, reason))
    device_say ("%% “save” cannot be answered.");
}

static gboolean
prepare (DeviceMachine *self, GError **error)
{
  g_autofree char *config = device_config_load (self);

  host_system_set_kernel ();
  if (sethostname ("host", 4) != 0)
    g_info ("Cannot set the host name");
  return g_file_set_contents (HOST_SCRIPT, config, -1, error) &&
         device_config_begin (self, HOST_SAVED, config, answer_save, error) &&
         device_ports_watch (self, error);
}

static void
become_bash (void)
{
  static const char *const environment[] = {
    "TERM=xterm",
    "HOME=" HOST_HOME,
    "USER=root",
    "PATH=" DEVICE_BIN_DIR ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG=C.UTF-8",
    "MALLOC_TRIM_THRESHOLD_=65536",
    "MALLOC_TOP_PAD_=16384",
    NULL
  };

  if (chdir (HOST_HOME) == 0)
    execle ("/bin/bash", "bash", "--rcfile", HOST_BASHRC, "-i", NULL, environment);
}

static void
start (DeviceMachine *self)
{
  static const char *const boot[] = { HOST_BOOT, NULL };

  g_setenv ("PATH", DEVICE_BIN_DIR ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            TRUE);
  g_setenv ("HOME", HOST_HOME, TRUE);
  host_system_ignore_groups ();
  if (!device_console_load (self, boot, BOOT_LIMIT))
    device_say ("%% A line of the start script runs on; a program that never ends wants an “&”.");
  if (!self->stop)
    device_console_start (become_bash);
}

/* Orphans, which nobody asked for. */
static void
reaped (pid_t pid, int status)
{
}

static const DeviceKind host = {
  .program = "labwright-host",
  .noun = "host",
  .nvram_kb = 64,
  .ram_mb = 16,
  .name_port = name_port,
  .check = host_system_check,
  .greet = greet,
  .make_etc = host_system_make_etc,
  .prepare = prepare,
  .start = start,
  .reaped = reaped,
};

int
main (int argc, char *argv[])
{
  return device_machine_main (&host, argc, argv);
}
