/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-session.h"

G_BEGIN_DECLS

/* Edits as panels make them: a member of one thing or of many gets a value, as one step. What is
 * refused is said by the session's "message", unless there is an @error to say it in place. A
 * @value is (transfer full) (nullable); %NULL removes the member: it has its default again. */

/* Values for the functions below, which take them. */
JsonNode *lab_panel_int         (gint64 value);
JsonNode *lab_panel_double      (double value);
JsonNode *lab_panel_boolean     (gboolean value);
JsonNode *lab_panel_string      (const char *value); /* (nullable): gives %NULL */

/* FALSE: it was refused, and that was said. A member of the document's head, of its view, of one
 * item. */
gboolean  lab_panel_set_lab     (LabSession *session, const char *key, JsonNode *value);
gboolean  lab_panel_set_view    (LabSession *session, const char *key, JsonNode *value);
gboolean  lab_panel_set_node    (LabSession *session, LabNode *node, const char *key, JsonNode *value);
/* @nodes: (element-type LabNode). */
gboolean  lab_panel_set_nodes   (LabSession *session, GPtrArray *nodes, const char *key, JsonNode *value);
gboolean  lab_panel_set_link    (LabSession *session, LabLink *link, const char *key, JsonNode *value);
gboolean  lab_panel_set_drawing (LabSession *session, LabDrawing *drawing, const char *key, JsonNode *value);
/* @edit: (transfer full). FALSE with @error set if it is refused; no message. */
gboolean  lab_panel_try         (LabSession *session, LabEdit *edit, GError **error);

/* An array that holds the objects of @items. (transfer full) */
GPtrArray *lab_panel_copy_items (GPtrArray *items);

/* Does @verb on the devices among @nodes (element-type LabNode), if there are any. */
void      lab_panel_control     (LabSession *session, LabClientVerb verb, GPtrArray *nodes);
void      lab_panel_control_one (LabSession *session, LabClientVerb verb, LabNode *node);

G_END_DECLS
