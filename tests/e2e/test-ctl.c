/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts of labctl: the screen, the dialogue with a console, the placing of labels. */

#include "config.h"

#include <math.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab-talk.h"
#include "lab-screen.h"
#include "ctl-svg-private.h"

/* --- the screen --- */

static void
test_screen (void)
{
  static const struct
  {
    const char *bytes;
    const char *shown;
  } cases[] = {
    { "one\r\ntwo", "one\ntwo" },
    { "PC1> pimg\b \b\b \bng\r\n", "PC1> ping\n" },
    { " --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\bnext\r\n", "next\n" },
    { "\033[1;31mred\033[0m\r\n", "red\n" },
    { "abcdef\r\033[Kxy\n", "xy\n" },
    { "abcdef\033[3D\033[1PX\n", "abcXf\n" },
    { "abc\033[2DX\n", "aXc\n" },
    { "\033]0;title\007text\n", "text\n" },
    { "\033(Btext\n", "text\n" },
    { "a\tb\n", "a       b\n" },
    { "trailing   \n", "trailing\n" },
    { "bell\007 nul\n", "bell nul\n" },
    { "gr\xc3\xbc\xc3\x9f\n", "grüß\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LabScreen) whole = lab_screen_new ();
      g_autoptr (LabScreen) pieces = lab_screen_new ();
      g_autofree char *shown = NULL;
      g_autofree char *shown_pieces = NULL;

      lab_screen_feed (whole, cases[i].bytes, strlen (cases[i].bytes));
      for (const char *p = cases[i].bytes; *p != '\0'; p++)
        lab_screen_feed (pieces, p, 1);
      shown = lab_screen_dup (whole, TRUE);
      shown_pieces = lab_screen_dup (pieces, TRUE);
      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpstr (shown_pieces, ==, cases[i].shown);
    }
}

static void
test_screen_noise (void)
{
  static const char far_away[] = "\033[999999999C\033[99999999999999D\033[99999999Pend\n";
  g_autoptr (LabScreen) screen = lab_screen_new ();
  g_autofree char *shown = NULL;

  for (guint i = 0; i < 200000; i++)
    {
      char byte = (char) g_test_rand_int_range (0, 256);

      lab_screen_feed (screen, &byte, 1);
    }
  shown = lab_screen_dup (screen, TRUE);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  lab_screen_forget (screen);
  lab_screen_feed (screen, far_away, strlen (far_away));
}

/* --- the dialogue, with a device played by the test --- */

typedef struct
{
  LabTalk *dialogue;
  int device; /* the other end of the console */
  LabAnswer *answer;
} Talk;

static void
talk_set_up (Talk *talk, gconstpointer data)
{
  g_autoptr (GSocket) socket = NULL;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  socket = g_socket_new_from_fd (fds[0], NULL);
  talk->dialogue =
      lab_talk_new (G_IO_STREAM (g_socket_connection_factory_create_connection (socket)));
  talk->device = fds[1];
}

static void
talk_tear_down (Talk *talk, gconstpointer data)
{
  lab_talk_close (talk->dialogue);
  g_clear_object (&talk->dialogue);
  g_clear_pointer (&talk->answer, lab_answer_free);
  if (talk->device >= 0)
    close (talk->device);
  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Talk *talk = user_data;

  talk->answer = lab_talk_ask_finish (LAB_TALK (object), result, NULL);
}

static void
say (Talk *talk, const char *text)
{
  g_assert_cmpint (send (talk->device, text, strlen (text), 0), ==, (gssize) strlen (text));
}

/* What was typed at the device, up to and with @end. */
static void
hear (Talk *talk, const char *end)
{
  g_autoptr (GString) heard = g_string_new (NULL);

  while (strstr (heard->str, end) == NULL)
    {
      char buffer[256];
      ssize_t n = recv (talk->device, buffer, sizeof buffer, MSG_DONTWAIT);

      if (n > 0)
        g_string_append_len (heard, buffer, n);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
ask (Talk *talk, const char *text, const char *expect, const char *reject, double within)
{
  g_autoptr (GRegex) expected =
      expect != NULL ? g_regex_new (expect, G_REGEX_MULTILINE, 0, NULL) : NULL;
  g_autoptr (GRegex) rejected =
      reject != NULL ? g_regex_new (reject, G_REGEX_MULTILINE, 0, NULL) : NULL;
  LabQuestion question = {
    .text = text,
    .expect = expected,
    .reject = rejected,
    .within = within,
    .patience = within,
  };

  g_clear_pointer (&talk->answer, lab_answer_free);
  lab_talk_ask_async (talk->dialogue, &question, answered_cb, talk);
}

static void
wait_answer (Talk *talk, LabAnswerKind kind, const char *output)
{
  while (talk->answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (talk->answer->kind, ==, kind);
  g_assert_cmpstr (talk->answer->output, ==, output);
}

static void
test_dialogue_prompt (Talk *talk, gconstpointer data)
{
  ask (talk, "show", NULL, NULL, 60);
  hear (talk, "\r");
  say (talk, "\r\nR1#");
  hear (talk, "show\r");
  say (talk, "show\r\nfirst\r\nsec");
  say (talk, "ond\r\nR1#");
  wait_answer (talk, LAB_ANSWER_PROMPT, "first\nsecond\n");
}

/* The end of what ran before is not the answer, nor is its prompt. */
static void
test_dialogue_leftovers (Talk *talk, gconstpointer data)
{
  ask (talk, "show", "R", NULL, 60);
  hear (talk, "\r");
  say (talk, "84 bytes from R\r\n84 bytes from R\r\n");
  say (talk, "PC1> ");
  hear (talk, "show\r");
  say (talk, "show\r\nnothing\r\nPC1> ");
  wait_answer (talk, LAB_ANSWER_PROMPT, "nothing\n");
}

static void
test_dialogue_match (Talk *talk, gconstpointer data)
{
  ask (talk, "ping", "^5 of [0-9]+$", NULL, 60);
  hear (talk, "\r");
  say (talk, "\r\nPC1> ");
  hear (talk, "ping\r");
  say (talk, "ping\r\nx\r\n5 of 6");
  for (guint i = 0; i < 5; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (talk->answer); /* the line may go on */
  say (talk, "7\r\nmore to come");
  wait_answer (talk, LAB_ANSWER_MATCHED, "x\n5 of 67\nmore to come");
}

static void
test_dialogue_reject (Talk *talk, gconstpointer data)
{
  ask (talk, "ping", "begun", "bytes from", 60);
  hear (talk, "\r");
  say (talk, "\r\nPC1> ");
  hear (talk, "ping\r");
  say (talk, "ping\r\nbegun\r\n");
  for (guint i = 0; i < 5; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (talk->answer); /* what must not come may come yet */
  say (talk, "84 bytes from\r\n");
  wait_answer (talk, LAB_ANSWER_REJECTED, "begun\n84 bytes from\n");

  ask (talk, "ping", "begun", "bytes from", 60);
  hear (talk, "\r");
  say (talk, "\r\nPC1> ");
  hear (talk, "ping\r");
  say (talk, "ping\r\nbegun\r\nPC1> ");
  wait_answer (talk, LAB_ANSWER_MATCHED, "begun\n");
}

static void
test_dialogue_more (Talk *talk, gconstpointer data)
{
  ask (talk, "show", NULL, NULL, 60);
  hear (talk, "\r");
  say (talk, "\r\nR1>");
  hear (talk, "show\r");
  say (talk, "show\r\none\r\n --More-- ");
  hear (talk, " ");
  say (talk, "\r          \rtwo\r\nR1>");
  wait_answer (talk, LAB_ANSWER_PROMPT, "one\ntwo\n");
}

static void
test_dialogue_silent (Talk *talk, gconstpointer data)
{
  ask (talk, "show", NULL, NULL, 0.1);
  wait_answer (talk, LAB_ANSWER_SILENT, "");
  /* Long enough for a loaded machine to come to the prompt in time. */
  ask (talk, "show", "x", NULL, 3);
  hear (talk, "\r");
  say (talk, "\r\nR1>");
  hear (talk, "show\r");
  wait_answer (talk, LAB_ANSWER_TIMEOUT, "");
}

static void
test_dialogue_closed (Talk *talk, gconstpointer data)
{
  ask (talk, "show", NULL, NULL, 60);
  hear (talk, "\r");
  close (talk->device);
  talk->device = -1;
  wait_answer (talk, LAB_ANSWER_CLOSED, "");
  ask (talk, "show", NULL, NULL, 60);
  wait_answer (talk, LAB_ANSWER_CLOSED, "");
}

/* --- labels --- */

static gboolean
overlaps (SvgBox a, SvgBox b)
{
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

/* Six links from one node: no label on another, on the symbol or beyond the middle. */
static void
test_placer (void)
{
  g_autoptr (SvgPlacer) placer = svg_placer_new ();
  SvgBox symbol = svg_box_around (0, 0, 60, 40);
  SvgBox labels[6];

  svg_placer_add_box (placer, symbol);
  for (guint i = 0; i < 6; i++)
    svg_placer_add_line (placer, 0, 0, -250 + 100.0 * i, 200);
  for (guint i = 0; i < 6; i++)
    {
      double x = -250 + 100.0 * i;
      double length = sqrt (x * x + 200 * 200);

      labels[i] = svg_placer_place (placer, 0, 0, x / length, 200 / length, 25, length / 2, 24, 12);
      g_assert_false (overlaps (labels[i], symbol));
      for (guint j = 0; j < i; j++)
        g_assert_false (overlaps (labels[i], labels[j]));
    }
}

static void
test_escape (void)
{
  g_autofree char *text = svg_escape ("<a & \"b\">\001\x7f\t\xff");

  g_assert_cmpstr (text, ==, "&lt;a &amp; &quot;b&quot;&gt;\t\xef\xbf\xbd");
}

#define add_talk(path, function)                                                                   \
  g_test_add ((path), Talk, NULL, talk_set_up, (function), talk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/screen", test_screen);
  g_test_add_func ("/ctl/screen/noise", test_screen_noise);
  add_talk ("/ctl/dialogue/prompt", test_dialogue_prompt);
  add_talk ("/ctl/dialogue/leftovers", test_dialogue_leftovers);
  add_talk ("/ctl/dialogue/match", test_dialogue_match);
  add_talk ("/ctl/dialogue/reject", test_dialogue_reject);
  add_talk ("/ctl/dialogue/more", test_dialogue_more);
  add_talk ("/ctl/dialogue/silent", test_dialogue_silent);
  add_talk ("/ctl/dialogue/closed", test_dialogue_closed);
  g_test_add_func ("/ctl/svg/placer", test_placer);
  g_test_add_func ("/ctl/svg/escape", test_escape);
  return g_test_run ();
}
