/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the dynamic loader finds libraries: the folders of /etc/ld.so.conf, which may include other
 * files by pattern, and the ones that are built in. The cache /etc/ld.so.cache is made from these
 * folders, so they say the same, and they are there on systems without a cache too. */

#include "iou-image-private.h"

#include <glob.h>
#include <string.h>

#include "iou-file-private.h"

#define MAX_DIRS        1024
#define MAX_DEPTH       8
#define MAX_CONF_LENGTH (1024 * 1024)

static const char *const dirs_32[] = {
  "/lib/i386-linux-gnu",
  "/usr/lib/i386-linux-gnu",
  "/lib/i686-linux-gnu",
  "/usr/lib/i686-linux-gnu",
  "/lib32",
  "/usr/lib32",
  "/lib",
  "/usr/lib",
};

static const char *const dirs_64[] = {
  "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib",
};

static void read_conf (const char *root, const char *path, guint depth, GPtrArray *dirs);

static void
add_dir (const char *root, const char *dir, GPtrArray *dirs)
{
  if (dirs->len < MAX_DIRS)
    g_ptr_array_add (dirs, g_strconcat (root, dir, NULL));
}

/* A relative pattern is relative to the folder of the file that includes it. */
static void
include_pattern (
    const char *root, const char *conf, const char *pattern, guint depth, GPtrArray *dirs)
{
  g_autofree char *folder = g_path_get_dirname (conf);
  g_autofree char *full = pattern[0] == '/' ? g_strconcat (root, pattern, NULL)
                                            : g_build_filename (folder, pattern, NULL);
  glob_t found = { 0 };

  if (glob (full, 0, NULL, &found) == 0)
    for (gsize i = 0; i < found.gl_pathc; i++)
      read_conf (root, found.gl_pathv[i], depth + 1, dirs);

  globfree (&found);
}

static void
read_conf_line (const char *root, const char *conf, char *line, guint depth, GPtrArray *dirs)
{
  g_auto (GStrv) words = NULL;
  char *comment = strchr (line, '#');

  if (comment != NULL)
    *comment = '\0';

  words = g_strsplit_set (line, " \t\r:,", -1);
  if (g_strv_length (words) > 1 && strcmp (words[0], "include") == 0)
    {
      for (guint i = 1; words[i] != NULL; i++)
        if (words[i][0] != '\0')
          include_pattern (root, conf, words[i], depth, dirs);
      return;
    }

  /* "hwcap" lines and anything else that is no folder fall through here. */
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] == '/')
      {
        words[i][strcspn (words[i], "=")] = '\0';
        add_dir (root, words[i], dirs);
      }
}

static void
read_conf (const char *root, const char *path, guint depth, GPtrArray *dirs)
{
  g_autoptr (GBytes) bytes = NULL;
  g_auto (GStrv) lines = NULL;

  if (depth > MAX_DEPTH || dirs->len >= MAX_DIRS)
    return;

  bytes = iou_file_read (path, 0, MAX_CONF_LENGTH, NULL);
  if (bytes == NULL)
    return;

  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_conf_line (root, path, g_strchug (lines[i]), depth, dirs);
}

GPtrArray *
iou_image_library_dirs (const char *root, guint bits)
{
  GPtrArray *dirs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *conf = g_strconcat (root, "/etc/ld.so.conf", NULL);
  const char *const *usual = bits == 32 ? dirs_32 : dirs_64;
  gsize n_usual = bits == 32 ? G_N_ELEMENTS (dirs_32) : G_N_ELEMENTS (dirs_64);

  read_conf (root, conf, 0, dirs);
  for (gsize i = 0; i < n_usual; i++)
    g_ptr_array_add (dirs, g_strconcat (root, usual[i], NULL));

  return dirs;
}
