/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-run-dir.h"

G_BEGIN_DECLS

/* Splits this process in two: the child goes on as the engine and gets TRUE; the parent becomes its
 * keeper and only returns (FALSE, @status to exit with) when the engine and everything it started
 * have ended and the runtime folder is gone. The keeper closes @ready_fd (unless -1). Call before any
 * thread is there. */
gboolean lab_keeper_fork (LabRunDir *run_dir, int ready_fd, int *status);

G_END_DECLS
