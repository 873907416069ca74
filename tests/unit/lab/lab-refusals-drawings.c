/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bad drawings. */

#include "config.h"

#include "lab-refusals.h"

/* clang-format off */
const Refusal refusals_drawings[] = {
  { LAB_HEAD
    " \"drawings\": [\n"
    " 1 ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: each of “drawings” must be an object in braces." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " {} ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: a drawing: the member “kind” is missing; add it." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"star\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 12: a drawing: “kind” must be one of: text, rectangle, ellipse, "
      "line, picture." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"line\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: a drawing: the member “width” is missing; add it." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"line\", \"width\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: a drawing: the member “height” is missing; add it." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"ellipse\", \"width\": -1, \"height\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 32: a drawing: “width” must be a number from 0 to 1000000." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"id\": 1, \"kind\": \"text\" }, { \"id\": 1, \"kind\": \"text\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 39: there is a drawing 1 already; change or remove one of the ids." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"id\": 0, \"kind\": \"text\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 10: a drawing: “id” must be a whole number from 1 to 1000000." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
    " \"rotation\": 361 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 14: a drawing: “rotation” must be a number from -360 to 360." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
    " \"layer\": 0.5 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 11: a drawing: “layer” must be a whole number." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
    " \"fill\": \"red\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 10: a drawing: “fill” must be a colour like #rrggbb or #rrggbbaa." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
    " \"stroke\": \"#12345\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 12: a drawing: “stroke” must be a colour like #rrggbb or #rrggbbaa." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
    " \"stroke-width\": -1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 18: a drawing: “stroke-width” must be a number from 0 to 1000." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
    " \"dash\": \"dots\" } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 10: a drawing: “dash” must be one of: solid, dash, dot." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
    " \"font\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 10: a drawing: “font” must be a text in quotes." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
    " \"text\": {} } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 10: a drawing: “text” must be a list in brackets." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"rectangle\", \"width\": 1, \"height\": 1,\n"
    " \"x\": 2000000 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 4, column 7: a drawing: “x” must be a number from -1000000 to 1000000." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"picture\", \"width\": 1, \"height\": 1 } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 2: a drawing: the member “picture” is missing; add it." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"data\": \"\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 59: a drawing: “picture”: the member “type” is missing; add it." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"type\": "
    "\"image/bmp\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 69: a drawing: “picture”: “type” must be one of: image/png, "
      "image/jpeg, image/svg+xml, image/gif, image/webp." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"type\": "
    "\"image/png\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 59: a drawing: “picture”: the member “data” is missing; add it." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"type\": "
    "\"image/png\", \"data\": \"a*==\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 90: a drawing: “picture”: the picture's “data” must be base64 "
      "without line breaks." },
  { LAB_HEAD
    " \"drawings\": [\n"
    " { \"kind\": \"picture\", \"width\": 1, \"height\": 1, \"picture\": { \"type\": "
    "\"image/png\", \"data\": \"abc\" } } ] }",
      LAB_ERROR_INVALID,
      "x.lab, line 3, column 90: a drawing: “picture”: the picture's “data” must be base64 "
      "without line breaks." },
  { NULL, 0, NULL }
};
