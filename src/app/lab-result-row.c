/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How it went with a device. The mark is seen; who cannot see it reads the sentence. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-result-row.h"

#define MARK_SIZE 16

struct _LabResultRow
{
  AdwActionRow parent_instance;

  GtkWidget *stack; /* "none", "choice", "spinner", "icon" */
  GtkWidget *choice;
  GtkWidget *spinner;
  GtkWidget *icon;
};

G_DEFINE_FINAL_TYPE (LabResultRow, lab_result_row, ADW_TYPE_ACTION_ROW)

enum
{
  TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  const char *page;
  const char *icon; /* (nullable) */
  const char *css;  /* (nullable) */
} Mark;

static const Mark *
mark_of (LabResult result)
{
  static const Mark none = { "none", NULL, NULL };
  static const Mark choice = { "choice", NULL, NULL };
  static const Mark waiting = { "spinner", NULL, NULL };
  static const Mark good = { "icon", "object-select-symbolic", "success" };
  static const Mark warning = { "icon", "dialog-warning-symbolic", "warning" };
  static const Mark bad = { "icon", "dialog-error-symbolic", "error" };

  switch (result)
    {
    case LAB_RESULT_CHOICE:
      return &choice;
    case LAB_RESULT_WAITING:
      return &waiting;
    case LAB_RESULT_GOOD:
      return &good;
    case LAB_RESULT_WARNING:
      return &warning;
    case LAB_RESULT_BAD:
      return &bad;
    case LAB_RESULT_NONE:
    default:
      return &none;
    }
}

static void
toggled_cb (LabResultRow *self)
{
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
lab_result_row_class_init (LabResultRowClass *klass)
{
  signals[TOGGLED] = g_signal_new ("toggled", LAB_TYPE_RESULT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lab_result_row_init (LabResultRow *self)
{
  self->stack = gtk_stack_new ();
  self->choice = gtk_check_button_new ();
  self->spinner = gtk_spinner_new ();
  self->icon = gtk_image_new ();
  gtk_widget_set_size_request (self->stack, MARK_SIZE, MARK_SIZE);
  gtk_widget_set_valign (self->stack, GTK_ALIGN_CENTER);
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "none");
  gtk_stack_add_named (GTK_STACK (self->stack), self->choice, "choice");
  gtk_stack_add_named (GTK_STACK (self->stack), self->spinner, "spinner");
  gtk_stack_add_named (GTK_STACK (self->stack), self->icon, "icon");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->stack);
  g_signal_connect_object (self->choice, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lab_result_row_new (const char *device)
{
  LabResultRow *self = g_object_new (LAB_TYPE_RESULT_ROW, NULL);
  g_autofree char *escaped = g_markup_escape_text (device, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped);
  return GTK_WIDGET (self);
}

void
lab_result_row_set (LabResultRow *self, LabResult result, const char *sentence)
{
  const Mark *mark = mark_of (result);
  g_autofree char *escaped = g_markup_escape_text (sentence != NULL ? sentence : "", -1);

  g_return_if_fail (LAB_IS_RESULT_ROW (self));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), mark->icon);
  if (mark->css != NULL)
    gtk_widget_set_css_classes (self->icon, (const char *[]){ mark->css, NULL });
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), mark->page);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self),
                                         result == LAB_RESULT_CHOICE ? self->choice : NULL);
  /* One that is hidden and spins keeps the window drawing. */
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), result == LAB_RESULT_WAITING);
}

void
lab_result_row_set_chosen (LabResultRow *self, gboolean chosen)
{
  g_return_if_fail (LAB_IS_RESULT_ROW (self));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choice), chosen);
}

gboolean
lab_result_row_get_chosen (LabResultRow *self)
{
  const char *page = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));

  g_return_val_if_fail (LAB_IS_RESULT_ROW (self), FALSE);

  return g_strcmp0 (page, "choice") == 0 &&
         gtk_check_button_get_active (GTK_CHECK_BUTTON (self->choice));
}
