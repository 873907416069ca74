/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The error domain of the room. */

#include "iou-error.h"

G_DEFINE_QUARK (iou - error - quark, iou_error)
