/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window "Import Configurations". When a file is given to another device the folder is looked
 * at once more, in a thread: what that means for the others is decided in one place. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-config-files.h"
#include "lab-import-table.h"
#include "lab-import-window.h"
#include "lab-runtime.h"
#include "lab-saved-put.h"
#include "lab-saved-window.h"

struct _LabImportWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *close;
  GtkButton *load;
  GtkSpinner *spinner;
  GtkWidget *progress;
  GtkLabel *summary;
  GtkLabel *problem;
  LabImportTable *table;

  LabSession *session; /* (nullable): closed */
  char *folder;
  GHashTable *chosen;
  guint n_scans;     /* under way */
  GPtrArray *loaded; /* (nullable): LabImportRow, as they are in the job */
};

G_DEFINE_FINAL_TYPE (LabImportWindow, lab_import_window, ADW_TYPE_WINDOW)

/* --- what is said of all --- */

typedef struct
{
  guint load;
  guint same;
  guint skipped;
  guint left;
  guint restart;
  const LabConfigItem *too_large; /* (nullable): the first */
} Counts;

static void
count_row (Counts *counts, LabImportRow *row)
{
  const LabConfigItem *item = lab_import_row_get_item (row);

  if (item->file == NULL)
    {
      counts->left++;
      return;
    }
  if (!lab_import_row_is_included (row))
    {
      counts->skipped++;
      return;
    }
  if (item->fate == LAB_CONFIG_NO_ROOM)
    {
      if (counts->too_large == NULL)
        counts->too_large = item;
      return;
    }
  counts->load++;
  counts->same += item->fate == LAB_CONFIG_SAME;
  counts->restart += lab_import_row_is_running (row);
}

static Counts
count (LabImportWindow *self)
{
  GListModel *rows = lab_import_table_get_rows (self->table);
  Counts counts = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (LabImportRow) row = g_list_model_get_item (rows, i);

      count_row (&counts, row);
    }
  return counts;
}

/* Nothing about none. @sentence: (transfer full) */
static void
add_sentence (GString *text, guint n, char *sentence)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
  g_free (sentence);
}

static char *
describe_plan (const Counts *counts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (counts->load == 0 && counts->too_large == NULL)
    g_string_append (text,
                     _ ("No configuration will be loaded. Choose the device of a file, if its "
                        "name does not say it."));
  add_sentence (text, counts->load,
                g_strdup_printf (ngettext ("%u configuration will be loaded.",
                                           "%u configurations will be loaded.", counts->load),
                                 counts->load));
  add_sentence (
      text, counts->same,
      g_strdup_printf (ngettext ("%u of them the device has saved already.",
                                 "%u of them the devices have saved already.", counts->same),
                       counts->same));
  add_sentence (
      text, counts->restart,
      g_strdup_printf (
          ngettext (
              "%u device that runs will be started again with it; what it has not saved is lost.",
              "%u devices that run will be started again with them; what they have not saved is "
              "lost.",
              counts->restart),
          counts->restart));
  add_sentence (text, counts->skipped,
                g_strdup_printf (ngettext ("%u file will be skipped.", "%u files will be skipped.",
                                           counts->skipped),
                                 counts->skipped));
  add_sentence (text, counts->left,
                g_strdup_printf (ngettext ("%u device will be left as it is.",
                                           "%u devices will be left as they are.", counts->left),
                                 counts->left));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_problem (LabImportWindow *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
show_plan (LabImportWindow *self)
{
  Counts counts = count (self);
  g_autofree char *plan = NULL;
  g_autofree char *problem = NULL;

  if (self->loaded != NULL)
    return;
  plan = describe_plan (&counts);
  if (counts.too_large != NULL)
    problem = g_strdup_printf (
        _ ("“%s” is too large for the NVRAM of %s. Leave it out, or give the device more NVRAM: "
           "until then nothing is loaded."),
        counts.too_large->file, counts.too_large->node);
  gtk_label_set_text (self->summary, plan);
  show_problem (self, problem);
  gtk_button_set_label (self->load, counts.restart > 0 ? _ ("_Load and Restart") : _ ("_Load"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->load),
                            counts.load > 0 && counts.too_large == NULL && self->n_scans == 0);
}

/* --- who runs --- */

static LabNode *
node_of (LabImportWindow *self, LabImportRow *row)
{
  const char *name = lab_import_row_get_item (row)->node;

  return name != NULL ? lab_topology_find_node (lab_session_get_topology (self->session), name)
                      : NULL;
}

/* @node: (nullable): all */
static void
update_running (LabImportWindow *self, LabNode *node)
{
  GListModel *rows = lab_import_table_get_rows (self->table);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (LabImportRow) row = g_list_model_get_item (rows, i);
      LabNode *owner = node_of (self, row);

      if (node == NULL || owner == node)
        lab_import_row_set_running (
            row, owner != NULL && lab_run_state_is_running (lab_node_get_run_state (owner)));
    }
  show_plan (self);
}

static void
node_state_cb (LabImportWindow *self, LabNode *node)
{
  if (self->session != NULL)
    update_running (self, node);
}

/* --- another device --- */

static void
show_items (LabImportWindow *self, GPtrArray *items)
{
  lab_import_table_set_items (self->table, items);
  update_running (self, NULL);
}

static void
scanned_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = lab_config_files_scan_finish (result, &error);

  self->n_scans--;
  /* The answer to the last question counts. */
  if (self->session == NULL || self->n_scans > 0)
    return;
  gtk_spinner_set_spinning (self->spinner, FALSE);
  if (items != NULL)
    {
      show_items (self, items);
      return;
    }
  show_problem (self, error->message);
  gtk_widget_set_sensitive (GTK_WIDGET (self->load), FALSE);
}

