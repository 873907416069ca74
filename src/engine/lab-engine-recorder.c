/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The flight recorder: how much of each link the relay keeps follows from the document. Saving
 * gives the relay the names that people know the ports by, and is answered when the file is whole.
 */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lab-engine-private.h"
#include "lab-engine-record.h"

#define MEGABYTE 1000000u

typedef struct
{
  LabEngine *engine;
  LabEngineAnswer done;
  gpointer user_data;
  GVariantBuilder builder; /* of a list */
} Call;

/* --- on and off --- */

void
lab_engine_sync_recorder (LabEngine *self)
{
  guint wanted = self->topology != NULL ? lab_topology_get_recorder (self->topology) : 0;
  g_autofree char *command = NULL;

  if (wanted == self->told_recorder)
    return;
  self->told_recorder = wanted;
  command = wanted > 0 ? g_strdup_printf ("record on size=%u", wanted * MEGABYTE)
                       : g_strdup ("record off");
  lab_relay_send (self->context.relay, command, NULL, NULL);
  lab_engine_touch_facts (self);
}

/* --- save --- */

static void
fail (
    LabEngine *self, LabEngineAnswer done, gpointer user_data, const char *format, const char *what)
{
  g_autoptr (GError) error = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  error = g_error_new (LAB_BUS_ERROR, LAB_BUS_ERROR_FAILED, format, what);
#pragma GCC diagnostic pop
  done (self, NULL, error, user_data);
}

static void
save_over (LabEngine *self, const char *name, guint64 frames, const char *reason)
{
  g_autofree char *key = NULL;
  Call *call = NULL;

  if (self->saves == NULL ||
      !g_hash_table_steal_extended (self->saves, name, (gpointer *) &key, (gpointer *) &call))
    return;
  if (reason == NULL)
    call->done (self, g_variant_new ("(t)", frames), NULL, call->user_data);
  else
    fail (self, call->done, call->user_data, _ ("What just happened cannot be saved: %s."), reason);
  g_free (call);
}

/* "NAME frames=N" or "NAME REASON" */
void
lab_engine_recorder_said (LabEngine *self, const char *text, gboolean saved)
{
  g_autofree char *name = g_strndup (text, strcspn (text, " "));
  const char *rest = text + strlen (name);

  if (saved)
    save_over (self, name,
               g_ascii_strtoull (rest + strcspn (rest, "=") + (*rest != '\0'), NULL, 10), NULL);
  else
    save_over (self, name, 0, *rest != '\0' ? rest + 1 : rest);
}

void
lab_engine_recorder_lost (LabEngine *self)
{
  g_autofree gpointer *names = NULL;

  if (self->saves == NULL)
    return;
  names = g_hash_table_get_keys_as_array (self->saves, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup (names[i]);

      save_over (self, name, 0, _ ("The relay ended."));
    }
}

typedef struct
{
  LabEngine *engine;
  char *name;
} Save;

static void
save_begun (LabRelayAnswer result, const char *text, gpointer user_data)
{
  Save *save = user_data;

  if (result != LAB_RELAY_OK)
    save_over (save->engine, save->name, 0, text);
  g_free (save->name);
  g_free (save);
}

static void
flush_titles (LabEngine *self, GString *command)
{
  if (command->len == 0)
    return;
  g_string_prepend (command, "record title");
  lab_relay_send (self->context.relay, command->str, NULL, NULL);
  g_string_truncate (command, 0);
}

/* What ends are called. A link that is not there (yet) has no record; that costs the rest of its
 * line, so each line is one link's. */
static void
send_titles (LabEngine *self)
{
  GListModel *links = lab_topology_get_links (self->topology);

  for (guint i = 0; i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);
      g_autoptr (GString) command = g_string_new (NULL);

      for (guint end = 0; end < 2; end++)
        {
          const char *node = lab_link_get_node_name (link, end);
          const char *port = lab_link_get_port_name (link, end);
          g_autofree char *word = lab_engine_dup_end (self, node, port, NULL);
          g_autofree char *title = g_strdup_printf ("%s %s", node, port);
          g_autofree char *escaped = g_uri_escape_string (title, "/", FALSE);

          if (word != NULL)
            g_string_append_printf (command, " %s=%s", word, escaped);
        }
      flush_titles (self, command);
    }
}

