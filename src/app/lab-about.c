/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The about window. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lab-about.h"

void
lab_about_present (GtkWindow *parent)
{
  const char *developers[] = { "The Labwright developers", NULL };

  adw_show_about_window (parent, "application-name", "Labwright", "application-icon",
                         "io.github.labwright.Labwright", "version", PACKAGE_VERSION,
                         "developer-name", _ ("The Labwright developers"), "developers", developers,
                         "copyright", "© 2026 The Labwright developers", "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Labwright designs network labs and runs them: routers, switches and "
                            "hosts as programs on this "
                            "computer, each in a sandbox of its own."),
                         /* Translators: your name, it is shown in the about window. */
                         "translator-credits", _ ("translator-credits"), NULL);
}
