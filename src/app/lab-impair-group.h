/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_IMPAIR_GROUP (lab_impair_group_get_type ())
G_DECLARE_FINAL_TYPE (LabImpairGroup, lab_impair_group, LAB, IMPAIR_GROUP, AdwBin)

/* What is done to the frames of a link: a kind of line, or each thing by itself. */

/* Once, before a link is set. A reference is kept. */
void lab_impair_group_set_session (LabImpairGroup *self, LabSession *session);
void lab_impair_group_set_link    (LabImpairGroup *self, LabLink *link); /* (nullable) */

G_END_DECLS
