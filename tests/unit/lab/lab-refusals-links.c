/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bad links. */

#include "config.h"

#include "lab-refusals.h"

/* clang-format off */
const Refusal refusals_links[] = {
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "1 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 1: each of “links” must be an object in braces." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{} ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 1: link 1: the member “a” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 8: link 1: “a” must be an object in braces." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": {} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 8: link 1: end “a”: the member “node” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": { \"node\": \"A\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 8: link 1: end “a”: the member “port” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 1: link 1: the member “b” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": { \"node\": \"A\", \"port\": 0 } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 31: link 1: end “a”: “port” must be a text in quotes." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"C\", \"port\": "
    "\"e0/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 56: link 1: there is no node “C”; add it, or remove the link." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"B\", \"port\": "
    "\"e7/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 69: link 1: node “B” has no port “e7/0”; it has 8 ports." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"B\", \"port\": "
    "\"s1/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 69: link 1: a link cannot join the Ethernet port with the serial "
      "port in A e0/0 – B s1/0; choose ports of one kind." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"A\", \"port\": "
    "\"E0/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 69: link 1: a link cannot join port e0/0 of node “A” with itself; "
      "choose another." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"B\", \"port\": "
    "\"e0/0\" } },\n"
    "{ \"a\": { \"node\": \"A\", \"port\": \"e0/1\" }, \"b\": { \"node\": \"B\", \"port\": "
    "\"Ethernet0/0\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 6, column 69: link 2: port e0/0 of node “B” holds the link A e0/0 – B e0/0 "
      "already; choose another." },
  { LAB_HEAD
    " \"nodes\": [ " ROUTER_A ",\n"
    "{ \"name\": \"B\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 } ],\n"
    " \"links\": [\n"
    "{ \"a\": { \"node\": \"A\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"B\", \"port\": "
    "\"e0/0\" }, \"plugged\": \"no\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 90: link 1: “plugged” must be true or false." },
  { NULL, 0, NULL }
};
