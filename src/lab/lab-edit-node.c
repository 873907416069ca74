/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of nodes that are there: rename, move, settings. Adding and removing: lab-edit-add.c. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lab-edit-private.h"
#include "lab-json-private.h"
#include "lab-node-private.h"
#include "lab-timeline-private.h"
#include "lab-topology-private.h"

#define MAX_LISTED_LINKS 8

static gboolean
apply_rename (LabEdit *self, LabEditRun *run, GError **error)
{
  LabNode *node = lab_edit_find_node (run, self->node, error);
  g_autoptr (JsonObject) head = NULL;
  LabFault fault = { 0 };

  if (node == NULL)
    return FALSE;
  if (g_str_equal (self->node, self->new_name))
    return TRUE;
  if (!lab_name_check (self->new_name, NULL, &fault))
    return lab_edit_raise (&fault, error);
  if (lab_topology_find_node (run->topology, self->new_name) != NULL)
    return lab_edit_fail (error, _ ("There is a device “%s” already; choose another name."),
                          self->new_name);
  lab_edit_run_do (run, lab_change_new_rename (node, self->new_name));
  head = lab_timeline_rename (lab_topology_peek_head (run->topology), self->node, self->new_name);
  if (head != NULL)
    lab_edit_run_json (run, run->topology, head);

  return TRUE;
}

/**
 * lab_edit_new_rename_node:
 * @name: a node
 * @new_name: its name to be
 *
 * Renames a node, in its links, checks and the timeline too.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_rename_node (const char *name, const char *new_name)
{
  LabEdit *self;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (name != NULL && new_name != NULL, NULL);

  self = lab_edit_new (apply_rename);
  self->node = g_strdup (name);
  self->new_name = g_strdup (new_name);
  shown = lab_text_shorten (new_name);
  /* Translators: a step that can be undone; old and new name of a node */
  lab_edit_set_label (self, g_strdup_printf (_ ("Rename %s to %s"), name, shown));

  return self;
}

static gboolean
apply_move (LabEdit *self, LabEditRun *run, GError **error)
{
  for (guint i = 0; self->names[i] != NULL; i++)
    {
      LabNode *node = lab_edit_find_node (run, self->names[i], error);
      double x = self->xs[i] + 0.0; /* -0 becomes 0 */
      double y = self->ys[i] + 0.0;

      if (node == NULL)
        return FALSE;
      if (!(fabs (x) <= LAB_MAX_COORDINATE) || !(fabs (y) <= LAB_MAX_COORDINATE))
        return lab_edit_fail (error, _ ("Device “%s” cannot be moved further out than %d."),
                              self->names[i], (int) LAB_MAX_COORDINATE);
      if (x != lab_node_get_x (node) || y != lab_node_get_y (node))
        lab_edit_run_do (run, lab_change_new_move (node, x, y));
    }

  return TRUE;
}

/**
 * lab_edit_new_move_nodes:
 * @names: (array zero-terminated=1): nodes
 * @xs: where each is to stand
 * @ys: where each is to stand
 *
 * Moves nodes. Between lab_history_begin_group() and its end, moves that follow each other are one.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_move_nodes (const char *const *names, const double *xs, const double *ys)
{
  LabEdit *self;
  guint n;

  g_return_val_if_fail (names != NULL && xs != NULL && ys != NULL, NULL);

  n = g_strv_length ((char **) names);
  self = lab_edit_new (apply_move);
  self->names = g_strdupv ((char **) names);
  self->xs = g_memdup2 (xs, n * sizeof *xs);
  self->ys = g_memdup2 (ys, n * sizeof *ys);
  if (n == 1)
    /* Translators: a step that can be undone; a node's name */
    lab_edit_set_label (self, g_strdup_printf (_ ("Move %s"), names[0]));
  else
    lab_edit_set_label (self,
                        g_strdup_printf (ngettext ("Move %u device", "Move %u devices", n), n));

  return self;
}

/* The links that would hang in the air: their port is gone, or became of the other kind. */
static guint
find_lost_links (LabEditRun *run, LabNode *node, const LabNodeFields *fields, GString *titles)
{
  LabList *links = lab_topology_peek_list (run->topology, LAB_TYPE_LINK);
  const char *name = lab_node_get_name (node);
  guint lost = 0;

  for (guint i = 0; i < lab_list_get_length (links); i++)
    {
      LabLink *link = lab_list_get (links, i);
      gboolean keeps = TRUE;

      for (guint end = 0; end < 2; end++)
        {
          const char *port_name = lab_link_get_port_name (link, end);
          LabPort before;
          LabPort after;

          if (g_str_equal (lab_link_get_node_name (link, end), name))
            keeps = keeps && lab_node_find_port (node, port_name, &before) &&
                    lab_node_fields_find_port (fields, port_name, &after) &&
                    before.kind == after.kind && g_str_equal (before.name, after.name);
        }
      if (!keeps && lost++ < MAX_LISTED_LINKS)
        {
          g_autofree char *title = lab_link_dup_title (link);

          g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "", title);
        }
    }
  if (lost > MAX_LISTED_LINKS)
    g_string_append (titles, ", …");

  return lost;
}

