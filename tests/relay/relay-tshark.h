/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What tshark says of a file that the relay wrote. */

#include <glib.h>

/* FALSE after g_test_skip(): it is not installed. */
gboolean have_tshark (void);
/* What it prints. Fails if it complains about the file. (transfer full) */
char *tshark (const char *file, const char *arguments);
