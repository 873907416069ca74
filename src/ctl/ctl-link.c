/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl link, unlink, plug, unplug: cables. The edit is made in the document, the file is saved,
 * and an engine that runs the lab gets the document. */

#include "config.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "ctl-link.h"
#include "ctl-wait.h"
#include "lab-history.h"

void
ctl_end_clear (CtlEnd *end)
{
  g_clear_pointer (&end->node, g_free);
  g_clear_pointer (&end->port, g_free);
}

static char *
list_ports (LabNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LabPort port;

  for (guint i = 0; i < 8 && lab_node_get_port (node, i, &port); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", port.name);
  if (lab_node_get_n_ports (node) > 8)
    g_string_append (text, "…");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

int
ctl_end_parse (CtlLab *lab, const CtlCommand *command, const char *word, CtlEnd *end)
{
  const char *colon = strrchr (word, ':');
  g_autofree char *name = NULL;
  LabNode *node;
  LabPort port;

  if (colon == NULL || colon == word || colon[1] == '\0')
    return ctl_usage (command, _ ("“%s” is not a port; write it as NODE:PORT, like PC1:e0/0."),
                      word);
  name = g_strndup (word, (gsize) (colon - word));
  node = lab_topology_find_node (lab->topology, name);
  if (node == NULL)
    {
      ctl_complain (_ ("There is no node “%s” in the lab “%s”."), name, lab->path);
      return CTL_FAILED;
    }
  if (!lab_node_find_port (node, colon + 1, &port))
    {
      g_autofree char *ports = list_ports (node);

      ctl_complain (_ ("“%s” has no port “%s”; it has %s."), name, colon + 1,
                    *ports != '\0' ? ports : _ ("none"));
      return CTL_FAILED;
    }
  end->node = g_steal_pointer (&name);
  end->port = g_strdup (port.name);
  return CTL_OK;
}

int
ctl_apply_edit (CtlLab *lab, LabEdit *edit)
{
  g_autoptr (LabHistory) history = lab_history_new (lab->topology);
  GError *error = NULL;

  if (!lab_history_apply (history, edit, &error))
    {
      ctl_fail (error);
      return CTL_FAILED;
    }
  if (!lab_file_save (lab->topology, lab->path, &error))
    return ctl_fail (error);
  if (lab->client != NULL && !ctl_lab_apply (lab, &error))
    return ctl_fail (error);
  return CTL_OK;
}

/* --- link --- */

static void
add_removal (CtlLab *lab, GPtrArray *edits, const CtlEnd *end)
{
  if (lab_topology_find_link (lab->topology, end->node, end->port) != NULL)
    g_ptr_array_add (edits, lab_edit_new_remove_link (end->node, end->port));
}

/* With --move, what the two ports hold is taken out first, in the same step. */
static LabEdit *
make_link_edit (CtlLab *lab, const CtlEnd *a, const CtlEnd *b, gboolean move)
{
  g_autoptr (LabLink) link = lab_link_new (a->node, a->port, b->node, b->port);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  LabLink *at_a = lab_topology_find_link (lab->topology, a->node, a->port);

  if (!move)
    return lab_edit_new_add_link (link);
  add_removal (lab, edits, a);
  if (at_a == NULL || at_a != lab_topology_find_link (lab->topology, b->node, b->port))
    add_removal (lab, edits, b);
  g_ptr_array_add (edits, lab_edit_new_add_link (link));
  return lab_edit_new_group (_ ("Move a cable"), edits);
}

static int
link_ends (CtlLab *lab, char **words, gboolean move)
{
  g_auto (CtlEnd) a = { 0 };
  g_auto (CtlEnd) b = { 0 };
  g_autoptr (LabEdit) edit = NULL;
  int code = ctl_end_parse (lab, &ctl_link_command, words[0], &a);

  if (code == CTL_OK)
    code = ctl_end_parse (lab, &ctl_link_command, words[1], &b);
  if (code != CTL_OK)
    return code;
  edit = make_link_edit (lab, &a, &b, move);
  return ctl_apply_edit (lab, edit);
}

static int
run_link (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean move = FALSE;
  int code;
  GOptionEntry entries[] = {
    { "move", 'm', 0, G_OPTION_ARG_NONE, &move, N_ ("Take out what the two ports hold first"),
      NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_link_command, entries, &argc, &argv))
    return CTL_USAGE;
  code =
      ctl_lab_open (&lab, &ctl_link_command, CTL_LAB_DOCUMENT | CTL_LAB_IF_RUNNING, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc != 2)
    return ctl_usage (&ctl_link_command, _ ("Two ports are needed."));
  return link_ends (&lab, argv, move);
}

/* --- unlink, plug, unplug: the link at one port --- */

typedef LabEdit *(*MakeEdit) (const CtlEnd *end);

static LabEdit *
make_removal (const CtlEnd *end)
{
  return lab_edit_new_remove_link (end->node, end->port);
}

static LabEdit *
make_plug (const CtlEnd *end)
{
  /* True is the default, and defaults are not written. */
  return lab_edit_new_set_link (end->node, end->port, "plugged", NULL);
}

static LabEdit *
make_unplug (const CtlEnd *end)
{
  g_autoptr (JsonNode) value = json_node_init_boolean (json_node_alloc (), FALSE);

  return lab_edit_new_set_link (end->node, end->port, "plugged", value);
}

static int
edit_link_at (CtlLab *lab, const CtlCommand *command, const char *word, MakeEdit make)
{
  g_auto (CtlEnd) end = { 0 };
  g_autoptr (LabEdit) edit = NULL;
  int code = ctl_end_parse (lab, command, word, &end);

  if (code != CTL_OK)
    return code;
  if (lab_topology_find_link (lab->topology, end.node, end.port) == NULL)
    {
      ctl_complain (_ ("No link is at %s %s."), end.node, end.port);
      return CTL_FAILED;
    }
  edit = make (&end);
  return ctl_apply_edit (lab, edit);
}

static int
run_at_port (const CtlCommand *command, MakeEdit make, int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  int code;

  if (!ctl_parse_options (command, NULL, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, command, CTL_LAB_DOCUMENT | CTL_LAB_IF_RUNNING, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc != 1)
    return ctl_usage (command, _ ("One port is needed."));
  return edit_link_at (&lab, command, argv[0], make);
}

static int
run_unlink (int argc, char **argv)
{
  return run_at_port (&ctl_unlink_command, make_removal, argc, argv);
}

static int
run_plug (int argc, char **argv)
{
  return run_at_port (&ctl_plug_command, make_plug, argc, argv);
}

static int
run_unplug (int argc, char **argv)
{
  return run_at_port (&ctl_unplug_command, make_unplug, argc, argv);
}

const CtlCommand ctl_link_command = {
  .name = "link",
  .arguments = "[FILE] NODE:PORT NODE:PORT",
  .summary = N_ ("Connect two ports"),
  .details = N_ ("The file is saved; if the lab runs, frames flow at once.\n\n"
                 "Examples:\n"
                 "  labctl link campus.lab PC1:e0/0 SW1:e3\n"
                 "  labctl link campus.lab PC1:e0/0 SW2:e4 --move"),
  .run = run_link,
};

const CtlCommand ctl_unlink_command = {
  .name = "unlink",
  .arguments = "[FILE] NODE:PORT",
  .summary = N_ ("Remove the link at a port"),
  .details = N_ ("The file is saved; if the lab runs, the change takes effect at once.\n\n"
                 "Example:\n  labctl unlink campus.lab PC1:e0/0"),
  .run = run_unlink,
};

const CtlCommand ctl_plug_command = {
  .name = "plug",
  .arguments = "[FILE] NODE:PORT",
  .summary = N_ ("Plug the cable at a port in again"),
  .details = N_ ("The file is saved; if the lab runs, the change takes effect at once.\n\n"
                 "Example:\n  labctl plug campus.lab PC1:e0/0"),
  .run = run_plug,
};

const CtlCommand ctl_unplug_command = {
  .name = "unplug",
  .arguments = "[FILE] NODE:PORT",
  .summary = N_ ("Pull the cable at a port, and keep it in the lab"),
  .details = N_ ("The file is saved; if the lab runs, the change takes effect at once.\n\n"
                 "Example:\n  labctl unplug campus.lab PC1:e0/0"),
  .run = run_unplug,
};
