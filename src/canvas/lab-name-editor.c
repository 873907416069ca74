/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Editing a device's name in place. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-name-editor.h"
#include "lab-types.h"

#define LEAST_CHARS 8
#define MOST_CHARS  24

struct _LabNameEditor
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *problem;
  gboolean closed;
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabNameEditor, lab_name_editor, GTK_TYPE_WIDGET)

static void
lab_name_editor_dispose (GObject *object)
{
  LabNameEditor *self = LAB_NAME_EDITOR (object);

  self->closed = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (lab_name_editor_parent_class)->dispose (object);
}

static void
lab_name_editor_class_init (LabNameEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_name_editor_dispose;

  /**
   * LabNameEditor::done:
   * @name: (nullable): the name; %NULL if it was given up
   *
   * The user is through.
   */
  signals[DONE] = g_signal_new ("done", LAB_TYPE_NAME_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "labnameeditor");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
finish (LabNameEditor *self, const char *name)
{
  g_autoptr (LabNameEditor) kept = g_object_ref (self);

  if (!self->closed)
    g_signal_emit (self, signals[DONE], 0, name);
}

static void
activate_cb (LabNameEditor *self)
{
  finish (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
changed_cb (LabNameEditor *self)
{
  gtk_widget_hide (self->problem);
  gtk_widget_remove_css_class (self->entry, "error");
}

static gboolean
key_cb (LabNameEditor *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  finish (self, NULL);

  return GDK_EVENT_STOP;
}

/* Who looks something up in another window finds what was typed when coming back: the focus is
 * still ours in this one. */
static void
leave_cb (LabNameEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL || gtk_window_is_active (GTK_WINDOW (root)))
    finish (self, NULL);
}

static void
lab_name_editor_init (LabNameEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->entry = gtk_entry_new ();
  self->problem = gtk_label_new (NULL);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->problem);

  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 0.5f);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), LEAST_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), MOST_CHARS);
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), LAB_MAX_NAME_BYTES);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Device name"), -1);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->problem), MOST_CHARS);
  gtk_widget_add_css_class (self->problem, "problem");
  gtk_widget_hide (self->problem);

  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
lab_name_editor_new (const char *name)
{
  LabNameEditor *self = g_object_new (LAB_TYPE_NAME_EDITOR, NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);

  return GTK_WIDGET (self);
}

void
lab_name_editor_start (LabNameEditor *self)
{
  g_return_if_fail (LAB_IS_NAME_EDITOR (self));

  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

void
lab_name_editor_refuse (LabNameEditor *self, const char *sentence)
{
  g_return_if_fail (LAB_IS_NAME_EDITOR (self));

  gtk_label_set_text (GTK_LABEL (self->problem), sentence);
  gtk_widget_show (self->problem);
  gtk_widget_add_css_class (self->entry, "error");
}

const char *
lab_name_editor_get_text (LabNameEditor *self)
{
  g_return_val_if_fail (LAB_IS_NAME_EDITOR (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}
