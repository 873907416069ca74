/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Refusals: each with file, line, column and a sentence that says what to do. */

#include "config.h"

#include <string.h>

#include "lab-refusals.h"
#include "lab-samples.h"

static void
test_table (gconstpointer data)
{
  for (const Refusal *refusal = data; refusal->text != NULL; refusal++)
    sample_refused (refusal->text, refusal->code, refusal->message);
}

static char *
refusal_of (const char *text, gsize length, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabTopology) topology = lab_file_parse (text, length, "x.lab", &error);

  g_assert_null (topology);
  g_assert_error (error, LAB_ERROR, code);

  return g_strdup (error->message);
}

static void
test_bytes (void)
{
  static const char nul[] = "{\n \"a\0\": 1 }";
  static const char broken[] = "{\n \"\xc3\xa9\xc3\": 1 }";
  static const char overlong[] = "\"\xc0\x80\"";
  static const char surrogate[] = "\"\xed\xa0\x80\"";
  g_autofree char *a = refusal_of (nul, sizeof nul - 1, LAB_ERROR_SYNTAX);
  g_autofree char *b = refusal_of (broken, sizeof broken - 1, LAB_ERROR_SYNTAX);
  g_autofree char *c = refusal_of (overlong, sizeof overlong - 1, LAB_ERROR_SYNTAX);
  g_autofree char *d = refusal_of (surrogate, sizeof surrogate - 1, LAB_ERROR_SYNTAX);
  g_autofree char *nothing = refusal_of (NULL, 0, LAB_ERROR_SYNTAX);

  g_assert_cmpstr (a, ==,
                   "x.lab, line 2, column 4: a NUL byte stands here; the file is damaged, restore "
                   "it from a copy.");
  g_assert_cmpstr (b, ==,
                   "x.lab, line 2, column 4: the text is not valid UTF-8 here; save it as UTF-8.");
  g_assert_cmpstr (c, ==,
                   "x.lab, line 1, column 2: the text is not valid UTF-8 here; save it as UTF-8.");
  g_assert_cmpstr (d, ==, c);
  g_assert_true (
      g_str_has_suffix (nothing, "there is nothing in the text; a lab begins with “{”."));
}

