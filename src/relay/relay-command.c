/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands: a table of one or two words, how many may follow, and a function. */

#include "relay-command.h"

#include "config.h"

#include "relay-command-capture.h"
#include "relay-command-device.h"
#include "relay-command-impair.h"
#include "relay-command-record.h"
#include "relay-command-report.h"
#include "relay-device.h"
#include "relay-link.h"
#include "relay-private.h"
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

static bool
instance_remove (Context *context, char **words, unsigned count)
{
  RelayInstance *instance = find_instance (context, words[0]);

  if (instance == NULL)
    return false;
  for (unsigned i = 0; i < RELAY_MAX_PORTS; i++)
    relay_link_remove_at (context->relay, instance->ports[i]);
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
  else if (strcmp (words[0], "links") == 0)
    relay_report_links (context);
  else if (strcmp (words[0], "impairments") == 0)
    relay_report_impairments (context);
  else if (strcmp (words[0], "captures") == 0)
    relay_report_captures (context);
  else if (strcmp (words[0], "recordings") == 0)
    relay_report_recordings (context);
  else
    return relay_command_list_devices (context, words, count);
  return true;
}

static bool
watch (Context *context, char **words, unsigned count)
{
  return relay_control_watch (context->relay, context->reply) ||
         relay_error_set (&context->error, "only a client of the control socket can watch");
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
  RelayDeviceKind kind; /* of device, where it is for one */
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
  { "switch", "add", 2, 3, relay_command_device_add, " NAME ports=N [ageing=SECONDS]",
    RELAY_DEVICE_SWITCH },
  { "switch", "remove", 1, 1, relay_command_device_remove, " NAME", RELAY_DEVICE_SWITCH },
  { "switch", "port", 4, 5, relay_command_switch_port,
    " NAME N access VLAN | qinq VLAN | trunk native=VLAN [allowed=LIST]", RELAY_DEVICE_SWITCH },
  { "switch", "macs", 1, 1, relay_command_switch_macs, " NAME", RELAY_DEVICE_SWITCH },
  { "switch", "clear", 1, 1, relay_command_switch_clear, " NAME", RELAY_DEVICE_SWITCH },
  { "hub", "add", 2, 2, relay_command_device_add, " NAME ports=N", RELAY_DEVICE_HUB },
  { "hub", "remove", 1, 1, relay_command_device_remove, " NAME", RELAY_DEVICE_HUB },
  { "frame-relay", "add", 2, 2, relay_command_device_add, " NAME ports=N",
    RELAY_DEVICE_FRAME_RELAY },
  { "frame-relay", "remove", 1, 1, relay_command_device_remove, " NAME", RELAY_DEVICE_FRAME_RELAY },
  { "frame-relay", "map", 3, 3, relay_command_frame_relay_map, " NAME PORT:DLCI PORT:DLCI",
    RELAY_DEVICE_FRAME_RELAY },
  { "frame-relay", "unmap", 3, 3, relay_command_frame_relay_unmap, " NAME PORT:DLCI PORT:DLCI",
    RELAY_DEVICE_FRAME_RELAY },
  { "frame-relay", "status", 1, 1, relay_command_frame_relay_status, " NAME",
    RELAY_DEVICE_FRAME_RELAY },
  { "nat", "add", 1, 2, relay_command_device_add, " NAME [host-access=on|off]", RELAY_DEVICE_NAT },
  { "nat", "remove", 1, 1, relay_command_device_remove, " NAME", RELAY_DEVICE_NAT },
  { "nat", "forward", 5, 5, relay_command_nat_forward, " NAME tcp|udp PORT GUEST GUEST-PORT",
    RELAY_DEVICE_NAT },
  { "nat", "unforward", 5, 5, relay_command_nat_unforward, " NAME tcp|udp PORT GUEST GUEST-PORT",
    RELAY_DEVICE_NAT },
  { "tap", "add", 2, 2, relay_command_device_add, " NAME interface=INTERFACE", RELAY_DEVICE_TAP },
  { "tap", "remove", 1, 1, relay_command_device_remove, " NAME", RELAY_DEVICE_TAP },
  { "tunnel", "add", 1, 3, relay_command_device_add, " NAME port=PORT remote=ADDRESS:PORT",
    RELAY_DEVICE_TUNNEL },
  { "tunnel", "remove", 1, 1, relay_command_device_remove, " NAME", RELAY_DEVICE_TUNNEL },
  { "link", "add", 3, 4, link_add, " NAME END END [unplugged]" },
  { "link", "remove", 1, 1, link_remove, " NAME" },
  { "link", "plug", 1, 1, link_plug, " NAME" },
  { "link", "unplug", 1, 1, link_unplug, " NAME" },
  { "capture", "add", 3, RELAY_MAX_WORDS, relay_command_capture_add,
    " NAME file=PATH [size=N] [seconds=N] [files=N] [snap=N] [encapsulation=KIND] END... "
    "[filter=EXPRESSION]" },
  { "capture", "remove", 1, 1, relay_command_capture_remove, " NAME" },
  { "record", "on", 1, 1, relay_command_record_on, " size=BYTES" },
  { "record", "off", 0, 0, relay_command_record_off, "" },
  { "record", "title", 1, RELAY_MAX_WORDS, relay_command_record_title, " END=TITLE..." },
  { "record", "save", 2, RELAY_MAX_WORDS, relay_command_record_save, " NAME file=PATH [END...]" },
  { "impair", NULL, 1, RELAY_MAX_WORDS, relay_command_impair, " END [off | KEY=VALUE...]" },
  { "port", NULL, 1, 1, port, " END" },
  { "list", NULL, 1, 1, list,
    " instances|switches|hubs|frame-relays|nats|taps|tunnels|links|impairments|captures|"
    "recordings" },
  { "stats", NULL, 0, 0, stats, "" },
  { "watch", NULL, 0, 0, watch, "" },
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
        {
          context->kind = commands[i].kind;
          return commands[i].func (context, words->words + own, words->count - own);
        }
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
