/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bad texts, and what is said about them. One table a subject. */

#include "config.h"

#include "lab-refusals.h"

/* clang-format off */
const Refusal refusals_syntax[] = {
  { "",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: there is nothing in the text; a lab begins with “{”." },
  { " \n\t",
      LAB_ERROR_SYNTAX,
      "x.lab, line 2, column 2: there is nothing in the text; a lab begins with “{”." },
  { "{",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: the text ends here, but a member's name in quotes "
      "must follow; the file was cut off, restore its end." },
  { "[1, 2",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 6: the text ends here, but a comma or “]” must follow; "
      "the file was cut off, restore its end." },
  { "{ \"a\" 1 }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 7: here must stand a colon, but there is “1”." },
  { "{ \"a\": }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 8: here must stand a value, but there is “}”." },
  { "{ \"a\": 1, }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 11: here must stand a member's name in quotes, but there "
      "is “}”." },
  { "[ 1, ]",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 6: here must stand a value, but there is “]”." },
  { "[ 1 2 ]",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 5: here must stand a comma or “]”, but there is “2”." },
  { "{ a: 1 }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 3: here must stand a member's name in quotes, but there "
      "is “a”." },
  { "{ \"a\": 1 } x",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 12: something follows the end of the document; remove "
      "it." },
  { "[][]",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 3: something follows the end of the document; remove "
      "it." },
  { "nul",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “n”." },
  { "truely",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 5: something follows the end of the document; remove "
      "it." },
  { "01",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or "
      "0.5." },
  { "-",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or "
      "0.5." },
  { "1.",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or "
      "0.5." },
  { ".5",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “.”." },
  { "1e",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or "
      "0.5." },
  { "+1",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “+”." },
  { "0x10",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: something follows the end of the document; remove "
      "it." },
  { "NaN",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “N”." },
  { "-Infinity",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this is no number of JSON; write it like 12, -3 or "
      "0.5." },
  { "\"abc",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: this text has no closing quote before the end of "
      "the file; add it." },
  { "\"a\nb\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 3: a text holds a line break or control character here; "
      "close the quote, or write it as an escape such as “\\n”." },
  { "\"a\tb\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 3: a text holds a line break or control character here; "
      "close the quote, or write it as an escape such as “\\n”." },
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
      "x.lab, line 1, column 2: this is half of a surrogate pair, not a character; "
      "remove it." },
  { "\"\\udc00\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: this is half of a surrogate pair, not a character; "
      "remove it." },
  { "\"\\ud800\\u0041\"",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 2: this is half of a surrogate pair, not a character; "
      "remove it." },
  { "// c\n{}",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: here must stand a value, but there is “/”." },
  { "{ \"é\": 1,\n  \"ü\", }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 2, column 6: here must stand a colon, but there is “,”." },
  { "﻿{}",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 1: the text begins with a byte order mark; save it as "
      "UTF-8 without one." },
  { "{ \"a\": 1 /* x */ }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 10: here must stand a comma or “}”, but there is “/”." },
  { "{\n \"n\": 'x' }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 2, column 7: here must stand a value, but there is “'”." },
  { "[ 1e999 ]",
      LAB_ERROR_LIMIT,
      "x.lab, line 1, column 3: this number is too large to be kept as it is; write "
      "a smaller one, or write it as a text." },
  { "{\n \"ab\": 9223372036854775808 }",
      LAB_ERROR_LIMIT,
      "x.lab, line 2, column 8: this number is too large to be kept as it is; write "
      "a smaller one, or write it as a text." },
  { "[ -9223372036854775809 ]",
      LAB_ERROR_LIMIT,
      "x.lab, line 1, column 3: this number is too large to be kept as it is; write "
      "a smaller one, or write it as a text." },
  { "{ \"a\": 1,\n  \"b\": 2, \"a\": 3 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 11: this object has a member “a” already; remove one "
      "of the two." },
  { "{ \"a\\u0062\": 1, \"ab\": 3 }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 17: this object has a member “ab” already; remove one "
      "of the two." },
  { "{ \"x\": \177 }",
      LAB_ERROR_SYNTAX,
      "x.lab, line 1, column 8: here must stand a value, but there is the character "
      "U+007F." },
  { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
      LAB_ERROR_LIMIT,
      "x.lab, line 1, column 65: the values are nested more than 64 deep; a lab is "
      "flatter than that." },
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
      "x.lab, line 1, column 1: this is no lab; a lab has the members \"format\": "
      "\"labwright\" and \"version\": 1." },
  { "{ \"format\": \"gns3\" }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 13: “format” must be “labwright”; this is another program's "
      "file." },
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
  { "{ \"format\": \"labwright\",\n  \"version\": 2, \"nodes\": 1 }",
      LAB_ERROR_VERSION,
      "x.lab, line 2, column 14: this lab has version 2 of the format, and this Labwright "
      "knows version 1; open it with a newer Labwright." },
  { "{ \"format\": \"labwright\", \"version\": 1 ,\n"
      " \"uuid\": 5 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 10: “uuid” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\" }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 1: the member “name” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": null }",
      LAB_ERROR_INVALID,
      "x.lab, line 1, column 96: “name” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\",\n \"name\": \"a\\nb\" }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 10: “name” holds a line break or control character; "
      "remove it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"notes\": 1 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 11: “notes” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"notes\": [ \"a\",\n"
      " 2 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: each line of “notes” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"notes\": [ \"a\\nb\" ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 13: a line of “notes” holds a line break; write one "
      "line an element." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": {} }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 11: “nodes” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "  1 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 3: each of “nodes” must be an object in braces." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"links\": 1 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 11: “links” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": 1 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 14: “drawings” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"checks\": true }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 12: “checks” must be a list in brackets." },
  { NULL, 0, NULL }
};

const Refusal refusals_nodes[] = {
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{} ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: a node: the member “name” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: “name” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: the name is empty; give it at least one "
      "character." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"a \" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: the name “a ” begins or ends with a blank; "
      "remove it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \" a\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: the name “ a” begins or ends with a blank; "
      "remove it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"a\\u0007b\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: the name “a�b” holds a control character; "
      "remove it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" "
      "} ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 11: a node: the name “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      "xxxxxxxx…” is longer than 63 bytes; shorten it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: node “A”: the member “kind” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"vm\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 24: node “A”: “kind” must be one of: iou, switch, hub, "
      "frame-relay-switch, nat, tap, tunnel, placeholder." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\" },\n"
      "{ \"name\": \"A\", \"kind\": \"nat\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: there is a node “A” already; give one of them another "
      "name." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 37: node “A”: “id” must be a whole number from 1 to "
      "1023." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": 1024 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 37: node “A”: “id” must be a whole number from 1 to "
      "1023." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": 1.5 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 37: node “A”: “id” must be a whole number from 1 to "
      "1023." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": \"1\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 37: node “A”: “id” must be a whole number from 1 to "
      "1023." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": 4 },\n"
      "{ \"name\": \"B\", \"kind\": \"nat\", \"id\": 4 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 37: node “B”: the id 4 is taken by node “A”; change "
      "or remove it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"x\": 1e7 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 36: node “A”: “x” must be a number from -1000000 to "
      "1000000." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\",\n \"y\": \"0\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 7: node “A”: “y” must be a number from -1000000 to 1000000." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"symbol\": \"\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 41: node “A”: “symbol” is empty; write something, or "
      "leave it out." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"locked\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 41: node “A”: “locked” must be true or false." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"label\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 40: node “A”: “label” must be an object in braces." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: node “A”: the member “image” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": \"x\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 40: node “A”: “image” must be an object in braces." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\",\n \"image\": {} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: node “A”: “image”: the member “name” is missing; "
      "add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"a/b\" } } ] "
      "}",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 50: node “A”: the image's name must be a file name, "
      "without folders." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"..\" } } ] "
      "}",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 50: node “A”: the image's name must be a file name, "
      "without folders." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"a\",\n"
      " \"sha256\": \"12\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: the image's “sha256” must be 64 hexadecimal "
      "digits." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"ethernet\": 17 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 14: node “A”: “ethernet” must be a whole number from "
      "0 to 16." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"serial\": -1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: “serial” must be a whole number from 0 "
      "to 16." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"ethernet\": 9, \"serial\": 8 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 27: node “A”: 9 Ethernet and 8 serial adapters are more "
      "than 16; remove some." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"ram\": 65537 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 9: node “A”: “ram” must be a whole number from 0 to "
      "65536." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"ram\": \"big\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 9: node “A”: “ram” must be a whole number from 0 to "
      "65536." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"nvram\": 7 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: node “A”: “nvram” must be a whole number from 8 "
      "to 1024 (KB)." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"nvram\": 1025 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: node “A”: “nvram” must be a whole number from 0 "
      "to 1024." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"keepalives\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 16: node “A”: “keepalives” must be true or false." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"start-group\": 100 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 17: node “A”: “start-group” must be a whole number from 0 "
      "to 99." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"needs\": 7 }",
      LAB_ERROR_INVALID, "x.lab, line 2, column 11: “needs” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"start-patience\": 0 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 20: “start-patience” must be a whole number from 1 to 3600." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"start\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: node “A”: “start” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"start\": [ 1 ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 13: node “A”: each line of “start” must be a text in "
      "quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
      " \"start\": [ \"ok\",\n \"a\\rb\" ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 2: node “A”: a line of “start” holds a line break; write "
      "one line an element." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: node “A”: the member “ports” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [] } ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 43: node “A”: “ports” lists 0 ports; it must be 1 to "
      "64." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [{},{},{},{},{},{},{},{},{},{},{"
      "},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{"
      "},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}] "
      "} ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 43: node “A”: “ports” lists 65 ports; it must be 1 to "
      "64." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": 8 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 43: node “A”: “ports” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
      " 1 ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: node “A”: each of “ports” must be an object in braces." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
      " { \"mode\": \"x\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: port 1: “mode” must be one of: access, "
      "trunk, qinq." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
      " { \"vlan\": 0 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: port 1: “vlan” must be a whole number "
      "from 1 to 4094." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
      " { \"vlan\": 4095 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: port 1: “vlan” must be a whole number "
      "from 1 to 4094." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
      " { \"mode\": \"trunk\", \"native\": 4095 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 31: node “A”: port 1: “native” must be a whole number "
      "from 1 to 4094." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
      " { \"mode\": \"trunk\", \"allowed\": \"1-\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 32: node “A”: port 1: “1-” is no list of VLANs; write "
      "numbers from 1 to 4094 and ranges with commas between, like 1,10,20-29." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
      " { \"mode\": \"trunk\", \"allowed\": \"\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 32: node “A”: port 1: “allowed” is empty; write something, "
      "or leave it out." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
      " { \"mode\": \"trunk\", \"allowed\": 1 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 32: node “A”: port 1: “allowed” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {} ], \"ageing\": 0 "
      "} ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 61: node “A”: “ageing” must be a whole number from 1 "
      "to 1000000." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"hub\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: node “A”: the member “ports” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"hub\", \"ports\": 65 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 40: node “A”: “ports” must be a whole number from 1 "
      "to 64." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"hub\", \"ports\": [] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 40: node “A”: “ports” must be a whole number from 1 "
      "to 64." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 55: node “A”: “ports” must be a whole number from 1 "
      "to 64." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 1, \"maps\": "
      "{} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 66: node “A”: “maps” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ 1 ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 68: node “A”: each of “maps” must be an object in braces." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": {} } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 75: node “A”: “maps”, number 1: “a”: the member “port” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": { \"port\": \"s0\", \"dlci\": 15 }, \"b\": { \"port\": \"s1\", \"dlci\": 201 } } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 99: node “A”: “maps”, number 1: “a”: “dlci” must be a whole number from 16 to 1007." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": { \"port\": \"s0\", \"dlci\": 16 }, \"b\": { \"port\": \"s2\", \"dlci\": 201 } } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 120: node “A”: “maps”, number 1: “b”: there is no port “s2”; the ports are s0 to s1." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": { \"port\": \"s0\", \"dlci\": 101 }, \"b\": { \"port\": \"s1\", \"dlci\": 201 } }, { \"a\": { \"port\": \"s0\", \"dlci\": 101 }, \"b\": { \"port\": \"s1\", \"dlci\": 201 } } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 144: node “A”: “maps”, number 2: DLCI 101 of port s0 has a circuit already; choose another." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": { \"port\": \"s0\", \"dlci\": 201 }, \"b\": { \"port\": \"s0\", \"dlci\": 201 } } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 68: node “A”: “maps”, number 1: DLCI 201 of port s0 has a circuit already; choose another." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"host-access\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 46: node “A”: “host-access” must be true or false." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": {} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 43: node “A”: “forwards” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"host-port\": 80 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 45: node “A”: “forwards”, number 1: the member “guest-port” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"host-port\": 0, \"guest-port\": 1 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 60: node “A”: “forwards”, number 1: “host-port” must be a whole number from 1 to 65535." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"proto\": \"icmp\", \"host-port\": 80, \"guest-port\": 1 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 56: node “A”: “forwards”, number 1: “proto” must be one of: tcp, udp." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"host-port\": 80, \"guest\": \"10.0.3.15\", \"guest-port\": 1 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 73: node “A”: “forwards”, number 1: “guest” must be an address behind the NAT, 10.0.2.4 to 10.0.2.254." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"host-port\": 80, \"guest-port\": 1 }, { \"host-port\": 80, \"guest-port\": 2 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 98: node “A”: “forwards”, number 2: port 80 is forwarded already; choose another." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"tunnel\", \"port\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 42: node “A”: “port” must be a whole number from 1 to 65535." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"192.0.2.1\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like 192.0.2.1:5001." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"host:1\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like 192.0.2.1:5001." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"192.0.2.1:0\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like 192.0.2.1:5001." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"192.0.2.1:70000\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like 192.0.2.1:5001." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"192.0.2.300:5\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like 192.0.2.1:5001." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"tap\", \"interface\": \"a b\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “interface” must be the name of a network "
      "interface, like tap0." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"tap\", \"interface\": \"abcdefghijklmnop\" "
      "} ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 44: node “A”: “interface” is longer than 15 bytes; shorten "
      "it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"placeholder\", \"ports\": [ {} ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 50: node “A”: port 0: the member “name” is missing; "
      "add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"placeholder\", \"ports\": [ { \"name\": \"0123456789a"
      "bcdef\" } ] } ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 60: node “A”: port 0: “name” is longer than 15 bytes; "
      "shorten it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"placeholder\", \"ports\": [ { \"name\": \"a\" "
      "},\n { \"name\": \"A\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: port 1: there is a port “a” already; give "
      "it another name." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [\n"
      "{ \"name\": \"A\", \"kind\": \"placeholder\", \"ports\": [ { \"name\": \"a\", "
      "\"kind\": \"atm\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 73: node “A”: port 0: “kind” must be one of: ethernet, "
      "serial." },
  { NULL, 0, NULL }
};

const Refusal refusals_links[] = {
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n1 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 1: each of “links” must be an object in braces." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{} ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 1: link 1: the member “a” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 8: link 1: “a” must be an object in braces." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": {} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 8: link 1: end “a”: the member “node” is missing; add "
      "it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": { \"node\": \"A\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 8: link 1: end “a”: the member “port” is missing; add "
      "it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" } } "
      "] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 1: link 1: the member “b” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": { \"node\": \"A\", \"port\": 0 } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 31: link 1: end “a”: “port” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": "
      "{ \"node\": \"C\", \"port\": \"e0/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 56: link 1: there is no node “C”; add it, or remove "
      "the link." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": "
      "{ \"node\": \"B\", \"port\": \"e7/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 69: link 1: node “B” has no port “e7/0”; it has 8 ports." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": "
      "{ \"node\": \"B\", \"port\": \"s1/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 69: link 1: a link cannot join the Ethernet port with "
      "the serial port in A e0/0 – B s1/0; choose ports of one kind." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": "
      "{ \"node\": \"A\", \"port\": \"E0/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 69: link 1: a link cannot join port e0/0 of node “A” "
      "with itself; choose another." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": "
      "{ \"node\": \"B\", \"port\": \"e0/0\" } },\n"
      "{ \"a\": { \"node\": \"A\", \"port\": \"e0/1\" }, \"b\": { \"node\": \"B\", "
      "\"port\": \"Ethernet0/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 6, column 69: link 2: port e0/0 of node “B” holds the link A e0/0 "
      "– B e0/0 already; choose another." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 },\n"
      "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": "
      "1 } ],\n \"links\": [\n{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": "
      "{ \"node\": \"B\", \"port\": \"e0/0\" }, \"plugged\": \"no\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 90: link 1: “plugged” must be true or false." },
  { NULL, 0, NULL }
};

const Refusal refusals_drawings[] = {
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " 1 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: each of “drawings” must be an object in braces." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " {} ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: a drawing: the member “kind” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"star\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 12: a drawing: “kind” must be one of: text, rectangle, "
      "ellipse, line, picture." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"line\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: a drawing: the member “width” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"line\", \"width\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: a drawing: the member “height” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"ellipse\", \"width\": -1, \"height\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 32: a drawing: “width” must be a number from 0 to 1000000." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"id\": 1, \"kind\": \"text\" }, { \"id\": 1, \"kind\": \"text\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 39: there is a drawing 1 already; change or remove one "
      "of the ids." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"id\": 0, \"kind\": \"text\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 10: a drawing: “id” must be a whole number from 1 to "
      "1000000." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
      " \"rotation\": 361 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 14: a drawing: “rotation” must be a number from -360 "
      "to 360." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
      " \"layer\": 0.5 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: a drawing: “layer” must be a whole number." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
      " \"fill\": \"red\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 10: a drawing: “fill” must be a colour like #rrggbb "
      "or #rrggbbaa." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
      " \"stroke\": \"#12345\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: a drawing: “stroke” must be a colour like #rrggbb "
      "or #rrggbbaa." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
      " \"stroke-width\": -1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 18: a drawing: “stroke-width” must be a number from "
      "0 to 1000." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
      " \"dash\": \"dots\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 10: a drawing: “dash” must be one of: solid, dash, dot." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
      " \"font\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 10: a drawing: “font” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
      " \"text\": {} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 10: a drawing: “text” must be a list in brackets." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
      " \"x\": 2000000 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 7: a drawing: “x” must be a number from -1000000 to "
      "1000000." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"picture\", \"width\": 1, \"height\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: a drawing: the member “picture” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"data\": "
      "\"\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 59: a drawing: “picture”: the member “type” is missing; "
      "add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"type\": "
      "\"image/bmp\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 69: a drawing: “picture”: “type” must be one of: image/png, "
      "image/jpeg, image/svg+xml, image/gif, image/webp." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"type\": "
      "\"image/png\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 59: a drawing: “picture”: the member “data” is missing; "
      "add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"type\": "
      "\"image/png\", \"data\": \"a*==\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 90: a drawing: “picture”: the picture's “data” must "
      "be base64 without line breaks." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"drawings\": [\n"
      " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"type\": "
      "\"image/png\", \"data\": \"abc\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 90: a drawing: “picture”: the picture's “data” must "
      "be base64 without line breaks." },
  { NULL, 0, NULL }
};

const Refusal refusals_checks[] = {
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n 1 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: each of “checks” must be an object in braces." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n {} ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: a check: the member “name” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n { \"name\": \"c\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: check “c”: the member “node” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n { \"name\": \"c\", \"node\": \"A\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: check “c”: the member “send” is missing; add it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: check “c”: there is neither “expect” nor “reject”; "
      "add one of them." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n { \"name\": \"c\",\n \"node\": \"B\", \"send\": \"x\", \"expect\": "
      "\"x\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 10: check “c”: there is no node “B”; add it, or remove "
      "the check." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n { \"name\": \"c\", \"node\": \"A\", \"send\": \"a\\nb\", "
      "\"expect\": \"x\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 38: check “c”: “send” holds a line break or control "
      "character; remove it." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\",\n"
      " \"expect\": \"\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 12: check “c”: “expect” is empty; write something, or "
      "leave it out." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\",\n"
      " \"expect\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 12: check “c”: “expect” must be a text in quotes." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\",\n"
      " \"expect\": \"x\", \"within\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 27: check “c”: “within” must be a number from 0.1 to "
      "86400." },
  { "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456"
      "789abcdef\", \"name\": \"n\",\n \"nodes\": [ { \"name\": \"A\", \"kind\": "
      "\"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
      " \"checks\": [\n { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\",\n"
      " \"expect\": \"x\", \"within\": \"1\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 27: check “c”: “within” must be a number from 0.1 to "
      "86400." },
  { NULL, 0, NULL }
};
