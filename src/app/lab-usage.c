/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory and processor time of a tree of processes, out of /proc (proc(5)). */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lab-usage.h"

#define MAX_DEPTH     16
#define MAX_PROCESSES 512
#define PAGE_FIELD    1 /* of statm: resident pages */

static gboolean
read_proc (guint pid, const char *name, char **text)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/%s", pid, name);

  return g_file_get_contents (path, text, NULL, NULL);
}

static gboolean
read_pss (guint pid, guint64 *bytes)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (read_proc (pid, "smaps_rollup", &text))
    line = strstr (text, "\nPss:");
  if (line == NULL)
    return FALSE;
  *bytes = g_ascii_strtoull (line + strlen ("\nPss:"), NULL, 10) * 1024;

  return TRUE;
}

static guint64
read_resident (guint pid)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  if (!read_proc (pid, "statm", &text))
    return 0;
  fields = g_strsplit (text, " ", PAGE_FIELD + 2);
  if (g_strv_length (fields) <= PAGE_FIELD)
    return 0;

  return g_ascii_strtoull (fields[PAGE_FIELD], NULL, 10) * (guint64) sysconf (_SC_PAGESIZE);
}

/* Its own time, and that of children it has waited for: those that live are counted themselves. The
 * name stands in parentheses and may hold anything, also blanks and parentheses. */
static gboolean
read_cpu_time (guint pid, guint64 *microseconds)
{
  g_autofree char *text = NULL;
  const char *rest = NULL;
  guint64 times[4];
  guint64 ticks = 0;

  if (read_proc (pid, "stat", &text))
    rest = strrchr (text, ')');
  if (rest == NULL || sscanf (rest + 1,
                              " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" G_GUINT64_FORMAT
                              " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                              &times[0], &times[1], &times[2], &times[3]) != 4)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    ticks += times[i];
  *microseconds = ticks * G_USEC_PER_SEC / (guint64) sysconf (_SC_CLK_TCK);

  return TRUE;
}

static void add_tree (LabUsage *self, guint pid, guint depth, guint *n_processes);

/* Each thread has children of its own. */
static void
add_children (LabUsage *self, guint pid, guint depth, guint *n_processes)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%u/task", pid);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *thread;

  while (dir != NULL && (thread = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, thread, "children", NULL);
      g_autofree char *text = NULL;
      char *p;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        continue;
      for (p = text; *g_strchug (p) != '\0';)
        {
          guint64 child = g_ascii_strtoull (p, &p, 10);

          if (child == 0)
            break;
          add_tree (self, (guint) child, depth - 1, n_processes);
        }
    }
}

static void
add_tree (LabUsage *self, guint pid, guint depth, guint *n_processes)
{
  guint64 cpu_time = 0;
  guint64 memory = 0;

  if (depth == 0 || ++*n_processes > MAX_PROCESSES || !read_cpu_time (pid, &cpu_time))
    return;
  if (!read_pss (pid, &memory))
    memory = read_resident (pid);
  self->memory += memory;
  self->cpu_time += cpu_time;
  add_children (self, pid, depth, n_processes);
}

gboolean
lab_usage_read (LabUsage *self, guint pid)
{
  guint n_processes = 0;
  guint64 cpu_time;

  *self = (LabUsage){ 0 };
  if (pid == 0 || !read_cpu_time (pid, &cpu_time))
    return FALSE;
  add_tree (self, pid, MAX_DEPTH, &n_processes);

  return TRUE;
}
