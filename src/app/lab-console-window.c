/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window with consoles that were taken out of the pane. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-console-window.h"

struct _LabConsoleWindow
{
  AdwWindow parent_instance;

  LabSession *session;
  AdwWindowTitle *title;
  LabConsoleView *view;
  guint close_id;
};

G_DEFINE_FINAL_TYPE (LabConsoleWindow, lab_console_window, ADW_TYPE_WINDOW)

static void
update_title (LabConsoleWindow *self)
{
  LabConsoleTab *tab = lab_console_view_get_selected (self->view);
  const char *name = tab != NULL ? lab_console_tab_get_name (tab) : "";
  const char *lab = lab_session_get_title (self->session);
  g_autofree char *whole = g_strdup_printf ("%s – %s", name, lab);

  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, lab);
  gtk_window_set_title (GTK_WINDOW (self), whole);
}

static gboolean
close_cb (gpointer user_data)
{
  LabConsoleWindow *self = user_data;

  self->close_id = 0;
  if (lab_console_view_get_n_pages (self->view) == 0)
    gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/* Not at once: the last page is still being taken out. */
static void
n_pages_cb (LabConsoleWindow *self)
{
  if (lab_console_view_get_n_pages (self->view) == 0 && self->close_id == 0)
    self->close_id = g_idle_add (close_cb, self);
}

static void
watch_page (LabConsoleWindow *self, AdwTabPage *page)
{
  g_signal_connect_object (page, "notify::title", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
}

static void
unwatch_page (LabConsoleWindow *self, AdwTabPage *page)
{
  g_signal_handlers_disconnect_by_func (page, update_title, self);
}

static void
lab_console_window_dispose (GObject *object)
{
  LabConsoleWindow *self = LAB_CONSOLE_WINDOW (object);
  AdwTabView *tabs = self->view != NULL ? lab_console_view_get_tabs (self->view) : NULL;

  g_clear_handle_id (&self->close_id, g_source_remove);
  if (tabs != NULL)
    g_signal_handlers_disconnect_by_data (tabs, self);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  self->view = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_console_window_parent_class)->dispose (object);
}

static void
lab_console_window_class_init (LabConsoleWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_console_window_dispose;
}

static void
lab_console_window_init (LabConsoleWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  AdwTabView *tabs;

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  self->view = LAB_CONSOLE_VIEW (lab_console_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 760, 520);

  tabs = lab_console_view_get_tabs (self->view);
  g_signal_connect_swapped (tabs, "notify::selected-page", G_CALLBACK (update_title), self);
  g_signal_connect_swapped (tabs, "page-attached", G_CALLBACK (watch_page), self);
  g_signal_connect_swapped (tabs, "page-detached", G_CALLBACK (unwatch_page), self);
  g_signal_connect_swapped (self->view, "notify::n-pages", G_CALLBACK (n_pages_cb), self);
}

LabConsoleWindow *
lab_console_window_new (LabSession *session, GtkApplication *application)
{
  LabConsoleWindow *self = g_object_new (LAB_TYPE_CONSOLE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::title", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  return self;
}

LabConsoleView *
lab_console_window_get_view (LabConsoleWindow *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_WINDOW (self), NULL);

  return self->view;
}
