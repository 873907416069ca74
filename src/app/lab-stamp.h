/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What tells one state of a file from another without reading it. All zero: there is no file. */
typedef struct
{
  guint64 device;
  guint64 inode;
  gint64 size;
  gint64 mtime; /* ns */
} LabStamp;

/* Of the file that @path leads to. File access: for a thread. */
void     lab_stamp_read  (LabStamp *self, const char *path);
gboolean lab_stamp_equal (const LabStamp *a, const LabStamp *b);
gboolean lab_stamp_is_missing (const LabStamp *self);

G_END_DECLS
