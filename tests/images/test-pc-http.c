/* SPDX-License-Identifier: GPL-3.0-or-later */

/* URLs, and answers of web servers, good and bad, in one piece and byte by byte. */

#include "config.h"

#include <string.h>

#include "pc-http.h"

static void
test_url (void)
{
  static const struct
  {
    const char *text, *host;
    guint port;
    const char *path;
  } good[] = {
    { "10.0.2.2", "10.0.2.2", 80, "/" },
    { "HTTP://www.example.com:8080/a/b?c=d:e#f", "www.example.com", 8080, "/a/b?c=d:e" },
    { "host?q", "host", 80, "/?q" },
    { "host/http://other", "host", 80, "/http://other" },
    { "http://[2001:db8::1]:81/x", "2001:db8::1", 81, "/x" },
    { "[fe80::1%e0/1]/x", "fe80::1%e0/1", 80, "/x" },
  };
  static const char *const bad[] = { "",        "http://", "https://a/", "ftp://a", "a:0",
                                     "a:65536", "a:",      "a:b",        ":80",     "2001:db8::1",
                                     "[::1",    "[::1]x",  "[]",         "a/\r\nb", "a/\xc3\xa4" };
  g_autofree char *host = g_strnfill (PC_HTTP_MAX_HOST + 1, 'a');
  g_autofree char *path = g_strnfill (PC_HTTP_MAX_PATH, '/');
  g_autofree char *long_path = g_strconcat ("a/", path, NULL);
  const char *problem;
  PcHttpUrl url;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (pc_http_read_url (good[i].text, &url, &problem));
      g_assert_cmpstr (url.host, ==, good[i].host);
      g_assert_cmpuint (url.port, ==, good[i].port);
      g_assert_cmpstr (url.path, ==, good[i].path);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      problem = NULL;
      g_assert_false (pc_http_read_url (bad[i], &url, &problem));
      g_assert_nonnull (problem);
    }
  g_assert_false (pc_http_read_url (host, &url, &problem));
  g_assert_true (pc_http_read_url (host + 1, &url, &problem));
  g_assert_false (pc_http_read_url (long_path, &url, &problem));
}

static void
test_request (void)
{
  const char *problem;
  PcHttpUrl url;
  g_autofree char *plain = NULL;
  g_autofree char *zone = NULL;

  g_assert_true (pc_http_read_url ("www.example.com/a?b", &url, &problem));
  plain = pc_http_make_request (&url);
  g_assert_true (g_str_has_prefix (plain, "GET /a?b HTTP/1.0\r\nHost: www.example.com\r\n"));
  g_assert_true (g_str_has_suffix (plain, "\r\n\r\n"));
  g_assert_true (pc_http_read_url ("[fe80::1%e0/1]:8080", &url, &problem));
  zone = pc_http_make_request (&url);
  g_assert_nonnull (strstr (zone, "\r\nHost: [fe80::1]:8080\r\n"));
}

/* Fed in pieces of @step bytes; ended if it was not complete. */
static PcHttpAnswer *
read_answer (const char *text, gsize step, PcHttpResult result)
{
  PcHttpAnswer *answer = pc_http_answer_new ();
  gsize length = strlen (text);
  PcHttpResult got = PC_HTTP_MORE;

  for (gsize i = 0; i < length; i += step)
    got = pc_http_answer_feed (answer, (const guint8 *) text + i, MIN (step, length - i));
  if (got == PC_HTTP_MORE)
    got = pc_http_answer_end (answer);
  g_assert_cmpint (got, ==, result);
  return answer;
}

static void
test_answer (void)
{
  static const char text[] =
      "HTTP/1.1 100 Continue\r\nContent-Length: 3\r\n\r\n"
      "HTTP/1.1 200 OK\r\ncontent-length:  11 \r\nContent-Type: text/html\r\n"
      "\r\none\r\n\r\nthree and what is not of the page";
  gboolean all;
  guint64 length;

  for (gsize step = 1; step <= sizeof text; step += 5)
    {
      PcHttpAnswer *answer = read_answer (text, step, PC_HTTP_DONE);
      g_auto (GStrv) lines = pc_http_answer_get_lines (answer, 10, &all);
      g_auto (GStrv) two = NULL;

      g_assert_cmpstr (pc_http_answer_get_status (answer), ==, "HTTP/1.1 200 OK");
      g_assert_cmpstr (pc_http_answer_get_type (answer), ==, "text/html");
      g_assert_cmpuint (pc_http_answer_get_size (answer), ==, 11);
      g_assert_true (pc_http_answer_get_length (answer, &length));
      g_assert_cmpuint (length, ==, 11);
      g_assert_true (all);
      g_assert_cmpuint (g_strv_length (lines), ==, 3);
      g_assert_cmpstr (lines[0], ==, "one");
      g_assert_cmpstr (lines[1], ==, "");
      g_assert_cmpstr (lines[2], ==, "thre");
      two = pc_http_answer_get_lines (answer, 2, &all);
      g_assert_false (all);
      g_assert_cmpuint (g_strv_length (two), ==, 2);
      pc_http_answer_free (answer);
    }
}

