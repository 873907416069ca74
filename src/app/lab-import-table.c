/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of an import. A cell is filled when its row is shown and whenever that changes; what
 * the user does in a cell goes to its row, whose change fills the others. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-import-table.h"
#include "lab-table-keys.h"

/* With more devices than these one is looked for by its name. */
#define SEARCH_FROM 12
#define NOBODY      0
/* Of texts that may be long, so that one does not take the place of the others. */
#define MIN_FILE_CHARS 16
#define MAX_FILE_CHARS 26
#define DEVICE_CHARS   24
#define MIN_FATE_CHARS 26
#define MAX_FATE_CHARS 36

struct _LabImportTable
{
  AdwBin parent_instance;

  GListStore *rows;
  GtkStringList *devices; /* the first is for nobody */
  gboolean locked;
};

G_DEFINE_FINAL_TYPE (LabImportTable, lab_import_table, ADW_TYPE_BIN)

enum
{
  CHANGED,
  DEVICE_CHOSEN,
  COMPARE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Fills the widget of a cell. */
typedef void (*Fill) (LabImportTable *self, GtkWidget *widget, LabImportRow *row);
typedef GtkWidget *(*Make) (LabImportTable *self);

typedef struct
{
  LabImportTable *table;
  Make make;
  Fill fill;
} Column;

static void
set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* Nothing is to be seen, but something is there: in GTK 4.8 the focus gets lost in a cell whose
 * widget is not visible. */
static void
show_control (GtkWidget *widget, gboolean shown, gboolean sensitive)
{
  gtk_widget_set_opacity (widget, shown ? 1 : 0);
  gtk_widget_set_sensitive (widget, shown && sensitive);
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, !shown, -1);
}

/* Of a widget of a cell, or one inside it. */
static LabImportRow *
row_of (GtkWidget *widget)
{
  LabImportRow *row = g_object_get_data (G_OBJECT (widget), "row");

  return row != NULL ? row : g_object_get_data (G_OBJECT (gtk_widget_get_parent (widget)), "row");
}

/* --- load --- */

static void
toggled_cb (GtkCheckButton *check, LabImportTable *self)
{
  LabImportRow *row = row_of (GTK_WIDGET (check));

  if (row == NULL || gtk_check_button_get_active (check) == lab_import_row_is_included (row))
    return;
  lab_import_row_set_left_out (row, !gtk_check_button_get_active (check));
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
make_check (LabImportTable *self)
{
  GtkWidget *check = gtk_check_button_new ();

  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
  return check;
}

static void
fill_check (LabImportTable *self, GtkWidget *widget, LabImportRow *row)
{
  g_autofree char *file = lab_import_row_dup_file (row);
  g_autofree char *label = g_strdup_printf (_ ("Load %s"), file);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), lab_import_row_is_included (row));
  show_control (widget, lab_import_row_get_item (row)->file != NULL,
                lab_import_row_may_load (row) && !self->locked);
  set_label (widget, label);
}

/* --- texts --- */

static GtkWidget *
make_text (LabImportTable *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* What is longer goes on below. */
static GtkWidget *
make_wrapped (LabImportTable *self, int min_chars, int max_chars)
{
  GtkWidget *label = make_text (self);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), min_chars);
  gtk_label_set_max_width_chars (GTK_LABEL (label), max_chars);
  return label;
}

static GtkWidget *
make_file (LabImportTable *self)
{
  return make_wrapped (self, MIN_FILE_CHARS, MAX_FILE_CHARS);
}

static GtkWidget *
make_fate (LabImportTable *self)
{
  return make_wrapped (self, MIN_FATE_CHARS, MAX_FATE_CHARS);
}

/* A name of which the middle is left out when it is long; the tooltip says all of it. */
static GtkWidget *
make_name (LabImportTable *self)
{
  GtkWidget *label = make_text (self);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), DEVICE_CHARS);
  return label;
}

static void
set_name (GtkWidget *label, const char *name)
{
  gtk_label_set_text (GTK_LABEL (label), name);
  gtk_widget_set_tooltip_text (label, g_utf8_strlen (name, -1) > DEVICE_CHARS ? name : NULL);
}

static void
fill_file (LabImportTable *self, GtkWidget *widget, LabImportRow *row)
{
  g_autofree char *file = lab_import_row_dup_file (row);

  gtk_label_set_text (GTK_LABEL (widget), file);
}

static void
fill_size (LabImportTable *self, GtkWidget *widget, LabImportRow *row)
{
  g_autofree char *size = lab_import_row_dup_size (row);

  gtk_label_set_text (GTK_LABEL (widget), size);
}

