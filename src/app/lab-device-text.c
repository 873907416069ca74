/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Circuits, forwarded ports and Frame Relay ports as text, for the entries of the inspector. */

#define G_LOG_DOMAIN "labwright"

#include "config.h"

#include <string.h>

#include "lab-device-text.h"

#define MAX_DIGITS 9

char *
lab_device_text_from_pvcs (LabNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LabPvc pvc;

  for (guint i = 0; lab_node_get_pvc (node, i, &pvc); i++)
    g_string_append_printf (text, "%ss%u:%u s%u:%u", i > 0 ? ", " : "", pvc.port[0], pvc.dlci[0],
                            pvc.port[1], pvc.dlci[1]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
lab_device_text_from_frame_relay (LabNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LabFrameRelay line;

  for (guint i = 0; lab_node_get_frame_relay (node, i, &line); i++)
    {
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", line.port.name);
      if (!g_str_equal (line.lmi, "auto"))
        g_string_append_printf (text, " %s", line.lmi);
      if (!g_str_equal (line.encapsulation, "cisco"))
        g_string_append_printf (text, " %s", line.encapsulation);
      for (guint k = 0; k < line.dlcis->len; k++)
        g_string_append_printf (text, " %u", g_array_index (line.dlcis, guint, k));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
lab_device_text_from_forwards (LabNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LabForward forward;

  for (guint i = 0; lab_node_get_forward (node, i, &forward); i++)
    g_string_append_printf (text, "%s%s %u %s:%u", i > 0 ? ", " : "", forward.udp ? "udp" : "tcp",
                            forward.host_port, forward.guest, forward.guest_port);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A number if it is one. */
static void
set_value (JsonObject *object, const char *key, const char *word)
{
  if (word == NULL || *word == '\0')
    return;
  if (strspn (word, "0123456789") == strlen (word) && strlen (word) <= MAX_DIGITS)
    json_object_set_int_member (object, key, g_ascii_strtoll (word, NULL, 10));
  else
    json_object_set_string_member (object, key, word);
}

/* "s0:102" */
static void
set_end (JsonObject *object, const char *key, const char *word)
{
  g_auto (GStrv) parts = NULL;
  JsonObject *end;

  if (word == NULL)
    return;
  parts = g_strsplit (word, ":", 2);
  end = json_object_new ();
  if (parts[0] != NULL && *parts[0] != '\0')
    json_object_set_string_member (end, "port", parts[0]);
  set_value (end, "dlci", parts[0] != NULL ? parts[1] : NULL);
  json_object_set_object_member (object, key, end);
}

static JsonObject *
map_from_words (char **words)
{
  JsonObject *map = json_object_new ();

  set_end (map, "a", words[0]);
  set_end (map, "b", words[0] != NULL ? words[1] : NULL);

  return map;
}

/* "tcp 8022 10.0.2.15:22", "8022 22" */
static JsonObject *
forward_from_words (char **words)
{
  JsonObject *forward = json_object_new ();
  const char *colon = NULL;

  if (words[0] != NULL && g_ascii_isalpha (words[0][0]))
    {
      g_autofree char *protocol = g_ascii_strdown (words[0], -1);

      json_object_set_string_member (forward, "proto", protocol);
      words++;
    }
  set_value (forward, "host-port", words[0]);
  if (words[0] == NULL || words[1] == NULL)
    return forward;
  colon = strchr (words[1], ':');
  if (colon != NULL)
    {
      g_autofree char *guest = g_strndup (words[1], (gsize) (colon - words[1]));

      json_object_set_string_member (forward, "guest", guest);
    }
  set_value (forward, "guest-port", colon != NULL ? colon + 1 : words[1]);

  return forward;
}

/* A number is a DLCI; “cisco” is the LMI, since it is the encapsulation that need not be said. */
static void
add_word (JsonObject *line, JsonArray *dlcis, const char *word)
{
  g_autofree char *lower = g_ascii_strdown (word, -1);

  if (g_ascii_isdigit (*word) && strspn (word, "0123456789") == strlen (word) &&
      strlen (word) <= MAX_DIGITS)
    json_array_add_int_element (dlcis, g_ascii_strtoll (word, NULL, 10));
  else
    json_object_set_string_member (line, g_str_equal (lower, "ietf") ? "encapsulation" : "lmi",
                                   lower);
}

/* "s1/0 ansi 102 103" */
static JsonObject *
frame_relay_from_words (char **words)
{
  JsonObject *line = json_object_new ();
  JsonArray *dlcis = json_array_new ();

  json_object_set_string_member (line, "port", words[0]);
  for (guint i = 1; words[i] != NULL; i++)
    add_word (line, dlcis, words[i]);
  json_object_set_array_member (line, "dlcis", dlcis);

  return line;
}

/* The words of one entry, without the empty ones that blanks in a row make. */
static char **
split_words (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

static JsonNode *
list_from_text (const char *text, JsonObject *(*make) (char **words))
{
  g_auto (GStrv) entries = g_strsplit (text, ",", -1);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_auto (GStrv) words = split_words (entries[i]);

      if (words[0] != NULL)
        json_array_add_object_element (list, make (words));
    }
  if (json_array_get_length (list) == 0)
    return NULL;

  return json_node_init_array (json_node_alloc (), list);
}

JsonNode *
lab_device_text_to_maps (const char *text)
{
  return list_from_text (text, map_from_words);
}

JsonNode *
lab_device_text_to_forwards (const char *text)
{
  return list_from_text (text, forward_from_words);
}

JsonNode *
lab_device_text_to_frame_relay (const char *text)
{
  return list_from_text (text, frame_relay_from_words);
}
