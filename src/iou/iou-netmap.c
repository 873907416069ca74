/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NETMAP, the file that tells an IOU instance where its ports lead (contract section 5).
 *
 *   file    := { segment NEWLINE | comment | blank }
 *   segment := node { WS node }
 *   node    := ID ':' PORT [ '@' HOST ]
 *   PORT    := BYTE | BAY '/' UNIT | SUBID '/' BAY '/' UNIT
 *
 * One pass over the bytes. All nodes lie in one array and a segment is a start and a length in it,
 * so a file of 65,536 nodes costs three allocations and some. Two look-up tables are kept: `seen`
 * drops a port that was named before, `ports` answers "who is on the segment of this port". */

#include "iou-netmap.h"

#include <fcntl.h>
#include <string.h>

#include "iou-file-private.h"

typedef struct
{
  guint first;
  guint n_nodes;
} Segment;

struct _IouNetmap
{
  GArray *nodes;     /* IouNetmapNode */
  GArray *segments;  /* Segment */
  GHashTable *ports; /* (id << 8 | port) → index into nodes, plus 1 */
};

typedef struct
{
  const char *at;
  const char *end;
  guint line;
  guint segment_first; /* index of the open segment's first node */
  IouNetmap *map;
  GHashTable *seen; /* ports named so far, with their hosts */
} Reader;

static gboolean
fail (Reader *reader, GError **error, const char *what)
{
  g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID, "NETMAP line %u: %s.", reader->line, what);
  return FALSE;
}

static gboolean
fail_at_byte (Reader *reader, GError **error)
{
  guint8 byte = (guint8) *reader->at;
  g_autofree char *what = NULL;

  if (byte == '\r')
    what = g_strdup ("it holds a carriage return; save the file with UNIX line ends");
  else if (g_ascii_isprint ((char) byte))
    what = g_strdup_printf ("“%c” is not expected here; a line looks like “1:0/0 2:0/0”", byte);
  else
    what = g_strdup_printf ("the byte 0x%02x is not expected here; a line looks like “1:0/0 2:0/0”",
                            byte);

  return fail (reader, error, what);
}

static gboolean
peek (Reader *reader, char c)
{
  return reader->at < reader->end && *reader->at == c;
}

static gboolean
at_comment (Reader *reader)
{
  return reader->end - reader->at >= 2 && reader->at[0] == '/' && reader->at[1] == '*';
}

/* Digits only; saturates, so that a long number is out of range and not a small one. */
static gboolean
read_number (Reader *reader, guint *number, GError **error)
{
  guint value = 0;

  if (reader->at == reader->end)
    return fail (reader, error, "a number is missing at the end of the file");
  if (*reader->at == '\n')
    return fail (reader, error, "a number is missing at the end of the line");
  if (!g_ascii_isdigit (*reader->at))
    return fail_at_byte (reader, error);

  for (; reader->at < reader->end && g_ascii_isdigit (*reader->at); reader->at++)
    value = MIN (value * 10 + (guint) (*reader->at - '0'), 100000);

  *number = value;
  return TRUE;
}

static gboolean
read_port (Reader *reader, IouNetmapNode *node, GError **error)
{
  guint numbers[3];
  guint n = 0;

  do
    if (!read_number (reader, &numbers[n++], error))
      return FALSE;
  while (n < 3 && peek (reader, '/') && !at_comment (reader) && reader->at++);

  if (n == 1)
    {
      if (numbers[0] > 255)
        return fail (reader, error, "a port written as one number must be 0 to 255");
      node->port = (guint8) numbers[0];
      return TRUE;
    }

  for (guint i = 0; i < n; i++)
    if (numbers[i] > 15)
      return fail (reader, error, "each number of a port, as in “0/3”, must be 0 to 15");

  node->sub_id = n == 3 ? (guint8) numbers[0] : 0;
  node->port = IOU_PORT (numbers[n - 2], numbers[n - 1]);
  return TRUE;
}

