/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A URL as typed in the first line, then what the server at its end says, in pieces as long as the
 * URL. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "pc-http.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr (data, '\n', size) : NULL;
  gsize step = end != NULL ? (gsize) (end - data) + 1 : 1;
  g_autofree char *text =
      g_strndup (size > 0 ? (const char *) data : "", end != NULL ? step - 1 : size);
  PcHttpAnswer *answer = pc_http_answer_new ();
  const char *problem;
  PcHttpUrl url;
  gboolean all;

  if (pc_http_read_url (text, &url, &problem))
    g_free (pc_http_make_request (&url));
  for (gsize i = step; i < size; i += step)
    pc_http_answer_feed (answer, data + i, MIN (step, size - i));
  pc_http_answer_end (answer);
  g_strfreev (pc_http_answer_get_lines (answer, 10, &all));
  pc_http_answer_free (answer);
  return 0;
}
