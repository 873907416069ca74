/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_PUT_WINDOW (lab_put_window_get_type ())
G_DECLARE_FINAL_TYPE (LabPutWindow, lab_put_window, LAB, PUT_WINDOW, AdwWindow)

/* What goes into which device: a row for each, to be looked at and unchecked, then, in the same rows, how
 * it went (lab-saved-put.h).
 *
 * Signal: "done": all chosen have settled; once. */

/**
 * LabPutItem:
 * @node: a device that saves configurations
 * @text: (nullable): what it gets, and what it can be compared with; %NULL: it is left as it is
 * @resets: it gets none, its NVRAM and vlan.dat are emptied; @text is what it starts with then
 * @text_name: (nullable): what stands above @text where it is compared
 * @now: (nullable): what its NVRAM holds
 * @sentence: what happens to it, translated
 */
typedef struct
{
  LabNode *node;
  GBytes *text;
  gboolean resets;
  const char *text_name;
  GBytes *now;
  const char *sentence;
} LabPutItem;

/**
 * LabPutWords:
 * @title: of the window
 * @explanation: a few sentences above the rows
 * @verb: label of the button that does it, with a mnemonic
 * @verb_restart: the same when devices that run are among those chosen
 *
 * All translated, and of static storage.
 */
typedef struct
{
  const char *title;
  const char *explanation;
  const char *verb;
  const char *verb_restart;
} LabPutWords;

/* @destructive: its button is marked as that. Not shown yet. (transfer none): it holds itself. */
LabPutWindow *lab_put_window_new  (GtkWindow *parent, LabSession *session, const LabPutWords *words, gboolean destructive);
/* Copies what it needs of @item. */
void          lab_put_window_add  (LabPutWindow *self, const LabPutItem *item);

G_END_DECLS
