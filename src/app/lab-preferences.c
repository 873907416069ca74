/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The preferences: every row is bound to a key of the settings and holds at once. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-app-settings.h"
#include "lab-image-library.h"
#include "lab-licence-group.h"
#include "lab-preferences.h"
#include "lab-window.h"
#include "lab-terminal-scheme.h"

struct _LabPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *style;
  AdwComboRow *close_action;
  AdwComboRow *stop_action;
  AdwComboRow *take_saved;
  AdwComboRow *image;
  GtkSpinButton *ram;
  GtkSpinButton *ethernet;
  GtkSpinButton *serial;
  GtkSpinButton *grid;
  GtkSwitch *show_grid;
  GtkSwitch *snap;
  GtkSwitch *port_labels;
  GtkSwitch *minimap;
  GtkFontButton *font;
  GtkWidget *font_reset;
  AdwComboRow *palette;
  GtkSpinButton *scrollback;
  GtkSwitch *use_external;
  AdwEntryRow *external;
  GtkSpinButton *parallel;
  GtkSwitch *allow_no_sandbox;
  AdwActionRow *sandbox_state;
  LabLicenceGroup *licence;

  gboolean filling_images;
};

G_DEFINE_FINAL_TYPE (LabPreferences, lab_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* --- choices --- */

static gboolean
choice_to_row (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *const *nicks = user_data;
  const char *nick = g_variant_get_string (variant, NULL);

  for (guint i = 0; nicks[i] != NULL; i++)
    if (g_str_equal (nicks[i], nick))
      g_value_set_uint (value, i);

  return TRUE;
}

static GVariant *
choice_from_row (const GValue *value, const GVariantType *type, gpointer user_data)
{
  const char *const *nicks = user_data;
  guint position = g_value_get_uint (value);

  if (position >= g_strv_length ((char **) nicks))
    return NULL;

  return g_variant_new_string (nicks[position]);
}

/* @nicks: the settings' words in the order of the row's model; static. */
static void
bind_choice (GSettings *settings, const char *key, AdwComboRow *row, const char *const *nicks)
{
  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                choice_to_row, choice_from_row, (gpointer) nicks, NULL);
}

/* --- the font --- */

static gboolean
font_to_button (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *font = g_variant_get_string (variant, NULL);

  g_value_set_string (value, *font != '\0' ? font : "Monospace 11");

  return TRUE;
}

static gboolean
has_font (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_boolean (value, *g_variant_get_string (variant, NULL) != '\0');

  return TRUE;
}

static void
font_reset_cb (LabPreferences *self)
{
  g_settings_reset (lab_app_settings (), "console-font");
}

/* --- the colours of consoles --- */

static gboolean
scheme_to_row (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *name = g_variant_get_string (variant, NULL);

  for (guint i = 0; i < lab_terminal_scheme_get_n (); i++)
    if (g_str_equal (lab_terminal_scheme_get_name (i), name))
      g_value_set_uint (value, i);

  return TRUE;
}

static GVariant *
scheme_from_row (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint position = g_value_get_uint (value);

  if (position >= lab_terminal_scheme_get_n ())
    return NULL;

  return g_variant_new_string (lab_terminal_scheme_get_name (position));
}

static void
bind_palette (LabPreferences *self, GSettings *settings)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < lab_terminal_scheme_get_n (); i++)
    gtk_string_list_append (titles, lab_terminal_scheme_get_title (i));
  adw_combo_row_set_model (self->palette, G_LIST_MODEL (titles));
  g_settings_bind_with_mapping (settings, "console-palette", self->palette, "selected",
                                G_SETTINGS_BIND_DEFAULT, scheme_to_row, scheme_from_row, NULL,
                                NULL);
}

/* --- the image of new routers --- */

/* None, then the user's images. One that is wanted but not here now stays wanted. */
static void
fill_images (LabPreferences *self)
{
  GListModel *library = G_LIST_MODEL (lab_image_library_get_default ());
  g_autofree char *wanted = g_settings_get_string (lab_app_settings (), "default-image");
  GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (self->image));
  guint selected = 0;

  self->filling_images = TRUE;
  gtk_string_list_splice (names, 1, g_list_model_get_n_items (G_LIST_MODEL (names)) - 1, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (library); i++)
    {
      g_autoptr (LabImageFile) file = g_list_model_get_item (library, i);

      if (lab_image_file_get_origin (file) != LAB_IMAGE_OWN)
        continue;
      if (g_str_equal (lab_image_file_get_name (file), wanted))
        selected = g_list_model_get_n_items (G_LIST_MODEL (names));
      gtk_string_list_append (names, lab_image_file_get_name (file));
    }
  adw_combo_row_set_selected (self->image, selected);
  self->filling_images = FALSE;
}

static void
image_chosen_cb (LabPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->image);
  GtkStringObject *name = adw_combo_row_get_selected_item (self->image);

  if (self->filling_images || name == NULL)
    return;
  g_settings_set_string (lab_app_settings (), "default-image",
                         selected > 0 ? gtk_string_object_get_string (name) : "");
}