static void
device_chosen_cb (LabImportWindow *self, LabImportRow *row, const char *device)
{
  g_hash_table_insert (self->chosen, g_strdup (lab_import_row_get_item (row)->file),
                       g_strdup (device));
  self->n_scans++;
  gtk_spinner_set_spinning (self->spinner, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->load), FALSE);
  lab_config_files_scan_async (self->session, self->folder, self->chosen, scanned_cb,
                               g_object_ref (self));
}

static void
compare_cb (LabImportWindow *self, LabImportRow *row)
{
  const LabConfigItem *item = lab_import_row_get_item (row);
  g_autofree char *file = lab_import_row_dup_file (row);
  const char *title = item->node != NULL ? item->node : file;

  if (item->now != NULL)
    lab_saved_window_compare (GTK_WIDGET (self), title, _ ("Saved in the Device"), item->now, file,
                              item->text);
  else
    lab_saved_window_show (GTK_WIDGET (self), title, file, item->text);
}

/* --- load --- */

static void
show_progress (LabImportWindow *self, LabPutConfigs *job)
{
  guint n = lab_put_configs_get_n (job);
  guint done = lab_put_configs_count (job, LAB_PUT_LOADED) +
               lab_put_configs_count (job, LAB_PUT_READY) +
               lab_put_configs_count (job, LAB_PUT_FAILED);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u of %u device is done.", "%u of %u devices are done.", n), done, n);

  gtk_label_set_text (self->summary, text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), (double) done / MAX (n, 1));
}

static void
put_changed_cb (LabPutConfigs *job, guint index, LabImportWindow *self)
{
  if (self->session == NULL)
    return;
  lab_import_row_set_result (self->loaded->pdata[index], lab_put_configs_get_state (job, index),
                             lab_put_configs_get_text (job, index));
  show_progress (self, job);
}

static char *
describe_end (LabPutConfigs *job)
{
  guint ready = lab_put_configs_count (job, LAB_PUT_READY);
  guint loaded = lab_put_configs_count (job, LAB_PUT_LOADED);
  g_autoptr (GString) text = g_string_new (NULL);

  add_sentence (text, ready,
                g_strdup_printf (ngettext ("%u device is loaded and ready.",
                                           "%u devices are loaded and ready.", ready),
                                 ready));
  add_sentence (
      text, loaded,
      g_strdup_printf (ngettext ("%u device is loaded and starts with it the next time.",
                                 "%u devices are loaded and start with it the next time.", loaded),
                       loaded));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_end (LabImportWindow *self, LabPutConfigs *job)
{
  guint failed = lab_put_configs_count (job, LAB_PUT_FAILED);
  g_autofree char *text = describe_end (job);
  g_autofree char *problem =
      g_strdup_printf (ngettext ("%u device has not taken its configuration, or is not ready with "
                                 "it; its row says why.",
                                 "%u devices have not taken their configurations, or are not ready "
                                 "with them; their rows say why.",
                                 failed),
                       failed);

  gtk_widget_set_visible (self->progress, FALSE);
  gtk_label_set_text (self->summary, text);
  show_problem (self, failed > 0 ? problem : NULL);
}

/* What is needed when the window is closed by then. */
typedef struct
{
  LabImportWindow *window;
  LabPutConfigs *job;
} Loading;

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Loading *loading = user_data;
  g_autoptr (LabImportWindow) self = loading->window;
  g_autoptr (LabPutConfigs) job = loading->job;
  LabSession *session = LAB_SESSION (object);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  lab_saved_put_finish (result, &error);
  if (self->session != NULL)
    {
      show_end (self, job);
      return;
    }
  text = describe_end (job);
  if (error != NULL)
    lab_session_say (session, LAB_SESSION_ERROR, _ ("Not all configurations could be imported"),
                     error->message);
  else
    lab_session_say (session, LAB_SESSION_INFO, text, NULL);
}

