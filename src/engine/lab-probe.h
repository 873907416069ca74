/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs the image at @path with -h inside a sandbox and writes what it says to standard output, at
 * most 64 KB and for at most five seconds. The exit code of the program: 0, or 1 after a sentence on
 * standard error. */
int lab_probe_run (const char *path);

G_END_DECLS
