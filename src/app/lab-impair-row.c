/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A number of an impaired link: a slider, and a field to type it exactly. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-impair-row.h"

#define STEPS    200  /* of the slider */
#define PAUSE_MS 1000 /* ends what is typed or turned as one step */

struct _LabImpairRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *scale;
  GtkWidget *spin;

  const LabImpairNumber *number;
  double value;
  gboolean updating;
  gboolean pressed;
  guint64 stroke;
  guint pause_id;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabImpairRow, lab_impair_row, ADW_TYPE_PREFERENCES_ROW)

/* Two digits that count: nobody wants 13.7261 ms. */
static double
round_off (double value, guint digits)
{
  double unit = pow (10, MAX (floor (log10 (value)) - 1, -(double) digits));

  return round (value / unit) * unit;
}

static double
value_at (const LabImpairNumber *number, double place)
{
  if (place < 0.5)
    return 0;

  return round_off (number->best *
                        pow (number->worst / number->best, (place - 1) / (double) (STEPS - 1)),
                    number->digits);
}

static double
place_of (const LabImpairNumber *number, double value)
{
  if (value <= 0)
    return 0;

  return CLAMP (1 + log (value / number->best) / log (number->worst / number->best) * (STEPS - 1),
                1, STEPS);
}

static gboolean
pause_cb (gpointer user_data)
{
  LabImpairRow *self = user_data;

  /* Who holds the slider still is in the same drag. */
  if (self->pressed)
    return G_SOURCE_CONTINUE;
  self->pause_id = 0;
  self->stroke = 0;

  return G_SOURCE_REMOVE;
}

static void
show (LabImpairRow *self, gboolean slide)
{
  self->updating = TRUE;
  if (slide)
    gtk_range_set_value (GTK_RANGE (self->scale), place_of (self->number, self->value));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), self->value);
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->spin));
  self->updating = FALSE;
}

static void
take (LabImpairRow *self, double value, gboolean slide)
{
  if (self->updating || value == self->value)
    return;
  self->value = value;
  show (self, slide);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
  g_signal_emit (self, signals[EDITED], 0, value);
}

static void
slid_cb (LabImpairRow *self)
{
  take (self, value_at (self->number, gtk_range_get_value (GTK_RANGE (self->scale))), FALSE);
}

static void
turned_cb (LabImpairRow *self)
{
  take (self, gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin)), TRUE);
}

/* The slider's own gestures take the events for themselves; this only looks. */
static gboolean
event_cb (LabImpairRow *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      self->pressed = TRUE;
      self->stroke = 0;
      break;
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      self->pressed = FALSE;
      break;
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

/* No digits that say nothing: "0.5", not "0.500". */
static gboolean
output_cb (LabImpairRow *self)
{
  double value = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin));
  g_autofree char *text = g_strdup_printf ("%.*f", (int) self->number->digits, value);

  if (value == 0 && self->number->zero != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->spin), _ (self->number->zero));
      return TRUE;
    }
  for (gsize end = strlen (text); self->number->digits > 0 && end-- > 0;)
    {
      char last = text[end];

      if (last != '0' && g_ascii_isdigit (last))
        break;
      text[end] = '\0';
      if (last != '0')
        break;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->spin), text);

  return TRUE;
}

static int
input_cb (LabImpairRow *self, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->spin));

  if (self->number->zero == NULL || g_strcmp0 (text, _ (self->number->zero)) != 0)
    return FALSE;
  *value = 0;

  return TRUE;
}

static void
lab_impair_row_unmap (GtkWidget *widget)
{
  LabImpairRow *self = LAB_IMPAIR_ROW (widget);

  self->pressed = FALSE;
  self->stroke = 0;
  GTK_WIDGET_CLASS (lab_impair_row_parent_class)->unmap (widget);
}

static void
lab_impair_row_dispose (GObject *object)
{
  g_clear_handle_id (&LAB_IMPAIR_ROW (object)->pause_id, g_source_remove);

  G_OBJECT_CLASS (lab_impair_row_parent_class)->dispose (object);
}

static void
lab_impair_row_class_init (LabImpairRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_impair_row_dispose;
  GTK_WIDGET_CLASS (klass)->unmap = lab_impair_row_unmap;

  /**
   * LabImpairRow::edited:
   * @value: the number
   *
   * The user gave another number, or is just dragging past it.
   */
  signals[EDITED] = g_signal_new ("edited", LAB_TYPE_IMPAIR_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
lab_impair_row_init (LabImpairRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static void
add_scale (LabImpairRow *self, GtkWidget *box)
{
  GtkEventController *watch = gtk_event_controller_legacy_new ();

  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, STEPS, 1);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_event_controller_set_propagation_phase (watch, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (watch, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (self->scale, watch);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (slid_cb), self);
  gtk_box_append (GTK_BOX (box), self->scale);
}

static void
add_spin (LabImpairRow *self, GtkWidget *box)
{
  const LabImpairNumber *number = self->number;

  self->spin = gtk_spin_button_new_with_range (0, number->upper, number->step);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (self->spin), number->digits);
  /* Letters too: "No limit". */
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (self->spin), FALSE);
  gtk_editable_set_width_chars (
      GTK_EDITABLE (self->spin),
      number->zero != NULL ? MAX (7, (int) g_utf8_strlen (_ (number->zero), -1)) : 7);
  gtk_widget_set_valign (self->spin, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->spin, "output", G_CALLBACK (output_cb), self);
  g_signal_connect_swapped (self->spin, "input", G_CALLBACK (input_cb), self);
  g_signal_connect_swapped (self->spin, "value-changed", G_CALLBACK (turned_cb), self);
  gtk_box_append (GTK_BOX (box), self->spin);
}

GtkWidget *
lab_impair_row_new (const LabImpairNumber *number)
{
  LabImpairRow *self = g_object_new (LAB_TYPE_IMPAIR_ROW, "title", _ (number->title), NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ (number->title));

  self->number = number;
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  add_spin (self, line);
  gtk_box_append (GTK_BOX (column), line);
  add_scale (self, column);
  gtk_widget_add_css_class (column, "lab-impair");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), column);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (number->title), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (number->title), -1);
  show (self, TRUE);

  return GTK_WIDGET (self);
}

/* What the user is just doing comes back from the document as the same number. */
void
lab_impair_row_set_value (LabImpairRow *self, double value)
{
  g_return_if_fail (LAB_IS_IMPAIR_ROW (self));

  if (value == self->value)
    return;
  self->value = value;
  self->stroke = 0;
  show (self, TRUE);
}

const char *
lab_impair_row_get_key (LabImpairRow *self)
{
  g_return_val_if_fail (LAB_IS_IMPAIR_ROW (self), NULL);

  return self->number->key;
}

guint64 *
lab_impair_row_get_stroke (LabImpairRow *self)
{
  g_return_val_if_fail (LAB_IS_IMPAIR_ROW (self), NULL);

  return &self->stroke;
}
