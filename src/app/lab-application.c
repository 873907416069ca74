/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application: windows, files given on the command line, what belongs to no window. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-about.h"
#include "lab-accessible-names.h"
#include "lab-app-settings.h"
#include "lab-application.h"
#include "lab-file-dialog.h"
#include "lab-doctor-window.h"
#include "lab-portable-import.h"
#include "lab-portable.h"
#include "lab-images-window.h"
#include "lab-preferences.h"
#include "lab-samples.h"
#include "lab-watchdog.h"
#include "lab-window.h"

struct _LabApplication
{
  AdwApplication parent_instance;

  gboolean quitting; /* close one window after the other */
};

G_DEFINE_FINAL_TYPE (LabApplication, lab_application, ADW_TYPE_APPLICATION)

/* --- windows --- */

static LabWindow *
find_window (LabApplication *self, GFile *file)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (LAB_IS_WINDOW (l->data) && lab_window_has_file (l->data, file))
      return l->data;

  return NULL;
}

/* A window without a lab, or NULL. */
static LabWindow *
find_empty (LabApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (LAB_IS_WINDOW (l->data) && lab_window_is_empty (l->data))
      return l->data;

  return NULL;
}

static GtkWindow *
active_window (LabApplication *self)
{
  return gtk_application_get_active_window (GTK_APPLICATION (self));
}

static void
open_portable (LabApplication *self, GFile *file, GtkWindow *window)
{
  LabWindow *asking =
      LAB_IS_WINDOW (window) ? LAB_WINDOW (window) : lab_window_new (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (asking));
  lab_portable_import (self, asking, file);
}

void
lab_application_open_file (LabApplication *self, GFile *file, GtkWindow *window)
{
  g_autofree char *name = NULL;
  LabWindow *found;

  g_return_if_fail (LAB_IS_APPLICATION (self));
  g_return_if_fail (G_IS_FILE (file));

  name = g_file_get_basename (file);
  if (name != NULL && g_str_has_suffix (name, LAB_PORTABLE_SUFFIX))
    {
      open_portable (self, file, window);
      return;
    }
  found = find_window (self, file);
  if (found == NULL)
    {
      found = LAB_IS_WINDOW (window) && lab_window_is_empty (LAB_WINDOW (window))
                  ? LAB_WINDOW (window)
                  : lab_window_new (GTK_APPLICATION (self));
      lab_window_open (found, file);
    }
  gtk_window_present (GTK_WINDOW (found));
}

static void
lab_application_activate (GApplication *application)
{
  LabApplication *self = LAB_APPLICATION (application);
  GtkWindow *window = active_window (self);

  if (window == NULL)
    window = GTK_WINDOW (lab_window_new (GTK_APPLICATION (self)));
  gtk_window_present (window);
}

static void
lab_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  LabApplication *self = LAB_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      LabWindow *empty = find_empty (self);

      lab_application_open_file (self, files[i], empty != NULL ? GTK_WINDOW (empty) : NULL);
    }
}

/* --- actions --- */

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabApplication *self = user_data;
  GtkWindow *active = active_window (self);
  LabWindow *window = LAB_IS_WINDOW (active) && lab_window_is_empty (LAB_WINDOW (active))
                          ? LAB_WINDOW (active)
                          : lab_window_new (GTK_APPLICATION (self));

  lab_window_begin (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabApplication) self = user_data;
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);

  if (file != NULL)
    lab_application_open_file (self, file, source != NULL ? GTK_WINDOW (source) : NULL);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabApplication *self = user_data;

  lab_file_dialog_async (active_window (self), LAB_FILE_DIALOG_OPEN_LAB, NULL, NULL, open_chosen_cb,
                         g_object_ref (self));
}

static void
open_uri_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabApplication *self = user_data;
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  lab_application_open_file (self, file, active_window (self));
}

static void
sample_copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSession) session = lab_sample_copy_finish (result, &error);
  LabWindow *window = find_empty (self);

  if (window == NULL)
    window = lab_window_new (GTK_APPLICATION (self));
  if (session != NULL)
    lab_window_set_session (window, session);
  else
    lab_window_say (window, LAB_SESSION_ERROR, _ ("The sample could not be opened"),
                    error->message);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_sample_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lab_sample_copy_async (g_variant_get_string (parameter, NULL), NULL, sample_copied_cb,
                         g_object_ref (user_data));
}

static void
start_page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabApplication *self = user_data;
  LabWindow *window = find_empty (self);

  if (window == NULL)
    window = lab_window_new (GTK_APPLICATION (self));
  gtk_window_present (GTK_WINDOW (window));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lab_preferences_present (active_window (user_data));
}

static void
check_machine_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lab_doctor_window_present (active_window (user_data));
}

