/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl image: which subcommand it is, and showing what there is. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-image.h"
#include "ctl-family.h"
#include "ctl-output.h"
#include "lab-open-image.h"

static const CtlCommand *const subcommands[] = {
  &ctl_image_list_command,     &ctl_image_show_command,     &ctl_image_add_command,
  &ctl_image_remove_command,   &ctl_image_probe_command,    &ctl_image_fix_command,
  &ctl_image_set_command,      &ctl_image_template_command, &ctl_image_folder_command,
  &ctl_image_dialogue_command, &ctl_image_map_command,      &ctl_image_use_command,
};

LabImageRecord *
ctl_image_find (const char *name)
{
  GError *error = NULL;
  g_autoptr (LabLibrary) library = lab_library_load (&error);
  LabImageRecord *record =
      library != NULL ? lab_library_find (library, name, LAB_LIBRARY_IDENTIFY, &error) : NULL;

  if (record == NULL)
    ctl_fail (error);
  return record;
}

void
ctl_image_say_fault (LabImageRecord *record)
{
  g_autofree char *quoted = g_shell_quote (record->name);

  if (record->fault == LAB_IMAGE_GOOD)
    return;
  g_print ("%s\n", record->fault_text);
  /* Where nothing may be executed the sentence itself says what to do. */
  if (record->fault == LAB_IMAGE_UNREADABLE ||
      (record->fault == LAB_IMAGE_NOT_EXECUTABLE && g_str_has_prefix (record->fix, "chmod")))
    g_print (_ ("  Mend it with: labctl image fix %s\n"), quoted);
  else if (record->fix != NULL && record->fix_root)
    g_print (_ ("  As administrator: %s\n"), record->fix);
  if (record->missing != NULL && record->missing[0] != NULL)
    g_print (_ ("  Or give it the library: labctl image fix %s --library %s=FILE\n"), quoted,
             record->missing[0]);
}

/* --- list --- */

static void
json_record (JsonBuilder *builder, LabImageRecord *record)
{
  ctl_json_string (builder, "name", record->name);
  ctl_json_bool (builder, "built-in", FALSE);
  ctl_json_string (builder, "path", record->path);
  ctl_json_bool (builder, "own", record->own);
  ctl_json_int (builder, "size", (gint64) record->size);
  ctl_json_string (builder, "sha256", record->sha256);
  ctl_json_string (builder, "md5", record->md5);
  ctl_json_string (builder, "role", lab_image_role_to_string (record->role));
  ctl_json_string (builder, "release", record->release);
  ctl_json_string (builder, "notes", record->notes);
  ctl_json_int (builder, "bits", record->bits);
  ctl_json_string (builder, "state", lab_image_fault_to_string (record->fault));
  ctl_json_string (builder, "detail", record->fault_text);
  ctl_json_string (builder, "command", record->fix);
  ctl_json_bool (builder, "probed", record->probed);
  if (record->probed)
    {
      ctl_json_int (builder, "default-ram", record->help.ram_default);
      ctl_json_int (builder, "default-nvram", record->help.nvram_default);
      ctl_json_bool (builder, "keepalives", record->help.keepalives);
    }
}