static const char *
class_of (LabImportRow *row)
{
  LabPutState state;

  if (!lab_import_row_get_result (row, &state))
    {
      if (lab_import_row_get_item (row)->fate == LAB_CONFIG_NO_ROOM &&
          lab_import_row_is_included (row))
        return "error";
      return lab_import_row_is_included (row) ? NULL : "dim-label";
    }
  if (state == LAB_PUT_FAILED)
    return "error";
  return state == LAB_PUT_READY || state == LAB_PUT_LOADED ? "success" : NULL;
}

static void
fill_fate (LabImportTable *self, GtkWidget *widget, LabImportRow *row)
{
  static const char *const classes[] = { "error", "success", "dim-label" };
  g_autofree char *fate = lab_import_row_dup_fate (row);
  const char *class = class_of (row);

  gtk_label_set_text (GTK_LABEL (widget), fate);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (g_strcmp0 (class, classes[i]) == 0)
        gtk_widget_add_css_class (widget, classes[i]);
      else
        gtk_widget_remove_css_class (widget, classes[i]);
    }
}

/* --- device --- */

static guint
position_of (LabImportTable *self, const char *device)
{
  for (guint i = NOBODY + 1; device != NULL; i++)
    {
      const char *name = gtk_string_list_get_string (self->devices, i);

      if (name == NULL)
        break;
      if (g_str_equal (name, device))
        return i;
    }
  return NOBODY;
}

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, LabImportTable *self)
{
  LabImportRow *row = row_of (GTK_WIDGET (drop_down));
  guint selected = gtk_drop_down_get_selected (drop_down);
  const char *device = gtk_string_list_get_string (self->devices, selected);

  if (row == NULL || device == NULL ||
      selected == position_of (self, lab_import_row_get_item (row)->node))
    return;
  g_signal_emit (self, signals[DEVICE_CHOSEN], 0, row, selected == NOBODY ? "" : device);
}

static void
setup_name_cb (GtkListItemFactory *factory, GtkListItem *item, LabImportTable *self)
{
  gtk_list_item_set_child (item, make_name (self));
}

static void
bind_name_cb (GtkListItemFactory *factory, GtkListItem *item, LabImportTable *self)
{
  GtkStringObject *device = gtk_list_item_get_item (item);

  set_name (gtk_list_item_get_child (item), gtk_string_object_get_string (device));
}

static GtkWidget *
make_device (LabImportTable *self)
{
  GtkExpression *name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->devices)), name);
  g_autoptr (GtkListItemFactory) names = gtk_signal_list_item_factory_new ();
  GtkWidget *stack = gtk_stack_new ();

  g_signal_connect_object (names, "setup", G_CALLBACK (setup_name_cb), self, 0);
  g_signal_connect_object (names, "bind", G_CALLBACK (bind_name_cb), self, 0);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (drop_down), names);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down),
                                   g_list_model_get_n_items (G_LIST_MODEL (self->devices)) >
                                       SEARCH_FROM);
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  gtk_stack_add_named (GTK_STACK (stack), drop_down, "choice");
  /* One without a file has nothing to choose. */
  gtk_stack_add_named (GTK_STACK (stack), make_name (self), "name");
  return stack;
}

static void
fill_device (LabImportTable *self, GtkWidget *widget, LabImportRow *row)
{
  const LabConfigItem *item = lab_import_row_get_item (row);
  GtkStack *stack = GTK_STACK (widget);
  GtkWidget *choice = gtk_stack_get_child_by_name (stack, "choice");
  g_autofree char *file = lab_import_row_dup_file (row);
  g_autofree char *label = g_strdup_printf (_ ("Device for %s"), file);

  set_name (gtk_stack_get_child_by_name (stack, "name"), item->node != NULL ? item->node : "");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), position_of (self, item->node));
  gtk_widget_set_sensitive (choice, !self->locked);
  set_label (choice, label);
  gtk_stack_set_visible_child_name (stack, item->file != NULL ? "choice" : "name");
}

/* --- view --- */

static void
compare_cb (GtkButton *button, LabImportTable *self)
{
  LabImportRow *row = row_of (GTK_WIDGET (button));

  if (row != NULL)
    g_signal_emit (self, signals[COMPARE], 0, row);
}

static GtkWidget *
make_compare (LabImportTable *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-dual-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (compare_cb), self, 0);
  return button;
}

static void
fill_compare (LabImportTable *self, GtkWidget *widget, LabImportRow *row)
{
  const LabConfigItem *item = lab_import_row_get_item (row);
  g_autofree char *file = lab_import_row_dup_file (row);
  g_autofree char *label =
      item->now != NULL ? g_strdup_printf (_ ("Compare %s With What the Device Has Saved"), file)
                        : g_strdup_printf (_ ("View %s"), file);

  show_control (widget, item->text != NULL, TRUE);
  gtk_widget_set_tooltip_text (widget, label);
  set_label (widget, label);
}

