/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * The relay captures; the engine gives the captures names, remembers what they are of, and looks at
 * their counts once a second while there are any. The relay tells at once of one that failed or is
 * over. A capture ends with the relay: then its file is whole up to there, and the engine says so.
 *
 * Stopping is answered when the file is complete. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lab-engine-private.h"
#include "lab-engine-record.h"

#define LOOK_SECONDS 1
#define MAX_COMMAND  4000
#define MAX_KEPT     64 /* captures that failed and that nobody has taken away */

typedef struct
{
  LabEngine *engine;
  char *name;
  GVariant *ports; /* a(ss) */
  char *file;
  char *filter;
  char *reason; /* (nullable) why it failed */
  guint64 frames;
  guint64 dropped;
  guint64 bytes;
  gboolean running; /* the relay has it */
  gboolean seen;    /* in the list that is being read */
  gboolean stopping;
  LabEngineAnswer done; /* (nullable) of the start or the stop that goes on */
  gpointer done_data;
} Capture;

struct _LabCaptures
{
  GPtrArray *list; /* of Capture */
  guint last;      /* number in a name */
  guint timer;
};

static void
capture_free (Capture *self)
{
  g_free (self->name);
  g_clear_pointer (&self->ports, g_variant_unref);
  g_free (self->file);
  g_free (self->filter);
  g_free (self->reason);
  g_free (self);
}

static LabCaptures *
get_captures (LabEngine *self)
{
  if (self->captures == NULL)
    {
      self->captures = g_new0 (LabCaptures, 1);
      self->captures->list = g_ptr_array_new_with_free_func ((GDestroyNotify) capture_free);
    }
  return self->captures;
}

static Capture *
find_capture (LabEngine *self, const char *name)
{
  LabCaptures *captures = get_captures (self);

  for (guint i = 0; i < captures->list->len; i++)
    {
      Capture *capture = captures->list->pdata[i];

      if (g_str_equal (capture->name, name))
        return capture;
    }
  return NULL;
}

static void
answer (Capture *capture, GVariant *value, const GError *error)
{
  LabEngineAnswer done = capture->done;

  capture->done = NULL;
  if (done != NULL)
    done (capture->engine, value, error, capture->done_data);
  else if (value != NULL)
    g_variant_unref (g_variant_ref_sink (value));
}

static void
answer_failure (LabEngine *self, LabEngineAnswer done, gpointer user_data, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (LAB_BUS_ERROR, LAB_BUS_ERROR_FAILED, message);

  done (self, NULL, error, user_data);
}

static void
answer_stop (Capture *capture)
{
  answer (capture,
          g_variant_new ("(tts)", capture->frames, capture->dropped,
                         capture->reason != NULL ? capture->reason : ""),
          NULL);
}

static void
remove_capture (Capture *capture)
{
  LabEngine *self = capture->engine;

  g_ptr_array_remove (self->captures->list, capture);
  lab_engine_touch_facts (self);
}

/* --- how they are --- */

static void
take_value (const char *line, const char *key, guint64 *value, gboolean *changed)
{
  const char *found = strstr (line, key);
  guint64 number = found != NULL ? g_ascii_strtoull (found + strlen (key), NULL, 10) : *value;

  *changed |= number != *value;
  *value = number;
}

static void
list_line (const char *line, gpointer user_data)
{
  LabEngine *self = user_data;
  g_autofree char *name = g_strndup (line, strcspn (line, " "));
  Capture *capture = find_capture (self, name);
  const char *reason = strstr (line, " reason=");
  gboolean changed = FALSE;

  if (capture == NULL)
    return;
  capture->seen = TRUE;
  take_value (line, " frames=", &capture->frames, &changed);
  take_value (line, " dropped=", &capture->dropped, &changed);
  if (reason == NULL)
    take_value (line, " bytes=", &capture->bytes, &changed);
  else if (capture->reason == NULL)
    {
      capture->reason = g_strdup (reason + strlen (" reason="));
      g_message ("capture %s: %s", capture->file, capture->reason);
      changed = TRUE;
    }
  if (changed)
    lab_engine_touch_facts (self);
}

static gboolean look_cb (gpointer user_data);

/* One that the relay does not have any more is over: it was stopped, or who read its pipe has seen
 * enough. */
static void
listed (LabRelayAnswer result, const char *text, gpointer user_data)
{
  LabEngine *self = user_data;
  gboolean any = FALSE;

  if (result != LAB_RELAY_OK || self->captures == NULL)
    return;
  for (guint i = self->captures->list->len; i-- > 0;)
    {
      Capture *capture = self->captures->list->pdata[i];

      if (capture->running && !capture->seen)
        {
          answer_stop (capture);
          remove_capture (capture);
        }
      else
        any |= capture->running;
    }
  if (any && self->captures->timer == 0)
    self->captures->timer = g_timeout_add_seconds (LOOK_SECONDS, look_cb, self);
}

