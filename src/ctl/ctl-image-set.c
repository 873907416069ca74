/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl image set, template and dialogue: what the user says of images. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-image.h"

/* --- set --- */

typedef struct
{
  char *role;
  char *release;
  char *notes;
} SetOptions;

static gboolean
apply_set (LabImageRecord *record, const SetOptions *options, GError **error)
{
  LabImageRole role = LAB_ROLE_UNKNOWN;

  if (record->sha256 == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _ ("The image %s cannot be read, and so nothing can be kept of it."),
                   record->name);
      return FALSE;
    }
  if (options->role != NULL && *options->role != '\0' &&
      !lab_image_role_from_string (options->role, &role))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is no role; write router, switch or host."), options->role);
      return FALSE;
    }
  return (options->role == NULL || lab_library_set_role (record->sha256, role, error)) &&
         (options->release == NULL ||
          lab_library_set_release (record->sha256, options->release, error)) &&
         (options->notes == NULL || lab_library_set_notes (record->sha256, options->notes, error));
}

static int
run_set (int argc, char **argv)
{
  g_autoptr (LabImageRecord) record = NULL;
  SetOptions options = { 0 };
  GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, N_ ("router, switch or host"),
      N_ ("ROLE") },
    { "release", 0, 0, G_OPTION_ARG_STRING, &options.release, N_ ("As 15.4(1)T"), N_ ("RELEASE") },
    { "notes", 0, 0, G_OPTION_ARG_STRING, &options.notes, N_ ("What is to be known of it"),
      N_ ("TEXT") },
    { NULL },
  };
  GError *error = NULL;
  int code = CTL_OK;

  if (!ctl_parse_options (&ctl_image_set_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc != 1)
    return ctl_usage (&ctl_image_set_command, _ ("Name one image."));
  record = ctl_image_find (argv[0]);
  if (record == NULL)
    code = CTL_CANNOT;
  else if (!apply_set (record, &options, &error))
    code = ctl_fail (error);
  g_free (options.role);
  g_free (options.release);
  g_free (options.notes);
  return code;
}

/* --- template --- */

typedef struct
{
  gboolean fresh;
  gboolean drop;
  gboolean keepalives;
  gboolean no_keepalives;
  char *rename;
  char *pattern;
  char *symbol;
  char *start;
  char *prompt;
  char *dialogue;
  int ethernet;
  int serial;
  int ram;
  int nvram;
} TemplateOptions;

static void
set_text (char **where, const char *text)
{
  if (text == NULL)
    return;
  g_free (*where);
  *where = *text != '\0' ? g_strdup (text) : NULL;
}

#define NOT_GIVEN G_MININT

static void
set_number (guint *where, int number)
{
  if (number != NOT_GIVEN)
    *where = (guint) number;
}

static gboolean
check_numbers (const TemplateOptions *options, GError **error)
{
  const int numbers[] = { options->ethernet, options->serial, options->ram, options->nvram };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i] < 0 && numbers[i] != NOT_GIVEN)
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                     _ ("%d is too small; write 0 or more."), numbers[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
set_start (LabImageTemplate *template, const char *path, GError **error)
{
  g_autofree char *text = NULL;

  if (path == NULL)
    return TRUE;
  if (*path != '\0' && !g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The file %s is not UTF-8."),
                   path);
      return FALSE;
    }
  set_text (&template->start_config, text ?: "");
  return TRUE;
}

static gboolean
change_template (LabImageTemplate *template, const TemplateOptions *options, GError **error)
{
  if (!check_numbers (options, error))
    return FALSE;
  set_text (&template->name, options->rename);
  set_text (&template->pattern, options->pattern);
  set_text (&template->symbol, options->symbol);
  set_text (&template->prompt, options->prompt);
  set_number (&template->ethernet, options->ethernet);
  set_number (&template->serial, options->serial);
  set_number (&template->ram, options->ram);
  set_number (&template->nvram, options->nvram);
  if (options->keepalives || options->no_keepalives)
    template->keepalives = options->keepalives;
  if (template->name == NULL)
    template->name = g_strdup ("");
  if (template->pattern == NULL)
    template->pattern = g_strdup ("");
  if (options->dialogue != NULL &&
      !lab_dialogue_from_string (
          g_str_equal (options->dialogue, "default") ? "" : options->dialogue, &template->dialogue))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is none of no, leave and default."), options->dialogue);
      return FALSE;
    }
  return set_start (template, options->start, error);
}

static gboolean
apply_template (LabImageRecord *record,
                const char *name,
                const TemplateOptions *options,
                GError **error)
{
  LabImageTemplate *old = lab_image_record_find_template (record, name);
  g_autoptr (LabImageTemplate) template = NULL;

  if (options->drop)
    return lab_library_drop_template (record, name, error);
  if (options->fresh)
    template = lab_image_template_new (name, record->role);
  else if (old != NULL)
    template = lab_image_template_copy (old);
  else
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("The image %s has no template “%s”; add --new to make it."), record->name,
                   name);
      return FALSE;
    }
  return change_template (template, options, error) &&
         lab_library_set_template (record, options->fresh ? NULL : name, template, error);
}

static void
list_templates (LabImageRecord *record)
{
  for (guint i = 0; i < record->templates->len; i++)
    g_print ("%s\n", ((LabImageTemplate *) g_ptr_array_index (record->templates, i))->name);
}

