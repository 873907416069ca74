/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <vte/vte.h>

#include "lab-terminal-search.h"
#include "lab-terminal-stream.h"
#include "lab-terminal.h"

G_BEGIN_DECLS

struct _LabTerminal
{
  GtkWidget parent_instance;

  GtkWidget *bar;
  GtkWidget *search;
  GtkWidget *scroller;
  VteTerminal *vte;
  GtkWidget *menu;         /* (nullable): the context menu, while it was ever shown */
  GMenuModel *extra_menu;  /* (nullable) */

  char *node_name;
  LabTerminalStream *stream;
  LabClientState state;
  char *message;
  gboolean late; /* the connection takes so long that it is worth a word */
  guint late_id;
  gboolean overfull; /* the last input was too much */

  /* lab-terminal-input.c */
  gboolean user_acts;  /* what VTE commits now comes from the user, not from itself */
  gboolean has_output; /* something was ever fed */
  guint fence;         /* number of the question at the end of the scroll-back; 0: none is open */
  guint fence_id;
  gboolean in_replay;
  GtkEventController *window_keys; /* (nullable): on the root while we have one */

  char *scheme;
};

/* lab-terminal-input.c: what goes to the device, and what comes from it. */
extern const LabTerminalStreamFuncs lab_terminal_stream_funcs;
/* Once, when the VteTerminal is there; and at dispose, which may come more than once. */
void     lab_terminal_init_input   (LabTerminal *self);
void     lab_terminal_end_input    (LabTerminal *self);
/* Pastes as the user does. */
void     lab_terminal_paste_text   (LabTerminal *self, const char *text);
/* What the user did: sent, or taken as the wish to start. */
void     lab_terminal_take_input   (LabTerminal *self, const char *text, gsize length);
gboolean lab_terminal_is_away      (LabTerminal *self);

/* lab-terminal-window-keys.c: the keys, before the window has them. */
void     lab_terminal_watch_window (LabTerminal *self, GtkWidget *window);
void     lab_terminal_leave_window (LabTerminal *self, GtkWidget *window);

/* lab-terminal-actions.c */
void     lab_terminal_install_actions (GtkWidgetClass *klass);
void     lab_terminal_init_menu       (LabTerminal *self);
void     lab_terminal_update_actions  (LabTerminal *self);

/* lab-terminal.c */
void     lab_terminal_emit_start_requested (LabTerminal *self);
void     lab_terminal_emit_input           (LabTerminal *self, const char *text, gsize length);
void     lab_terminal_emit_output          (LabTerminal *self);
void     lab_terminal_set_overfull         (LabTerminal *self, gboolean overfull);

G_END_DECLS
