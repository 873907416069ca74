/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labwright: the program with the window. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "lab-application.h"

int
main (int argc, char *argv[])
{
  g_autoptr (LabApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = lab_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
