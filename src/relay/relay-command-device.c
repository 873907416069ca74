/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands for the devices inside the relay. */

#include "relay-command-device.h"

#include "relay-frame-relay.h"
#include "relay-link.h"
#include "relay-nat.h"
#include "relay-private.h"
#include "relay-switch.h"
#include "relay-tap.h"
#include "relay-tunnel.h"
#include "relay-words.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

typedef RelayCommandContext Context;

/* What may follow the name in an add command; `key` and the kind say which. */
typedef struct
{
  unsigned ports, ageing;
  bool host_access;
  const char *interface;
  unsigned port; /* of a tunnel; 0: not said */
  struct sockaddr_in remote;
} Options;

/* The device that a command names, which must be of the command's kind. */
static RelayDevice *
find_device (Context *context, const char *name)
{
  const RelayDeviceKind kind = context->kind;
  RelayDevice *device = relay_device_find (context->relay, name);

  if (device != NULL && device->kind == kind)
    return device;
  relay_error_set (&context->error, "there is no %s \"%.40s\"", relay_device_class (kind)->kind,
                   name);
  return NULL;
}

static bool
read_interface (const char *word, Options *options, RelayError *error)
{
  if (word[0] == '\0' || strlen (word) > RELAY_INTERFACE_MAX || strpbrk (word, "/:%") != NULL ||
      word[0] == '.')
    return relay_error_set (error, "\"%.40s\" is not the name of an interface", word);
  options->interface = word;
  return true;
}

/* Reads "192.0.2.1:5001". */
static bool
read_remote (const char *word, Options *options, RelayError *error)
{
  const char *colon = strrchr (word, ':');
  char address[INET_ADDRSTRLEN] = "";
  unsigned port;

  if (colon != NULL && (size_t) (colon - word) < sizeof address)
    memcpy (address, word, (size_t) (colon - word));
  if (inet_pton (AF_INET, address, &options->remote.sin_addr) != 1)
    return relay_error_set (error, "\"%.40s\" is not an end of a tunnel: write ADDRESS:PORT", word);
  if (!relay_word_number (colon + 1, "the other end's port", 1, 65535, &port, error))
    return false;
  options->remote.sin_family = AF_INET;
  options->remote.sin_port = htons ((uint16_t) port);
  return true;
}

static bool
has_one_port (RelayDeviceKind kind)
{
  return kind == RELAY_DEVICE_NAT || kind == RELAY_DEVICE_TAP || kind == RELAY_DEVICE_TUNNEL;
}

static bool
read_option (RelayDeviceKind kind, const char *word, Options *options, RelayError *error)
{
  const char *value;

  if (!has_one_port (kind) && (value = relay_word_value (word, "ports")) != NULL)
    return relay_word_number (value, "ports", 1, RELAY_DEVICE_MAX_PORTS, &options->ports, error);
  if (kind == RELAY_DEVICE_SWITCH && (value = relay_word_value (word, "ageing")) != NULL)
    return relay_word_number (value, "ageing", 0, 1000000, &options->ageing, error);
  if (kind == RELAY_DEVICE_NAT && (value = relay_word_value (word, "host-access")) != NULL)
    return relay_word_switch (value, "host-access", &options->host_access, error);
  if (kind == RELAY_DEVICE_TAP && (value = relay_word_value (word, "interface")) != NULL)
    return read_interface (value, options, error);
  if (kind == RELAY_DEVICE_TUNNEL && (value = relay_word_value (word, "port")) != NULL)
    return relay_word_number (value, "the port", 1, 65535, &options->port, error);
  if (kind == RELAY_DEVICE_TUNNEL && (value = relay_word_value (word, "remote")) != NULL)
    return read_remote (value, options, error);
  return relay_error_set (error, "unknown option \"%.40s\"", word);
}

