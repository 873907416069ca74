/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The impairments of a link in the inspector.
 *
 * One set of rows shows both directions while they are alike, else the one that is chosen above
 * them. What is seldom wanted is folded (lab-impair-more.c). */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-impair-edit.h"
#include "lab-impair-group.h"
#include "lab-impair-more.h"
#include "lab-impair-row.h"

static const LabImpairNumber numbers[] = {
  { "delay", N_ ("Delay (ms)"), 60000, 1, 10, 1, 2000, NULL },
  { "jitter", N_ ("Jitter (ms)"), 60000, 1, 1, 1, 1000, NULL },
  /* xgettext:no-c-format */
  { "loss", N_ ("Loss (%)"), 100, 3, 0.5, 0.01, 100, NULL },
  /* Translators: of a link: how much it carries in a second; 0 is “No limit” */
  { "rate", N_ ("Rate (kbit/s)"), 100000000, 0, 100, 1000000, 8, N_ ("No limit") },
};

struct _LabImpairGroup
{
  AdwBin parent_instance;

  GtkWidget *preset;
  GtkWidget *alike;
  GtkWidget *direction;
  GtkWidget *swap;
  GtkWidget *rows[G_N_ELEMENTS (numbers)];
  LabImpairMore *more;

  LabSession *session;
  LabLink *link; /* (nullable) */
  GSignalGroup *signals;
  char *named;       /* whose names the directions have */
  guint end;         /* whose direction is shown */
  gboolean together; /* both directions are one */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (LabImpairGroup, lab_impair_group, ADW_TYPE_BIN)

static guint
count_presets (void)
{
  const LabImpairPreset *presets = lab_impair_get_presets ();
  guint n = 0;

  while (presets[n].name != NULL)
    n++;

  return n;
}

/* Positions in the list: none, the presets, and what is none of them. */
static guint
preset_position (LabLink *link)
{
  const LabImpairPreset *preset;

  if (!lab_link_is_impaired (link))
    return 0;
  preset = lab_link_find_impair_preset (link);

  return 1 + (preset != NULL ? (guint) (preset - lab_impair_get_presets ()) : count_presets ());
}

/* Anew only when a name is: a list that is open stays so. */
static void
name_directions (LabImpairGroup *self)
{
  g_autofree char *title = lab_link_dup_title (self->link);
  g_autoptr (GtkStringList) names = NULL;

  if (g_strcmp0 (title, self->named) == 0)
    return;
  g_free (self->named);
  self->named = g_steal_pointer (&title);
  names = gtk_string_list_new (NULL);
  for (guint end = 0; end < 2; end++)
    {
      g_autofree char *name = g_strdup_printf ("%s → %s", lab_link_get_node_name (self->link, end),
                                               lab_link_get_node_name (self->link, 1 - end));

      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->direction), G_LIST_MODEL (names));
}

static void
show_direction (LabImpairGroup *self)
{
  name_directions (self);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->direction), self->end);
  gtk_widget_set_visible (self->direction, !self->together);
}

static void
show_values (LabImpairGroup *self)
{
  g_autoptr (JsonObject) direction = lab_link_dup_impair_direction (self->link, self->end);

  if (direction == NULL)
    direction = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    lab_impair_row_set_value (
        LAB_IMPAIR_ROW (self->rows[i]),
        json_object_get_double_member_with_default (direction, numbers[i].key, 0));
  lab_impair_more_show (self->more, self->link, direction);
}

static void
update (LabImpairGroup *self)
{
  if (self->link == NULL)
    return;
  self->updating = TRUE;
  self->together = self->together && lab_impair_is_alike (self->link);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->preset), preset_position (self->link));
  gtk_switch_set_active (GTK_SWITCH (self->alike), self->together);
  gtk_widget_set_sensitive (self->swap, !lab_impair_is_alike (self->link));
  show_direction (self);
  show_values (self);
  self->updating = FALSE;
}

static void
set_member (LabImpairGroup *self, const char *key, JsonNode *value, guint64 *stroke)
{
  LabImpairEnds ends = self->together ? LAB_IMPAIR_BOTH : (LabImpairEnds) (1u << self->end);

  if (self->link != NULL && !self->updating)
    {
      /* What was refused is shown as it is. */
      if (!lab_impair_edit_member (self->session, self->link, ends, key, value, stroke))
        update (self);
    }
  else
    g_clear_pointer (&value, json_node_unref);
}

static void
number_cb (LabImpairGroup *self, double value, LabImpairRow *row)
{
  set_member (self, lab_impair_row_get_key (row), json_node_init_double (json_node_alloc (), value),
              lab_impair_row_get_stroke (row));
}

