/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The image library (src/library) as a list model. Its folders and its file are read in a thread,
 * first what is known, so that the list is there at once, then, if need be, with the checksums of
 * files that are new. The engine has the last word on whether an image can run. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "lab-client-paths.h"
#include "lab-image-folder.h"
#include "lab-image-library.h"
#include "lab-open-image.h"

#define RESCAN_DELAY_MS 300

struct _LabImageFile
{
  GObject parent_instance;

  char *name;
  LabImageOrigin origin;
  guint64 size;
  LabImageRecord *record; /* (nullable): of an image of ours */
  char *signature;        /* all that is shown of it */
};

struct _LabImageLibrary
{
  GObject parent_instance;

  GListStore *files;
  GListStore *folders; /* that the user named */
  GPtrArray *monitors;
  GCancellable *cancellable;
  GStrv watched;
  char *problem; /* (nullable): why library.json cannot be read */
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
  LabImageFile *self = LAB_IMAGE_FILE (object);

  g_free (self->name);
  g_free (self->signature);
  g_clear_pointer (&self->record, lab_image_record_unref);

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

/* Two files that are shown alike have the same. (transfer full) */
static char *
sign (LabImageFile *self)
{
  LabImageRecord *record = self->record;
  GString *text = g_string_new (self->name);

  g_string_append_printf (text, "\n%d %" G_GUINT64_FORMAT, self->origin, self->size);
  if (record == NULL)
    return g_string_free (text, FALSE);
  g_string_append_printf (
      text, "\n%s\n%s\n%d %d %d\n%s\n%s\n%d\n%s\n%d %u %u %d", record->path, record->sha256 ?: "",
      record->role, record->role_said, record->release_said, record->release ?: "",
      record->notes ?: "", record->fault, record->fault_text ?: "", record->probed,
      record->help.nvram_default, record->help.ram_default, record->help.keepalives);
  for (guint i = 0; i < record->templates->len; i++)
    {
      g_autoptr (JsonObject) json =
          lab_image_template_to_json (g_ptr_array_index (record->templates, i));
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      g_autofree char *words = NULL;

      json_node_set_object (node, json);
      words = json_to_string (node, FALSE);
      g_string_append_printf (text, "\n%s", words);
    }

  return g_string_free (text, FALSE);
}

/* @record: (nullable) (transfer full). */
static LabImageFile *
image_file_new (const char *name, LabImageOrigin origin, guint64 size, LabImageRecord *record)
{
  LabImageFile *self = g_object_new (LAB_TYPE_IMAGE_FILE, NULL);

  self->name = g_strdup (name);
  self->origin = origin;
  self->size = size;
  self->record = record;
  self->signature = sign (self);

  return self;
}

LabImageRecord *
lab_image_file_get_record (LabImageFile *self)
{
  g_return_val_if_fail (LAB_IS_IMAGE_FILE (self), NULL);

  return self->record;
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
is_file (const char *path, guint64 *size)
{
  struct stat info;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  *size = (guint64) info.st_size;

  return TRUE;
}

/* Uninstalled: where the build puts it; installed: where the engine looks. */
static gboolean
find_open_image (const char *room, const char *name, guint64 *size)
{
  g_autofree char *built = lab_client_program_path (room, name);
  g_autofree char *beside = g_path_get_dirname (built);
  g_autofree char *below = g_build_filename (beside, "images", name, NULL);
  g_autofree char *installed = g_build_filename (LABWRIGHT_IMAGEDIR, name, NULL);

  return is_file (built, size) || is_file (below, size) || is_file (installed, size);
}

typedef struct
{
  LabLibraryDepth depth;
  GPtrArray *files; /* of LabImageFile */
  GPtrArray *named; /* of LabImageFolder */
  GStrv folders;    /* to be watched */
  char *problem;    /* (nullable) */
} Scan;

static void
scan_free (Scan *self)
{
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->named);
  g_strfreev (self->folders);
  g_free (self->problem);
  g_free (self);
}

static void
add_open_images (GPtrArray *files)
{
  guint n_images;
  const LabOpenImage *images = lab_open_images (&n_images);

  for (guint i = 0; i < n_images; i++)
    {
      guint64 size = 0;

      if (find_open_image (images[i].room, images[i].name, &size))
        g_ptr_array_add (files, image_file_new (images[i].name, LAB_IMAGE_OPEN, size, NULL));
    }
}

static void
add_own_images (Scan *scan, LabLibrary *library, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) records = lab_library_list (library, scan->depth, cancellable);

  for (guint i = 0; i < records->len; i++)
    {
      LabImageRecord *record = g_ptr_array_index (records, i);

      if (lab_open_image_find (record->name) == NULL)
        g_ptr_array_add (scan->files, image_file_new (record->name, LAB_IMAGE_OWN, record->size,
                                                      lab_image_record_ref (record)));
    }
}

static void
add_named (Scan *scan, LabLibrary *library)
{
  g_auto (GStrv) named = lab_library_dup_named (library);

  for (guint i = 0; named[i] != NULL; i++)
    g_ptr_array_add (scan->named, lab_image_folder_new (named[i]));
}

