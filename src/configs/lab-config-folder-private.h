/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-config-folder.h"

G_BEGIN_DECLS

#define LAB_CONFIG_TEXT_ENDING  ".cfg"
#define LAB_CONFIG_VLANS_ENDING ".vlan.dat"

/* A node's name as a file's name: it may hold what a path may not. (transfer full) */
char                *lab_config_names_stem         (const char *node);
/* (transfer full) */
char                *lab_config_names_path         (const char *folder, const char *node, const char *ending);
/* The node a file is for; two that match equally well are none. @ending: (nullable): only this. */
const LabConfigNode *lab_config_names_find_owner   (GPtrArray *nodes, const char *name, const char *ending);
gboolean             lab_config_names_is_vlans     (const char *file);
/* Whether a configuration and a VLAN database have names that differ in their ending only. */
gboolean             lab_config_names_are_siblings (const char *file, const char *vlans);

/* (transfer full) (nullable): it is empty, too large or no file */
GBytes              *lab_config_read_file          (const char *path);

G_END_DECLS
