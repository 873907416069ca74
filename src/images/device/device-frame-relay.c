/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A DLCI of Serial1/0 is the TUN device s1-0.102, to FRR a point-to-point interface. Its carrier
 * follows the PVC: the switch must have named it as active, in answers that still come
 * (device-lmi.c). The interface of the port itself, s1-0, carries no packets; its carrier follows
 * the line's management, and “shutdown” there is that of the whole line.
 *
 * Inverse ARP: a router at the other end that asks for our address is answered. We do not ask: a
 * point-to-point interface needs to know nobody's. */

#include "config.h"

#include "device-frame-relay.h"

#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "iou-error.h"
#include "device-fr-settings.h"
#include "device-link.h"
#include "device-netio.h"
#include "device-port.h"

/* While it is not known which dialect the switch speaks. */
#define TRY_PERIOD  G_USEC_PER_SEC
#define POLL_PERIOD (DEVICE_LMI_POLL_SECS * G_USEC_PER_SEC)
/* A timer of whole seconds may come a little early. */
#define EARLY (G_USEC_PER_SEC / 4)

typedef struct
{
  DeviceFrameRelay *line;
  guint dlci;
  char name[IFNAMSIZ];
  int index;
  DeviceWatch tun;
  DevicePvcState state;
  gboolean named;   /* in the full status that is being read */
  gboolean carrier; /* what the kernel was last told */
} Pvc;

struct _DeviceFrameRelay
{
  DevicePort *port;
  DeviceLmiType wanted;
  DeviceFrEncapsulation encapsulation;
  DeviceLmi lmi;
  gint64 next_poll;
  Pvc *pvcs;
  guint n_pvcs;
  int told; /* what the alias says: the dialect, AUTO: it is down, -1: nothing */
};

static DeviceFrameRelay *
new_line (DevicePort *port, const DeviceFrSetting *setting)
{
  DeviceFrameRelay *self = g_new0 (DeviceFrameRelay, 1);

  self->port = port;
  self->told = -1;
  self->wanted = setting->lmi;
  self->encapsulation = setting->encapsulation;
  self->n_pvcs = setting->dlcis->len;
  self->pvcs = g_new0 (Pvc, self->n_pvcs);
  for (guint i = 0; i < self->n_pvcs; i++)
    {
      Pvc *pvc = &self->pvcs[i];

      pvc->line = self;
      pvc->dlci = g_array_index (setting->dlcis, guint16, i);
      pvc->tun.fd = -1;
      g_snprintf (pvc->name, sizeof pvc->name, "%s.%u", port->name, pvc->dlci);
    }
  return self;
}

static gboolean
apply_settings (DeviceMachine *machine, GArray *settings, GError **error)
{
  for (guint i = 0; i < settings->len; i++)
    {
      const DeviceFrSetting *setting = &g_array_index (settings, DeviceFrSetting, i);
      DevicePort *port = device_find_port (machine, setting->port);

      if (port == NULL || !port->serial)
        {
          g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                       DEVICE_FR_FILE ": this %s has no serial port s%u/%u", machine->kind->noun,
                       IOU_PORT_BAY (setting->port), IOU_PORT_UNIT (setting->port));
          return FALSE;
        }
      port->frame_relay = new_line (port, setting);
    }
  return TRUE;
}

gboolean
device_frame_relay_load (DeviceMachine *machine, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GArray) settings = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!g_file_get_contents (DEVICE_FR_FILE, &text, NULL, &local_error))
    {
      if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  settings = device_fr_settings_parse (text, error);
  return settings != NULL && apply_settings (machine, settings, error);
}