static void
look (LabEngine *self)
{
  for (guint i = 0; i < self->captures->list->len; i++)
    ((Capture *) self->captures->list->pdata[i])->seen = FALSE;
  lab_relay_ask (self->context.relay, "list captures", list_line, listed, self);
}

static gboolean
look_cb (gpointer user_data)
{
  LabEngine *self = user_data;

  self->captures->timer = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

void
lab_engine_captures_said (LabEngine *self)
{
  if (self->captures != NULL && self->captures->list->len > 0)
    look (self);
}

void
lab_engine_captures_lost (LabEngine *self)
{
  for (guint i = 0; self->captures != NULL && i < self->captures->list->len; i++)
    {
      Capture *capture = self->captures->list->pdata[i];

      if (!capture->running)
        continue;
      capture->running = FALSE;
      if (capture->reason == NULL)
        capture->reason = g_strdup (_ ("The relay ended."));
      lab_engine_touch_facts (self);
    }
}

static GVariant *
build_capture (const Capture *capture)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "name", "s", capture->name);
  g_variant_dict_insert_value (&dict, "ports", capture->ports);
  g_variant_dict_insert (&dict, "file", "s", capture->file);
  g_variant_dict_insert (&dict, "filter", "s", capture->filter != NULL ? capture->filter : "");
  g_variant_dict_insert (&dict, "state", "s", capture->reason != NULL ? "failed" : "running");
  g_variant_dict_insert (&dict, "reason", "s", capture->reason != NULL ? capture->reason : "");
  g_variant_dict_insert (&dict, "frames", "t", capture->frames);
  g_variant_dict_insert (&dict, "dropped", "t", capture->dropped);
  g_variant_dict_insert (&dict, "bytes", "t", capture->bytes);
  return g_variant_dict_end (&dict);
}

GVariant *
lab_engine_build_captures (LabEngine *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; self->captures != NULL && i < self->captures->list->len; i++)
    {
      Capture *capture = self->captures->list->pdata[i];

      if (capture->running || capture->reason != NULL)
        g_variant_builder_add_value (&builder, build_capture (capture));
    }
  return g_variant_builder_end (&builder);
}

/* --- start --- */

char *
lab_engine_dup_end (LabEngine *self, const char *node_name, const char *port_name, GError **error)
{
  LabNode *node =
      self->topology != NULL ? lab_topology_find_node (self->topology, node_name) : NULL;
  LabPort port;

  if (node == NULL || !lab_node_find_port (node, port_name, &port))
    {
      g_set_error (error, LAB_BUS_ERROR, LAB_BUS_ERROR_UNKNOWN_NODE,
                   _ ("The lab has no port %s %s."), node_name, port_name);
      return NULL;
    }
  if (lab_node_get_kind (node) == LAB_NODE_IOU)
    return g_strdup_printf ("%u:%u/%u", lab_node_get_id (node), port.bay, port.unit);
  return g_strdup_printf ("n%u:%u", lab_node_get_id (node), port.unit);
}

static gboolean
add_ports (LabEngine *self, GVariant *ports, GString *command, GError **error)
{
  const char *node;
  const char *port;
  GVariantIter iter;

  g_variant_iter_init (&iter, ports);
  while (g_variant_iter_next (&iter, "(&s&s)", &node, &port))
    {
      g_autofree char *end = lab_engine_dup_end (self, node, port, error);
      g_autofree char *title = g_strdup_printf ("%s %s", node, port);
      g_autofree char *escaped = g_uri_escape_string (title, "/", FALSE);

      if (end == NULL)
        return FALSE;
      g_string_append_printf (command, " %s=%s", end, escaped);
    }
  return TRUE;
}

static void
add_numbers (GVariantDict *options, GString *command)
{
  static const char *const keys[] = { "size", "seconds", "files", "snap" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      guint64 number = 0;

      if (g_variant_dict_lookup (options, keys[i], "t", &number) && number > 0)
        g_string_append_printf (command, " %s=%" G_GUINT64_FORMAT, keys[i], number);
    }
}

static gboolean
build_command (
    LabEngine *self, Capture *capture, GVariantDict *options, GString *command, GError **error)
{
  g_autofree char *file = g_uri_escape_string (capture->file, "/", FALSE);
  const char *kind = NULL;

  g_string_append_printf (command, "capture add %s file=%s", capture->name, file);
  add_numbers (options, command);
  if (g_variant_dict_lookup (options, "encapsulation", "&s", &kind) && *kind != '\0')
    {
      g_autofree char *escaped = g_uri_escape_string (kind, NULL, FALSE);

      g_string_append_printf (command, " encapsulation=%s", escaped);
    }
  if (!add_ports (self, capture->ports, command, error))
    return FALSE;
  if (capture->filter != NULL)
    g_string_append_printf (command, " filter=%s", capture->filter);
  if (command->len <= MAX_COMMAND)
    return TRUE;
  g_set_error_literal (error, LAB_BUS_ERROR, LAB_BUS_ERROR_FAILED,
                       _ ("These are too many ports for one capture; choose fewer links."));
  return FALSE;
}

