/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the host answers by itself: echo (RFC 862) on UDP and TCP port 7. */
void pc_services_start (void);
