/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all commands share: options, complaints, exit codes. */

#include "config.h"

#include <glib/gi18n.h>
#include <gio/gio.h>

#include "ctl-command.h"
#include "lab-client-types.h"
#include "lab-types.h"

gboolean
ctl_parse_options (const CtlCommand *command, GOptionEntry *entries, int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strconcat ("labctl ", command->name, NULL);

  g_set_prgname (program);
  g_option_context_set_summary (context, _ (command->summary));
  if (command->details != NULL)
    {
      g_autofree char *details = g_strconcat (_ (command->details), "\n", NULL);

      g_option_context_set_description (context, details);
    }
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      ctl_usage (command, "%s", error->message);
      return FALSE;
    }
  /* GOption leaves the "--" that ends the options. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      (*argc)--;
      (*argv)++;
    }
  (*argc)--;
  (*argv)++;
  return TRUE;
}

void
ctl_complain (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("labctl: %s\n", text);
}

int
ctl_usage (const CtlCommand *command, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("labctl: %s\n", text);
  g_printerr (_ ("Usage: labctl %s [OPTION…] %s\nMore: labctl %s --help\n"), command->name,
              command->arguments, command->name);
  return CTL_USAGE;
}

int
ctl_fail (GError *error)
{
  gboolean lab_is_wrong = error->domain == LAB_ERROR && error->code != LAB_ERROR_IO;
  gboolean interrupted = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (!interrupted)
    ctl_complain ("%s", error->message);
  g_error_free (error);
  if (interrupted)
    return CTL_INTERRUPTED;
  return lab_is_wrong ? CTL_FAILED : CTL_CANNOT;
}
