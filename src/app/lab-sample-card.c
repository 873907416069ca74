/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A card of the samples' gallery. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <adwaita.h>

#include "lab-sample-card.h"
#include "lab-thumbnail.h"

/* Pixels of the picture at scale 1. */
#define PICTURE_WIDTH  384
#define PICTURE_HEIGHT 168

struct _LabSampleCard
{
  GtkFlowBoxChild parent_instance;

  GtkPicture *picture;
  GtkLabel *title;
  GtkLabel *summary;
  char *path;
};

G_DEFINE_FINAL_TYPE (LabSampleCard, lab_sample_card, GTK_TYPE_FLOW_BOX_CHILD)

/* --- the picture --- */

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabSampleCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = lab_thumbnail_finish (result, &error);

  if (texture != NULL && self->picture != NULL)
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  else if (error != NULL)
    g_debug ("no picture of %s: %s", self->path, error->message);
}

static void
load_picture (LabSampleCard *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  lab_thumbnail_async (self->path, PICTURE_WIDTH * scale, PICTURE_HEIGHT * scale,
                       adw_style_manager_get_dark (adw_style_manager_get_default ()), NULL,
                       picture_cb, g_object_ref (self));
}

/* --- class --- */

static void
lab_sample_card_finalize (GObject *object)
{
  g_free (LAB_SAMPLE_CARD (object)->path);

  G_OBJECT_CLASS (lab_sample_card_parent_class)->finalize (object);
}

static void
lab_sample_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LAB_TYPE_SAMPLE_CARD);

  G_OBJECT_CLASS (lab_sample_card_parent_class)->dispose (object);
}

static void
lab_sample_card_class_init (LabSampleCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_sample_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = lab_sample_card_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-sample-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LabSampleCard, picture);
  gtk_widget_class_bind_template_child (widget_class, LabSampleCard, title);
  gtk_widget_class_bind_template_child (widget_class, LabSampleCard, summary);
}

static void
lab_sample_card_init (LabSampleCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lab_sample_card_new (const LabSample *sample)
{
  LabSampleCard *self = g_object_new (LAB_TYPE_SAMPLE_CARD, NULL);

  self->path = g_strdup (sample->path);
  gtk_label_set_text (self->title, sample->title);
  gtk_label_set_text (self->summary, sample->summary);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (load_picture), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (load_picture), NULL);
  load_picture (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sample->title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sample->summary, -1);

  return GTK_WIDGET (self);
}

void
lab_sample_card_open (LabSampleCard *self)
{
  g_return_if_fail (LAB_IS_SAMPLE_CARD (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-sample", "s", self->path);
}
