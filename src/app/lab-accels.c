/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accelerators. A window looks at them before the focus widget sees the key, else a text or a list
 * would take keys that are meant for the lab; but then a Ctrl+C of ours would never reach a
 * terminal, and a Delete of ours no entry. Therefore each entry of the table says where it holds.
 * They are not the application's: GTK 4.8 knows no condition there, and sets its menu items wrong
 * when an accelerator is taken away.
 *
 * Keys without Ctrl that mean something on the canvas alone are the canvas's own
 * (lab-canvas-keys.c). */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <vte/vte.h>

#include "lab-accels.h"

#define MAX_ACCELS 4

typedef struct
{
  const char *action;
  LabAccelContext upto; /* holds in this context and those before it */
  const char *accels[MAX_ACCELS];
} Accel;

static const Accel table[] = {
  { "app.new", LAB_ACCEL_TEXT, { "<Control>n" } },
  { "app.open", LAB_ACCEL_TEXT, { "<Control>o" } },
  { "app.images", LAB_ACCEL_TEXT, { "<Control><Shift>g" } },
  { "app.preferences", LAB_ACCEL_TERMINAL, { "<Control><Shift>p", "<Control>comma" } },
  { "app.quit", LAB_ACCEL_TEXT, { "<Control>q" } },
  { "win.show-help-overlay", LAB_ACCEL_TEXT, { "<Control>question" } },

  { "win.save", LAB_ACCEL_TEXT, { "<Control>s" } },
  { "win.save-as", LAB_ACCEL_TEXT, { "<Control><Shift>s" } },
  { "win.close-lab", LAB_ACCEL_TEXT, { "<Control>w" } },
  { "win.export", LAB_ACCEL_TEXT, { "<Control><Shift>e" } },
  { "win.checkpoints", LAB_ACCEL_TEXT, { "<Control><Shift>t" } },

  { "win.undo", LAB_ACCEL_PLANE, { "<Control>z" } },
  { "win.redo", LAB_ACCEL_PLANE, { "<Control><Shift>z", "<Control>y" } },
  { "win.cut", LAB_ACCEL_PLANE, { "<Control>x" } },
  { "win.copy", LAB_ACCEL_PLANE, { "<Control>c" } },
  { "win.paste", LAB_ACCEL_PLANE, { "<Control>v" } },
  { "win.duplicate", LAB_ACCEL_PLANE, { "<Control>d" } },
  { "win.delete", LAB_ACCEL_PLANE, { "Delete", "KP_Delete" } },
  { "win.select-all", LAB_ACCEL_PLANE, { "<Control>a" } },
  { "win.select-none", LAB_ACCEL_PLANE, { "<Control><Shift>a" } },
  { "win.lock", LAB_ACCEL_PLANE, { "<Control><Shift>l" } },

  { "win.start-all", LAB_ACCEL_TEXT, { "<Control>b" } },
  { "win.stop-all", LAB_ACCEL_TEXT, { "<Control>e" } },
  { "win.freeze-all", LAB_ACCEL_TEXT, { "<Control>j" } },
  { "win.start", LAB_ACCEL_TEXT, { "F5" } },
  { "win.stop", LAB_ACCEL_TEXT, { "<Shift>F5" } },
  { "win.reload", LAB_ACCEL_TEXT, { "<Control>F5" } },
  { "win.console", LAB_ACCEL_TEXT, { "F4" } },
  { "win.import-configs", LAB_ACCEL_TEXT, { "<Control><Shift>o" } },
  { "win.save-all-configs", LAB_ACCEL_TERMINAL, { "<Control><Shift>m" } },

  { "win.capture", LAB_ACCEL_TEXT, { "F7" } },
  { "win.save-recording", LAB_ACCEL_TEXT, { "<Shift>F7" } },
  { "win.run-timeline", LAB_ACCEL_TEXT, { "<Control>F7" } },
  { "win.stop-timeline", LAB_ACCEL_TEXT, { "<Control><Shift>F7" } },

  { "win.search", LAB_ACCEL_TEXT, { "<Control>f" } },
  { "win.tool::link", LAB_ACCEL_TEXT, { "<Control>l" } },
  { "win.zoom-in", LAB_ACCEL_TEXT, { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "win.zoom-out", LAB_ACCEL_TEXT, { "<Control>minus", "<Control>KP_Subtract" } },
  { "win.zoom-reset", LAB_ACCEL_TEXT, { "<Control>0", "<Control>KP_0" } },
  { "win.zoom-fit", LAB_ACCEL_TEXT, { "<Control>1", "<Control>KP_1" } },

  { "win.dock", LAB_ACCEL_TERMINAL, { "F9" } },
  { "win.inspector", LAB_ACCEL_TERMINAL, { "<Shift>F9" } },
  { "win.consoles", LAB_ACCEL_TERMINAL, { "<Control>grave", "F8" } },
  { "win.fill-consoles", LAB_ACCEL_TERMINAL, { "<Shift>F8" } },
  { "win.focus-canvas", LAB_ACCEL_TERMINAL, { "<Control>F8" } },
  { "win.fullscreen", LAB_ACCEL_TERMINAL, { "F11" } },
};

LabAccelContext
lab_accels_context_of (GtkWidget *focus)
{
  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      if (VTE_IS_TERMINAL (widget))
        return LAB_ACCEL_TERMINAL;
      if (GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget))
        return LAB_ACCEL_TEXT;
    }

  return LAB_ACCEL_PLANE;
}

/* @user_data: the entry of the table */
static gboolean
accel_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  const Accel *accel = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (lab_accels_context_of (focus) > accel->upto ||
      !g_action_parse_detailed_name (accel->action, &name, &target, NULL))
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_activate_action_variant (widget, name, target);
}

void
lab_accels_install (GtkWindow *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    for (guint j = 0; table[i].accels[j] != NULL; j++)
      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (controller),
          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (table[i].accels[j]),
                            gtk_callback_action_new (accel_cb, (gpointer) &table[i], NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

const char *
lab_accels_get (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].action, action))
      return table[i].accels[0];

  return NULL;
}

gboolean
lab_accels_holds (LabAccelContext context, const char *action, const char *accel)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].action, action))
      return context <= table[i].upto && g_strv_contains (table[i].accels, accel);

  return FALSE;
}
