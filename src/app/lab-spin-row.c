/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A number in a list of settings; libadwaita 1.2 has no such row. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lab-spin-row.h"

#define PAUSE_MS 500

struct _LabSpinRow
{
  AdwActionRow parent_instance;

  GtkWidget *spin;
  char *zero_text;
  double shown; /* what the document has, as last told */
  gboolean mixed;
  gboolean updating;
  guint pause_id;
};

enum
{
  PROP_LOWER = 1,
  PROP_UPPER,
  PROP_STEP,
  PROP_DIGITS,
  PROP_ZERO_TEXT,
  N_PROPERTIES
};

enum
{
  EDITED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabSpinRow, lab_spin_row, ADW_TYPE_ACTION_ROW)

static void
commit (LabSpinRow *self)
{
  double value = lab_spin_row_get_value (self);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (!self->mixed && value == self->shown)
    return;
  self->mixed = FALSE;
  self->shown = value;
  g_signal_emit (self, signals[EDITED], 0, value);
}

static gboolean
pause_cb (gpointer user_data)
{
  LabSpinRow *self = user_data;

  self->pause_id = 0;
  commit (self);

  return G_SOURCE_REMOVE;
}

static void
value_changed_cb (LabSpinRow *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
leave_cb (LabSpinRow *self)
{
  if (self->pause_id != 0)
    commit (self);
}

static gboolean
output_cb (LabSpinRow *self)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (self->spin));
  const char *text = NULL;

  if (self->mixed && gtk_adjustment_get_value (adjustment) == gtk_adjustment_get_lower (adjustment))
    text = "—";
  else if (self->zero_text != NULL && gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin)) == 0)
    text = self->zero_text;
  if (text == NULL)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->spin), text);

  return TRUE;
}

static int
input_cb (LabSpinRow *self, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->spin));

  if (g_strcmp0 (text, "—") == 0)
    {
      *value = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin));
      return TRUE;
    }
  if (g_strcmp0 (text, self->zero_text) != 0)
    return FALSE;
  *value = 0;

  return TRUE;
}

static void
show (LabSpinRow *self, double value)
{
  self->updating = TRUE;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), value);
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->spin));
  self->updating = FALSE;
}

/* Room for a number and for the words instead of it. */
static int
count_chars (const char *words)
{
  return words != NULL ? MAX (5, (int) g_utf8_strlen (words, -1)) : 5;
}

static void
lab_spin_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LabSpinRow *self = LAB_SPIN_ROW (object);
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (self->spin));

  switch (id)
    {
    case PROP_LOWER:
      gtk_adjustment_set_lower (adjustment, g_value_get_double (value));
      break;
    case PROP_UPPER:
      gtk_adjustment_set_upper (adjustment, g_value_get_double (value));
      break;
    case PROP_STEP:
      gtk_adjustment_set_step_increment (adjustment, g_value_get_double (value));
      gtk_adjustment_set_page_increment (adjustment, 10 * g_value_get_double (value));
      break;
    case PROP_DIGITS:
      gtk_spin_button_set_digits (GTK_SPIN_BUTTON (self->spin), g_value_get_uint (value));
      break;
    case PROP_ZERO_TEXT:
      g_free (self->zero_text);
      self->zero_text = g_value_dup_string (value);
      gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), count_chars (self->zero_text));
      show (self, lab_spin_row_get_value (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_spin_row_dispose (GObject *object)
{
  LabSpinRow *self = LAB_SPIN_ROW (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_pointer (&self->zero_text, g_free);

  G_OBJECT_CLASS (lab_spin_row_parent_class)->dispose (object);
}

static void
lab_spin_row_class_init (LabSpinRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = lab_spin_row_set_property;
  object_class->dispose = lab_spin_row_dispose;

  properties[PROP_LOWER] = g_param_spec_double ("lower", NULL, NULL, -1e6, 1e6, 0, flags);
  properties[PROP_UPPER] = g_param_spec_double ("upper", NULL, NULL, -1e6, 1e6, 0, flags);
  properties[PROP_STEP] = g_param_spec_double ("step", NULL, NULL, 0, 1e6, 1, flags);
  properties[PROP_DIGITS] = g_param_spec_uint ("digits", NULL, NULL, 0, 10, 0, flags);
  properties[PROP_ZERO_TEXT] = g_param_spec_string ("zero-text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * LabSpinRow::edited:
   * @value: the number
   *
   * The user gave another number.
   */
  signals[EDITED] = g_signal_new ("edited", LAB_TYPE_SPIN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
title_changed_cb (LabSpinRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
lab_spin_row_init (LabSpinRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->spin = gtk_spin_button_new_with_range (0, 0, 1);
  /* Letters too: "Default". */
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (self->spin), FALSE);
  gtk_widget_set_valign (self->spin, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), 4);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->spin);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (self->spin, focus);
  g_signal_connect_swapped (self->spin, "value-changed", G_CALLBACK (value_changed_cb), self);
  g_signal_connect_swapped (self->spin, "output", G_CALLBACK (output_cb), self);
  g_signal_connect_swapped (self->spin, "input", G_CALLBACK (input_cb), self);
  g_signal_connect (self, "notify::title", G_CALLBACK (title_changed_cb), NULL);
}

double
lab_spin_row_get_value (LabSpinRow *self)
{
  g_return_val_if_fail (LAB_IS_SPIN_ROW (self), 0);

  return gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin));
}

/* While the user types, only another value in the document is shown. */
void
lab_spin_row_set_value (LabSpinRow *self, double value)
{
  g_return_if_fail (LAB_IS_SPIN_ROW (self));

  if (!self->mixed && fabs (self->shown - value) < 1e-9 &&
      (self->pause_id != 0 || lab_spin_row_get_value (self) == value))
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->mixed = FALSE;
  self->shown = value;
  show (self, value);
}

void
lab_spin_row_set_mixed (LabSpinRow *self)
{
  GtkAdjustment *adjustment;

  g_return_if_fail (LAB_IS_SPIN_ROW (self));

  if (self->mixed)
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  adjustment = gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (self->spin));
  self->mixed = TRUE;
  show (self, gtk_adjustment_get_lower (adjustment));
}
