/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl licence: the user's iourc. Nothing here prints any of it. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#include "ctl-command.h"
#include "iou-licence.h"
#include "lab-licence-store.h"

static int
show (void)
{
  g_autofree char *path = NULL;
  g_autofree char *sentence = NULL;
  LabLicenceState state = lab_licence_get_state (&path, &sentence);

  if (path != NULL)
    g_print (_ ("File: %s\n"), path);
  g_print ("%s\n", sentence);
  return state == LAB_LICENCE_BAD ? CTL_FAILED : CTL_OK;
}

static gboolean
set_from_stdin (GError **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  guint8 buffer[4096];
  gssize n;

  while ((n = read (STDIN_FILENO, buffer, sizeof buffer)) > 0 &&
         text->len <= IOU_LICENCE_MAX_LENGTH)
    g_byte_array_append (text, buffer, (guint) n);
  if (n < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("Standard input cannot be read: %s."), g_strerror (errno));
      return FALSE;
    }
  return lab_licence_set ((const char *) text->data, text->len, error);
}

static int
set (const char *file)
{
  GError *error = NULL;
  gboolean done =
      g_str_equal (file, "-") ? set_from_stdin (&error) : lab_licence_set_file (file, &error);

  if (!done)
    {
      ctl_fail (error);
      return CTL_CANNOT;
    }
  return show ();
}

static int
run_licence (int argc, char **argv)
{
  GError *error = NULL;

  if (!ctl_parse_options (&ctl_licence_command, NULL, &argc, &argv))
    return CTL_USAGE;
  if (argc == 1 && g_str_equal (argv[0], "show"))
    return show ();
  if (argc == 2 && g_str_equal (argv[0], "set"))
    return set (argv[1]);
  if (argc == 1 && g_str_equal (argv[0], "remove"))
    return lab_licence_remove (&error) ? CTL_OK : ctl_fail (error);
  return ctl_usage (&ctl_licence_command, _ ("Write set and a file, show, or remove."));
}

const CtlCommand ctl_licence_command = {
  .name = "licence",
  .arguments = "set FILE|- | show | remove",
  .summary = N_ ("Keep your iourc, or say whether its form is right"),
  .details = N_ ("The file is kept in your configuration, readable to you alone, and shown to the\n"
                 "images in their sandboxes. It never goes into a lab, an export or a log. Its\n"
                 "form is checked; what stands in it is not judged, and never computed.\n"
                 "“-” reads standard input."),
  .run = run_licence,
};
