/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/**
 * lab_needs_examine:
 * @topology: a lab
 *
 * Whether this machine has what the lab says that it needs (its member “needs”), as
 * lab_doctor_examine() finds it: that function's conditions hold here, too, if it needs anything.
 *
 * Returns: (transfer full): a sentence or two for each thing that is missing; none: it can run
 */
GStrv lab_needs_examine      (LabTopology *topology);

/**
 * lab_needs_list_missing:
 * @needs: what a lab needs, as lab_topology_dup_needs() gives it
 * @findings: (element-type LabDoctorFinding): of lab_doctor_examine()
 *
 * Returns: (transfer full): the titles of those findings that are missing; a need that no finding is
 *   about stands in quotes
 */
GStrv lab_needs_list_missing (const char *const *needs, GPtrArray *findings);

G_END_DECLS
