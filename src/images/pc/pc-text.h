/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pc.h"

/* Addresses as people write them (lwIP's own functions write IPv6 in capitals). Static: good for
 * the next seven calls. */
const char *pc_text_ip4 (const ip4_addr_t *address);
const char *pc_text_ip6 (const ip6_addr_t *address);
const char *pc_text_ip (const ip_addr_t *address);
const char *pc_text_mac (const guint8 mac[6]);
