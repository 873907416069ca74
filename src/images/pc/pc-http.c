/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request of HTTP/1.0 is answered by a head of lines, an empty line, and the page: as many bytes
 * as the head says, or all until the end of the connection. There are no chunks, and no second
 * request: the simplest that every web server speaks.
 *
 * An answer is foreign and may be endless. The head is kept up to a limit, of the page only the
 * beginning; the rest is counted. */

#include "config.h"

#include "pc-http.h"

#include <string.h>

#include "pc-parse.h"

#define SCHEME     "http://"
#define MAX_STATUS 120
#define MAX_DIGITS 18 /* of a length: fits into 64 bits */

struct _PcHttpAnswer
{
  GString *line; /* of the head, as far as it has come */
  gsize head;    /* bytes of all heads */
  gboolean in_page;
  guint code;
  char *status;
  char *type;
  char *location;
  gboolean has_length;
  guint64 length;
  guint64 size;
  GString *page; /* its beginning */
  PcHttpResult result;
};

static gboolean
is_graph (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

/* @text is what stands between the scheme and the path. */
static gboolean
read_authority (const char *text, PcHttpUrl *url, const char **problem)
{
  const char *host = text[0] == '[' ? text + 1 : text;
  const char *end = text[0] == '[' ? strchr (host, ']') : host + strcspn (host, ":");
  const char *rest = end != NULL && text[0] == '[' ? end + 1 : end;

  *problem = "names no host: write http://HOST/, with an IPv6 address in [ ]";
  if (end == NULL || end == host || (gsize) (end - host) > PC_HTTP_MAX_HOST)
    return FALSE;
  if (text[0] != '[' && strchr (end + (*end == ':'), ':') != NULL)
    return FALSE;

  *problem = "has a bad port: write a number from 1 to 65535 after the :";
  memcpy (url->host, host, (gsize) (end - host));
  url->host[end - host] = '\0';
  url->port = PC_HTTP_PORT;
  if (*rest != '\0' && (*rest != ':' || !pc_parse_number (rest + 1, 1, 65535, &url->port)))
    return FALSE;
  return TRUE;
}

/* A zone may hold a slash: [fe80::1%e0/1]. */
static gsize
authority_length (const char *text)
{
  const char *bracket = text[0] == '[' ? strchr (text, ']') : NULL;
  const char *from = bracket != NULL ? bracket : text;

  return (gsize) (from - text) + strcspn (from, "/?#");
}

gboolean
pc_http_read_url (const char *text, PcHttpUrl *url, const char **problem)
{
  g_autofree char *authority = NULL;
  gsize length;

  *problem = "holds a character that may not stand in a URL: write it as %XX";
  if (!is_graph (text))
    return FALSE;

  *problem = "cannot be fetched: this host speaks only http://";
  if (g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) == 0)
    text += strlen (SCHEME);
  else if (strstr (text, "://") != NULL && strcspn (text, "/?#") > strcspn (text, ":"))
    return FALSE;

  length = authority_length (text);
  authority = g_strndup (text, length);
  if (!read_authority (authority, url, problem))
    return FALSE;

  text += length;
  length = strcspn (text, "#"); /* a place in the page is not asked for */
  *problem = "is too long";
  if (length + 1 > PC_HTTP_MAX_PATH)
    return FALSE;
  g_snprintf (url->path, sizeof url->path, "%s%.*s", text[0] == '/' ? "" : "/", (int) length, text);
  return TRUE;
}

char *
pc_http_make_request (const PcHttpUrl *url)
{
  gboolean v6 = strchr (url->host, ':') != NULL;
  g_autofree char *port =
      url->port == PC_HTTP_PORT ? g_strdup ("") : g_strdup_printf (":%u", url->port);

  /* A zone means something only here. */
  return g_strdup_printf ("GET %s HTTP/1.0\r\n"
                          "Host: %s%.*s%s%s\r\n"
                          "User-Agent: labwright-pc\r\n"
                          "Accept: */*\r\n"
                          "Connection: close\r\n\r\n",
                          url->path, v6 ? "[" : "", (int) strcspn (url->host, "%"), url->host,
                          v6 ? "]" : "", port);
}

PcHttpAnswer *
pc_http_answer_new (void)
{
  PcHttpAnswer *self = g_new0 (PcHttpAnswer, 1);

  self->line = g_string_new (NULL);
  self->page = g_string_new (NULL);
  return self;
}

void
pc_http_answer_free (PcHttpAnswer *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->page, TRUE);
  g_free (self->status);
  g_free (self->type);
  g_free (self->location);
  g_free (self);
}

/* No byte of a server may steer the terminal. */
static char *
make_showable (const char *text, gsize length, gsize max, gboolean *cut)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);
  GString *out = g_string_new (NULL);
  gsize n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar character = g_utf8_get_char (p);

      if (n == max)
        {
          *cut = TRUE;
          break;
        }
      if (character == '\t')
        character = ' ';
      g_string_append_unichar (out, g_unichar_isprint (character) ? character : '.');
    }
  return g_string_free (out, FALSE);
}

/* The value of the field if the line is one called @name. */
static const char *
field_value (const char *line, const char *name)
{
  gsize length = strlen (name);

  if (g_ascii_strncasecmp (line, name, length) != 0 || line[length] != ':')
    return NULL;
  line += length + 1;
  return line + strspn (line, " \t");
}

