/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Members of appearance: what may stand in them, and their canonical form. One table a part; who
 * reads a member (lab-look.c) may trust that it is right. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-json-private.h"
#include "lab-look-private.h"
#include "lab-member-private.h"

#define MAX_LABEL_BYTES 255
#define NO_DEFAULT      (-1)

typedef enum
{
  NUMBER,
  WHOLE,
  BOOLEAN,
  CHOICE,
  LINE,
  COLOUR,
  OFFSET,
} MemberKind;

/* @fallback: what is left out: a number, a truth value, the index of a choice; NAN or NO_DEFAULT if
 * the member always counts. */
typedef struct
{
  const char *key;
  MemberKind kind;
  double min;
  double max;
  double fallback;
  const char *const *names;
} Member;

static const char *const shapes[] = { "straight", "curved", "stepped", NULL };
static const char *const dashes[] = { "solid", "dash", "dot", NULL };
static const char *const arrows[] = { "none", "start", "end", "both", NULL };

/* clang-format off */
static const Member node_members[] = {
  { "label", OFFSET, -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE, NAN, NULL },
  { "layer", WHOLE, -LAB_LOOK_MAX_LAYER, LAB_LOOK_MAX_LAYER, 0, NULL },
  { NULL },
};
static const Member link_members[] = {
  { "shape", CHOICE, 0, 0, NO_DEFAULT, shapes },
  { "colour", COLOUR, 0, 0, NAN, NULL },
  { "width", NUMBER, LAB_LOOK_MIN_WIDTH, LAB_LOOK_MAX_WIDTH, LAB_LOOK_DEFAULT_WIDTH, NULL },
  { "dash", CHOICE, 0, 0, 0, dashes },
  { "label", LINE, 0, 0, NAN, NULL },
  { "bend", NUMBER, -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE, 0, NULL },
  { NULL },
};
static const Member end_members[] = {
  { "label", OFFSET, -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE, NAN, NULL },
  { "hidden", BOOLEAN, 0, 0, FALSE, NULL },
  { NULL },
};
static const Member drawing_members[] = {
  { "locked", BOOLEAN, 0, 0, FALSE, NULL },
  { "arrows", CHOICE, 0, 0, 0, arrows },
  { "radius", NUMBER, 0, LAB_LOOK_MAX_RADIUS, LAB_LOOK_DEFAULT_RADIUS, NULL },
  { NULL },
};
static const Member view_members[] = {
  { "grid", NUMBER, LAB_LOOK_MIN_GRID, LAB_LOOK_MAX_GRID, LAB_LOOK_DEFAULT_GRID, NULL },
  { "show-grid", BOOLEAN, 0, 0, TRUE, NULL },
  { "snap", BOOLEAN, 0, 0, TRUE, NULL },
  { "port-labels", BOOLEAN, 0, 0, TRUE, NULL },
  { "rates", BOOLEAN, 0, 0, FALSE, NULL },
  { "shape", CHOICE, 0, 0, 0, shapes },
  { NULL },
};
/* clang-format on */

static const Member *const parts[] = {
  [LAB_LOOK_NODE] = node_members, [LAB_LOOK_LINK] = link_members,
  [LAB_LOOK_END] = end_members,   [LAB_LOOK_DRAWING] = drawing_members,
  [LAB_LOOK_VIEW] = view_members,
};

static gboolean
check_whole (JsonObject *json, const Member *member, LabFault *fault)
{
  JsonNode *node = json_object_get_member (json, member->key);
  gint64 value;

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      value = json_node_get_int (node);
      if (value >= (gint64) member->min && value <= (gint64) member->max)
        return TRUE;
    }

  return lab_fault_set (fault, node, LAB_ERROR_INVALID,
                        _ ("“%s” must be a whole number from %d to %d."), member->key,
                        (int) member->min, (int) member->max);
}

