/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-bus.h"

#include "lab-guard.h"
#include "lab-images.h"
#include "lab-saver.h"
#include "lab-watcher.h"
#include "lab-process.h"
#include "lab-relay.h"
#include "lab-run-dir.h"
#include "lab-sandbox.h"
#include "lab-settings.h"

G_BEGIN_DECLS

/* One IOU process: its state machine, from the order to start it to its end. */
typedef struct _LabDevice LabDevice;

/* What all devices of an engine share. */
typedef struct
{
  LabPoll *poll;
  LabWatcher *watcher;
  LabRunDir *run_dir;
  LabSandbox *sandbox;
  LabImages *images;
  LabRelay *relay;
  LabSaver *saver;
  LabGuard *guard;

  /* Anything that lab_device_get_state() gives is different now. */
  void (*changed) (LabDevice *device, gpointer user_data);
  /* It wants to be begun when there is room. */
  void (*enqueue) (LabDevice *device, gpointer user_data);
  /* It has what it is started with: the relay's instance must have the same. */
  void (*adopted) (LabDevice *device, gpointer user_data);
  /* It is over the part of its start that is bounded. */
  void (*launched) (LabDevice *device, gpointer user_data);
  /* It is down, and nothing of it is pending. */
  void (*down) (LabDevice *device, gpointer user_data);
  gpointer user_data;
} LabDeviceContext;

/* @settings: (transfer full). It has its console from now on. */
LabDevice         *lab_device_new          (LabDeviceContext *context, guint id, const char *name, LabSettings *settings, GError **error);
void               lab_device_free         (LabDevice *self); /* only if lab_device_is_down() */

guint              lab_device_get_id       (LabDevice *self); /* the document's, 1..1023 */
const char        *lab_device_get_name     (LabDevice *self); /* the node's; until lab_device_set_name() */
/* Borrowed strings, valid until the next call that changes something. */
void               lab_device_get_state    (LabDevice *self, LabNodeState *state);
/* Has a process, or is about to. */
gboolean           lab_device_is_active    (LabDevice *self);
gboolean           lab_device_is_down      (LabDevice *self);
/* What it runs with; what it will be started with when it is down. */
const LabSettings *lab_device_get_settings (LabDevice *self);
const LabSettings *lab_device_get_wanted   (LabDevice *self);
/* "dir=… pseudo=…" for the relay. (transfer full) */
char              *lab_device_dup_instance (LabDevice *self);

/* The node was renamed; @name is copied. What runs is not told. */
void               lab_device_set_name     (LabDevice *self, const char *name);
/* @settings: (transfer full): what it is started with the next time. */
void               lab_device_set_wanted   (LabDevice *self, LabSettings *settings);

/* Asks for room (enqueue); what becomes of it is its state. One that is stopping starts when it has
 * stopped; nothing happens to one that runs. */
void               lab_device_start        (LabDevice *self);
/* The engine has room for it (see enqueue). */
void               lab_device_begin        (LabDevice *self);
/* The relay is new and has been told everything. */
void               lab_device_relay_up     (LabDevice *self);
/* @table: the processes at this moment; one serves many devices. */
void               lab_device_stop         (LabDevice *self, LabProcessTable *table);
void               lab_device_reload       (LabDevice *self, LabProcessTable *table);
/* FALSE: all its processes were stopped already. Call with new tables until it says so. */
gboolean           lab_device_freeze       (LabDevice *self, LabProcessTable *table, gboolean hold);
void               lab_device_thaw         (LabDevice *self, LabProcessTable *table);
/* The configuration saved in its NVRAM. (transfer full) */
char              *lab_device_dup_config   (LabDevice *self, GError **error);
/* Its files were changed by somebody else while it was down. */
void               lab_device_note_config  (LabDevice *self);
/* What the device of @work, which may be another, saved is not in its history, or is (%NULL) after all. */
void               lab_device_save_failed  (LabDevice *self, const char *work, const GError *error);
/* FALSE: its NVRAM cannot hold @text. */
gboolean           lab_device_check_config (LabDevice *self, GBytes *text, GError **error);
/* @error: (nullable) */
typedef void (*LabDeviceConfigDone) (LabDevice *device, const GError *error, gpointer user_data);
/* Puts @text into its NVRAM; what is there goes into the history first. A device that runs is stopped
 * before and started again after. @vlans: (nullable): what its vlan.dat shall hold; empty: none. Not
 * while lab_device_has_new_config(). */
void               lab_device_put_config   (LabDevice *self, GBytes *text, GBytes *vlans, LabProcessTable *table, LabDeviceConfigDone done, gpointer user_data);
/* One is waiting for it to be down. */
gboolean           lab_device_has_new_config (LabDevice *self);

G_END_DECLS
