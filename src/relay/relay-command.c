/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands: a table of one or two words, how many may follow, and a function. */

#include "relay-command.h"

#include "config.h"

#include "relay-command-report.h"
#include "relay-device.h"
#include "relay-link.h"
#include "relay-private.h"
#include "relay-switch.h"
#include "relay-words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef RelayCommandContext Context;

static RelayInstance *
find_instance (Context *context, const char *word)
{
  unsigned id;

  if (!relay_word_number (word, "the id", 1, IOU_MAX_ID, &id, &context->error))
    return NULL;
  if (context->relay->instances[id] == NULL)
    relay_error_set (&context->error, "instance %u does not exist: add it first", id);
  return context->relay->instances[id];
}

static RelayDevice *
find_device (Context *context, const char *name, RelayDeviceKind kind)
{
  RelayDevice *device = relay_device_find (context->relay, name);

  if (device != NULL && device->kind == kind)
    return device;
  relay_error_set (&context->error, "there is no %s \"%.40s\"",
                   kind == RELAY_DEVICE_SWITCH ? "switch" : "hub", name);
  return NULL;
}

static RelayLink *
find_link (Context *context, const char *name)
{
  RelayLink *link = relay_link_find (context->relay, name);

  if (link == NULL)
    relay_error_set (&context->error, "there is no link \"%.70s\"", name);
  return link;
}

static bool
ping (Context *context, char **words, unsigned count)
{
  return true;
}

static bool
version (Context *context, char **words, unsigned count)
{
  snprintf (context->ok, sizeof context->ok, "labwright-relay %s", PACKAGE_VERSION);
  return true;
}

static bool
quit (Context *context, char **words, unsigned count)
{
  context->relay->loop.quit = true;
  return true;
}

static bool
reset (Context *context, char **words, unsigned count)
{
  relay_reset (context->relay);
  return true;
}

static bool
read_instance_option (RelayInstanceConfig *config, const char *word, RelayError *error)
{
  const char *value;
  unsigned number;

  if ((value = relay_word_value (word, "dir")) != NULL)
    config->dir = value;
  else if ((value = relay_word_value (word, "pseudo")) != NULL)
    return relay_word_number (value, "pseudo", 1, IOU_MAX_ID, &config->pseudo, error);
  else if ((value = relay_word_value (word, "uid")) != NULL)
    {
      if (!relay_word_number (value, "uid", 0, UINT32_MAX - 1, &number, error))
        return false;
      config->uid = number;
    }
  else if ((value = relay_word_value (word, "keepalives")) != NULL)
    return relay_word_switch (value, "keepalives", &config->keepalives, error);
  else if ((value = relay_word_value (word, "ethernet")) != NULL)
    return relay_word_number (value, "ethernet", 0, IOU_MAX_ADAPTERS, &config->ethernet, error);
  else if ((value = relay_word_value (word, "serial")) != NULL)
    return relay_word_number (value, "serial", 0, IOU_MAX_ADAPTERS, &config->serial, error);
  else
    return relay_error_set (error, "unknown option \"%.40s\" of instance add", word);
  return true;
}

static bool
check_instance_config (Relay *relay, RelayInstanceConfig *config, RelayError *error)
{
  if (config->ethernet > IOU_MAX_ADAPTERS && config->serial <= IOU_MAX_ADAPTERS)
    config->ethernet = IOU_MAX_ADAPTERS - config->serial;
  if (relay->instances[config->id] != NULL)
    return relay_error_set (error, "instance %u exists already: remove it first", config->id);
  if (config->dir == NULL || config->dir[0] == '\0')
    return relay_error_set (error, "instance add needs dir=PATH, the folder that holds netio%u",
                            (unsigned) config->uid);
  if (config->pseudo == config->id)
    return relay_error_set (error,
                            "instance %u cannot have its own id as the pseudo id: give "
                            "another with pseudo=N",
                            config->id);
  if (config->ethernet + config->serial > IOU_MAX_ADAPTERS ||
      config->ethernet + config->serial == 0)
    return relay_error_set (error,
                            "an instance has 1 to %d adapters, Ethernet and serial "
                            "together, not %u",
                            IOU_MAX_ADAPTERS, config->ethernet + config->serial);
  return true;
}

