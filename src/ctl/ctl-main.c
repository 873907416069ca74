/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl: the table of commands, help and version. */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "ctl-command.h"
#include "ctl-complete.h"

static const CtlCommand *const commands[] = {
  &ctl_new_command,      &ctl_validate_command,   &ctl_run_command,     &ctl_start_command,
  &ctl_stop_command,     &ctl_reload_command,     &ctl_freeze_command,  &ctl_thaw_command,
  &ctl_status_command,   &ctl_list_command,       &ctl_console_command, &ctl_send_command,
  &ctl_log_command,      &ctl_link_command,       &ctl_unlink_command,  &ctl_plug_command,
  &ctl_unplug_command,   &ctl_impair_command,     &ctl_capture_command, &ctl_record_command,
  &ctl_timeline_command, &ctl_stats_command,      &ctl_top_command,     &ctl_mac_command,
  &ctl_config_command,   &ctl_checkpoint_command, &ctl_clone_command,   &ctl_pack_command,
  &ctl_unpack_command,   &ctl_export_command,     &ctl_allow_command,   &ctl_doctor_command,
  &ctl_image_command,    &ctl_licence_command,
};

static const CtlCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (name, commands[i]->name))
      return commands[i];
  return NULL;
}

static void
print_help (void)
{
  g_print (_ ("Usage: labctl COMMAND [OPTION…] [FILE] …\n\nRuns network labs.\n\nCommands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i]->name, _ (commands[i]->summary));
  g_print ("  %-10s %s\n", "help", _ ("Show this, or the help of a command"));
  g_print ("  %-10s %s\n", "version", _ ("Show the version"));
  g_print (
      _ ("\nFILE is a lab (NAME.lab). Most commands for a lab that runs may leave it out: then "
         "it is the\none LABWRIGHT_LAB names, or the only one that runs.\n\n"
         "Exit codes: 0 done, 1 the lab is wrong or a check failed, 2 wrong command line,\n"
         "3 something could not be had (a file, the engine…).\n\n"
         "  labctl run campus.lab                          start, check, stop\n"
         "  labctl start campus.lab --wait                 start and leave it running\n"
         "  labctl console campus.lab PC1                  work on a console\n"
         "  labctl send PC1 'ping 10.0.10.2' --expect ttl  for scripts\n"
         "  labctl COMMAND --help                          all about a command\n"));
}

/* The closest name of a command, if it is close enough to be meant: same beginning. */
static const char *
guess (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strlen (name) >= 2 && strncmp (name, commands[i]->name, 2) == 0)
      return commands[i]->name;
  return NULL;
}

static int
unknown_command (const char *name)
{
  const char *meant = guess (name);

  if (meant != NULL)
    ctl_complain (_ ("There is no command “%s”. Is “%s” meant? See “labctl help”."), name, meant);
  else
    ctl_complain (_ ("There is no command “%s”. See “labctl help”."), name);
  return CTL_USAGE;
}

static int
run_help (int argc, char **argv)
{
  char *help_argv[] = { (char *) "labctl", (char *) "--help", NULL };
  const CtlCommand *command;

  if (argc < 2)
    {
      print_help ();
      return CTL_OK;
    }
  command = find_command (argv[1]);
  if (command == NULL)
    return unknown_command (argv[1]);
  return command->run (2, help_argv);
}

int
main (int argc, char **argv)
{
  const CtlCommand *command;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("labctl");

  if (argc < 2)
    {
      ctl_complain (_ ("What shall be done? See “labctl help”."));
      return CTL_USAGE;
    }
  if (g_str_equal (argv[1], "help") || g_str_equal (argv[1], "--help") ||
      g_str_equal (argv[1], "-h"))
    return run_help (argc - 1, argv + 1);
  if (g_str_equal (argv[1], "version") || g_str_equal (argv[1], "--version"))
    {
      g_print ("labctl (Labwright) %s\n", PACKAGE_VERSION);
      return CTL_OK;
    }
  if (g_str_equal (argv[1], "complete"))
    return ctl_complete (argc - 2, argv + 2);

  command = find_command (argv[1]);
  if (command == NULL)
    return unknown_command (argv[1]);
  return command->run (argc - 1, argv + 1);
}
