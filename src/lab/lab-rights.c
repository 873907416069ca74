/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which labs may reach out of themselves. The file is read when a lab is applied or started, so it
 * is small and read at once; it is never read by the window's thread. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-rights.h"

#define MAX_FILE_BYTES (1024 * 1024)

static const struct
{
  LabRights right;
  const char *word;
} words[] = {
  { LAB_RIGHT_NETWORK, "network" },
  { LAB_RIGHT_LOOPBACK, "loopback" },
  { LAB_RIGHT_INTERFACE, "interface" },
  { LAB_RIGHT_TUNNEL, "tunnel" },
};

LabRights
lab_rights_of_node (LabNode *node)
{
  LabForward forward;

  if (lab_node_get_kind (node) == LAB_NODE_TAP)
    return LAB_RIGHT_INTERFACE;
  if (lab_node_get_kind (node) == LAB_NODE_TUNNEL)
    return LAB_RIGHT_TUNNEL;
  if (lab_node_get_kind (node) != LAB_NODE_NAT)
    return 0;
  if (lab_node_get_host_access (node) || lab_node_get_forward (node, 0, &forward))
    return LAB_RIGHT_NETWORK | LAB_RIGHT_LOOPBACK;
  return LAB_RIGHT_NETWORK;
}

LabRights
lab_rights_of_topology (LabTopology *topology)
{
  GListModel *nodes = lab_topology_get_nodes (topology);
  LabRights rights = 0;

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      rights |= lab_rights_of_node (node);
    }
  return rights;
}

char *
lab_rights_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "labwright", "allowed-labs", NULL);
}

/* (nullable): the lines of the file */
static char **
read_lines (void)
{
  g_autofree char *path = lab_rights_path ();
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL) || length > MAX_FILE_BYTES ||
      !g_utf8_validate (text, (gssize) length, NULL))
    return NULL;
  return g_strsplit (text, "\n", -1);
}

static gboolean
is_line_of (const char *line, const char *uuid)
{
  gsize length = strlen (uuid);

  return g_ascii_strncasecmp (line, uuid, length) == 0 &&
         (line[length] == '\0' || g_ascii_isspace (line[length]));
}

static LabRights
read_words (const char *line)
{
  g_auto (GStrv) parts = g_strsplit_set (line, " \t\r", -1);
  LabRights rights = 0;

  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      if (g_str_equal (parts[i], words[k].word))
        rights |= words[k].right;
  return rights;
}

LabRights
lab_rights_load (const char *uuid)
{
  g_auto (GStrv) lines = read_lines ();
  LabRights rights = 0;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    if (is_line_of (lines[i], uuid))
      rights |= read_words (lines[i]);
  return rights;
}

gboolean
lab_rights_save (const char *uuid, LabRights rights, GError **error)
{
  g_autofree char *path = lab_rights_path ();
  g_autofree char *dir = g_path_get_dirname (path);
  g_auto (GStrv) lines = read_lines ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !is_line_of (lines[i], uuid))
      g_string_append_printf (text, "%s\n", lines[i]);
  if (rights != 0)
    {
      g_string_append (text, uuid);
      for (guint k = 0; k < G_N_ELEMENTS (words); k++)
        if (rights & words[k].right)
          g_string_append_printf (text, " %s", words[k].word);
      g_string_append_c (text, '\n');
    }
  g_mkdir_with_parents (dir, 0700);
  return g_file_set_contents_full (path, text->str, (gssize) text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

const char *
lab_rights_describe (LabRights right)
{
  switch (right)
    {
    case LAB_RIGHT_NETWORK:
      return _ ("Its devices reach the networks that this computer reaches, as you do.");
    case LAB_RIGHT_LOOPBACK:
      return _ ("Its devices reach servers that only this computer should reach, or programs on "
                "this computer reach its devices.");
    case LAB_RIGHT_INTERFACE:
      return _ ("Its devices are on a network interface of this computer.");
    case LAB_RIGHT_TUNNEL:
      return _ (
          "It exchanges frames with another program, which the lab names, on this computer or "
          "another.");
    default:
      return "";
    }
}