static void
scan_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Scan *scan = g_new0 (Scan, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabLibrary) library = lab_library_load (&error);

  scan->depth = GPOINTER_TO_INT (task_data);
  scan->files = g_ptr_array_new_with_free_func (g_object_unref);
  scan->named = g_ptr_array_new_with_free_func (g_object_unref);
  add_open_images (scan->files);
  if (library != NULL)
    {
      add_named (scan, library);
      add_own_images (scan, library, cancellable);
      scan->folders = lab_library_dup_folders (library);
    }
  else
    scan->problem = g_strdup (error->message);
  g_task_return_pointer (task, scan, (GDestroyNotify) scan_free);
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

      if (!g_str_equal (old->signature, new->signature))
        return FALSE;
    }

  return TRUE;
}

static gboolean
same_folders (LabImageLibrary *self, GPtrArray *named)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->folders)) != named->len)
    return FALSE;
  for (guint i = 0; i < named->len; i++)
    {
      g_autoptr (LabImageFolder) old = g_list_model_get_item (G_LIST_MODEL (self->folders), i);

      if (!lab_image_folder_equal (old, g_ptr_array_index (named, i)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
lacks_checksums (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      LabImageFile *file = g_ptr_array_index (files, i);

      if (file->record != NULL && file->record->sha256 == NULL)
        return TRUE;
    }

  return FALSE;
}

static void scan (LabImageLibrary *self, LabLibraryDepth depth);
static void watch (LabImageLibrary *self, GStrv folders);

static void
scanned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabImageLibrary *self = LAB_IMAGE_LIBRARY (source);
  Scan *found = g_task_propagate_pointer (G_TASK (result), NULL);

  self->scanning = FALSE;
  if (found == NULL)
    return;
  self->loaded = TRUE;
  g_free (self->problem);
  self->problem = g_steal_pointer (&found->problem);
  if (found->folders != NULL)
    watch (self, found->folders);
  if (!same_folders (self, found->named))
    g_list_store_splice (self->folders, 0, g_list_model_get_n_items (G_LIST_MODEL (self->folders)),
                         found->named->pdata, found->named->len);
  if (!same_files (self, found->files))
    g_list_store_splice (self->files, 0, g_list_model_get_n_items (G_LIST_MODEL (self->files)),
                         found->files->pdata, found->files->len);
  if (self->stale)
    scan (self, LAB_LIBRARY_LOOK);
  else if (found->depth == LAB_LIBRARY_LOOK && lacks_checksums (found->files))
    scan (self, LAB_LIBRARY_IDENTIFY);
  scan_free (found);
}

static void
scan (LabImageLibrary *self, LabLibraryDepth depth)
{
  g_autoptr (GTask) task = NULL;

  self->stale = self->scanning;
  if (self->scanning)
    return;
  self->scanning = TRUE;
  task = g_task_new (self, self->cancellable, scanned_cb, NULL);
  g_task_set_source_tag (task, scan);
  g_task_set_task_data (task, GINT_TO_POINTER (depth), NULL);
  g_task_run_in_thread (task, scan_thread);
}

static gboolean
rescan_cb (gpointer user_data)
{
  LabImageLibrary *self = user_data;

  self->rescan_id = 0;
  scan (self, LAB_LIBRARY_LOOK);

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
watch_folder (LabImageLibrary *self, const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  GFileMonitor *monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);

  if (monitor == NULL)
    return;
  g_signal_connect_object (monitor, "changed", G_CALLBACK (folder_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->monitors, monitor);
}

/* The folders of images, and the one of library.json. */
static void
watch (LabImageLibrary *self, GStrv folders)
{
  g_autofree char *file = NULL;
  g_autofree char *dir = NULL;

  if (self->watched != NULL &&
      g_strv_equal ((const char *const *) self->watched, (const char *const *) folders))
    return;
  g_strfreev (self->watched);
  self->watched = g_strdupv (folders);
  g_ptr_array_set_size (self->monitors, 0);
  for (guint i = 0; folders[i] != NULL; i++)
    watch_folder (self, folders[i]);
  file = lab_library_dup_path ();
  dir = g_path_get_dirname (file);
  watch_folder (self, dir);
}

void
lab_image_library_rescan (LabImageLibrary *self)
{
  g_return_if_fail (LAB_IS_IMAGE_LIBRARY (self));

  g_clear_handle_id (&self->rescan_id, g_source_remove);
  scan (self, LAB_LIBRARY_LOOK);
}

const char *
lab_image_library_get_problem (LabImageLibrary *self)
{
  g_return_val_if_fail (LAB_IS_IMAGE_LIBRARY (self), NULL);

  return self->problem;
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
  g_clear_object (&self->folders);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->watched, g_strfreev);
  g_clear_pointer (&self->problem, g_free);

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
  self->files = g_list_store_new (LAB_TYPE_IMAGE_FILE);
  self->folders = g_list_store_new (LAB_TYPE_IMAGE_FOLDER);
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->files, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  scan (self, LAB_LIBRARY_LOOK);
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

GListModel *
lab_image_library_get_folders (LabImageLibrary *self)
{
  g_return_val_if_fail (LAB_IS_IMAGE_LIBRARY (self), NULL);

  return G_LIST_MODEL (self->folders);
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
  return lab_library_dup_own_folder ();
}
