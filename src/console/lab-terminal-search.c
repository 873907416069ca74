/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search bar of a console. VTE finds and selects; it does not count, so the count is made over
 * the text of the scroll-back, a moment after the last key. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include <glib/gi18n.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "lab-terminal-search.h"
#include "lab-terminal-text.h"

#define COUNT_DELAY_MS 200

struct _LabTerminalSearch
{
  GtkWidget parent_instance;

  VteTerminal *terminal; /* a sibling of ours; not owned */
  GtkWidget *bar;
  GtkWidget *entry;
  GtkWidget *count_label;
  GtkWidget *case_button;
  GtkWidget *regex_button;
  int count;
  guint count_id;
};

G_DEFINE_FINAL_TYPE (LabTerminalSearch, lab_terminal_search, GTK_TYPE_WIDGET)

/* The pattern to search for. (transfer full) (nullable): nothing is searched for */
static char *
dup_pattern (LabTerminalSearch *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (*text == '\0')
    return NULL;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->regex_button)))
    return g_strdup (text);
  return g_regex_escape_string (text, -1);
}

static gboolean
matches_case (LabTerminalSearch *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->case_button));
}

static int
count_matches (LabTerminalSearch *self)
{
  g_autofree char *pattern = dup_pattern (self);
  GRegexCompileFlags flags = G_REGEX_MULTILINE | (matches_case (self) ? 0 : G_REGEX_CASELESS);
  g_autoptr (GRegex) regex = pattern ? g_regex_new (pattern, flags, 0, NULL) : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GMatchInfo) info = NULL;
  int count = 0;

  if (regex == NULL)
    return -1;
  text = lab_terminal_text_dup (self->terminal);
  if (g_regex_match (regex, text, 0, &info))
    do
      count++;
    while (g_match_info_next (info, NULL));
  return count;
}

static gboolean
count_cb (gpointer user_data)
{
  LabTerminalSearch *self = user_data;
  g_autofree char *text = NULL;

  self->count_id = 0;
  self->count = count_matches (self);
  if (self->count == 0)
    text = g_strdup (_ ("No matches"));
  else if (self->count > 0)
    text = g_strdup_printf (ngettext ("%d match", "%d matches", (gulong) self->count), self->count);
  gtk_label_set_label (GTK_LABEL (self->count_label), text);
  return G_SOURCE_REMOVE;
}

static void
count_later (LabTerminalSearch *self)
{
  g_clear_handle_id (&self->count_id, g_source_remove);
  self->count_id = g_timeout_add (COUNT_DELAY_MS, count_cb, self);
}

static void
show_error (LabTerminalSearch *self, const GError *error)
{
  if (error != NULL)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_widget_set_tooltip_text (self->entry, error ? error->message : NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
set_regex (LabTerminalSearch *self)
{
  g_autofree char *pattern = dup_pattern (self);
  guint32 flags = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_MULTILINE;
  g_autoptr (GError) error = NULL;
  VteRegex *regex = NULL;

  if (!matches_case (self))
    flags |= PCRE2_CASELESS;
  if (pattern != NULL)
    regex = vte_regex_new_for_search (pattern, -1, flags, &error);
  show_error (self, error);
  vte_terminal_search_set_regex (self->terminal, regex, 0);
  g_clear_pointer (&regex, vte_regex_unref);
  count_later (self);
}

/* Something of the pattern changed: search anew from the end. */
static void
pattern_changed_cb (LabTerminalSearch *self)
{
  set_regex (self);
  vte_terminal_unselect_all (self->terminal);
  if (vte_terminal_search_get_regex (self->terminal) != NULL)
    vte_terminal_search_find_previous (self->terminal);
}

static gboolean
key_pressed_cb (LabTerminalSearch *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_SHIFT_MASK) != 0)
    lab_terminal_search_next (self);
  else
    lab_terminal_search_previous (self);
  return GDK_EVENT_STOP;
}

static GtkWidget *
new_button (const char *icon, const char *tooltip, GCallback callback, gpointer user_data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  g_signal_connect_swapped (button, "clicked", callback, user_data);
  return button;
}

static GtkWidget *
new_toggle (LabTerminalSearch *self, const char *label, const char *tooltip)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (pattern_changed_cb), self);
  return button;
}

