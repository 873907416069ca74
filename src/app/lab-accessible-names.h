/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From here on every button that shows only a picture is called what its tooltip says, an item of a
 * menu what it says, and the parts of compound widgets what the whole is called. Once, at start. */
void lab_accessible_names_init (void);

G_END_DECLS