static void
keep_field (const char *line, const char *name, char **field)
{
  const char *value = field_value (line, name);
  gboolean cut = FALSE;

  if (value == NULL)
    return;
  g_free (*field);
  *field = make_showable (value, strlen (value), MAX_STATUS, &cut);
}

static gboolean
read_length (PcHttpAnswer *self, const char *line)
{
  const char *value = field_value (line, "Content-Length");
  gsize digits;

  if (value == NULL)
    return TRUE;
  digits = strspn (value, "0123456789");
  if (digits == 0 || digits > MAX_DIGITS || value[digits + strspn (value + digits, " \t")] != '\0')
    return FALSE;
  self->has_length = TRUE;
  self->length = g_ascii_strtoull (value, NULL, 10);
  return TRUE;
}

/* HTTP/1.1 200 OK */
static gboolean
read_status (PcHttpAnswer *self, const char *line)
{
  const char *code = line + strcspn (line, " ");
  gboolean cut = FALSE;

  if (!g_str_has_prefix (line, "HTTP/") || code[0] != ' ')
    return FALSE;
  code += strspn (code, " ");
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_isdigit (code[i]))
      return FALSE;
  if (code[3] != '\0' && code[3] != ' ')
    return FALSE;

  self->code = (guint) g_ascii_strtoull (code, NULL, 10);
  self->status = make_showable (line, strlen (line), MAX_STATUS, &cut);
  return TRUE;
}

/* An empty line ends a head; one of "please wait" is followed by another. */
static void
end_head (PcHttpAnswer *self)
{
  if (self->code < 200 && self->code != 101)
    {
      g_clear_pointer (&self->status, g_free);
      g_clear_pointer (&self->type, g_free);
      g_clear_pointer (&self->location, g_free);
      self->has_length = FALSE;
      return;
    }
  self->in_page = TRUE;
  if (self->code == 204 || self->code == 304 || (self->has_length && self->length == 0))
    self->result = PC_HTTP_DONE;
}

static void
take_line (PcHttpAnswer *self)
{
  const char *line = self->line->str;

  if (self->line->len > 0 && line[self->line->len - 1] == '\r')
    g_string_truncate (self->line, self->line->len - 1);

  if (strlen (line) != self->line->len)
    self->result = PC_HTTP_BAD;
  else if (self->status == NULL)
    self->result = read_status (self, line) ? PC_HTTP_MORE : PC_HTTP_BAD;
  else if (line[0] == '\0')
    end_head (self);
  else if (!read_length (self, line))
    self->result = PC_HTTP_BAD;
  else
    {
      keep_field (line, "Content-Type", &self->type);
      keep_field (line, "Location", &self->location);
    }
  g_string_truncate (self->line, 0);
}

static void
feed_page (PcHttpAnswer *self, const guint8 *bytes, gsize length)
{
  gsize room = PC_HTTP_MAX_KEPT - self->page->len;

  if (self->has_length)
    length = (gsize) MIN (length, self->length - self->size);
  self->size += length;
  g_string_append_len (self->page, (const char *) bytes, (gssize) MIN (length, room));
  if (self->has_length && self->size == self->length)
    self->result = PC_HTTP_DONE;
}

PcHttpResult
pc_http_answer_feed (PcHttpAnswer *self, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length && self->result == PC_HTTP_MORE; i++)
    {
      if (self->in_page)
        {
          feed_page (self, bytes + i, length - i);
          break;
        }
      if (++self->head > PC_HTTP_MAX_HEAD)
        self->result = PC_HTTP_BAD;
      else if (bytes[i] == '\n')
        take_line (self);
      else
        g_string_append_c (self->line, (char) bytes[i]);
    }
  return self->result;
}

PcHttpResult
pc_http_answer_end (PcHttpAnswer *self)
{
  if (self->result == PC_HTTP_MORE && !self->in_page)
    self->result = self->head == 0 || self->status != NULL ? PC_HTTP_CUT : PC_HTTP_BAD;
  else if (self->result == PC_HTTP_MORE)
    self->result = self->has_length ? PC_HTTP_CUT : PC_HTTP_DONE;
  return self->result;
}

const char *
pc_http_answer_get_status (PcHttpAnswer *self)
{
  return self->in_page ? self->status : NULL;
}

const char *
pc_http_answer_get_type (PcHttpAnswer *self)
{
  return self->in_page ? self->type : NULL;
}

const char *
pc_http_answer_get_location (PcHttpAnswer *self)
{
  return self->in_page ? self->location : NULL;
}

guint64
pc_http_answer_get_size (PcHttpAnswer *self)
{
  return self->size;
}

gboolean
pc_http_answer_get_length (PcHttpAnswer *self, guint64 *length)
{
  *length = self->length;
  return self->in_page && self->has_length;
}

char **
pc_http_answer_get_lines (PcHttpAnswer *self, guint n, gboolean *all)
{
  GPtrArray *lines = g_ptr_array_new ();
  const char *p = self->page->str;
  const char *end = p + self->page->len;
  gboolean cut = self->size > self->page->len;

  while (p < end && lines->len < n)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *stop = newline != NULL ? newline : end;
      gsize length = (gsize) (stop - p);

      if (length > 0 && p[length - 1] == '\r')
        length--;
      g_ptr_array_add (lines, make_showable (p, length, PC_HTTP_LINE_WIDTH, &cut));
      p = newline != NULL ? newline + 1 : end;
    }
  *all = p == end && !cut;
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (lines, FALSE);
}