static gboolean
apply_set (LabEdit *self, LabEditRun *run, GError **error)
{
  LabNode *node = lab_edit_find_node (run, self->node, error);
  g_autoptr (JsonObject) wanted = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (LabNodeFields) fields = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);
  LabFault fault = { 0 };
  guint lost;

  if (node == NULL)
    return FALSE;
  if (g_str_equal (self->key, "name") || g_str_equal (self->key, "id"))
    return lab_edit_fail (
        error,
        _ ("The member “%s” of a device cannot be set; a device is renamed by an edit "
           "of its own, and its id stays for ever."),
        self->key);
  wanted = lab_json_with_member (lab_node_peek_json (node), self->key, self->value);
  fields = lab_node_fields_parse (wanted, &fault);
  if (fields == NULL)
    return lab_edit_raise (&fault, error);
  lost = find_lost_links (run, node, fields, titles);
  if (lost > 0)
    return lab_edit_fail (
        error,
        ngettext ("Device “%s” would lose the port of %u link; remove it first: %s.",
                  "Device “%s” would lose the ports of %u links; remove them "
                  "first: %s.",
                  lost),
        self->node, lost, titles->str);
  after = lab_node_fields_rebuild (fields, wanted);
  lab_edit_run_json (run, node, after);

  return TRUE;
}

static char *
set_label (const char *name, const char *key, JsonNode *value)
{
  static const struct
  {
    const char *key;
    const char *label;
  } labels[] = {
    /* Translators: steps that can be undone; a node's name */
    { "symbol", N_ ("Change symbol of %s") },
    { "image", N_ ("Change image of %s") },
    { "template", N_ ("Change template of %s") },
    { "ethernet", N_ ("Change Ethernet adapters of %s") },
    { "serial", N_ ("Change serial adapters of %s") },
    { "ram", N_ ("Change memory of %s") },
    { "nvram", N_ ("Change NVRAM of %s") },
    { "keepalives", N_ ("Change keepalives of %s") },
    { "start-group", N_ ("Change start group of %s") },
    { "frame-relay", N_ ("Change Frame Relay of %s") },
    { "start", N_ ("Edit start configuration of %s") },
    { "ports", N_ ("Change ports of %s") },
    { "ageing", N_ ("Change ageing time of %s") },
    { "interface", N_ ("Change interface of %s") },
    { "maps", N_ ("Change circuits of %s") },
    { "host-access", N_ ("Change what %s reaches") },
    { "forwards", N_ ("Change forwarded ports of %s") },
    { "port", N_ ("Change tunnel of %s") },
    { "remote", N_ ("Change tunnel of %s") },
    { "label", N_ ("Change label of %s") },
    { "layer", N_ ("Change layer of %s") },
    { "x", N_ ("Move %s") },
    { "y", N_ ("Move %s") },
  };
  g_autofree char *shown = lab_text_shorten (key);

  if (g_str_equal (key, "locked"))
    return value != NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_boolean (value)
               ? g_strdup_printf (_ ("Lock %s"), name)
               : g_strdup_printf (_ ("Unlock %s"), name);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].key, key))
      return g_strdup_printf (_ (labels[i].label), name);
#pragma GCC diagnostic pop

  /* Translators: a step that can be undone; a setting, and a node's name */
  return g_strdup_printf (_ ("Change “%s” of %s"), shown, name);
}

/**
 * lab_edit_new_set_node:
 * @name: a node
 * @key: a member of its JSON; not "name" or "id"
 * @value: (nullable): its value to be; %NULL removes it, so that it has its default
 *
 * Changes a node's settings. Refused if a link would lose its port: remove the link first, in the
 * same group.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_set_node (const char *name, const char *key, JsonNode *value)
{
  LabEdit *self;

  g_return_val_if_fail (name != NULL && key != NULL, NULL);

  self = lab_edit_new (apply_set);
  self->node = g_strdup (name);
  lab_edit_take_value (self, key, value, LAB_MAX_DEPTH - 3);
  lab_edit_set_label (self, set_label (name, key, value));

  return self;
}
