/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Has a file changed? Programs replace files, so the inode counts; and write into them, so size and
 * time count. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <sys/stat.h>

#include "lab-stamp.h"

void
lab_stamp_read (LabStamp *self, const char *path)
{
  struct stat st;

  *self = (LabStamp){ 0 };
  if (stat (path, &st) != 0)
    return;
  self->device = st.st_dev;
  self->inode = st.st_ino;
  self->size = st.st_size;
  self->mtime = (gint64) st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
}

gboolean
lab_stamp_equal (const LabStamp *a, const LabStamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size &&
         a->mtime == b->mtime;
}

gboolean
lab_stamp_is_missing (const LabStamp *self)
{
  return self->inode == 0 && self->mtime == 0;
}
