/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK inside a test program. */

#include "config.h"

#include <adwaita.h>

#include "ui-harness.h"

GResource *lab_get_resource (void);

#define CHOOSER_MS 15000
#define STYLES     "/io/github/labwright/Labwright/"

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

/* --- file choosers of this process --- */

/* (nullable): none that has the keys */
static GtkWindow *
find_chooser (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (GTK_IS_FILE_CHOOSER (window) && gtk_window_is_active (window))
        return window;
    }

  return NULL;
}

static gboolean
chooser_is_there (gpointer unused)
{
  return find_chooser () != NULL;
}

/* (nullable): the line into which keys go now */
static GtkEditable *
find_line (void)
{
  GtkWindow *chooser = find_chooser ();
  GtkWidget *focus = chooser != NULL ? gtk_window_get_focus (chooser) : NULL;

  return GTK_IS_EDITABLE (focus) ? GTK_EDITABLE (focus) : NULL;
}

static gboolean
line_is_there (gpointer unused)
{
  return find_line () != NULL;
}

static gboolean
line_is (gpointer text)
{
  GtkEditable *line = find_line ();

  return line != NULL && g_str_equal (gtk_editable_get_text (line), text);
}

void
ui_choose_path (const char *path)
{
  g_autofree char *typed = ui_typed_path (path);

  g_assert_true (ui_wait (chooser_is_there, NULL, CHOOSER_MS));
  ui_settle (500);
  /* Where a name is asked for, the line for it is there already. */
  if (find_line () == NULL)
    ui_key ("ctrl+l");
  g_assert_true (ui_wait (line_is_there, NULL, CHOOSER_MS));
  ui_key ("ctrl+a");
  ui_type_path (path);
  if (!ui_wait (line_is, typed, CHOOSER_MS))
    {
      GtkEditable *line = find_line ();

      ui_shot ("chooser-line");
      g_error ("“%s” was typed, and the line is “%s”; see shots/chooser-line.png", typed,
               line != NULL ? gtk_editable_get_text (line) : "gone");
    }
  ui_settle (200);
  ui_key ("Return");
}
