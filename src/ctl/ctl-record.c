/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl record: the flight recorder, which keeps the last frames of each link in memory. Whether
 * it is on stands in the lab's file. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-link.h"
#include "ctl-output.h"
#include "ctl-wait-record.h"

#define DEFAULT_MEGABYTES 4

static int
switch_recorder (CtlLab *lab, int megabytes)
{
  g_autoptr (JsonNode) value = NULL;
  g_autoptr (LabEdit) edit = NULL;

  if (megabytes < 0 || megabytes > LAB_MAX_RECORDER)
    return ctl_usage (&ctl_record_command, _ ("The size is 1 to %d megabytes of each link."),
                      LAB_MAX_RECORDER);
  if (megabytes > 0)
    value = json_node_init_int (json_node_alloc (), megabytes);
  edit = lab_edit_new_set_lab ("recorder", value);
  return ctl_apply_edit (lab, edit);
}

static gboolean
need_engine (CtlLab *lab)
{
  if (lab->client == NULL)
    ctl_complain (_ ("The lab does not run, so nothing was recorded."));
  return lab->client != NULL;
}

static void
add_recording (CtlTable *table, GVariant *item)
{
  const char *node[2] = { "", "" }, *port[2] = { "", "" }, *state = "";
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *since = NULL;
  guint64 frames = 0, ns = 0;

  g_variant_lookup (item, "a", "(&s&s)", &node[0], &port[0]);
  g_variant_lookup (item, "b", "(&s&s)", &node[1], &port[1]);
  g_variant_lookup (item, "state", "&s", &state);
  g_variant_lookup (item, "frames", "t", &frames);
  g_variant_lookup (item, "since", "t", &ns);
  if (ns > 0)
    time = g_date_time_new_from_unix_local ((gint64) (ns / 1000000000));
  since = time != NULL ? g_date_time_format (time, "%H:%M:%S") : g_strdup ("–");
  ctl_table_add (table, CTL_PLAIN, "%s %s – %s %s", node[0], port[0], node[1], port[1]);
  ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, frames);
  ctl_table_add (table, CTL_PLAIN, "%s", since);
  ctl_table_add (table, g_str_equal (state, "recording") ? CTL_PLAIN : CTL_DIM, "%s", state);
}

static int
list_recordings (CtlLab *lab)
{
  const char *const columns[] = { _ ("LINK"), _ ("FRAMES"), _ ("SINCE"), _ ("STATE"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lrll");
  g_autoptr (GVariant) list = NULL;
  GError *error = NULL;

  if (!need_engine (lab))
    return CTL_CANNOT;
  list = ctl_wait_list_recordings (lab->client, &error);
  if (list == NULL)
    return ctl_fail (error);
  if (lab_client_get_recorder (lab->client) == 0)
    {
      ctl_complain (_ ("The flight recorder is off; “labctl record start” switches it on."));
      return CTL_FAILED;
    }
  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (list, i);

      add_recording (table, item);
    }
  ctl_table_print (table);
  return CTL_OK;
}

static char *
make_name (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "recording-%Y%m%d-%H%M%S.pcapng");
}

static int
save_recording (CtlLab *lab, char **words, const char *output)
{
  g_autofree char *name = output != NULL ? g_strdup (output) : make_name ();
  g_autofree char *path = g_canonicalize_filename (name, NULL);
  g_autofree char *number = NULL;
  g_autoptr (GVariant) ports = NULL;
  GError *error = NULL;
  guint64 frames = 0;
  int code;

  if (!need_engine (lab))
    return CTL_CANNOT;
  code = ctl_build_ports (lab, &ctl_record_command, words, FALSE, &ports);
  if (code != CTL_OK)
    return code;
  if (!ctl_wait_save_recording (lab->client, ports, path, &frames, &error))
    return ctl_fail (error);
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, frames);
  g_printerr (ngettext ("%s: %s frame", "%s: %s frames", (gulong) frames), path, number);
  g_printerr ("\n");
  return CTL_OK;
}

static int
run_record (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_autofree char *output = NULL;
  int megabytes = DEFAULT_MEGABYTES;
  int code;
  GOptionEntry entries[] = {
    { "size", 's', 0, G_OPTION_ARG_INT, &megabytes,
      N_ ("With start: so much of each link (default: 4)"), N_ ("MB") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("With save: the file"), N_ ("FILE") },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_record_command, entries, &argc, &argv))
    return CTL_USAGE;
  code =
      ctl_lab_open (&lab, &ctl_record_command, CTL_LAB_DOCUMENT | CTL_LAB_IF_RUNNING, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc == 1 && g_str_equal (argv[0], "start"))
    return megabytes > 0 ? switch_recorder (&lab, megabytes) : switch_recorder (&lab, -1);
  if (argc == 1 && g_str_equal (argv[0], "stop"))
    return switch_recorder (&lab, 0);
  if (argc == 1 && g_str_equal (argv[0], "list"))
    return list_recordings (&lab);
  if (argc >= 1 && g_str_equal (argv[0], "save"))
    return save_recording (&lab, argv + 1, output);
  return ctl_usage (&ctl_record_command, _ ("One of start, stop, list and save is needed."));
}

const CtlCommand ctl_record_command = {
  .name = "record",
  .arguments = "[FILE] start | stop | list | save [NODE:PORT…]",
  .summary = N_ ("Keep the last frames of each link, and save what just happened"),
  .details = N_ (
      "While the flight recorder is on, the last megabytes of each link stay in memory. “save” "
      "writes them to a pcapng file after something happened: of all links, or of those at some "
      "ports. “start” and “stop” are saved in the lab’s file, and take effect at once if it "
      "runs.\n\n"
      "Examples:\n"
      "  labctl record campus.lab start --size 8\n"
      "  labctl record campus.lab list\n"
      "  labctl record campus.lab save -o fault.pcapng\n"
      "  labctl record campus.lab save R1:e0/0 -o r1.pcapng"),
  .run = run_record,
};
