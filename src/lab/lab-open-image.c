/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-open-image.h"

#define KB ((guint64) 1024)
#define MB (1024 * KB)

static const LabOpenImage images[] = {
  {
      .name = "labwright-pc",
      .room = "images/pc",
      .title = N_ ("PC"),
      .node_name = "PC{n}",
      .symbol = "host",
      .ethernet = 1,
      .memory = 600 * KB,
      .purpose = N_ ("Light host: ping, trace, DHCP"),
      .abilities =
          N_ ("IPv4, IPv6, DHCP and DNS clients, ping and traceroute over ICMP, UDP and TCP, "
              "echo and discard services. A lab may have a thousand."),
  },
  {
      .name = "labwright-host",
      .room = "images/host",
      .title = N_ ("Linux Host"),
      .node_name = "H{n}",
      .symbol = "linux-host",
      .ethernet = 1,
      .memory = 2 * MB,
      .purpose = N_ ("Linux shell: ip, tcpdump, iperf3"),
      .abilities = N_ ("A shell with the network programs of this machine: ip, ping, traceroute, "
                       "tcpdump, iperf3 and what else is installed, in a network of its own."),
  },
  {
      .name = "labwright-router",
      .room = "images/router",
      .title = N_ ("Router"),
      .node_name = "R{n}",
      .symbol = "router",
      .ethernet = 2,
      .serial = 1,
      .memory = 26 * MB,
      .purpose = N_ ("FRRouting: OSPF, BGP, IS-IS"),
      .abilities =
          N_ ("OSPF, BGP, IS-IS, RIP, EIGRP, PIM, BFD and static routes, for IPv4 and IPv6, "
              "on Ethernet and serial ports, with the command line of FRRouting. It takes "
                       "19 MB with OSPF; BGP adds 10."),
  },
};

const LabOpenImage *
lab_open_images (guint *n_images)
{
  *n_images = G_N_ELEMENTS (images);

  return images;
}

const LabOpenImage *
lab_open_image_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (images); i++)
    if (g_strcmp0 (images[i].name, name) == 0)
      return &images[i];

  return NULL;
}

const char *
lab_open_image_get_title (const LabOpenImage *self)
{
  return _ (self->title);
}

const char *
lab_open_image_get_purpose (const LabOpenImage *self)
{
  return _ (self->purpose);
}

const char *
lab_open_image_get_abilities (const LabOpenImage *self)
{
  return _ (self->abilities);
}

char *
lab_open_image_dup_memory (const LabOpenImage *self)
{
  if (self->memory < MB)
    /* Translators: kilobytes of memory */
    return g_strdup_printf (_ ("about %u KB"), (guint) (self->memory / KB));

  /* Translators: megabytes of memory */
  return g_strdup_printf (_ ("about %u MB"), (guint) (self->memory / MB));
}
