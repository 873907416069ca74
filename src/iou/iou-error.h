/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * IOU_ERROR:
 *
 * Errors of the IOU contract's readers. Each message is a complete sentence for a person.
 */
#define IOU_ERROR (iou_error_quark ())
GQuark iou_error_quark (void);

/**
 * IouError:
 * @IOU_ERROR_INVALID: bytes that are not what they should be
 * @IOU_ERROR_LIMIT: too large
 * @IOU_ERROR_IO: reading or writing failed
 * @IOU_ERROR_MISSING: a file, a loader or a library is not there
 * @IOU_ERROR_PERMISSION: not executable, not readable
 * @IOU_ERROR_NO_SPACE: does not fit in the NVRAM
 * @IOU_ERROR_NO_CONFIG: the NVRAM holds no configuration
 */
typedef enum
{
  IOU_ERROR_INVALID,
  IOU_ERROR_LIMIT,
  IOU_ERROR_IO,
  IOU_ERROR_MISSING,
  IOU_ERROR_PERMISSION,
  IOU_ERROR_NO_SPACE,
  IOU_ERROR_NO_CONFIG,
} IouError;

G_END_DECLS