static void
follow_images (LabPreferences *self)
{
  const char *const none[] = { C_ ("image", "None"), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (none);

  self->filling_images = TRUE;
  adw_combo_row_set_model (self->image, G_LIST_MODEL (names));
  g_signal_connect_object (lab_image_library_get_default (), "items-changed",
                           G_CALLBACK (fill_images), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lab_app_settings (), "changed::default-image", G_CALLBACK (fill_images),
                           self, G_CONNECT_SWAPPED);
  fill_images (self);
}

/* --- the sandbox --- */

/* What an engine says of it; the first that runs, since all are of one machine. */
static void
show_sandbox (LabPreferences *self, LabClient *client)
{
  GVariantDict facts;
  gboolean sandbox = FALSE;
  const char *reason = "";
  g_autofree char *text = NULL;

  if (client == NULL)
    {
      adw_action_row_set_subtitle (self->sandbox_state, _ ("Known when a lab runs"));
      return;
    }
  g_variant_dict_init (&facts, lab_client_get_engine_facts (client));
  g_variant_dict_lookup (&facts, "sandbox", "b", &sandbox);
  g_variant_dict_lookup (&facts, "sandbox-reason", "&s", &reason);
  text = g_markup_escape_text (sandbox ? _ ("Every device runs in a sandbox") : reason, -1);
  adw_action_row_set_subtitle (self->sandbox_state, text);
  g_variant_dict_clear (&facts);
}

static LabClient *
find_client (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_items = g_list_model_get_n_items (windows);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      LabSession *session =
          LAB_IS_WINDOW (window) ? lab_window_get_session (LAB_WINDOW (window)) : NULL;

      if (session != NULL && lab_session_get_engine (session) == LAB_SESSION_ENGINE_ON)
        return lab_session_get_client (session);
    }

  return NULL;
}

/* --- set-up --- */

static void
bind_switches (LabPreferences *self, GSettings *settings)
{
  g_settings_bind (settings, "show-grid", self->show_grid, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "snap", self->snap, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "port-labels", self->port_labels, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "minimap", self->minimap, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "use-external-terminal", self->use_external, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "allow-no-sandbox", self->allow_no_sandbox, "active",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
bind_numbers (LabPreferences *self, GSettings *settings)
{
  g_settings_bind (settings, "default-ram", gtk_spin_button_get_adjustment (self->ram), "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "default-ethernet", gtk_spin_button_get_adjustment (self->ethernet),
                   "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "default-serial", gtk_spin_button_get_adjustment (self->serial),
                   "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "parallel-starts", gtk_spin_button_get_adjustment (self->parallel),
                   "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "grid", gtk_spin_button_get_adjustment (self->grid), "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "console-scrollback",
                   gtk_spin_button_get_adjustment (self->scrollback), "value",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
bind_choices (LabPreferences *self, GSettings *settings)
{
  static const char *const styles[] = { "system", "light", "dark", NULL };
  static const char *const closings[] = { "ask", "keep", "stop", NULL };
  static const char *const stops[] = { "ask", "save", "stop", NULL };
  static const char *const takes[] = { "ask", "always", "never", NULL };

  bind_choice (settings, "style", self->style, styles);
  bind_choice (settings, "close-action", self->close_action, closings);
  bind_choice (settings, "stop-action", self->stop_action, stops);
  bind_choice (settings, "take-saved", self->take_saved, takes);
}

static void
bind_texts (LabPreferences *self, GSettings *settings)
{
  g_settings_bind_with_mapping (settings, "console-font", self->font, "font",
                                G_SETTINGS_BIND_DEFAULT, font_to_button, NULL, NULL, NULL);
  g_settings_bind_with_mapping (settings, "console-font", self->font_reset, "sensitive",
                                G_SETTINGS_BIND_GET, has_font, NULL, NULL, NULL);
  g_settings_bind (settings, "external-terminal", self->external, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "use-external-terminal", self->external, "sensitive",
                   G_SETTINGS_BIND_GET);
}

static void
lab_preferences_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LAB_TYPE_PREFERENCES);

  G_OBJECT_CLASS (lab_preferences_parent_class)->dispose (object);
}

static void
lab_preferences_class_init (LabPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_preferences_dispose;
  g_type_ensure (LAB_TYPE_LICENCE_GROUP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, style);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, close_action);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, stop_action);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, take_saved);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, image);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, ram);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, ethernet);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, serial);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, grid);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, show_grid);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, snap);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, port_labels);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, minimap);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, font);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, font_reset);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, scrollback);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, palette);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, use_external);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, external);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, parallel);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, allow_no_sandbox);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, sandbox_state);
  gtk_widget_class_bind_template_child (widget_class, LabPreferences, licence);
  gtk_widget_class_bind_template_callback (widget_class, font_reset_cb);
  gtk_widget_class_bind_template_callback (widget_class, image_chosen_cb);
}

static void
lab_preferences_init (LabPreferences *self)
{
  GSettings *settings = lab_app_settings ();

  gtk_widget_init_template (GTK_WIDGET (self));
  bind_choices (self, settings);
  bind_switches (self, settings);
  bind_numbers (self, settings);
  bind_texts (self, settings);
  bind_palette (self, settings);
  follow_images (self);
}

void
lab_preferences_present (GtkWindow *parent)
{
  static LabPreferences *preferences;

  if (preferences == NULL)
    {
      preferences = g_object_new (LAB_TYPE_PREFERENCES, "modal", FALSE, NULL);
      g_object_add_weak_pointer (G_OBJECT (preferences), (gpointer *) &preferences);
    }
  show_sandbox (preferences, find_client ());
  lab_licence_group_refresh (preferences->licence);
  gtk_window_set_transient_for (GTK_WINDOW (preferences), parent);
  gtk_window_present (GTK_WINDOW (preferences));
}
