/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

#include "iou-error.h"

/* The error is of this kind, its message is a sentence and says @part. Clears it. */
#define assert_iou_error(error, wanted, part)                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_error ((error), IOU_ERROR, (int) (wanted));                                                \
    if (strstr ((error)->message, (part)) == NULL)                                                 \
      g_error ("“%s” does not say “%s”", (error)->message, (part));                                \
    g_assert_true (g_utf8_validate ((error)->message, -1, NULL));                                  \
    g_clear_error (&(error));                                                                      \
  }                                                                                                \
  G_STMT_END

/* A temporary folder with everything in it is removed: one level of folders is enough for most
 * tests. */
char *iou_test_make_dir   (void);
void  iou_test_remove_dir (char *dir);
char *iou_test_write      (const char *dir, const char *name, const void *data, gsize length);
