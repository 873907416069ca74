/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The usage text an image prints for -h. Managers learn the image's defaults from it by looking for
 * three phrases; images differ in the blanks and tabs between an option and its description. */

#include "iou-command.h"

#include <string.h>

/* What follows "@option<blanks>@phrase" for the first time, or NULL. */
static const char *
find_phrase (const char *text, const char *option, const char *phrase)
{
  const char *p = text;

  while ((p = strstr (p, option)) != NULL)
    {
      const char *after = p + strlen (option);
      gsize blanks = strspn (after, " \t\r\n\f\v");

      if (blanks > 0 && g_str_has_prefix (after + blanks, phrase))
        return after + blanks + strlen (phrase);

      p = after;
    }

  return NULL;
}

/* The number in "@option  @phrase<number>@unit)"; 0 if it is not said or makes no sense. */
static guint
find_default (const char *text, const char *option, const char *phrase, const char *unit)
{
  const char *p = find_phrase (text, option, phrase);
  guint number = 0;

  if (p == NULL)
    return 0;

  for (; g_ascii_isdigit (*p); p++)
    {
      if (number > 10000000)
        return 0;
      number = number * 10 + (guint) (*p - '0');
    }

  return g_str_has_prefix (p, unit) ? number : 0;
}

gboolean
iou_help_parse (const char *text, IouHelp *help)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (help != NULL, FALSE);

  help->nvram_default = find_default (text, "-n <n>", "Size of nvram in Kb (default ", "KB)");
  help->ram_default = find_default (text, "-m <n>", "Megabytes of router memory (default ", "MB)");
  help->keepalives = find_phrase (text, "-l", "Enable Layer 1 keepalive messages") != NULL;

  return help->nvram_default != 0 || help->ram_default != 0 || help->keepalives;
}

char *
iou_help_write (const char *name, guint nvram_default, guint ram_default)
{
  GString *text;

  g_return_val_if_fail (name != NULL, NULL);

  text = g_string_new (NULL);
  g_string_append_printf (text, "Usage: %s [options] <application id>\n", name);
  g_string_append (text,
                   "<application id>: a number, 0 < id <= 1024, that no other instance has\n"
                   "Options:\n"
                   "  -e <n>      Number of Ethernet interfaces, in adapters of 4 (default 2)\n"
                   "  -s <n>      Number of Serial interfaces, in adapters of 4 (default 2)\n");
  g_string_append_printf (text, "  -n <n>      Size of nvram in Kb (default %uKB)\n",
                          nvram_default);
  g_string_append_printf (text, "  -m <n>      Megabytes of router memory (default %uMB)\n",
                          ram_default);
  g_string_append (text, "  -c <name>   Configuration file, read while the nvram holds none\n"
                         "  -b <string> Debug string\n"
                         "  -u <n>      UDP base port for a NETMAP over several hosts\n"
                         "  -l          Enable Layer 1 keepalive messages\n"
                         "  -L          No local console, use the remote console\n"
                         "  -d          Debug information\n"
                         "  -t          Trace netio messages\n"
                         "  -q          Suppress informational messages\n"
                         "  -C          Do not use the clock of the host\n"
                         "  -R          Ignore options in the IOURC file\n"
                         "  -U          Disable the unix: file system\n"
                         "  -W          Disable the watchdog timer\n"
                         "  -N          Ignore the NETMAP file\n"
                         "  -h          Print this and exit\n");

  return g_string_free (text, FALSE);
}
