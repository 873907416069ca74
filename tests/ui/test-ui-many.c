/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two hundred devices start: how long the window does not listen. The figure is printed; a bound
 * that holds on any machine is asserted of the window's own share, its processor time. */

#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "ui-hand.h"

#define N_HOSTS  200
#define START_MS 240000
#define BOUND_MS 250.0

typedef struct
{
  const char *path;
  guint n;
} Ready;

static gboolean
all_ready (gpointer data)
{
  Ready *ready = data;
  g_autofree char *status = ui_labctl (NULL, "status", ready->path, "--json", NULL);
  g_auto (GStrv) parts = g_strsplit (status, "\"state\" : \"ready\"", -1);

  ready->n = g_strv_length (parts) - 1;
  /* Not too often: the machine has enough to do. */
  ui_settle (500);

  return ready->n >= N_HOSTS;
}

static gboolean
is_written (gpointer file)
{
  return g_file_test (file, G_FILE_TEST_EXISTS);
}

/* What the watchdog measured since it was asked last. */
static void
ask_watchdog (UiApp *app, const char *file, double *wall, double *cpu)
{
  g_autofree char *text = NULL;

  remove (file);
  ui_app_kill (app, SIGUSR1);
  g_assert_true (ui_wait (is_written, (gpointer) file, 20000));
  ui_settle (100);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%lf %lf", wall, cpu), ==, 2);
}

static void
test_many (void)
{
  g_autofree char *path = ui_make_lab (N_HOSTS, "many.lab");
  g_autofree char *file = ui_path ("watchdog");
  g_autofree char *all = g_strdup_printf ("%d of %d running", N_HOSTS, N_HOSTS);
  Ready ready = { path, 0 };
  UiApp app = { 0 };
  double wall;
  double cpu;

  g_setenv ("LABWRIGHT_WATCHDOG", file, TRUE);
  /* Nobody listens with a screen reader: what it is told is not the window's own work. */
  ui_app_start (&app, (const char *[]){ path, NULL });
  ui_app_wait_window (&app, "—");
  ui_place_window ("—", 0, 0, UI_WIDTH, UI_HEIGHT);
  ui_settle (2000);
  ask_watchdog (&app, file, &wall, &cpu);
  g_test_message ("opening %d devices: %.1f ms, %.1f ms of processor", N_HOSTS, wall, cpu);
  ui_key ("ctrl+F8");
  ui_key ("ctrl+b");
  if (!ui_wait (all_ready, &ready, START_MS))
    g_error ("only %u devices are ready", ready.n);
  ui_settle (1000);
  ask_watchdog (&app, file, &wall, &cpu);
  g_test_message ("starting %d devices: %.1f ms, %.1f ms of processor", N_HOSTS, wall, cpu);
  ui_shot ("many-running");
  g_assert_cmpfloat (cpu, <, BOUND_MS);
  g_assert_nonnull (ui_tree_find ("label", all, 20000));
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 60000));
  ui_hand_end_labs ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/many/start", test_many);

  return g_test_run ();
}
