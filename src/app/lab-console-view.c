/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consoles as tabs. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-console-save.h"
#include "lab-console-view.h"

struct _LabConsoleView
{
  GtkWidget parent_instance;

  AdwTabBar *bar;
  AdwTabView *tabs;
  AdwTabPage *menu_page; /* (nullable): its menu is open */
  GMenuModel *extra_menu;
};

enum
{
  PROP_0,
  PROP_N_PAGES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint detach_signal;

G_DEFINE_FINAL_TYPE (LabConsoleView, lab_console_view, GTK_TYPE_WIDGET)

AdwTabPage *
lab_console_view_find_page (LabConsoleTab *tab, AdwTabView **view)
{
  GtkWidget *tabs = gtk_widget_get_ancestor (GTK_WIDGET (tab), ADW_TYPE_TAB_VIEW);

  if (view != NULL)
    *view = ADW_TAB_VIEW (tabs);
  return tabs != NULL ? adw_tab_view_get_page (ADW_TAB_VIEW (tabs), GTK_WIDGET (tab)) : NULL;
}

/* --- pages --- */

static void
update_page (LabConsoleTab *tab)
{
  AdwTabPage *page = lab_console_view_find_page (tab, NULL);
  g_autoptr (GIcon) icon = NULL;
  g_autofree char *tooltip = NULL;

  if (page == NULL)
    return;
  icon = g_themed_icon_new (lab_console_tab_get_icon (tab));
  tooltip = lab_console_tab_dup_tooltip (tab);
  adw_tab_page_set_title (page, lab_console_tab_get_name (tab));
  adw_tab_page_set_icon (page, icon);
  adw_tab_page_set_tooltip (page, tooltip);
}

/* A tab that one does not see said something. */
static void
output_cb (LabConsoleTab *tab)
{
  AdwTabPage *page = lab_console_view_find_page (tab, NULL);

  if (page != NULL && !adw_tab_page_get_selected (page) && !adw_tab_page_get_needs_attention (page))
    adw_tab_page_set_needs_attention (page, TRUE);
}

static void
selected_cb (LabConsoleView *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  if (page != NULL)
    adw_tab_page_set_needs_attention (page, FALSE);
}

static void
attached_cb (LabConsoleView *self, AdwTabPage *page)
{
  GtkWidget *child = adw_tab_page_get_child (page);
  LabTerminal *terminal = lab_console_tab_get_terminal (LAB_CONSOLE_TAB (child));

  g_signal_connect (child, "changed", G_CALLBACK (update_page), NULL);
  g_signal_connect (child, "output", G_CALLBACK (output_cb), NULL);
  lab_terminal_set_extra_menu (terminal, self->extra_menu);
  update_page (LAB_CONSOLE_TAB (child));
}

static void
detached_cb (LabConsoleView *self, AdwTabPage *page)
{
  GtkWidget *child = adw_tab_page_get_child (page);

  g_signal_handlers_disconnect_by_func (child, update_page, NULL);
  g_signal_handlers_disconnect_by_func (child, output_cb, NULL);
  if (self->menu_page == page)
    self->menu_page = NULL;
}

static void
n_pages_cb (LabConsoleView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PAGES]);
}

static AdwTabView *
create_window_cb (LabConsoleView *self)
{
  AdwTabView *tabs = NULL;

  g_signal_emit (self, detach_signal, 0, &tabs);
  return tabs;
}

/* --- actions --- */

static void
setup_menu_cb (LabConsoleView *self, AdwTabPage *page)
{
  self->menu_page = page;
}

static AdwTabPage *
meant_page (LabConsoleView *self)
{
  return self->menu_page != NULL ? self->menu_page : adw_tab_view_get_selected_page (self->tabs);
}

static LabConsoleTab *
meant_tab (LabConsoleView *self)
{
  AdwTabPage *page = meant_page (self);

  return page != NULL ? LAB_CONSOLE_TAB (adw_tab_page_get_child (page)) : NULL;
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabConsoleView *self = LAB_CONSOLE_VIEW (widget);
  AdwTabPage *page = meant_page (self);

  if (page != NULL)
    adw_tab_view_close_page (self->tabs, page);
}

static void
close_others_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabConsoleView *self = LAB_CONSOLE_VIEW (widget);
  AdwTabPage *page = meant_page (self);

  if (page != NULL)
    adw_tab_view_close_other_pages (self->tabs, page);
}

