/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl image use: of which image, and which template of it, devices of a lab are. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-image.h"
#include "ctl-link.h"
#include "ctl-output.h"
#include "lab-image-map.h"
#include "lab-open-image.h"

typedef struct
{
  char *image;        /* (nullable): the one they get */
  char *template;     /* (nullable): the one they get */
  gboolean drop;      /* they are of no template in particular */
  GPtrArray *records; /* of LabImageRecord */
} Use;

static LabImageRecord *
find_record (Use *use, const char *image)
{
  for (guint i = 0; i < use->records->len; i++)
    {
      LabImageRecord *record = use->records->pdata[i];

      if (g_strcmp0 (record->name, image) == 0)
        return record;
    }
  return NULL;
}

/* --- showing --- */

static void
print_nodes (LabTopology *topology, char **names)
{
  const char *const columns[] = { _ ("NODE"), _ ("IMAGE"), _ ("TEMPLATE"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lll");

  for (guint i = 0; names[i] != NULL; i++)
    {
      LabNode *node = lab_topology_find_node (topology, names[i]);

      ctl_table_add (table, CTL_BOLD, "%s", names[i]);
      ctl_table_add (table, CTL_PLAIN, "%s", lab_node_get_image_name (node));
      ctl_table_add (table, CTL_PLAIN, "%s", lab_node_get_template (node) ?: "–");
    }
  ctl_table_print (table);
}

/* --- changing --- */

static gboolean
complain_of_template (LabImageRecord *record, const char *image, const char *template)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (record == NULL)
    {
      ctl_complain (_ ("The image %s is not in the library, and so it has no templates here."),
                    image);
      return FALSE;
    }
  for (guint i = 0; i < record->templates->len; i++)
    g_string_append_printf (names, "%s“%s”", i > 0 ? ", " : "",
                            ((LabImageTemplate *) record->templates->pdata[i])->name);
  ctl_complain (_ ("The image %s has no template “%s”; it has %s."), image, template, names->str);
  return FALSE;
}

/* The template of that name as it is written; NULL: the image has none of it. */
static const char *
template_of (LabImageRecord *record, const char *template)
{
  LabImageTemplate *found = record != NULL && template != NULL && record->has_templates
                                ? lab_image_record_find_template (record, template)
                                : NULL;

  return found != NULL ? found->name : NULL;
}

static void
add_template_edit (GPtrArray *edits, LabNode *node, const char *template)
{
  g_autoptr (JsonNode) value = NULL;

  if (g_strcmp0 (template, lab_node_get_template (node)) == 0)
    return;
  if (template != NULL)
    value = json_node_init_string (json_node_alloc (), template);
  g_ptr_array_add (edits, lab_edit_new_set_node (lab_node_get_name (node), "template", value));
}

static gboolean
add_edits (Use *use, LabNode *node, GPtrArray *edits)
{
  const char *image = use->image != NULL ? use->image : lab_node_get_image_name (node);
  LabImageRecord *record = find_record (use, image);
  const char *template = template_of (record, use->template);

  if (use->template != NULL && template == NULL)
    return complain_of_template (record, image, use->template);
  if (use->image != NULL)
    {
      g_autoptr (JsonNode) value =
          lab_image_map_value (node, image, record != NULL ? record->sha256 : NULL);

      g_ptr_array_add (edits, lab_edit_new_set_node (lab_node_get_name (node), "image", value));
      /* A template of the image that it had before is none of this one. */
      if (use->template == NULL)
        template = template_of (record, lab_node_get_template (node));
    }
  if (use->image != NULL || use->template != NULL || use->drop)
    add_template_edit (edits, node, use->drop ? NULL : template);
  return TRUE;
}

static int
change (CtlLab *lab, Use *use, char **names)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LabEdit) group = NULL;

  if (use->image != NULL && lab_open_image_find (use->image) == NULL &&
      find_record (use, use->image) == NULL)
    {
      ctl_complain (_ ("There is no image “%s” here; “labctl image list” shows them all."),
                    use->image);
      return CTL_FAILED;
    }
  for (guint i = 0; names[i] != NULL; i++)
    if (!add_edits (use, lab_topology_find_node (lab->topology, names[i]), edits))
      return CTL_FAILED;
  if (edits->len == 0)
    {
      g_printerr (_ ("Nothing changes.\n"));
      return CTL_OK;
    }
  group = lab_edit_new_group (_ ("Change images"), edits);
  return ctl_apply_edit (lab, group);
}

