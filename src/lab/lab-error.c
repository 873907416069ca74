/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The error domain, and the fault that validators hand up. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-error-private.h"

#define SHORT_CHARACTERS 48

G_DEFINE_QUARK (lab - error - quark, lab_error)

gboolean
lab_fault_set (LabFault *fault, gconstpointer at, LabError code, const char *format, ...)
{
  va_list args;

  g_return_val_if_fail (fault->error == NULL, FALSE);

  va_start (args, format);
  fault->error = g_error_new_valist (LAB_ERROR, code, format, args);
  va_end (args);
  fault->at = at;

  return FALSE;
}

gboolean
lab_fault_prefix (LabFault *fault, const char *format, ...)
{
  g_autofree char *prefix = NULL;
  va_list args;

  va_start (args, format);
  prefix = g_strdup_vprintf (format, args);
  va_end (args);
  g_prefix_error (&fault->error, "%s", prefix);

  return FALSE;
}

gboolean
lab_fault_raise (LabFault *fault, GError **error)
{
  char *sentence = lab_text_capitalise (fault->error->message);

  g_free (fault->error->message);
  fault->error->message = sentence;
  g_propagate_error (error, g_steal_pointer (&fault->error));

  return FALSE;
}

char *
lab_text_shorten (const char *text)
{
  GString *out = g_string_new (NULL);
  guint count = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char_validated (p, -1);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append (out, "�");
          break;
        }
      if (count++ == SHORT_CHARACTERS)
        {
          g_string_append (out, "…");
          break;
        }
      if (g_unichar_iscntrl (c))
        g_string_append (out, "�");
      else
        g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

char *
lab_text_capitalise (const char *text)
{
  g_autofree char *first = g_utf8_substring (text, 0, *text == '\0' ? 0 : 1);
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, text + strlen (first), NULL);
}

/* Names are keys: they stand in links, on the command line and in prompts. */
gboolean
lab_name_check (const char *name, gconstpointer at, LabFault *fault)
{
  g_autofree char *shown = lab_text_shorten (name);
  const char *p;

  if (*name == '\0')
    return lab_fault_set (fault, at, LAB_ERROR_INVALID,
                          _ ("the name is empty; give it at least one character."));
  if (strlen (name) > LAB_MAX_NAME_BYTES)
    return lab_fault_set (fault, at, LAB_ERROR_LIMIT,
                          _ ("the name “%s” is longer than %d bytes; shorten it."), shown,
                          LAB_MAX_NAME_BYTES);
  if (!g_utf8_validate (name, -1, NULL))
    return lab_fault_set (fault, at, LAB_ERROR_INVALID,
                          _ ("the name “%s” is not valid UTF-8; write it in UTF-8."), shown);
  for (p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return lab_fault_set (fault, at, LAB_ERROR_INVALID,
                            _ ("the name “%s” holds a control character; remove it."), shown);
  if (g_unichar_isspace (g_utf8_get_char (name)) ||
      g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (p))))
    return lab_fault_set (fault, at, LAB_ERROR_INVALID,
                          _ ("the name “%s” begins or ends with a blank; remove it."), shown);

  return TRUE;
}
