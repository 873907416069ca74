/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK inside a test program. */

#include "config.h"

#include <adwaita.h>

#include "ui-harness.h"

GResource *lab_get_resource (void);

void
ui_init_gtk (void)
{
  /* Linked in: names of it are looked up by the widgets' templates and styles. */
  g_resources_register (lab_get_resource ());
  gtk_init ();
  adw_init ();
}
