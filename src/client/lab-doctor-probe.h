/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tries things of the kernel in a child process, so that nothing of it stays. */

/* May this user make a user namespace and with it the others a sandbox needs? */
gboolean lab_doctor_probe_namespaces (void);
/* Starts an empty sandbox of the kind devices get. Returns: (transfer full) (nullable): %NULL if it
 * starts, otherwise what bwrap said. Waits for it: for a thread. */
char    *lab_doctor_probe_sandbox    (void);
/* Does the kernel know this kind of interface (“vlan”, “vrf”)? FALSE too where nothing can be tried. */
gboolean lab_doctor_probe_link_kind  (const char *kind);
/* Is there a module of this name for the kernel that runs, loaded or not? */
gboolean lab_doctor_probe_module     (const char *name);

G_END_DECLS