static bool
instance_add (Context *context, char **words, unsigned count)
{
  RelayInstanceConfig config = { .pseudo = IOU_MAX_ID,
                                 .ethernet = IOU_MAX_ADAPTERS + 1,
                                 .uid = getuid () };

  if (!relay_word_number (words[0], "the id", 1, IOU_MAX_ID, &config.id, &context->error))
    return false;
  for (unsigned i = 1; i < count; i++)
    if (!read_instance_option (&config, words[i], &context->error))
      return false;
  return check_instance_config (context->relay, &config, &context->error) &&
         relay_instance_add (context->relay, &config, &context->error) != NULL;
}

/* The links at ports that go away go with them. */
static void
remove_links (Relay *relay, RelayPort *port)
{
  if (port != NULL && port->link != NULL)
    relay_link_remove (relay, port->link);
}

static bool
instance_remove (Context *context, char **words, unsigned count)
{
  RelayInstance *instance = find_instance (context, words[0]);

  if (instance == NULL)
    return false;
  for (unsigned i = 0; i < RELAY_MAX_PORTS; i++)
    remove_links (context->relay, instance->ports[i]);
  relay_instance_remove (context->relay, instance);
  return true;
}

static bool
instance_restarted (Context *context, char **words, unsigned count)
{
  RelayInstance *instance = find_instance (context, words[0]);

  if (instance != NULL)
    relay_instance_restarted (context->relay, instance);
  return instance != NULL;
}

static bool
instance_hold (Context *context, char **words, unsigned count)
{
  RelayInstance *instance = find_instance (context, words[0]);
  bool on;

  if (instance == NULL || !relay_word_switch (words[1], "hold", &on, &context->error))
    return false;
  relay_instance_hold (context->relay, instance, on);
  return true;
}

static bool
device_add (Context *context, char **words, unsigned count, RelayDeviceKind kind)
{
  unsigned ports = 0, ageing = RELAY_SWITCH_AGEING;
  RelayDevice *device;

  if (!relay_word_is_device_name (words[0], &context->error))
    return false;
  for (unsigned i = 1; i < count; i++)
    {
      const char *value;

      if ((value = relay_word_value (words[i], "ports")) != NULL)
        {
          if (!relay_word_number (value, "ports", 1, RELAY_DEVICE_MAX_PORTS, &ports,
                                  &context->error))
            return false;
        }
      else if (kind == RELAY_DEVICE_SWITCH &&
               (value = relay_word_value (words[i], "ageing")) != NULL)
        {
          if (!relay_word_number (value, "ageing", 0, 1000000, &ageing, &context->error))
            return false;
        }
      else
        return relay_error_set (&context->error, "unknown option \"%.40s\"", words[i]);
    }
  if (ports == 0)
    return relay_error_set (&context->error, "how many ports has %s? Say ports=N", words[0]);
  device = relay_device_add (context->relay, words[0], kind, ports, &context->error);
  if (device != NULL)
    device->ageing = ageing;
  return device != NULL;
}

static bool
device_remove (Context *context, char **words, RelayDeviceKind kind)
{
  RelayDevice *device = find_device (context, words[0], kind);

  if (device == NULL)
    return false;
  for (unsigned i = 0; i < device->n_ports; i++)
    remove_links (context->relay, &device->ports[i]);
  relay_device_remove (context->relay, device);
  return true;
}

static bool
switch_add (Context *context, char **words, unsigned count)
{
  return device_add (context, words, count, RELAY_DEVICE_SWITCH);
}

static bool
switch_remove (Context *context, char **words, unsigned count)
{
  return device_remove (context, words, RELAY_DEVICE_SWITCH);
}

static bool
hub_add (Context *context, char **words, unsigned count)
{
  return device_add (context, words, count, RELAY_DEVICE_HUB);
}

