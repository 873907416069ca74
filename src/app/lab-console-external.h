/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-session.h"

G_BEGIN_DECLS

/* Consoles in another terminal program: it runs "labctl console FILE NODE". */

/* Opens the console of @node, after it was started if it does not run; what is wrong is said by the
 * session. */
void  lab_console_external_open       (LabSession *session, LabNode *node);
/* The command line for @template (a command of the setting "external-terminal"): %c becomes
 * @command, as words of its own where it stands alone and quoted for a shell where it does not; %d
 * becomes @name; %% a per cent sign. Without a %c the command is put at the end. No shell is involved.
 * (transfer full) (nullable): @template cannot be understood; @error says why. */
GStrv lab_console_external_parse      (const char *template, const char *const *command, const char *name,
                                       GError **error);

G_END_DECLS
