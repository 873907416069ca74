/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "lab-saved-nvram.h"
#include "lab-state.h"
#include "state-fixture.h"

void
state_set_up (State *state, gconstpointer data)
{
  state->base = g_dir_make_tmp ("test-state-XXXXXX", NULL);
  g_assert_nonnull (state->base);
  state->folder = g_build_filename (state->base, STATE_UUID, NULL);
}

void
state_tear_down (State *state, gconstpointer data)
{
  lab_state_remove_tree (state->base);
  g_free (state->folder);
  g_free (state->base);
}

char *
state_document (const char *more)
{
  return g_strdup_printf ("{\"format\":\"labwright\",\"version\":1,\"uuid\":\"" STATE_UUID
                          "\",\"name\":\"Two\",\"nodes\":["
                          "{\"name\":\"R1\",\"id\":1,\"kind\":\"iou\",\"x\":0,\"y\":0,\"image\":{"
                          "\"name\":\"labwright-pc\"}},"
                          "{\"name\":\"R2\",\"id\":2,\"kind\":\"iou\",\"x\":100,\"y\":0,\"image\":{"
                          "\"name\":\"labwright-pc\"}}%s]}\n",
                          more);
}

void
state_save (const char *folder, guint id, const char *text)
{
  g_autofree char *work = g_strdup_printf ("%s/%u", folder, id);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_true (lab_state_make_folder (work, NULL));
  lab_saved_write_nvram (work, id, 0, bytes, &error);
  g_assert_no_error (error);
}

void
state_write (const char *folder, guint id, const char *name, const char *text)
{
  g_autofree char *work = g_strdup_printf ("%s/%u", folder, id);
  g_autofree char *path = g_build_filename (work, name, NULL);

  g_assert_true (lab_state_make_folder (work, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

void
state_assert_file (const char *folder, guint id, const char *name, const char *text)
{
  g_autofree char *path = g_strdup_printf ("%s/%u/%s", folder, id, name);
  g_autofree char *content = NULL;

  g_file_get_contents (path, &content, NULL, NULL);
  g_assert_cmpstr (content, ==, text);
}

/* Without the line ends that an NVRAM may add. */
static char *
text_of (GBytes *bytes)
{
  gsize size;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  return g_strchomp (g_strndup (data, size));
}

void
state_assert_saved (const char *folder, guint id, const char *text)
{
  g_autofree char *work = g_strdup_printf ("%s/%u", folder, id);
  g_autoptr (GBytes) bytes = lab_saved_read_nvram (work, id, NULL, NULL, NULL);
  g_autofree char *saved = text_of (bytes);

  g_assert_cmpstr (saved, ==, text);
}

void
state_assert_history (const char *folder, guint id, guint n, const char *newest)
{
  g_autofree char *work = g_strdup_printf ("%s/%u", folder, id);
  g_autoptr (GArray) entries = lab_saved_list (work, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (entries);
  g_assert_cmpuint (entries->len, ==, n);
  bytes = lab_saved_read (work, g_array_index (entries, LabSavedEntry, n - 1).number, NULL);
  text = text_of (bytes);
  g_assert_cmpstr (text, ==, newest);
}
