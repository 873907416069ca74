/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What labctl says before and while a lab starts: memory, groups, progress, failures. */

#include "config.h"

#include <string.h>

#include "e2e.h"

/* A lab of devices of the fixture image. @fields: of each, as its “start” and its “start-group”. */
static char *
write_lab (E2e *e2e, const char *const *fields, guint n)
{
  g_autofree char *program = e2e_program ("tests/fixtures/fake-iou");
  g_autofree char *folder = g_path_get_dirname (program);
  g_autoptr (GString) text =
      g_string_new ("{ \"format\": \"labwright\", \"version\": 1, \"uuid\": "
                    "\"7c2b2f0e-5f0e-4a17-9f0e-0d2f0a6b1c3d\", \"name\": \"Start\",\n"
                    "  \"start-patience\": 1, \"nodes\": [");

  e2e_setenv (e2e, "LABWRIGHT_IMAGE_PATH", folder);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "%s{ \"name\": \"R%u\", \"kind\": \"iou\", \"x\": 0, \"y\": 0, "
                            "\"image\": { \"name\": \"fake-iou\" }, %s }",
                            i > 0 ? "," : "", i + 1, fields[i]);
  g_string_append (text, "] }\n");
  return e2e_write (e2e, "start.lab", text->str);
}

/* Every failure stands there, also when there are many; the others run. */
static void
test_failures (E2e *e2e, gconstpointer data)
{
  const char *fields[30];
  g_autofree char *path = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    fields[i] = i < 25 ? "\"start\": [\"print at last\", \"exit 7\"]" : "\"ethernet\": 1";
  path = write_lab (e2e, fields, G_N_ELEMENTS (fields));
  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->err, "25 of 30 devices did not start:");
  g_assert_cmpuint (e2e_count (e2e->err, ": crashed: "), ==, 25);
  g_assert_cmpuint (e2e_count (e2e->err, "at last"), ==, 25);
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
}

/* The first group is silent: that is said, once, and the next one runs. */
static void
test_late (E2e *e2e, gconstpointer data)
{
  static const char *const fields[] = { "\"start-group\": 1, \"start\": [\"silent\"]",
                                        "\"start-group\": 2" };
  g_autofree char *path = write_lab (e2e, fields, G_N_ELEMENTS (fields));

  e2e_labctl (e2e, "start", path, "--wait", "--timeout", "6", NULL);
  e2e_assert_code (e2e, 1);
  g_assert_cmpuint (e2e_count (e2e->err, "No device of start group 1 got ready for 1 second"), ==,
                    1);
  /* No terminal: whole lines. */
  e2e_assert_has (e2e->err, "1 of 2 ready");
  g_assert_null (strchr (e2e->err, '\r'));
  e2e_assert_has (e2e->err, "1 of 2 devices were not ready in time:");
  e2e_assert_has (e2e->err, "R1: booting");
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
}

/* Who reads lines is not left with one from the middle. */
static void
test_last_line (E2e *e2e, gconstpointer data)
{
  static const char *const fields[] = { "\"ethernet\": 1", "\"start\": [\"sleep 3\"]" };
  g_autofree char *path = write_lab (e2e, fields, G_N_ELEMENTS (fields));

  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->err, "1 of 2 ready\n");
  g_assert_true (g_str_has_suffix (e2e->err, "2 of 2 ready\n"));
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
}

/* 300 MB are left, and a device takes what it was given. */
static void
test_memory (E2e *e2e, gconstpointer data)
{
  static const char *const fields[] = { "\"ram\": 200", "\"ram\": 200" };
  g_autofree char *path = write_lab (e2e, fields, G_N_ELEMENTS (fields));
  g_autofree char *memory =
      e2e_write (e2e, "meminfo", "MemTotal: 999999 kB\nMemAvailable:   307200 kB\n");

  e2e_setenv (e2e, "LABWRIGHT_MEMINFO", memory);
  e2e_labctl (e2e, "start", path, "R1", "--wait", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_null (strstr (e2e->err, "memory"));
  /* What runs is counted in what is left. */
  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_null (strstr (e2e->err, "memory"));
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);

  /* It is a warning, no more. */
  e2e_labctl (e2e, "run", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->err,
                  "What is to be started (2 devices with images of yours) will take about "
                  "400.0\xc2\xa0MiB of memory. This machine has 300.0\xc2\xa0MiB left.");
}

static void
test_parallel (E2e *e2e, gconstpointer data)
{
  static const char *const fields[] = { "\"ethernet\": 1" };
  g_autofree char *path = write_lab (e2e, fields, G_N_ELEMENTS (fields));

  e2e_labctl (e2e, "start", path, "--parallel", "1", "--wait", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_null (strstr (e2e->err, "--parallel"));
  e2e_labctl (e2e, "start", path, "--parallel", "1", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->err, "The lab runs already");
  e2e_labctl (e2e, "reload", path, "--parallel", "1", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "run", path, "--parallel", "-1", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "stop", path, NULL);
  e2e_assert_code (e2e, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/start/failures", test_failures);
  e2e_add ("/e2e/start/late", test_late);
  e2e_add ("/e2e/start/last-line", test_last_line);
  e2e_add ("/e2e/start/memory", test_memory);
  e2e_add ("/e2e/start/parallel", test_parallel);
  return g_test_run ();
}