static gboolean
read_host (Reader *reader, char **host, GError **error)
{
  const char *start = reader->at;

  while (reader->at < reader->end &&
         (g_ascii_isalnum (*reader->at) || *reader->at == '.' || *reader->at == '-'))
    reader->at++;

  if (reader->at == start)
    return fail (reader, error, "a host name is missing after “@”");
  if (reader->at - start > 255)
    return fail (reader, error, "a host name must have at most 255 characters");

  *host = g_ascii_strdown (start, reader->at - start);
  return TRUE;
}

static void
add_node (Reader *reader, const IouNetmapNode *node, const char *host)
{
  IouNetmap *map = reader->map;
  char *key =
      g_strdup_printf ("%u:%u/%u@%s", node->id, node->sub_id, node->port, host != NULL ? host : "");
  gpointer port = GUINT_TO_POINTER ((guint) node->id << 8 | node->port);
  guint known;

  if (!g_hash_table_add (reader->seen, key))
    return;

  g_array_append_val (map->nodes, *node);
  known = GPOINTER_TO_UINT (g_hash_table_lookup (map->ports, port));
  if (known == 0 || (g_array_index (map->nodes, IouNetmapNode, known - 1).remote && !node->remote))
    g_hash_table_insert (map->ports, port, GUINT_TO_POINTER (map->nodes->len));
}

static gboolean
read_node (Reader *reader, GError **error)
{
  IouNetmapNode node = { 0 };
  g_autofree char *host = NULL;
  guint id;

  if (!read_number (reader, &id, error))
    return FALSE;
  if (id < 1 || id > IOU_MAX_ID)
    return fail (reader, error, "an id must be 1 to 1024");
  if (!peek (reader, ':'))
    return fail (reader, error, "“:” and a port must follow the id, as in “1:0/0”");

  reader->at++;
  node.id = (guint16) id;
  if (!read_port (reader, &node, error))
    return FALSE;

  if (peek (reader, '@'))
    {
      reader->at++;
      node.remote = TRUE;
      if (!read_host (reader, &host, error))
        return FALSE;
    }

  if (reader->at < reader->end && strchr (" \t\n/", *reader->at) == NULL)
    return fail_at_byte (reader, error);
  if (reader->map->nodes->len >= IOU_NETMAP_MAX_NODES)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_LIMIT, "NETMAP line %u: more than %u nodes.",
                   reader->line, IOU_NETMAP_MAX_NODES);
      return FALSE;
    }

  add_node (reader, &node, host);
  return TRUE;
}

/* A newline inside a comment counts for messages but does not end the segment. */
static gboolean
skip_comment (Reader *reader, GError **error)
{
  guint start_line = reader->line;

  if (!at_comment (reader))
    return fail_at_byte (reader, error);

  for (reader->at += 2; reader->end - reader->at >= 2; reader->at++)
    {
      if (reader->at[0] == '*' && reader->at[1] == '/')
        {
          reader->at += 2;
          return TRUE;
        }
      if (*reader->at == '\n')
        reader->line++;
    }

  reader->line = start_line;
  return fail (reader, error, "the comment that begins here is never closed with “*/”");
}

static void
close_segment (Reader *reader)
{
  guint n_nodes = reader->map->nodes->len - reader->segment_first;
  Segment segment = { reader->segment_first, n_nodes };

  if (n_nodes > 0)
    g_array_append_val (reader->map->segments, segment);

  reader->segment_first = reader->map->nodes->len;
}

static gboolean
read_text (Reader *reader, GError **error)
{
  while (reader->at < reader->end)
    {
      switch (*reader->at)
        {
        case ' ':
        case '\t':
          reader->at++;
          break;
        case '\n':
          close_segment (reader);
          reader->line++;
          reader->at++;
          break;
        case '/':
          if (!skip_comment (reader, error))
            return FALSE;
          break;
        default:
          if (!read_node (reader, error))
            return FALSE;
        }
    }

  close_segment (reader);
  return TRUE;
}

