/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A question in a dialog of its own. One place for AdwMessageDialog, which newer libadwaita replaces. */

typedef struct
{
  const char *id;    /* "save"; "cancel" is what closing the dialog answers */
  const char *label; /* translated, with a mnemonic */
  AdwResponseAppearance appearance;
} LabAskAnswer;

/* @extra: (nullable): a widget below the text. @chosen: the answer of Enter. */
void  lab_ask_async  (GtkWindow *parent, const char *heading, const char *body, GtkWidget *extra,
                      const LabAskAnswer *answers, guint n_answers, const char *chosen,
                      GAsyncReadyCallback callback, gpointer user_data);
/* The id of the answer. (transfer full) */
char *lab_ask_finish (GAsyncResult *result);
/* A text that can be read, selected and copied: the detail of an error. */
void  lab_ask_show   (GtkWindow *parent, const char *heading, const char *detail);

G_END_DECLS
