/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which ports a new cable takes, and why there may be none. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-link-ports.h"

#define N_KINDS 2

gboolean
lab_port_is_free (LabTopology *topology, LabNode *node, const char *port)
{
  return lab_topology_find_link (topology, lab_node_get_name (node), port) == NULL;
}

char *
lab_port_dup_peer (LabTopology *topology, LabNode *node, const char *port)
{
  const char *name = lab_node_get_name (node);
  LabLink *link = lab_topology_find_link (topology, name, port);
  guint far;

  if (link == NULL)
    return NULL;
  far = g_str_equal (lab_link_get_node_name (link, 0), name) &&
                g_str_equal (lab_link_get_port_name (link, 0), port)
            ? 1
            : 0;

  return g_strdup_printf ("%s %s", lab_link_get_node_name (link, far),
                          lab_link_get_port_name (link, far));
}

static gboolean
refuse (char **problem, char *text)
{
  if (problem != NULL)
    *problem = text;
  else
    g_free (text);

  return FALSE;
}

/* The first free port of a kind, but @skip (nullable). */
static gboolean
find_free (LabTopology *topology, LabNode *node, LabPortKind kind, const char *skip, LabPort *port)
{
  guint n = lab_node_get_n_ports (node);

  for (guint i = 0; i < n; i++)
    if (lab_node_get_port (node, i, port) && port->kind == kind &&
        g_strcmp0 (port->name, skip) != 0 && lab_port_is_free (topology, node, port->name))
      return TRUE;

  return FALSE;
}

static gboolean
has_kind (LabNode *node, LabPortKind kind)
{
  LabPort port;

  for (guint i = 0; lab_node_get_port (node, i, &port); i++)
    if (port.kind == kind)
      return TRUE;

  return FALSE;
}

/* Why a node has no free port of a kind. (transfer full) */
static char *
explain (LabNode *node, LabPortKind kind)
{
  const char *name = lab_node_get_name (node);

  if (lab_node_get_n_ports (node) == 0)
    return g_strdup_printf (_ ("%s has no ports."), name);
  if (!has_kind (node, kind))
    return g_strdup_printf (kind == LAB_PORT_SERIAL ? _ ("%s has no serial ports.")
                                                    : _ ("%s has no Ethernet ports."),
                            name);

  return g_strdup_printf (kind == LAB_PORT_SERIAL ? _ ("%s has no free serial port.")
                                                  : _ ("%s has no free Ethernet port."),
                          name);
}

gboolean
lab_choose_port (
    LabTopology *topology, LabNode *node, LabPortKind kind, LabPort *port, char **problem)
{
  return find_free (topology, node, kind, NULL, port) || refuse (problem, explain (node, kind));
}

/* The port that was asked for by name. */
static gboolean
take_wanted (
    LabTopology *topology, LabNode *node, const char *wanted, LabPort *port, char **problem)
{
  g_autofree char *peer = NULL;

  if (!lab_node_find_port (node, wanted, port))
    return refuse (problem,
                   g_strdup_printf (_ ("%s has no port %s."), lab_node_get_name (node), wanted));
  peer = lab_port_dup_peer (topology, node, port->name);
  if (peer != NULL)
    /* Translators: "R1 e0/0 is joined to R2 e0/1 already." */
    return refuse (problem, g_strdup_printf (_ ("%s %s is joined to %s already."),
                                             lab_node_get_name (node), port->name, peer));

  return TRUE;
}

/* One end is given: the other takes a port of that kind. */
static gboolean
choose_other (LabTopology *topology,
              LabNode *node,
              const LabPort *given,
              gboolean same,
              LabPort *port,
              char **problem)
{
  return find_free (topology, node, given->kind, same ? given->name : NULL, port) ||
         refuse (problem, explain (node, given->kind));
}

static gboolean
find_pair (LabTopology *topology, LabNode *const nodes[2], LabPortKind kind, LabPort ports[2])
{
  return find_free (topology, nodes[0], kind, NULL, &ports[0]) &&
         find_free (topology, nodes[1], kind, nodes[0] == nodes[1] ? ports[0].name : NULL,
                    &ports[1]);
}

/* No kind of port is free at both: say what is nearest to the truth. */
static gboolean
explain_pair (LabTopology *topology, LabNode *const nodes[2], char **problem)
{
  LabPort port;

  for (guint end = 0; end < 2; end++)
    if (!find_free (topology, nodes[end], LAB_PORT_ETHERNET, NULL, &port) &&
        !find_free (topology, nodes[end], LAB_PORT_SERIAL, NULL, &port))
      return refuse (
          problem,
          lab_node_get_n_ports (nodes[end]) == 0 || !has_kind (nodes[end], LAB_PORT_SERIAL)
              ? explain (nodes[end], LAB_PORT_ETHERNET)
              : g_strdup_printf (_ ("%s has no free port."), lab_node_get_name (nodes[end])));
  if (nodes[0] == nodes[1])
    return refuse (
        problem, g_strdup_printf (_ ("%s has only one port free."), lab_node_get_name (nodes[0])));
  for (guint end = 0; end < 2; end++)
    if (!find_free (topology, nodes[end], LAB_PORT_ETHERNET, NULL, &port) &&
        !has_kind (nodes[1 - end], LAB_PORT_SERIAL))
      return refuse (problem, explain (nodes[end], LAB_PORT_ETHERNET));

  return refuse (problem,
                 g_strdup_printf (_ ("%s and %s have no free ports of one kind."),
                                  lab_node_get_name (nodes[0]), lab_node_get_name (nodes[1])));
}

static gboolean
check_pair (LabNode *const nodes[2], const LabPort ports[2], char **problem)
{
  if (nodes[0] == nodes[1] && g_str_equal (ports[0].name, ports[1].name))
    return refuse (problem, g_strdup_printf (_ ("A cable cannot join %s %s to itself."),
                                             lab_node_get_name (nodes[0]), ports[0].name));
  if (ports[0].kind != ports[1].kind)
    return refuse (problem,
                   g_strdup_printf (_ ("%s %s and %s %s are not of one kind: a cable joins two "
                                       "Ethernet ports or two serial ports."),
                                    lab_node_get_name (nodes[0]), ports[0].name,
                                    lab_node_get_name (nodes[1]), ports[1].name));

  return TRUE;
}

gboolean
lab_choose_ports (LabTopology *topology,
                  LabNode *const nodes[2],
                  const char *const wanted[2],
                  LabPort ports[2],
                  char **problem)
{
  g_return_val_if_fail (LAB_IS_NODE (nodes[0]) && LAB_IS_NODE (nodes[1]), FALSE);

  for (guint end = 0; end < 2; end++)
    if (wanted[end] != NULL &&
        !take_wanted (topology, nodes[end], wanted[end], &ports[end], problem))
      return FALSE;
  if (wanted[0] != NULL && wanted[1] != NULL)
    return check_pair (nodes, ports, problem);
  if (wanted[0] != NULL)
    return choose_other (topology, nodes[1], &ports[0], nodes[0] == nodes[1], &ports[1], problem);
  if (wanted[1] != NULL)
    return choose_other (topology, nodes[0], &ports[1], nodes[0] == nodes[1], &ports[0], problem);

  return find_pair (topology, nodes, LAB_PORT_ETHERNET, ports) ||
         find_pair (topology, nodes, LAB_PORT_SERIAL, ports) ||
         explain_pair (topology, nodes, problem);
}
