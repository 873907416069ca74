/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where FRRouting has its things, in the router's own root. */

#define ROUTER_CONFIG_DIR  "/etc/frr"
#define ROUTER_CONFIG_FILE ROUTER_CONFIG_DIR "/frr.conf"
#define ROUTER_VTY_DIR     "/var/run/frr"
#define ROUTER_VTYSH       "/usr/bin/vtysh"

/* Where the kernel has MPLS. */
#define ROUTER_MPLS "/proc/sys/net/mpls"
