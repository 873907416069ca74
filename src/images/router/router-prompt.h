/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* “hostname NAME” changes the prompt of the vtysh at which it is typed, and nothing else: FRR's daemons
 * are not told, and the vtysh that writes the configuration asks the system. So we read the name off
 * the prompt that follows such a line; another's prompt, of a telnet say, follows none. */

/* As long as the kernel lets a machine's name be, with the NUL. */
#define ROUTER_HOST_SIZE 65

/* Lines on the terminal. */
typedef struct
{
  char line[128]; /* not ended yet */
  gsize length;
  char last[128];
} RouterPrompt;

/* The name in “NAME# ”, “NAME(config-if)# ” or “NAME> ” into @name. FALSE: the line is no prompt. */
gboolean router_prompt_parse (const char *line, gsize length, char name[ROUTER_HOST_SIZE]);
/* What the terminal shows next. TRUE: it ends with a prompt that follows “hostname NAME”. */
gboolean router_prompt_see   (RouterPrompt *self, const char *bytes, gsize length, char name[ROUTER_HOST_SIZE]);