static void
started (LabRelayAnswer result, const char *text, gpointer user_data)
{
  Capture *capture = user_data;
  g_autoptr (GError) error = NULL;

  if (result == LAB_RELAY_OK)
    {
      capture->running = TRUE;
      answer (capture, g_variant_new ("(s)", capture->name), NULL);
      lab_engine_touch_facts (capture->engine);
      look (capture->engine);
      return;
    }
  g_set_error (&error, LAB_BUS_ERROR, LAB_BUS_ERROR_FAILED, _ ("The capture cannot begin: %s."),
               text);
  answer (capture, NULL, error);
  remove_capture (capture);
}

static void
forget_failed (LabCaptures *captures)
{
  guint kept = 0;

  for (guint i = captures->list->len; i-- > 0;)
    {
      Capture *capture = captures->list->pdata[i];

      if (!capture->running && capture->reason != NULL && ++kept > MAX_KEPT)
        g_ptr_array_remove_index (captures->list, i);
    }
}

static Capture *
capture_new (LabEngine *self, GVariantDict *options)
{
  LabCaptures *captures = get_captures (self);
  Capture *capture = g_new0 (Capture, 1);

  capture->engine = self;
  capture->name = g_strdup_printf ("c%u", ++captures->last);
  capture->ports = g_variant_dict_lookup_value (options, "ports", G_VARIANT_TYPE ("a(ss)"));
  g_variant_dict_lookup (options, "file", "s", &capture->file);
  g_variant_dict_lookup (options, "filter", "s", &capture->filter);
  if (capture->filter != NULL &&
      *g_strstrip (g_strdelimit (capture->filter, "\r\n\t", ' ')) == '\0')
    g_clear_pointer (&capture->filter, g_free);
  return capture;
}

void
lab_engine_start_capture (LabEngine *self,
                          GVariant *options,
                          LabEngineAnswer done,
                          gpointer user_data)
{
  g_autoptr (GString) command = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (options);
  Capture *capture = capture_new (self, &dict);

  if (capture->ports == NULL || g_variant_n_children (capture->ports) == 0)
    g_set_error_literal (&error, LAB_BUS_ERROR, LAB_BUS_ERROR_FAILED,
                         _ ("A capture needs a port."));
  else if (capture->file == NULL || !g_path_is_absolute (capture->file))
    g_set_error_literal (&error, LAB_BUS_ERROR, LAB_BUS_ERROR_FAILED,
                         _ ("A capture needs a file, with its whole path."));
  if (error != NULL || !build_command (self, capture, &dict, command, &error))
    {
      done (self, NULL, error, user_data);
      capture_free (capture);
      return;
    }
  capture->done = done;
  capture->done_data = user_data;
  forget_failed (self->captures);
  g_ptr_array_add (self->captures->list, capture);
  lab_relay_send (self->context.relay, command->str, started, capture);
}

/* --- stop --- */

/* The relay still writes; it tells when it is done. One that had failed is gone already. */
static void
removed (LabRelayAnswer result, const char *text, gpointer user_data)
{
  LabEngine *self = user_data;

  if (self->captures != NULL)
    look (self);
}

void
lab_engine_stop_capture (LabEngine *self,
                         const char *name,
                         LabEngineAnswer done,
                         gpointer user_data)
{
  Capture *capture = find_capture (self, name);
  g_autofree char *command = NULL;

  if (capture == NULL || capture->done != NULL)
    {
      answer_failure (self, done, user_data,
                      capture == NULL ? _ ("There is no such capture; it is over.")
                                      : _ ("This capture is being started or stopped."));
      return;
    }
  capture->done = done;
  capture->done_data = user_data;
  if (!capture->running)
    {
      answer_stop (capture);
      remove_capture (capture);
      return;
    }
  capture->stopping = TRUE;
  look (self); /* the last counts */
  command = g_strdup_printf ("capture remove %s", name);
  lab_relay_send (self->context.relay, command, removed, self);
}

void
lab_engine_clear_captures (LabEngine *self)
{
  if (self->captures == NULL)
    return;
  g_clear_handle_id (&self->captures->timer, g_source_remove);
  g_ptr_array_unref (self->captures->list);
  g_clear_pointer (&self->captures, g_free);
}