static void
test_ends (void)
{
  static const struct
  {
    const char *text;
    PcHttpResult result;
  } cases[] = {
    { "HTTP/1.0 200 OK\n\npage", PC_HTTP_DONE },
    { "HTTP/1.0 200\r\nContent-Length: 0\r\n\r\n", PC_HTTP_DONE },
    { "HTTP/1.0 204 Nothing\r\n\r\n", PC_HTTP_DONE },
    { "HTTP/1.0 404 Not Found\r\nContent-Length: 4\r\n\r\nnone", PC_HTTP_DONE },
    { "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nnone", PC_HTTP_CUT },
    { "HTTP/1.0 200 OK\r\nContent-Le", PC_HTTP_CUT },
    { "", PC_HTTP_CUT },
    { "GET / HTTP/1.0\r\n\r\n", PC_HTTP_BAD },
    { "HTTP/1.0 20 OK\r\n\r\n", PC_HTTP_BAD },
    { "HTTP/1.0 2000 OK\r\n\r\n", PC_HTTP_BAD },
    { "HTTP/1.0", PC_HTTP_BAD },
    { "HTTP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n", PC_HTTP_BAD },
    { "HTTP/1.0 200 OK\r\nContent-Length: 5x\r\n\r\n", PC_HTTP_BAD },
    { "HTTP/1.0 200 OK\r\nContent-Length: 1234567890123456789\r\n\r\n", PC_HTTP_BAD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    pc_http_answer_free (read_answer (cases[i].text, 3, cases[i].result));
}

/* Bounded, whatever comes; and no byte of it steers a terminal. */
static void
test_hostile (void)
{
  g_autofree char *much = g_strnfill (PC_HTTP_MAX_HEAD, 'x');
  g_autofree char *head = g_strconcat ("HTTP/1.0 200 OK\r\nX: ", much, "\r\n\r\n", NULL);
  g_autofree char *page = g_strconcat ("HTTP/1.0 200 OK\r\n\r\n", much, "and more", NULL);
  static const char escapes[] = "HTTP/1.0 302 \33[31m\r\nLocation: \33]0;x\7\r\n\r\n"
                                "a\33[2J\tb\177\302\233c\377d\303\244\n";
  PcHttpAnswer *answer;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) shown = NULL;
  gboolean all;

  pc_http_answer_free (read_answer (head, 1000, PC_HTTP_BAD));
  answer = read_answer (page, 1000, PC_HTTP_DONE);
  g_assert_cmpuint (pc_http_answer_get_size (answer), ==, PC_HTTP_MAX_HEAD + 8);
  lines = pc_http_answer_get_lines (answer, 10, &all);
  g_assert_false (all);
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_cmpuint (strlen (lines[0]), ==, PC_HTTP_LINE_WIDTH);
  pc_http_answer_free (answer);

  answer = read_answer (escapes, 7, PC_HTTP_DONE);
  g_assert_cmpstr (pc_http_answer_get_status (answer), ==, "HTTP/1.0 302 .[31m");
  g_assert_cmpstr (pc_http_answer_get_location (answer), ==, ".]0;x.");
  shown = pc_http_answer_get_lines (answer, 10, &all);
  g_assert_true (all);
  g_assert_cmpstr (shown[0], ==, "a.[2J b..c\357\277\275d\303\244");
  pc_http_answer_free (answer);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/http/url", test_url);
  g_test_add_func ("/pc/http/request", test_request);
  g_test_add_func ("/pc/http/answer", test_answer);
  g_test_add_func ("/pc/http/ends", test_ends);
  g_test_add_func ("/pc/http/hostile", test_hostile);
  return g_test_run ();
}
