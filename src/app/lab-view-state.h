/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a lab was looked at last: not part of the document, kept beside what its runs leave behind, in
 * $XDG_STATE_HOME/labwright/<uuid>/view. */
typedef struct
{
  double zoom;
  double x; /* the middle of the view, world units */
  double y;
  gboolean fitted; /* all of it was in view; then the rest only says how */
  GStrv consoles; /* (nullable) names of the devices whose consoles are open, in order */
  gboolean consoles_shown;
} LabViewState;

/* @self must not be %NULL. */
void          lab_view_state_free        (LabViewState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabViewState, lab_view_state_free)

/* As text and back; for the file and for tests. %NULL: not such a text, or of another version. */
char         *lab_view_state_to_string   (const LabViewState *self);
LabViewState *lab_view_state_from_string (const char *text);

/* Reads it in a thread. */
void          lab_view_state_load_async  (const char *uuid, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (nullable): %NULL: never saved. */
LabViewState *lab_view_state_load_finish (GAsyncResult *result);
/* Saves it in a thread; @application is held until it is done. @self: (transfer full) */
void          lab_view_state_save        (LabViewState *self, const char *uuid, GApplication *application);

G_END_DECLS
