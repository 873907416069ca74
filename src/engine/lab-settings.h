/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-node.h"

G_BEGIN_DECLS

/* What a device is started with. One that runs keeps the settings it was started with until its
 * next start, whatever the document says meanwhile. */
typedef struct
{
  char *image;
  char *sha256; /* (nullable) */
  char *template; /* (nullable) of the image: what says when it is ready */
  guint ethernet;
  guint serial;
  guint ram;
  guint nvram;
  gboolean keepalives;
  guint start_group; /* only for who starts it; 0: none */
  char *frame_relay;  /* (nullable) lines for labwright-router(1): which serial ports speak it */
  char *start_config; /* (nullable) */
} LabSettings;

/* What the document says of @node, of LAB_NODE_IOU, just now. (transfer full) */
LabSettings *lab_settings_new   (LabNode *node);
LabSettings *lab_settings_copy  (const LabSettings *self);
void         lab_settings_free  (LabSettings *self);
/* All but the start configuration, which counts only while the NVRAM holds none, the group, and the
 * template. */
gboolean     lab_settings_equal (const LabSettings *a, const LabSettings *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabSettings, lab_settings_free)

G_END_DECLS
