/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line a port: its name, then “lmi” with auto, ansi, q933a, cisco or none; “encapsulation” with
 * cisco or ietf; and last “dlci” with one or more numbers. The first two may be left out. What
 * begins with # is a comment. */

#include "config.h"

#include "device-fr-settings.h"

#include <string.h>

#include "iou-error.h"
#include "iou-frame.h"

#define MAX_BYTES 65536

static const char *const lmi_names[] = { "auto", "ansi", "q933a", "cisco", "none", NULL };
static const char *const encapsulation_names[] = { "cisco", "ietf", NULL };

G_STATIC_ASSERT (DEVICE_LMI_NONE == 4 && DEVICE_FR_IETF == 1);

static gboolean
fail (GError **error, const char *format, const char *word)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID, format, word);
#pragma GCC diagnostic pop
  return FALSE;
}

/* The next word, or NULL. */
static const char *
next_word (char ***words)
{
  while (**words != NULL && ***words == '\0')
    (*words)++;
  return **words != NULL ? *(*words)++ : NULL;
}

/* “s1/0” */
static gboolean
parse_port (const char *word, DeviceFrSetting *setting, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (word[0] == 's' ? word + 1 : "", "/", 2);
  guint64 bay;
  guint64 unit;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 0, IOU_MAX_ADAPTERS - 1, &bay, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, IOU_MAX_UNIT, &unit, NULL))
    return fail (error, "“%s” is not the name of a serial port, like s1/0", word);
  setting->port = IOU_PORT ((guint) bay, (guint) unit);
  return TRUE;
}

static gboolean
parse_choice (
    char ***words, const char *what, const char *const *names, guint *choice, GError **error)
{
  const char *word = next_word (words);
  g_autofree char *all = g_strjoinv (", ", (char **) names);

  for (guint i = 0; word != NULL && names[i] != NULL; i++)
    if (strcmp (word, names[i]) == 0)
      {
        *choice = i;
        return TRUE;
      }
  g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID, "“%s” must be followed by one of %s", what,
               all);
  return FALSE;
}

static gboolean
parse_dlcis (char ***words, DeviceFrSetting *setting, GError **error)
{
  for (const char *word = next_word (words); word != NULL; word = next_word (words))
    {
      guint64 number;
      guint16 dlci;

      if (!g_ascii_string_to_unsigned (word, 10, DEVICE_DLCI_MIN, DEVICE_DLCI_MAX, &number, NULL))
        return fail (error, "“%s” is not a DLCI, a number from 16 to 1007", word);
      dlci = (guint16) number;
      for (guint i = 0; i < setting->dlcis->len; i++)
        if (g_array_index (setting->dlcis, guint16, i) == dlci)
          return fail (error, "DLCI %s stands there twice", word);
      g_array_append_val (setting->dlcis, dlci);
    }
  if (setting->dlcis->len == 0)
    return fail (error, "“%s” must be followed by numbers", "dlci");
  return TRUE;
}

static gboolean
parse_line (char **words, DeviceFrSetting *setting, GError **error)
{
  const char *word = next_word (&words);
  guint choice;

  if (!parse_port (word, setting, error))
    return FALSE;
  while ((word = next_word (&words)) != NULL)
    {
      if (strcmp (word, "dlci") == 0)
        return parse_dlcis (&words, setting, error);
      if (strcmp (word, "lmi") == 0)
        {
          if (!parse_choice (&words, word, lmi_names, &choice, error))
            return FALSE;
          setting->lmi = (DeviceLmiType) choice;
        }
      else if (strcmp (word, "encapsulation") == 0)
        {
          if (!parse_choice (&words, word, encapsulation_names, &choice, error))
            return FALSE;
          setting->encapsulation = (DeviceFrEncapsulation) choice;
        }
      else
        return fail (error, "“%s” is none of lmi, encapsulation and dlci", word);
    }
  return fail (error, "“%s” with its numbers is missing", "dlci");
}

static gboolean
check_all (GArray *settings, const DeviceFrSetting *last, GError **error)
{
  guint n_pvcs = last->dlcis->len;

  for (guint i = 0; i < settings->len; i++)
    {
      const DeviceFrSetting *setting = &g_array_index (settings, DeviceFrSetting, i);

      n_pvcs += setting->dlcis->len;
      if (setting->port == last->port)
        return fail (error, "%s", "this port has a line before");
    }
  if (n_pvcs > DEVICE_FR_MAX_PVCS)
    return fail (error, "%s", "that makes more than 256 DLCIs");
  return TRUE;
}

static void
clear_setting (gpointer data)
{
  g_array_unref (((DeviceFrSetting *) data)->dlcis);
}

static gboolean
add_line (GArray *settings, const char *line, GError **error)
{
  DeviceFrSetting setting = { 0 };
  g_auto (GStrv) words = g_strsplit_set (line, " \t\r", -1);
  char **first = words;

  if (next_word (&first) == NULL || *first[-1] == '#')
    return TRUE;
  setting.dlcis = g_array_new (FALSE, FALSE, sizeof (guint16));
  if (parse_line (words, &setting, error) && check_all (settings, &setting, error))
    {
      g_array_append_val (settings, setting);
      return TRUE;
    }
  clear_setting (&setting);
  return FALSE;
}

GArray *
device_fr_settings_parse (const char *text, GError **error)
{
  g_autoptr (GArray) settings = g_array_new (FALSE, FALSE, sizeof (DeviceFrSetting));
  g_auto (GStrv) lines = NULL;

  g_array_set_clear_func (settings, clear_setting);
  if (strlen (text) > MAX_BYTES)
    {
      fail (error, "%s", DEVICE_FR_FILE ": it is longer than 64 KB");
      return NULL;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!add_line (settings, lines[i], error))
      {
        g_prefix_error (error, DEVICE_FR_FILE ", line %u: ", i + 1);
        return NULL;
      }
  return g_steal_pointer (&settings);
}