gboolean
device_frame_relay_create (DeviceFrameRelay *self, int netlink)
{
  for (guint i = 0; i < self->n_pvcs; i++)
    {
      Pvc *pvc = &self->pvcs[i];
      g_autofree char *alias =
          g_strdup_printf ("%s.%u, DLCI %u", self->port->long_name, pvc->dlci, pvc->dlci);

      pvc->tun.fd = device_port_open_tun (self->port->machine, pvc->name, &pvc->index);
      pvc->carrier = TRUE;
      if (pvc->tun.fd < 0 || !device_link_configure (netlink, pvc->index, alias, NULL))
        return FALSE;
    }
  return TRUE;
}

void
device_frame_relay_free (DeviceFrameRelay *self)
{
  g_free (self->pvcs);
  g_free (self);
}

static gboolean
write_header (gpointer data, guint8 *header, const guint8 *packet, gsize length)
{
  const Pvc *pvc = data;

  return pvc->carrier &&
         device_fr_write_header (header, pvc->dlci, pvc->line->encapsulation, packet, length);
}

static void
on_tun (gpointer data, int fd, short revents)
{
  Pvc *pvc = data;

  device_netio_carry (pvc->line->port, fd, write_header, pvc);
}

void
device_frame_relay_watch (DeviceFrameRelay *self)
{
  for (guint i = 0; i < self->n_pvcs; i++)
    {
      Pvc *pvc = &self->pvcs[i];

      pvc->tun = (DeviceWatch){ .fd = pvc->tun.fd, .events = POLLIN, .func = on_tun, .data = pvc };
      device_watch_add (&pvc->tun);
    }
}

void
device_frame_relay_set_reading (DeviceFrameRelay *self, gboolean reading)
{
  for (guint i = 0; i < self->n_pvcs; i++)
    self->pvcs[i].tun.events = reading ? POLLIN : 0;
}

static void
update_pvc (Pvc *pvc)
{
  const DeviceFrameRelay *line = pvc->line;

  device_link_set_carrier (pvc->tun.fd,
                           line->port->line_up && !line->port->shut && line->lmi.up &&
                               (line->wanted == DEVICE_LMI_NONE || pvc->state == DEVICE_PVC_ACTIVE),
                           &pvc->carrier);
}

void
device_frame_relay_update (DeviceFrameRelay *self)
{
  for (guint i = 0; i < self->n_pvcs; i++)
    update_pvc (&self->pvcs[i]);
}

void
device_frame_relay_set_shut (DeviceFrameRelay *self, int index, gboolean shut)
{
  for (guint i = 0; i < self->n_pvcs; i++)
    if (self->pvcs[i].index == index && !shut)
      update_pvc (&self->pvcs[i]);
}

/* “show interface” shows it. */
static void
tell_alias (DeviceFrameRelay *self)
{
  static const char *const names[] = { "", "ANSI", "Q.933A", "Cisco", "" };
  DeviceLmiType told = self->lmi.up ? self->lmi.type : DEVICE_LMI_AUTO;
  g_autofree char *alias = NULL;

  if (self->told == (int) told)
    return;
  self->told = (int) told;
  if (self->wanted == DEVICE_LMI_NONE)
    alias = g_strdup_printf ("%s, Frame Relay without LMI", self->port->long_name);
  else if (self->lmi.up)
    alias =
        g_strdup_printf ("%s, Frame Relay, LMI %s", self->port->long_name, names[self->lmi.type]);
  else
    alias = g_strdup_printf ("%s, Frame Relay, LMI is down", self->port->long_name);
  device_link_set_alias (self->port->index, alias);
}

/* The line's management has come to another verdict, or PVCs have. */
static void
settle (DeviceFrameRelay *self)
{
  self->port->protocol_up = self->lmi.up;
  if (!self->lmi.up)
    for (guint i = 0; i < self->n_pvcs; i++)
      self->pvcs[i].state = DEVICE_PVC_ABSENT;
  device_port_update_carrier (self->port);
  tell_alias (self);
}

static Pvc *
find_pvc (DeviceFrameRelay *self, guint dlci)
{
  for (guint i = 0; i < self->n_pvcs; i++)
    if (self->pvcs[i].dlci == dlci)
      return &self->pvcs[i];
  return NULL;
}

