/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LAB_TYPE_CONFIG_EDITOR (lab_config_editor_get_type ())
G_DECLARE_FINAL_TYPE (LabConfigEditor, lab_config_editor, LAB, CONFIG_EDITOR, GtkWidget)

/* A text of several lines: a start configuration, or notes in Markdown. Line numbers and monospace
 * for configurations. What is typed is one change: "edited" comes after a pause, or when the
 * keyboard leaves. Tab types a tab; Ctrl+Tab leaves.
 *
 * Property: "language" (string): a GtkSourceView language, "markdown", or NULL for a configuration.
 * Signal: "edited" (const char *text): by the user; never by lab_config_editor_set_text(). */

/* Empty, for a configuration. (transfer floating) */
GtkWidget  *lab_config_editor_new      (void);
/* @text: (nullable). Text under the cursor is kept if it is the same already; else the cursor keeps
 * its place as far as it can. */
void        lab_config_editor_set_text (LabConfigEditor *self, const char *text);
/* (transfer full): what stands there now. */
char       *lab_config_editor_dup_text (LabConfigEditor *self);
/* Tells of what was typed now, and not after the pause. */
void        lab_config_editor_commit   (LabConfigEditor *self);
void        lab_config_editor_focus    (LabConfigEditor *self);
/* Puts the cursor into a line, from 1, and shows it. */
void        lab_config_editor_go_to    (LabConfigEditor *self, guint line);

G_END_DECLS
