/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl image map: what images a lab names, and others in their place. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-image.h"
#include "ctl-link.h"
#include "ctl-output.h"
#include "lab-image-map.h"
#include "lab-open-image.h"

static void
print_table (GPtrArray *wants, GPtrArray *records)
{
  const char *const columns[] = { _ ("WANTED"), _ ("HERE"), _ ("TAKE"), _ ("DEVICES"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "llll");

  for (guint i = 0; i < wants->len; i++)
    {
      LabImageWant *want = wants->pdata[i];
      g_autofree char *text = lab_image_want_describe (want);
      g_autofree char *nodes = lab_image_want_dup_nodes (want);
      gboolean changes = lab_image_want_changes (want, records);

      ctl_table_add (table, CTL_BOLD, "%s", text);
      ctl_table_add (table, want->here ? CTL_GOOD : CTL_BAD, "%s",
                     want->here ? _ ("yes") : _ ("no"));
      ctl_table_add (table, CTL_PLAIN, "%s", changes ? want->choice : "–");
      ctl_table_add (table, CTL_PLAIN, "%s", nodes);
    }
  ctl_table_print (table);
}

static gboolean
is_here (GPtrArray *records, const char *image)
{
  if (lab_open_image_find (image) != NULL)
    return TRUE;
  for (guint i = 0; i < records->len; i++)
    {
      if (g_str_equal (((LabImageRecord *) records->pdata[i])->name, image))
        return TRUE;
    }
  return FALSE;
}

/* "WANTED=IMAGE", or "IMAGE" for all that are not here. */
static gboolean
take_word (GPtrArray *wants, GPtrArray *records, const char *word)
{
  const char *equals = strrchr (word, '=');
  g_autofree char *wanted = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
  const char *image = equals != NULL ? equals + 1 : word;
  gboolean found = FALSE;

  if (!is_here (records, image))
    {
      ctl_complain (_ ("There is no image “%s” here; “labctl image list” shows them all."), image);
      return FALSE;
    }
  for (guint i = 0; i < wants->len; i++)
    {
      LabImageWant *want = wants->pdata[i];

      if (wanted != NULL ? !g_str_equal (want->name, wanted) : want->here)
        continue;
      lab_image_want_set_choice (want, image);
      found = TRUE;
    }
  if (found || wanted == NULL)
    return TRUE;
  ctl_complain (_ ("No device of the lab wants the image “%s”."), wanted);
  return FALSE;
}

static int
apply (CtlLab *lab, GPtrArray *wants, GPtrArray *records)
{
  g_autoptr (LabEdit) edit = lab_image_map_edit (lab->topology, wants, records);

  if (edit == NULL)
    {
      g_printerr (_ ("Nothing changes.\n"));
      return CTL_OK;
    }
  return ctl_apply_edit (lab, edit);
}

static int
map_lab (CtlLab *lab, int argc, char **argv, gboolean yes)
{
  GError *error = NULL;
  g_autoptr (LabLibrary) library = lab_library_load (&error);
  g_autoptr (GPtrArray) records =
      library != NULL ? lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL) : NULL;
  g_autoptr (GPtrArray) wants = NULL;

  if (records == NULL)
    return ctl_fail (error);
  wants = lab_image_map_collect (lab->topology, records);
  for (int i = 0; i < argc; i++)
    {
      if (!take_word (wants, records, argv[i]))
        return CTL_FAILED;
    }
  print_table (wants, records);
  if (yes)
    return apply (lab, wants, records);
  g_printerr (_ ("Nothing has been changed; --yes does it.\n"));
  return lab_image_map_n_missing (wants) == 0 ? CTL_OK : CTL_FAILED;
}

static int
run_map (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean yes = FALSE;
  GOptionEntry options[] = { { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_ ("Do it"), NULL },
                             { NULL } };
  int code;

  if (!ctl_parse_options (&ctl_image_map_command, options, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_image_map_command, CTL_LAB_DOCUMENT | CTL_LAB_IF_RUNNING, &argc,
                       &argv);
  if (code != CTL_OK)
    return code;
  return map_lab (&lab, argc, argv, yes);
}

const CtlCommand ctl_image_map_command = {
  .name = "image map",
  .arguments = "FILE [WANTED=IMAGE | IMAGE]…",
  .summary = N_ ("Show which images a lab wants, and give its devices others"),
  .details = N_ (
      "\nWhat is not here is matched by checksum, then by name, role and release; where nothing\n"
      "fits, a router becomes the open one. WANTED=IMAGE chooses for one image, IMAGE alone for\n"
      "all that are missing. The exit code without --yes is 1 if an image is missing.\n\n"
      "  labctl image map ccie.lab                      the table\n"
      "  labctl image map ccie.lab labwright-router --yes\n"
      "  labctl image map ccie.lab old-l2.bin=new-l2.bin --yes"),
  .run = run_map,
};
