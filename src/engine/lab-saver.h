/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Puts what devices save into their histories, and what they shall hold into their NVRAM, in the order it
 * was asked for, without the main loop having to wait for the disk. */
typedef struct _LabSaver LabSaver;

/* What a device saved cannot be written into its history (@error), or is written after all (%NULL). It
 * is held and tried again every few seconds. */
typedef void (*LabSaverFailed) (const char *work, const GError *error, gpointer user_data);
/* One thread, so that the order holds. @failed is called in the main loop, once for all that is held of
 * a device. (transfer full) */
LabSaver *lab_saver_new      (LabSaverFailed failed, gpointer user_data);
/* Waits until all is on the disk. What cannot be written even then is lost. */
void      lab_saver_free     (LabSaver *self);
/* @text was saved at @time (µs since 1970) by the device of @work. */
void      lab_saver_add      (LabSaver *self, const char *work, GBytes *text, gint64 time);
/* What the NVRAM of the device @id holds, if the history has it not yet. */
void      lab_saver_catch_up (LabSaver *self, const char *work, guint id);
/* @error: (nullable) */
typedef void (*LabSaverWritten) (const GError *error, gpointer user_data);
/* Puts @text into the NVRAM of the device @id, after all that was added before. @nvram: KB, for a new
 * one. @vlans: (nullable): what its vlan.dat shall hold; empty: none. @done comes in the main loop, always. */
void      lab_saver_write    (LabSaver *self, const char *work, guint id, guint nvram, GBytes *text,
                              GBytes *vlans, LabSaverWritten done, gpointer user_data);
/* Returns when all that was added is on the disk, or held because it cannot be written. */
void      lab_saver_flush    (LabSaver *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabSaver, lab_saver_free)

G_END_DECLS
