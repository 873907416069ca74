/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device's console. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include <vte/vte.h>

#include "lab-terminal.h"

struct _LabTerminal
{
  GtkWidget parent_instance;

  char *node_name;
};

G_DEFINE_FINAL_TYPE (LabTerminal, lab_terminal, GTK_TYPE_WIDGET)

static void
lab_terminal_finalize (GObject *object)
{
  g_free (LAB_TERMINAL (object)->node_name);

  G_OBJECT_CLASS (lab_terminal_parent_class)->finalize (object);
}

static void
lab_terminal_class_init (LabTerminalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_terminal_finalize;
}

static void
lab_terminal_init (LabTerminal *self)
{
}

GtkWidget *
lab_terminal_new (const char *node_name)
{
  LabTerminal *self = g_object_new (LAB_TYPE_TERMINAL, NULL);

  self->node_name = g_strdup (node_name);

  return GTK_WIDGET (self);
}