/* Every prefix of a good file is refused, and never read past its end. */
static void
test_cut_off (void)
{
  gsize length = strlen (sample_full);

  for (gsize i = 0; i < length - 2; i++)
    {
      g_autofree char *copy = g_memdup2 (sample_full, i > 0 ? i : 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (LabTopology) topology = lab_file_parse (copy, i, "x.lab", &error);

      g_assert_null (topology);
      g_assert_error (error, LAB_ERROR, LAB_ERROR_SYNTAX);
    }
}

static void
test_size (void)
{
  gsize length = LAB_MAX_FILE_BYTES + 1;
  g_autofree char *text = g_strnfill (length, ' ');
  g_autofree char *message = refusal_of (text, length, LAB_ERROR_LIMIT);
  g_autofree char *blank = refusal_of (text, length - 1, LAB_ERROR_SYNTAX);

  g_assert_cmpstr (
      message, ==,
      "x.lab is larger than 64 MiB, the most a lab may have; take pictures out of it.");
  g_assert_true (g_str_has_suffix (blank, "a lab begins with “{”."));
}

static void
test_depth (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *message = refusal_of (deep, 200000, LAB_ERROR_LIMIT);

  g_assert_cmpstr (message, ==,
                   "x.lab, line 1, column 65: the values are nested more than 64 deep; a lab is "
                   "flatter than that.");
}

static void
test_values (void)
{
  g_autoptr (GString) text = g_string_new ("[\n0");
  g_autofree char *message = NULL;

  for (guint i = 2; i < LAB_MAX_VALUES; i++)
    g_string_append (text, ",0");
  g_string_append (text, ",\n7]");
  message = refusal_of (text->str, text->len, LAB_ERROR_LIMIT);
  g_assert_cmpstr (message, ==, "x.lab, line 3, column 1: the text has more than 2097152 values.");
}

static void
test_members (void)
{
  g_autoptr (GString) text = g_string_new ("{\n");
  g_autofree char *message = NULL;

  for (guint i = 0; i <= LAB_MAX_MEMBERS; i++)
    g_string_append_printf (text, "%s\"k%u\": 0", i > 0 ? ",\n" : "", i);
  g_string_append (text, "}");
  message = refusal_of (text->str, text->len, LAB_ERROR_LIMIT);
  g_assert_cmpstr (message, ==,
                   "x.lab, line 4098, column 1: this object has more than 4096 members.");
}

static void
refuse_many (const char *list, const char *item, guint n, const char *expected)
{
  g_autoptr (GString) text = g_string_new (SAMPLE_HEAD ", ");
  g_autofree char *message = NULL;

  g_string_append_printf (text, "\n\"%s\": [", list);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", item);
  g_string_append (text, "] }");
  message = refusal_of (text->str, text->len, LAB_ERROR_LIMIT);
  g_assert_cmpstr (message, ==, expected);
}

static void
test_counts (void)
{
  refuse_many (
      "nodes", "{}", LAB_MAX_NODES + 1,
      "x.lab, line 2, column 10: “nodes” lists 1024 things, but a lab may have 1023 of them "
      "at most.");
  refuse_many ("links", "{}", LAB_MAX_LINKS + 1,
               "x.lab, line 2, column 10: “links” lists 16385 things, but a lab may have 16384 of "
               "them at most.");
  refuse_many ("drawings", "{}", LAB_MAX_DRAWINGS + 1,
               "x.lab, line 2, column 13: “drawings” lists 4097 things, but a lab may have 4096 of "
               "them at most.");
  refuse_many ("checks", "{}", LAB_MAX_CHECKS + 1,
               "x.lab, line 2, column 11: “checks” lists 4097 things, but a lab may have 4096 of "
               "them at most.");
}

static void
test_picture_size (void)
{
  g_autofree char *data = g_strnfill ((gsize) LAB_MAX_PICTURE_BYTES / 3 * 4 + 8, 'A');
  g_autofree char *text = g_strconcat (
      SAMPLE_HEAD ", \"drawings\": [ { \"kind\": \"picture\", \"width\": 1, \"height\": 1,\n"
                  "\"picture\": { \"type\": \"image/png\",\n\"data\": \"",
      data, "\" } } ] }", NULL);
  g_autofree char *message = refusal_of (text, strlen (text), LAB_ERROR_LIMIT);

  g_assert_cmpstr (message, ==,
                   "x.lab, line 3, column 9: a drawing: “picture”: the picture is larger than 16 "
                   "MiB; make it smaller.");
}

/* Messages that hold something random or another library's words. */
static void
test_patterns (void)
{
  static const char bad_regex[] =
      SAMPLE_HEAD ", \"nodes\": [ { \"name\": \"A\", \"kind\": \"nat\" } ],\n\"checks\": [ { "
                  "\"name\": \"c\", \"node\": \"A\", \"send\": \"\", \"expect\": \"a(\" } ] }";
  static const char no_uuid[] = "{ \"format\": \"labwright\", \"version\": 1 }";
  static const char bad_uuid[] = "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"x\" }";
  g_autofree char *regex = refusal_of (bad_regex, sizeof bad_regex - 1, LAB_ERROR_INVALID);
  g_autofree char *missing = refusal_of (no_uuid, sizeof no_uuid - 1, LAB_ERROR_INVALID);
  g_autofree char *wrong = refusal_of (bad_uuid, sizeof bad_uuid - 1, LAB_ERROR_INVALID);

  g_assert_true (g_str_has_prefix (regex, "x.lab, line 2, column 63: check “c”: “expect” is no "
                                          "valid regular expression ("));
  g_assert_true (g_str_has_prefix (missing,
                                   "x.lab, line 1, column 1: the member “uuid” is missing; "
                                   "add \"uuid\": \""));
  g_assert_true (g_str_has_prefix (wrong, "x.lab, line 1, column 48: “uuid” must be a UUID such "
                                          "as \""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/lab/refuse/syntax", refusals_syntax, test_table);
  g_test_add_data_func ("/lab/refuse/head", refusals_head, test_table);
  g_test_add_data_func ("/lab/refuse/nodes", refusals_nodes, test_table);
  g_test_add_data_func ("/lab/refuse/links", refusals_links, test_table);
  g_test_add_data_func ("/lab/refuse/drawings", refusals_drawings, test_table);
  g_test_add_data_func ("/lab/refuse/checks", refusals_checks, test_table);
  g_test_add_func ("/lab/refuse/bytes", test_bytes);
  g_test_add_func ("/lab/refuse/cut-off", test_cut_off);
  g_test_add_func ("/lab/refuse/size", test_size);
  g_test_add_func ("/lab/refuse/depth", test_depth);
  g_test_add_func ("/lab/refuse/values", test_values);
  g_test_add_func ("/lab/refuse/members", test_members);
  g_test_add_func ("/lab/refuse/counts", test_counts);
  g_test_add_func ("/lab/refuse/picture-size", test_picture_size);
  g_test_add_func ("/lab/refuse/patterns", test_patterns);

  return g_test_run ();
}
