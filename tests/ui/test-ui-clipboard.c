/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was copied, on the clipboard of a display: within the program, and from another process. The
 * other process is this program itself, started as "test-ui-clipboard --owner KIND". */

#include "config.h"

#include <gtk/gtk.h>
#include <string.h>

#include "lab-clipboard.h"
#include "lab-file.h"
#include "ui-harness.h"

static const char *const sample =
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"01234567-89ab-cdef-0123-456789abcdef\","
    "\"name\":\"n\",\"nodes\":[{\"name\":\"R1\",\"kind\":\"hub\",\"ports\":4},"
    "{\"name\":\"R2\",\"kind\":\"hub\",\"ports\":4}],\"links\":["
    "{\"a\":{\"node\":\"R1\",\"port\":\"e0\"},\"b\":{\"node\":\"R2\",\"port\":\"e0\"}}]}";

static GdkClipboard *
clipboard (void)
{
  return gdk_display_get_clipboard (gdk_display_get_default ());
}

static LabClipping *
clipping (void)
{
  g_autoptr (GError) error = NULL;
  LabClipping *self = lab_clipping_new_from_text (sample, strlen (sample), &error);

  g_assert_no_error (error);

  return self;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static LabClipping *
read_clipboard (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_clipboard_read_async (clipboard (), NULL, read_cb, &result);
  g_assert_true (ui_wait (has_result, &result, 10000));

  return lab_clipboard_read_finish (clipboard (), result, error);
}

static gboolean
is_offered (gpointer unused)
{
  return lab_clipboard_has (clipboard ());
}

static void
test_own (void)
{
  g_autoptr (LabClipping) copied = clipping ();
  g_autoptr (LabClipping) pasted = NULL;
  g_autoptr (GError) error = NULL;

  gdk_clipboard_set_text (clipboard (), "hello");
  g_assert_false (lab_clipboard_has (clipboard ()));
  lab_clipboard_set (clipboard (), copied);
  g_assert_true (lab_clipboard_has (clipboard ()));
  pasted = read_clipboard (&error);
  g_assert_no_error (error);
  g_assert_true (pasted == copied);
}

/* --- another process --- */

static G_NORETURN void
own_clipboard (const char *kind)
{
  static const char *const hostile = "{\"format\":\"labwright\",\"version\":1}";

  gtk_init ();
  if (g_str_equal (kind, "good"))
    {
      g_autoptr (LabClipping) copied = clipping ();

      lab_clipboard_set (clipboard (), copied);
    }
  else
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (hostile, strlen (hostile));
      g_autoptr (GdkContentProvider) provider =
          gdk_content_provider_new_for_bytes (LAB_CLIPPING_MIME, bytes);

      gdk_clipboard_set_content (clipboard (), provider);
    }
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static GSubprocess *
start_owner (const char *kind)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *owner;

  /* So that what is found next is the other's. */
  gdk_clipboard_set_text (clipboard (), "nothing");
  owner = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, exe, "--owner", kind, NULL);
  g_assert_no_error (error);
  g_assert_true (ui_wait (is_offered, NULL, 10000));
  g_assert_false (gdk_clipboard_is_local (clipboard ()));

  return owner;
}

static void
end_owner (GSubprocess *owner)
{
  g_subprocess_force_exit (owner);
  g_subprocess_wait (owner, NULL, NULL);
  g_object_unref (owner);
}

static void
test_other (void)
{
  GSubprocess *owner = start_owner ("good");
  g_autoptr (GError) error = NULL;
  g_autoptr (LabClipping) pasted = read_clipboard (&error);
  g_autoptr (LabTopology) topology = lab_topology_new ("Other");
  g_autoptr (LabHistory) history = lab_history_new (topology);

  g_assert_no_error (error);
  g_assert_true (lab_clipping_paste (pasted, topology, history, 0, 0, NULL, NULL, &error));
  g_assert_nonnull (lab_topology_find_link (topology, "R2", "e0"));
  end_owner (owner);
}

static void
test_hostile (void)
{
  GSubprocess *owner = start_owner ("hostile");
  g_autoptr (GError) error = NULL;
  g_autoptr (LabClipping) pasted = read_clipboard (&error);

  g_assert_null (pasted);
  g_assert_error (error, LAB_ERROR, LAB_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (
      error->message, "The clipboard, line 1, column 1: the member “uuid” is missing"));
  end_owner (owner);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--owner"))
    own_clipboard (argv[2]);
  ui_init (&argc, &argv);
  ui_init_gtk ();

  g_test_add_func ("/ui/clipboard/own", test_own);
  g_test_add_func ("/ui/clipboard/other", test_other);
  g_test_add_func ("/ui/clipboard/hostile", test_hostile);

  return g_test_run ();
}
