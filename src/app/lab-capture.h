/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-session.h"

G_BEGIN_DECLS

/* Captures and the flight recorder, as the window asks for them. What comes of it is said by the
 * session's "message". */

/* One port of each link, which sees all that passes it: a(ss). (transfer floating) */
GVariant *lab_capture_ports          (GPtrArray *links);
/* Whether @ports of a capture name a port of @link. */
gboolean  lab_capture_touches        (GVariant *ports, LabLink *link);
gboolean  lab_capture_have_wireshark (void);
/* A sentence with the command that installs it on this system. (transfer full) */
char     *lab_capture_missing_text   (void);

/* Opens Wireshark, which shows what passes from now on; the capture ends with it. @ports: (transfer none) */
void      lab_capture_live           (LabSession *session, GVariant *ports, const char *filter);
/**
 * LabCaptureFiles:
 * @megabytes: when a file has so many the next begins; 0: it may have any number
 * @seconds: likewise after so long
 * @kept: how many of them stay, the newest; 0: all
 *
 * A ring of files, or just one.
 */
typedef struct
{
  guint megabytes;
  guint seconds;
  guint kept;
} LabCaptureFiles;

/* What the engine is told of a capture, see StartCapture in engine.xml. (transfer floating) */
GVariant *lab_capture_build_options  (GVariant *ports, const char *file, const char *filter, const LabCaptureFiles *files);
/* Asks for a file, and captures into it. */
void      lab_capture_to_file        (GtkWindow *parent, LabSession *session, GVariant *ports, const char *filter,
                                      const LabCaptureFiles *files);
void      lab_capture_stop           (LabSession *session, const char *name, const char *file);
/* Asks for a file, and writes what the flight recorder kept of the links at @ports (none: of all). */
void      lab_capture_save_recording (GtkWindow *parent, LabSession *session, GVariant *ports);

G_END_DECLS
