/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which images are on this machine. The engine has the last word on whether one can run; this only
 * lists what looks like a program. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab-client-paths.h"
#include "lab-image-guess.h"
#include "lab-image-library.h"
#include "lab-open-image.h"

#define RESCAN_DELAY_MS 300

struct _LabImageFile
{
  GObject parent_instance;

  char *name;
  LabImageOrigin origin;
  guint64 size;
};

struct _LabImageLibrary
{
  GObject parent_instance;

  GListStore *files;
  GPtrArray *monitors;
  GCancellable *cancellable;
  guint rescan_id;
  gboolean loaded;
  gboolean scanning;
  gboolean stale; /* something changed while a scan was under way */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (LabImageFile, lab_image_file, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (LabImageLibrary,
                               lab_image_library,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
lab_image_file_finalize (GObject *object)
{
  g_free (LAB_IMAGE_FILE (object)->name);

  G_OBJECT_CLASS (lab_image_file_parent_class)->finalize (object);
}

static void
lab_image_file_class_init (LabImageFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_image_file_finalize;
}

static void
lab_image_file_init (LabImageFile *self)
{
}

static LabImageFile *
image_file_new (const char *name, LabImageOrigin origin, guint64 size)
{
  LabImageFile *self = g_object_new (LAB_TYPE_IMAGE_FILE, NULL);

  self->name = g_strdup (name);
  self->origin = origin;
  self->size = size;

  return self;
}

const char *
lab_image_file_get_name (LabImageFile *self)
{
  g_return_val_if_fail (LAB_IS_IMAGE_FILE (self), NULL);

  return self->name;
}

LabImageOrigin
lab_image_file_get_origin (LabImageFile *self)
{
  g_return_val_if_fail (LAB_IS_IMAGE_FILE (self), LAB_IMAGE_OWN);

  return self->origin;
}

guint64
lab_image_file_get_size (LabImageFile *self)
{
  g_return_val_if_fail (LAB_IS_IMAGE_FILE (self), 0);

  return self->size;
}

static gboolean
knows (GPtrArray *files, const char *name)
{
  for (guint i = 0; i < files->len; i++)
    if (g_str_equal (((LabImageFile *) g_ptr_array_index (files, i))->name, name))
      return TRUE;

  return FALSE;
}

/* Opened without waiting: a FIFO among the images must not hold the thread for ever. */
static gboolean
is_program (const char *path, guint64 *size)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char start[4] = { 0 };
  struct stat info;
  gboolean yes;

  if (fd < 0)
    return FALSE;
  yes = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) &&
        read (fd, start, sizeof start) == sizeof start &&
        lab_image_guess_is_program (start, sizeof start);
  close (fd);
  if (yes)
    *size = (guint64) info.st_size;

  return yes;
}

static void
scan_folder (GPtrArray *files, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      guint64 size = 0;

      if (*name != '.' && g_utf8_validate (name, -1, NULL) && !knows (files, name) &&
          is_program (path, &size))
        g_ptr_array_add (files, image_file_new (name, LAB_IMAGE_OWN, size));
    }
}

/* Uninstalled: where the build puts it; installed: where the engine looks. */
static gboolean
find_open_image (const char *room, const char *name, guint64 *size)
{
  g_autofree char *built = lab_client_program_path (room, name);
  g_autofree char *beside = g_path_get_dirname (built);
  g_autofree char *below = g_build_filename (beside, "images", name, NULL);
  g_autofree char *installed = g_build_filename (LABWRIGHT_IMAGEDIR, name, NULL);

  return is_program (built, size) || is_program (below, size) || is_program (installed, size);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const LabImageFile *first = *(LabImageFile *const *) a;
  const LabImageFile *second = *(LabImageFile *const *) b;
  g_autofree char *first_key = g_utf8_collate_key_for_filename (first->name, -1);
  g_autofree char *second_key = g_utf8_collate_key_for_filename (second->name, -1);

  return strcmp (first_key, second_key);
}

/* The folders of own images, as the engine looks through them. */
static GStrv
own_folders (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) listed = g_strsplit (g_getenv ("LABWRIGHT_IMAGE_PATH") ?: "", ":", -1);
  g_autofree char *own = lab_image_library_dup_own_folder ();

  for (guint i = 0; listed[i] != NULL; i++)
    if (*listed[i] != '\0')
      g_strv_builder_add (builder, listed[i]);
  g_strv_builder_add (builder, own);

  return g_strv_builder_end (builder);
}

static void
scan_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  guint n_open;
  const LabOpenImage *open_images = lab_open_images (&n_open);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_object_unref);
  char **folders = task_data;

  for (guint i = 0; i < n_open; i++)
    {
      guint64 size = 0;

      if (find_open_image (open_images[i].room, open_images[i].name, &size))
        g_ptr_array_add (files, image_file_new (open_images[i].name, LAB_IMAGE_OPEN, size));
    }
  for (guint i = 0; folders[i] != NULL; i++)
    scan_folder (own, folders[i]);
  g_ptr_array_sort (own, compare_names);
  for (guint i = 0; i < own->len; i++)
    if (!knows (files, lab_image_file_get_name (g_ptr_array_index (own, i))))
      g_ptr_array_add (files, g_object_ref (g_ptr_array_index (own, i)));
  g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
