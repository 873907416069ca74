/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the dock, and in which order. */

#include "config.h"

#include <glib/gstdio.h>

#include "lab-dock-item.h"

static char *folder; /* of own images */

static void
write_image (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "\177ELF", 4, NULL));
}

static void
remove_image (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* (transfer full): the titles of @section. */
static GStrv
titles (LabImageLibrary *library, const char *image, LabDockSection section)
{
  LabDockDefaults defaults = { .image = image, .ethernet = 2, .serial = 1 };
  g_autoptr (GPtrArray) items = lab_dock_items_new (library, &defaults);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  LabDockSection last = LAB_DOCK_DEFAULT;

  for (guint i = 0; i < items->len; i++)
    {
      LabDockItem *item = g_ptr_array_index (items, i);

      /* Section by section. */
      g_assert_cmpint (lab_dock_item_get_section (item), >=, last);
      last = lab_dock_item_get_section (item);
      if (last == section)
        g_strv_builder_add (builder, lab_dock_item_get_title (item));
    }

  return g_strv_builder_end (builder);
}

static void
assert_titles (LabImageLibrary *library,
               const char *image,
               LabDockSection section,
               const char *expected)
{
  g_auto (GStrv) found = titles (library, image, section);
  g_autofree char *text = g_strjoinv (" ", found);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_default_image (void)
{
  g_autoptr (LabImageLibrary) library = lab_image_library_new ();

  while (!lab_image_library_is_loaded (library))
    g_main_context_iteration (NULL, TRUE);
  assert_titles (library, "", LAB_DOCK_DEFAULT, "");
  assert_titles (library, "", LAB_DOCK_OWN, "l3-a.bin l3-b.bin");
  assert_titles (library, "l3-b.bin", LAB_DOCK_DEFAULT, "l3-b.bin");
  assert_titles (library, "l3-b.bin", LAB_DOCK_OWN, "l3-a.bin");
  /* One that is not here. */
  assert_titles (library, "gone.bin", LAB_DOCK_DEFAULT, "");
  assert_titles (library, NULL, LAB_DOCK_OWN, "l3-a.bin l3-b.bin");
}

int
main (int argc, char *argv[])
{
  int status;

  folder = g_dir_make_tmp ("labwright-dock-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_setenv ("LABWRIGHT_IMAGE_PATH", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  /* What is learnt of the images is not kept. */
  g_setenv ("XDG_CACHE_HOME", "/proc/none", TRUE);
  write_image ("l3-a.bin");
  write_image ("l3-b.bin");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/dock/default-image", test_default_image);

  status = g_test_run ();
  remove_image ("l3-a.bin");
  remove_image ("l3-b.bin");
  g_rmdir (folder);
  g_free (folder);

  return status;
}
