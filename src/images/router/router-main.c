/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labwright-router: FRRouting that starts, is wired and is stopped as an IOU image. */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <linux/rtnetlink.h>

#include "device-config.h"
#include "device-console.h"
#include "device-port.h"
#include "router-config.h"
#include "router-daemons.h"
#include "router-frr.h"
#include "router-hear.h"
#include "router-prompt.h"
#include "router-sub.h"
#include "router-system.h"
#include "router-vrrp.h"
#include "router-writer.h"

#define FRR_FOLDER "/usr/lib/frr"

/* Ethernet0/1 is e0-1, Serial2/0 is s2-0. */
static void
name_port (DevicePort *port)
{
  guint bay = IOU_PORT_BAY (port->byte);
  guint unit = IOU_PORT_UNIT (port->byte);

  g_snprintf (port->name, sizeof port->name, "%c%u-%u", port->serial ? 's' : 'e', bay, unit);
  g_snprintf (port->long_name, sizeof port->long_name, "%s%u/%u",
              port->serial ? "Serial" : "Ethernet", bay, unit);
}

static gboolean
check (GError **error)
{
  return router_daemons_check (device_path_or ("LABWRIGHT_FRR_DIR", FRR_FOLDER), error);
}

static void
greet (DeviceMachine *self)
{
  device_say ("\r\nLabwright Router %s, application id %u, %u Ethernet ports, %u serial ports",
              PACKAGE_VERSION, self->id, self->n_ethernet, self->n_ports - self->n_ethernet);
  device_say ("FRRouting calls Ethernet0/1 e0-1 and Serial2/0 s2-0: “show interface brief”.");
}

static void
set_host (const char *name)
{
  if (sethostname (name, strlen (name)) != 0)
    g_info ("Cannot set the host name");
}

static gboolean
prepare (DeviceMachine *self, GError **error)
{
  g_autofree char *config = NULL;
  g_autofree char *name = NULL;

  router_system_set_kernel (self);
  config = device_config_load (self);
  name = router_config_dup_name (config);
  set_host (name);
  if (!device_config_begin (self, ROUTER_CONFIG_FILE, config, NULL, error) ||
      !device_ports_watch (self, error))
    return FALSE;
  router_hear_config (self, config);
  return router_daemons_start (self, FRR_FOLDER, config, error);
}

/* See router-prompt.h. */
static void
on_shown (const char *bytes, gsize length)
{
  static RouterPrompt prompt;
  char name[ROUTER_HOST_SIZE];
  char now[ROUTER_HOST_SIZE] = "";

  if (!router_prompt_see (&prompt, bytes, length, name) || gethostname (now, sizeof now) != 0 ||
      strcmp (name, now) == 0)
    return;
  set_host (name);
  router_daemons_set_host (name);
}

static void
become_vtysh (void)
{
  static const char *const environment[] = { "TERM=vt100",
                                             "HOME=/var/tmp",
                                             "PATH=" DEVICE_BIN_DIR ":/usr/bin:/bin",
                                             "LANG=C.UTF-8",
                                             "VTYSH_HISTFILE=/dev/null",
                                             "MALLOC_TRIM_THRESHOLD_=65536",
                                             "MALLOC_TOP_PAD_=16384",
                                             NULL };

  execle (ROUTER_VTYSH, "vtysh", NULL, environment);
}

static void
start (DeviceMachine *self)
{
  static const char *const load[] = { ROUTER_VTYSH, "-b", NULL };

  device_console_load (self, load, -1);
  router_writer_start ();
  if (!self->stop)
    {
      device_console_set_shown (on_shown);
      device_console_start (become_vtysh);
    }
}

static void
reaped (pid_t pid, int status)
{
  if (!router_writer_reaped (pid, status))
    router_daemons_reaped (pid, status);
}

static gboolean
take_frame (DevicePort *port, guint8 *frame, gsize length)
{
  return router_sub_deliver (port, frame, length) ||
         router_vrrp_refuses (port->name, frame, length);
}

static void
link_changed (DeviceMachine *self, const struct nlmsghdr *message)
{
  const struct ifinfomsg *link = NLMSG_DATA (message);

  router_sub_link_changed (self, link->ifi_index);
  router_vrrp_link_changed (message);
}

static const DeviceKind router = {
  .program = "labwright-router",
  .noun = "router",
  .nvram_kb = 64,
  .ram_mb = 64,
  .name_port = name_port,
  .check = check,
  .greet = greet,
  .make_etc = router_system_make_etc,
  .prepare = prepare,
  .start = start,
  .reaped = reaped,
  .take_frame = take_frame,
  .set_reading = router_sub_set_reading,
  .carrier_changed = router_sub_update_carrier,
  .link_changed = link_changed,
};

int
main (int argc, char *argv[])
{
  return device_machine_main (&router, argc, argv);
}
