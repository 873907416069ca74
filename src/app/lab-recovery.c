/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding recovery copies. Writing them: lab-recovery-writer.c. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab-client-paths.h"
#include "lab-recovery-files.h"

#define MAX_DESCRIPTION (64 * 1024)
#define UUID_LENGTH     36

struct _LabRecovery
{
  grefcount references;
  char *base;
  char *copy_path;
  char *path; /* (nullable) */
  char *uuid;
  char *title;
  gint64 time;
  LabStamp stamp;
};

G_DEFINE_BOXED_TYPE (LabRecovery, lab_recovery, lab_recovery_ref, lab_recovery_unref)

LabRecovery *
lab_recovery_ref (LabRecovery *self)
{
  g_ref_count_inc (&self->references);

  return self;
}

void
lab_recovery_unref (LabRecovery *self)
{
  if (!g_ref_count_dec (&self->references))
    return;
  g_free (self->base);
  g_free (self->copy_path);
  g_free (self->path);
  g_free (self->uuid);
  g_free (self->title);
  g_free (self);
}

/* --- files --- */

char *
lab_recovery_folder (void)
{
  g_autofree char *state = lab_client_state_dir ();

  return g_build_filename (state, "recovery", NULL);
}

char *
lab_recovery_file (const char *base, const char *extension)
{
  g_autofree char *folder = lab_recovery_folder ();
  g_autofree char *name = g_strconcat (base, ".", extension, NULL);

  return g_build_filename (folder, name, NULL);
}

/* The lock file is removed by who holds the lock: a lock on a file that is no longer there is none.
 */
static gboolean
is_current (int fd, const char *path)
{
  struct stat ours;
  struct stat there;

  return fstat (fd, &ours) == 0 && stat (path, &there) == 0 && ours.st_ino == there.st_ino &&
         ours.st_dev == there.st_dev;
}

int
lab_recovery_lock (const char *base)
{
  g_autofree char *path = lab_recovery_file (base, "lock");

  for (;;)
    {
      int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

      if (fd < 0)
        return -1;
      if (flock (fd, LOCK_EX | LOCK_NB) == 0 && is_current (fd, path))
        return fd;
      if (is_current (fd, path))
        {
          close (fd);
          return -1;
        }
      close (fd);
    }
}

void
lab_recovery_remove (const char *base)
{
  static const char *const extensions[] = { "json", "lab", "lock" };

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autofree char *path = lab_recovery_file (base, extensions[i]);

      g_unlink (path);
    }
}

static void
add_int (JsonObject *object, const char *key, guint64 value)
{
  json_object_set_int_member (object, key, (gint64) value);
}

char *
lab_recovery_describe (const char *uuid, const char *path, const LabStamp *stamp, const char *title)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;

  json_object_set_string_member (object, "uuid", uuid);
  json_object_set_string_member (object, "title", title);
  if (uri != NULL)
    json_object_set_string_member (object, "uri", uri);
  add_int (object, "device", stamp->device);
  add_int (object, "inode", stamp->inode);
  add_int (object, "size", (guint64) stamp->size);
  add_int (object, "mtime", (guint64) stamp->mtime);

  return json_to_string (root, TRUE);
}

/* --- finding --- */

static gint64
get_int (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

static const char *
get_string (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonNode *
read_description (const char *base)
{
  g_autofree char *path = lab_recovery_file (base, "json");
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL) || length > MAX_DESCRIPTION)
    return NULL;

  return json_from_string (text, NULL);
}

/* Without its description a copy is still a copy. */
static void
take_description (LabRecovery *self)
{
  g_autoptr (JsonNode) root = read_description (self->base);
  JsonObject *object;
  const char *uri;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  object = json_node_get_object (root);
  uri = get_string (object, "uri");
  if (uri != NULL)
    self->path = g_filename_from_uri (uri, NULL, NULL);
  self->title = g_strdup (get_string (object, "title"));
  self->stamp.device = (guint64) get_int (object, "device");
  self->stamp.inode = (guint64) get_int (object, "inode");
  self->stamp.size = get_int (object, "size");
  self->stamp.mtime = get_int (object, "mtime");
}