same_files (LabImageLibrary *self, GPtrArray *files)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->files)) != files->len)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (LabImageFile) old = g_list_model_get_item (G_LIST_MODEL (self->files), i);
      LabImageFile *new = g_ptr_array_index (files, i);

      if (!g_str_equal (old->name, new->name) || old->origin != new->origin ||
          old->size != new->size)
        return FALSE;
    }

  return TRUE;
}

static void scan (LabImageLibrary *self);

static void
scanned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabImageLibrary *self = LAB_IMAGE_LIBRARY (source);
  g_autoptr (GPtrArray) files = g_task_propagate_pointer (G_TASK (result), NULL);

  self->scanning = FALSE;
  if (files == NULL)
    return;
  self->loaded = TRUE;
  if (!same_files (self, files))
    g_list_store_splice (self->files, 0, g_list_model_get_n_items (G_LIST_MODEL (self->files)),
                         files->pdata, files->len);
  if (self->stale)
    scan (self);
}

static void
scan (LabImageLibrary *self)
{
  g_autoptr (GTask) task = NULL;

  self->stale = self->scanning;
  if (self->scanning)
    return;
  self->scanning = TRUE;
  task = g_task_new (self, self->cancellable, scanned_cb, NULL);
  g_task_set_source_tag (task, scan);
  g_task_set_task_data (task, own_folders (), (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, scan_thread);
}

static gboolean
rescan_cb (gpointer user_data)
{
  LabImageLibrary *self = user_data;

  self->rescan_id = 0;
  scan (self);

  return G_SOURCE_REMOVE;
}

/* A copy of a large image makes many events. */
static void
folder_changed_cb (LabImageLibrary *self)
{
  g_clear_handle_id (&self->rescan_id, g_source_remove);
  self->rescan_id = g_timeout_add (RESCAN_DELAY_MS, rescan_cb, self);
}

static void
items_changed_cb (LabImageLibrary *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
lab_image_library_dispose (GObject *object)
{
  LabImageLibrary *self = LAB_IMAGE_LIBRARY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->rescan_id, g_source_remove);
  g_clear_pointer (&self->monitors, g_ptr_array_unref);
  g_clear_object (&self->files);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (lab_image_library_parent_class)->dispose (object);
}

static void
lab_image_library_class_init (LabImageLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_image_library_dispose;
}

static void
lab_image_library_init (LabImageLibrary *self)
{
  g_auto (GStrv) folders = own_folders ();

  self->files = g_list_store_new (LAB_TYPE_IMAGE_FILE);
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->files, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autoptr (GFile) folder = g_file_new_for_path (folders[i]);
      GFileMonitor *monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);

      if (monitor == NULL)
        continue;
      g_signal_connect_object (monitor, "changed", G_CALLBACK (folder_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->monitors, monitor);
    }
  scan (self);
}

static GType
get_item_type (GListModel *model)
{
  return LAB_TYPE_IMAGE_FILE;
}

static guint
get_n_items (GListModel *model)
{
  LabImageLibrary *self = LAB_IMAGE_LIBRARY (model);

  return self->files != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->files)) : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  LabImageLibrary *self = LAB_IMAGE_LIBRARY (model);

  return self->files != NULL ? g_list_model_get_item (G_LIST_MODEL (self->files), position) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

LabImageLibrary *
lab_image_library_new (void)
{
  return g_object_new (LAB_TYPE_IMAGE_LIBRARY, NULL);
}

LabImageLibrary *
lab_image_library_get_default (void)
{
  static LabImageLibrary *library;

  if (library == NULL)
    {
      library = lab_image_library_new ();
      g_object_add_weak_pointer (G_OBJECT (library), (gpointer *) &library);
    }

  return library;
}

LabImageFile *
lab_image_library_find (LabImageLibrary *self, const char *name)
{
  guint n_files;

  g_return_val_if_fail (LAB_IS_IMAGE_LIBRARY (self), NULL);

  n_files = g_list_model_get_n_items (G_LIST_MODEL (self->files));
  for (guint i = 0; name != NULL && i < n_files; i++)
    {
      g_autoptr (LabImageFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      if (g_str_equal (file->name, name))
        return file; /* the list keeps it */
    }

  return NULL;
}

gboolean
lab_image_library_is_loaded (LabImageLibrary *self)
{
  g_return_val_if_fail (LAB_IS_IMAGE_LIBRARY (self), FALSE);

  return self->loaded;
}

char *
lab_image_library_dup_own_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "labwright", "images", NULL);
}
