/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lab whose devices save. */

#include "config.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "ui-saved.h"

gboolean
ui_saved_has_router (void)
{
  return g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE) &&
         access ("/dev/net/tun", R_OK | W_OK) == 0;
}

char *
ui_saved_write_lab (const char *name, const char *uuid)
{
  char *path = ui_path (name);
  g_autoptr (GString) lab = g_string_new (NULL);

  g_string_printf (lab,
                   "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"%s\", "
                   "\"name\": \"Saving\", \"links\": [], \"drawings\": [], \"nodes\": [",
                   uuid);
  for (guint i = 1; i <= 3; i++)
    g_string_append_printf (lab,
                            "%s{ \"name\": \"PC%u\", \"id\": %u, \"kind\": \"iou\", \"x\": %u, "
                            "\"y\": 0, \"image\": { \"name\": \"labwright-pc\" }, "
                            "\"start\": [\"ip 10.0.0.%u/24\"] }",
                            i > 1 ? ", " : "", i, i, i * 120, i);
  if (ui_saved_has_router ())
    g_string_append (lab, ", { \"name\": \"R1\", \"id\": 4, \"kind\": \"iou\", \"x\": 480, "
                          "\"y\": 0, \"image\": { \"name\": \"labwright-router\" }, "
                          "\"ethernet\": 1, \"start\": [\"hostname %h\"] }");
  g_string_append (lab, "] }");
  g_assert_true (g_file_set_contents (path, lab->str, -1, NULL));
  return path;
}

void
ui_saved_run (const char *verb, ...)
{
  const char *words[6] = { verb };
  guint n = 1;
  va_list more;
  int code;

  va_start (more, verb);
  for (const char *word; (word = va_arg (more, const char *)) != NULL;)
    {
      g_assert_cmpuint (n, <, G_N_ELEMENTS (words));
      words[n++] = word;
    }
  va_end (more);
  g_free (ui_labctl (&code, words[0], words[1], words[2], words[3], words[4], words[5], NULL));
  g_assert_cmpint (code, ==, 0);
}

gboolean
ui_saved_has (const char *path, const char *node, const char *text)
{
  g_autofree char *all = ui_labctl (NULL, "config", "show", path, node, NULL);

  return strstr (all, text) != NULL;
}

guint
ui_saved_count (const char *path, const char *node)
{
  g_autofree char *json = ui_labctl (NULL, "config", "list", path, node, "--json", NULL);
  guint n = 0;

  for (const char *at = json; (at = strstr (at, "\"entry\"")) != NULL; at++)
    n++;
  return n;
}

gboolean
ui_saved_in_nvram (const char *path, const char *node)
{
  g_autofree char *list = ui_labctl (NULL, "config", "list", path, node, NULL);

  return strstr (list, "in NVRAM") != NULL;
}

void
ui_saved_choose (const char *name)
{
  g_autoptr (AtspiAccessible) item = ui_tree_find ("menu item", name, 10000);

  g_assert_nonnull (item);
  for (guint i = 0; i < 40 && !ui_tree_has_state (item, ATSPI_STATE_FOCUSED); i++)
    {
      ui_key ("Down");
      ui_settle (150);
    }
  g_assert_true (ui_tree_has_state (item, ATSPI_STATE_FOCUSED));
  ui_key ("Return");
}
