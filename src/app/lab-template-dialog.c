/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A template of an image. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-dialog-parts.h"
#include "lab-image-work.h"
#include "lab-spin-row.h"
#include "lab-symbol.h"
#include "lab-symbols.h"
#include "lab-template-dialog.h"

struct _LabTemplateDialog
{
  AdwWindow parent_instance;

  LabImageRecord *record;
  char *old; /* (nullable): the name it had */
  GtkWidget *save;
  GtkWidget *name;
  GtkWidget *pattern;
  GtkWidget *symbols;
  GtkWidget *ethernet;
  GtkWidget *serial;
  GtkWidget *ram;
  GtkWidget *nvram;
  GtkWidget *keepalives;
  GtkWidget *prompt;
  GtkWidget *dialogue;
  GtkWidget *config;
  GtkWidget *problem;
};

G_DEFINE_FINAL_TYPE (LabTemplateDialog, lab_template_dialog, ADW_TYPE_WINDOW)

typedef struct
{
  LabImageRecord *record;
  char *old;
  LabImageTemplate *template;
} SaveData;

static void
save_data_free (gpointer data)
{
  SaveData *self = data;

  lab_image_record_unref (self->record);
  lab_image_template_free (self->template);
  g_free (self->old);
  g_free (self);
}

static gboolean
save_work (gpointer data, char **said, GError **error)
{
  SaveData *save = data;

  return lab_library_set_template (save->record, save->old, save->template, error);
}

static void
show_problem (LabTemplateDialog *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->problem), text);
  gtk_widget_set_visible (self->problem, *text != '\0');
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabTemplateDialog *self = LAB_TEMPLATE_DIALOG (source);
  g_autoptr (GError) error = NULL;

  if (lab_image_work_finish (result, NULL, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (self->save, TRUE);
  show_problem (self, error->message);
}

/* (transfer full) (nullable): NULL if it is empty. */
static char *
text_of (GtkWidget *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

  return *text != '\0' ? g_strdup (text) : NULL;
}

static char *
config_text (LabTemplateDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->config));
  GtkTextIter start;
  GtkTextIter end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (*text == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

static LabImageTemplate *
read_template (LabTemplateDialog *self)
{
  static const LabDialogue dialogues[] = { LAB_DIALOGUE_DEFAULT, LAB_DIALOGUE_NO,
                                           LAB_DIALOGUE_LEAVE };
  LabImageTemplate *template = g_new0 (LabImageTemplate, 1);
  guint symbol = adw_combo_row_get_selected (ADW_COMBO_ROW (self->symbols));
  guint dialogue = adw_combo_row_get_selected (ADW_COMBO_ROW (self->dialogue));

  template->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  template->pattern = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->pattern)));
  template->symbol = g_strdup (lab_symbol_names ()[symbol]);
  template->ethernet = (guint) lab_spin_row_get_value (LAB_SPIN_ROW (self->ethernet));
  template->serial = (guint) lab_spin_row_get_value (LAB_SPIN_ROW (self->serial));
  template->ram = (guint) lab_spin_row_get_value (LAB_SPIN_ROW (self->ram));
  template->nvram = (guint) lab_spin_row_get_value (LAB_SPIN_ROW (self->nvram));
  template->keepalives = gtk_switch_get_active (GTK_SWITCH (self->keepalives));
  template->prompt = text_of (self->prompt);
  template->dialogue = dialogues[MIN (dialogue, G_N_ELEMENTS (dialogues) - 1)];
  template->start_config = config_text (self);

  return template;
}

static void
save_cb (LabTemplateDialog *self)
{
  SaveData *save;

  if (!gtk_widget_get_sensitive (self->save))
    return;
  save = g_new0 (SaveData, 1);
  save->record = lab_image_record_ref (self->record);
  save->old = g_strdup (self->old);
  save->template = read_template (self);
  gtk_widget_set_sensitive (self->save, FALSE);
  show_problem (self, "");
  lab_image_work_async (self, save_work, save, save_data_free, saved_cb, NULL);
}

static void
lab_template_dialog_dispose (GObject *object)
{
  LabTemplateDialog *self = LAB_TEMPLATE_DIALOG (object);

  g_clear_pointer (&self->record, lab_image_record_unref);
  g_clear_pointer (&self->old, g_free);

  G_OBJECT_CLASS (lab_template_dialog_parent_class)->dispose (object);
}

static void
lab_template_dialog_class_init (LabTemplateDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_template_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

/* --- the rows --- */

static GtkWidget *
entry_row (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);

  return row;
}

static GtkWidget *
number_row (
    AdwPreferencesGroup *group, const char *title, const char *subtitle, double upper, double step)
{
  GtkWidget *row = g_object_new (LAB_TYPE_SPIN_ROW, "title", title, "subtitle", subtitle, "lower",
                                 0.0, "upper", upper, "step", step, NULL);

  adw_preferences_group_add (group, row);

  return row;
}

static GtkWidget *
choice_row (AdwPreferencesGroup *group, const char *title, const char *const *choices)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_preferences_group_add (group, row);

  return row;
}

static GtkWidget *
switch_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (group, row);

  return toggle;
}

