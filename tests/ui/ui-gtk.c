/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK inside a test program. */

#include "config.h"

#include <adwaita.h>

#include "ui-harness.h"

GResource *lab_get_resource (void);

void
ui_init_gtk (void)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  /* Linked in: names of it are looked up by the widgets' templates and styles. */
  g_resources_register (lab_get_resource ());
  gtk_init ();
  adw_init ();
  /* What an AdwApplication does by itself. */
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/labwright/Labwright/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/labwright/Labwright/icons");
}
