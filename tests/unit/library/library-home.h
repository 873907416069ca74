/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "elf-maker.h"
#include "lab-library.h"

/* Folders of a test's own for the image library, below one root: data/, cache/ and config/, and what
 * a test writes itself. The images are made: ELF headers that cannot run. */

const char     *library_home_root      (void);
/* A file below the root. (transfer full): its path */
char           *library_home_write     (const char *name, const guint8 *bytes, gsize length);
/* The same, an image; @salt makes files differ. */
char           *library_home_write_elf (const char *name, const ElfPlan *plan, const char *salt);
/* Adds what was not there. @name: (nullable). (transfer full) */
LabImageRecord *library_home_add       (const char *source, const char *name);
/* (transfer full): one that is there */
LabImageRecord *library_home_find      (const char *name);

typedef struct
{
  const char *path;
  void (*function) (gpointer *fixture, gconstpointer data);
} LibraryTest;

/* The main function of a test program whose tests begin with an empty library each. */
int             library_home_run       (int argc, char **argv, const LibraryTest *tests, guint n);