IouNetmap *
iou_netmap_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (IouNetmap) self = NULL;
  g_autoptr (GHashTable) seen = NULL;
  Reader reader = { 0 };

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > IOU_NETMAP_MAX_LENGTH)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_LIMIT,
                   "The NETMAP has %" G_GSIZE_FORMAT " bytes; at most %d are read.", length,
                   IOU_NETMAP_MAX_LENGTH);
      return NULL;
    }

  self = g_new0 (IouNetmap, 1);
  self->nodes = g_array_new (FALSE, FALSE, sizeof (IouNetmapNode));
  self->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  self->ports = g_hash_table_new (NULL, NULL);
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  reader.at = text != NULL ? text : "";
  reader.end = reader.at + length;
  reader.line = 1;
  reader.map = self;
  reader.seen = seen;
  if (!read_text (&reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

IouNetmap *
iou_netmap_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  IouNetmap *self;

  g_return_val_if_fail (path != NULL, NULL);

  bytes = iou_file_read (path, 0, IOU_NETMAP_MAX_LENGTH, error);
  if (bytes == NULL)
    return NULL;

  self = iou_netmap_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  if (self == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
    }

  return self;
}

void
iou_netmap_free (IouNetmap *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->nodes);
  g_array_unref (self->segments);
  g_hash_table_unref (self->ports);
  g_free (self);
}

guint
iou_netmap_get_n_segments (IouNetmap *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->segments->len;
}

const IouNetmapNode *
iou_netmap_get_segment (IouNetmap *self, guint index, guint *n_nodes)
{
  const Segment *segment;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_nodes != NULL, NULL);

  *n_nodes = 0;
  if (index >= self->segments->len)
    return NULL;

  segment = &g_array_index (self->segments, Segment, index);
  *n_nodes = segment->n_nodes;
  return &g_array_index (self->nodes, IouNetmapNode, segment->first);
}

/* Segments lie in the order of their nodes, so the one that holds a node is found by halving. */
static const Segment *
find_segment (IouNetmap *self, guint node)
{
  guint low = 0;
  guint high = self->segments->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->segments, Segment, middle).first <= node)
        low = middle;
      else
        high = middle;
    }

  return &g_array_index (self->segments, Segment, low);
}

GArray *
iou_netmap_dup_peers (IouNetmap *self, guint id, guint8 port)
{
  const Segment *segment;
  GArray *peers;
  guint node;

  g_return_val_if_fail (self != NULL, NULL);

  if (id > IOU_MAX_ID)
    return NULL;

  node = GPOINTER_TO_UINT (g_hash_table_lookup (self->ports, GUINT_TO_POINTER (id << 8 | port)));
  if (node == 0)
    return NULL;

  node--;
  segment = find_segment (self, node);
  peers = g_array_new (FALSE, FALSE, sizeof (IouNetmapNode));
  for (guint i = segment->first; i < segment->first + segment->n_nodes; i++)
    if (i != node)
      g_array_append_val (peers, g_array_index (self->nodes, IouNetmapNode, i));

  return peers;
}

char *
iou_netmap_write_all (guint id, guint pseudo_id)
{
  GString *text;

  g_return_val_if_fail (id >= 1 && id <= IOU_MAX_ID, NULL);
  g_return_val_if_fail (pseudo_id >= 1 && pseudo_id <= IOU_MAX_ID, NULL);
  g_return_val_if_fail (id != pseudo_id, NULL);

  text = g_string_sized_new (64 * 24);
  for (guint bay = 0; bay <= IOU_MAX_BAY; bay++)
    for (guint unit = 0; unit <= IOU_MAX_UNIT; unit++)
      g_string_append_printf (text, "%u:%u/%u %u:%u/%u\n", pseudo_id, bay, unit, id, bay, unit);

  return g_string_free (text, FALSE);
}
