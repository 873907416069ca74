/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bad checks. */

#include "config.h"

#include "lab-refusals.h"

/* clang-format off */
const Refusal refusals_checks[] = {
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " 1 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: each of “checks” must be an object in braces." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " {} ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: a check: the member “name” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " { \"name\": \"c\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: check “c”: the member “node” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " { \"name\": \"c\", \"node\": \"A\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: check “c”: the member “send” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: check “c”: there is neither “expect” nor “reject”; add one of "
      "them." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " { \"name\": \"c\",\n"
    " \"node\": \"B\", \"send\": \"x\", \"expect\": \"x\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 10: check “c”: there is no node “B”; add it, or remove the check." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " { \"name\": \"c\", \"node\": \"A\", \"send\": \"a\\nb\", \"expect\": \"x\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 38: check “c”: “send” holds a line break or control character; "
      "remove it." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\",\n"
    " \"expect\": \"\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 12: check “c”: “expect” is empty; write something, or leave it out." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\",\n"
    " \"expect\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 12: check “c”: “expect” must be a text in quotes." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\",\n"
    " \"expect\": \"x\", \"within\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 27: check “c”: “within” must be a number from 0.1 to 86400." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A " ],\n"
    " \"checks\": [\n"
    " { \"name\": \"c\", \"node\": \"A\", \"send\": \"x\",\n"
    " \"expect\": \"x\", \"within\": \"1\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 27: check “c”: “within” must be a number from 0.1 to 86400." },
  { NULL, 0, NULL }
};
