/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A colour in a list of settings. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-colour-row.h"

struct _LabColourRow
{
  AdwActionRow parent_instance;

  GtkWidget *button;
  GtkWidget *reset;
  gboolean updating;
};

enum
{
  PROP_USE_ALPHA = 1,
  N_PROPERTIES
};

enum
{
  EDITED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabColourRow, lab_colour_row, ADW_TYPE_ACTION_ROW)

static guint
to_byte (float value)
{
  return (guint) (CLAMP (value, 0, 1) * 255 + 0.5f);
}

static void
colour_set_cb (LabColourRow *self)
{
  g_autofree char *text = NULL;
  GdkRGBA colour;

  if (self->updating)
    return;
  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (self->button), &colour);
  if (colour.alpha >= 1)
    text = g_strdup_printf ("#%02x%02x%02x", to_byte (colour.red), to_byte (colour.green),
                            to_byte (colour.blue));
  else
    text = g_strdup_printf ("#%02x%02x%02x%02x", to_byte (colour.red), to_byte (colour.green),
                            to_byte (colour.blue), to_byte (colour.alpha));
  g_signal_emit (self, signals[EDITED], 0, text);
}

static void
reset_cb (LabColourRow *self)
{
  g_signal_emit (self, signals[EDITED], 0, NULL);
}

static void
lab_colour_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LabColourRow *self = LAB_COLOUR_ROW (object);

  if (id == PROP_USE_ALPHA)
    gtk_color_chooser_set_use_alpha (GTK_COLOR_CHOOSER (self->button), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lab_colour_row_class_init (LabColourRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = lab_colour_row_set_property;
  properties[PROP_USE_ALPHA] = g_param_spec_boolean ("use-alpha", NULL, NULL, FALSE,
                                                     G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * LabColourRow::edited:
   * @colour: (nullable): the colour, or %NULL for the default
   *
   * The user chose a colour, or took it away.
   */
  signals[EDITED] = g_signal_new ("edited", LAB_TYPE_COLOUR_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
title_changed_cb (LabColourRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
lab_colour_row_init (LabColourRow *self)
{
  self->button = gtk_color_button_new ();
  self->reset = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->reset, _ ("No Colour of Its Own"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("No colour of its own"), -1);
  gtk_widget_add_css_class (self->reset, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->reset);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
  g_signal_connect_swapped (self->button, "color-set", G_CALLBACK (colour_set_cb), self);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (reset_cb), self);
  g_signal_connect (self, "notify::title", G_CALLBACK (title_changed_cb), NULL);
}

void
lab_colour_row_set_colour (LabColourRow *self, const char *colour)
{
  GdkRGBA rgba = { 0.5f, 0.5f, 0.5f, 0 };

  g_return_if_fail (LAB_IS_COLOUR_ROW (self));

  if (colour != NULL)
    gdk_rgba_parse (&rgba, colour);
  self->updating = TRUE;
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->button), &rgba);
  gtk_widget_set_sensitive (self->reset, colour != NULL);
  self->updating = FALSE;
}
