/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-types.h"

G_BEGIN_DECLS

#define LAB_TYPE_CHECK (lab_check_get_type ())
G_DECLARE_FINAL_TYPE (LabCheck, lab_check, LAB, CHECK, GObject)

/* Something a lab promises: type @send (and Enter) at @node's console; within @within seconds the
 * output of that command must match @expect (PCRE, multi-line), and must not match @reject. */

const char *lab_check_get_name   (LabCheck *self); /* for people */
const char *lab_check_get_node   (LabCheck *self); /* a name */
const char *lab_check_get_send   (LabCheck *self); /* one line; "": Enter alone */
const char *lab_check_get_expect (LabCheck *self); /* (nullable) at least one of expect and reject is there */
const char *lab_check_get_reject (LabCheck *self); /* (nullable) */
double      lab_check_get_within (LabCheck *self); /* seconds; default 10 */

G_END_DECLS