static bool
read_options (
    Context *context, RelayDeviceKind kind, char **words, unsigned count, Options *options)
{
  if (!relay_word_is_device_name (words[0], &context->error))
    return false;
  for (unsigned i = 1; i < count; i++)
    if (!read_option (kind, words[i], options, &context->error))
      return false;
  if (has_one_port (kind))
    options->ports = 1;
  if (options->ports == 0)
    return relay_error_set (&context->error, "how many ports has %s? Say ports=N", words[0]);
  if (kind == RELAY_DEVICE_TAP && options->interface == NULL)
    return relay_error_set (&context->error, "which interface? Say interface=NAME");
  if (kind == RELAY_DEVICE_TUNNEL && options->port == 0)
    return relay_error_set (&context->error, "at which port of this computer? Say port=N");
  if (kind == RELAY_DEVICE_TUNNEL && options->remote.sin_port == 0)
    return relay_error_set (&context->error, "where is the other end? Say remote=ADDRESS:PORT");
  return true;
}

static bool
open_device (Context *context, RelayDevice *device, const Options *options)
{
  switch (device->kind)
    {
    case RELAY_DEVICE_SWITCH:
      device->ageing = options->ageing;
      return true;
    case RELAY_DEVICE_NAT:
      return relay_nat_open (context->relay, device, options->host_access, &context->error);
    case RELAY_DEVICE_TAP:
      return relay_tap_open (context->relay, device, options->interface, &context->error);
    case RELAY_DEVICE_TUNNEL:
      return relay_tunnel_open (context->relay, device, options->port, &options->remote,
                                &context->error);
    case RELAY_DEVICE_HUB:
    case RELAY_DEVICE_FRAME_RELAY:
    case RELAY_N_DEVICE_KINDS:
    default:
      return true;
    }
}

bool
relay_command_device_add (Context *context, char **words, unsigned count)
{
  const RelayDeviceKind kind = context->kind;
  Options options = { .ageing = RELAY_SWITCH_AGEING };
  RelayDevice *device;

  if (!read_options (context, kind, words, count, &options))
    return false;
  device = relay_device_add (context->relay, words[0], kind, options.ports, &context->error);
  if (device == NULL)
    return false;
  if (open_device (context, device, &options))
    return true;
  relay_device_remove (context->relay, device);
  return false;
}

bool
relay_command_device_remove (Context *context, char **words, unsigned count)
{
  RelayDevice *device = find_device (context, words[0]);

  if (device == NULL)
    return false;
  for (unsigned i = 0; i < device->n_ports; i++)
    relay_link_remove_at (context->relay, &device->ports[i]);
  relay_device_remove (context->relay, device);
  return true;
}

static bool
set_trunk (Context *context, RelayPort *port, char **words, unsigned count)
{
  unsigned native = 0;
  const char *value;
  RelayVlanSet allowed;

  relay_vlan_set_parse (&allowed, "all", &context->error);
  for (unsigned i = 0; i < count; i++)
    if ((value = relay_word_value (words[i], "native")) != NULL)
      {
        if (!relay_word_number (value, "native", 1, RELAY_VLAN_MAX, &native, &context->error))
          return false;
      }
    else if ((value = relay_word_value (words[i], "allowed")) != NULL)
      {
        if (!relay_vlan_set_parse (&allowed, value, &context->error))
          return false;
      }
    else
      return relay_error_set (&context->error, "unknown option \"%.40s\" of a trunk", words[i]);
  if (native == 0)
    return relay_error_set (&context->error, "a trunk needs native=VLAN");
  relay_switch_set_trunk (port, native, &allowed);
  return true;
}

bool
relay_command_switch_port (Context *context, char **words, unsigned count)
{
  RelayDevice *device = find_device (context, words[0]);
  unsigned number, vlan;

  if (device == NULL ||
      !relay_word_number (words[1], "the port", 0, device->n_ports - 1, &number, &context->error))
    return false;
  if (strcmp (words[2], "trunk") == 0)
    return set_trunk (context, &device->ports[number], words + 3, count - 3);
  if ((strcmp (words[2], "access") != 0 && strcmp (words[2], "qinq") != 0) || count != 4)
    return relay_error_set (&context->error, "say \"access VLAN\", \"qinq VLAN\" or \"trunk "
                                             "native=VLAN [allowed=LIST]\" behind the port");
  if (!relay_word_number (words[3], "the VLAN", 1, RELAY_VLAN_MAX, &vlan, &context->error))
    return false;
  if (words[2][0] == 'q')
    relay_switch_set_tunnel (&device->ports[number], vlan);
  else
    relay_switch_set_access (&device->ports[number], vlan);
  return true;
}