static bool
hub_remove (Context *context, char **words, unsigned count)
{
  return device_remove (context, words, RELAY_DEVICE_HUB);
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

static bool
switch_port (Context *context, char **words, unsigned count)
{
  RelayDevice *device = find_device (context, words[0], RELAY_DEVICE_SWITCH);
  unsigned number, vlan;

  if (device == NULL ||
      !relay_word_number (words[1], "the port", 0, device->n_ports - 1, &number, &context->error))
    return false;
  if (strcmp (words[2], "trunk") == 0)
    return set_trunk (context, &device->ports[number], words + 3, count - 3);
  if (strcmp (words[2], "access") != 0 || count != 4)
    return relay_error_set (&context->error, "say \"access VLAN\" or \"trunk native=VLAN "
                                             "[allowed=LIST]\" behind the port");
  if (!relay_word_number (words[3], "the VLAN", 1, RELAY_VLAN_MAX, &vlan, &context->error))
    return false;
  relay_switch_set_access (&device->ports[number], vlan);
  return true;
}

static bool
switch_macs (Context *context, char **words, unsigned count)
{
  RelayDevice *device = find_device (context, words[0], RELAY_DEVICE_SWITCH);

  if (device != NULL)
    relay_report_macs (context, device);
  return device != NULL;
}

static bool
switch_clear (Context *context, char **words, unsigned count)
{
  RelayDevice *device = find_device (context, words[0], RELAY_DEVICE_SWITCH);

  if (device != NULL)
    relay_mac_table_forget (device->macs);
  return device != NULL;
}

static bool
link_add (Context *context, char **words, unsigned count)
{
  RelayPort *a, *b;

  if (!relay_word_is_link_name (words[0], &context->error) ||
      (a = relay_port_parse (context->relay, words[1], &context->error)) == NULL ||
      (b = relay_port_parse (context->relay, words[2], &context->error)) == NULL)
    return false;
  if (count == 4 && strcmp (words[3], "unplugged") != 0)
    return relay_error_set (&context->error, "only \"unplugged\" can follow, not \"%.40s\"",
                            words[3]);
  return relay_link_add (context->relay, words[0], a, b, count == 3, &context->error);
}

static bool
link_remove (Context *context, char **words, unsigned count)
{
  RelayLink *link = find_link (context, words[0]);

  if (link != NULL)
    relay_link_remove (context->relay, link);
  return link != NULL;
}

static bool
plug (Context *context, char **words, bool plugged)
{
  RelayLink *link = find_link (context, words[0]);

  if (link != NULL)
    relay_link_plug (context->relay, link, plugged);
  return link != NULL;
}

static bool
link_plug (Context *context, char **words, unsigned count)
{
  return plug (context, words, true);
}

static bool
link_unplug (Context *context, char **words, unsigned count)
{
  return plug (context, words, false);
}

static bool
port (Context *context, char **words, unsigned count)
{
  RelayPort *found = relay_port_parse (context->relay, words[0], &context->error);

  if (found != NULL)
    relay_report_port (context, found);
  return found != NULL;
}

static bool
list (Context *context, char **words, unsigned count)
{
  if (strcmp (words[0], "instances") == 0)
    relay_report_instances (context);
  else if (strcmp (words[0], "switches") == 0)
    relay_report_devices (context, RELAY_DEVICE_SWITCH);
  else if (strcmp (words[0], "hubs") == 0)
    relay_report_devices (context, RELAY_DEVICE_HUB);
  else if (strcmp (words[0], "links") == 0)
    relay_report_links (context);
  else
    return relay_error_set (&context->error,
                            "there is no list of \"%.40s\": instances, switches, hubs or links",
                            words[0]);
  return true;
}

static bool
stats (Context *context, char **words, unsigned count)
{
  relay_report_stats (context);
  return true;
}

static const struct
{
  const char *first, *second;
  unsigned min, max; /* words behind */
  bool (*func) (Context *context, char **words, unsigned count);
  const char *usage;
} commands[] = {
  { "ping", NULL, 0, 0, ping, "" },
  { "version", NULL, 0, 0, version, "" },
  { "quit", NULL, 0, 0, quit, "" },
  { "reset", NULL, 0, 0, reset, "" },
  { "instance", "add", 2, 7, instance_add,
    " ID dir=PATH [pseudo=N] [uid=UID] [keepalives=on|off] [ethernet=E] [serial=S]" },
  { "instance", "remove", 1, 1, instance_remove, " ID" },
  { "instance", "restarted", 1, 1, instance_restarted, " ID" },
  { "instance", "hold", 2, 2, instance_hold, " ID on|off" },
  { "switch", "add", 2, 3, switch_add, " NAME ports=N [ageing=SECONDS]" },
  { "switch", "remove", 1, 1, switch_remove, " NAME" },
  { "switch", "port", 4, 5, switch_port, " NAME N access VLAN | trunk native=VLAN [allowed=LIST]" },
  { "switch", "macs", 1, 1, switch_macs, " NAME" },
  { "switch", "clear", 1, 1, switch_clear, " NAME" },
  { "hub", "add", 2, 2, hub_add, " NAME ports=N" },
  { "hub", "remove", 1, 1, hub_remove, " NAME" },
  { "link", "add", 3, 4, link_add, " NAME END END [unplugged]" },
  { "link", "remove", 1, 1, link_remove, " NAME" },
  { "link", "plug", 1, 1, link_plug, " NAME" },
  { "link", "unplug", 1, 1, link_unplug, " NAME" },
  { "port", NULL, 1, 1, port, " END" },
  { "list", NULL, 1, 1, list, " instances|switches|hubs|links" },
  { "stats", NULL, 0, 0, stats, "" },
};

static bool
run_words (Context *context, RelayWords *words)
{
  for (size_t i = 0; i < RELAY_N_ELEMENTS (commands); i++)
    {
      unsigned own = commands[i].second != NULL ? 2 : 1;

      if (words->count < own || strcmp (words->words[0], commands[i].first) != 0 ||
          (own == 2 && strcmp (words->words[1], commands[i].second) != 0))
        continue;
      if (words->count - own >= commands[i].min && words->count - own <= commands[i].max)
        return commands[i].func (context, words->words + own, words->count - own);
      return relay_error_set (&context->error, "usage: %s%s%s%s", commands[i].first,
                              own == 2 ? " " : "", own == 2 ? commands[i].second : "",
                              commands[i].usage);
    }
  return relay_error_set (&context->error, "there is no command \"%.40s%s%.40s\"", words->words[0],
                          words->count > 1 ? " " : "", words->count > 1 ? words->words[1] : "");
}

bool
relay_command_run (Relay *relay, char *line, RelayReply *reply)
{
  Context context = { .relay = relay, .reply = reply };
  RelayWords words;
  bool done = false;

  if (!relay_words_split (&words, line))
    relay_error_set (&context.error, "the command has more than %d words", RELAY_MAX_WORDS);
  else if (words.count == 0)
    relay_error_set (&context.error, "the command is empty");
  else
    done = run_words (&context, &words);
  if (done)
    relay_reply_line (reply, "ok%s%s", context.ok[0] != '\0' ? " " : "", context.ok);
  else
    relay_reply_line (reply, "error %s", context.error.text);
  return done;
}

/* Prints what a command tells, except that it is done. */
static bool
run_file_line (Relay *relay, char *line, RelayError *error)
{
  RelayReply reply = { 0 };
  bool done = relay_command_run (relay, line, &reply);

  if (!done)
    relay_error_set (error, "%.*s", (int) reply.length - 7, reply.text + 6);
  else if (reply.length > 3)
    fwrite (reply.text, 1, reply.length, stdout);
  relay_reply_clear (&reply);
  return done;
}

static bool
run_lines (Relay *relay, FILE *file, const char *name, RelayError *error)
{
  char line[RELAY_COMMAND_MAX + 1];
  RelayError problem;

  for (unsigned number = 1; fgets (line, sizeof line, file) != NULL; number++)
    {
      size_t length = strlen (line);
      char *comment = strchr (line, '#');

      if (length == RELAY_COMMAND_MAX && line[length - 1] != '\n')
        return relay_error_set (error, "%s: line %u: longer than %d bytes", name, number,
                                RELAY_COMMAND_MAX);
      if (comment != NULL)
        *comment = '\0';
      if (line[strspn (line, " \t\r\n")] != '\0' && !run_file_line (relay, line, &problem))
        return relay_error_set (error, "%s: line %u: %.440s", name, number, problem.text);
    }
  if (ferror (file))
    return relay_error_set (error, "cannot read %s: %s", name, strerror (errno));
  return true;
}

bool
relay_command_run_file (Relay *relay, const char *path, RelayError *error)
{
  bool is_stdin = strcmp (path, "-") == 0;
  FILE *file = is_stdin ? stdin : fopen (path, "re");
  bool done;

  if (file == NULL)
    return relay_error_set (error, "cannot open %s: %s", path, strerror (errno));
  done = run_lines (relay, file, is_stdin ? "standard input" : path, error);
  fflush (stdout);
  if (!is_stdin)
    fclose (file);
  return done;
}
