/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pc-checks.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "iou-command.h"

void
pc_check_help (PcLab *lab)
{
  g_autofree char *text = NULL;
  IouHelp help = { 0 };
  int code;

  if (lab == NULL)
    return;
  text = pc_device_run (lab, "-h", &code);
  g_assert_cmpint (code, ==, 0);
  g_assert_true (iou_help_parse (text, &help));
  g_assert_cmpuint (help.nvram_default, ==, 64);
  g_assert_cmpuint (help.ram_default, >, 0);
  g_assert_true (help.keepalives);
}

static pid_t
first_child (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", (int) pid, (int) pid);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return (pid_t) g_ascii_strtoll (text, NULL, 10);
}

void
pc_check_no_leftovers (PcLab *lab)
{
  g_autoptr (PcDevice) device = NULL;
  pid_t outer;
  pid_t inner;

  if (lab == NULL)
    return;
  device = pc_device_start_pty (lab, 1, "-e 1 -s 0");
  outer = pc_device_get_pid (device);
  inner = first_child (first_child (outer));
  g_assert_cmpint (kill (inner, 0), ==, 0);
  g_assert_cmpint (kill (outer, SIGKILL), ==, 0);
  for (guint i = 0; i < 100 && kill (inner, 0) == 0; i++)
    g_usleep (50000);
  g_assert_cmpint (kill (inner, 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
  device->pid = 0;
}

static void
check_refusal (const PcLab *lab, const PcRefusal *refusal)
{
  g_autofree char *all = g_strconcat (lab->sandbox, " ", refusal->sandbox, NULL);
  g_autofree char *text = NULL;
  PcLab other = *lab;
  int code;

  other.sandbox = all;
  text = pc_device_run (&other, "-q -e 1 -s 0 1", &code);
  g_test_message ("%s", text);
  g_assert_cmpint (code, ==, 1);
  g_assert_nonnull (strstr (text, refusal->says));
  /* One sentence, on one line. */
  g_assert_true (strchr (text, '\n') == text + strlen (text) - 1);
}

void
pc_check_refusals (PcLab *lab, const PcRefusal *refusals, gsize n)
{
  for (gsize i = 0; lab != NULL && i < n; i++)
    check_refusal (lab, &refusals[i]);
}
