/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window "Images of the Lab". What is not here comes first, with what would serve chosen. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-mapping-window.h"
#include "lab-open-image.h"

struct _LabMappingWindow
{
  AdwWindow parent_instance;

  GtkListBox *list;
  GtkWidget *apply;

  LabSession *session;
  GPtrArray *records;
  GPtrArray *wants;
  GStrv choices; /* names of images; the first is "", as it is */
};

G_DEFINE_FINAL_TYPE (LabMappingWindow, lab_mapping_window, ADW_TYPE_WINDOW)

static GStrv
list_choices (GPtrArray *records)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_open;
  const LabOpenImage *open = lab_open_images (&n_open);

  g_strv_builder_add (builder, "");
  for (guint i = 0; i < records->len; i++)
    g_strv_builder_add (builder, ((LabImageRecord *) records->pdata[i])->name);
  for (guint i = 0; i < n_open; i++)
    g_strv_builder_add (builder, open[i].name);
  return g_strv_builder_end (builder);
}

static void
update_apply (LabMappingWindow *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->wants->len; i++)
    any |= lab_image_want_changes (self->wants->pdata[i], self->records);
  gtk_widget_set_sensitive (self->apply, any);
}

static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, LabMappingWindow *self)
{
  LabImageWant *want = g_object_get_data (G_OBJECT (row), "want");
  guint selected = adw_combo_row_get_selected (row);

  if (self->choices == NULL || selected >= g_strv_length (self->choices))
    return;
  lab_image_want_set_choice (want, selected > 0 ? self->choices[selected] : NULL);
  update_apply (self);
}

/* --- rows --- */

static GtkStringList *
make_model (LabMappingWindow *self, LabImageWant *want)
{
  GtkStringList *model = gtk_string_list_new (NULL);

  gtk_string_list_append (model, want->here ? _ ("As it is") : _ ("None: image missing"));
  for (guint i = 1; self->choices[i] != NULL; i++)
    gtk_string_list_append (model, self->choices[i]);
  return model;
}

static guint
position_of (LabMappingWindow *self, LabImageWant *want)
{
  for (guint i = 1; want->choice != NULL && self->choices[i] != NULL; i++)
    {
      if (g_str_equal (self->choices[i], want->choice))
        return i;
    }
  return 0;
}

static char *
say_match (LabImageWant *want)
{
  g_autofree char *nodes = lab_image_want_dup_nodes (want);
  const char *how = NULL;

  if (want->here)
    how = _ ("is on this computer");
  else if (want->match == LAB_MATCH_HASH)
    how = _ ("the very image, under another name");
  else if (want->match == LAB_MATCH_NAME)
    how = _ ("an image of this name");
  else if (want->match == LAB_MATCH_RELEASE)
    how = _ ("an image of the same kind and release");
  else if (want->choice != NULL)
    how = _ ("another image of this kind");
  else
    how = _ ("nothing here would serve");
  /* Translators: names of devices, then how an image fits */
  return g_strdup_printf (_ ("%s – %s"), nodes, how);
}

static void
add_row (LabMappingWindow *self, LabImageWant *want)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *title = lab_image_want_describe (want);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *subtitle = say_match (want);
  g_autofree char *subtitle_escaped = g_markup_escape_text (subtitle, -1);
  g_autoptr (GtkStringList) model = make_model (self, want);

  g_object_set_data (G_OBJECT (row), "want", want);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_escaped);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), position_of (self, want));
  if (!want->here)
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (mark, "warning");
      gtk_widget_set_tooltip_text (mark, _ ("Not on this computer"));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
    }
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  gtk_list_box_append (self->list, row);
}

static void
fill (LabMappingWindow *self)
{
  for (guint here = 0; here < 2; here++)
    {
      for (guint i = 0; i < self->wants->len; i++)
        {
          LabImageWant *want = self->wants->pdata[i];

          if (want->here == (here == 1))
            add_row (self, want);
        }
    }
  update_apply (self);
}

/* --- the step --- */

static void
apply_cb (LabMappingWindow *self)
{
  g_autoptr (LabEdit) edit =
      lab_image_map_edit (lab_session_get_topology (self->session), self->wants, self->records);

  if (edit == NULL || lab_session_apply (self->session, g_steal_pointer (&edit)))
    gtk_window_close (GTK_WINDOW (self));
}

/* --- the window --- */

static void
lab_mapping_window_dispose (GObject *object)
{
  LabMappingWindow *self = LAB_MAPPING_WINDOW (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (lab_mapping_window_parent_class)->dispose (object);
}

static void
lab_mapping_window_finalize (GObject *object)
{
  LabMappingWindow *self = LAB_MAPPING_WINDOW (object);

  g_clear_pointer (&self->wants, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_strfreev (self->choices);
  G_OBJECT_CLASS (lab_mapping_window_parent_class)->finalize (object);
}

static void
lab_mapping_window_class_init (LabMappingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_mapping_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = lab_mapping_window_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-mapping-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LabMappingWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LabMappingWindow, apply);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
lab_mapping_window_init (LabMappingWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lab_mapping_window_present (GtkWindow *parent, LabSession *session, GPtrArray *records)
{
  LabMappingWindow *self = g_object_new (LAB_TYPE_MAPPING_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->records = g_ptr_array_ref (records);
  self->choices = list_choices (records);
  self->wants = lab_image_map_collect (lab_session_get_topology (session), records);
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
}
