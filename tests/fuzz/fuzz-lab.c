/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A .lab file from a stranger: refused with a sentence, or opened, written, opened again with the
 * same bytes; and an edit of what was opened, undone, gives the same bytes too. */

#include <string.h>

#include "lab-file.h"
#include "lab-history.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_same (LabTopology *topology, const char *text)
{
  g_autofree char *now = lab_file_to_string (topology, NULL);

  if (strcmp (now, text) != 0)
    g_error ("the document is not what it was:\n%s\n%s", text, now);
}

static void
remove_and_undo (LabTopology *topology, const char *text)
{
  GListModel *nodes = lab_topology_get_nodes (topology);
  g_autoptr (LabNode) node = g_list_model_get_item (nodes, 0);
  g_autoptr (LabHistory) history = NULL;
  g_autoptr (LabEdit) rename = NULL;
  g_autoptr (LabEdit) removal = NULL;
  const char *names[] = { "renamed by the fuzzer", NULL };

  if (node == NULL)
    return;
  history = lab_history_new (topology);
  rename = lab_edit_new_rename_node (lab_node_get_name (node), names[0]);
  removal = lab_edit_new_remove_nodes (names);
  lab_history_apply (history, rename, NULL);
  lab_history_apply (history, removal, NULL);
  while (lab_history_undo (history))
    ;
  check_same (topology, text);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabTopology) topology = lab_file_parse ((const char *) data, size, "fuzz.lab", &error);
  g_autoptr (LabTopology) again = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (topology == NULL)
    {
      if (error == NULL || !g_utf8_validate (error->message, -1, NULL))
        g_error ("refused without a sentence");
      return 0;
    }
  text = lab_file_to_string (topology, &length);
  again = lab_file_parse (text, length, "again.lab", &error);
  if (again == NULL)
    g_error ("%s", error->message);
  check_same (again, text);
  remove_and_undo (topology, text);

  return 0;
}
