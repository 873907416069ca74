/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a start has come, from the engine's facts, and what became of it, from its devices. */

#define G_LOG_DOMAIN "lab-client"

#include "config.h"

#include "lab-client-start.h"

void
lab_client_get_start (LabClient *self, LabClientStart *start)
{
  GVariant *facts;

  g_return_if_fail (LAB_IS_CLIENT (self));

  facts = lab_client_get_engine_facts (self);
  *start = (LabClientStart){ 0 };
  g_variant_lookup (facts, "start-active", "b", &start->active);
  g_variant_lookup (facts, "start-total", "u", &start->total);
  g_variant_lookup (facts, "start-ready", "u", &start->ready);
  g_variant_lookup (facts, "start-failed", "u", &start->failed);
  g_variant_lookup (facts, "start-group", "u", &start->group);
  if (!g_variant_lookup (facts, "start-late", "^as", &start->late))
    start->late = g_new0 (char *, 1);
}

void
lab_client_start_clear (LabClientStart *start)
{
  g_clear_pointer (&start->late, g_strfreev);
}

void
lab_client_node_append_failure (LabClientNode *node, GString *text)
{
  const char *message = lab_client_node_get_message (node);
  LabClientState state = lab_client_node_get_state (node);
  g_auto (GStrv) lines = NULL;

  g_string_append_printf (text, "%s: %s", lab_client_node_get_name (node),
                          lab_client_state_to_string (state));
  if (*message != '\0')
    g_string_append_printf (text, ": %s", message);
  if (state != LAB_CLIENT_STATE_CRASHED)
    return;
  lines = g_strsplit (lab_client_node_get_last_lines (node), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strchomp (lines[i]) != '\0')
      g_string_append_printf (text, "\n    %s", lines[i]);
}

char *
lab_client_dup_failures (LabClient *self)
{
  GListModel *nodes;
  guint n_nodes;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (LAB_IS_CLIENT (self), NULL);

  nodes = lab_client_get_nodes (self);
  n_nodes = g_list_model_get_n_items (nodes);
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);

      if (lab_client_node_get_state (node) != LAB_CLIENT_STATE_CRASHED)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      lab_client_node_append_failure (node, text);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
