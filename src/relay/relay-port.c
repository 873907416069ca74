/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ports of instances come into being when something first concerns them (a link, a frame, a
 * question): an instance may have 64 and most are never used. */

#include "relay-port.h"

#include "relay-device.h"
#include "relay-private.h"
#include "relay-way.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

RelayPort *
relay_port_of_instance (Relay *relay, RelayInstance *instance, uint8_t number)
{
  int index = relay_instance_port_index (instance, number);
  IouHeader header = {
    .dst_id = instance->id,
    .src_id = instance->pseudo,
    .dst_port = number,
    .src_port = number,
    .type = IOU_TYPE_DATA,
  };
  RelayPort *port;

  if (index < 0)
    return NULL;
  port = instance->ports[index];
  if (port != NULL)
    return port;
  port = relay_new0 (sizeof *port);
  port->instance = instance;
  port->number = number;
  port->counters = relay_counter_file_take (&relay->counters, instance->id, "", number);
  iou_header_write (port->header, &header);
  instance->ports[index] = port;
  relay_keepalive_update_line (relay, port);
  return port;
}

void
relay_port_free (Relay *relay, RelayPort *port)
{
  if (port == NULL)
    return;
  if (port->synthetic)
    relay->synthetic_owed--;
  relay_way_free (port);
  relay_counter_file_give (&relay->counters, port->counters);
  free (port);
}

void
relay_port_name (const RelayPort *port, char *text)
{
  if (port->instance != NULL)
    snprintf (text, RELAY_PORT_NAME_SIZE, "%u:%u/%u", port->instance->id,
              IOU_PORT_BAY (port->number), IOU_PORT_UNIT (port->number));
  else
    snprintf (text, RELAY_PORT_NAME_SIZE, "%s:%u", port->device->name, port->number);
}

static RelayPort *
instance_port (Relay *relay, const char *word, const char *colon, RelayError *error)
{
  unsigned id, bay, unit, last_bay;
  RelayInstance *instance;
  RelayPort *port = NULL;
  char end;

  if (sscanf (word, "%4u:%2u/%2u%c", &id, &bay, &unit, &end) != 3)
    {
      relay_error_set (error, "\"%s\" is not a port: write ID:BAY/UNIT, like 7:0/1", word);
      return NULL;
    }
  instance = id <= IOU_MAX_ID ? relay->instances[id] : NULL;
  if (instance == NULL)
    {
      relay_error_set (error, "instance %.*s does not exist: add it first", (int) (colon - word),
                       word);
      return NULL;
    }
  if (bay <= IOU_MAX_BAY && unit <= IOU_MAX_UNIT)
    port = relay_port_of_instance (relay, instance, IOU_PORT (bay, unit));
  last_bay = instance->ethernet + instance->serial - 1u;
  if (port == NULL)
    relay_error_set (error, "instance %u has no port %u/%u: its ports are 0/0 to %u/%u", id, bay,
                     unit, last_bay, IOU_MAX_UNIT);
  return port;
}

RelayPort *
relay_port_parse (Relay *relay, const char *word, RelayError *error)
{
  const char *colon = strchr (word, ':');
  RelayDevice *device;
  unsigned number;
  char end;

  if (colon == NULL)
    {
      relay_error_set (error, "\"%s\" is not a port: write ID:BAY/UNIT or NAME:N", word);
      return NULL;
    }
  if (word[0] >= '0' && word[0] <= '9')
    return instance_port (relay, word, colon, error);

  device = relay_device_find_length (relay, word, (size_t) (colon - word));
  if (device == NULL)
    relay_error_set (error, "there is no device \"%.*s\"", (int) (colon - word), word);
  else if (colon[1] < '0' || colon[1] > '9' || sscanf (colon + 1, "%4u%c", &number, &end) != 1 ||
           number >= device->n_ports)
    relay_error_set (error, "%s has no port \"%s\": its ports are 0 to %u", device->name, colon + 1,
                     device->n_ports - 1);
  else
    return &device->ports[number];
  return NULL;
}
