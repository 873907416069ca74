/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A slim line that says why there is nothing to type to. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include "lab-terminal-bar.h"

struct _LabTerminalBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *button;
};

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabTerminalBar, lab_terminal_bar, GTK_TYPE_WIDGET)

static void
clicked_cb (LabTerminalBar *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
lab_terminal_bar_dispose (GObject *object)
{
  g_clear_pointer (&LAB_TERMINAL_BAR (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (lab_terminal_bar_parent_class)->dispose (object);
}

static void
lab_terminal_bar_class_init (LabTerminalBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_terminal_bar_dispose;
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", LAB_TYPE_TERMINAL_BAR, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "terminalbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
lab_terminal_bar_init (LabTerminalBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = gtk_image_new ();
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_hexpand (self->label, TRUE);
  self->button = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->button), TRUE);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);

  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  self->box = box;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
lab_terminal_bar_new (void)
{
  return g_object_new (LAB_TYPE_TERMINAL_BAR, NULL);
}

void
lab_terminal_bar_show (
    LabTerminalBar *self, const char *icon, const char *text, const char *button, gboolean error)
{
  g_return_if_fail (LAB_IS_TERMINAL_BAR (self));

  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_widget_set_tooltip_text (self->label, text);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->button, button != NULL);
  if (button != NULL)
    gtk_button_set_label (GTK_BUTTON (self->button), button);
  if (error)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
lab_terminal_bar_hide (LabTerminalBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
