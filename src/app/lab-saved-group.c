/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of saved configurations in the inspector. Its rows are made anew whenever the history's
 * folder changes; reading happens in threads, and an answer for another node is dropped. What is
 * done with one of them: lab-saved-group-jobs.c. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-runtime.h"
#include "lab-saved-group-private.h"

#define REFRESH_MS 150
#define FEW        5

G_DEFINE_FINAL_TYPE (LabSavedGroup, lab_saved_group, ADW_TYPE_PREFERENCES_GROUP)

/* --- rows --- */

guint
lab_saved_group_previous (LabSavedGroup *self, guint number)
{
  guint previous = 0;

  for (guint i = 0; self->state != NULL && i < self->state->entries->len; i++)
    {
      guint at = g_array_index (self->state->entries, LabSavedEntry, i).number;

      if (at < number)
        previous = at;
    }
  return previous;
}

static void
append_item (GMenu *menu, const char *label, const char *action, guint number)
{
  g_autofree char *detailed = g_strdup_printf ("%s(uint32 %u)", action, number);

  g_menu_append (menu, label, detailed);
}

static GtkWidget *
make_menu (guint number, guint previous)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *label = g_strdup_printf (_ ("Actions for configuration %u"), number);

  append_item (menu, _ ("_View"), "saved.view", number);
  if (previous != 0)
    append_item (menu, _ ("Compare With _Previous"), "saved.compare-previous", number);
  append_item (menu, _ ("Compare With _Start Configuration"), "saved.compare-start", number);
  append_item (menu, _ ("_Restore…"), "saved.restore", number);
  append_item (menu, _ ("_Take as Start Configuration"), "saved.take", number);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

static char *
time_text (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return date != NULL ? g_date_time_format (date, "%x %X") : g_strdup ("");
}

static void
add_row (LabSavedGroup *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_entry (LabSavedGroup *self, const LabSavedEntry *entry, gboolean current)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = time_text (entry->last);
  g_autofree char *size = g_format_size (entry->size);
  g_autofree char *subtitle = NULL;

  /* Translators: the number of a saved configuration, and its size. */
  subtitle = g_strdup_printf (current ? _ ("No. %u · %s · starts with this") : _ ("No. %u · %s"),
                              entry->number, size);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      make_menu (entry->number, lab_saved_group_previous (self, entry->number)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "saved.view");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "u", entry->number);
  add_row (self, row);
}

static void
add_more (LabSavedGroup *self, guint n)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf (ngettext ("Show All %u", "Show All %u", (gulong) n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "saved.show-all");
  add_row (self, row);
}

