/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The display of a test: Xvfb on a free number, openbox, a session bus, folders. The servers are
 * our children and die with us. */

#include "config.h"

#include <ftw.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sweeper.h"
#include "ui-private.h"

#define MAX_SERVERS 3
#define REPORT_FD   3
/* What is awaited comes at once on an idle machine, and late on one that does other things too. */
#define PATIENCE 4
/* GTK 4.16 took the word "gl-disable" away, and complains of it. */
#define GDK_DISABLE_SINCE 16
/* From here on a wait is for somebody to do something, and not the pace of a hand. */
#define SETTLED_MS 50
#define PROMPT_MS  100

static struct
{
  char *root;
  GPid servers[MAX_SERVERS];
  guint n_servers;
  void (*ask_program) (void); /* (nullable) */
} ui;

static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static char *
read_line (int fd)
{
  g_autoptr (GString) line = g_string_new (NULL);
  char byte;

  while (read (fd, &byte, 1) == 1 && byte != '\n')
    g_string_append_c (line, byte);
  close (fd);

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Starts a server that says on descriptor 3 how it is reached. (transfer full) */
static char *
start_server (const char *const *argv)
{
  static const int target[] = { REPORT_FD };
  g_autoptr (GError) error = NULL;
  int report[2];

  g_assert_cmpuint (ui.n_servers, <, MAX_SERVERS);
  g_assert_true (g_unix_open_pipe (report, FD_CLOEXEC, &error));
  g_spawn_async_with_pipes_and_fds (NULL, argv, NULL,
                                    G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                                        G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                                    die_with_parent, NULL, -1, -1, -1, &report[1], target, 1,
                                    &ui.servers[ui.n_servers], NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  ui.n_servers++;
  close (report[1]);

  return read_line (report[0]);
}

static void
start_display (void)
{
  const char *size = g_getenv ("LABWRIGHT_UI_SCREEN");
  g_autofree char *screen = size != NULL ? g_strconcat (size, "x24", NULL)
                                         : g_strdup_printf ("%dx%dx24", UI_WIDTH, UI_HEIGHT);
  /* -r: a key is not held down because a busy machine lets go of it late. */
  const char *const xvfb[] = { "Xvfb", "-displayfd", "3",         "-screen", "0", screen,
                               "-r",   "-noreset",   "-nolisten", "tcp",     NULL };
  /* Without a report: the descriptor is closed when it execs, and the line is empty. */
  static const char *const openbox[] = { "openbox", "--sm-disable", "--config-file", NULL, NULL };
  const char *own = g_getenv ("LABWRIGHT_UI_DISPLAY");
  g_autofree char *number = NULL;
  g_autofree char *display = NULL;

  if (own != NULL)
    {
      g_setenv ("DISPLAY", own, TRUE);
      ui_x_open ();
      return;
    }
  number = start_server (xvfb);
  g_assert_cmpstr (number, !=, "");
  display = g_strconcat (":", number, NULL);
  g_setenv ("DISPLAY", display, TRUE);
  ui_x_open ();
  {
    g_autofree char *config =
        g_build_filename (g_getenv ("G_TEST_SRCDIR"), "ui", "openbox.xml", NULL);
    const char *argv[] = { openbox[0], openbox[1], openbox[2], config, NULL };
    g_autoptr (GError) error = NULL;

    g_spawn_async (NULL, (char **) argv, NULL,
                   G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                       G_SPAWN_STDERR_TO_DEV_NULL,
                   die_with_parent, NULL, &ui.servers[ui.n_servers], &error);
    g_assert_no_error (error);
    ui.n_servers++;
  }
  ui_x_wait_manager ();
}

static void
start_bus (void)
{
  static const char *const bus[] = { "dbus-daemon", "--session", "--nofork", "--print-address=3",
                                     NULL };
  g_autofree char *address = start_server (bus);

  g_assert_cmpstr (address, !=, "");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
}

static void
set_folder (const char *variable, const char *name)
{
  g_autofree char *path = ui_path (name);

  g_mkdir_with_parents (path, 0700);
  g_setenv (variable, path, TRUE);
}

static void
set_environment (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *schemas = NULL;

  ui.root = g_dir_make_tmp ("labwright-ui-XXXXXX", &error);
  g_assert_no_error (error);
  sweeper_watch (ui.root);
  set_folder ("HOME", "home");
  set_folder ("XDG_CONFIG_HOME", "config");
  set_folder ("XDG_DATA_HOME", "data");
  set_folder ("XDG_STATE_HOME", "state");
  set_folder ("XDG_CACHE_HOME", "cache");
  set_folder ("XDG_RUNTIME_DIR", "run");
  set_folder ("LABWRIGHT_RUNTIME_DIR", "r");
  set_folder ("LABWRIGHT_STATE_DIR", "s");
  schemas = g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "data", NULL);
  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
  /* The program's own settings are kept from one start to the next, in a file of this test. */
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  /* No GL at all: the software driver is large, slow to start, and leaks. */
  if (gtk_get_minor_version () < GDK_DISABLE_SINCE)
    g_setenv ("GDK_DEBUG", "gl-disable", TRUE);
  else
    g_setenv ("GDK_DISABLE", "gl,vulkan", TRUE);
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  g_setenv ("GTK_USE_PORTAL", "0", TRUE);
  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  g_setenv ("NO_AT_BRIDGE", "0", TRUE);
  if (g_getenv ("GTK_A11Y") == NULL)
    g_setenv ("GTK_A11Y", "atspi", TRUE);
  g_unsetenv ("WAYLAND_DISPLAY");
  g_unsetenv ("GTK_THEME");
}

static int
remove_cb (const char *path, const struct stat *st, int type, struct FTW *ftw)
{
  return remove (path);
}

static void
stop_all (void)
{
  ui_x_close ();
  while (ui.n_servers > 0)
    {
      GPid pid = ui.servers[--ui.n_servers];

      kill (pid, SIGTERM);
      waitpid (pid, NULL, 0);
    }
  nftw (ui.root, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_clear_pointer (&ui.root, g_free);
}

void
ui_init (int *argc, char ***argv)
{
  set_environment ();
  g_test_init (argc, argv, NULL);
  start_display ();
  start_bus ();
  atexit (stop_all);
}

const char *
ui_root (void)
{
  return ui.root;
}

char *
ui_path (const char *name)
{
  return g_build_filename (ui.root, name, NULL);
}

char *
ui_sample (const char *sample, const char *name)
{
  g_autofree char *source =
      g_build_filename (g_getenv ("LABWRIGHT_SOURCE_DIR"), "data", "labs", sample, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char *path = ui_path (name);
  gsize length;

  g_file_get_contents (source, &text, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, text, (gssize) length, &error);
  g_assert_no_error (error);

  return path;
}

static gboolean
settled_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
turn_loop (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, settled_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* On a busy machine the time can be over before anybody did anything in it: what the server has is
 * given to the program, and that is asked for an answer, or its loop turned until nothing is left.
 * FALSE: that took long, so that others may be late, too. */
static gboolean
catch_up (guint ms)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 end = begin + ms * G_TIME_SPAN_MILLISECOND;

  if (ui_x () != NULL)
    XSync (ui_x (), False);
  while (g_main_context_pending (NULL) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  if (ui.ask_program != NULL)
    ui.ask_program ();

  return g_get_monotonic_time () - begin < PROMPT_MS * G_TIME_SPAN_MILLISECOND;
}

void
ui_settle (guint ms)
{
  turn_loop (ms);
  if (ms >= SETTLED_MS && !catch_up (2 * ms))
    turn_loop (ms);
}

void
ui_settle_with (void (*ask_program) (void))
{
  ui.ask_program = ask_program;
}

gboolean
ui_wait (gboolean (*condition) (gpointer data), gpointer data, guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * PATIENCE * G_TIME_SPAN_MILLISECOND;

  for (;;)
    {
      gint64 begin = g_get_monotonic_time ();
      gint64 now;

      if (condition (data))
        return TRUE;
      now = g_get_monotonic_time ();
      if (now > end)
        return FALSE;
      /* Who is looked at without a pause comes to nothing else. */
      turn_loop (CLAMP ((guint) ((now - begin) / G_TIME_SPAN_MILLISECOND), 20, 200));
    }
}