bool
relay_command_switch_macs (Context *context, char **words, unsigned count)
{
  RelayDevice *device = find_device (context, words[0]);

  if (device != NULL)
    relay_report_macs (context, device);
  return device != NULL;
}

bool
relay_command_switch_clear (Context *context, char **words, unsigned count)
{
  RelayDevice *device = find_device (context, words[0]);

  if (device != NULL)
    relay_mac_table_forget (device->macs);
  return device != NULL;
}

/* Reads "3:101". */
static RelayPort *
read_pvc_end (Context *context, RelayDevice *device, char *word, unsigned *dlci)
{
  char *colon = strchr (word, ':');
  unsigned number;

  if (colon == NULL)
    {
      relay_error_set (&context->error, "\"%.40s\" is not an end of a PVC: write PORT:DLCI", word);
      return NULL;
    }
  *colon = '\0';
  if (!relay_word_number (word, "the port", 0, device->n_ports - 1, &number, &context->error) ||
      !relay_word_number (colon + 1, "the DLCI", RELAY_DLCI_MIN, RELAY_DLCI_MAX, dlci,
                          &context->error))
    return NULL;
  return &device->ports[number];
}

typedef bool (*MapFunc) (
    RelayPort *a, unsigned dlci_a, RelayPort *b, unsigned dlci_b, RelayError *error);

static bool
change_map (Context *context, char **words, MapFunc func)
{
  RelayDevice *device = find_device (context, words[0]);
  unsigned dlci_a, dlci_b;
  RelayPort *a, *b;

  return device != NULL && (a = read_pvc_end (context, device, words[1], &dlci_a)) != NULL &&
         (b = read_pvc_end (context, device, words[2], &dlci_b)) != NULL &&
         func (a, dlci_a, b, dlci_b, &context->error);
}

bool
relay_command_frame_relay_map (Context *context, char **words, unsigned count)
{
  return change_map (context, words, relay_frame_relay_map);
}

bool
relay_command_frame_relay_unmap (Context *context, char **words, unsigned count)
{
  return change_map (context, words, relay_frame_relay_unmap);
}

bool
relay_command_frame_relay_status (Context *context, char **words, unsigned count)
{
  RelayDevice *device = find_device (context, words[0]);

  if (device != NULL)
    relay_report_frame_relay (context, device);
  return device != NULL;
}

typedef bool (*ForwardFunc) (RelayDevice *device,
                             const RelayNatForward *forward,
                             RelayError *error);

static bool
change_forward (Context *context, char **words, ForwardFunc func)
{
  RelayDevice *device = find_device (context, words[0]);
  RelayNatForward forward = { .udp = strcmp (words[1], "udp") == 0 };
  unsigned host_port, guest_port;

  if (device == NULL)
    return false;
  if (!forward.udp && strcmp (words[1], "tcp") != 0)
    return relay_error_set (&context->error, "the protocol must be tcp or udp, not \"%.40s\"",
                            words[1]);
  if (!relay_word_number (words[2], "the host's port", 1, 65535, &host_port, &context->error) ||
      !relay_word_number (words[4], "the guest's port", 1, 65535, &guest_port, &context->error))
    return false;
  if (inet_pton (AF_INET, words[3], &forward.guest) != 1)
    return relay_error_set (&context->error, "\"%.40s\" is not an IPv4 address", words[3]);
  forward.host_port = (uint16_t) host_port;
  forward.guest_port = (uint16_t) guest_port;
  return func (device, &forward, &context->error);
}

bool
relay_command_nat_forward (Context *context, char **words, unsigned count)
{
  return change_forward (context, words, relay_nat_forward);
}

bool
relay_command_nat_unforward (Context *context, char **words, unsigned count)
{
  return change_forward (context, words, relay_nat_unforward);
}

bool
relay_command_list_devices (Context *context, char **words, unsigned count)
{
  for (unsigned kind = 0; kind < RELAY_N_DEVICE_KINDS; kind++)
    if (strcmp (words[0], relay_device_class ((RelayDeviceKind) kind)->plural) == 0)
      {
        relay_report_devices (context, (RelayDeviceKind) kind);
        return true;
      }
  return relay_error_set (&context->error,
                          "there is no list of \"%.40s\": instances, switches, hubs, frame-relays, "
                          "nats, taps, tunnels, links, impairments or captures",
                          words[0]);
}
