/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Device symbols outside the canvas. The name is kept on the image, so that it can be drawn anew
 * when the window moves to a screen of another scale. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-symbol-image.h"
#include "lab-symbols.h"

static G_DEFINE_QUARK (lab_symbol_image_name, symbol_name);

static void
redraw (GtkWidget *image)
{
  const char *symbol = g_object_get_qdata (G_OBJECT (image), symbol_name_quark ());
  int size = gtk_image_get_pixel_size (GTK_IMAGE (image));
  g_autoptr (GdkPaintable) paintable = lab_symbol_image_paintable (image, symbol, size);

  gtk_image_set_from_paintable (GTK_IMAGE (image), paintable);
}

void
lab_symbol_image_set (GtkWidget *image, const char *symbol)
{
  const char *before = g_object_get_qdata (G_OBJECT (image), symbol_name_quark ());

  g_return_if_fail (GTK_IS_IMAGE (image));

  if (before != NULL && g_strcmp0 (before, symbol) == 0)
    return;
  if (before == NULL)
    g_signal_connect (image, "notify::scale-factor", G_CALLBACK (redraw), NULL);
  g_object_set_qdata_full (G_OBJECT (image), symbol_name_quark (),
                           g_strdup (symbol != NULL ? symbol : "unknown"), g_free);
  redraw (image);
}

void
lab_symbol_image_set_node (GtkWidget *image, LabNode *node)
{
  lab_symbol_image_set (image, lab_symbols_for_node (node));
}

GtkWidget *
lab_symbol_image_new (int size)
{
  GtkWidget *image = gtk_image_new ();

  gtk_image_set_pixel_size (GTK_IMAGE (image), size);

  return image;
}

/* A texture of more pixels than it takes room: sharp on a screen of scale 2. */
GdkPaintable *
lab_symbol_image_paintable (GtkWidget *widget, const char *symbol, int size)
{
  int scale = gtk_widget_get_scale_factor (widget);
  g_autoptr (GdkTexture) texture = lab_symbols_get_texture (symbol, size * scale);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  graphene_size_t bounds = GRAPHENE_SIZE_INIT ((float) size, (float) size);

  gdk_paintable_snapshot (GDK_PAINTABLE (texture), GDK_SNAPSHOT (snapshot), size, size);

  return gtk_snapshot_to_paintable (snapshot, &bounds);
}
