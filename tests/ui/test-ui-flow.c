/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An evening with the program, by pointer and keys: a lab is drawn, cabled, started, tried, changed
 * while it runs, saved, left and found again. */

#include "config.h"

#include <string.h>

#include "ui-hand.h"

#define N_STEPS 10

typedef struct
{
  UiApp app;
  char *path;
  char *drawn;   /* the file as it was first saved */
  char *changed; /* after the ten steps */
  int pids[3];   /* of PC1 to PC3 */
} Evening;

static const char *const pcs[] = { "PC1", "PC2", "PC3" };

static char *
read_file (Evening *evening)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (evening->path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
save (void)
{
  ui_key ("ctrl+F8");
  ui_key ("ctrl+s");
  ui_hand_wait_no_title ("(edited)");
}

/* --- a new lab --- */

static void
draw_devices (Evening *evening)
{
  int x;
  int y;

  ui_hand_start (&evening->app, NULL);
  ui_hand_click ("push button", "New Lab");
  ui_hand_wait_title ("Untitled Lab — Labwright");
  ui_hand_drop ("PC", 500, 250);
  ui_hand_wait_node ("PC1", "Not running, no links");
  ui_hand_drop ("PC", 800, 250);
  ui_hand_wait_node ("PC2", "Not running, no links");

  /* Enter in the dock adds at the centre. */
  ui_hand_find_row ("Ethernet Hub", &x, &y);
  ui_click (x, y, 1);
  ui_key ("Return");
  ui_hand_wait_node ("HUB1", "no links");

  /* Shift asks how many: two, if Enter is all one says. */
  ui_key_down ("shift");
  ui_hand_drop ("PC", 500, 600);
  ui_key_up ("shift");
  ui_hand_wait_control (NULL, "How Many?");
  ui_settle (300);
  ui_key ("Return");
  ui_hand_wait_node ("PC4", "Not running, no links");
  ui_hand_wait_n_nodes (5);
}

static void
draw_cables (void)
{
  int x;
  int y;

  ui_hand_cable ("PC1", "PC2");
  ui_hand_wait_node ("PC1", "1 link: e0/0 to PC2 e0/0");

  ui_hand_click_node ("PC4");
  ui_key ("l");
  ui_hand_place ("HUB1", &x, &y);
  ui_click (x, y, 1);
  ui_hand_wait_node ("HUB1", "1 link: e0 to PC4 e0/0");
  ui_key ("Escape");
}

static void
start_and_ping (Evening *evening)
{
  ui_key ("ctrl+b");
  ui_hand_wait_node ("PC4", "Running");
  for (guint i = 0; i < G_N_ELEMENTS (pcs); i++)
    {
      g_autofree char *line = g_strdup_printf ("ip 10.0.0.%u/24", i + 1);

      ui_hand_wait_node (pcs[i], "Running");
      ui_hand_open_console (pcs[i]);
      ui_hand_wait_console ("Labwright PC");
      ui_type (line);
      ui_key ("Return");
      ui_hand_wait_console (line);
      evening->pids[i] = ui_hand_pid (NULL, pcs[i]);
      g_assert_cmpint (evening->pids[i], >, 0);
    }
  ui_hand_open_console ("PC1");
  ui_hand_ask_console ("ping 10.0.0.2 -c 1", "bytes from 10.0.0.2");
  ui_shot ("flow-ping");
}

/* A name for the untitled lab, by the file chooser's keyboard. It begins at home. */
static void
save_as (Evening *evening)
{
  ui_key ("ctrl+F8");
  ui_key ("ctrl+s");
  ui_hand_wait_title ("Save Lab");
  ui_settle (500);
  ui_key ("ctrl+a");
  ui_type ("evening");
  ui_settle (300);
  ui_shot ("flow-save");
  ui_key ("Return");
  ui_hand_wait_no_title ("Save Lab");
  ui_hand_wait_title ("evening — Labwright");
  evening->drawn = read_file (evening);
}

/* --- ten steps --- */

/* A cable goes from PC2 to PC3 while PC1 asks for PC2: the one no longer answers, the other does.
 */
static void
move_cable (Evening *evening)
{
  ui_hand_open_console ("PC1");
  ui_type ("ping 10.0.0.2 -c 500\n");
  ui_hand_wait_console ("icmp_seq=2");
  ui_hand_move_end ("PC2", "PC1", "PC3");
  ui_hand_wait_node ("PC1", "1 link: e0/0 to PC3 e0/0");
  ui_hand_wait_node ("PC2", "no links");
  ui_hand_open_console ("PC1");
  ui_hand_wait_console ("timeout");
  ui_key ("ctrl+c");
  ui_hand_ask_console ("ping 10.0.0.3 -c 1", "bytes from 10.0.0.3");
  for (guint i = 0; i < G_N_ELEMENTS (pcs); i++)
    g_assert_cmpint (ui_hand_pid (NULL, pcs[i]), ==, evening->pids[i]);
}

static void
rename_and_move (void)
{
  int x;
  int y;

  ui_hand_click_node ("PC4");
  ui_key ("F2");
  ui_settle (200);
  ui_key ("ctrl+a");
  ui_type ("H4\n");
  ui_hand_wait_node ("H4", "Running");
  ui_hand_place ("H4", &x, &y);
  ui_drag (x, y, x + 100, y + 20, 1);
  ui_settle (200);
}

static void
add_more (void)
{
  ui_hand_drop ("PC", 1000, 350);
  ui_hand_wait_node ("PC4", "no links");
  ui_hand_cable ("PC4", "HUB1");
  ui_hand_wait_node ("HUB1", "2 links");
  ui_hand_click_node ("PC4");
  ui_key ("ctrl+d");
  ui_hand_wait_node ("PC5", "no links");
  ui_key ("Delete");
  ui_hand_wait_node ("PC5", NULL);
  ui_hand_drop ("Ethernet Switch", 1000, 200);
  ui_hand_wait_node ("SW1", "no links");
  ui_hand_cable ("SW1", "PC4");
  ui_hand_wait_node ("SW1", "1 link: e0 to PC4");
  ui_hand_click_node ("SW1");
  ui_key ("Up");
  ui_settle (200);
}

static void
undo_and_redo (Evening *evening)
{
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  save ();
  evening->changed = read_file (evening);
  g_assert_cmpstr (evening->changed, !=, evening->drawn);
  for (guint i = 0; i < N_STEPS; i++)
    ui_key ("ctrl+z");
  ui_hand_wait_node ("PC1", "1 link: e0/0 to PC2 e0/0");
  ui_hand_wait_node ("SW1", NULL);
  ui_hand_wait_n_nodes (5);
  save ();
  undone = read_file (evening);
  g_assert_cmpstr (undone, ==, evening->drawn);
  for (guint i = 0; i < N_STEPS; i++)
    ui_key ("ctrl+shift+z");
  ui_hand_wait_node ("SW1", "1 link: e0 to PC4");
  ui_hand_wait_n_nodes (7);
  save ();
  redone = read_file (evening);
  g_assert_cmpstr (redone, ==, evening->changed);
}

/* --- leaving and coming back --- */

static void
leave_running (Evening *evening)
{
  ui_key ("ctrl+w");
  ui_hand_wait_control (NULL, "Keep the Lab Running?");
  ui_settle (400);
  ui_shot ("flow-close");
  ui_key ("Return");
  g_assert_true (ui_app_wait_exit (&evening->app, 60000));
  g_assert_cmpint (evening->app.code, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (pcs); i++)
    g_assert_cmpint (ui_hand_pid (evening->path, pcs[i]), ==, evening->pids[i]);
}

static void
come_back (Evening *evening)
{
  g_autofree char *text = NULL;

  ui_hand_start (&evening->app, evening->path);
  ui_hand_wait_title ("evening — Labwright");
  ui_hand_fill_screen ("Labwright");
  ui_hand_wait_node ("PC1", "Running, 1 link: e0/0 to PC3 e0/0");
  ui_hand_open_console ("PC1");
  /* All of the window, so that the oldest is seen as well. */
  ui_key ("shift+F8");
  ui_hand_wait_console ("bytes from 10.0.0.3");
  text = ui_hand_console ();
  g_assert_nonnull (strstr (text, "ip 10.0.0.1/24"));
  ui_shot ("flow-back");
  g_assert_cmpint (ui_hand_pid (evening->path, "PC1"), ==, evening->pids[0]);
}

/* The other answer: nothing is left. */
static void
stop_all (Evening *evening)
{
  ui_key ("ctrl+F8");
  ui_key ("ctrl+e");
  ui_hand_wait_control (NULL, "Stop All Devices?");
  ui_settle (500);
  ui_key ("alt+s");
  ui_hand_wait_node ("PC1", "Stopped");
  ui_hand_wait_node ("H4", "Stopped");
  ui_key ("ctrl+q");
  g_assert_true (ui_app_wait_exit (&evening->app, 60000));
  g_assert_cmpint (evening->app.code, ==, 0);
}

static void
test_evening (void)
{
  Evening evening = { 0 };

  evening.path = ui_path ("home/evening.lab");
  draw_devices (&evening);
  draw_cables ();
  start_and_ping (&evening);
  save_as (&evening);
  move_cable (&evening);
  rename_and_move ();
  add_more ();
  undo_and_redo (&evening);
  leave_running (&evening);
  come_back (&evening);
  stop_all (&evening);
  ui_hand_end_labs ();
  g_free (evening.path);
  g_free (evening.drawn);
  g_free (evening.changed);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/flow/evening", test_evening);

  return g_test_run ();
}
