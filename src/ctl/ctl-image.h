/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl-command.h"
#include "lab-library.h"

G_BEGIN_DECLS

extern const CtlCommand ctl_image_add_command;
extern const CtlCommand ctl_image_dialogue_command;
extern const CtlCommand ctl_image_fix_command;
extern const CtlCommand ctl_image_folder_command;
extern const CtlCommand ctl_image_list_command;
extern const CtlCommand ctl_image_map_command;
extern const CtlCommand ctl_image_probe_command;
extern const CtlCommand ctl_image_remove_command;
extern const CtlCommand ctl_image_set_command;
extern const CtlCommand ctl_image_show_command;
extern const CtlCommand ctl_image_template_command;
extern const CtlCommand ctl_image_use_command;

/* The library and an image of it; complains and returns NULL. (transfer full) */
LabImageRecord *ctl_image_find       (const char *name);
/* What is wrong with it and the command that mends it, if anything is. */
void            ctl_image_say_fault  (LabImageRecord *record);
/* Asks it for its options; complains. */
gboolean        ctl_image_ask        (LabImageRecord *record);

G_END_DECLS
