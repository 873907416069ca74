/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each sub-interface is a TAP device of its own, and we are what lies between it and the port: what
 * the kernel sends through it gets a tag and goes out of the port; what comes in with its tag goes
 * to it, without. So 802.1Q needs nothing of the kernel. The sub-interface of the VLAN without tags
 * (“e0-0.99n”) takes the place of the port itself. Frames of VLANs that nobody has named reach the
 * port's own interface as they are. */

#include "config.h"

#include "router-sub.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "device-console.h"
#include "device-link.h"
#include "device-netio.h"
#include "device-port.h"
#include "router-link.h"
#include "router-system.h"
#include "router-tag.h"
#include "router-vrrp.h"

#define BATCH 32

typedef struct _RouterSub RouterSub;

struct _RouterSub
{
  RouterSub *next;
  DevicePort *port;
  char name[ROUTER_NAME_SIZE];
  char bridge[ROUTER_NAME_SIZE]; /* of its VLAN, whether it is there or not */
  guint vlan;
  gboolean native;
  int index;
  gboolean carrier; /* what the kernel was last told */
  DeviceWatch tap;
};

static void
on_sub (gpointer data, int fd, short revents)
{
  RouterSub *self = data;
  guint8 datagram[IOU_MAX_DATAGRAM];
  gsize room = IOU_HEADER_SIZE + ROUTER_TAG_SIZE;

  for (guint i = 0; i < BATCH && self->port->pending_length == 0; i++)
    {
      ssize_t length = read (fd, datagram + room, sizeof datagram - room);
      guint8 *frame = datagram + room;

      if (length <= 0)
        return;
      if (!self->native)
        {
          frame = router_tag_put (frame, self->vlan);
          length += ROUTER_TAG_SIZE;
        }
      device_netio_send_datagram (self->port, frame - IOU_HEADER_SIZE,
                                  IOU_HEADER_SIZE + (gsize) length);
    }
}

static void
update_carrier (RouterSub *self)
{
  device_link_set_carrier (self->tap.fd, self->port->line_up && !self->port->shut, &self->carrier);
}

void
router_sub_update_carrier (DevicePort *port)
{
  for (RouterSub *sub = port->own; sub != NULL; sub = sub->next)
    update_carrier (sub);
}

static DevicePort *
find_port (DeviceMachine *machine, const char *name)
{
  for (guint i = 0; i < machine->n_ports; i++)
    if (strcmp (machine->ports[i].name, name) == 0)
      return &machine->ports[i];
  return NULL;
}

/* Of the link that points at it, so that it can be taken out. */
static RouterSub **
find_sub (DeviceMachine *machine, const char *text)
{
  for (guint i = 0; i < machine->n_ports; i++)
    for (RouterSub **link = (RouterSub **) &machine->ports[i].own; *link != NULL;
         link = &(*link)->next)
      if (strcmp ((*link)->name, text) == 0)
        return link;
  return NULL;
}

static gboolean
open_sub (RouterSub *self, const RouterName *name)
{
  DevicePort *port = self->port;
  g_autofree char *alias =
      g_strdup_printf ("%s.%u%s", port->long_name, name->number, name->native ? " native" : "");
  guint8 mac[6];

  self->tap = (DeviceWatch){ .fd = device_port_open_tap (port->machine, self->name, &self->index),
                             .events = port->pending_length > 0 ? 0 : POLLIN,
                             .func = on_sub,
                             .data = self };
  if (self->tap.fd < 0)
    return FALSE;
  self->carrier = TRUE;
  device_port_write_mac (port, mac);
  if (router_link_begin (self->index, alias, mac) != 0)
    {
      close (self->tap.fd);
      return FALSE;
    }
  return TRUE;
}

gboolean
router_sub_create (DeviceMachine *machine, const char *text, const RouterName *name)
{
  DevicePort *port = find_port (machine, name->port);
  RouterSub *self;

  if (find_sub (machine, text) != NULL)
    return TRUE;
  if (port == NULL)
    {
      device_say ("%% There is no %s: this router has no port %s.", text, name->port);
      return FALSE;
    }

  self = g_new0 (RouterSub, 1);
  self->port = port;
  self->vlan = name->number;
  self->native = name->native;
  g_strlcpy (self->name, text, sizeof self->name);
  g_snprintf (self->bridge, sizeof self->bridge, "vlan%u", self->vlan);
  if (!open_sub (self, name))
    {
      device_say ("%% The kernel refuses %s.", text);
      g_free (self);
      return FALSE;
    }
  self->next = port->own;
  port->own = self;
  device_watch_add (&self->tap);
  update_carrier (self);
  router_system_accept_labels (text);
  return TRUE;
}

gboolean
router_sub_remove (DeviceMachine *machine, const char *text)
{
  RouterSub **link = find_sub (machine, text);
  RouterSub *self;

  if (link == NULL)
    return FALSE;
  self = *link;
  *link = self->next;
  device_watch_remove (&self->tap);
  close (self->tap.fd);
  g_free (self);
  return TRUE;
}

static RouterSub *
find_vlan (DevicePort *port, guint vlan)
{
  for (RouterSub *sub = port->own; sub != NULL; sub = sub->next)
    if (vlan == 0 ? sub->native : sub->vlan == vlan)
      return sub;
  return NULL;
}

gboolean
router_sub_deliver (DevicePort *port, guint8 *frame, gsize length)
{
  guint vlan = router_tag_read (frame, length);
  RouterSub *sub = find_vlan (port, vlan);

  if (sub == NULL)
    return FALSE;
  if (router_vrrp_refuses (sub->name, frame, length) ||
      router_vrrp_refuses (sub->bridge, frame, length))
    return TRUE;
  if (router_tag_is_there (frame, length))
    {
      frame = router_tag_take (frame);
      length -= ROUTER_TAG_SIZE;
    }
  /* An interface that is going down refuses it: lost, as on a cable. */
  return write (sub->tap.fd, frame, length) >= 0 || TRUE;
}

void
router_sub_set_reading (DevicePort *port, gboolean reading)
{
  for (RouterSub *sub = port->own; sub != NULL; sub = sub->next)
    sub->tap.events = reading ? POLLIN : 0;
}

void
router_sub_link_changed (DeviceMachine *machine, int index)
{
  for (guint i = 0; i < machine->n_ports; i++)
    for (RouterSub *sub = machine->ports[i].own; sub != NULL; sub = sub->next)
      if (sub->index == index)
        update_carrier (sub);
}

void
router_sub_foreach (DeviceMachine *machine, guint vlan, RouterSubFunc func, gpointer data)
{
  for (guint i = 0; i < machine->n_ports; i++)
    for (RouterSub *sub = machine->ports[i].own; sub != NULL; sub = sub->next)
      if (sub->vlan == vlan)
        func (sub->index, data);
}
