/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sample labs: what there is, and a lab of one's own made from one. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "lab-file.h"
#include "lab-samples.h"

void
lab_sample_free (LabSample *self)
{
  g_free (self->path);
  g_free (self->title);
  g_free (self->summary);
  g_free (self);
}

/* --- the list --- */

static LabSample *
read_sample (const char *path)
{
  g_autoptr (LabTopology) topology = lab_file_load (path, NULL);
  LabSample *self;
  g_autofree char *devices = NULL;
  g_autofree char *links = NULL;
  guint n_devices;
  guint n_links;

  if (topology == NULL)
    return NULL;
  n_devices = g_list_model_get_n_items (lab_topology_get_nodes (topology));
  n_links = g_list_model_get_n_items (lab_topology_get_links (topology));
  devices = g_strdup_printf (ngettext ("%u device", "%u devices", n_devices), n_devices);
  links = g_strdup_printf (ngettext ("%u link", "%u links", n_links), n_links);
  self = g_new0 (LabSample, 1);
  self->path = g_strdup (path);
  self->title = g_strdup (lab_topology_get_name (topology));
  /* Translators: “12 devices, 14 links”. */
  self->summary = g_strdup_printf (_ ("%s, %s"), devices, links);

  return self;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const LabSample *const *one = a;
  const LabSample *const *other = b;

  return g_utf8_collate ((*one)->title, (*other)->title);
}

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_sample_free);
  g_autoptr (GDir) dir = g_dir_open (task_data, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (task_data, name, NULL);
      LabSample *sample = g_str_has_suffix (name, ".lab") ? read_sample (path) : NULL;

      if (sample != NULL)
        g_ptr_array_add (found, sample);
    }
  g_ptr_array_sort (found, compare);
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

void
lab_samples_list_async (const char *folder,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lab_samples_list_async);
  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, list_thread);
}

GPtrArray *
lab_samples_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- a copy --- */

static char *
with_new_uuid (const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *uuid = g_uuid_string_random ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, -1, error))
    return NULL;
  root = json_parser_get_root (parser);
  json_object_set_string_member (json_node_get_object (root), "uuid", uuid);
  json_generator_set_root (generator, root);

  return json_generator_to_data (generator, NULL);
}

static void
copy_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *path = task_data;
  GError *error = NULL;
  g_autoptr (LabTopology) topology = lab_file_load (path, &error);
  g_autofree char *text = NULL;
  g_autofree char *copy = NULL;
  LabTopology *made = NULL;

  if (topology != NULL)
    {
      text = lab_file_to_string (topology, NULL);
      copy = with_new_uuid (text, &error);
    }
  if (copy != NULL)
    made = lab_file_parse (copy, strlen (copy), path, &error);
  if (made != NULL)
    g_task_return_pointer (task, made, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
lab_sample_copy_async (const char *path,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lab_sample_copy_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, copy_thread);
}

LabSession *
lab_sample_copy_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (LabTopology) topology = NULL;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  topology = g_task_propagate_pointer (G_TASK (result), error);

  return topology != NULL ? lab_session_new (topology, NULL) : NULL;
}
