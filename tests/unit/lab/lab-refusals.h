/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-types.h"

/* A bad text, and what is said about it. A NULL text ends a table. */
typedef struct
{
  const char *text;
  int code;
  const char *message;
} Refusal;

/* What a lab begins with: a line, so that what follows is in line 2. */
#define LAB_HEAD \
  "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"01234567-89ab-cdef-0123-456789abcdef\", " \
  "\"name\": \"n\",\n"

/* A node that is right. */
#define ROUTER_A \
  "{ \"name\": \"A\", \"kind\": \"iou\", \"image\": { \"name\": \"i\" }, \"serial\": 1 }"

/* One table a subject, lab-refusals-*.c. */
extern const Refusal refusals_syntax[];
extern const Refusal refusals_head[];
extern const Refusal refusals_nodes[];
extern const Refusal refusals_links[];
extern const Refusal refusals_drawings[];
extern const Refusal refusals_checks[];
