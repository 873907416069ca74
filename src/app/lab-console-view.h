/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-console-tab.h"

G_BEGIN_DECLS

#define LAB_TYPE_CONSOLE_VIEW (lab_console_view_get_type ())
G_DECLARE_FINAL_TYPE (LabConsoleView, lab_console_view, LAB, CONSOLE_VIEW, GtkWidget)

/* Consoles as tabs: what the pane of a window and a window of their own have in common. Tabs can be
 * dragged from one view to another.
 *
 * Properties: "n-pages" (uint).
 * Signals: "detach" (AdwTabPage): the page is to go to a view of its own; the handler returns that
 *          view's AdwTabView.
 * Actions: "tab.close", "tab.close-others", "tab.detach", "tab.reconnect", "tab.copy-all", "tab.save",
 *          "tab.next", "tab.previous": of the tab whose menu is open, else of the selected one. */

/* Without tabs. (transfer floating) */
GtkWidget     *lab_console_view_new          (void);
/* The page is not selected. */
void           lab_console_view_add          (LabConsoleView *self, LabConsoleTab *tab);
AdwTabView    *lab_console_view_get_tabs     (LabConsoleView *self);
guint          lab_console_view_get_n_pages  (LabConsoleView *self);
LabConsoleTab *lab_console_view_get_selected (LabConsoleView *self); /* (nullable) */
/* @widget: (nullable): at the end of the row of tabs. */
void           lab_console_view_set_end_widget (LabConsoleView *self, GtkWidget *widget);
/* Selects the page of @tab in whichever view it is. */
void           lab_console_view_select       (LabConsoleTab *tab);
/* The page of @tab; %NULL while it is in none. */
AdwTabPage    *lab_console_view_find_page    (LabConsoleTab *tab, AdwTabView **view);

G_END_DECLS