static void
on_pvc (gpointer data, guint dlci, DevicePvcState state)
{
  Pvc *pvc = find_pvc (data, dlci);

  if (pvc == NULL)
    return;
  pvc->named = TRUE;
  pvc->state = state;
}

static void
lmi_received (DeviceFrameRelay *self, const guint8 *frame, gsize length)
{
  gboolean tried = !self->lmi.settled;
  gboolean full;

  for (guint i = 0; i < self->n_pvcs; i++)
    self->pvcs[i].named = FALSE;
  if (!device_lmi_input (&self->lmi, frame, length, &full, on_pvc, self))
    return;
  for (guint i = 0; full && i < self->n_pvcs; i++)
    if (!self->pvcs[i].named)
      self->pvcs[i].state = DEVICE_PVC_ABSENT;
  if (tried && self->lmi.settled)
    self->next_poll = device_loop_now () + POLL_PERIOD;
  settle (self);
}

/* The address of the PVC's interface. */
static gboolean
find_address (const Pvc *pvc, guint8 address[4])
{
  struct ifreq request = { 0 };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gboolean found;

  g_strlcpy (request.ifr_name, pvc->name, sizeof request.ifr_name);
  found = fd >= 0 && ioctl (fd, SIOCGIFADDR, &request) == 0;
  if (fd >= 0)
    close (fd);
  if (found)
    memcpy (address, &((struct sockaddr_in *) &request.ifr_addr)->sin_addr, 4);
  return found;
}

static void
arp_received (const Pvc *pvc, const guint8 *frame, const guint8 *arp, gsize length)
{
  guint8 answer[DEVICE_FR_MAX_ARP];
  guint8 address[4];
  gsize n;

  if (!find_address (pvc, address))
    return;
  n = device_fr_answer_arp (frame, arp, length, pvc->dlci, address, answer);
  if (n > 0)
    device_netio_send (pvc->line->port, answer, n);
}

const guint8 *
device_frame_relay_input (
    DeviceFrameRelay *self, const guint8 *frame, gsize length, gsize *packet_length, int *fd)
{
  DeviceFrContent kind;
  const guint8 *content;
  guint dlci;
  Pvc *pvc;

  if (!device_fr_read_address (frame, length, &dlci))
    return NULL;
  if (device_lmi_is_channel (dlci))
    {
      lmi_received (self, frame, length);
      return NULL;
    }
  pvc = find_pvc (self, dlci);
  if (pvc == NULL || !pvc->carrier)
    return NULL;

  kind = device_fr_read (frame, length, &content, packet_length);
  if (kind == DEVICE_FR_ARP)
    arp_received (pvc, frame, content, *packet_length);
  *fd = pvc->tun.fd;
  return kind == DEVICE_FR_PACKET ? content : NULL;
}

static gint64
period (const DeviceFrameRelay *self)
{
  /* The three dialects one after the other, then a rest. */
  if (self->lmi.settled)
    return POLL_PERIOD;
  return self->lmi.type == DEVICE_LMI_CISCO ? POLL_PERIOD - 2 * TRY_PERIOD : TRY_PERIOD;
}

void
device_frame_relay_tick (DeviceFrameRelay *self, gint64 now, gint64 pause)
{
  guint8 enquiry[DEVICE_LMI_MAX_ENQUIRY];
  gboolean up = self->lmi.up;
  gsize length;

  if (self->next_poll > 0)
    self->next_poll += pause;
  if (now < self->next_poll - EARLY)
    return;
  length = device_lmi_poll (&self->lmi, enquiry);
  if (length > 0)
    device_netio_send (self->port, enquiry, length);
  self->next_poll = now + period (self);
  if (self->lmi.up != up)
    settle (self);
}

void
device_frame_relay_line_changed (DeviceFrameRelay *self)
{
  device_lmi_reset (&self->lmi, self->wanted);
  self->next_poll = 0;
  settle (self);
}
