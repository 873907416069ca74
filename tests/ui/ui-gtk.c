/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK inside a test program. */

#include "config.h"

#include <adwaita.h>

#include "ui-harness.h"

GResource *lab_get_resource (void);

#define STYLES "/io/github/labwright/Labwright/"

static void
add_styles (GtkCssProvider *provider)
{
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* The dark sheet comes on top of the common one. */
static void
dark_cb (AdwStyleManager *styles, GParamSpec *pspec, GtkCssProvider *provider)
{
  if (adw_style_manager_get_dark (styles))
    gtk_css_provider_load_from_resource (provider, STYLES "style-dark.css");
  else
    gtk_css_provider_load_from_data (provider, "", -1);
}

void
ui_init_gtk (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autoptr (GtkCssProvider) dark = gtk_css_provider_new ();

  /* Linked in: names of it are looked up by the widgets' templates and styles. */
  g_resources_register (lab_get_resource ());
  gtk_init ();
  adw_init ();
  /* What an AdwApplication does by itself. */
  gtk_css_provider_load_from_resource (provider, STYLES "style.css");
  add_styles (provider);
  add_styles (dark);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (dark_cb),
                           dark, 0);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/labwright/Labwright/icons");
}
