/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notices over GtkInfoBar; libadwaita 1.3 has AdwBanner for that. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-notice.h"

typedef struct
{
  char *text; /* NULL: nothing of this kind */
  char *labels[2];
  char *actions[2];
  gboolean dismissed;
} Notice;

struct _LabNotice
{
  GtkWidget parent_instance;

  GtkInfoBar *bar;
  GtkLabel *label;
  GtkButton *buttons[2];
  Notice notices[LAB_N_NOTICES];
};

G_DEFINE_FINAL_TYPE (LabNotice, lab_notice, GTK_TYPE_WIDGET)

static void
clear (Notice *notice)
{
  g_clear_pointer (&notice->text, g_free);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&notice->labels[i], g_free);
      g_clear_pointer (&notice->actions[i], g_free);
    }
  notice->dismissed = FALSE;
}

static Notice *
current (LabNotice *self)
{
  for (guint i = 0; i < LAB_N_NOTICES; i++)
    if (self->notices[i].text != NULL && !self->notices[i].dismissed)
      return &self->notices[i];

  return NULL;
}

static void
show (LabNotice *self)
{
  Notice *notice = current (self);

  if (notice == NULL)
    {
      gtk_info_bar_set_revealed (self->bar, FALSE);
      return;
    }
  gtk_label_set_text (self->label, notice->text);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), notice->labels[i] != NULL);
      if (notice->labels[i] == NULL)
        continue;
      gtk_button_set_label (self->buttons[i], notice->labels[i]);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->buttons[i]),
                                               notice->actions[i]);
    }
  gtk_info_bar_set_message_type (self->bar, notice == &self->notices[LAB_NOTICE_ENGINE_LOST]
                                                ? GTK_MESSAGE_ERROR
                                                : GTK_MESSAGE_WARNING);
  gtk_info_bar_set_revealed (self->bar, TRUE);
}

static void
response_cb (LabNotice *self, int response, GtkInfoBar *bar)
{
  Notice *notice = current (self);

  if (response == GTK_RESPONSE_CLOSE && notice != NULL)
    notice->dismissed = TRUE;
  show (self);
}

static void
lab_notice_dispose (GObject *object)
{
  LabNotice *self = LAB_NOTICE (object);

  if (self->bar != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->bar));
  self->bar = NULL;
  for (guint i = 0; i < LAB_N_NOTICES; i++)
    clear (&self->notices[i]);

  G_OBJECT_CLASS (lab_notice_parent_class)->dispose (object);
}

static void
lab_notice_class_init (LabNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_notice_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lab_notice_init (LabNotice *self)
{
  self->bar = GTK_INFO_BAR (gtk_info_bar_new ());
  gtk_info_bar_set_show_close_button (self->bar, TRUE);
  gtk_info_bar_set_revealed (self->bar, FALSE);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_info_bar_add_child (self->bar, GTK_WIDGET (self->label));
  for (guint i = 0; i < 2; i++)
    {
      self->buttons[i] = GTK_BUTTON (gtk_button_new ());
      gtk_button_set_use_underline (self->buttons[i], TRUE);
      /* The keyboard stays where it was; taking it would take the first press away. */
      gtk_widget_set_focus_on_click (GTK_WIDGET (self->buttons[i]), FALSE);
      gtk_widget_set_valign (GTK_WIDGET (self->buttons[i]), GTK_ALIGN_CENTER);
      gtk_info_bar_add_child (self->bar, GTK_WIDGET (self->buttons[i]));
    }
  g_signal_connect_object (self->bar, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->bar), GTK_WIDGET (self));
}

GtkWidget *
lab_notice_new (void)
{
  return g_object_new (LAB_TYPE_NOTICE, NULL);
}

void
lab_notice_say (LabNotice *self,
                LabNoticeKind kind,
                const char *text,
                const char *label,
                const char *action,
                const char *second_label,
                const char *second_action)
{
  Notice *notice;
  gboolean dismissed;

  g_return_if_fail (LAB_IS_NOTICE (self));
  g_return_if_fail (kind < LAB_N_NOTICES);

  notice = &self->notices[kind];
  /* Its buttons are made anew: one that is just being pressed would be gone. */
  if (g_strcmp0 (notice->text, text) == 0 && g_strcmp0 (notice->labels[0], label) == 0 &&
      g_strcmp0 (notice->actions[0], action) == 0 &&
      g_strcmp0 (notice->labels[1], second_label) == 0 &&
      g_strcmp0 (notice->actions[1], second_action) == 0)
    return;
  dismissed = notice->dismissed && g_strcmp0 (notice->text, text) == 0;
  clear (notice);
  notice->text = g_strdup (text);
  notice->labels[0] = g_strdup (label);
  notice->actions[0] = g_strdup (action);
  notice->labels[1] = g_strdup (second_label);
  notice->actions[1] = g_strdup (second_action);
  notice->dismissed = dismissed;
  show (self);
}

void
lab_notice_withdraw (LabNotice *self, LabNoticeKind kind)
{
  g_return_if_fail (LAB_IS_NOTICE (self));
  g_return_if_fail (kind < LAB_N_NOTICES);

  if (self->notices[kind].text == NULL)
    return;
  clear (&self->notices[kind]);
  show (self);
}

gboolean
lab_notice_has (LabNotice *self, LabNoticeKind kind)
{
  g_return_val_if_fail (LAB_IS_NOTICE (self), FALSE);
  g_return_val_if_fail (kind < LAB_N_NOTICES, FALSE);

  return self->notices[kind].text != NULL;
}

const char *
lab_notice_get_text (LabNotice *self)
{
  Notice *notice;

  g_return_val_if_fail (LAB_IS_NOTICE (self), NULL);

  notice = current (self);

  return notice != NULL ? notice->text : NULL;
}
