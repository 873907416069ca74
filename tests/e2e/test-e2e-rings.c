/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sixty open routers at once. */

#include "config.h"

#include <unistd.h>

#include "e2e.h"

/* A ring of rings: all get ready, each knows all loopbacks and links, and nothing is left. */
static void
test_rings (E2e *e2e, gconstpointer data)
{
  g_autofree char *program = e2e_program ("tests/fixtures/make-rings");
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  char *argv[] = { program, NULL };

  if (!g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE) ||
      access ("/dev/net/tun", R_OK | W_OK) != 0)
    {
      g_test_skip ("open routers cannot run here: FRRouting or /dev/net/tun is missing");
      return;
    }
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  path = e2e_write (e2e, "rings.lab", text);
  e2e_labctl (e2e, "run", "--fresh", path, NULL);
  e2e_assert_code (e2e, 0);
  g_test_message ("%s", e2e->out);
  e2e_assert_has (e2e->out, "60 of 60 checks passed");
  g_assert_true (e2e_wait_no_processes (e2e, 5));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/rings/sixty", test_rings);
  return g_test_run ();
}