/* Those named, else all that have an image. (transfer full) (nullable): after a complaint */
static GStrv
list_nodes (CtlLab *lab, char **names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GListModel *nodes = lab_topology_get_nodes (lab->topology);

  if (!ctl_lab_knows (lab, names))
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (lab_node_get_image_name (lab_topology_find_node (lab->topology, names[i])) == NULL)
        {
          ctl_complain (_ ("%s is made of no image."), names[i]);
          return NULL;
        }
      g_strv_builder_add (builder, names[i]);
    }
  for (guint i = 0; names[0] == NULL && i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (lab_node_get_image_name (node) != NULL)
        g_strv_builder_add (builder, lab_node_get_name (node));
    }
  return g_strv_builder_end (builder);
}

static int
use_lab (Use *use, int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_auto (GStrv) names = NULL;
  g_autoptr (LabLibrary) library = NULL;
  GError *error = NULL;
  gboolean changes = use->image != NULL || use->template != NULL || use->drop;
  int code = ctl_lab_open (&lab, &ctl_image_use_command, CTL_LAB_DOCUMENT | CTL_LAB_IF_RUNNING,
                           &argc, &argv);

  if (code != CTL_OK)
    return code;
  if (changes && argc == 0)
    return ctl_usage (&ctl_image_use_command, _ ("Which devices shall be changed?"));
  names = list_nodes (&lab, argv);
  if (names == NULL)
    return CTL_CANNOT;
  if (!changes)
    {
      print_nodes (lab.topology, names);
      return CTL_OK;
    }
  library = lab_library_load (&error);
  if (library == NULL)
    return ctl_fail (error);
  use->records = lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL);
  return change (&lab, use, names);
}

static int
run_use (int argc, char **argv)
{
  Use use = { 0 };
  GOptionEntry entries[] = {
    { "image", 0, 0, G_OPTION_ARG_FILENAME, &use.image, N_ ("Make them of this image"),
      N_ ("IMAGE") },
    { "template", 0, 0, G_OPTION_ARG_STRING, &use.template, N_ ("They are of this template"),
      N_ ("NAME") },
    { "no-template", 0, 0, G_OPTION_ARG_NONE, &use.drop, N_ ("They are of none in particular"),
      NULL },
    { NULL },
  };
  int code;

  if (!ctl_parse_options (&ctl_image_use_command, entries, &argc, &argv))
    code = CTL_USAGE;
  else if (use.template != NULL && use.drop)
    code = ctl_usage (&ctl_image_use_command, _ ("Write --template or --no-template, not both."));
  else
    code = use_lab (&use, argc, argv);
  g_free (use.image);
  g_free (use.template);
  g_clear_pointer (&use.records, g_ptr_array_unref);
  return code;
}

const CtlCommand ctl_image_use_command = {
  .name = "image use",
  .arguments = "[FILE] [NODE…]",
  .summary = N_ ("Show of which image and template devices are, and change it"),
  .details =
      N_ ("A device of a template is ready by the template’s prompt, and its initial dialogue is\n"
          "treated as the template says. Adapters and memory stay as they are. A device that runs\n"
          "gets another image when it is started again.\n\n"
          "  labctl image use ccie.lab                            the table\n"
          "  labctl image use ccie.lab R1 R2 --template Border\n"
          "  labctl image use ccie.lab R1 --image l3-15.5.bin"),
  .run = run_use,
};
