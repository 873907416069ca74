/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small strict JSON reader that keeps positions.
 *
 * Theory of operation: the bytes are checked for size, UTF-8 and NUL first; then one recursive
 * descent, at most LAB_MAX_DEPTH deep, checks the grammar of RFC 8259 and builds json-glib's tree
 * as it goes. json-glib's own parser is not used: 1.6 overflows the stack on deep nesting, leaks
 * on some malformed input, accepts more than JSON (comments, duplicate keys, trailing text), loses
 * the difference between -0 and 0, and gives no positions. Building the tree here means a text is
 * read once, by one set of rules.
 *
 * Positions: the offset of every value down to POSITION_DEPTH is kept in a table from value to
 * offset, deep enough for every value a validator can complain about. Lines and columns are counted
 * only when there is something to say. Columns count characters, from 1.
 *
 * Numbers: a whole number is kept as gint64; one that does not fit is refused, since it could not
 * be written back as it was. A number with a fraction or exponent is a double, or a gint64 if it is
 * whole and below 2^63, so that each value has one form.
 *
 * Hostile input: the count of values and of members of one object is bounded, so that neither
 * memory nor colliding keys grow without limit. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-json-private.h"
#include "lab-scan-private.h"

#define POSITION_DEPTH   7
#define MAX_NUMBER_BYTES 1024

typedef struct
{
  LabScan *scan;
  const char *label;
  const char *p;
  const char *end;
  guint depth;
  guint n_values;
  GError **error;
} Scanner;

static JsonNode *scan_value (Scanner *s);

static void
locate (LabScan *self, gsize offset, guint *line, guint *column)
{
  const char *start = self->text;
  const char *stop = self->text + MIN (offset, self->length);
  guint characters = 1;

  *line = 1;
  for (const char *p = self->text; p < stop; p++)
    if (*p == '\n')
      {
        (*line)++;
        start = p + 1;
      }
  /* Bytes that continue a character are not counted; this holds for broken UTF-8 too. */
  for (const char *p = start; p < stop; p++)
    if (((guchar) *p & 0xc0) != 0x80)
      characters++;
  *column = characters;
}

static void
set_error_at (
    LabScan *self, const char *label, gsize offset, int code, const char *message, GError **error)
{
  guint line;
  guint column;

  locate (self, offset, &line, &column);
  /* Translators: a place in a file, then a sentence that starts in lower case */
  g_set_error (error, LAB_ERROR, code, _ ("%s, line %u, column %u: %s"), label, line, column,
               message);
}

