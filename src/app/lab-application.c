/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application: windows, files given on the command line, what belongs to no window. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-application.h"

struct _LabApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LabApplication, lab_application, ADW_TYPE_APPLICATION)

static void
lab_application_activate (GApplication *application)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
}

static void
lab_application_class_init (LabApplicationClass *klass)
{
  G_APPLICATION_CLASS (klass)->activate = lab_application_activate;
}

static void
lab_application_init (LabApplication *self)
{
}

LabApplication *
lab_application_new (void)
{
  return g_object_new (LAB_TYPE_APPLICATION, "application-id", "io.github.labwright.Labwright",
                       "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}
