/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-tshark.h"

#include <string.h>

gboolean
have_tshark (void)
{
  g_autofree char *path = g_find_program_in_path ("tshark");

  if (path == NULL)
    g_test_skip ("tshark is not installed");
  return path != NULL;
}

char *
tshark (const char *file, const char *arguments)
{
  g_autofree char *quoted = g_shell_quote (file);
  g_autofree char *line = g_strdup_printf ("tshark -n -r %s %s", quoted, arguments);
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status;

  g_spawn_command_line_sync (line, &out, &errors, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s: %s", line, errors);
  g_assert_null (strstr (errors, "cut short"));
  return out;
}
