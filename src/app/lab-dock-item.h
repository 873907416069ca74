/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-image-library.h"
#include "lab-node-template.h"

G_BEGIN_DECLS

/**
 * LabDockSection:
 * @LAB_DOCK_DEFAULT: the image that the user wants new routers to have
 * @LAB_DOCK_OPEN: images that come with Labwright
 * @LAB_DOCK_BUILTIN: devices that need no image
 * @LAB_DOCK_OWN: the user's images
 */
typedef enum
{
  LAB_DOCK_DEFAULT,
  LAB_DOCK_OPEN,
  LAB_DOCK_BUILTIN,
  LAB_DOCK_OWN,
} LabDockSection;

#define LAB_TYPE_DOCK_ITEM (lab_dock_item_get_type ())
G_DECLARE_FINAL_TYPE (LabDockItem, lab_dock_item, LAB, DOCK_ITEM, GObject)

/* One row of the dock: a device template with what is said of it. */

LabDockSection   lab_dock_item_get_section  (LabDockItem *self); /* where it stands */
const char      *lab_dock_item_get_title    (LabDockItem *self); /* for people; as all texts here, as long as the item */
const char      *lab_dock_item_get_subtitle (LabDockItem *self); /* what it is; may be "" */
LabNodeTemplate *lab_dock_item_get_template (LabDockItem *self); /* (transfer none) */
/* Whether each word of @query is in its texts; any case. */
gboolean         lab_dock_item_matches      (LabDockItem *self, const char *query);
/* For people, translated. */
const char      *lab_dock_section_get_title (LabDockSection section);

/**
 * LabDockDefaults:
 * @image: (nullable): the name of an own image that stands first
 * @ethernet: Ethernet adapters of a new router
 * @serial: serial adapters of a new router
 * @ram: MB of a new device of an own image; 0: the image's own default
 */
typedef struct
{
  const char *image;
  guint ethernet;
  guint serial;
  guint ram;
} LabDockDefaults;

/* What the dock shows of @library: a new array of LabDockItem, section by section. (transfer full) */
GPtrArray       *lab_dock_items_new         (LabImageLibrary *library, const LabDockDefaults *defaults);

G_END_DECLS
