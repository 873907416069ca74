/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* labctl complete nodes|ports|running [FILE]: words for the shells' completions, one a line. Not for
 * people, so it is in no help; what cannot be had gives no words. */
int ctl_complete (int argc, char **argv);
