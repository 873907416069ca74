/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The state of a whole lab in the window: a checkpoint is taken by keys, compared and gone back to,
 * a portable lab is written and opened again, and a copy is tried on. */

#include "config.h"

#include <string.h>

#include "ui-hand.h"

static char *
saved_in (const char *path, const char *node)
{
  return ui_labctl (NULL, "config", "show", path, node, NULL);
}

typedef struct
{
  const char *path;
  const char *node;
  const char *text;
} Wanted;

static gboolean
is_saved (gpointer data)
{
  const Wanted *wanted = data;
  g_autofree char *text = saved_in (wanted->path, wanted->node);

  return strstr (text, wanted->text) != NULL;
}

static void
wait_saved (const char *path, const char *node, const char *text)
{
  Wanted wanted = { path, node, text };

  g_assert_true (ui_wait (is_saved, &wanted, 20000));
}

static void
press (const char *title, const char *name)
{
  ui_hand_wait_control ("push button", name);
  ui_tree_click (title, "push button", name);
}

static void
test_checkpoints (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "two-hosts.lab");
  g_autofree char *listed = NULL;
  UiApp app = { 0 };

  g_free (ui_labctl (NULL, "start", path, "--wait", NULL));
  ui_hand_save_as (path, "PC1", "one");
  ui_hand_start (&app, path);
  ui_key ("ctrl+shift+t");
  ui_hand_wait_title ("Checkpoints");
  ui_settle (500);
  ui_shot ("checkpoints-none");
  ui_type ("before lunch\n");
  ui_hand_wait_control ("push button", "Go Back to “before lunch”");

  ui_hand_save_as (path, "PC1", "two");
  press ("Checkpoints", "What Would Change");
  ui_hand_wait_title ("What Would Change");
  ui_hand_wait_control (NULL, "PC1");
  ui_settle (500);
  ui_shot ("checkpoint-changes");
  ui_key ("Escape");
  ui_hand_wait_no_title ("What Would Change");

  press ("Checkpoints", "Go Back to “before lunch”");
  ui_settle (800);
  ui_shot ("checkpoint-ask");
  ui_key ("Return");
  wait_saved (path, "PC1", "set pcname one");
  /* What was before is there, too. */
  ui_hand_wait_control ("push button", "Go Back to “Before going back to 1”");
  ui_settle (500);
  ui_shot ("checkpoints");
  listed = ui_labctl (NULL, "checkpoint", "list", path, NULL);
  g_assert_nonnull (strstr (listed, "before lunch"));
  ui_key ("Escape");
  ui_hand_wait_no_title ("Checkpoints");

  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 10000));
  ui_hand_end_labs ();
}

static gboolean
file_is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A name is typed into the file dialog. */
static void
answer_chooser (const char *title, const char *target)
{
  ui_hand_wait_title (title);
  ui_settle (1200);
  ui_key ("ctrl+a");
  ui_type_path (target);
  ui_settle (200);
  ui_key ("Return");
}

static void
test_portable (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "first.lab");
  g_autofree char *packed = ui_path ("shared.labz");
  g_autofree char *other = ui_path ("second.lab");
  UiApp app = { 0 };
  UiApp again = { 0 };
  const char *args[] = { packed, NULL };

  g_free (ui_labctl (NULL, "start", path, "--wait", NULL));
  ui_hand_save_as (path, "PC1", "shared");
  g_free (ui_labctl (NULL, "stop", path, NULL));
  ui_hand_start (&app, path);
  ui_hand_choose ("Export Portable Lab…");
  ui_settle (1000);
  ui_shot ("portable-ask");
  ui_key ("Return");
  answer_chooser ("Export a Portable Lab", packed);
  g_assert_true (ui_wait (file_is_there, packed, 10000));
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 10000));

  ui_app_start (&again, args);
  ui_app_wait_window (&again, "Labwright");
  ui_hand_fill_screen ("Labwright");
  ui_settle (1500);
  ui_shot ("portable-inside");
  ui_key ("Return");
  answer_chooser ("Save Lab", other);
  g_assert_true (ui_wait (file_is_there, other, 10000));
  ui_hand_wait_n_nodes (2);
  wait_saved (other, "PC1", "set pcname shared");
  ui_app_kill (&again, SIGTERM);
  g_assert_true (ui_app_wait_exit (&again, 10000));
  ui_hand_end_labs ();
}

static void
test_copy (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "third.lab");
  g_autofree char *copy = ui_path ("third-copy.lab");
  UiApp app = { 0 };

  g_free (ui_labctl (NULL, "start", path, "--wait", NULL));
  ui_hand_save_as (path, "PC1", "kept");
  ui_hand_start (&app, path);
  ui_hand_choose ("Try on a Copy");
  g_assert_true (ui_wait (file_is_there, copy, 10000));
  wait_saved (copy, "PC1", "set pcname kept");
  ui_settle (500);
  ui_app_kill (&app, SIGTERM);
  g_assert_true (ui_app_wait_exit (&app, 10000));
  ui_hand_end_labs ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/ui/state/checkpoints", test_checkpoints);
  g_test_add_func ("/ui/state/portable", test_portable);
  g_test_add_func ("/ui/state/copy", test_copy);

  return g_test_run ();
}
