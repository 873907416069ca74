/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program's settings, and the files that come with it, whether it is installed or runs from the
 * build folder. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-app-settings.h"

#define SCHEMA_ID "io.github.labwright.Labwright"

/* The build folder's data/, or NULL: programs of a build lie in src/<room>/ and tests/<suite>/. */
static char *
build_data_dir (void)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = NULL;
  g_autofree char *top = NULL;
  g_autofree char *ninja = NULL;

  if (exe == NULL)
    return NULL;
  dir = g_path_get_dirname (exe);
  top = g_build_filename (dir, "..", "..", NULL);
  ninja = g_build_filename (top, "build.ninja", NULL);
  if (!g_file_test (ninja, G_FILE_TEST_IS_REGULAR))
    return NULL;

  return g_build_filename (top, "data", NULL);
}

char *
lab_app_data_path (const char *name)
{
  g_autofree char *dir = build_data_dir ();

  return g_build_filename (dir != NULL ? dir : LABWRIGHT_DATADIR, name, NULL);
}

static GSettings *
make_settings (void)
{
  g_autofree char *dir = build_data_dir ();
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (dir != NULL)
    source = g_settings_schema_source_new_from_directory (
        dir, g_settings_schema_source_get_default (), FALSE, NULL);
  if (source == NULL)
    return g_settings_new (SCHEMA_ID);
  schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  if (schema == NULL)
    g_error ("the settings schema %s is not in %s", SCHEMA_ID, dir);

  return g_settings_new_full (schema, NULL, NULL);
}

GSettings *
lab_app_settings (void)
{
  static GSettings *settings;

  if (settings == NULL)
    settings = make_settings ();

  return settings;
}
