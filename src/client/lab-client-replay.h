/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the marks out of the bytes of a console opened as LAB_CLIENT_CONSOLE_MARKED and says which
 * of them are scroll-back. The format stands in engine.xml at "console". */
typedef struct _LabClientReplay LabClientReplay;

/* For one console, from its first byte. (transfer full) */
LabClientReplay *lab_client_replay_new     (void);
void             lab_client_replay_free    (LabClientReplay *self);

/**
 * lab_client_replay_push:
 * @data: the next bytes of the stream, cut anywhere
 * @out: gets what the device and the engine said, without the marks; up to 150 bytes may be held back
 *   until the next call while the scroll-back lasts
 *
 * Bytes that do not begin as a marked console should are all taken for live.
 *
 * Returns: how many of the bytes put into @out are scroll-back; the others came after
 */
gsize            lab_client_replay_push    (LabClientReplay *self, const void *data, gsize length, GByteArray *out);
/* The word that names the console; %NULL until it came, and for a console that is not marked. */
const char      *lab_client_replay_get_id  (LabClientReplay *self);
/* TRUE as soon as the end of the scroll-back has been seen. */
gboolean         lab_client_replay_is_over (LabClientReplay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabClientReplay, lab_client_replay_free)

G_END_DECLS
