/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"

G_BEGIN_DECLS

/* Form only (contract section 10): the value is the user's; it is never computed, judged or kept. */

gboolean iou_licence_check      (const char *text, gsize length, const char *hostname, GError **error);
gboolean iou_licence_check_file (const char *path, const char *hostname, GError **error);

G_END_DECLS