static void
activate_cb (LabImportTable *self, guint position)
{
  g_autoptr (LabImportRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (row != NULL && lab_import_row_get_item (row)->text != NULL)
    g_signal_emit (self, signals[COMPARE], 0, row);
}

/* --- columns --- */

static void
refill (GtkListItem *cell, LabImportRow *row)
{
  const Column *column = g_object_get_data (G_OBJECT (cell), "column");

  column->fill (column->table, gtk_list_item_get_child (cell), row);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *cell, Column *column)
{
  g_object_set_data (G_OBJECT (cell), "column", column);
  gtk_list_item_set_child (cell, column->make (column->table));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *cell, Column *column)
{
  LabImportRow *row = gtk_list_item_get_item (cell);
  GtkWidget *child = gtk_list_item_get_child (cell);

  /* What the widget says while it is filled is about nobody. */
  g_object_set_data (G_OBJECT (child), "row", NULL);
  refill (cell, row);
  g_object_set_data (G_OBJECT (child), "row", row);
  g_signal_connect_object (row, "changed", G_CALLBACK (refill), cell, G_CONNECT_SWAPPED);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *cell, Column *column)
{
  GtkWidget *child = gtk_list_item_get_child (cell);

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (cell), cell);
  if (child != NULL)
    g_object_set_data (G_OBJECT (child), "row", NULL);
}

static void
add_column (LabImportTable *self,
            GtkColumnView *view,
            const char *title,
            Make make,
            Fill fill,
            gboolean wide)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (title, factory);
  Column *column = g_new0 (Column, 1);

  column->table = self;
  column->make = make;
  column->fill = fill;
  g_object_set_data_full (G_OBJECT (factory), "column", column, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), column);
  gtk_column_view_column_set_expand (view_column, wide);
  gtk_column_view_append_column (view, view_column);
}

static GtkWidget *
make_view (LabImportTable *self)
{
  GtkSelectionModel *model =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  GtkWidget *widget = gtk_column_view_new (model);
  GtkColumnView *view = GTK_COLUMN_VIEW (widget);

  add_column (self, view, _ ("Load"), make_check, fill_check, FALSE);
  add_column (self, view, _ ("File"), make_file, fill_file, TRUE);
  add_column (self, view, _ ("Device"), make_device, fill_device, FALSE);
  add_column (self, view, _ ("Size"), make_text, fill_size, FALSE);
  add_column (self, view, _ ("What Happens"), make_fate, fill_fate, TRUE);
  add_column (self, view, NULL, make_compare, fill_compare, FALSE);
  gtk_widget_add_css_class (widget, "data-table");
  set_label (widget, _ ("Files and devices"));
  g_signal_connect_object (view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  lab_table_keys_listen (widget);
  return widget;
}

/* --- the table --- */

static void
lab_import_table_dispose (GObject *object)
{
  LabImportTable *self = LAB_IMPORT_TABLE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->rows);
  g_clear_object (&self->devices);
  G_OBJECT_CLASS (lab_import_table_parent_class)->dispose (object);
}

static void
lab_import_table_class_init (LabImportTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_import_table_dispose;
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_IMPORT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DEVICE_CHOSEN] =
      g_signal_new ("device-chosen", LAB_TYPE_IMPORT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, LAB_TYPE_IMPORT_ROW, G_TYPE_STRING);
  signals[COMPARE] = g_signal_new ("compare", LAB_TYPE_IMPORT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, LAB_TYPE_IMPORT_ROW);
}

static void
lab_import_table_init (LabImportTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = g_list_store_new (LAB_TYPE_IMPORT_ROW);
  self->devices = gtk_string_list_new (NULL);
  /* Translators: a file is for no device */
  gtk_string_list_append (self->devices, _ ("None"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_view (self));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

void
lab_import_table_set_devices (LabImportTable *self, const char *const *devices)
{
  for (guint i = 0; devices[i] != NULL; i++)
    gtk_string_list_append (self->devices, devices[i]);
}

/* The files come first, and they are those of before. */
static guint
update_rows (LabImportTable *self, GPtrArray *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint i;

  for (i = 0; i < n && i < items->len; i++)
    {
      g_autoptr (LabImportRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      const LabConfigItem *item = items->pdata[i];

      if (item->file == NULL || g_strcmp0 (lab_import_row_get_item (row)->file, item->file) != 0)
        break;
      lab_import_row_set_item (row, items, i);
    }
  return i;
}

void
lab_import_table_set_items (LabImportTable *self, GPtrArray *items)
{
  guint kept = update_rows (self, items);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = kept; i < items->len; i++)
    g_ptr_array_add (fresh, lab_import_row_new (items, i));
  g_list_store_splice (self->rows, kept, n - kept, fresh->pdata, fresh->len);
}

void
lab_import_table_lock (LabImportTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  self->locked = TRUE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LabImportRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      g_signal_emit_by_name (row, "changed");
    }
}

GListModel *
lab_import_table_get_rows (LabImportTable *self)
{
  return G_LIST_MODEL (self->rows);
}