/* A VLAN database that no file is for would be that of the configuration before. */
static void
add_to_job (LabPutConfigs *job, LabNode *node, const LabConfigItem *item)
{
  g_autoptr (GBytes) vlans =
      item->vlans != NULL ? g_bytes_ref (item->vlans) : g_bytes_new (NULL, 0);

  lab_put_configs_add (job, node, item->text, vlans);
}

static LabPutConfigs *
make_job (LabImportWindow *self)
{
  GListModel *rows = lab_import_table_get_rows (self->table);
  LabPutConfigs *job = lab_put_configs_new ();

  self->loaded = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (LabImportRow) row = g_list_model_get_item (rows, i);
      LabNode *node = node_of (self, row);

      if (!lab_import_row_is_included (row))
        continue;
      if (node == NULL)
        {
          lab_import_row_set_result (row, LAB_PUT_FAILED,
                                     _ ("The device was removed from the lab meanwhile."));
          continue;
        }
      add_to_job (job, node, lab_import_row_get_item (row));
      g_ptr_array_add (self->loaded, g_steal_pointer (&row));
    }
  return job;
}

static void
load_cb (LabImportWindow *self)
{
  g_autoptr (LabPutConfigs) job = make_job (self);
  Loading *loading;

  gtk_widget_set_visible (GTK_WIDGET (self->load), FALSE);
  gtk_button_set_label (self->close, _ ("_Close"));
  gtk_widget_grab_focus (GTK_WIDGET (self->close));
  lab_import_table_lock (self->table);
  if (self->loaded->len == 0)
    {
      show_end (self, job);
      return;
    }
  gtk_widget_set_visible (self->progress, TRUE);
  show_progress (self, job);
  g_signal_connect_object (job, "changed", G_CALLBACK (put_changed_cb), self, 0);
  loading = g_new0 (Loading, 1);
  loading->window = g_object_ref (self);
  loading->job = g_object_ref (job);
  lab_saved_put_async (self->session, job, loaded_cb, loading);
}

/* --- the window --- */

static void
lab_import_window_dispose (GObject *object)
{
  LabImportWindow *self = LAB_IMPORT_WINDOW (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (lab_import_window_parent_class)->dispose (object);
}

static void
lab_import_window_finalize (GObject *object)
{
  LabImportWindow *self = LAB_IMPORT_WINDOW (object);

  g_free (self->folder);
  g_hash_table_unref (self->chosen);
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
  G_OBJECT_CLASS (lab_import_window_parent_class)->finalize (object);
}

static void
lab_import_window_class_init (LabImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = lab_import_window_finalize;
  g_type_ensure (LAB_TYPE_IMPORT_TABLE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LabImportWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LabImportWindow, close);
  gtk_widget_class_bind_template_child (widget_class, LabImportWindow, load);
  gtk_widget_class_bind_template_child (widget_class, LabImportWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, LabImportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, LabImportWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, LabImportWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, LabImportWindow, table);
  gtk_widget_class_bind_template_callback (widget_class, load_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_plan);
  gtk_widget_class_bind_template_callback (widget_class, device_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
}

static void
lab_import_window_init (LabImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
lab_import_window_present (GtkWindow *parent,
                           LabSession *session,
                           const char *folder,
                           GPtrArray *items)
{
  LabImportWindow *self = g_object_new (LAB_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  g_autofree char *name = g_filename_display_basename (folder);
  g_auto (GStrv) devices = lab_config_files_devices (session);

  self->session = g_object_ref (session);
  self->folder = g_strdup (folder);
  adw_window_title_set_subtitle (self->title, name);
  lab_import_table_set_devices (self->table, (const char *const *) devices);
  show_items (self, items);
  g_signal_connect_object (session, "node-state", G_CALLBACK (node_state_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
}