static void
detach_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabConsoleView *self = LAB_CONSOLE_VIEW (widget);
  LabConsoleTab *tab = meant_tab (self);
  AdwTabView *other;

  if (tab == NULL)
    return;
  other = create_window_cb (self);
  if (other == NULL)
    return;
  adw_tab_view_transfer_page (self->tabs, lab_console_view_find_page (tab, NULL), other, 0);
  gtk_widget_grab_focus (GTK_WIDGET (tab));
}

static void
reconnect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabConsoleTab *tab = meant_tab (LAB_CONSOLE_VIEW (widget));

  if (tab != NULL)
    lab_terminal_reconnect (lab_console_tab_get_terminal (tab));
}

static void
copy_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabConsoleTab *tab = meant_tab (LAB_CONSOLE_VIEW (widget));
  g_autofree char *text = NULL;

  if (tab == NULL)
    return;
  text = lab_terminal_dup_text (lab_console_tab_get_terminal (tab));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabConsoleTab *tab = meant_tab (LAB_CONSOLE_VIEW (widget));

  if (tab != NULL)
    lab_console_save (GTK_WINDOW (gtk_widget_get_root (widget)), tab);
}

static void
focus_selected (LabConsoleView *self)
{
  LabConsoleTab *tab = lab_console_view_get_selected (self);

  if (tab != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (tab));
}

static void
step (LabConsoleView *self, int by)
{
  int n = adw_tab_view_get_n_pages (self->tabs);
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);
  int at;

  if (page == NULL)
    return;
  at = (adw_tab_view_get_page_position (self->tabs, page) + by + n) % n;
  adw_tab_view_set_selected_page (self->tabs, adw_tab_view_get_nth_page (self->tabs, at));
  focus_selected (self);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (LAB_CONSOLE_VIEW (widget), 1);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (LAB_CONSOLE_VIEW (widget), -1);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabConsoleView *self = LAB_CONSOLE_VIEW (widget);
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  if (page == NULL)
    return;
  if (g_str_equal (name, "tab.move-left"))
    adw_tab_view_reorder_backward (self->tabs, page);
  else
    adw_tab_view_reorder_forward (self->tabs, page);
}

static void
select_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabConsoleView *self = LAB_CONSOLE_VIEW (widget);
  int at = g_variant_get_int32 (parameter);

  if (at >= adw_tab_view_get_n_pages (self->tabs))
    return;
  adw_tab_view_set_selected_page (self->tabs, adw_tab_view_get_nth_page (self->tabs, at));
  focus_selected (self);
}

/* For the context menu of a terminal: what its own menu lacks. (transfer full) */
static GMenuModel *
build_extra_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("Copy All _Output"), "tab.copy-all");
  g_menu_append (menu, _ ("_Save Output…"), "tab.save");
  g_menu_append (menu, _ ("_Detach"), "tab.detach");
  g_menu_append (menu, _ ("Clos_e"), "tab.close");
  return G_MENU_MODEL (menu);
}

/* (transfer full) */
static GMenuModel *
build_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) text = g_menu_new ();
  g_autoptr (GMenu) place = g_menu_new ();
  g_autoptr (GMenu) close = g_menu_new ();

  g_menu_append (text, _ ("Copy _All"), "tab.copy-all");
  g_menu_append (text, _ ("_Save Output…"), "tab.save");
  g_menu_append (place, _ ("_Detach"), "tab.detach");
  g_menu_append (place, _ ("_Reconnect"), "tab.reconnect");
  g_menu_append (close, _ ("Close _Others"), "tab.close-others");
  g_menu_append (close, _ ("_Close"), "tab.close");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (text));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (place));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (close));
  return G_MENU_MODEL (menu);
}

/* --- keys --- */

static void
add_shortcut (GtkEventController *keys, const char *trigger, const char *action)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                        gtk_named_action_new (action)));
}

/* In the capture phase: a terminal would send some of them to its device. */
static void
add_shortcuts (LabConsoleView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_shortcut (keys, "<Control>Page_Down|<Control>Tab", "tab.next");
  add_shortcut (keys, "<Control>Page_Up|<Control><Shift>Tab|<Control>ISO_Left_Tab", "tab.previous");
  add_shortcut (keys, "<Control><Shift>Page_Down", "tab.move-right");
  add_shortcut (keys, "<Control><Shift>Page_Up", "tab.move-left");
  add_shortcut (keys, "<Control><Shift>w", "tab.close");
  add_shortcut (keys, "<Control><Shift>d", "tab.detach");
  for (int i = 0; i < 9; i++)
    {
      g_autofree char *trigger = g_strdup_printf ("<Alt>%d", i + 1);
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                gtk_named_action_new ("tab.select"));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (i));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* --- the widget --- */