static void
clear_rows (LabSavedGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
show_state (LabSavedGroup *self)
{
  guint n = self->state != NULL ? self->state->entries->len : 0;
  guint shown = self->all || n <= FEW + 1 ? n : FEW;

  clear_rows (self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         n == 0 ? _ ("The device has saved nothing yet.") : NULL);
  for (guint i = 0; i < shown; i++)
    add_entry (self, &g_array_index (self->state->entries, LabSavedEntry, n - 1 - i),
               i == 0 && self->state->current);
  if (shown < n)
    add_more (self, n);
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabSavedGroup *self = LAB_SAVED_GROUP (widget);

  self->all = TRUE;
  show_state (self);
}

/* --- following the files --- */

static gboolean
refresh_timeout (gpointer user_data)
{
  LabSavedGroup *self = user_data;

  self->refresh_timer = 0;
  lab_saved_group_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (LabSavedGroup *self)
{
  if (self->refresh_timer == 0)
    self->refresh_timer = g_timeout_add (REFRESH_MS, refresh_timeout, self);
}

static gboolean
is_entry (GFile *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  LabSavedEntry entry;

  return name != NULL && lab_saved_parse_name (name, &entry);
}

/* Reading takes a lock beside the entries, which is not news. An entry comes by being renamed. */
static void
folder_changed_cb (LabSavedGroup *self, GFile *file, GFile *other)
{
  if (is_entry (file) || is_entry (other))
    refresh_soon (self);
}

static void
stop_watching (LabSavedGroup *self)
{
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
}

static void
watch (LabSavedGroup *self)
{
  g_autofree char *path = g_build_filename (self->work, LAB_SAVED_FOLDER, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (folder_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static gboolean
same_state (const LabSavedState *a, const LabSavedState *b)
{
  return a != NULL && a->current == b->current && a->entries->len == b->entries->len &&
         (a->entries->len == 0 || memcmp (a->entries->data, b->entries->data,
                                          a->entries->len * sizeof (LabSavedEntry)) == 0);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabSavedGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  LabSavedState *state = lab_saved_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  /* A folder can be watched when it is there; what came meanwhile is looked for once more. */
  if (state != NULL && state->there && self->monitor == NULL)
    {
      watch (self);
      refresh_soon (self);
    }
  if (state == NULL)
    {
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), error->message);
      return;
    }
  /* A menu that is open stays. */
  if (same_state (self->state, state))
    {
      lab_saved_state_free (state);
      return;
    }
  g_clear_pointer (&self->state, lab_saved_state_free);
  self->state = state;
  show_state (self);
}

static void
cancel (LabSavedGroup *self)
{
  g_clear_handle_id (&self->refresh_timer, g_source_remove);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

void
lab_saved_group_refresh (LabSavedGroup *self)
{
  cancel (self);
  if (self->node == NULL || self->work == NULL)
    return;
  self->loading = g_cancellable_new ();
  lab_saved_load_async (self->work, lab_node_get_id (self->node),
                        lab_run_state_is_running (lab_node_get_run_state (self->node)),
                        self->loading, loaded_cb, g_object_ref (self));
}

static void
node_state_cb (LabSavedGroup *self, LabNode *node)
{
  if (node == self->node)
    refresh_soon (self);
}

static void
lab_saved_group_dispose (GObject *object)
{
  LabSavedGroup *self = LAB_SAVED_GROUP (object);

  cancel (self);
  stop_watching (self);
  g_clear_object (&self->node);
  g_clear_object (&self->session);
  g_clear_pointer (&self->work, g_free);
  g_clear_pointer (&self->state, lab_saved_state_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (lab_saved_group_parent_class)->dispose (object);
}

static void
lab_saved_group_class_init (LabSavedGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_saved_group_dispose;
  lab_saved_group_install_jobs (widget_class);
  gtk_widget_class_install_action (widget_class, "saved.show-all", NULL, show_all_action);
}

/* The window's action, for those selected: the device that is shown. */
static GtkWidget *
make_reset (void)
{
  /* A word would leave no room for the title in other languages. */
  GtkWidget *button = gtk_button_new_from_icon_name ("document-revert-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Back to the start configuration"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back to the start configuration"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.reset-configs");
  return button;
}

static void
lab_saved_group_init (LabSavedGroup *self)
{
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), make_reset ());
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Saved Configurations"));
}

void
lab_saved_group_set_session (LabSavedGroup *self, LabSession *session)
{
  g_return_if_fail (LAB_IS_SAVED_GROUP (self));

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "node-state", G_CALLBACK (node_state_cb), self,
                           G_CONNECT_SWAPPED);
}

void
lab_saved_group_set_node (LabSavedGroup *self, LabNode *node)
{
  LabNode *device = node != NULL && lab_node_get_kind (node) == LAB_NODE_IOU ? node : NULL;

  g_return_if_fail (LAB_IS_SAVED_GROUP (self));

  gtk_widget_set_visible (GTK_WIDGET (self), device != NULL);
  cancel (self);
  stop_watching (self);
  g_set_object (&self->node, device);
  g_clear_pointer (&self->work, g_free);
  g_clear_pointer (&self->state, lab_saved_state_free);
  self->all = FALSE;
  clear_rows (self);
  if (device == NULL)
    return;
  self->work = lab_saved_work (lab_topology_get_uuid (lab_session_get_topology (self->session)),
                               lab_node_get_id (device));
  lab_saved_group_refresh (self);
}
