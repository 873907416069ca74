/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The user's settings; the keys are described in data/io.github.labwright.Labwright.gschema.xml. One
 * object for the whole program. (transfer none) */
GSettings *lab_app_settings  (void);

/* A file that comes with the program: "labs". From the build folder while the program runs there, else
 * from where it is installed. (transfer full) */
char      *lab_app_data_path (const char *name);

G_END_DECLS