static void
build_entry (LabTerminalSearch *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find in the Console"), -1);
  g_object_set (self->entry, "placeholder-text", _ ("Find in the console"), NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (pattern_changed_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (lab_terminal_search_close),
                            self);
}

static GtkWidget *
build_box (LabTerminalSearch *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  build_entry (self);
  self->count_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count_label, "dim-label");
  gtk_widget_add_css_class (self->count_label, "numeric");
  self->case_button = new_toggle (self, "Aa", _ ("Match Case"));
  self->regex_button = new_toggle (self, ".*", _ ("Regular Expression"));
  gtk_widget_add_css_class (steps, "linked");
  gtk_box_append (GTK_BOX (steps), new_button ("go-up-symbolic", _ ("Find Previous"),
                                               G_CALLBACK (lab_terminal_search_previous), self));
  gtk_box_append (GTK_BOX (steps), new_button ("go-down-symbolic", _ ("Find Next"),
                                               G_CALLBACK (lab_terminal_search_next), self));
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->count_label);
  gtk_box_append (GTK_BOX (box), steps);
  gtk_box_append (GTK_BOX (box), self->case_button);
  gtk_box_append (GTK_BOX (box), self->regex_button);
  gtk_box_append (GTK_BOX (box), new_button ("window-close-symbolic", _ ("Close Search"),
                                             G_CALLBACK (lab_terminal_search_close), self));
  return box;
}

static void
lab_terminal_search_dispose (GObject *object)
{
  LabTerminalSearch *self = LAB_TERMINAL_SEARCH (object);

  g_clear_handle_id (&self->count_id, g_source_remove);
  g_clear_pointer (&self->bar, gtk_widget_unparent);

  G_OBJECT_CLASS (lab_terminal_search_parent_class)->dispose (object);
}

static void
lab_terminal_search_class_init (LabTerminalSearchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_terminal_search_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "terminalsearch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
lab_terminal_search_init (LabTerminalSearch *self)
{
  self->count = -1;
  self->bar = build_box (self);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
lab_terminal_search_new (VteTerminal *terminal)
{
  LabTerminalSearch *self = g_object_new (LAB_TYPE_TERMINAL_SEARCH, NULL);

  self->terminal = terminal;
  vte_terminal_search_set_wrap_around (terminal, TRUE);
  return GTK_WIDGET (self);
}

/* What is selected is most often what one looks for next; a whole page is not. */
static void
take_selection (LabTerminalSearch *self)
{
  g_autofree char *selected = NULL;

  if (!vte_terminal_get_has_selection (self->terminal))
    return;
  selected = vte_terminal_get_text_selected (self->terminal, VTE_FORMAT_TEXT);
  if (selected == NULL)
    return;
  g_strchomp (selected);
  if (*selected != '\0' && strchr (selected, '\n') == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), selected);
}

void
lab_terminal_search_open (LabTerminalSearch *self)
{
  g_return_if_fail (LAB_IS_TERMINAL_SEARCH (self));

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  take_selection (self);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  set_regex (self);
}

void
lab_terminal_search_close (LabTerminalSearch *self)
{
  g_return_if_fail (LAB_IS_TERMINAL_SEARCH (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_clear_handle_id (&self->count_id, g_source_remove);
  vte_terminal_search_set_regex (self->terminal, NULL, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->terminal));
}

gboolean
lab_terminal_search_is_open (LabTerminalSearch *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self));
}

void
lab_terminal_search_previous (LabTerminalSearch *self)
{
  if (!lab_terminal_search_is_open (self))
    lab_terminal_search_open (self);
  else if (vte_terminal_search_get_regex (self->terminal) != NULL)
    vte_terminal_search_find_previous (self->terminal);
}

void
lab_terminal_search_next (LabTerminalSearch *self)
{
  if (!lab_terminal_search_is_open (self))
    lab_terminal_search_open (self);
  else if (vte_terminal_search_get_regex (self->terminal) != NULL)
    vte_terminal_search_find_next (self->terminal);
}

int
lab_terminal_search_get_count (LabTerminalSearch *self)
{
  return self->count;
}
