/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For test-lab-schema.py: each line of standard input is a lab; prints "ok", or why not. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab-file.h"

int
main (void)
{
  char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LabTopology) topology = lab_file_parse (line, strlen (line), "line", &error);

      printf ("%s\n", topology != NULL ? "ok" : error->message);
    }
  free (line);

  return 0;
}