static void
options_clear (TemplateOptions *self)
{
  g_free (self->rename);
  g_free (self->pattern);
  g_free (self->symbol);
  g_free (self->start);
  g_free (self->prompt);
  g_free (self->dialogue);
}

static int
run_template (int argc, char **argv)
{
  g_autoptr (LabImageRecord) record = NULL;
  TemplateOptions options = {
    .ethernet = NOT_GIVEN, .serial = NOT_GIVEN, .ram = NOT_GIVEN, .nvram = NOT_GIVEN
  };
  GOptionEntry entries[] = {
    { "new", 0, 0, G_OPTION_ARG_NONE, &options.fresh, N_ ("Make a template of that name"), NULL },
    { "drop", 0, 0, G_OPTION_ARG_NONE, &options.drop, N_ ("Remove the template"), NULL },
    { "rename", 0, 0, G_OPTION_ARG_STRING, &options.rename, N_ ("Give it another name"),
      N_ ("NAME") },
    { "pattern", 0, 0, G_OPTION_ARG_STRING, &options.pattern, N_ ("Names of new nodes, as R{n}"),
      N_ ("TEXT") },
    { "symbol", 0, 0, G_OPTION_ARG_STRING, &options.symbol, N_ ("Symbol of new nodes"),
      N_ ("NAME") },
    { "ethernet", 0, 0, G_OPTION_ARG_INT, &options.ethernet, N_ ("Ethernet adapters"), N_ ("N") },
    { "serial", 0, 0, G_OPTION_ARG_INT, &options.serial, N_ ("Serial adapters"), N_ ("N") },
    { "ram", 0, 0, G_OPTION_ARG_INT, &options.ram, N_ ("MB; 0: the image’s default"), N_ ("N") },
    { "nvram", 0, 0, G_OPTION_ARG_INT, &options.nvram, N_ ("KB; 0: the image’s default"),
      N_ ("N") },
    { "keepalives", 0, 0, G_OPTION_ARG_NONE, &options.keepalives,
      N_ ("Layer-1 keepalives, where the image knows them"), NULL },
    { "no-keepalives", 0, 0, G_OPTION_ARG_NONE, &options.no_keepalives,
      N_ ("No layer-1 keepalives"), NULL },
    { "start", 0, 0, G_OPTION_ARG_FILENAME, &options.start,
      N_ ("Start configuration; %h in it is the node’s name"), N_ ("FILE") },
    { "prompt", 0, 0, G_OPTION_ARG_STRING, &options.prompt,
      N_ ("A last line on the console that matches means ready"), N_ ("REGEX") },
    { "dialogue", 0, 0, G_OPTION_ARG_STRING, &options.dialogue,
      N_ ("Initial dialogue: no, leave or default"), N_ ("WORD") },
    { NULL },
  };
  GError *error = NULL;
  int code = CTL_OK;

  if (!ctl_parse_options (&ctl_image_template_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc < 1 || argc > 2)
    code = ctl_usage (&ctl_image_template_command, _ ("Name an image, and a template of it."));
  else if ((record = ctl_image_find (argv[0])) == NULL)
    code = CTL_CANNOT;
  else if (argc == 1)
    list_templates (record);
  else if (!apply_template (record, argv[1], &options, &error))
    code = ctl_fail (error);
  options_clear (&options);
  return code;
}

/* --- dialogue --- */

static int
run_dialogue (int argc, char **argv)
{
  GError *error = NULL;
  LabDialogue dialogue;

  if (!ctl_parse_options (&ctl_image_dialogue_command, NULL, &argc, &argv))
    return CTL_USAGE;
  if (argc == 0)
    {
      g_autoptr (LabLibrary) library = lab_library_load (&error);

      if (library == NULL)
        return ctl_fail (error);
      g_print ("%s\n", lab_dialogue_to_string (lab_library_get_dialogue (library)));
      return CTL_OK;
    }
  if (argc > 1 || *argv[0] == '\0' || !lab_dialogue_from_string (argv[0], &dialogue))
    return ctl_usage (&ctl_image_dialogue_command, _ ("Write no or leave."));
  return lab_library_set_dialogue (dialogue, &error) ? CTL_OK : ctl_fail (error);
}

const CtlCommand ctl_image_set_command = {
  .name = "image set",
  .arguments = "IMAGE",
  .summary = N_ ("Correct the role and release of an image, and note its limits"),
  .details =
      N_ ("An empty text takes back what was said.\n\n"
          "Example:\n"
          "  labctl image set l2.bin --role switch --notes 'No QinQ; port security is slow'"),
  .run = run_set,
};

const CtlCommand ctl_image_template_command = {
  .name = "image template",
  .arguments = "IMAGE [TEMPLATE]",
  .summary = N_ ("Show, make and change the templates of an image"),
  .details =
      N_ ("A template says how a node of the image is made. The window offers each of them.\n\n"
          "Examples:\n"
          "  labctl image template l3.bin\n"
          "  labctl image template l3.bin Border --new --ethernet 4 --ram 1024\n"
          "  labctl image template l3.bin Border --start border.cfg --dialogue no"),
  .run = run_template,
};

const CtlCommand ctl_image_dialogue_command = {
  .name = "image dialogue",
  .arguments = "[no|leave]",
  .summary = N_ ("Say whether the initial configuration dialogue is declined"),
  .details =
      N_ ("An IOS without configuration asks whether to enter its initial dialogue. With\n"
          "“no” that is answered once in each run, with “leave” it waits for you. A template\n"
          "can say otherwise."),
  .run = run_dialogue,
};
