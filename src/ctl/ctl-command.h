/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exit codes, the same for every command; documented in labctl(1). */
typedef enum
{
  CTL_OK = 0,
  CTL_FAILED = 1, /* the lab is wrong, a check or an expectation failed */
  CTL_USAGE = 2,  /* the command line is wrong */
  CTL_CANNOT = 3, /* a file, the engine… could not be had */
  CTL_INTERRUPTED = 130,
} CtlExit;

typedef struct
{
  const char *name;
  const char *arguments; /* after the options in the usage line */
  const char *summary;   /* one line, for the list of commands */
  const char *details;   /* (nullable) paragraphs and examples */
  int (*run) (int argc, char **argv);
} CtlCommand;

extern const CtlCommand ctl_config_command;
extern const CtlCommand ctl_capture_command;
extern const CtlCommand ctl_checkpoint_command;
extern const CtlCommand ctl_clone_command;
extern const CtlCommand ctl_console_command;
extern const CtlCommand ctl_allow_command;
extern const CtlCommand ctl_doctor_command;
extern const CtlCommand ctl_export_command;
extern const CtlCommand ctl_freeze_command;
extern const CtlCommand ctl_image_command;
extern const CtlCommand ctl_impair_command;
extern const CtlCommand ctl_licence_command;
extern const CtlCommand ctl_link_command;
extern const CtlCommand ctl_list_command;
extern const CtlCommand ctl_log_command;
extern const CtlCommand ctl_mac_command;
extern const CtlCommand ctl_new_command;
extern const CtlCommand ctl_pack_command;
extern const CtlCommand ctl_plug_command;
extern const CtlCommand ctl_record_command;
extern const CtlCommand ctl_reload_command;
extern const CtlCommand ctl_run_command;
extern const CtlCommand ctl_send_command;
extern const CtlCommand ctl_start_command;
extern const CtlCommand ctl_stats_command;
extern const CtlCommand ctl_status_command;
extern const CtlCommand ctl_stop_command;
extern const CtlCommand ctl_thaw_command;
extern const CtlCommand ctl_top_command;
extern const CtlCommand ctl_timeline_command;
extern const CtlCommand ctl_unlink_command;
extern const CtlCommand ctl_unpack_command;
extern const CtlCommand ctl_unplug_command;
extern const CtlCommand ctl_validate_command;

/* Reads the options of a command; --help is answered here and ends the program. @argv keeps the
 * words that are no options, without the command's name. FALSE after a complaint: exit with CTL_USAGE. */
gboolean ctl_parse_options (const CtlCommand *command, GOptionEntry *entries, int *argc, char ***argv);
/* A complaint about the command line that says where help is. Returns CTL_USAGE. */
int      ctl_usage         (const CtlCommand *command, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A sentence to standard error. */
void     ctl_complain      (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Complains and gives the exit code that belongs to the error. Takes over @error. */
int      ctl_fail          (GError *error);

G_END_DECLS