static void
more_cb (const char *key, JsonNode *value, guint64 *stroke, gpointer user_data)
{
  set_member (user_data, key, value, stroke);
}

static void
seed_cb (const char *text, gpointer user_data)
{
  LabImpairGroup *self = user_data;

  if (self->link == NULL || self->updating)
    return;
  if (!lab_impair_edit_seed (self->session, self->link, text))
    lab_session_say (self->session, LAB_SESSION_ERROR,
                     _ ("A seed is a whole number from 0 to 4294967295."), NULL);
  update (self);
}

static void
preset_cb (LabImpairGroup *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->preset));
  const LabImpairPreset *preset = NULL;

  if (self->updating || self->link == NULL)
    return;
  if (selected > 0 && selected <= count_presets ())
    preset = lab_impair_get_presets () + selected - 1;
  /* “Custom” only says so. */
  if (selected <= count_presets ())
    lab_impair_edit_preset (self->session, self->link, self->end, preset);
  update (self);
}

static void
alike_cb (LabImpairGroup *self)
{
  if (self->updating || self->link == NULL)
    return;
  self->together = gtk_switch_get_active (GTK_SWITCH (self->alike));
  if (self->together && !lab_impair_is_alike (self->link))
    {
      /* The first notice of it would find them different still. */
      g_signal_group_block (self->signals);
      lab_impair_edit_copy (self->session, self->link, self->end);
      g_signal_group_unblock (self->signals);
    }
  update (self);
}

static void
direction_cb (LabImpairGroup *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->direction));

  if (self->updating || self->link == NULL || selected > 1)
    return;
  self->end = selected;
  update (self);
}

static void
swap_cb (LabImpairGroup *self)
{
  if (self->link != NULL)
    lab_impair_edit_swap (self->session, self->link);
}

static void
lab_impair_group_dispose (GObject *object)
{
  LabImpairGroup *self = LAB_IMPAIR_GROUP (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->link);
  g_clear_object (&self->session);
  g_clear_pointer (&self->named, g_free);

  G_OBJECT_CLASS (lab_impair_group_parent_class)->dispose (object);
}

static void
lab_impair_group_class_init (LabImpairGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_impair_group_dispose;
}

static GtkWidget *
make_preset (LabImpairGroup *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  /* Translators: impairments of a link */
  gtk_string_list_append (names, C_ ("impairments", "None"));
  for (const LabImpairPreset *preset = lab_impair_get_presets (); preset->name != NULL; preset++)
    gtk_string_list_append (names, lab_impair_preset_get_title (preset));
  gtk_string_list_append (names, C_ ("impairments", "Custom"));
  /* Translators: as what a link behaves: a satellite link, DSL… */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Kind of Line"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (preset_cb), self);

  return row;
}

static GtkWidget *
make_alike (LabImpairGroup *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->alike = gtk_switch_new ();
  gtk_widget_set_valign (self->alike, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->alike), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Both directions alike"), -1);
  g_signal_connect_swapped (self->alike, "notify::active", G_CALLBACK (alike_cb), self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Both Directions Alike"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->alike);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->alike);

  return row;
}

static GtkWidget *
make_direction (LabImpairGroup *self)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Direction"));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (direction_cb), self);

  return row;
}

static GtkWidget *
make_swap (LabImpairGroup *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("object-flip-horizontal-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Swap Directions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Swap Directions"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (swap_cb), self);

  return button;
}

static void
lab_impair_group_init (LabImpairGroup *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->updating = TRUE;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Impairments"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("They take effect at once while the lab runs."));
  self->swap = make_swap (self);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), self->swap);
  self->preset = make_preset (self);
  self->direction = make_direction (self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->preset);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_alike (self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->direction);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      self->rows[i] = lab_impair_row_new (&numbers[i]);
      g_signal_connect_swapped (self->rows[i], "edited", G_CALLBACK (number_cb), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->rows[i]);
    }
  self->more = LAB_IMPAIR_MORE (lab_impair_more_new (more_cb, seed_cb, self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->more));
  adw_bin_set_child (ADW_BIN (self), group);
  self->signals = g_signal_group_new (LAB_TYPE_LINK);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
  self->updating = FALSE;
}

void
lab_impair_group_set_session (LabImpairGroup *self, LabSession *session)
{
  g_return_if_fail (LAB_IS_IMPAIR_GROUP (self));

  g_set_object (&self->session, session);
}

void
lab_impair_group_set_link (LabImpairGroup *self, LabLink *link)
{
  g_return_if_fail (LAB_IS_IMPAIR_GROUP (self));

  if (!g_set_object (&self->link, link))
    return;
  g_signal_group_set_target (self->signals, link);
  self->end = 0;
  self->together = TRUE;
  update (self);
}
