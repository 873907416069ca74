/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-session.h"

G_BEGIN_DECLS

typedef void (*LabLentEngineDone) (gpointer user_data);

/**
 * lab_lent_engine_give_back:
 * @session: the session of the lab
 * @client: a client of its own, which started an engine for one piece of work, or found one
 * @done: called once, maybe before this returns
 *
 * Ends the engine, unless it was there before, or the window has taken to it meanwhile: somebody
 * started the lab while the work went on.
 */
void lab_lent_engine_give_back (LabSession *session, LabClient *client, LabLentEngineDone done, gpointer user_data);

G_END_DECLS
