/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window: what it is made of, and how it gets its lab. What it does is in the files beside. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-accels.h"
#include "lab-app-settings.h"
#include "lab-application.h"
#include "lab-recent.h"
#include "lab-start-page.h"
#include "lab-window-private.h"

G_DEFINE_FINAL_TYPE (LabWindow, lab_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- the title --- */

static void
update_title (LabWindow *self)
{
  const char *name = lab_session_get_title (self->session);
  const char *path = lab_session_get_path (self->session);
  gboolean modified = lab_session_get_modified (self->session);
  g_autofree char *title = NULL;
  g_autofree char *window_title = NULL;
  g_autofree char *place = NULL;

  if (name == NULL || *name == '\0')
    name = _ ("Untitled Lab");
  title = modified ? g_strdup_printf ("● %s", name) : g_strdup (name);
  place = path != NULL ? lab_recent_describe_path (path) : g_strdup (_ ("Not saved yet"));
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, place);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title),
                               modified ? _ ("There are unsaved changes") : NULL);
  /* Translators: the title of a window whose lab has unsaved changes. */
  window_title = modified ? g_strdup_printf (_ ("%s (edited) — Labwright"), name)
                          : g_strdup_printf (_ ("%s — Labwright"), name);
  gtk_window_set_title (GTK_WINDOW (self), window_title);
}

/* --- what depends on size --- */

static void
size_class_cb (LabWindow *self)
{
  LabSizeClass size_class = lab_adaptive_bin_get_size_class (self->bin);
  gboolean lab = self->session != NULL;

  lab_panes_set_size_class (self->panes, size_class);
  if (self->view != NULL)
    lab_canvas_view_set_small (self->view, size_class == LAB_SIZE_NARROW);
  gtk_widget_set_visible (self->edit_box, lab && size_class != LAB_SIZE_NARROW);
  gtk_widget_set_visible (self->search_button, lab && size_class != LAB_SIZE_NARROW);
  gtk_widget_set_visible (GTK_WIDGET (self->zoom_button), lab && size_class != LAB_SIZE_NARROW);
  gtk_widget_set_visible (GTK_WIDGET (self->running), lab && size_class == LAB_SIZE_WIDE);
  gtk_widget_set_visible (self->console_button, lab && size_class != LAB_SIZE_NARROW);
  gtk_widget_set_visible (self->run_box, lab);
  gtk_widget_set_visible (self->dock_button, lab);
  gtk_widget_set_visible (self->inspector_button, lab && size_class != LAB_SIZE_NARROW);
}

/* --- class --- */

static void
lab_window_dispose (GObject *object)
{
  LabWindow *self = LAB_WINDOW (object);

  g_clear_handle_id (&self->zoom_source, g_source_remove);
  self->canvas = NULL;
  self->view = NULL;
  self->consoles = NULL;
  self->inspector = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), LAB_TYPE_WINDOW);
  g_clear_object (&self->opening);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  g_clear_pointer (&self->needs, g_strfreev);

  G_OBJECT_CLASS (lab_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LabWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, bin);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, start_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, running);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, dock_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, inspector_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, console_button);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, run_box);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, edit_box);
  gtk_widget_class_bind_template_child (widget_class, LabWindow, panes);
  gtk_widget_class_bind_template_callback (widget_class, lab_window_recover_cb);
}

static void
lab_window_class_init (LabWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lab_window_close_request;

  g_type_ensure (LAB_TYPE_ADAPTIVE_BIN);
  g_type_ensure (LAB_TYPE_NOTICE);
  g_type_ensure (LAB_TYPE_PANES);
  g_type_ensure (LAB_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-window.ui");
  bind_children (widget_class);
}

/* What is pressed is the button inside, and it does not take over the name. */
static void
name_menu_button (GtkMenuButton *button, const char *name)
{
  GtkWidget *inside = gtk_widget_get_first_child (GTK_WIDGET (button));

  if (inside != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (inside), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

static void
lab_window_init (LabWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  name_menu_button (self->menu_button, _ ("Main Menu"));
  name_menu_button (self->zoom_button, _ ("Zoom"));
  lab_window_actions_init (self);
  lab_window_zoom_init (self);
  lab_window_run_init (self);
  lab_window_files_init (self);
  lab_window_take_init (self);
  lab_window_restore (self);
  g_signal_connect_object (self->bin, "notify::size-class", G_CALLBACK (size_class_cb), self,
                           G_CONNECT_SWAPPED);
  lab_accels_install (GTK_WINDOW (self));
  size_class_cb (self);
}

/* --- public --- */

LabWindow *
lab_window_new (GtkApplication *application)
{
  return g_object_new (LAB_TYPE_WINDOW, "application", application, NULL);
}

gboolean
lab_window_is_empty (LabWindow *self)
{
  g_return_val_if_fail (LAB_IS_WINDOW (self), FALSE);

  /* One that was closed has no parts any more. */
  return self->stack != NULL &&
         g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "start") == 0;
}

gboolean
lab_window_has_file (LabWindow *self, GFile *file)
{
  const char *path;
  g_autoptr (GFile) own = NULL;

  g_return_val_if_fail (LAB_IS_WINDOW (self), FALSE);

  if (self->opening != NULL && g_file_equal (self->opening, file))
    return TRUE;
  path = self->session != NULL ? lab_session_get_path (self->session) : NULL;
  if (path == NULL)
    return FALSE;
  own = g_file_new_for_path (path);

  return g_file_equal (own, file);
}

LabSession *
lab_window_get_session (LabWindow *self)
{
  g_return_val_if_fail (LAB_IS_WINDOW (self), NULL);

  return self->session;
}

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* That nothing runs is no error worth a word. */
  if (!lab_session_attach_finish (LAB_SESSION (source), result, &error) && error != NULL)
    g_debug ("attach: %s", error->message);
}

void
lab_window_set_session (LabWindow *self, LabSession *session)
{
  g_return_if_fail (LAB_IS_WINDOW (self));
  g_return_if_fail (LAB_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->selection = lab_selection_new (lab_session_get_topology (session));
  self->view = LAB_CANVAS_VIEW (lab_canvas_view_new (session, self->selection));
  self->canvas = lab_canvas_view_get_canvas (self->view);
  lab_panes_set_child (self->panes, LAB_PANE_CANVAS, GTK_WIDGET (self->view));

  lab_window_panes_attach (self);
  lab_window_say_attach (self);
  lab_window_actions_attach (self);
  lab_window_zoom_attach (self);
  lab_window_run_attach (self);
  lab_window_edit_attach (self);
  lab_window_items_attach (self);
  lab_window_capture_attach (self);
  lab_window_files_attach (self);
  lab_window_revert_attach (self);
  lab_window_rights_attach (self);
  lab_window_state_attach (self);
  lab_window_take_attach (self);
  lab_window_saved_attach (self);
  lab_window_configs_attach (self);
  lab_window_images_attach (self);
  lab_window_needs_attach (self);
  lab_window_menu_attach (self);
  lab_window_picture_attach (self);
  g_signal_connect_object (session, "notify::title", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::path", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::modified", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  update_title (self);
  gtk_stack_set_visible_child_name (self->stack, "lab");
  size_class_cb (self);
  lab_window_view_attach (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  lab_session_set_watched (session, TRUE);
  lab_session_attach_async (session, attached_cb, NULL);
}
