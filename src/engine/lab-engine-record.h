/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-engine.h"

G_BEGIN_DECLS

/* Captures, the flight recorder and the timeline of a lab. */
typedef struct _LabCaptures LabCaptures;
typedef struct _LabTimelineRun LabTimelineRun;

/* @value: (nullable): a tuple for the bus, floating; else @error says why not. */
typedef void (*LabEngineAnswer) (LabEngine *engine, GVariant *value, const GError *error, gpointer user_data);

/* lab-engine-captures.c; arguments and answers as in engine.xml. @done is called once, perhaps from
 * inside the call. */
void      lab_engine_start_capture   (LabEngine *self, GVariant *options, LabEngineAnswer done, gpointer user_data);
void      lab_engine_stop_capture    (LabEngine *self, const char *name, LabEngineAnswer done, gpointer user_data);
/* lab-engine-recorder.c */
void      lab_engine_save_recording  (LabEngine *self, GVariant *ports, const char *file, LabEngineAnswer done, gpointer user_data);
void      lab_engine_list_recordings (LabEngine *self, LabEngineAnswer done, gpointer user_data);
/* lab-engine-timeline.c */
gboolean  lab_engine_run_timeline    (LabEngine *self, GError **error);
void      lab_engine_stop_timeline   (LabEngine *self);

G_END_DECLS
