/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pc-commands.h"

#include <string.h>

#include "pc-console.h"
#include "pc-parse.h"

#define COMMAND_WIDTH 14

static const PcCommand *
find_exact (const char *word)
{
  for (const PcCommand *command = pc_command_table; command->name != NULL; command++)
    if (g_ascii_strcasecmp (word, command->name) == 0 ||
        (command->alias != NULL && g_ascii_strcasecmp (word, command->alias) == 0))
      return command;
  return NULL;
}

static gboolean
begins (const char *text, const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

static GPtrArray *
list_commands (const char *prefix)
{
  GPtrArray *found = g_ptr_array_new ();

  for (const PcCommand *command = pc_command_table; command->name != NULL; command++)
    if (begins (command->name, prefix))
      g_ptr_array_add (found, (gpointer) command);
  return found;
}

/* A name, an alias or an abbreviation that only one command has. */
static const PcCommand *
find_command (const char *word, gboolean *ambiguous)
{
  g_autoptr (GPtrArray) found = NULL;
  const PcCommand *exact = find_exact (word);

  *ambiguous = FALSE;
  if (exact != NULL)
    return exact;

  found = list_commands (word);
  *ambiguous = found->len > 1;
  return found->len == 1 ? g_ptr_array_index (found, 0) : NULL;
}

static void
complain_ambiguous (Pc *pc, const char *word)
{
  g_autoptr (GPtrArray) found = list_commands (word);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((const PcCommand *) g_ptr_array_index (found, i))->name);
  pc_complain (pc, "\"%s\" could be %s: type more of it", word, names->str);
}

static gboolean
is_comment (const char *line)
{
  return line[0] == '\0' || line[0] == '!' || line[0] == '#';
}

void
pc_commands_run (Pc *pc, const char *line)
{
  g_auto (GStrv) words = NULL;
  const PcCommand *command;
  gboolean ambiguous;
  PcArguments arguments;

  line += strspn (line, " \t");
  if (is_comment (line))
    return;

  words = pc_split (line);
  if (words[0] == NULL)
    return;
  command = find_command (words[0], &ambiguous);
  if (command == NULL)
    {
      if (ambiguous)
        complain_ambiguous (pc, words[0]);
      else
        pc_complain (pc, "Bad command: \"%s\". Use ? for help.", words[0]);
      return;
    }

  arguments.words = words + 1;
  arguments.count = g_strv_length (words) - 1;
  arguments.rest = line + strlen (words[0]);
  arguments.rest += strspn (arguments.rest, " \t");
  command->run (pc, &arguments);
}

gboolean
pc_take_port (Pc *pc, PcArguments *arguments, PcPort **port, gboolean *given)
{
  *port = pc->n_ports > 0 ? &pc->ports[0] : NULL;
  if (given != NULL)
    *given = FALSE;

  for (guint i = 0; i + 1 < arguments->count; i++)
    if (strcmp (arguments->words[i], "dev") == 0)
      {
        *port = pc_port_by_name (pc, arguments->words[i + 1]);
        if (*port == NULL)
          {
            pc_complain (pc, "There is no Ethernet port %s: show ports lists them",
                         arguments->words[i + 1]);
            return FALSE;
          }
        if (given != NULL)
          *given = TRUE;
        g_free (arguments->words[i]);
        g_free (arguments->words[i + 1]);
        memmove (&arguments->words[i], &arguments->words[i + 2],
                 (arguments->count - i - 1) * sizeof *arguments->words);
        arguments->count -= 2;
        return TRUE;
      }

  if (*port == NULL)
    pc_complain (pc, "This host has no Ethernet port: start it with -e 1 or more");
  return *port != NULL;
}

static void
print_indented (Pc *pc, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    pc_print (pc, "  %s\n", lines[i]);
}

static void
print_commands (Pc *pc, const char *prefix)
{
  for (const PcCommand *command = pc_command_table; command->name != NULL; command++)
    if (begins (command->name, prefix))
      pc_print (pc, "  %-*s %s\n", COMMAND_WIDTH, command->name, command->summary);
}

