/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of links as the canvas and its menus make them. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-link-edits.h"
#include "lab-look.h"

static const char *const end_keys[] = { "a", "b" };

/* Members of an end as JSON: {"x":…,"y":…}. (transfer full) */
static JsonNode *
offset_node (double x, double y)
{
  JsonObject *offset = json_object_new ();
  JsonNode *node = json_node_alloc ();

  json_object_set_double_member (offset, "x", x);
  json_object_set_double_member (offset, "y", y);
  json_node_init_object (node, offset);
  json_object_unref (offset);

  return node;
}

static GPtrArray *
new_edits (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* One step of them; a lone edit keeps its own label. @label: (transfer full) */
static LabEdit *
group (GPtrArray *edits, char *label)
{
  LabEdit *edit = NULL;

  if (edits->len == 1)
    edit = g_object_ref (g_ptr_array_index (edits, 0));
  else if (edits->len > 1)
    edit = lab_edit_new_group (label, edits);
  g_free (label);

  return edit;
}

static LabEdit *
set_member (LabLink *link, const char *key, JsonNode *value)
{
  return lab_edit_new_set_link (lab_link_get_node_name (link, 0), lab_link_get_port_name (link, 0),
                                key, value);
}

static LabEdit *
remove_link (LabLink *link)
{
  return lab_edit_new_remove_link (lab_link_get_node_name (link, 0),
                                   lab_link_get_port_name (link, 0));
}

LabEdit *
lab_link_edit_move_end (LabLink *link, guint end, LabNode *node, const char *port)
{
  g_autoptr (JsonNode) json = lab_link_to_json (link);
  g_autoptr (GPtrArray) edits = new_edits ();
  g_autoptr (LabLink) moved = NULL;
  g_autofree char *title = NULL;
  JsonObject *object;

  g_return_val_if_fail (end < 2, NULL);

  object = json_object_get_object_member (json_node_get_object (json), end_keys[end]);
  json_object_set_string_member (object, "node", lab_node_get_name (node));
  json_object_set_string_member (object, "port", port);
  /* The label was put beside a cable that came from elsewhere. */
  json_object_remove_member (object, "label");
  moved = lab_link_new_from_json (json, NULL);
  if (moved == NULL)
    return NULL;
  title = lab_link_dup_title (moved);
  g_ptr_array_add (edits, remove_link (link));
  g_ptr_array_add (edits, lab_edit_new_add_link (moved));

  /* Translators: a step that can be undone; "R1 e0/0 – R2 e0/1", where the cable is now */
  return group (edits, g_strdup_printf (_ ("Move link to %s"), title));
}

LabEdit *
lab_links_edit_delete (GPtrArray *links)
{
  g_autoptr (GPtrArray) edits = new_edits ();

  for (guint i = 0; i < links->len; i++)
    g_ptr_array_add (edits, remove_link (g_ptr_array_index (links, i)));

  return group (edits, g_strdup_printf (ngettext ("Delete %u link", "Delete %u links", edits->len),
                                        edits->len));
}

LabEdit *
lab_links_edit_plug (GPtrArray *links, gboolean plugged)
{
  g_autoptr (GPtrArray) edits = new_edits ();
  g_autoptr (JsonNode) off = json_node_init_boolean (json_node_alloc (), FALSE);

  for (guint i = 0; i < links->len; i++)
    {
      LabLink *link = g_ptr_array_index (links, i);

      if (lab_link_get_plugged (link) != plugged)
        g_ptr_array_add (edits, set_member (link, "plugged", plugged ? NULL : off));
    }

  return group (
      edits,
      plugged ? g_strdup_printf (ngettext ("Plug %u link", "Plug %u links", edits->len), edits->len)
              : g_strdup_printf (ngettext ("Unplug %u link", "Unplug %u links", edits->len),
                                 edits->len));
}

LabEdit *
lab_links_edit_toggle (GPtrArray *links)
{
  for (guint i = 0; i < links->len; i++)
    if (lab_link_get_plugged (g_ptr_array_index (links, i)))
      return lab_links_edit_plug (links, FALSE);

  return lab_links_edit_plug (links, TRUE);
}

LabEdit *
lab_links_edit_look (GPtrArray *links, const char *key, JsonNode *value)
{
  g_autoptr (GPtrArray) edits = new_edits ();

  for (guint i = 0; i < links->len; i++)
    g_ptr_array_add (edits, set_member (g_ptr_array_index (links, i), key, value));

  return group (edits, g_strdup_printf (ngettext ("Change look of %u link",
                                                  "Change look of %u links", edits->len),
                                        edits->len));
}

/* Sets members of one end: @label NULL takes it away, @hidden FALSE likewise. */
static LabEdit *
set_end (LabLink *link, guint end, JsonNode *label, gboolean hidden)
{
  g_autoptr (JsonNode) json = lab_link_to_json (link);
  JsonNode *node = json_object_get_member (json_node_get_object (json), end_keys[end]);
  JsonObject *object = json_node_get_object (node);

  if (label != NULL)
    json_object_set_member (object, "label", json_node_copy (label));
  else
    json_object_remove_member (object, "label");
  if (hidden)
    json_object_set_boolean_member (object, "hidden", TRUE);
  else
    json_object_remove_member (object, "hidden");

  return set_member (link, end_keys[end], node);
}

LabEdit *
lab_link_edit_port_label (LabLink *link, guint end, double x, double y)
{
  g_autoptr (JsonNode) offset = offset_node (x, y);

  return set_end (link, end, offset, lab_link_get_port_label_hidden (link, end));
}

LabEdit *
lab_links_edit_reset_labels (GPtrArray *links)
{
  g_autoptr (GPtrArray) edits = new_edits ();

  for (guint i = 0; i < links->len; i++)
    for (guint end = 0; end < 2; end++)
      {
        LabLink *link = g_ptr_array_index (links, i);
        double x;
        double y;

        if (lab_link_get_port_label_offset (link, end, &x, &y) ||
            lab_link_get_port_label_hidden (link, end))
          g_ptr_array_add (edits, set_end (link, end, NULL, FALSE));
      }

  return group (edits, g_strdup (_ ("Reset interface labels")));
}

static gboolean
any_shown (GPtrArray *links)
{
  for (guint i = 0; i < links->len; i++)
    for (guint end = 0; end < 2; end++)
      if (!lab_link_get_port_label_hidden (g_ptr_array_index (links, i), end))
        return TRUE;

  return FALSE;
}

LabEdit *
lab_links_edit_toggle_labels (GPtrArray *links)
{
  g_autoptr (GPtrArray) edits = new_edits ();
  gboolean hide = any_shown (links);

  for (guint i = 0; i < links->len; i++)
    for (guint end = 0; end < 2; end++)
      {
        LabLink *link = g_ptr_array_index (links, i);
        g_autoptr (JsonNode) offset = NULL;
        double x;
        double y;

        if (lab_link_get_port_label_hidden (link, end) == hide)
          continue;
        if (lab_link_get_port_label_offset (link, end, &x, &y))
          offset = offset_node (x, y);
        g_ptr_array_add (edits, set_end (link, end, offset, hide));
      }

  return group (edits, g_strdup (hide ? _ ("Hide interface labels") : _ ("Show interface labels")));
}