static JsonNode *scan_fail (Scanner *s, const char *at, LabError code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static JsonNode *
scan_fail (Scanner *s, const char *at, LabError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  set_error_at (s->scan, s->label, (gsize) (at - s->scan->text), code, message, s->error);

  return NULL;
}

/* What stands at the place, for messages. */
static char *
found (Scanner *s)
{
  gunichar c;

  if (s->p >= s->end)
    return g_strdup (_ ("the end of the text"));
  c = g_utf8_get_char (s->p);
  if (g_unichar_isgraph (c))
    {
      char bytes[7] = "";

      g_unichar_to_utf8 (c, bytes);
      return g_strdup_printf (_ ("“%s”"), bytes);
    }
  return g_strdup_printf (_ ("the character U+%04X"), c);
}

static JsonNode *
fail_expected (Scanner *s, const char *expected)
{
  g_autofree char *what = found (s);

  if (s->p >= s->end)
    return scan_fail (s, s->p, LAB_ERROR_SYNTAX,
                      _ ("the text ends here, but %s must follow; the file was cut off, restore "
                         "its end."),
                      expected);
  return scan_fail (s, s->p, LAB_ERROR_SYNTAX, _ ("here must stand %s, but there is %s."), expected,
                    what);
}

static void
skip_blanks (Scanner *s)
{
  while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
    s->p++;
}

static gboolean
scan_hex (Scanner *s, gunichar *value)
{
  *value = 0;
  if (s->end - s->p < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (s->p[i]);

      if (digit < 0)
        return FALSE;
      *value = *value * 16 + (gunichar) digit;
    }
  s->p += 4;

  return TRUE;
}

/* After a backslash and 'u'. */
static gboolean
scan_unicode_escape (Scanner *s, const char *start, GString *out)
{
  gunichar c;
  gunichar low;

  if (!scan_hex (s, &c))
    {
      scan_fail (s, start, LAB_ERROR_SYNTAX, _ ("after “\\u” must stand four hexadecimal digits."));
      return FALSE;
    }
  if (c >= 0xd800 && c < 0xdc00)
    {
      if (s->end - s->p < 6 || s->p[0] != '\\' || s->p[1] != 'u')
        low = 0;
      else
        {
          s->p += 2;
          if (!scan_hex (s, &low))
            low = 0;
        }
      c = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : 0xd800;
    }
  if (c == 0 || (c >= 0xd800 && c < 0xe000))
    {
      scan_fail (s, start, LAB_ERROR_SYNTAX,
                 c == 0 ? _ ("a text cannot hold the character U+0000; remove it.")
                        : _ ("this is half of a surrogate pair, not a character; remove it."));
      return FALSE;
    }
  g_string_append_unichar (out, c);

  return TRUE;
}

static gboolean
scan_escape (Scanner *s, GString *out)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char *start = s->p;
  const char *at;

  s->p++;
  if (s->p < s->end && *s->p == 'u')
    {
      s->p++;
      return scan_unicode_escape (s, start, out);
    }
  at = s->p < s->end ? strchr (from, *s->p) : NULL;
  if (at == NULL || *at == '\0')
    {
      scan_fail (s, start, LAB_ERROR_SYNTAX,
                 _ ("this is no escape of JSON; write “\\\\” for a backslash."));
      return FALSE;
    }
  g_string_append_c (out, to[at - from]);
  s->p++;

  return TRUE;
}

/* At the opening quote. (transfer full) (nullable) */
static char *
scan_text (Scanner *s)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *start = s->p;

  s->p++;
  for (;;)
    {
      const char *run = s->p;

      while (s->p < s->end && *s->p != '"' && *s->p != '\\' && (guchar) *s->p >= 0x20)
        s->p++;
      g_string_append_len (out, run, s->p - run);
      if (s->p >= s->end)
        {
          scan_fail (s, start, LAB_ERROR_SYNTAX,
                     _ ("this text has no closing quote before the end of the file; add it."));
          return NULL;
        }
      if (*s->p == '"')
        {
          s->p++;
          return g_string_free (g_steal_pointer (&out), FALSE);
        }
      if (*s->p == '\\')
        {
          if (!scan_escape (s, out))
            return NULL;
        }
      else
        {
          scan_fail (s, s->p, LAB_ERROR_SYNTAX,
                     _ ("a text holds a line break or control character here; close the quote, or "
                        "write it as an escape such as “\\n”."));
          return NULL;
        }
    }
}

static gboolean
skip_digits (Scanner *s)
{
  const char *start = s->p;

  while (s->p < s->end && g_ascii_isdigit (*s->p))
    s->p++;

  return s->p > start;
}

/* Steps over a number of RFC 8259. */
static gboolean
skip_number (Scanner *s, gboolean *whole)
{
  *whole = TRUE;
  if (*s->p == '-')
    s->p++;
  if (s->p < s->end && *s->p == '0')
    s->p++;
  else if (!skip_digits (s))
    return FALSE;
  if (s->p < s->end && *s->p == '.')
    {
      *whole = FALSE;
      s->p++;
      if (!skip_digits (s))
        return FALSE;
    }
  if (s->p < s->end && (*s->p == 'e' || *s->p == 'E'))
    {
      *whole = FALSE;
      s->p++;
      if (s->p < s->end && (*s->p == '+' || *s->p == '-'))
        s->p++;
      if (!skip_digits (s))
        return FALSE;
    }

  return TRUE;
}

