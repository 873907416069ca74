/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The actions of a console and its context menu. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include <glib/gi18n.h>

#include "lab-terminal-private.h"
#include "lab-terminal-text.h"

#define ZOOM_STEP 1.1
#define ZOOM_MIN  0.5
#define ZOOM_MAX  4.0

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabTerminal *self = LAB_TERMINAL (widget);

  if (vte_terminal_get_has_selection (self->vte))
    vte_terminal_copy_clipboard_format (self->vte, VTE_FORMAT_TEXT);
}

static void
clipboard_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabTerminal) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);

  /* The widget may have gone in the meantime. */
  if (text != NULL && self->vte != NULL)
    lab_terminal_paste_text (self, text);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);

  gdk_clipboard_read_text_async (clipboard, NULL, clipboard_cb, g_object_ref (widget));
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  vte_terminal_select_all (LAB_TERMINAL (widget)->vte);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_terminal_search_open (LAB_TERMINAL_SEARCH (LAB_TERMINAL (widget)->search));
}

static void
find_next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_terminal_search_next (LAB_TERMINAL_SEARCH (LAB_TERMINAL (widget)->search));
}

static void
find_previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_terminal_search_previous (LAB_TERMINAL_SEARCH (LAB_TERMINAL (widget)->search));
}

static void
set_zoom (LabTerminal *self, double scale)
{
  vte_terminal_set_font_scale (self->vte, CLAMP (scale, ZOOM_MIN, ZOOM_MAX));
}

static void
zoom_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabTerminal *self = LAB_TERMINAL (widget);

  set_zoom (self, vte_terminal_get_font_scale (self->vte) * ZOOM_STEP);
}

static void
zoom_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabTerminal *self = LAB_TERMINAL (widget);

  set_zoom (self, vte_terminal_get_font_scale (self->vte) / ZOOM_STEP);
}

static void
zoom_reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_zoom (LAB_TERMINAL (widget), 1);
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_terminal_text_clear (LAB_TERMINAL (widget)->vte);
}

static void
reconnect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_terminal_reconnect (LAB_TERMINAL (widget));
}

void
lab_terminal_install_actions (GtkWidgetClass *klass)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "terminal.copy", copy_action },
    { "terminal.paste", paste_action },
    { "terminal.select-all", select_all_action },
    { "terminal.find", find_action },
    { "terminal.find-next", find_next_action },
    { "terminal.find-previous", find_previous_action },
    { "terminal.zoom-in", zoom_in_action },
    { "terminal.zoom-out", zoom_out_action },
    { "terminal.zoom-reset", zoom_reset_action },
    { "terminal.clear", clear_action },
    { "terminal.reconnect", reconnect_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
}

/* --- context menu --- */

static void
append_item (GMenu *menu, const char *label, const char *action, const char *accel)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  if (accel != NULL)
    g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (menu, item);
}

static GMenuModel *
build_menu (LabTerminal *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();
  g_autoptr (GMenu) view = g_menu_new ();

  append_item (edit, _ ("_Copy"), "terminal.copy", "<Ctrl><Shift>c");
  append_item (edit, _ ("_Paste"), "terminal.paste", "<Ctrl><Shift>v");
  append_item (edit, _ ("Select _All"), "terminal.select-all", "<Ctrl><Shift>a");
  append_item (view, _ ("_Find…"), "terminal.find", "<Ctrl><Shift>f");
  append_item (view, _ ("C_lear"), "terminal.clear", "<Ctrl><Shift>k");
  append_item (view, _ ("_Reconnect"), "terminal.reconnect", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (view));
  if (self->extra_menu != NULL)
    g_menu_append_section (menu, NULL, self->extra_menu);
  return G_MENU_MODEL (menu);
}

static void
popup_menu (LabTerminal *self, double x, double y)
{
  g_autoptr (GMenuModel) model = build_menu (self);

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* The terminal is not to have it: it would extend the selection. */
static void
secondary_pressed_cb (GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* Only now: GTK loses count of the buttons if a menu comes between press and release. */
static void
secondary_released_cb (LabTerminal *self, int n_press, double x, double y)
{
  double at_x;
  double at_y;

  gtk_widget_translate_coordinates (GTK_WIDGET (self->vte), GTK_WIDGET (self), x, y, &at_x, &at_y);
  popup_menu (self, at_x, at_y);
}

/* By key. Where the cursor is on the screen VTE does not say (see lab-terminal-text.c). */
static gboolean
menu_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  popup_menu (user_data, gtk_widget_get_width (widget) / 4.0, gtk_widget_get_height (widget) / 4.0);
  return GDK_EVENT_STOP;
}

static void
add_menu_key (LabTerminal *self, guint keyval, GdkModifierType modifiers)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (keyval, modifiers);
  GtkShortcutAction *action = gtk_callback_action_new (menu_key_cb, self, NULL);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (trigger, action));
  gtk_widget_add_controller (GTK_WIDGET (self->vte), keys);
}

void
lab_terminal_init_menu (LabTerminal *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (secondary_pressed_cb), NULL);
  g_signal_connect_swapped (click, "released", G_CALLBACK (secondary_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->vte), GTK_EVENT_CONTROLLER (click));
  add_menu_key (self, GDK_KEY_Menu, 0);
  add_menu_key (self, GDK_KEY_F10, GDK_SHIFT_MASK);
}

void
lab_terminal_update_actions (LabTerminal *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "terminal.copy",
                                 vte_terminal_get_has_selection (self->vte));
}