static LabRecovery *
open_copy (const char *base)
{
  g_autofree char *copy_path = lab_recovery_file (base, "lab");
  LabRecovery *self;
  struct stat st;

  if (stat (copy_path, &st) != 0 || !S_ISREG (st.st_mode))
    return NULL;
  self = g_new0 (LabRecovery, 1);
  g_ref_count_init (&self->references);
  self->base = g_strdup (base);
  self->copy_path = g_steal_pointer (&copy_path);
  self->uuid = g_strndup (base, UUID_LENGTH);
  self->time = st.st_mtim.tv_sec;
  take_description (self);
  if (self->title == NULL)
    self->title = g_strdup ("");

  return self;
}

/* "UUID.lab", "UUID.2.lab": the name without ".lab"; NULL for any other. */
static char *
base_of (const char *name, const char *uuid)
{
  g_autofree char *start = g_strndup (name, UUID_LENGTH);
  const char *rest;

  if (strlen (name) <= UUID_LENGTH || !lab_client_is_uuid (start) ||
      (uuid != NULL && !g_str_equal (start, uuid)))
    return NULL;
  rest = name + UUID_LENGTH;
  if (rest[0] == '.' && g_ascii_isdigit (rest[1]))
    for (rest++; g_ascii_isdigit (*rest); rest++)
      ;

  return g_str_equal (rest, ".lab") ? g_strndup (name, strlen (name) - strlen (".lab")) : NULL;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const LabRecovery *first = *(LabRecovery *const *) a;
  const LabRecovery *second = *(LabRecovery *const *) b;

  if (first->time != second->time)
    return first->time > second->time ? -1 : 1;

  return strcmp (first->base, second->base);
}

static void
add_copy (GPtrArray *copies, const char *base)
{
  int fd = lab_recovery_lock (base);
  LabRecovery *copy;

  if (fd < 0)
    return;
  copy = open_copy (base);
  if (copy != NULL)
    g_ptr_array_add (copies, copy);
  close (fd);
}

GPtrArray *
lab_recovery_list (const char *uuid)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_recovery_unref);
  g_autofree char *folder = lab_recovery_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *base = base_of (name, uuid);

      if (base != NULL)
        add_copy (copies, base);
    }
  g_ptr_array_sort (copies, compare_times);

  return copies;
}

static void
list_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, lab_recovery_list (task_data), (GDestroyNotify) g_ptr_array_unref);
}

void
lab_recovery_list_async (const char *uuid,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lab_recovery_list_async);
  g_task_set_task_data (task, g_strdup (uuid), g_free);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
lab_recovery_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
discard_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LabRecovery *self = task_data;
  int fd = lab_recovery_lock (self->base);

  if (fd >= 0)
    {
      lab_recovery_remove (self->base);
      close (fd);
    }
  g_task_return_boolean (task, TRUE);
}

void
lab_recovery_discard (LabRecovery *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self != NULL);

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, lab_recovery_discard);
  g_task_set_task_data (task, lab_recovery_ref (self), (GDestroyNotify) lab_recovery_unref);
  g_task_run_in_thread (task, discard_in_thread);
}

const char *
lab_recovery_get_copy_path (LabRecovery *self)
{
  return self->copy_path;
}

const char *
lab_recovery_get_path (LabRecovery *self)
{
  return self->path;
}

const char *
lab_recovery_get_uuid (LabRecovery *self)
{
  return self->uuid;
}

const char *
lab_recovery_get_title (LabRecovery *self)
{
  return self->title;
}

const LabStamp *
lab_recovery_get_stamp (LabRecovery *self)
{
  return &self->stamp;
}

gint64
lab_recovery_get_time (LabRecovery *self)
{
  return self->time;
}
