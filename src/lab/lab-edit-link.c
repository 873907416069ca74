/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of links. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-edit-private.h"
#include "lab-json-private.h"
#include "lab-link-private.h"
#include "lab-topology-private.h"

static gboolean
apply_add (LabEdit *self, LabEditRun *run, GError **error)
{
  LabLink *link = self->object;
  LabFault fault = { 0 };

  if (!lab_topology_check_link (run->topology, link, &fault))
    return lab_edit_raise (&fault, error);
  lab_edit_run_do (run, lab_change_new_insert (link, NULL));

  return TRUE;
}

/**
 * lab_edit_new_add_link:
 * @link: a link that is in no lab; it becomes part of the document itself, not a copy
 *
 * Draws a link. Refused if a port is not there, holds a link already or is of the other kind.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_add_link (LabLink *link)
{
  LabEdit *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (LAB_IS_LINK (link), NULL);

  self = lab_edit_new (apply_add);
  self->object = g_object_ref (link);
  title = lab_link_dup_title (link);
  /* Translators: a step that can be undone; "R1 e0/0 – R2 e0/1" */
  lab_edit_set_label (self, g_strdup_printf (_ ("Add link %s"), title));

  return self;
}

static LabLink *
find_link (LabEdit *self, LabEditRun *run, GError **error)
{
  LabLink *link = lab_topology_find_link (run->topology, self->node, self->port);

  if (link == NULL)
    {
      g_autofree char *node = lab_text_shorten (self->node);
      g_autofree char *port = lab_text_shorten (self->port);

      lab_edit_fail (error, _ ("There is no link at port %s of device “%s”."), port, node);
    }

  return link;
}

static gboolean
apply_remove (LabEdit *self, LabEditRun *run, GError **error)
{
  LabLink *link = find_link (self, run, error);
  g_autofree char *title = NULL;

  if (link == NULL)
    return FALSE;
  title = lab_link_dup_title (link);
  lab_edit_set_label (self, g_strdup_printf (_ ("Delete link %s"), title));
  lab_edit_run_do (run, lab_change_new_remove (link));

  return TRUE;
}

/**
 * lab_edit_new_remove_link:
 * @node: a node at one end
 * @port: its port
 *
 * Removes a link.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_remove_link (const char *node, const char *port)
{
  LabEdit *self;

  g_return_val_if_fail (node != NULL && port != NULL, NULL);

  self = lab_edit_new (apply_remove);
  self->node = g_strdup (node);
  self->port = g_strdup (port);
  lab_edit_set_label (self, g_strdup_printf (_ ("Delete link %s %s"), node, port));

  return self;
}

static char *
set_label (const char *title, const char *key, JsonNode *value)
{
  static const char *const looks[] = { "colour", "width", "dash", "shape", "bend",
                                       "label",  "style", "a",    "b",     NULL };
  g_autofree char *shown = lab_text_shorten (key);

  if (g_str_equal (key, "plugged"))
    return value == NULL || !JSON_NODE_HOLDS_VALUE (value) || json_node_get_boolean (value)
               /* Translators: steps that can be undone; "R1 e0/0 – R2 e0/1" */
               ? g_strdup_printf (_ ("Plug %s"), title)
               : g_strdup_printf (_ ("Unplug %s"), title);
  if (g_str_equal (key, "impair"))
    return g_strdup_printf (_ ("Change impairments of link %s"), title);
  if (g_strv_contains (looks, key))
    return g_strdup_printf (_ ("Change look of link %s"), title);

  return g_strdup_printf (_ ("Change “%s” of link %s"), shown, title);
}

/* What an end looks like may change; where it is plugged in may not: that is another link. */
static gboolean
keeps_ends (LabLink *link, JsonObject *after)
{
  static const char *const ends[] = { "a", "b" };

  for (guint end = 0; end < 2; end++)
    {
      JsonObject *object = json_object_get_object_member (after, ends[end]);

      if (!g_str_equal (json_object_get_string_member (object, "node"),
                        lab_link_get_node_name (link, end)) ||
          !g_str_equal (json_object_get_string_member (object, "port"),
                        lab_link_get_port_name (link, end)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
apply_set (LabEdit *self, LabEditRun *run, GError **error)
{
  LabLink *link = find_link (self, run, error);
  g_autoptr (JsonObject) wanted = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autofree char *title = NULL;
  LabFault fault = { 0 };

  if (link == NULL)
    return FALSE;
  wanted = lab_json_with_member (lab_link_peek_json (link), self->key, self->value);
  after = lab_link_rebuild (wanted, &fault);
  if (after == NULL)
    return lab_edit_raise (&fault, error);
  if (!keeps_ends (link, after))
    return lab_edit_fail (error,
                          _ ("The end “%s” of a link cannot be moved to another port; remove the "
                             "link and add another."),
                          self->key);
  title = lab_link_dup_title (link);
  lab_edit_set_label (self, set_label (title, self->key, self->value));
  lab_edit_run_json (run, link, after);

  return TRUE;
}

/**
 * lab_edit_new_set_link:
 * @node: a node at one end
 * @port: its port
 * @key: a member of the link's JSON, as "plugged"; of "a" and "b" the members "node" and "port"
 *   must stay as they are
 * @value: (nullable): its value to be; %NULL removes it, so that it has its default
 *
 * Changes a link.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_set_link (const char *node, const char *port, const char *key, JsonNode *value)
{
  LabEdit *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (node != NULL && port != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  self = lab_edit_new (apply_set);
  self->node = g_strdup (node);
  self->port = g_strdup (port);
  lab_edit_take_value (self, key, value, LAB_MAX_DEPTH - 3);
  title = g_strdup_printf ("%s %s", node, port);
  lab_edit_set_label (self, set_label (title, key, value));

  return self;
}