static char *
build_save (LabEngine *self, GVariant *ports, const char *name, const char *file, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (file, "/", FALSE);
  g_autoptr (GString) command = g_string_new (NULL);
  const char *node;
  const char *port;
  GVariantIter iter;

  g_string_printf (command, "record save %s file=%s", name, escaped);
  g_variant_iter_init (&iter, ports);
  while (g_variant_iter_next (&iter, "(&s&s)", &node, &port))
    {
      g_autofree char *end = lab_engine_dup_end (self, node, port, error);

      if (end == NULL)
        return NULL;
      g_string_append_printf (command, " %s", end);
    }
  return g_string_free (g_steal_pointer (&command), FALSE);
}

void
lab_engine_save_recording (
    LabEngine *self, GVariant *ports, const char *file, LabEngineAnswer done, gpointer user_data)
{
  static guint last;
  g_autofree char *name = g_strdup_printf ("s%u", ++last);
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  Call *call;
  Save *save;

  if (self->topology == NULL || self->told_recorder == 0)
    {
      fail (self, done, user_data, "%s",
            _ ("The flight recorder of this lab is off, so nothing was kept. Switch it on first."));
      return;
    }
  if (!g_path_is_absolute (file))
    {
      fail (self, done, user_data, "%s", _ ("A recording needs a file, with its whole path."));
      return;
    }
  command = build_save (self, ports, name, file, &error);
  if (command == NULL)
    {
      done (self, NULL, error, user_data);
      return;
    }
  if (self->saves == NULL)
    self->saves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  call = g_new0 (Call, 1);
  call->done = done;
  call->user_data = user_data;
  g_hash_table_insert (self->saves, g_strdup (name), call);
  send_titles (self);
  save = g_new0 (Save, 1);
  save->engine = self;
  save->name = g_strdup (name);
  lab_relay_send (self->context.relay, command, save_begun, save);
}

/* --- list --- */

/* "7:0/1" and "n12:3" as people know them. */
static gboolean
find_port (LabEngine *self, const char *end, const char **node_name, LabPort *port)
{
  gboolean inside = *end == 'n';
  char *rest;
  guint id = (guint) g_ascii_strtoull (end + inside, &rest, 10);
  guint first = *rest == ':' ? (guint) g_ascii_strtoull (rest + 1, &rest, 10) : 0;
  guint second = *rest == '/' ? (guint) g_ascii_strtoull (rest + 1, &rest, 10) : 0;
  LabNode *node = lab_topology_find_node_by_id (self->topology, id);

  for (guint i = 0; node != NULL && lab_node_get_port (node, i, port); i++)
    if (inside ? port->unit == first : port->bay == first && port->unit == second)
      {
        *node_name = lab_node_get_name (node);
        return TRUE;
      }
  return FALSE;
}

static void
list_line (const char *line, gpointer user_data)
{
  Call *call = user_data;
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  GVariantDict dict;

  if (g_strv_length (words) < 3)
    return;
  g_variant_dict_init (&dict, NULL);
  for (guint i = 0; i < 2; i++)
    {
      const char *node = words[i];
      LabPort port = { .name = "" };

      find_port (call->engine, words[i], &node, &port);
      g_variant_dict_insert (&dict, i == 0 ? "a" : "b", "(ss)", node, port.name);
    }
  for (guint i = 2; words[i] != NULL; i++)
    {
      char *value = strchr (words[i], '=');

      if (value == NULL)
        continue;
      *value++ = '\0';
      if (g_str_equal (words[i], "state"))
        g_variant_dict_insert (&dict, words[i], "s", value);
      else
        g_variant_dict_insert (&dict, words[i], "t", g_ascii_strtoull (value, NULL, 10));
    }
  g_variant_builder_add_value (&call->builder, g_variant_dict_end (&dict));
}

static void
listed (LabRelayAnswer result, const char *text, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_builder_end (&call->builder));

  if (result == LAB_RELAY_OK)
    call->done (call->engine, g_variant_new ("(@aa{sv})", value), NULL, call->user_data);
  else
    fail (call->engine, call->done, call->user_data, "%s", text);
  g_free (call);
}

void
lab_engine_list_recordings (LabEngine *self, LabEngineAnswer done, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->engine = self;
  call->done = done;
  call->user_data = user_data;
  g_variant_builder_init (&call->builder, G_VARIANT_TYPE ("aa{sv}"));
  if (self->topology == NULL)
    {
      listed (LAB_RELAY_OK, "", call);
      return;
    }
  lab_relay_ask (self->context.relay, "list recordings", list_line, listed, call);
}
