/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"

G_BEGIN_DECLS

#define LAB_TYPE_TERMINAL_STREAM (lab_terminal_stream_get_type ())
G_DECLARE_FINAL_TYPE (LabTerminalStream, lab_terminal_stream, LAB, TERMINAL_STREAM, GObject)

/* The connection of one terminal with one console, and the next connection when that one is lost. No
 * widget in here.
 *
 * Signals: "changed" (): connected or not. */

typedef struct
{
  /* Output is about to come. @fresh: of another console than the last (the engine is another, or the
   * node was removed and put back), so it was not shown before; else all of the scroll-back comes once
   * more. */
  void (*begin) (gboolean fresh, gpointer user_data);
  /* @replayed: scroll-back, else what the device says now. */
  void (*output) (const guint8 *data, gsize length, gboolean replayed, gpointer user_data);
  /* All of the scroll-back has been given to output(). Once for each connection. */
  void (*replay_ended) (gpointer user_data);
} LabTerminalStreamFuncs;

/* @user_data must live as long as the stream is not closed. */
LabTerminalStream *lab_terminal_stream_new           (const LabTerminalStreamFuncs *funcs, gpointer user_data);
/* Which console. Both may be set again at any time; a new name alone keeps the connection. */
void               lab_terminal_stream_set_client    (LabTerminalStream *self, LabClient *client);
void               lab_terminal_stream_set_node_name (LabTerminalStream *self, const char *name);
gboolean           lab_terminal_stream_get_connected (LabTerminalStream *self);
/* Drops the connection and what was typed and not yet taken, and connects anew. */
void               lab_terminal_stream_reconnect     (LabTerminalStream *self);
/* FALSE: not connected, or too much is waiting already; nothing was taken. */
gboolean           lab_terminal_stream_send          (LabTerminalStream *self, const void *data, gsize length);
/* Ends it for good; no function is called any more. */
void               lab_terminal_stream_close         (LabTerminalStream *self);

G_END_DECLS
