/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Serial ports of a device that speak Frame Relay. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-member-private.h"
#include "lab-node-private.h"

static const char *const lmis[] = { "auto", "ansi", "q933a", "cisco", "none", NULL };
static const char *const encapsulations[] = { "cisco", "ietf", NULL };

static gboolean
check_dlci (JsonNode *item, GArray *dlcis, LabFault *fault)
{
  gboolean whole = JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_INT64;
  gint64 number = whole ? json_node_get_int (item) : 0;

  if (number < LAB_MIN_DLCI || number > LAB_MAX_DLCI)
    return lab_fault_set (fault, item, LAB_ERROR_INVALID,
                          _ ("each of “dlcis” must be a whole number from %d to %d."), LAB_MIN_DLCI,
                          LAB_MAX_DLCI);
  for (guint i = 0; i < dlcis->len; i++)
    if (g_array_index (dlcis, guint, i) == (guint) number)
      return lab_fault_set (fault, item, LAB_ERROR_INVALID, _ ("DLCI %u is listed twice."),
                            (guint) number);

  return TRUE;
}

static gboolean
parse_dlcis (JsonObject *json, LabFrameRelay *line, LabFault *fault)
{
  JsonArray *items = NULL;
  guint n_items;

  if (!lab_member_require (json, "dlcis", fault) ||
      !lab_member_array (json, "dlcis", &items, fault))
    return FALSE;
  n_items = json_array_get_length (items);
  if (n_items == 0)
    return lab_fault_set (fault, json_object_get_member (json, "dlcis"), LAB_ERROR_INVALID,
                          _ ("“dlcis” must list at least one DLCI."));
  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *item = json_array_get_element (items, i);
      guint dlci;

      if (!check_dlci (item, line->dlcis, fault))
        return FALSE;
      dlci = (guint) json_node_get_int (item);
      g_array_append_val (line->dlcis, dlci);
    }

  return TRUE;
}

static gboolean
parse_port (LabNodeFields *fields, JsonObject *json, LabFrameRelay *line, LabFault *fault)
{
  JsonNode *at = json_object_get_member (json, "port");
  const char *name = NULL;

  if (!lab_member_require (json, "port", fault) ||
      !lab_member_line (json, "port", LAB_MAX_NAME_BYTES, &name, fault))
    return FALSE;
  if (!lab_node_fields_find_port (fields, name, &line->port) || line->port.kind != LAB_PORT_SERIAL)
    return lab_fault_set (fault, at, LAB_ERROR_INVALID, _ ("there is no serial port “%s”."), name);
  for (guint i = 0; i < fields->frame_relays->len; i++)
    if (g_str_equal (g_array_index (fields->frame_relays, LabFrameRelay, i).port.name,
                     line->port.name))
      return lab_fault_set (fault, at, LAB_ERROR_INVALID, _ ("port %s is listed twice."),
                            line->port.name);

  return TRUE;
}

static gboolean
parse_line (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  LabFrameRelay line = { 0 };
  guint lmi = 0;
  guint encapsulation = 0;
  guint n_dlcis = 0;

  if (!parse_port (fields, json, &line, fault) ||
      !lab_member_choice (json, "lmi", lmis, &lmi, fault) ||
      !lab_member_choice (json, "encapsulation", encapsulations, &encapsulation, fault))
    return FALSE;
  line.lmi = lmis[lmi];
  line.encapsulation = encapsulations[encapsulation];
  line.dlcis = g_array_new (FALSE, FALSE, sizeof (guint));
  /* The list owns it from here on. */
  g_array_append_val (fields->frame_relays, line);
  if (!parse_dlcis (json, &line, fault))
    return FALSE;
  for (guint i = 0; i < fields->frame_relays->len; i++)
    n_dlcis += g_array_index (fields->frame_relays, LabFrameRelay, i).dlcis->len;
  if (n_dlcis > LAB_MAX_PVCS)
    return lab_fault_set (fault, json_object_get_member (json, "dlcis"), LAB_ERROR_LIMIT,
                          _ ("a device can have %d DLCIs, and these are %u."), LAB_MAX_PVCS,
                          n_dlcis);

  return TRUE;
}

static void
clear_line (gpointer data)
{
  g_array_unref (((LabFrameRelay *) data)->dlcis);
}

gboolean
lab_node_frame_relay_parse (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  fields->frame_relays = g_array_new (FALSE, FALSE, sizeof (LabFrameRelay));
  g_array_set_clear_func (fields->frame_relays, clear_line);

  return lab_node_parse_list (fields, json, "frame-relay", LAB_MAX_PVCS, parse_line, fault);
}