static void
print_words (Pc *pc, const PcCommand *command, const char *prefix)
{
  for (const PcWord *word = command->words; word != NULL && word->word != NULL; word++)
    if (begins (word->word, prefix))
      pc_print (pc, "  %-*s %s\n", COMMAND_WIDTH, word->word, word->help);
}

void
pc_complain_usage (Pc *pc, const char *name)
{
  const PcCommand *command = find_exact (name);
  g_auto (GStrv) lines = g_strsplit (command->usage, "\n", -1);

  pc_complain (pc, "Usage: %s", lines[0]);
  if (pc_console_in_script (pc->console))
    return;
  for (guint i = 1; lines[i] != NULL; i++)
    pc_print (pc, "       %s\n", lines[i]);
}

void
pc_cmd_help (Pc *pc, PcArguments *arguments)
{
  const PcCommand *command;
  gboolean ambiguous;

  if (arguments->count == 0)
    {
      print_commands (pc, "");
      pc_print (pc, "\nhelp COMMAND explains one. Names may be shortened; Tab completes; ? shows "
                    "what may follow.\n");
      return;
    }

  command = find_command (arguments->words[0], &ambiguous);
  if (command == NULL)
    {
      pc_complain (pc, "There is no command \"%s\": help lists them", arguments->words[0]);
      return;
    }
  pc_print (pc, "%s\n\n", command->summary);
  print_indented (pc, command->usage);
  if (command->details != NULL)
    {
      pc_print (pc, "\n");
      print_indented (pc, command->details);
    }
  if (command->words != NULL)
    pc_print (pc, "\n");
  print_words (pc, command, "");
}

/* The command at the start of @before, if its name is complete, and the word that is being typed.
 */
static const PcCommand *
split_before (const char *before, const char **word, guint *index)
{
  const char *start = before + strspn (before, " \t");
  gsize length = strcspn (start, " \t");
  g_autofree char *first = g_strndup (start, length);
  gboolean ambiguous;

  *index = 0;
  *word = start;
  if (start[length] == '\0')
    return NULL;

  for (const char *p = start + length; *p != '\0'; p++)
    if (*p == ' ' || *p == '\t')
      {
        *index += p[1] != ' ' && p[1] != '\t';
        *word = p + 1;
      }
  return find_command (first, &ambiguous);
}

void
pc_commands_show_help (Pc *pc, const char *before)
{
  const char *word;
  guint index;
  const PcCommand *command = split_before (before, &word, &index);

  if (index == 0)
    print_commands (pc, word);
  else if (command == NULL)
    pc_print (pc, "  There is no such command.\n");
  else if (index == 1 && command->words != NULL)
    print_words (pc, command, word);
  else
    print_indented (pc, command->usage);
}

static GPtrArray *
list_choices (const char *before, const char **word)
{
  GPtrArray *choices = g_ptr_array_new ();
  guint index;
  const PcCommand *command = split_before (before, word, &index);

  if (index == 0)
    {
      for (command = pc_command_table; command->name != NULL; command++)
        if (begins (command->name, *word))
          g_ptr_array_add (choices, (gpointer) command->name);
    }
  else if (index == 1 && command != NULL)
    {
      for (const PcWord *w = command->words; w != NULL && w->word != NULL; w++)
        if (g_ascii_islower (w->word[0]) && begins (w->word, *word))
          g_ptr_array_add (choices, (gpointer) w->word);
    }
  return choices;
}

char *
pc_commands_complete (Pc *pc, const char *before, GPtrArray **choices)
{
  const char *word;
  const char *first;
  gsize typed;
  gsize common;

  *choices = list_choices (before, &word);
  if ((*choices)->len == 0)
    return g_strdup ("");

  first = g_ptr_array_index (*choices, 0);
  typed = strlen (word);
  common = strlen (first);
  for (guint i = 1; i < (*choices)->len; i++)
    {
      const char *other = g_ptr_array_index (*choices, i);
      gsize same = 0;

      while (same < common && other[same] == first[same])
        same++;
      common = same;
    }
  if ((*choices)->len == 1)
    return g_strdup_printf ("%s ", first + typed);
  return g_strndup (first + typed, common - typed);
}
