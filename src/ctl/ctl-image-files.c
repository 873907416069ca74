/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl image add, remove, probe, fix and folder. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-image.h"
#include "lab-appliance.h"
#include "lab-client-paths.h"

/* --- add --- */

static int
add_appliance (const char *path)
{
  GError *error = NULL;
  g_autoptr (LabAppliance) appliance = lab_appliance_load (path, &error);
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  guint n_images;

  if (appliance == NULL || !lab_appliance_install (appliance, folder, &n_images, &error))
    return ctl_fail (error);
  g_print (ngettext ("Added the template “%s” to %u image.\n",
                     "Added the template “%s” to %u images.\n", n_images),
           appliance->name, n_images);
  if (appliance->start_config != NULL)
    g_print (_ ("It names the start configuration %s, which is not in the file; give one with "
                "“labctl image template --start”.\n"),
             appliance->start_config);
  return CTL_OK;
}

static int
add_image (const char *path, const char *name)
{
  GError *error = NULL;
  gboolean was_there;
  g_autoptr (LabImageRecord) record =
      lab_library_add (path, name, &was_there, NULL, NULL, NULL, &error);
  g_autofree char *about = NULL;

  if (record == NULL)
    return ctl_fail (error);
  if (was_there)
    {
      g_print (_ ("%s is in the library already, as %s.\n"), path, record->name);
      return CTL_OK;
    }
  about = lab_image_record_describe (record);
  g_print (_ ("Added %s: %s\n"), record->name, about);
  if (record->fault == LAB_IMAGE_GOOD)
    ctl_image_ask (record);
  else
    ctl_image_say_fault (record);
  return CTL_OK;
}

/* A file, or each of a folder's. */
static int
add_word (const char *path, const char *name)
{
  g_auto (GStrv) files = NULL;
  GError *error = NULL;
  int code = CTL_OK;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return lab_appliance_is_name (path) ? add_appliance (path) : add_image (path, name);
  files = lab_library_dup_addable (path, &error);
  if (files == NULL)
    return ctl_fail (error);
  for (guint i = 0; files[i] != NULL; i++)
    {
      int one = add_word (files[i], NULL);

      code = MAX (code, one);
    }
  return code;
}

static int
run_add (int argc, char **argv)
{
  g_autofree char *name = NULL;
  GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &name, N_ ("Call the image NAME"), N_ ("NAME") },
    { NULL },
  };
  int code = CTL_OK;

  if (!ctl_parse_options (&ctl_image_add_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc < 1)
    return ctl_usage (&ctl_image_add_command, _ ("Which files shall be added?"));
  if (argc > 1 && name != NULL)
    return ctl_usage (&ctl_image_add_command, _ ("--name is for one file."));
  for (int i = 0; i < argc; i++)
    {
      int one = add_word (argv[i], name);

      code = MAX (code, one);
    }
  return code;
}

/* --- remove, probe, fix --- */

static int
run_remove (int argc, char **argv)
{
  int code = CTL_OK;

  if (!ctl_parse_options (&ctl_image_remove_command, NULL, &argc, &argv))
    return CTL_USAGE;
  if (argc < 1)
    return ctl_usage (&ctl_image_remove_command, _ ("Which images shall be removed?"));
  for (int i = 0; i < argc; i++)
    {
      g_autoptr (LabImageRecord) record = ctl_image_find (argv[i]);
      GError *error = NULL;

      if (record == NULL)
        code = CTL_CANNOT;
      else if (!lab_library_remove (record, &error))
        code = ctl_fail (error);
      else
        g_print (_ ("Removed %s.\n"), record->name);
    }
  return code;
}

gboolean
ctl_image_ask (LabImageRecord *record)
{
  g_autofree char *engine = lab_client_program_path ("engine", "labwright-engine");
  g_autofree char *said = NULL;
  GError *error = NULL;
  IouHelp help;

  if (!lab_library_probe (engine, record->path, &help, &said, &error))
    {
      ctl_fail (error);
      return FALSE;
    }
  if (help.ram_default == 0 && help.nvram_default == 0 && !help.keepalives)
    {
      g_print (_ ("%s did not say anything that is understood.\n"), record->name);
      if (said != NULL && *g_strstrip (said) != '\0')
        g_print (_ ("It said:\n%s\n"), said);
    }
  else
    g_print (_ ("%s takes %u MB of RAM and %u KB of NVRAM by itself, and %s.\n"), record->name,
             help.ram_default, help.nvram_default,
             help.keepalives ? _ ("knows layer-1 keepalives") : _ ("knows no layer-1 keepalives"));
  return TRUE;
}

static int
run_probe (int argc, char **argv)
{
  int code = CTL_OK;

  if (!ctl_parse_options (&ctl_image_probe_command, NULL, &argc, &argv))
    return CTL_USAGE;
  if (argc < 1)
    return ctl_usage (&ctl_image_probe_command, _ ("Which images shall be asked?"));
  for (int i = 0; i < argc; i++)
    {
      g_autoptr (LabImageRecord) record = ctl_image_find (argv[i]);

      if (record == NULL || !ctl_image_ask (record))
        code = CTL_CANNOT;
    }
  return code;
}

/* @library: "SONAME=FILE". */
static int
give_library (LabImageRecord *record, const char *library)
{
  const char *equals = strchr (library, '=');
  g_autofree char *soname = NULL;
  GError *error = NULL;

  if (equals == NULL || equals == library || equals[1] == '\0')
    return ctl_usage (&ctl_image_fix_command, _ ("“%s” is not NAME=FILE."), library);
  soname = g_strndup (library, (gsize) (equals - library));
  if (!lab_library_add_library (record, soname, equals + 1, &error))
    return ctl_fail (error);
  g_print (_ ("%s has the library %s now.\n"), record->name, soname);
  return CTL_OK;
}

