/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A GNS3 appliance. */

#include "lab-appliance.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabAppliance) appliance =
      lab_appliance_parse ((const char *) data, size, "x.gns3a", &error);

  if ((appliance != NULL) != (error == NULL))
    g_error ("It is right and there is an error, or neither.");
  if (appliance != NULL && (appliance->files->len == 0 || *appliance->name == '\0'))
    g_error ("It has no image or no name.");
  if (appliance != NULL && !lab_image_template_check (appliance->template, &error))
    g_error ("Its template is none: %s", error->message);

  return 0;
}
