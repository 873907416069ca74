/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a made ELF file says of itself. Zeros: 64 bits, x86-64, executable, static. */
typedef struct
{
  gboolean narrow; /* 32 bit, i386 */
  guint machine;   /* 0: the usual one */
  guint type;      /* 0: ET_EXEC */
  const char *interpreter;
  const char *const *libraries; /* NULL: no dynamic section */
  const char *run_path;
  gboolean old_run_path; /* DT_RPATH */
} ElfPlan;

/* Offsets of what tests change. */
typedef struct
{
  gsize program_headers;
  gsize interpreter;
  gsize dynamic;
  gsize strings;
} ElfPlaces;

GByteArray *elf_make (const ElfPlan *plan, ElfPlaces *places);