static gboolean
check_colour (JsonObject *json, const Member *member, LabFault *fault)
{
  const char *text = NULL;

  if (!lab_member_string (json, member->key, &text, fault))
    return FALSE;
  if (text == NULL ||
      (text[0] == '#' && strlen (text) == 7 && strspn (text + 1, "0123456789abcdefABCDEF") == 6))
    return TRUE;

  return lab_fault_set (fault, json_object_get_member (json, member->key), LAB_ERROR_INVALID,
                        _ ("“%s” must be a colour like #rrggbb."), member->key);
}

/* Both numbers, or none: without them the place is found by who draws. */
static gboolean
check_offset (JsonObject *json, const Member *member, LabFault *fault)
{
  JsonObject *offset = NULL;
  double value;

  if (!lab_member_object (json, member->key, &offset, fault))
    return FALSE;
  if (offset == NULL ||
      (!json_object_has_member (offset, "x") && !json_object_has_member (offset, "y")))
    return TRUE;
  if (!lab_member_require (offset, "x", fault) || !lab_member_require (offset, "y", fault) ||
      !lab_member_double (offset, "x", member->min, member->max, &value, fault) ||
      !lab_member_double (offset, "y", member->min, member->max, &value, fault))
    return lab_fault_prefix (fault, _ ("“%s”: "), member->key);

  return TRUE;
}

static gboolean
check_member (JsonObject *json, const Member *member, LabFault *fault)
{
  const char *text = NULL;
  gboolean truth;
  double number;
  guint choice;

  switch (member->kind)
    {
    case NUMBER:
      return lab_member_double (json, member->key, member->min, member->max, &number, fault);
    case WHOLE:
      return check_whole (json, member, fault);
    case BOOLEAN:
      return lab_member_boolean (json, member->key, &truth, fault);
    case CHOICE:
      return lab_member_choice (json, member->key, member->names, &choice, fault);
    case LINE:
      return lab_member_line (json, member->key, MAX_LABEL_BYTES, &text, fault);
    case COLOUR:
      return check_colour (json, member, fault);
    case OFFSET:
    default:
      return check_offset (json, member, fault);
    }
}

gboolean
lab_look_check (LabLookPart part, JsonObject *json, LabFault *fault)
{
  for (const Member *member = parts[part]; member->key != NULL; member++)
    if (!check_member (json, member, fault))
      return FALSE;

  return TRUE;
}

static JsonNode *
offset_value (const char *key, JsonNode *source, gconstpointer unused)
{
  return source != NULL ? lab_json_new_number (json_node_get_double (source)) : NULL;
}

static JsonNode *
rebuild_offset (JsonNode *source)
{
  static const char *const keys[] = { "x", "y", NULL };
  g_autoptr (JsonObject) offset =
      lab_json_rebuild (json_node_get_object (source), keys, offset_value, NULL);

  return lab_json_new_object (offset);
}

static JsonNode *
canonical (const Member *member, JsonNode *source)
{
  double number;

  switch (member->kind)
    {
    case NUMBER:
    case WHOLE:
      number = json_node_get_double (source);
      return number == member->fallback ? NULL : lab_json_new_number (number);
    case BOOLEAN:
      return json_node_get_boolean (source) == (gboolean) member->fallback ? NULL
                                                                           : json_node_ref (source);
    case CHOICE:
      return member->fallback != NO_DEFAULT && g_str_equal (json_node_get_string (source),
                                                            member->names[(guint) member->fallback])
                 ? NULL
                 : json_node_ref (source);
    case OFFSET:
      return rebuild_offset (source);
    case LINE:
    case COLOUR:
    default:
      return json_node_ref (source);
    }
}

JsonNode *
lab_look_value (LabLookPart part, const char *key, JsonNode *source)
{
  if (source == NULL)
    return NULL;
  for (const Member *member = parts[part]; member->key != NULL; member++)
    if (g_str_equal (member->key, key))
      return canonical (member, source);

  return json_node_ref (source);
}