static void
images_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lab_images_window_present (active_window (user_data));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lab_about_present (active_window (user_data));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabApplication *self = user_data;
  GtkWindow *window = active_window (self);

  self->quitting = TRUE;
  if (window == NULL)
    g_application_quit (G_APPLICATION (self));
  else
    gtk_window_close (window);
}

void
lab_application_cancel_quit (LabApplication *self)
{
  g_return_if_fail (LAB_IS_APPLICATION (self));

  self->quitting = FALSE;
}

static gboolean
close_next_cb (gpointer user_data)
{
  LabApplication *self = user_data;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  if (self->quitting && windows != NULL)
    gtk_window_close (windows->data);

  return G_SOURCE_REMOVE;
}

static void
lab_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  LabApplication *self = LAB_APPLICATION (application);

  GTK_APPLICATION_CLASS (lab_application_parent_class)->window_removed (application, window);

  /* A window that is opened after the last one was closed is meant to stay. */
  if (gtk_application_get_windows (application) == NULL)
    self->quitting = FALSE;
  if (self->quitting)
    g_idle_add_full (G_PRIORITY_DEFAULT, close_next_cb, g_object_ref (self), g_object_unref);
}

/* --- start --- */

static void
style_cb (GSettings *settings, const char *key, gpointer user_data)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  guint style = g_settings_get_enum (settings, "style");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[MIN (style, G_N_ELEMENTS (schemes) - 1)]);
}

/* An engine takes it from the environment it is started with. */
static void
sandbox_cb (GSettings *settings, const char *key, gpointer user_data)
{
  if (g_settings_get_boolean (settings, "allow-no-sandbox"))
    g_setenv ("LABWRIGHT_NO_SANDBOX", "1", TRUE);
  else
    g_unsetenv ("LABWRIGHT_NO_SANDBOX");
}

/* As above. */
static void
parallel_cb (GSettings *settings, const char *key, gpointer user_data)
{
  guint n = g_settings_get_uint (settings, "parallel-starts");
  g_autofree char *value = g_strdup_printf ("%u", n);

  if (n > 0)
    g_setenv ("LABWRIGHT_PARALLEL_STARTS", value, TRUE);
  else
    g_unsetenv ("LABWRIGHT_PARALLEL_STARTS");
}

static void
lab_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "new", new_cb },
    { "open", open_cb },
    { "open-uri", open_uri_cb, "s" },
    { "open-sample", open_sample_cb, "s" },
    { "start-page", start_page_cb },
    { "images", images_cb },
    { "preferences", preferences_cb },
    { "check-machine", check_machine_cb },
    { "about", about_cb },
    { "quit", quit_cb },
  };
  GSettings *settings = lab_app_settings ();

  G_APPLICATION_CLASS (lab_application_parent_class)->startup (application);

  lab_accessible_names_init ();
  gtk_window_set_default_icon_name ("io.github.labwright.Labwright");
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  g_signal_connect_object (settings, "changed::style", G_CALLBACK (style_cb), application, 0);
  style_cb (settings, "style", application);
  /* What the environment said before the program began holds as well. */
  if (g_getenv ("LABWRIGHT_NO_SANDBOX") == NULL)
    {
      g_signal_connect_object (settings, "changed::allow-no-sandbox", G_CALLBACK (sandbox_cb),
                               application, 0);
      sandbox_cb (settings, "allow-no-sandbox", application);
    }
  if (g_getenv ("LABWRIGHT_PARALLEL_STARTS") == NULL)
    {
      g_signal_connect_object (settings, "changed::parallel-starts", G_CALLBACK (parallel_cb),
                               application, 0);
      parallel_cb (settings, "parallel-starts", application);
    }
  lab_watchdog_start ();
}

static void
lab_application_shutdown (GApplication *application)
{
  lab_watchdog_write ();
  g_settings_sync ();

  G_APPLICATION_CLASS (lab_application_parent_class)->shutdown (application);
}

static int
lab_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("labwright %s\n", PACKAGE_VERSION);
      return 0;
    }

  return -1;
}

static void
lab_application_class_init (LabApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = lab_application_activate;
  application_class->open = lab_application_open;
  application_class->startup = lab_application_startup;
  application_class->shutdown = lab_application_shutdown;
  application_class->handle_local_options = lab_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = lab_application_window_removed;
}

static void
lab_application_init (LabApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { NULL },
  };
  GApplication *application = G_APPLICATION (self);

  g_application_add_main_option_entries (application, options);
  g_application_set_option_context_parameter_string (application, _ ("[LAB…]"));
  g_application_set_option_context_summary (application, _ ("Design network labs and run them."));
}

LabApplication *
lab_application_new (void)
{
  return g_object_new (LAB_TYPE_APPLICATION, "application-id", "io.github.labwright.Labwright",
                       "resource-base-path", "/io/github/labwright/Labwright", "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}