static JsonNode *
scan_number (Scanner *s)
{
  const char *start = s->p;
  g_autofree char *copy = NULL;
  gboolean whole;

  if (!skip_number (s, &whole) || (s->p < s->end && g_ascii_isdigit (*s->p)))
    return scan_fail (s, start, LAB_ERROR_SYNTAX,
                      _ ("this is no number of JSON; write it like 12, -3 or 0.5."));
  if (s->p - start > MAX_NUMBER_BYTES)
    return scan_fail (s, start, LAB_ERROR_LIMIT, _ ("this number has more than %d digits."),
                      MAX_NUMBER_BYTES);

  copy = g_strndup (start, (gsize) (s->p - start));
  errno = 0;
  if (whole && !g_str_equal (copy, "-0"))
    {
      gint64 value = g_ascii_strtoll (copy, NULL, 10);

      if (errno == 0)
        return lab_json_new_int (value);
    }
  else
    {
      double value = g_ascii_strtod (copy, NULL);

      if (isfinite (value))
        return lab_json_new_number (value);
    }

  return scan_fail (
      s, start, LAB_ERROR_LIMIT,
      _ ("this number is too large to be kept as it is; write a smaller one, or write "
         "it as a text."));
}

static JsonNode *
scan_word (Scanner *s)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (s->end - s->p) >= length && memcmp (s->p, words[i], length) == 0)
        {
          s->p += length;
          return i == 2 ? json_node_new (JSON_NODE_NULL)
                        : json_node_init_boolean (json_node_alloc (), i == 0);
        }
    }

  return fail_expected (s, _ ("a value"));
}

static void
remember (Scanner *s, gpointer value, const char *at)
{
  if (s->depth <= POSITION_DEPTH)
    g_hash_table_insert (s->scan->positions, value, GSIZE_TO_POINTER (at - s->scan->text));
}

/* At the quote of a member's name. */
static gboolean
scan_member (Scanner *s, JsonObject *object)
{
  const char *start = s->p;
  g_autofree char *key = NULL;
  JsonNode *value;

  if (s->p >= s->end || *s->p != '"')
    {
      fail_expected (s, _ ("a member's name in quotes"));
      return FALSE;
    }
  key = scan_text (s);
  if (key == NULL)
    return FALSE;
  if (json_object_has_member (object, key))
    {
      g_autofree char *shown = lab_text_shorten (key);

      scan_fail (s, start, LAB_ERROR_INVALID,
                 _ ("this object has a member “%s” already; remove one of the two."), shown);
      return FALSE;
    }
  if (json_object_get_size (object) >= LAB_MAX_MEMBERS)
    {
      scan_fail (s, start, LAB_ERROR_LIMIT, _ ("this object has more than %d members."),
                 LAB_MAX_MEMBERS);
      return FALSE;
    }
  skip_blanks (s);
  if (s->p >= s->end || *s->p != ':')
    {
      fail_expected (s, _ ("a colon"));
      return FALSE;
    }
  s->p++;
  value = scan_value (s);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, key, value);

  return TRUE;
}

/* Steps over a comma, or over @close and sets *@done. */
static gboolean
scan_separator (Scanner *s, char close, gboolean *done)
{
  skip_blanks (s);
  *done = s->p < s->end && *s->p == close;
  if (!*done && (s->p >= s->end || *s->p != ','))
    {
      fail_expected (s, close == '}' ? _ ("a comma or “}”") : _ ("a comma or “]”"));
      return FALSE;
    }
  s->p++;
  skip_blanks (s);

  return TRUE;
}

static JsonNode *
scan_object (Scanner *s)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *start = s->p++;
  gboolean done;

  skip_blanks (s);
  done = s->p < s->end && *s->p == '}';
  if (done)
    s->p++;
  while (!done)
    if (!scan_member (s, object) || !scan_separator (s, '}', &done))
      return NULL;
  remember (s, object, start);

  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