static void
json_templates (JsonBuilder *builder, LabImageRecord *record)
{
  json_builder_set_member_name (builder, "templates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < record->templates->len; i++)
    {
      g_autoptr (JsonObject) json =
          lab_image_template_to_json (g_ptr_array_index (record->templates, i));
      JsonNode *node = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (node, json);
      json_builder_add_value (builder, node);
    }
  json_builder_end_array (builder);
}

/* What comes with Labwright has one template, which nobody changes. */
static void
json_open (JsonBuilder *builder, const LabOpenImage *image)
{
  json_builder_begin_object (builder);
  ctl_json_string (builder, "name", image->name);
  ctl_json_bool (builder, "built-in", TRUE);
  ctl_json_string (builder, "title", lab_open_image_get_title (image));
  ctl_json_string (builder, "purpose", lab_open_image_get_purpose (image));
  ctl_json_int (builder, "memory", (gint64) image->memory);
  json_builder_set_member_name (builder, "templates");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  ctl_json_string (builder, "name", image->name);
  ctl_json_string (builder, "pattern", image->node_name);
  ctl_json_string (builder, "symbol", image->symbol);
  ctl_json_int (builder, "ethernet", image->ethernet);
  ctl_json_int (builder, "serial", image->serial);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (GPtrArray *records)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n_images;
  const LabOpenImage *images = lab_open_images (&n_images);

  json_builder_begin_array (builder);
  for (guint i = 0; i < n_images; i++)
    json_open (builder, &images[i]);
  for (guint i = 0; i < records->len; i++)
    {
      json_builder_begin_object (builder);
      json_record (builder, g_ptr_array_index (records, i));
      json_templates (builder, g_ptr_array_index (records, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  ctl_print_json (builder);
}

static void
print_table (GPtrArray *records)
{
  const char *const columns[] = { _ ("STATE"),   _ ("IMAGE"),     _ ("ROLE"),
                                  _ ("RELEASE"), _ ("TEMPLATES"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "llllr");

  for (guint i = 0; i < records->len; i++)
    {
      LabImageRecord *record = g_ptr_array_index (records, i);

      if (record->fault == LAB_IMAGE_GOOD)
        ctl_table_add (table, CTL_GOOD, "%s", _ ("good"));
      else
        ctl_table_add (table, CTL_BAD, "%s", _ ("BROKEN"));
      ctl_table_add (table, CTL_BOLD, "%s", record->name);
      ctl_table_add (table, CTL_PLAIN, "%s", lab_image_role_get_title (record->role));
      ctl_table_add (table, CTL_PLAIN, "%s", record->release ?: "-");
      ctl_table_add (table, CTL_PLAIN, "%u", record->templates->len);
    }
  ctl_table_print (table);
}

/* What comes with Labwright, what each is for and takes. */
static void
print_open (void)
{
  const char *const columns[] = { _ ("BUILT IN"), _ ("MEMORY"), _ ("WHAT FOR"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lll");
  guint n_images;
  const LabOpenImage *images = lab_open_images (&n_images);

  for (guint i = 0; i < n_images; i++)
    {
      g_autofree char *memory = lab_open_image_dup_memory (&images[i]);

      ctl_table_add (table, CTL_BOLD, "%s", images[i].name);
      ctl_table_add (table, CTL_PLAIN, "%s", memory);
      ctl_table_add (table, CTL_PLAIN, "%s", lab_open_image_get_purpose (&images[i]));
    }
  ctl_table_print (table);
  g_print ("\n");
}

static int
run_list (int argc, char **argv)
{
  g_autoptr (LabLibrary) library = NULL;
  g_autoptr (GPtrArray) records = NULL;
  gboolean json = FALSE;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };
  GError *error = NULL;

  if (!ctl_parse_options (&ctl_image_list_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc > 0)
    return ctl_usage (&ctl_image_list_command, _ ("“%s” is too much."), argv[0]);
  library = lab_library_load (&error);
  if (library == NULL)
    return ctl_fail (error);
  records = lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL);
  if (json)
    {
      print_json (records);
      return CTL_OK;
    }
  print_open ();
  if (records->len == 0)
    {
      g_print (_ ("There are no images of yours; add one with “labctl image add FILE”.\n"));
      return CTL_OK;
    }
  print_table (records);
  for (guint i = 0; i < records->len; i++)
    {
      LabImageRecord *record = g_ptr_array_index (records, i);

      if (record->fault != LAB_IMAGE_GOOD)
        {
          g_print ("\n");
          ctl_image_say_fault (record);
        }
    }
  return CTL_OK;
}

/* --- show --- */

static void
print_line (const char *title, const char *value)
{
  if (value != NULL)
    g_print ("%-14s %s\n", title, value);
}

static void
print_template (const LabImageTemplate *template)
{
  g_print (_ ("Template “%s”: nodes %s, %u Ethernet and %u serial adapters"), template->name,
           template->pattern, template->ethernet, template->serial);
  if (template->ram != 0)
    g_print (_ (", %u MB RAM"), template->ram);
  if (template->nvram != 0)
    g_print (_ (", %u KB NVRAM"), template->nvram);
  if (!template->keepalives)
    g_print ("%s", _ (", no keepalives"));
  if (template->start_config != NULL)
    g_print ("%s", _ (", a start configuration"));
  if (template->prompt != NULL)
    g_print (_ (", prompt %s"), template->prompt);
  if (template->dialogue == LAB_DIALOGUE_NO)
    g_print ("%s", _ (", declines the initial dialogue"));
  g_print ("\n");
}

static void
print_options (LabImageRecord *record)
{
  if (!record->probed)
    {
      print_line (_ ("Options"), _ ("not asked yet; see “labctl image probe”"));
      return;
    }
  if (record->help.ram_default == 0 && record->help.nvram_default == 0 && !record->help.keepalives)
    {
      print_line (_ ("Options"), _ ("it did not say anything that is understood"));
      return;
    }
  g_print (_ ("%-14s %u MB RAM, %u KB NVRAM, %s\n"), _ ("Defaults"), record->help.ram_default,
           record->help.nvram_default,
           record->help.keepalives ? _ ("layer-1 keepalives") : _ ("no layer-1 keepalives"));
}

static void
print_record (LabImageRecord *record)
{
  g_autofree char *about = lab_image_record_describe (record);

  print_line (_ ("Image"), record->name);
  print_line (_ ("What it is"), about);
  print_line (_ ("Guessed"),
              record->role_said ? NULL : _ ("role; correct it with “labctl image set”"));
  print_line (_ ("File"), record->path);
  print_line ("SHA-256", record->sha256);
  print_line ("MD5", record->md5);
  print_options (record);
  print_line (_ ("Notes"), record->notes);
  for (guint i = 0; i < record->templates->len; i++)
    print_template (g_ptr_array_index (record->templates, i));
  ctl_image_say_fault (record);
}

static int
run_show (int argc, char **argv)
{
  g_autoptr (LabImageRecord) record = NULL;
  gboolean json = FALSE;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_image_show_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc != 1)
    return ctl_usage (&ctl_image_show_command, _ ("Name one image."));
  record = ctl_image_find (argv[0]);
  if (record == NULL)
    return CTL_CANNOT;
  if (json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_record (builder, record);
      json_templates (builder, record);
      json_builder_end_object (builder);
      ctl_print_json (builder);
    }
  else
    print_record (record);
  return record->fault == LAB_IMAGE_GOOD ? CTL_OK : CTL_FAILED;
}

const CtlCommand ctl_image_list_command = {
  .name = "image list",
  .arguments = "",
  .summary = N_ ("Show the images on this machine"),
  .details =
      N_ ("Those in the library’s own folder, in your folders, and in LABWRIGHT_IMAGE_PATH."),
  .run = run_list,
};

const CtlCommand ctl_image_show_command = {
  .name = "image show",
  .arguments = "IMAGE",
  .summary = N_ ("Show all that is known of an image"),
  .details = N_ ("Exits 1 if the image cannot be started, after the reason and what mends it."),
  .run = run_show,
};

/* --- the command --- */

static int
run_image (int argc, char **argv)
{
  const CtlFamily family = {
    .command = &ctl_image_command,
    .subcommands = subcommands,
    .n_subcommands = G_N_ELEMENTS (subcommands),
    .usage = _ ("Usage: labctl image SUBCOMMAND [OPTION…] …\n\n"
                "Your images, and how nodes of them are made.\n\nSubcommands:\n"),
    .question = _ ("What shall be done with the images?"),
    .lab_first = FALSE,
  };

  return ctl_family_run (&family, argc, argv);
}

const CtlCommand ctl_image_command = {
  .name = "image",
  .arguments = "SUBCOMMAND …",
  .summary = N_ ("Add, show and mend your images, and their templates"),
  .details = N_ ("\nAn image is known by its checksum, whatever its file is called.\n\n"
                 "Examples:\n"
                 "  labctl image add i86bi-linux-l3-15.4.bin\n"
                 "  labctl image add cisco-iou-l2.gns3a            a GNS3 appliance\n"
                 "  labctl image folder add /opt/unetlab/addons    EVE-NG’s images\n"
                 "  labctl image fix i86bi-linux-l3-15.4.bin\n"
                 "  labctl image SUBCOMMAND --help                 all about a subcommand"),
  .run = run_image,
};
