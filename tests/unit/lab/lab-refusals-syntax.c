/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bad texts that are no JSON, or no lab. */

#include "config.h"

#include "lab-refusals.h"

/* clang-format off */
const Refusal refusals_syntax[] = {
  { "",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: there is nothing in the text; a lab begins with “{”." },
  { " \n"
    "\t",
      LAB_ERROR_SYNTAX,
      "x.lab, line 2, column 2: there is nothing in the text; a lab begins with “{”." },
  { "{",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: the text ends here, but a member's name in quotes must follow; "
      "the file was cut off, restore its end." },
  { "[1, 2",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 6: the text ends here, but a comma or “]” must follow; the file was "
      "cut off, restore its end." },
  { "{ \"a\" 1 }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 7: here must stand a colon, but there is “1”." },
  { "{ \"a\": }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 8: here must stand a value, but there is “}”." },
  { "{ \"a\": 1, }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 11: here must stand a member's name in quotes, but there is “}”." },
  { "[ 1, ]",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 6: here must stand a value, but there is “]”." },
  { "[ 1 2 ]",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 5: here must stand a comma or “]”, but there is “2”." },
  { "{ a: 1 }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 3: here must stand a member's name in quotes, but there is “a”." },
  { "{ \"a\": 1 } x",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 12: something follows the end of the document; remove it." },
  { "[][]",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 3: something follows the end of the document; remove it." },
  { "nul",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “n”." },
  { "truely",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 5: something follows the end of the document; remove it." },
  { "01",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or 0.5." },
  { "-",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or 0.5." },
  { "1.",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or 0.5." },
  { ".5",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “.”." },
  { "1e",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or 0.5." },
  { "+1",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “+”." },
  { "0x10",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: something follows the end of the document; remove it." },
  { "NaN",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “N”." },
  { "-Infinity",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or 0.5." },
  { "\"abc",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this text has no closing quote before the end of the file; add "
      "it." },
  { "\"a\n"
    "b\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 3: a text holds a line break or control character here; close the "
      "quote, or write it as an escape such as “\\n”." },
  { "\"a\tb\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 3: a text holds a line break or control character here; close the "
      "quote, or write it as an escape such as “\\n”." },
  { "\"\\x\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: this is no escape of JSON; write “\\\\” for a backslash." },
  { "\"\\u12\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: after “\\u” must stand four hexadecimal digits." },
  { "\"\\u12g4\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: after “\\u” must stand four hexadecimal digits." },
  { "\"\\u0000\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: a text cannot hold the character U+0000; remove it." },
  { "\"\\ud800\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: this is half of a surrogate pair, not a character; remove it." },
  { "\"\\udc00\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: this is half of a surrogate pair, not a character; remove it." },
  { "\"\\ud800\\u0041\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: this is half of a surrogate pair, not a character; remove it." },
  { "// c\n"
    "{}",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “/”." },
  { "{ \"é\": 1,\n"
    "  \"ü\", }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 2, column 6: here must stand a colon, but there is “,”." },
  { "﻿{}",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: the text begins with a byte order mark; save it as UTF-8 without "
      "one." },
  { "{ \"a\": 1 /* x */ }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 10: here must stand a comma or “}”, but there is “/”." },
  { "{\n"
    " \"n\": 'x' }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 2, column 7: here must stand a value, but there is “'”." },
  { "[ 1e999 ]",
      LAB_ERROR_LIMIT,
      "x.lab, line 1, column 3: this number is too large to be kept as it is; write a smaller "
      "one, or write it as a text." },
  { "{\n"
    " \"ab\": 9223372036854775808 }",
      LAB_ERROR_LIMIT,
      "x.lab, line 2, column 8: this number is too large to be kept as it is; write a smaller "
      "one, or write it as a text." },
  { "[ -9223372036854775809 ]",
      LAB_ERROR_LIMIT,
      "x.lab, line 1, column 3: this number is too large to be kept as it is; write a smaller "
      "one, or write it as a text." },
  { "{ \"a\": 1,\n"
    "  \"b\": 2, \"a\": 3 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 11: this object has a member “a” already; remove one of the two." },
  { "{ \"a\\u0062\": 1, \"ab\": 3 }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 17: this object has a member “ab” already; remove one of the two." },
  { "{ \"x\": \177 }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 8: here must stand a value, but there is the character U+007F." },
  { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
      LAB_ERROR_LIMIT,
      "x.lab, line 1, column 65: the values are nested more than 64 deep; a lab is flatter than "
      "that." },
  { NULL, 0, NULL }
};

const Refusal refusals_head[] = {
  { "[]",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 1: a lab must be an object in braces." },
  { "1",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 1: a lab must be an object in braces." },
  { "{}",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 1: this is no lab; a lab has the members \"format\": \"labwright\" "
      "and \"version\": 1." },
  { "{ \"format\": \"gns3\" }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 13: “format” must be “labwright”; this is another program's file." },
  { "{ \"format\": 1 }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 13: “format” must be a text in quotes." },
  { "{ \"format\": \"labwright\" }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 1: the member “version” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": \"1\" }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 37: “version” must be a whole number from 1 to 2147483647." },
  { "{ \"format\": \"labwright\", \"version\": 0 }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 37: “version” must be a whole number from 1 to 2147483647." },
  { "{ \"format\": \"labwright\",\n"
    "  \"version\": 2, \"nodes\": 1 }",
      LAB_ERROR_VERSION,
      "x.lab, line 2, column 14: this lab has version 2 of the format, and this Labwright knows "
      "version 1; open it with a newer Labwright." },
  { "{ \"format\": \"labwright\", \"version\": 1 ,\n"
    " \"uuid\": 5 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 10: “uuid” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": "
    "\"01234567-89ab-cdef-0123-456789abcdef\" }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 1: the member “name” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": "
    "\"01234567-89ab-cdef-0123-456789abcdef\", \"name\": null }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 96: “name” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": "
    "\"01234567-89ab-cdef-0123-456789abcdef\",\n"
    " \"name\": \"a\\nb\" }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 10: “name” holds a line break or control character; remove it." },
  { LAB_HEAD
    " \"notes\": 1 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 11: “notes” must be a list in brackets." },
  { LAB_HEAD
    " \"notes\": [ \"a\",\n"
    " 2 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: each line of “notes” must be a text in quotes." },
  { LAB_HEAD
    " \"notes\": [ \"a\\nb\" ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 13: a line of “notes” holds a line break; write one line an element." },
  { LAB_HEAD
    " \"nodes\": {} }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 11: “nodes” must be a list in brackets." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "  1 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 3: each of “nodes” must be an object in braces." },
  { LAB_HEAD
    " \"links\": 1 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 11: “links” must be a list in brackets." },
  { LAB_HEAD
    " \"drawings\": 1 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 14: “drawings” must be a list in brackets." },
  { LAB_HEAD
    " \"checks\": true }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 12: “checks” must be a list in brackets." },
  { NULL, 0, NULL }
};
