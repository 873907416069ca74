/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The table of commands. Help, context help and completion all come from it. */

#include "pc.h"

/* The words of a line after the command's own. */
typedef struct
{
  guint count;
  char **words;     /* NULL-terminated */
  const char *rest; /* the line after the command's name, as typed */
} PcArguments;

typedef struct
{
  const char *word;
  const char *help;
} PcWord;

typedef void (*PcCommandFunc) (Pc *pc, PcArguments *arguments);

typedef struct
{
  const char *name;
  const char *alias; /* (nullable) an abbreviation that others share, or another name */
  const char *usage; /* lines */
  const char *summary;
  const char *details; /* (nullable) lines */
  const PcWord *words; /* (nullable) what may follow, ends with { NULL } */
  PcCommandFunc run;
} PcCommand;

extern const PcCommand pc_command_table[]; /* ends with { NULL } */

/* One line as typed: nothing, a comment, or a command, which may be abbreviated. What is wrong is
 * said on the console. */
void pc_commands_run (Pc *pc, const char *line);
/* What may stand at the end of @before. */
void pc_commands_show_help (Pc *pc, const char *before);
/* What Tab adds after @before; @choices: all that fit. (transfer full) */
char *pc_commands_complete (Pc *pc, const char *before, GPtrArray **choices);

/* For the commands: takes "dev PORT" out of the words. @port is the first one if there is none.
 * FALSE: it does not exist, and that was said. */
gboolean pc_take_port (Pc *pc, PcArguments *arguments, PcPort **port, gboolean *given);
/* Says how the command is used. */
void pc_complain_usage (Pc *pc, const char *name);

/* The commands themselves, by the file they are in. */
void pc_cmd_arp (Pc *pc, PcArguments *arguments);
void pc_cmd_clear (Pc *pc, PcArguments *arguments);
void pc_cmd_echo (Pc *pc, PcArguments *arguments);
void pc_cmd_fetch (Pc *pc, PcArguments *arguments);
void pc_cmd_help (Pc *pc, PcArguments *arguments);
void pc_cmd_history (Pc *pc, PcArguments *arguments);
void pc_cmd_ip (Pc *pc, PcArguments *arguments);
void pc_cmd_load (Pc *pc, PcArguments *arguments);
void pc_cmd_no (Pc *pc, PcArguments *arguments);
void pc_cmd_ping (Pc *pc, PcArguments *arguments);
void pc_cmd_quit (Pc *pc, PcArguments *arguments);
void pc_cmd_save (Pc *pc, PcArguments *arguments);
void pc_cmd_set (Pc *pc, PcArguments *arguments);
void pc_cmd_show (Pc *pc, PcArguments *arguments);
void pc_cmd_shutdown (Pc *pc, PcArguments *arguments);
void pc_cmd_sleep (Pc *pc, PcArguments *arguments);
void pc_cmd_trace (Pc *pc, PcArguments *arguments);
void pc_cmd_version (Pc *pc, PcArguments *arguments);
void pc_cmd_write (Pc *pc, PcArguments *arguments);
