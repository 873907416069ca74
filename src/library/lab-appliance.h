/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-library.h"

G_BEGIN_DECLS

/* GNS3's appliance files (.gns3a): JSON that names the image files of a device, with their MD5, and
 * the settings it wants. Only those for IOU are of use here. The form is that of GNS3's registry,
 * schema versions 1 to 8. */

/**
 * LabApplianceFile:
 * @file_name: what the image is called
 * @md5: (nullable): 32 hexadecimal digits
 * @version: (nullable): which version of the device it is
 * @size: bytes; 0: not said
 *
 * An image that an appliance can be made of.
 */
typedef struct
{
  char *file_name;
  char *md5;
  char *version;
  guint64 size;
} LabApplianceFile;

/**
 * LabAppliance:
 * @name: the device's
 * @usage: (nullable): advice for people
 * @role: router or switch, by its category
 * @files: (element-type LabApplianceFile): never empty
 * @template: the settings; its name is the appliance's
 * @start_config: (nullable): the name of the start configuration in GNS3, which is not in the file
 *
 * What an appliance file says.
 */
typedef struct
{
  char *name;
  char *usage;
  LabImageRole role;
  GPtrArray *files;
  LabImageTemplate *template;
  char *start_config;
} LabAppliance;

/* @label: how errors name the text. (transfer full) (nullable) */
LabAppliance     *lab_appliance_parse (const char *text, gsize length, const char *label, GError **error);
LabAppliance     *lab_appliance_load  (const char *path, GError **error);
void              lab_appliance_free  (LabAppliance *self);
/* Whether a file is one, by its name. */
gboolean          lab_appliance_is_name (const char *path);
/* Which of the appliance's images @record is, by MD5, else by name. (transfer none) (nullable) */
LabApplianceFile *lab_appliance_match (LabAppliance *self, LabImageRecord *record);

/**
 * lab_appliance_install:
 * @self: an appliance
 * @folder: (nullable): where its images may lie, too: the folder of the appliance file
 * @n_added: (out): how many images it found, here or in the library
 *
 * Adds the appliance's images that lie in @folder to the library, and makes a template of the
 * appliance's settings for each of its images there.
 *
 * Errors: none of its images was found; the message names those it wants.
 */
gboolean          lab_appliance_install (LabAppliance *self, const char *folder, guint *n_added, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabAppliance, lab_appliance_free)

G_END_DECLS