scan_array (Scanner *s)
{
  g_autoptr (JsonArray) array = json_array_new ();
  const char *start = s->p++;
  gboolean done;

  skip_blanks (s);
  done = s->p < s->end && *s->p == ']';
  if (done)
    s->p++;
  while (!done)
    {
      JsonNode *value = scan_value (s);

      if (value == NULL)
        return NULL;
      json_array_add_element (array, value);
      if (!scan_separator (s, ']', &done))
        return NULL;
    }
  remember (s, array, start);

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
scan_string (Scanner *s)
{
  g_autofree char *text = scan_text (s);

  return text == NULL ? NULL : json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
scan_by_first (Scanner *s)
{
  if (s->p >= s->end)
    return fail_expected (s, _ ("a value"));
  switch (*s->p)
    {
    case '{':
      return scan_object (s);
    case '[':
      return scan_array (s);
    case '"':
      return scan_string (s);
    case '-':
    case '0' ... '9':
      return scan_number (s);
    default:
      return scan_word (s);
    }
}

static JsonNode *
scan_value (Scanner *s)
{
  const char *start;
  JsonNode *node;

  skip_blanks (s);
  start = s->p;
  if (s->depth >= LAB_MAX_DEPTH)
    return scan_fail (s, start, LAB_ERROR_LIMIT,
                      _ ("the values are nested more than %d deep; a lab is flatter than that."),
                      LAB_MAX_DEPTH);
  if (s->n_values++ >= LAB_MAX_VALUES)
    return scan_fail (s, start, LAB_ERROR_LIMIT, _ ("the text has more than %d values."),
                      LAB_MAX_VALUES);
  s->depth++;
  node = scan_by_first (s);
  if (node != NULL)
    remember (s, node, start);
  s->depth--;

  return node;
}

static gboolean
check_bytes (Scanner *s)
{
  const char *bad;

  if (s->scan->length > LAB_MAX_FILE_BYTES)
    {
      g_set_error (
          s->error, LAB_ERROR, LAB_ERROR_LIMIT,
          _ ("%s is larger than %d MiB, the most a lab may have; take pictures out of it."),
          s->label, LAB_MAX_FILE_BYTES / (1024 * 1024));
      return FALSE;
    }
  if (!g_utf8_validate_len (s->scan->text, s->scan->length, &bad))
    {
      if (*bad == '\0')
        scan_fail (s, bad, LAB_ERROR_SYNTAX,
                   _ ("a NUL byte stands here; the file is damaged, restore it from a copy."));
      else
        scan_fail (s, bad, LAB_ERROR_SYNTAX,
                   _ ("the text is not valid UTF-8 here; save it as UTF-8."));
      return FALSE;
    }
  if (g_str_has_prefix (s->scan->length >= 3 ? s->scan->text : "", "\xef\xbb\xbf"))
    {
      scan_fail (s, s->p, LAB_ERROR_SYNTAX,
                 _ ("the text begins with a byte order mark; save it as UTF-8 without one."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
scan_document (Scanner *s)
{
  if (!check_bytes (s))
    return FALSE;
  skip_blanks (s);
  if (s->p >= s->end)
    {
      scan_fail (s, s->p, LAB_ERROR_SYNTAX,
                 _ ("there is nothing in the text; a lab begins with “{”."));
      return FALSE;
    }
  s->scan->root = scan_value (s);
  if (s->scan->root == NULL)
    return FALSE;
  skip_blanks (s);
  if (s->p < s->end)
    {
      scan_fail (s, s->p, LAB_ERROR_SYNTAX,
                 _ ("something follows the end of the document; remove it."));
      return FALSE;
    }

  return TRUE;
}

LabScan *
lab_scan_new (const char *text, gsize length, const char *label, GError **error)
{
  g_autoptr (LabScan) self = g_new0 (LabScan, 1);
  Scanner scanner = {
    .scan = self, .label = label, .p = text, .end = text + length, .error = error
  };

  self->text = text;
  self->length = length;
  self->positions = g_hash_table_new (NULL, NULL);

  return scan_document (&scanner) ? g_steal_pointer (&self) : NULL;
}

void
lab_scan_free (LabScan *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->positions, g_hash_table_unref);
  g_free (self);
}

gboolean
lab_scan_raise (LabScan *self, const char *label, LabFault *fault, GError **error)
{
  gsize offset = GPOINTER_TO_SIZE (g_hash_table_lookup (self->positions, fault->at));

  set_error_at (self, label, offset, fault->error->code, fault->error->message, error);
  g_clear_error (&fault->error);

  return FALSE;
}
