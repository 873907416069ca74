/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer repeats the question and lists records: owner name, type, class, time to live, data.
 * The name asked for may be an alias (CNAME); then the answer holds the chain and at its end the
 * address, in any order in theory, in order from every server there is: one pass follows it. Names
 * are labels, and may end in a pointer to an earlier place; only pointers backwards are followed,
 * so that no message can make a loop. */

#include "config.h"

#include "pc-dns-message.h"

#include <string.h>

#define HEADER_LENGTH          12
#define CLASS_IN               1
#define TYPE_CNAME             5
#define FLAG_ANSWER            0x8000
#define FLAG_RECURSION_DESIRED 0x0100
#define OPCODE_MASK            0x7800
#define RCODE_MASK             0x000f
#define RCODE_NO_NAME          3
#define POINTER                0xc0
#define MAX_LABEL              63

typedef struct
{
  const guint8 *data;
  gsize length;
  gsize at;
} Reader;

static void
append16 (GByteArray *bytes, guint value)
{
  guint8 two[2] = { (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (bytes, two, sizeof two);
}

GByteArray *
pc_dns_message_encode (guint16 id, const char *name, PcDnsType type)
{
  GByteArray *bytes = g_byte_array_new ();
  g_auto (GStrv) labels = g_strsplit (name, ".", -1);
  guint8 end = 0;

  append16 (bytes, id);
  append16 (bytes, FLAG_RECURSION_DESIRED);
  append16 (bytes, 1); /* question */
  append16 (bytes, 0);
  append16 (bytes, 0);
  append16 (bytes, 0);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      guint8 length = (guint8) strlen (labels[i]);

      if (length == 0)
        break; /* the dot at the end of a full name */
      g_byte_array_append (bytes, &length, 1);
      g_byte_array_append (bytes, (const guint8 *) labels[i], length);
    }
  g_byte_array_append (bytes, &end, 1);
  append16 (bytes, type);
  append16 (bytes, CLASS_IN);
  return bytes;
}

static gboolean
read16 (Reader *reader, guint *value)
{
  if (reader->length - reader->at < 2)
    return FALSE;

  *value = (guint) (reader->data[reader->at] << 8 | reader->data[reader->at + 1]);
  reader->at += 2;
  return TRUE;
}

static gboolean
append_label (GString *name, const guint8 *label, guint length)
{
  if (name->len > 0)
    g_string_append_c (name, '.');
  g_string_append_len (name, (const char *) label, length);
  return name->len <= PC_DNS_MAX_NAME && memchr (label, '\0', length) == NULL;
}

static gboolean
read_name (Reader *reader, GString *name)
{
  gsize at = reader->at;
  gsize limit = reader->at; /* a pointer must lead to before this */
  gboolean jumped = FALSE;

  g_string_truncate (name, 0);
  while (at < reader->length)
    {
      guint length = reader->data[at];

      if ((length & POINTER) == POINTER)
        {
          gsize target;

          if (at + 1 >= reader->length)
            return FALSE;
          target = (gsize) ((length & ~POINTER) << 8 | reader->data[at + 1]);
          if (target >= limit)
            return FALSE;
          if (!jumped)
            reader->at = at + 2;
          jumped = TRUE;
          at = limit = target;
          continue;
        }
      if (length > MAX_LABEL || at + 1 + length > reader->length)
        return FALSE;
      at += 1 + length;
      if (length == 0)
        {
          if (!jumped)
            reader->at = at;
          return TRUE;
        }
      if (!append_label (name, reader->data + at - length, length))
        return FALSE;
    }
  return FALSE;
}

static gboolean
read_question (Reader *reader, const char *name, PcDnsType type)
{
  g_autoptr (GString) asked = g_string_new (NULL);
  gsize length = strlen (name);
  guint asked_type, asked_class;

  if (length > 0 && name[length - 1] == '.')
    length--;
  return read_name (reader, asked) && read16 (reader, &asked_type) &&
         read16 (reader, &asked_class) && asked_type == type && asked_class == CLASS_IN &&
         asked->len == length && g_ascii_strncasecmp (asked->str, name, length) == 0;
}

/* One record of the answer; @current is the name that is looked for. */
static gboolean
read_record (Reader *reader, GString *current, PcDnsType type, guint8 address[16], gboolean *found)
{
  g_autoptr (GString) owner = g_string_new (NULL);
  guint record_type, record_class, ttl, size;
  gsize end;

  if (!read_name (reader, owner) || !read16 (reader, &record_type) ||
      !read16 (reader, &record_class) || !read16 (reader, &ttl) || !read16 (reader, &ttl) ||
      !read16 (reader, &size) || size > reader->length - reader->at)
    return FALSE;

  end = reader->at + size;
  if (record_class == CLASS_IN && g_ascii_strcasecmp (owner->str, current->str) == 0)
    {
      if (record_type == TYPE_CNAME && !read_name (reader, current))
        return FALSE;
      if (record_type == type && size == (type == PC_DNS_TYPE_A ? 4 : 16))
        {
          memcpy (address, reader->data + reader->at, size);
          *found = TRUE;
        }
    }
  reader->at = end;
  return TRUE;
}

static PcDnsResult
read_answers (Reader *reader, guint count, const char *name, PcDnsType type, guint8 address[16])
{
  g_autoptr (GString) current = g_string_new (name);
  gboolean found = FALSE;

  if (current->len > 0 && current->str[current->len - 1] == '.')
    g_string_truncate (current, current->len - 1);
  for (guint i = 0; i < count && !found; i++)
    if (!read_record (reader, current, type, address, &found))
      return PC_DNS_NOT_OURS;
  return found ? PC_DNS_ADDRESS : PC_DNS_NO_DATA;
}

PcDnsResult
pc_dns_message_decode (const guint8 *data,
                       gsize length,
                       guint16 id,
                       const char *name,
                       PcDnsType type,
                       guint8 address[16])
{
  Reader reader = { data, length, 0 };
  guint got_id, flags, questions, answers;

  if (length < HEADER_LENGTH || !read16 (&reader, &got_id) || !read16 (&reader, &flags) ||
      !read16 (&reader, &questions) || !read16 (&reader, &answers))
    return PC_DNS_NOT_OURS;
  if (got_id != id || (flags & FLAG_ANSWER) == 0 || (flags & OPCODE_MASK) != 0 || questions != 1)
    return PC_DNS_NOT_OURS;

  reader.at = HEADER_LENGTH;
  if (!read_question (&reader, name, type))
    return PC_DNS_NOT_OURS;
  if ((flags & RCODE_MASK) == RCODE_NO_NAME)
    return PC_DNS_NO_NAME;
  if ((flags & RCODE_MASK) != 0)
    return PC_DNS_FAILED;
  return read_answers (&reader, answers, name, type, address);
}
