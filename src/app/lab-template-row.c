/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The template of a device: what its image has, and the one it names though it is not here. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-template-row.h"

struct _LabTemplateRow
{
  AdwComboRow parent_instance;

  GStrv names;  /* the first one is "": none */
  guint n_here; /* so many of them are no other machine's */
  gboolean mixed;
  guint shown;
  gboolean updating;
  guint pick_id;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabTemplateRow, lab_template_row, ADW_TYPE_COMBO_ROW)

static LabNode *
node_at (GPtrArray *nodes, guint i)
{
  return g_ptr_array_index (nodes, i);
}

/* What all have, by @get. NULL: they differ. */
static const char *
common (GPtrArray *nodes, const char *(*get) (LabNode *node))
{
  const char *value = get (node_at (nodes, 0)) ?: "";

  for (guint i = 1; i < nodes->len; i++)
    if (!g_str_equal (get (node_at (nodes, i)) ?: "", value))
      return NULL;

  return value;
}

/* (nullable): what is known of the image that all have, if the user made templates of it */
static LabImageRecord *
find_record (LabImageLibrary *library, GPtrArray *nodes)
{
  const char *image = common (nodes, lab_node_get_image_name);
  LabImageFile *file = image != NULL ? lab_image_library_find (library, image) : NULL;
  LabImageRecord *record = file != NULL ? lab_image_file_get_record (file) : NULL;

  return record != NULL && record->has_templates ? record : NULL;
}

/* In any case, as everywhere. */
static guint
position_of (char **names, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

/* The image's, and what devices name but it has not. */
static GStrv
list_names (LabImageRecord *record, GPtrArray *nodes)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (8, g_free, TRUE);

  g_ptr_array_add (names, g_strdup (""));
  for (guint i = 0; record != NULL && i < record->templates->len; i++)
    {
      LabImageTemplate *template = g_ptr_array_index (record->templates, i);

      g_ptr_array_add (names, g_strdup (template->name));
    }
  for (guint i = 0; i < nodes->len; i++)
    {
      const char *name = lab_node_get_template (node_at (nodes, i));

      if (name != NULL && position_of ((char **) names->pdata, name) == GTK_INVALID_LIST_POSITION)
        g_ptr_array_add (names, g_strdup (name));
    }

  return (GStrv) g_ptr_array_steal (names, NULL);
}

/* While devices have different ones there is one title more, the last one, which says so: newer GTK
 * does not let a list be without a selected item. */
static GtkStringList *
make_titles (char **names, guint n_here, gboolean mixed)
{
  /* Translators: a device is of no template of its image in particular */
  GtkStringList *titles = gtk_string_list_new ((const char *[]){ _ ("None in Particular"), NULL });

  for (guint i = 1; names[i] != NULL; i++)
    /* Translators: the name of a template that is not on this machine */
    gtk_string_list_take (titles, i < n_here ? g_strdup (names[i])
                                             : g_strdup_printf (_ ("%s (not here)"), names[i]));
  if (mixed)
    gtk_string_list_append (titles, "—");

  return titles;
}

/* An open list stays as it is unless it has to be another. */
static void
set_names (LabTemplateRow *self, GStrv names, guint n_here, gboolean mixed)
{
  g_autoptr (GtkStringList) titles = NULL;

  if (self->names != NULL && n_here == self->n_here && mixed == self->mixed &&
      g_strv_equal ((const char *const *) names, (const char *const *) self->names))
    {
      g_strfreev (names);
      return;
    }
  g_strfreev (self->names);
  self->names = names;
  self->n_here = n_here;
  self->mixed = mixed;
  titles = make_titles (names, n_here, mixed);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (titles));
}

void
lab_template_row_show (LabTemplateRow *self, LabImageLibrary *library, GPtrArray *nodes)
{
  LabImageRecord *record;
  const char *name;

  g_return_if_fail (LAB_IS_TEMPLATE_ROW (self));
  g_return_if_fail (nodes != NULL && nodes->len > 0);

  /* What the user has just picked comes first, and shows everything anew. */
  if (self->pick_id != 0)
    return;
  record = find_record (library, nodes);
  name = common (nodes, lab_node_get_template);
  self->updating = TRUE;
  set_names (self, list_names (record, nodes), 1 + (record != NULL ? record->templates->len : 0),
             name == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), self->names[1] != NULL);
  self->shown = name != NULL ? position_of (self->names, name) : g_strv_length (self->names);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), self->shown);
  self->updating = FALSE;
}

static gboolean
pick_cb (gpointer user_data)
{
  LabTemplateRow *self = user_data;
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  g_autofree char *name = NULL;

  self->pick_id = 0;
  if (selected == GTK_INVALID_LIST_POSITION || selected == self->shown)
    return G_SOURCE_REMOVE;
  self->shown = selected;
  name = selected > 0 ? g_strdup (self->names[selected]) : NULL;
  g_signal_emit (self, signals[PICKED], 0, name);

  return G_SOURCE_REMOVE;
}

/* Later: who hears of it gives the row another list, which it cannot take while it tells. */
static void
selected_cb (LabTemplateRow *self)
{
  if (!self->updating && self->pick_id == 0)
    self->pick_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, pick_cb, self, NULL);
}

static void
lab_template_row_dispose (GObject *object)
{
  g_clear_handle_id (&LAB_TEMPLATE_ROW (object)->pick_id, g_source_remove);

  G_OBJECT_CLASS (lab_template_row_parent_class)->dispose (object);
}

static void
lab_template_row_finalize (GObject *object)
{
  g_strfreev (LAB_TEMPLATE_ROW (object)->names);

  G_OBJECT_CLASS (lab_template_row_parent_class)->finalize (object);
}

static void
lab_template_row_class_init (LabTemplateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lab_template_row_dispose;
  object_class->finalize = lab_template_row_finalize;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lab_template_row_init (LabTemplateRow *self)
{
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}
