/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bad nodes. */

#include "config.h"

#include "lab-refusals.h"

/* clang-format off */
const Refusal refusals_nodes[] = {
  { LAB_HEAD
    " \"nodes\": [\n"
    "{} ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: a node: the member “name” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: “name” must be a text in quotes." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: the name is empty; give it at least one character." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"a \" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: the name “a ” begins or ends with a blank; remove it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \" a\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: the name “ a” begins or ends with a blank; remove it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"a\\u0007b\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 11: a node: the name “a�b” holds a control character; remove it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" } ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 11: a node: the name "
      "“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is longer than 63 bytes; shorten it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: node “A”: the member “kind” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"vm\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 24: node “A”: “kind” must be one of: iou, switch, hub, "
      "frame-relay-switch, nat, tap, tunnel, placeholder." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\" },\n"
    "{ \"name\": \"A\", \"kind\": \"nat\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: there is a node “A” already; give one of them another name." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 37: node “A”: “id” must be a whole number from 1 to 1023." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": 1024 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 37: node “A”: “id” must be a whole number from 1 to 1023." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": 1.5 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 37: node “A”: “id” must be a whole number from 1 to 1023." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": \"1\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 37: node “A”: “id” must be a whole number from 1 to 1023." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"id\": 4 },\n"
    "{ \"name\": \"B\", \"kind\": \"nat\", \"id\": 4 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 37: node “B”: the id 4 is taken by node “A”; change or remove it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"x\": 1e7 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 36: node “A”: “x” must be a number from -1000000 to 1000000." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\",\n"
    " \"y\": \"0\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 7: node “A”: “y” must be a number from -1000000 to 1000000." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"symbol\": \"\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 41: node “A”: “symbol” is empty; write something, or leave it out." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"locked\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 41: node “A”: “locked” must be true or false." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"label\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 40: node “A”: “label” must be an object in braces." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: node “A”: the member “image” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": \"x\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 40: node “A”: “image” must be an object in braces." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\",\n"
    " \"image\": {} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: node “A”: “image”: the member “name” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"a/b\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 50: node “A”: the image's name must be a file name, without folders." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"..\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 50: node “A”: the image's name must be a file name, without folders." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"a\",\n"
    " \"sha256\": \"12\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: the image's “sha256” must be 64 hexadecimal digits." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"ethernet\": 17 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 14: node “A”: “ethernet” must be a whole number from 0 to 16." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"serial\": -1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: “serial” must be a whole number from 0 to 16." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"ethernet\": 9, \"serial\": 8 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 27: node “A”: 9 Ethernet and 8 serial adapters are more than 16; "
      "remove some." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"ram\": 65537 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 9: node “A”: “ram” must be a whole number from 0 to 65536." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"ram\": \"big\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 9: node “A”: “ram” must be a whole number from 0 to 65536." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"nvram\": 7 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: node “A”: “nvram” must be a whole number from 8 to 1024 (KB)." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"nvram\": 1025 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: node “A”: “nvram” must be a whole number from 0 to 1024." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"keepalives\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 16: node “A”: “keepalives” must be true or false." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"template\": \"\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 14: node “A”: “template” is empty; write something, or leave it out." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"start-group\": 100 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 17: node “A”: “start-group” must be a whole number from 0 to 99." },
  { LAB_HEAD
    " \"needs\": 7 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 11: “needs” must be a list in brackets." },
  { LAB_HEAD
    " \"start-patience\": 0 }",
      LAB_ERROR_INVALID,
      "x.lab, line 2, column 20: “start-patience” must be a whole number from 1 to 3600." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"start\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: node “A”: “start” must be a list in brackets." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"start\": [ 1 ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 13: node “A”: each line of “start” must be a text in quotes." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" },\n"
    " \"start\": [ \"ok\",\n"
    " \"a\\rb\" ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 5, column 2: node “A”: a line of “start” holds a line break; write one line "
      "an element." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: node “A”: the member “ports” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [] } ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 43: node “A”: “ports” lists 0 ports; it must be 1 to 64." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": "
    "[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{"
    "},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},"
    "{},{},{},{}] } ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 43: node “A”: “ports” lists 65 ports; it must be 1 to 64." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": 8 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 43: node “A”: “ports” must be a list in brackets." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
    " 1 ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 2: node “A”: each of “ports” must be an object in braces." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
    " { \"mode\": \"x\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: port 1: “mode” must be one of: access, trunk, qinq." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
    " { \"vlan\": 0 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: port 1: “vlan” must be a whole number from 1 to 4094." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
    " { \"vlan\": 4095 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: port 1: “vlan” must be a whole number from 1 to 4094." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
    " { \"mode\": \"trunk\", \"native\": 4095 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 31: node “A”: port 1: “native” must be a whole number from 1 to "
      "4094." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
    " { \"mode\": \"trunk\", \"allowed\": \"1-\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 32: node “A”: port 1: “1-” is no list of VLANs; write numbers from "
      "1 to 4094 and ranges with commas between, like 1,10,20-29." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
    " { \"mode\": \"trunk\", \"allowed\": \"\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 32: node “A”: port 1: “allowed” is empty; write something, or leave "
      "it out." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {},\n"
    " { \"mode\": \"trunk\", \"allowed\": 1 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 32: node “A”: port 1: “allowed” must be a text in quotes." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"switch\", \"ports\": [ {} ], \"ageing\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 61: node “A”: “ageing” must be a whole number from 1 to 1000000." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"hub\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 1: node “A”: the member “ports” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"hub\", \"ports\": 65 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 40: node “A”: “ports” must be a whole number from 1 to 64." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"hub\", \"ports\": [] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 40: node “A”: “ports” must be a whole number from 1 to 64." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 55: node “A”: “ports” must be a whole number from 1 to 64." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 1, \"maps\": {} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 66: node “A”: “maps” must be a list in brackets." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ 1 ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 68: node “A”: each of “maps” must be an object in braces." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": {} "
    "} ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 75: node “A”: “maps”, number 1: “a”: the member “port” is missing; "
      "add it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": { "
    "\"port\": \"s0\", \"dlci\": 15 }, \"b\": { \"port\": \"s1\", \"dlci\": 201 } } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 99: node “A”: “maps”, number 1: “a”: “dlci” must be a whole number "
      "from 16 to 1007." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": { "
    "\"port\": \"s0\", \"dlci\": 16 }, \"b\": { \"port\": \"s2\", \"dlci\": 201 } } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 120: node “A”: “maps”, number 1: “b”: there is no port “s2”; the "
      "ports are s0 to s1." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": { "
    "\"port\": \"s0\", \"dlci\": 101 }, \"b\": { \"port\": \"s1\", \"dlci\": 201 } }, { \"a\": { "
    "\"port\": \"s0\", \"dlci\": 101 }, \"b\": { \"port\": \"s1\", \"dlci\": 201 } } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 144: node “A”: “maps”, number 2: DLCI 101 of port s0 has a circuit "
      "already; choose another." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"frame-relay-switch\", \"ports\": 2, \"maps\": [ { \"a\": { "
    "\"port\": \"s0\", \"dlci\": 201 }, \"b\": { \"port\": \"s0\", \"dlci\": 201 } } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 68: node “A”: “maps”, number 1: DLCI 201 of port s0 has a circuit "
      "already; choose another." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"host-access\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 46: node “A”: “host-access” must be true or false." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": {} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 43: node “A”: “forwards” must be a list in brackets." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"host-port\": 80 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 45: node “A”: “forwards”, number 1: the member “guest-port” is "
      "missing; add it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"host-port\": 0, \"guest-port\": 1 "
    "} ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 60: node “A”: “forwards”, number 1: “host-port” must be a whole "
      "number from 1 to 65535." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"proto\": \"icmp\", \"host-port\": "
    "80, \"guest-port\": 1 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 56: node “A”: “forwards”, number 1: “proto” must be one of: tcp, "
      "udp." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"host-port\": 80, \"guest\": "
    "\"10.0.3.15\", \"guest-port\": 1 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 73: node “A”: “forwards”, number 1: “guest” must be an address "
      "behind the NAT, 10.0.2.4 to 10.0.2.254." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"nat\", \"forwards\": [ { \"host-port\": 80, \"guest-port\": "
    "1 }, { \"host-port\": 80, \"guest-port\": 2 } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 98: node “A”: “forwards”, number 2: port 80 is forwarded already; "
      "choose another." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"tunnel\", \"port\": 0 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 42: node “A”: “port” must be a whole number from 1 to 65535." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"192.0.2.1\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like "
      "192.0.2.1:5001." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"host:1\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like "
      "192.0.2.1:5001." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"192.0.2.1:0\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like "
      "192.0.2.1:5001." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"192.0.2.1:70000\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like "
      "192.0.2.1:5001." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"tunnel\", \"remote\": \"192.0.2.300:5\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “remote” must be an address and a port, like "
      "192.0.2.1:5001." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"tap\", \"interface\": \"a b\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 44: node “A”: “interface” must be the name of a network interface, "
      "like tap0." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"tap\", \"interface\": \"abcdefghijklmnop\" } ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 44: node “A”: “interface” is longer than 15 bytes; shorten it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"placeholder\", \"ports\": [ {} ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 50: node “A”: port 0: the member “name” is missing; add it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"placeholder\", \"ports\": [ { \"name\": \"0123456789abcdef\" "
    "} ] } ] }",
      LAB_ERROR_LIMIT,
      "x.lab, line 3, column 60: node “A”: port 0: “name” is longer than 15 bytes; shorten it." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"placeholder\", \"ports\": [ { \"name\": \"a\" },\n"
    " { \"name\": \"A\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: node “A”: port 1: there is a port “a” already; give it another "
      "name." },
  { LAB_HEAD
    " \"nodes\": [\n"
    "{ \"name\": \"A\", \"kind\": \"placeholder\", \"ports\": [ { \"name\": \"a\", \"kind\": "
    "\"atm\" } ] } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 73: node “A”: port 0: “kind” must be one of: ethernet, serial." },
  { NULL, 0, NULL }
};
