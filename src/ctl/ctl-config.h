/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl-lab.h"
#include "lab-saved.h"

G_BEGIN_DECLS

/* labctl config: what its subcommands share. */

extern const CtlCommand ctl_config_diff_command;
extern const CtlCommand ctl_config_export_command;
extern const CtlCommand ctl_config_import_command;
extern const CtlCommand ctl_config_list_command;
extern const CtlCommand ctl_config_reset_command;
extern const CtlCommand ctl_config_restore_command;
extern const CtlCommand ctl_config_save_command;
extern const CtlCommand ctl_config_show_command;
extern const CtlCommand ctl_config_take_command;

/* The lab with its document, and its engine if that runs. */
int        ctl_config_open       (CtlLab *lab, const CtlCommand *command, int *argc, char ***argv);
/* The node, if it is one that saves a configuration; else it has been complained about. (transfer full) (nullable) */
LabNode   *ctl_config_find_node  (CtlLab *lab, const char *name);
/* Of @names, or of all devices if there are none. NULL after a complaint. (element-type LabNode) (transfer full) */
GPtrArray *ctl_config_find_nodes (CtlLab *lab, char **names);
/* The device's folder. (transfer full) */
char      *ctl_config_work       (CtlLab *lab, LabNode *node);
gboolean   ctl_config_is_running (CtlLab *lab, LabNode *node);
/* The history with what the NVRAM holds. NULL after a complaint. (element-type LabSavedEntry) (transfer full) */
GArray    *ctl_config_list       (CtlLab *lab, LabNode *node);
/* What the NVRAM holds just now. (transfer full) (nullable) */
GBytes    *ctl_config_in_nvram   (CtlLab *lab, LabNode *node);
/* The text that @word names: a number of the history, "newest", or "start" for the lab's start
 * configuration. NULL after a complaint. (transfer full) */
GBytes    *ctl_config_read       (CtlLab *lab, LabNode *node, const char *word);
/* A time of the history, as the clock here shows it. (transfer full) */
char      *ctl_config_time_text  (gint64 time);

/* Puts texts (node's name → GBytes) into NVRAMs: by the engine, which is started for it if need be.
 * @vlans: (nullable): the same of VLAN databases. */
int        ctl_config_write      (CtlLab *lab, GHashTable *configs, GHashTable *vlans, gboolean restart);
/* Those of its names whose devices run, before it is written. (transfer full) */
GStrv      ctl_config_list_running (CtlLab *lab, GHashTable *configs);
/* Until all of them are ready again. Returns an exit code, after a complaint. */
int        ctl_config_wait_ready (CtlLab *lab, char **names);
/* An empty map of names to texts. */
GHashTable *ctl_config_texts     (void);
/* Devices of @nodes that run are complained about. */
gboolean   ctl_config_all_stopped (CtlLab *lab, GPtrArray *nodes);

G_END_DECLS
