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

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-json-private.h"
#include "lab-scan-private.h"
#include "lab-scanner-private.h"

#define POSITION_DEPTH 7

static JsonNode *scan_value (LabScanner *s);

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

JsonNode *
lab_scanner_fail (LabScanner *s, const char *at, LabError code, const char *format, ...)
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
found (LabScanner *s)
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

JsonNode *
lab_scanner_fail_expected (LabScanner *s, const char *expected)
{
  g_autofree char *what = found (s);

  if (s->p >= s->end)
    return lab_scanner_fail (
        s, s->p, LAB_ERROR_SYNTAX,
        _ ("the text ends here, but %s must follow; the file was cut off, restore "
           "its end."),
        expected);
  return lab_scanner_fail (s, s->p, LAB_ERROR_SYNTAX, _ ("here must stand %s, but there is %s."),
                           expected, what);
}

static void
skip_blanks (LabScanner *s)
{
  while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
    s->p++;
}

static void
remember (LabScanner *s, gpointer value, const char *at)
{
  if (s->depth <= POSITION_DEPTH)
    g_hash_table_insert (s->scan->positions, value, GSIZE_TO_POINTER (at - s->scan->text));
}

/* At the quote of a member's name. */
static gboolean
scan_member (LabScanner *s, JsonObject *object)
{
  const char *start = s->p;
  g_autofree char *key = NULL;
  JsonNode *value;

  if (s->p >= s->end || *s->p != '"')
    {
      lab_scanner_fail_expected (s, _ ("a member's name in quotes"));
      return FALSE;
    }
  key = lab_scanner_take_text (s);
  if (key == NULL)
    return FALSE;
  if (json_object_has_member (object, key))
    {
      g_autofree char *shown = lab_text_shorten (key);

      lab_scanner_fail (s, start, LAB_ERROR_INVALID,
                        _ ("this object has a member “%s” already; remove one of the two."), shown);
      return FALSE;
    }
  if (json_object_get_size (object) >= LAB_MAX_MEMBERS)
    {
      lab_scanner_fail (s, start, LAB_ERROR_LIMIT, _ ("this object has more than %d members."),
                        LAB_MAX_MEMBERS);
      return FALSE;
    }
  skip_blanks (s);
  if (s->p >= s->end || *s->p != ':')
    {
      lab_scanner_fail_expected (s, _ ("a colon"));
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
scan_separator (LabScanner *s, char close, gboolean *done)
{
  skip_blanks (s);
  *done = s->p < s->end && *s->p == close;
  if (!*done && (s->p >= s->end || *s->p != ','))
    {
      lab_scanner_fail_expected (s, close == '}' ? _ ("a comma or “}”") : _ ("a comma or “]”"));
      return FALSE;
    }
  s->p++;
  skip_blanks (s);

  return TRUE;
}

static JsonNode *
scan_object (LabScanner *s)
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
scan_array (LabScanner *s)
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
scan_string (LabScanner *s)
{
  g_autofree char *text = lab_scanner_take_text (s);

  return text == NULL ? NULL : json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
scan_by_first (LabScanner *s)
{
  if (s->p >= s->end)
    return lab_scanner_fail_expected (s, _ ("a value"));
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
      return lab_scanner_take_number (s);
    default:
      return lab_scanner_take_word (s);
    }
}

static JsonNode *
scan_value (LabScanner *s)
{
  const char *start;
  JsonNode *node;

  skip_blanks (s);
  start = s->p;
  if (s->depth >= LAB_MAX_DEPTH)
    return lab_scanner_fail (
        s, start, LAB_ERROR_LIMIT,
        _ ("the values are nested more than %d deep; a lab is flatter than that."), LAB_MAX_DEPTH);
  if (s->n_values++ >= LAB_MAX_VALUES)
    return lab_scanner_fail (s, start, LAB_ERROR_LIMIT, _ ("the text has more than %d values."),
                             LAB_MAX_VALUES);
  s->depth++;
  node = scan_by_first (s);
  if (node != NULL)
    remember (s, node, start);
  s->depth--;

  return node;
}

static gboolean
check_bytes (LabScanner *s)
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
        lab_scanner_fail (
            s, bad, LAB_ERROR_SYNTAX,
            _ ("a NUL byte stands here; the file is damaged, restore it from a copy."));
      else
        lab_scanner_fail (s, bad, LAB_ERROR_SYNTAX,
                          _ ("the text is not valid UTF-8 here; save it as UTF-8."));
      return FALSE;
    }
  if (g_str_has_prefix (s->scan->length >= 3 ? s->scan->text : "", "\xef\xbb\xbf"))
    {
      lab_scanner_fail (
          s, s->p, LAB_ERROR_SYNTAX,
          _ ("the text begins with a byte order mark; save it as UTF-8 without one."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
scan_document (LabScanner *s)
{
  if (!check_bytes (s))
    return FALSE;
  skip_blanks (s);
  if (s->p >= s->end)
    {
      lab_scanner_fail (s, s->p, LAB_ERROR_SYNTAX,
                        _ ("there is nothing in the text; a lab begins with “{”."));
      return FALSE;
    }
  s->scan->root = scan_value (s);
  if (s->scan->root == NULL)
    return FALSE;
  skip_blanks (s);
  if (s->p < s->end)
    {
      lab_scanner_fail (s, s->p, LAB_ERROR_SYNTAX,
                        _ ("something follows the end of the document; remove it."));
      return FALSE;
    }

  return TRUE;
}

LabScan *
lab_scan_new (const char *text, gsize length, const char *label, GError **error)
{
  g_autoptr (LabScan) self = g_new0 (LabScan, 1);
  LabScanner scanner = {
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