/* In the order of lab_symbol_names(), as people call them. (transfer container) */
static const char **
list_symbols (void)
{
  const char *const *names = lab_symbol_names ();
  const char **titles = g_new0 (const char *, g_strv_length ((char **) names) + 1);

  for (guint i = 0; names[i] != NULL; i++)
    titles[i] = lab_symbols_get_title (names[i]);
  return titles;
}

static void
add_nodes_group (LabTemplateDialog *self, AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree const char **symbols = list_symbols ();

  adw_preferences_group_set_title (group, _ ("New Devices"));
  self->name = entry_row (group, _ ("Name of the Template"));
  self->pattern = entry_row (group, _ ("Names of Devices, as R{n}"));
  self->symbols = choice_row (group, _ ("Symbol"), symbols);
  self->ethernet = number_row (group, _ ("Ethernet Adapters"), _ ("Four ports each"), 16, 1);
  self->serial = number_row (group, _ ("Serial Adapters"), _ ("Four ports each"), 16, 1);
  self->ram =
      number_row (group, _ ("Memory"), _ ("In MB; 0: what the image takes by itself"), 65536, 64);
  self->nvram =
      number_row (group, _ ("NVRAM"), _ ("In KB; 0: what the image takes by itself"), 1024, 8);
  self->keepalives =
      switch_row (group, _ ("Layer-1 Keepalives"), _ ("A cut line goes down, if the image can"));
  adw_preferences_page_add (page, group);
}

static void
add_start_group (LabTemplateDialog *self, AdwPreferencesPage *page)
{
  const char *const dialogues[] = { _ ("As in the preferences"), _ ("Decline it"), _ ("Leave it"),
                                    NULL };
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, _ ("Start"));
  self->prompt = entry_row (group, _ ("Prompt That Means Ready (regular expression)"));
  self->dialogue = choice_row (group, _ ("Initial Configuration Dialogue"), dialogues);
  /* Beside the title it would be cut after twenty letters. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->dialogue), TRUE);
  adw_preferences_page_add (page, group);
}

static void
add_config_group (LabTemplateDialog *self, AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *scroller = gtk_scrolled_window_new ();

  adw_preferences_group_set_title (group, _ ("Start Configuration"));
  adw_preferences_group_set_description (group, _ ("%h stands for the device’s name."));
  self->config = gtk_text_view_new ();
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->config), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->config), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->config), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->config), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->config), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Start Configuration"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->config);
  gtk_widget_set_size_request (scroller, -1, 160);
  gtk_widget_add_css_class (scroller, "card");
  adw_preferences_group_add (group, scroller);
  adw_preferences_page_add (page, group);
}

static GtkWidget *
make_bar (LabTemplateDialog *self)
{
  GtkWidget *bar = lab_dialog_header ();

  self->save = lab_dialog_button (_ ("_Save"), NULL);
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->save);

  return bar;
}

static void
lab_template_dialog_init (LabTemplateDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  add_nodes_group (self, page);
  add_start_group (self, page);
  add_config_group (self, page);
  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_margin_start (self->problem, 12);
  gtk_widget_set_margin_end (self->problem, 12);
  gtk_widget_set_margin_top (self->problem, 6);
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (page));
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
show_template (LabTemplateDialog *self, const LabImageTemplate *template)
{
  static const guint dialogues[] = { 0, 2, 1 };
  const char *const *symbols = lab_symbol_names ();

  gtk_editable_set_text (GTK_EDITABLE (self->name), template->name);
  gtk_editable_set_text (GTK_EDITABLE (self->pattern), template->pattern);
  gtk_editable_set_text (GTK_EDITABLE (self->prompt), template->prompt ?: "");
  for (guint i = 0; symbols[i] != NULL; i++)
    if (g_strcmp0 (symbols[i], template->symbol) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->symbols), i);
  lab_spin_row_set_value (LAB_SPIN_ROW (self->ethernet), template->ethernet);
  lab_spin_row_set_value (LAB_SPIN_ROW (self->serial), template->serial);
  lab_spin_row_set_value (LAB_SPIN_ROW (self->ram), template->ram);
  lab_spin_row_set_value (LAB_SPIN_ROW (self->nvram), template->nvram);
  gtk_switch_set_active (GTK_SWITCH (self->keepalives), template->keepalives);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->dialogue), dialogues[template->dialogue]);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->config)),
                            template->start_config ?: "", -1);
}

void
lab_template_dialog_present (GtkWindow *parent,
                             LabImageRecord *record,
                             const LabImageTemplate *template)
{
  g_autoptr (LabImageTemplate) fresh = lab_image_template_new (_ ("New Template"), record->role);
  LabTemplateDialog *self = g_object_new (
      LAB_TYPE_TEMPLATE_DIALOG, "transient-for", parent, "modal", TRUE, "default-width", 520,
      "default-height", 640, "title", template != NULL ? _ ("Template") : _ ("New Template"), NULL);

  self->record = lab_image_record_ref (record);
  self->old = template != NULL ? g_strdup (template->name) : NULL;
  show_template (self, template != NULL ? template : fresh);
  gtk_window_present (GTK_WINDOW (self));
}
