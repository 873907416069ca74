/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a device is kept apart from the machine and from its neighbours. */
typedef struct _LabSandbox LabSandbox;

/**
 * LabSandboxSpec:
 * @work: the working directory; read and write, seen as `/work`
 * @tmp: what is seen as `/tmp`
 * @image: the program
 * @iourc: (nullable): a licence file, seen as `/iourc`
 * @library_dirs: (nullable): folders of libraries for it, besides the system's
 * @nested: the device makes namespaces and TUN devices of its own
 * @processes: how many processes it may have; the kernel, where it can count them, allows twice as many until the
 *   guard has looked; 0: any number
 * @args: its arguments, the program's name not included
 */
typedef struct
{
  const char *work;
  const char *tmp;
  const char *image;
  const char *iourc;
  const char *const *library_dirs;
  gboolean nested;
  guint processes;
  const char *const *args;
} LabSandboxSpec;

/* Tries once whether it works. @run_path: a private folder for a few small files. */
LabSandbox *lab_sandbox_new           (const char *run_path);
void        lab_sandbox_free          (LabSandbox *self);
gboolean    lab_sandbox_is_isolated   (LabSandbox *self);
/* May devices run? FALSE with a sentence: no sandbox here, and running without was not allowed. */
gboolean    lab_sandbox_check         (LabSandbox *self, GError **error);
/* Why there is no isolation; "" if there is. */
const char *lab_sandbox_get_reason    (LabSandbox *self);

/* Where the image at @image is, as the device sees it. (transfer full) */
char       *lab_sandbox_dup_image_path (LabSandbox *self, const char *image);
/* What to exec: element 0 is the program's path, the whole is its argv. (transfer full) */
char      **lab_sandbox_build_argv    (LabSandbox *self, const LabSandboxSpec *spec);
char      **lab_sandbox_build_environ (LabSandbox *self, const LabSandboxSpec *spec);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabSandbox, lab_sandbox_free)

G_END_DECLS
