/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search over the canvas. The finding is in lab-search-index.c. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-search-index.h"
#include "lab-search.h"

#define MAX_HITS 200

struct _LabSearch
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *entry;
  GtkWidget *results;
  GtkWidget *none;
  GtkWidget *list;

  LabSession *session;
  LabSelection *selection;
  LabSearchIndex *index;
  GListStore *hits;
  GtkSingleSelection *rows;
};

enum
{
  REVEAL,
  SHOW_NOTES,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabSearch, lab_search, GTK_TYPE_WIDGET)

static const char *
icon_of (LabSearchHit *hit)
{
  switch (lab_search_hit_get_kind (hit))
    {
    case LAB_SEARCH_NODE:
      return "network-server-symbolic";
    case LAB_SEARCH_PORT:
      return "network-wired-symbolic";
    case LAB_SEARCH_CONFIG:
      return "text-x-generic-symbolic";
    case LAB_SEARCH_NOTES:
      return "accessories-text-editor-symbolic";
    case LAB_SEARCH_DRAWING:
    default:
      return "insert-text-symbolic";
    }
}

static char *
place_of (LabSearchHit *hit)
{
  switch (lab_search_hit_get_kind (hit))
    {
    case LAB_SEARCH_CONFIG:
      /* Translators: where a search found something: a line of a device's start configuration */
      return g_strdup_printf (_ ("Configuration, line %u"), lab_search_hit_get_line (hit));
    case LAB_SEARCH_NOTES:
      /* Translators: where a search found something */
      return g_strdup_printf (_ ("Notes, line %u"), lab_search_hit_get_line (hit));
    case LAB_SEARCH_DRAWING:
      return g_strdup (_ ("Text on the canvas"));
    case LAB_SEARCH_PORT:
      return g_strdup (_ ("Link"));
    case LAB_SEARCH_NODE:
    default:
      return g_strdup (_ ("Device"));
    }
}

/* Selects what was found and asks for it to be shown. */
static void
show_hit (LabSearch *self)
{
  LabSearchHit *hit = gtk_single_selection_get_selected_item (self->rows);
  gpointer object;

  if (hit == NULL)
    return;
  object = lab_search_hit_get_object (hit);
  lab_selection_set_single (self->selection, object);
  if (object != NULL)
    g_signal_emit (self, signals[REVEAL], 0, object);
  else
    g_signal_emit (self, signals[SHOW_NOTES], 0);
}

static void
update_results (LabSearch *self)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GPtrArray) hits = lab_search_index_find (self->index, query, MAX_HITS);

  g_list_store_splice (self->hits, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hits)),
                       hits->pdata, hits->len);
  gtk_widget_set_visible (self->results, hits->len > 0);
  gtk_widget_set_visible (self->none, hits->len == 0 && *query != '\0');
}

/* What was found may be gone. */
static void
history_changed_cb (LabSearch *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    update_results (self);
}

static void
search_changed_cb (LabSearch *self)
{
  update_results (self);
  show_hit (self);
}

static void
step (LabSearch *self, int by)
{
  guint n_hits = g_list_model_get_n_items (G_LIST_MODEL (self->hits));
  guint selected = gtk_single_selection_get_selected (self->rows);

  if (n_hits == 0)
    return;
  selected = (selected + n_hits + (guint) by) % n_hits;
  gtk_single_selection_set_selected (self->rows, selected);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", selected);
  show_hit (self);
}

/* The arrows go through the list while the keyboard stays in the entry. */
static gboolean
key_pressed_cb (LabSearch *self, guint keyval, guint keycode, GdkModifierType state)
{
  switch (keyval)
    {
    case GDK_KEY_Down:
      step (self, 1);
      return TRUE;
    case GDK_KEY_Up:
      step (self, -1);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
next_match_cb (LabSearch *self)
{
  step (self, 1);
}

static void
previous_match_cb (LabSearch *self)
{
  step (self, -1);
}

static void
entry_activate_cb (LabSearch *self)
{
  update_results (self);
  show_hit (self);
  lab_search_close (self);
}

static void
list_activate_cb (LabSearch *self, guint position)
{
  gtk_single_selection_set_selected (self->rows, position);
  show_hit (self);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
setup_cb (LabSearch *self, GtkListItem *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *place = make_label ("caption");

  gtk_widget_add_css_class (place, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (NULL));
  gtk_box_append (GTK_BOX (texts), place);
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), texts);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (LabSearch *self, GtkListItem *list_item)
{
  LabSearchHit *hit = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *image = gtk_widget_get_first_child (row);
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_next_sibling (image));
  const char *detail = lab_search_hit_get_detail (hit);
  g_autofree char *text = g_strdup_printf ("%s%s%s", lab_search_hit_get_title (hit),
                                           *detail != '\0' ? "  " : "", detail);
  g_autofree char *place = place_of (hit);
  g_autofree char *name = g_strdup_printf ("%s, %s", text, place);

  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon_of (hit));
  gtk_label_set_label (GTK_LABEL (title), text);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
lab_search_dispose (GObject *object)
{
  LabSearch *self = LAB_SEARCH (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->rows);
  g_clear_object (&self->hits);
  g_clear_object (&self->index);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_search_parent_class)->dispose (object);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_search_close (LAB_SEARCH (widget));
}

static void
lab_search_class_init (LabSearchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_search_dispose;

  signals[REVEAL] = g_signal_new ("reveal", LAB_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[SHOW_NOTES] = g_signal_new ("show-notes", LAB_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", LAB_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "search.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "search.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-search.ui");
  gtk_widget_class_bind_template_child (widget_class, LabSearch, content);
  gtk_widget_class_bind_template_child (widget_class, LabSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, LabSearch, results);
  gtk_widget_class_bind_template_child (widget_class, LabSearch, none);
  gtk_widget_class_bind_template_child (widget_class, LabSearch, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, lab_search_close);
  gtk_widget_class_bind_template_callback (widget_class, list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "labsearch");
}

static void
lab_search_init (LabSearch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->hits = g_list_store_new (LAB_TYPE_SEARCH_HIT);
  self->rows = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->hits)));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->rows));
}

GtkWidget *
lab_search_new (LabSession *session, LabSelection *selection)
{
  LabSearch *self = g_object_new (LAB_TYPE_SEARCH, NULL);

  self->session = g_object_ref (session);
  self->selection = g_object_ref (selection);
  self->index = lab_search_index_new (lab_session_get_topology (session));
  g_signal_connect_object (lab_session_get_history (session), "changed",
                           G_CALLBACK (history_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
lab_search_open (LabSearch *self)
{
  g_return_if_fail (LAB_IS_SEARCH (self));

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  update_results (self);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

void
lab_search_close (LabSearch *self)
{
  g_return_if_fail (LAB_IS_SEARCH (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  /* What was found may be deleted while nobody looks. */
  g_list_store_remove_all (self->hits);
  g_signal_emit (self, signals[CLOSED], 0);
}
