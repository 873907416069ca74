/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recent labs, in the list that all programs of the desktop share. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "lab-recent.h"

#define MIME_TYPE "application/vnd.labwright.lab+json"

void
lab_recent_free (LabRecent *self)
{
  g_free (self->path);
  g_free (self->title);
  g_date_time_unref (self->at);
  g_free (self);
}

void
lab_recent_add (const char *path)
{
  g_autofree char *exec = g_strdup ("labwright %f");
  g_autofree char *mime_type = g_strdup (MIME_TYPE);
  g_autofree char *name = g_strdup ("Labwright");
  g_autofree char *uri = NULL;
  GtkRecentData data = { .mime_type = mime_type, .app_name = name, .app_exec = exec };

  if (path == NULL)
    return;
  uri = g_filename_to_uri (path, NULL, NULL);
  if (uri != NULL)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

void
lab_recent_remove (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (uri != NULL)
    gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
}

char *
lab_recent_title_of (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (g_str_has_suffix (name, ".lab"))
    name[strlen (name) - strlen (".lab")] = '\0';

  return g_steal_pointer (&name);
}

char *
lab_recent_describe_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  /* "/home/anna" is not within "/home/ann". */
  if (g_str_has_prefix (path, home) && (path[length] == G_DIR_SEPARATOR || path[length] == '\0'))
    {
      g_autofree char *below = g_filename_display_name (path + length);

      return g_strconcat ("~", below, NULL);
    }

  return g_filename_display_name (path);
}

static LabRecent *
make (GtkRecentInfo *info)
{
  g_autofree char *path = NULL;
  LabRecent *self;

  if (g_strcmp0 (gtk_recent_info_get_mime_type (info), MIME_TYPE) != 0)
    return NULL;
  path = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
  if (path == NULL)
    return NULL;
  self = g_new0 (LabRecent, 1);
  self->title = lab_recent_title_of (path);
  self->path = g_steal_pointer (&path);
  self->at = g_date_time_ref (gtk_recent_info_get_modified (info));

  return self;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const LabRecent *const *one = a;
  const LabRecent *const *other = b;

  return g_date_time_compare ((*other)->at, (*one)->at);
}

GPtrArray *
lab_recent_list (guint most)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_recent_free);

  for (GList *l = items; l != NULL; l = l->next)
    {
      LabRecent *recent = make (l->data);

      if (recent != NULL)
        g_ptr_array_add (found, recent);
    }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  g_ptr_array_sort (found, compare);
  if (found->len > most)
    g_ptr_array_set_size (found, most);

  return found;
}

char *
lab_recent_describe_age (GDateTime *at, GDateTime *now)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (at);
  g_autoptr (GDateTime) today = g_date_time_to_local (now);
  GDate day;
  GDate other;
  int days;

  g_date_set_dmy (&day, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  g_date_set_dmy (&other, g_date_time_get_day_of_month (today), g_date_time_get_month (today),
                  g_date_time_get_year (today));
  days = g_date_days_between (&day, &other);
  if (days <= 0)
    /* Translators: a time of today, see g_date_time_format(). */
    return g_date_time_format (local, _ ("Today, %H:%M"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days < 30)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", days), days);

  /* Translators: a date, see g_date_time_format(). */
  return g_date_time_format (local, _ ("%-d %B %Y"));
}
