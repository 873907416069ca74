/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Guesses from the name of an image. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include "lab-image-guess.h"

#define SWITCH_ADAPTERS 4

/* "l2" as a word or the beginning of one: not the one in "ipl2x". */
static gboolean
says_switch (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (const char *at = lower; (at = strstr (at, "l2")) != NULL; at += 2)
    if ((at == lower || !g_ascii_isalnum (at[-1])) && !g_ascii_isdigit (at[2]))
      return TRUE;

  return FALSE;
}

LabImageGuess
lab_image_guess (const char *file_name, guint ethernet, guint serial)
{
  LabImageGuess guess = { .ethernet = ethernet, .serial = serial };

  g_return_val_if_fail (file_name != NULL, guess);

  if (says_switch (file_name))
    guess = (LabImageGuess){ .is_switch = TRUE, .ethernet = SWITCH_ADAPTERS };

  return guess;
}

gboolean
lab_image_guess_is_program (const char *start, gsize length)
{
  return length >= 4 && memcmp (start, "\177ELF", 4) == 0;
}
