/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-settings.h"

G_BEGIN_DECLS

/* The folders of one device: its working directory, which stays, and what it sees as /tmp. */
typedef struct
{
  guint id;
  char *work;       /* S/<uuid>/<id> */
  char *tmp;        /* R/<uuid>/d/<id>/tmp, or /tmp */
  char *sockets;    /* tmp/netio<uid>: the device makes its socket here */
  guint pseudo_id;
  gboolean private_tmp;
} LabWorkdir;

/* Makes no folder. @state_path: S/<uuid>; @run_path: R/<uuid>; @isolated: the device has a /tmp of
 * its own. (transfer full) */
LabWorkdir *lab_workdir_new             (guint id, const char *state_path, const char *run_path, gboolean isolated);
/* The folders stay. */
void        lab_workdir_free            (LabWorkdir *self);
/* Folders that must be there before the relay binds its sockets in them. */
gboolean    lab_workdir_make            (LabWorkdir *self, GError **error);
/* The folder of what stays, with that of its history in it. */
gboolean    lab_workdir_make_work       (LabWorkdir *self, GError **error);
/* NETMAP, start configuration and the link to the image; removes what an earlier run left in /tmp. */
gboolean    lab_workdir_prepare         (LabWorkdir *self, const LabSettings *settings, const char *node_name,
                                         const char *image_path, const char *image_target, GError **error);
/* After the device ended: its link, sockets and locks. */
void        lab_workdir_clear           (LabWorkdir *self, const char *image_path);
/* argv of the device without its name; @keepalives: with layer-1 keepalives. (transfer full) */
char      **lab_workdir_build_args      (LabWorkdir *self, const LabSettings *settings, gboolean keepalives);
/* The configuration saved in the NVRAM. (transfer full) */
char       *lab_workdir_dup_config      (LabWorkdir *self, GError **error);
/* Does the NVRAM hold a configuration? */
gboolean    lab_workdir_has_config      (LabWorkdir *self);
/* The socket file that the device makes, below @sockets. */
gboolean    lab_workdir_has_socket      (LabWorkdir *self);
/* KB of its NVRAM file; 0: there is none that an image could take. */
guint       lab_workdir_get_nvram_kb    (LabWorkdir *self);
/* The name by which the prompt shows the node: its name without what a prompt cannot hold. (transfer full) */
char       *lab_workdir_prompt_name     (const char *node_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabWorkdir, lab_workdir_free)

G_END_DECLS
