/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Words and numbers of the command line. */

#include <glib.h>

#define PC_MAX_WORDS 64

/* Splits at blanks; (transfer full), NULL-terminated. At most PC_MAX_WORDS words: the rest is cut
 * off. */
char **pc_split (const char *line);
/* Decimal, in range; nothing else in the text. */
gboolean pc_parse_number (const char *text, guint min, guint max, guint *value);
/* Four decimal numbers. @address in network byte order. */
gboolean pc_parse_ip4 (const char *text, guint32 *address);
/* Text form of IPv6, 16 bytes. */
gboolean pc_parse_ip6 (const char *text, guint8 address[16]);
/* 255.255.255.0, /24 or 24 into a prefix length. */
gboolean pc_parse_mask (const char *text, guint *prefix);
/* Network byte order. */
guint32 pc_prefix_to_mask (guint prefix);
guint pc_mask_to_prefix (guint32 mask);
/* e0/1, E0/1, et0/1, eth0/1, Ethernet0/1 or 0/1 into the port byte. */
gboolean pc_parse_port (const char *text, guint8 *byte);
/* A name for the prompt: 1 to 63 printable ASCII characters without blanks and '>'. */
gboolean pc_is_name (const char *text);
/* A host name to look up: dot-separated labels of letters, digits, - and _. */
gboolean pc_is_host_name (const char *text);
