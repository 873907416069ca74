/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Guesses. Names in use: "i86bi-linux-l3-adventerprisek9-15.4.1T.bin",
 * "i86bi_LinuxL2-AdvEnterpriseK9-M_152_May_2018.bin", "x86_64_crb_linux_l2-adventerprisek9-ms.iol".
 */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-image-guess.h"

#define SWITCH_ADAPTERS 4

static const char *const role_words[] = { "", "router", "switch", "host" };

const char *
lab_image_role_to_string (LabImageRole role)
{
  return role_words[role];
}

gboolean
lab_image_role_from_string (const char *word, LabImageRole *role)
{
  for (guint i = LAB_ROLE_ROUTER; i < G_N_ELEMENTS (role_words); i++)
    if (g_str_equal (word, role_words[i]))
      {
        *role = i;
        return TRUE;
      }

  return FALSE;
}

const char *
lab_image_role_get_title (LabImageRole role)
{
  switch (role)
    {
    case LAB_ROLE_ROUTER:
      return _ ("Router");
    case LAB_ROLE_SWITCH:
      return _ ("Switch");
    case LAB_ROLE_HOST:
      return _ ("Host");
    case LAB_ROLE_UNKNOWN:
    default:
      return _ ("Unknown");
    }
}

/* @word ("l2") as a word or the beginning of one, or behind "linux": not the one in "ipl2x". */
static gboolean
says (const char *name, const char *word)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (const char *at = lower; (at = strstr (at, word)) != NULL; at += 2)
    {
      gboolean after_linux = at - lower >= 5 && strncmp (at - 5, "linux", 5) == 0;

      if ((at == lower || !g_ascii_isalnum (at[-1]) || after_linux) && !g_ascii_isdigit (at[2]))
        return TRUE;
    }

  return FALSE;
}

LabImageGuess
lab_image_guess (const char *file_name, guint ethernet, guint serial)
{
  LabImageGuess guess = { .ethernet = ethernet, .serial = serial };

  g_return_val_if_fail (file_name != NULL, guess);

  if (says (file_name, "l2"))
    guess = (LabImageGuess){ .is_switch = TRUE, .ethernet = SWITCH_ADAPTERS };

  return guess;
}

LabImageRole
lab_image_guess_role (const char *file_name)
{
  if (says (file_name, "l2"))
    return LAB_ROLE_SWITCH;
  if (says (file_name, "l3"))
    return LAB_ROLE_ROUTER;

  return LAB_ROLE_UNKNOWN;
}

/* The first match of @pattern, its groups joined by dots, the last ones as they are. */
static char *
match_release (const char *pattern, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *major = NULL;
  g_autofree char *minor = NULL;
  g_autofree char *rest = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return NULL;
  major = g_match_info_fetch_named (match, "major");
  minor = g_match_info_fetch_named (match, "minor");
  rest = g_match_info_fetch_named (match, "rest");

  return g_strconcat (major, ".", minor, rest, NULL);
}

/* As IOS writes it in names of files, "ms.155-2.T.bin" and "157-3.M2": "15.5.2T" and "15.7.3M2". */
static char *
match_train (const char *file_name)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("[-_.](1[2-7])([0-9])-([0-9]{1,2})(?:\\.?([A-Z]{1,2}[0-9]{0,2}))?(?![0-9A-Z])",
                   G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *train = NULL;
  g_autofree char *numbers = NULL;

  if (!g_regex_match (regex, file_name, 0, &match))
    return NULL;
  train = g_match_info_fetch (match, 4);
  numbers = g_match_info_expand_references (match, "\\1.\\2.\\3", NULL);

  return g_strconcat (numbers, train, NULL);
}

char *
lab_image_guess_release (const char *file_name)
{
  char *release = match_release ("(?<![0-9])(?<major>1[0-9])\\.(?<minor>[0-9]{1,2})"
                                 "(?<rest>(\\.[0-9]{1,2})?[a-z]{0,3}[0-9]{0,2})(?![0-9])",
                                 file_name);
  gsize length;

  if (release == NULL)
    release = match_train (file_name);
  if (release == NULL)
    release = match_release ("[-_](?<major>1[2-7])(?<minor>[0-9])(?<rest>)[-_]", file_name);
  if (release == NULL)
    return NULL;
  /* "15.4.1T.bin" without the ending, should it have been taken for more. */
  length = strlen (release);
  if (length > 4 && g_ascii_strcasecmp (release + length - 3, "bin") == 0)
    release[length - 3] = '\0';

  return release;
}

gboolean
lab_image_guess_banner (const char *line, LabImageRole *role, char **release)
{
  g_autoptr (GRegex) regex = g_regex_new ("Software \\(([A-Z0-9_]*LINUX[A-Z0-9_]*)-[^)]{1,80}\\), "
                                          "(?:Experimental )?Version ([0-9][0-9A-Za-z().:]{1,40})",
                                          0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *platform = NULL;

  if (!g_regex_match (regex, line, 0, &match))
    return FALSE;
  platform = g_match_info_fetch (match, 1);
  *role = strstr (platform, "L2") != NULL ? LAB_ROLE_SWITCH : LAB_ROLE_ROUTER;
  *release = g_match_info_fetch (match, 2);

  return TRUE;
}

gboolean
lab_image_guess_is_program (const char *start, gsize length)
{
  return length >= 4 && memcmp (start, "\177ELF", 4) == 0;
}

gboolean
lab_image_guess_is_name (const char *file_name)
{
  const char *so = strstr (file_name, ".so");

  for (const char *p = file_name; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;

  return *file_name != '.' && *file_name != '\0' && g_utf8_validate (file_name, -1, NULL) &&
         !(so != NULL && (so[3] == '\0' || so[3] == '.'));
}

gboolean
lab_image_guess_is_usual_name (const char *file_name)
{
  g_autofree char *lower = g_ascii_strdown (file_name, -1);

  return g_str_has_suffix (lower, ".bin") || g_str_has_suffix (lower, ".iol") ||
         g_str_has_prefix (lower, "i86bi") || g_str_has_prefix (lower, "x86_64_crb");
}
