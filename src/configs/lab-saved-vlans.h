/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The VLAN database of a switch: vlan.dat-NNNNN in the device's folder (contract, section 12). Its
 * content is the image's own affair. */

/** LAB_SAVED_MAX_VLANS: a larger one is none, in bytes */
#define LAB_SAVED_MAX_VLANS (1024 * 1024)

/* What the device @id in @work keeps. (transfer full) (nullable): none, or none that can be read */
GBytes   *lab_saved_read_vlans  (const char *work, guint id);
/**
 * lab_saved_write_vlans:
 * @data: what the device shall keep; empty: none
 *
 * The one that is replaced or removed is kept as vlan.dat in the folder of the history; only the last
 * one is. The device must not run.
 */
gboolean  lab_saved_write_vlans (const char *work, guint id, GBytes *data, GError **error);

G_END_DECLS
