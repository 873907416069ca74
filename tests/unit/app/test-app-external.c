/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line of another terminal program. */

#include "config.h"

#include "lab-console-external.h"

static const char *const command[] = { "labctl", "console", "/home/a b/it's.lab", "R1", NULL };

static void
check (const char *template, const char *const *wanted)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = lab_console_external_parse (template, command, "R1", &error);

  g_assert_no_error (error);
  g_assert_cmpstrv (argv, wanted);
}

static void
test_words (void)
{
  check ("xterm -T %d -e %c", (const char *const[]){ "xterm", "-T", "R1", "-e", "labctl", "console",
                                                     "/home/a b/it's.lab", "R1", NULL });
  check ("kgx --title='Console of %d' -- %c",
         (const char *const[]){ "kgx", "--title=Console of R1", "--", "labctl", "console",
                                "/home/a b/it's.lab", "R1", NULL });
  /* The command is never left out. */
  check ("xterm -e", (const char *const[]){ "xterm", "-e", "labctl", "console",
                                            "/home/a b/it's.lab", "R1", NULL });
  check ("t 100%% %x %", (const char *const[]){ "t", "100%", "%x", "%", "labctl", "console",
                                                "/home/a b/it's.lab", "R1", NULL });
}

/* For terminals that want the command as one word. */
static void
test_one_word (void)
{
  check ("xfce4-terminal --command=%c",
         (const char *const[]){ "xfce4-terminal",
                                "--command='labctl' 'console' '/home/a b/it'\\''s.lab' 'R1'",
                                NULL });
}

/* Nothing in a template reaches a shell. */
static void
test_no_shell (void)
{
  check ("x $HOME `id` ; %c", (const char *const[]){ "x", "$HOME", "`id`", ";", "labctl", "console",
                                                     "/home/a b/it's.lab", "R1", NULL });
}

static void
test_refused (void)
{
  static const char *const templates[] = { "", "   ", "xterm 'open" };

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lab_console_external_parse (templates[i], command, "R1", &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/external/words", test_words);
  g_test_add_func ("/app/external/one-word", test_one_word);
  g_test_add_func ("/app/external/no-shell", test_no_shell);
  g_test_add_func ("/app/external/refused", test_refused);
  return g_test_run ();
}
