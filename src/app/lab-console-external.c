/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consoles in another terminal program. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-app-settings.h"
#include "lab-console-external.h"

/* What is tried when the setting is empty; the first that is installed is taken. */
static const char *const known_terminals[] = {
  "xdg-terminal-exec %c", "ptyxis --new-window -- %c",
  "kgx --title=%d -- %c", "gnome-terminal --title=%d -- %c",
  "konsole -e %c",        "xfce4-terminal --title=%d -x %c",
  "foot --title=%d %c",   "alacritty --title %d -e %c",
  "kitty --title %d %c",  "x-terminal-emulator -e %c",
  "xterm -T %d -e %c",
};

/* --- the command line --- */

/* @command as a shell would have to be given it. (transfer full) */
static char *
quote_command (const char *const *command)
{
  GString *quoted = g_string_new (NULL);

  for (guint i = 0; command[i] != NULL; i++)
    {
      g_autofree char *word = g_shell_quote (command[i]);

      g_string_append_printf (quoted, "%s%s", i > 0 ? " " : "", word);
    }
  return g_string_free (quoted, FALSE);
}

/* (transfer full) */
static char *
expand_word (const char *word, const char *const *command, const char *name, gboolean *has_command)
{
  g_autofree char *quoted = quote_command (command);
  GString *text = g_string_new (NULL);

  for (const char *p = word; *p != '\0'; p++)
    {
      if (p[0] != '%' || strchr ("cd%", p[1]) == NULL || p[1] == '\0')
        {
          g_string_append_c (text, *p);
          continue;
        }
      p++;
      if (*p == 'c')
        *has_command = TRUE;
      g_string_append (text, *p == 'c' ? quoted : *p == 'd' ? name : "%");
    }
  return g_string_free (text, FALSE);
}

GStrv
lab_console_external_parse (const char *template,
                            const char *const *command,
                            const char *name,
                            GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  gboolean has_command = FALSE;

  if (!g_shell_parse_argv (template, NULL, &words, error))
    return NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = NULL;

      if (g_str_equal (words[i], "%c"))
        {
          has_command = TRUE;
          g_strv_builder_addv (builder, (const char **) command);
          continue;
        }
      word = expand_word (words[i], command, name, &has_command);
      g_strv_builder_add (builder, word);
    }
  if (!has_command)
    g_strv_builder_addv (builder, (const char **) command);
  return g_strv_builder_end (builder);
}

/* --- opening --- */

/* (transfer full) (nullable): there is none */
static char *
choose_template (void)
{
  g_autofree char *set = g_settings_get_string (lab_app_settings (), "external-terminal");

  if (*set != '\0')
    return g_steal_pointer (&set);
  for (guint i = 0; i < G_N_ELEMENTS (known_terminals); i++)
    {
      g_autofree char *program = g_strndup (known_terminals[i], strcspn (known_terminals[i], " "));
      g_autofree char *path = g_find_program_in_path (program);

      if (path != NULL)
        return g_strdup (known_terminals[i]);
    }
  return NULL;
}

/* The labctl that belongs to this program: beside it, in the build folder, or where it is
 * installed. (transfer full) */
static char *
find_labctl (void)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = g_path_get_dirname (exe ? exe : ".");
  g_autofree char *beside = g_build_filename (dir, "labctl", NULL);
  g_autofree char *built = g_build_filename (dir, "..", "ctl", "labctl", NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  return g_build_filename (LABWRIGHT_BINDIR, "labctl", NULL);
}

static void
run (LabSession *session, const char *template, const char *name)
{
  g_autofree char *labctl = find_labctl ();
  const char *const command[] = { labctl, "console", lab_session_get_path (session), name, NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = lab_console_external_parse (template, command, name, &error);
  g_autoptr (GSubprocess) process = NULL;

  if (argv != NULL)
    process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
  if (process == NULL)
    lab_session_say (session, LAB_SESSION_ERROR, _ ("The other terminal cannot be started."),
                     error->message);
}

/* --- once the device runs --- */

#define PATIENCE_US (120 * G_USEC_PER_SEC)

static G_DEFINE_QUARK (lab_console_external, asked_at);

static void
run_changed_cb (LabNode *node, LabSession *session)
{
  gint64 *asked_at = g_object_get_qdata (G_OBJECT (node), asked_at_quark ());
  gboolean late = g_get_monotonic_time () - *asked_at > PATIENCE_US;
  LabRunState state = lab_node_get_run_state (node);

  if (!late && (!lab_run_state_is_running (state) || state == LAB_RUN_STARTING))
    return;
  g_signal_handlers_disconnect_by_func (node, run_changed_cb, session);
  if (!late)
    lab_console_external_open (session, node);
}

/* Starts @node and opens its console then, unless that takes so long that nobody waits for it any
 * more. */
static void
start_first (LabSession *session, LabNode *node)
{
  const char *const names[] = { lab_node_get_name (node), NULL };
  gint64 now = g_get_monotonic_time ();

  g_object_set_qdata_full (G_OBJECT (node), asked_at_quark (), g_memdup2 (&now, sizeof now),
                           g_free);
  g_signal_handlers_disconnect_by_func (node, run_changed_cb, session);
  g_signal_connect_object (node, "run-changed", G_CALLBACK (run_changed_cb), session, 0);
  lab_session_control (session, LAB_CLIENT_START, names);
}

void
lab_console_external_open (LabSession *session, LabNode *node)
{
  g_autofree char *template = choose_template ();

  g_return_if_fail (LAB_IS_SESSION (session));

  if (template == NULL)
    lab_session_say (session, LAB_SESSION_ERROR, _ ("No other terminal is installed."),
                     _ ("Choose one in the preferences, or let consoles open here."));
  else if (lab_session_get_path (session) == NULL)
    lab_session_say (session, LAB_SESSION_ERROR,
                     _ ("Save the lab first: another terminal finds it by its file."), NULL);
  else if (!lab_run_state_is_running (lab_node_get_run_state (node)))
    start_first (session, node);
  else
    {
      g_signal_handlers_disconnect_by_func (node, run_changed_cb, session);
      run (session, template, lab_node_get_name (node));
    }
}
