/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The folder with the user's own symbols. What cannot be read is left out with a message for
 * whoever looks at the log; a device that names it is drawn as unknown. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-symbol-art.h"
#include "lab-symbol-folder.h"
#include "lab-symbols.h"
#include "lab-types.h"

#define MAX_SYMBOLS 512
#define SETTLE_MS   200 /* a file is written in several steps */

struct _LabSymbolFolder
{
  GObject parent_instance;

  GFileMonitor *monitor;
  guint settle_id;
  gboolean reading;
  gboolean again;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_later (LabSymbolFolder *self);

G_DEFINE_FINAL_TYPE (LabSymbolFolder, lab_symbol_folder, G_TYPE_OBJECT)

static GFile *
get_folder (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "labwright", "symbols", NULL);
}

/* The file's name without its ending, or %NULL if it is no picture. */
static char *
symbol_name (const char *file_name)
{
  static const char *const endings[] = { ".svg", ".png" };
  g_autofree char *lower = g_ascii_strdown (file_name, -1);

  if (*file_name == '.' || !g_utf8_validate (file_name, -1, NULL))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return g_strndup (file_name, strlen (file_name) - strlen (endings[i]));

  return NULL;
}

/* At most LAB_SYMBOL_MAX_BYTES and one, so that lab_symbol_art_new() sees what is too much. */
static GBytes *
read_bytes (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *data = NULL;
  gsize length;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_IO, _ ("It is not a regular file."));
      return NULL;
    }
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  data = g_malloc (LAB_SYMBOL_MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, LAB_SYMBOL_MAX_BYTES + 1, &length,
                                cancellable, error))
    return NULL;

  return g_bytes_new (data, length);
}

/* One trial drawing, here in the thread: what is broken shows now and not on the canvas. */
static gboolean
can_be_drawn (LabSymbolArt *art)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 64, 64);
  cairo_t *cr = cairo_create (surface);
  gboolean drawn = lab_symbol_art_draw (art, cr, 0, 0, 64, 64);

  drawn = drawn && cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return drawn;
}

static LabSymbolArt *
read_art (GFile *file, GBytes **bytes_out, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = read_bytes (file, cancellable, error);
  g_autoptr (LabSymbolArt) art = bytes != NULL ? lab_symbol_art_new (bytes, error) : NULL;

  if (art == NULL)
    return NULL;
  if (!can_be_drawn (art))
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_INVALID, _ ("The picture cannot be drawn."));
      return NULL;
    }
  if (bytes_out != NULL)
    *bytes_out = g_steal_pointer (&bytes);

  return g_steal_pointer (&art);
}

static void
read_child (GHashTable *arts, GFile *child, const char *file_name)
{
  g_autofree char *name = symbol_name (file_name);
  g_autoptr (GError) error = NULL;
  LabSymbolArt *art;

  if (name == NULL || g_hash_table_contains (arts, name))
    return;
  art = read_art (child, NULL, NULL, &error);
  if (art == NULL)
    {
      g_message ("The symbol %s was left out: %s", file_name, error->message);
      return;
    }
  g_hash_table_insert (arts, g_steal_pointer (&name), art);
}

void
lab_symbol_folder_read (void)
{
  g_autoptr (GFile) folder = get_folder ();
  g_autoptr (GFileEnumerator) children = NULL;
  GHashTable *arts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lab_symbol_art_free);
  GFileInfo *info;
  GFile *child;

  children = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                        G_FILE_QUERY_INFO_NONE, NULL, NULL);
  while (children != NULL && g_hash_table_size (arts) < MAX_SYMBOLS &&
         g_file_enumerator_iterate (children, &info, &child, NULL, NULL) && info != NULL)
    read_child (arts, child, g_file_info_get_name (info));
  lab_symbols_take_own (arts);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  lab_symbol_folder_read ();
  g_task_return_boolean (task, TRUE);
}

static void
read_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LabSymbolFolder *self = LAB_SYMBOL_FOLDER (source);

  self->reading = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->again)
    read_later (self);
}

static void
read_now (LabSymbolFolder *self)
{
  g_autoptr (GTask) task = NULL;

  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  task = g_task_new (self, NULL, read_ready_cb, NULL);
  g_task_run_in_thread (task, read_thread);
}

static gboolean
settled_cb (gpointer data)
{
  LabSymbolFolder *self = data;

  self->settle_id = 0;
  read_now (self);

  return G_SOURCE_REMOVE;
}

static void
read_later (LabSymbolFolder *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
lab_symbol_folder_dispose (GObject *object)
{
  LabSymbolFolder *self = LAB_SYMBOL_FOLDER (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (lab_symbol_folder_parent_class)->dispose (object);
}

static void
lab_symbol_folder_class_init (LabSymbolFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_symbol_folder_dispose;

  /**
   * LabSymbolFolder::changed:
   *
   * The symbols were read anew.
   */
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_SYMBOL_FOLDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lab_symbol_folder_init (LabSymbolFolder *self)
{
  g_autoptr (GFile) folder = get_folder ();

  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (read_later), self,
                             G_CONNECT_SWAPPED);
  read_now (self);
}

LabSymbolFolder *
lab_symbol_folder_get_default (void)
{
  static LabSymbolFolder *folder;

  if (folder == NULL)
    folder = g_object_new (LAB_TYPE_SYMBOL_FOLDER, NULL);

  return folder;
}

static void
add_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GFile *file = data;
  g_autoptr (GFile) folder = get_folder ();
  g_autoptr (GFile) target = NULL;
  g_autoptr (LabSymbolArt) art = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = symbol_name (base);

  if (name == NULL || *name == '\0')
    {
      g_task_return_new_error (task, LAB_ERROR, LAB_ERROR_INVALID,
                               _ ("%s is not a symbol: its name ends neither in .svg nor in .png."),
                               base);
      return;
    }
  art = read_art (file, &bytes, cancellable, &error);
  if (art == NULL)
    {
      g_task_return_new_error (task, LAB_ERROR, LAB_ERROR_INVALID, _ ("%s cannot be a symbol. %s"),
                               base, error->message);
      return;
    }
  target = g_file_get_child (folder, base);
  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  if (!g_file_replace_contents (target, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  lab_symbol_folder_read ();
  g_task_return_pointer (task, g_steal_pointer (&name), g_free);
}

void
lab_symbol_folder_add_async (LabSymbolFolder *self,
                             GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LAB_IS_SYMBOL_FOLDER (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lab_symbol_folder_add_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, add_thread);
}

char *
lab_symbol_folder_add_finish (LabSymbolFolder *self, GAsyncResult *result, GError **error)
{
  char *name;

  g_return_val_if_fail (LAB_IS_SYMBOL_FOLDER (self), NULL);

  name = g_task_propagate_pointer (G_TASK (result), error);
  if (name != NULL)
    g_signal_emit (self, signals[CHANGED], 0);

  return name;
}
