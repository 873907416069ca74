/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that have subcommands: which one it is, and the list of them. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-family.h"
#include "ctl-lab.h"

/* "list" of "config list". */
static const char *
short_name (const CtlFamily *self, gsize index)
{
  return self->subcommands[index]->name + strlen (self->command->name) + 1;
}

static const CtlCommand *
find (const CtlFamily *self, const char *name)
{
  for (gsize i = 0; i < self->n_subcommands; i++)
    {
      if (g_str_equal (name, short_name (self, i)))
        return self->subcommands[i];
    }
  return NULL;
}

static void
print_help (const CtlFamily *self)
{
  gsize width = 0;

  for (gsize i = 0; i < self->n_subcommands; i++)
    width = MAX (width, strlen (short_name (self, i)) + 1);
  g_print ("%s", self->usage);
  for (gsize i = 0; i < self->n_subcommands; i++)
    g_print ("  %-*s %s\n", (int) width, short_name (self, i), _ (self->subcommands[i]->summary));
  g_print ("%s\n", _ (self->command->details));
}

int
ctl_family_run (const CtlFamily *self, int argc, char **argv)
{
  const CtlCommand *subcommand;

  if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      print_help (self);
      return CTL_OK;
    }
  if (self->lab_first && argc > 2 && find (self, argv[1]) == NULL && ctl_word_is_lab (argv[1]))
    {
      char *lab = argv[1];

      argv[1] = argv[2];
      argv[2] = lab;
    }
  if (argc < 2)
    return ctl_usage (self->command, "%s", self->question);
  subcommand = find (self, argv[1]);
  if (subcommand == NULL)
    return ctl_usage (self->command, _ ("There is no subcommand “%s”."), argv[1]);
  return subcommand->run (argc - 1, argv + 1);
}