static int
mend (LabImageRecord *record)
{
  GError *error = NULL;

  switch (record->fault)
    {
    case LAB_IMAGE_GOOD:
      g_print (_ ("There is nothing to mend in %s.\n"), record->name);
      return CTL_OK;
    case LAB_IMAGE_UNREADABLE:
    case LAB_IMAGE_NOT_EXECUTABLE:
      if (!lab_library_fix_mode (record, &error))
        return ctl_fail (error);
      g_print (_ ("%s is executable now.\n"), record->name);
      return CTL_OK;
    case LAB_IMAGE_GONE:
    case LAB_IMAGE_NO_PROGRAM:
    case LAB_IMAGE_NO_LOADER:
    case LAB_IMAGE_NO_LIBRARY:
    default:
      ctl_image_say_fault (record);
      return CTL_FAILED;
    }
}

static int
run_fix (int argc, char **argv)
{
  g_autoptr (LabImageRecord) record = NULL;
  g_autofree char *library = NULL;
  GOptionEntry entries[] = {
    { "library", 0, 0, G_OPTION_ARG_FILENAME, &library,
      N_ ("Give it FILE as the library NAME that it lacks"), N_ ("NAME=FILE") },
    { NULL },
  };
  int code = CTL_OK;

  if (!ctl_parse_options (&ctl_image_fix_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc != 1)
    return ctl_usage (&ctl_image_fix_command, _ ("Name one image."));
  record = ctl_image_find (argv[0]);
  if (record == NULL)
    return CTL_CANNOT;
  code = library != NULL ? give_library (record, library) : mend (record);
  if (code == CTL_OK)
    {
      /* What else there is to mend. */
      g_autoptr (LabImageRecord) after = ctl_image_find (argv[0]);

      if (after == NULL || after->fault != LAB_IMAGE_GOOD)
        {
          if (after != NULL)
            ctl_image_say_fault (after);
          code = CTL_FAILED;
        }
    }
  return code;
}

/* --- folders --- */

static int
list_folders (void)
{
  GError *error = NULL;
  g_autoptr (LabLibrary) library = lab_library_load (&error);
  g_auto (GStrv) folders = library != NULL ? lab_library_dup_folders (library) : NULL;

  if (library == NULL)
    return ctl_fail (error);
  for (guint i = 0; folders[i] != NULL; i++)
    if (i == 0 || g_file_test (folders[i], G_FILE_TEST_IS_DIR))
      g_print ("%s\n", folders[i]);
    else
      g_print (_ ("%s (not there now)\n"), folders[i]);
  return CTL_OK;
}

static int
run_folder (int argc, char **argv)
{
  GError *error = NULL;
  gboolean done;

  if (!ctl_parse_options (&ctl_image_folder_command, NULL, &argc, &argv))
    return CTL_USAGE;
  if (argc == 0)
    return list_folders ();
  if (argc != 2 || (!g_str_equal (argv[0], "add") && !g_str_equal (argv[0], "remove")))
    return ctl_usage (&ctl_image_folder_command, _ ("Write add or remove, and a folder."));
  done = g_str_equal (argv[0], "add") ? lab_library_add_folder (argv[1], &error)
                                      : lab_library_remove_folder (argv[1], &error);
  return done ? CTL_OK : ctl_fail (error);
}

const CtlCommand ctl_image_add_command = {
  .name = "image add",
  .arguments = "FILE|FOLDER…",
  .summary = N_ ("Copy images, or what a GNS3 appliance names, into the library"),
  .details =
      N_ ("An image is made executable and asked for its options inside a sandbox. A file\n"
          "of GNS3 (NAME.gns3a) adds the images that lie beside it, and a template with\n"
          "its settings. Of a folder all of both are added; to leave images where they are,\n"
          "see “labctl image folder”."),
  .run = run_add,
};

const CtlCommand ctl_image_remove_command = {
  .name = "image remove",
  .arguments = "IMAGE…",
  .summary = N_ ("Delete images from the library’s own folder"),
  .details = N_ ("Notes and templates stay, should the image come back. In your own folders\n"
                 "nothing is deleted."),
  .run = run_remove,
};

const CtlCommand ctl_image_probe_command = {
  .name = "image probe",
  .arguments = "IMAGE…",
  .summary = N_ ("Ask images for their options, inside a sandbox"),
  .details = N_ ("Runs them with -h. That tells how much RAM and NVRAM they take by themselves,\n"
                 "and whether they know layer-1 keepalives."),
  .run = run_probe,
};

const CtlCommand ctl_image_fix_command = {
  .name = "image fix",
  .arguments = "IMAGE",
  .summary = N_ ("Mend what keeps an image from being started"),
  .details =
      N_ ("Makes it executable; for what only an administrator can do it prints the command.\n"
          "Libraries that no system has any more, as libcrypto.so.4, can be given to it.\n\n"
          "Example:\n"
          "  labctl image fix l3.bin --library libcrypto.so.4=/opt/old/libcrypto.so.1.0.0"),
  .run = run_fix,
};

const CtlCommand ctl_image_folder_command = {
  .name = "image folder",
  .arguments = "[add|remove FOLDER]",
  .summary = N_ ("Show, add or take out folders in which images lie"),
  .details = N_ ("Of an EVE-NG folder (/opt/unetlab/addons) the images in iol/bin are taken, and\n"
                 "the libraries in iol/lib are given to them."),
  .run = run_folder,
};
