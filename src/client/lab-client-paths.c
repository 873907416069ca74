/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the files of a run are, and where our own programs are. The same rules stand in the engine;
 * environment variables win, so that tests and throw-away runs never touch the user's folders. */

#include "config.h"

#include <sys/stat.h>

#include "lab-client-paths.h"

static const char *
getenv_nonempty (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0' ? value : NULL;
}

char *
lab_client_runtime_dir (void)
{
  const char *dir = getenv_nonempty ("LABWRIGHT_RUNTIME_DIR");

  if (dir != NULL)
    return g_strdup (dir);
  return g_build_filename (g_get_user_runtime_dir (), "labwright", NULL);
}

char *
lab_client_runtime_path (const char *uuid, const char *name)
{
  g_autofree char *dir = lab_client_runtime_dir ();

  return g_build_filename (dir, uuid, name, NULL);
}

char *
lab_client_state_dir (void)
{
  const char *dir = getenv_nonempty ("LABWRIGHT_STATE_DIR");

  if (dir != NULL)
    return g_strdup (dir);
  return g_build_filename (g_get_user_state_dir (), "labwright", NULL);
}

/* Uninstalled programs find each other in the build tree, where each lies in src/<room>/. */
static char *
build_tree_path (const char *room, const char *name)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = NULL;
  g_autofree char *engine = NULL;

  if (exe == NULL)
    return NULL;
  dir = g_path_get_dirname (exe);
  engine = g_build_filename (dir, "..", "..", "src", "engine", "labwright-engine", NULL);
  if (!g_file_test (engine, G_FILE_TEST_IS_EXECUTABLE))
    return NULL;
  return g_build_filename (dir, "..", "..", "src", room, name, NULL);
}

char *
lab_client_program_path (const char *room, const char *name)
{
  const char *libexec = getenv_nonempty ("LABWRIGHT_LIBEXEC_DIR");
  char *path;

  if (libexec != NULL)
    return g_build_filename (libexec, name, NULL);
  path = build_tree_path (room, name);
  if (path != NULL)
    return path;
  return g_build_filename (LABWRIGHT_LIBEXECDIR, name, NULL);
}

gboolean
lab_client_same_file (const char *a, const char *b)
{
  g_autofree char *full_a = g_canonicalize_filename (a, NULL);
  g_autofree char *full_b = g_canonicalize_filename (b, NULL);
  struct stat stat_a;
  struct stat stat_b;

  if (g_str_equal (full_a, full_b))
    return TRUE;
  return stat (full_a, &stat_a) == 0 && stat (full_b, &stat_b) == 0 &&
         stat_a.st_dev == stat_b.st_dev && stat_a.st_ino == stat_b.st_ino;
}

gboolean
lab_client_is_uuid (const char *text)
{
  for (guint i = 0; i < 36; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (dash ? text[i] != '-' : (!g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i])))
        return FALSE;
    }
  return text[36] == '\0';
}