static void
lab_console_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_N_PAGES:
      g_value_set_uint (value, lab_console_view_get_n_pages (LAB_CONSOLE_VIEW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_console_view_dispose (GObject *object)
{
  LabConsoleView *self = LAB_CONSOLE_VIEW (object);
  GtkWidget *child;

  if (self->tabs != NULL)
    g_signal_handlers_disconnect_by_data (self->tabs, self);
  self->tabs = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->extra_menu);

  G_OBJECT_CLASS (lab_console_view_parent_class)->dispose (object);
}

static void
lab_console_view_class_init (LabConsoleViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lab_console_view_dispose;
  object_class->get_property = lab_console_view_get_property;
  properties[PROP_N_PAGES] = g_param_spec_uint ("n-pages", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  detach_signal = g_signal_new ("detach", LAB_TYPE_CONSOLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, ADW_TYPE_TAB_VIEW, 0);

  gtk_widget_class_install_action (widget_class, "tab.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "tab.close-others", NULL, close_others_action);
  gtk_widget_class_install_action (widget_class, "tab.detach", NULL, detach_action);
  gtk_widget_class_install_action (widget_class, "tab.reconnect", NULL, reconnect_action);
  gtk_widget_class_install_action (widget_class, "tab.copy-all", NULL, copy_all_action);
  gtk_widget_class_install_action (widget_class, "tab.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "tab.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "tab.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "tab.move-left", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "tab.move-right", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "tab.select", "i", select_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
lab_console_view_init (LabConsoleView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  g_autoptr (GMenuModel) menu = build_menu ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->extra_menu = build_extra_menu ();
  self->tabs = ADW_TAB_VIEW (adw_tab_view_new ());
  /* Ours hold only where a console is, and in a terminal too. */
  adw_tab_view_remove_shortcuts (self->tabs, ADW_TAB_VIEW_SHORTCUT_ALL_SHORTCUTS);
  adw_tab_view_set_menu_model (self->tabs, menu);
  gtk_widget_set_vexpand (GTK_WIDGET (self->tabs), TRUE);
  self->bar = ADW_TAB_BAR (adw_tab_bar_new ());
  adw_tab_bar_set_autohide (self->bar, FALSE);
  adw_tab_bar_set_view (self->bar, self->tabs);
  gtk_widget_set_parent (GTK_WIDGET (self->bar), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->tabs), GTK_WIDGET (self));
  g_signal_connect_swapped (self->tabs, "page-attached", G_CALLBACK (attached_cb), self);
  g_signal_connect_swapped (self->tabs, "page-detached", G_CALLBACK (detached_cb), self);
  g_signal_connect_swapped (self->tabs, "notify::n-pages", G_CALLBACK (n_pages_cb), self);
  g_signal_connect_swapped (self->tabs, "notify::selected-page", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->tabs, "create-window", G_CALLBACK (create_window_cb), self);
  g_signal_connect_swapped (self->tabs, "setup-menu", G_CALLBACK (setup_menu_cb), self);
  add_shortcuts (self);
}

GtkWidget *
lab_console_view_new (void)
{
  return g_object_new (LAB_TYPE_CONSOLE_VIEW, NULL);
}

void
lab_console_view_add (LabConsoleView *self, LabConsoleTab *tab)
{
  g_return_if_fail (LAB_IS_CONSOLE_VIEW (self));

  adw_tab_view_append (self->tabs, GTK_WIDGET (tab));
}

AdwTabView *
lab_console_view_get_tabs (LabConsoleView *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_VIEW (self), NULL);

  return self->tabs;
}

guint
lab_console_view_get_n_pages (LabConsoleView *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_VIEW (self), 0);

  return self->tabs != NULL ? (guint) adw_tab_view_get_n_pages (self->tabs) : 0;
}

LabConsoleTab *
lab_console_view_get_selected (LabConsoleView *self)
{
  AdwTabPage *page;

  g_return_val_if_fail (LAB_IS_CONSOLE_VIEW (self), NULL);

  page = adw_tab_view_get_selected_page (self->tabs);
  return page != NULL ? LAB_CONSOLE_TAB (adw_tab_page_get_child (page)) : NULL;
}

void
lab_console_view_set_end_widget (LabConsoleView *self, GtkWidget *widget)
{
  g_return_if_fail (LAB_IS_CONSOLE_VIEW (self));

  adw_tab_bar_set_end_action_widget (self->bar, widget);
}

void
lab_console_view_select (LabConsoleTab *tab)
{
  AdwTabView *view;
  AdwTabPage *page = lab_console_view_find_page (tab, &view);

  if (page == NULL)
    return;
  adw_tab_view_set_selected_page (view, page);
}
