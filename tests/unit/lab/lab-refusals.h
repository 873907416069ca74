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

extern const Refusal refusals_syntax[];
extern const Refusal refusals_head[];
extern const Refusal refusals_nodes[];
extern const Refusal refusals_links[];
extern const Refusal refusals_drawings[];
extern const Refusal refusals_checks[];
