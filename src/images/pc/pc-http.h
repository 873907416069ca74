/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What `fetch` writes and reads: a URL as typed, a request of HTTP/1.0 (RFC 1945) and its answer,
 * as bytes. */

#include <glib.h>

#define PC_HTTP_PORT       80
#define PC_HTTP_MAX_HOST   255
#define PC_HTTP_MAX_PATH   1024
#define PC_HTTP_MAX_HEAD   16384 /* bytes of status line and header fields */
#define PC_HTTP_MAX_KEPT   16384 /* bytes of the page that may be shown */
#define PC_HTTP_LINE_WIDTH 160   /* characters of a line of the page that are shown */

typedef struct
{
  char host[PC_HTTP_MAX_HOST + 1]; /* without the brackets of an IPv6 address */
  guint port;
  char path[PC_HTTP_MAX_PATH + 1]; /* begins with / */
} PcHttpUrl;

typedef enum
{
  PC_HTTP_MORE, /* more must come */
  PC_HTTP_DONE, /* the page is complete */
  PC_HTTP_CUT,  /* the connection ended before it was */
  PC_HTTP_BAD,  /* no answer of a web server */
} PcHttpResult;

typedef struct _PcHttpAnswer PcHttpAnswer;

/* [http://]HOST[:PORT][/PATH]. FALSE: @problem says why, as a sentence. */
gboolean pc_http_read_url (const char *text, PcHttpUrl *url, const char **problem);
/* (transfer full) */
char *pc_http_make_request (const PcHttpUrl *url);

/* Nothing has come yet. (transfer full) */
PcHttpAnswer *pc_http_answer_new (void);
void pc_http_answer_free (PcHttpAnswer *self);
/* The next bytes of the connection. What comes after the page is ignored. */
PcHttpResult pc_http_answer_feed (PcHttpAnswer *self, const guint8 *bytes, gsize length);
/* The other end has closed. Never PC_HTTP_MORE. */
PcHttpResult pc_http_answer_end (PcHttpAnswer *self);

/* These hold only what may be written to a terminal; they are NULL before the head is complete, and
 * all but the first where the server did not say. */
const char *pc_http_answer_get_status (PcHttpAnswer *self);
const char *pc_http_answer_get_type (PcHttpAnswer *self);
const char *pc_http_answer_get_location (PcHttpAnswer *self);
/* Bytes of the page that have come. */
guint64 pc_http_answer_get_size (PcHttpAnswer *self);
/* FALSE: the server did not say how many there will be. */
gboolean pc_http_answer_get_length (PcHttpAnswer *self, guint64 *length);
/* The first @n lines of the page, fit for a terminal; @all: there are no others, and none was
 * shortened. (transfer full) */
char **pc_http_answer_get_lines (PcHttpAnswer *self, guint n, gboolean *all);
