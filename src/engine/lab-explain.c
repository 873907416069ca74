/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a device ended. What it wrote last says more than its exit code, so that is looked at first:
 * words that images, the dynamic loader and bubblewrap are known to use. The output itself is
 * always shown beside the sentence, so a wrong guess does no harm. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <signal.h>
#include <string.h>

#include <glib/gi18n.h>

#include "lab-console-text.h"
#include "lab-explain.h"

/* iou contract, 9 */
#define MAX_OLD_HOST 15

static gboolean
says (const char *lower, const char *first, const char *second)
{
  const char *at = strstr (lower, first);

  return at != NULL && (second == NULL || strstr (lower, second) != NULL);
}

static char *
explain_licence (const LabExplainFacts *facts)
{
  switch (facts->licence)
    {
    case LAB_LICENCE_NONE:
      return g_strdup_printf (
          _ ("The image asks for a licence for host “%s”, and no iourc is set. "
             "Set yours in the preferences, or with “labctl licence set FILE”."),
          facts->host);
    case LAB_LICENCE_BAD:
      return g_strdup_printf (_ ("The image asks for a licence for host “%s”; your iourc has none "
                                 "of the right form for it. See “labctl licence show”."),
                              facts->host);
    case LAB_LICENCE_GOOD:
    default:
      return g_strdup_printf (_ ("The image does not accept the licence that your iourc has for "
                                 "host “%s”."),
                              facts->host);
    }
}

/* The word behind @mark, up to @end. (transfer full) (nullable) */
static char *
word_behind (const char *output, const char *mark, const char *ends)
{
  const char *at = strstr (output, mark);

  if (at == NULL)
    return NULL;
  at += strlen (mark);

  return g_strndup (at, MIN (strcspn (at, ends), 100));
}

static char *
explain_loader (const LabExplainFacts *facts, const char *lower)
{
  g_autofree char *library =
      word_behind (facts->output, "error while loading shared libraries: ", ": \r\n");

  if (library != NULL)
    return g_strdup_printf (_ ("The image could not load the library %s. “labctl image show” says "
                               "how to mend that, if the image itself asks for it; else another "
                               "library does."),
                            library);
  if (says (lower, "bwrap: execvp", "no such file") || says (lower, "prlimit: ", "no such file"))
    return g_strdup (_ ("The image could not be started: its loader is missing. A 32-bit image "
                        "needs the package libc6:i386."));
  if (says (lower, "bwrap: execvp", "exec format error") ||
      says (lower, "prlimit: ", "exec format error"))
    return g_strdup (_ ("The image could not be started: this system does not run programs of its "
                        "kind. For a 32-bit image the kernel must have 32-bit support."));
  if (says (lower, "bwrap: ", NULL))
    return g_strdup (_ ("The sandbox of the image could not be made; its output says why."));

  return NULL;
}

static char *
explain_output (const LabExplainFacts *facts, const char *lower)
{
  if (facts->own && (says (lower, "code signing", NULL) || says (lower, "signature", "fail")))
    return g_strdup (_ ("The image failed its own code signing check. It was started under its own "
                        "name, so its file is damaged or was changed; compare its checksum."));
  if (facts->own && (says (lower, "license", NULL) || says (lower, "licence", NULL) ||
                     says (lower, "iourc", NULL)))
    return explain_licence (facts);
  if (facts->own && facts->keepalives &&
      (says (lower, "invalid option", "'l'") || says (lower, "illegal option", "-- l") ||
       says (lower, "unknown option", "-l")))
    return g_strdup (_ ("The image does not know layer-1 keepalives (-l). Switch them off in the "
                        "device’s properties, or in a template of the image."));
  if (says (lower, "file name too long", NULL) || says (lower, "filename too long", NULL) ||
      says (lower, "name is too long", NULL))
    return g_strdup (_ ("The image finds a name too long. Names of hosts over 15 characters and of "
                        "images over 63 stop older images."));
  if (says (lower, "cannot allocate memory", NULL) || says (lower, "out of memory", NULL) ||
      says (lower, "insufficient memory", NULL) || says (lower, "malloc fail", NULL))
    return facts->ram != 0
               ? g_strdup_printf (
                     _ ("The image found too little memory with %u MB of RAM; give the "
                        "device more."),
                     facts->ram)
               : g_strdup (_ ("The image found too little memory; give the device more RAM."));
  if (says (lower, "already in use", NULL))
    return g_strdup (_ ("The image found its application id in use by another process."));

  return NULL;
}

char *
lab_explain_long_host (const char *host)
{
  if (strlen (host) <= MAX_OLD_HOST)
    return NULL;

  return g_strdup_printf (_ ("This machine’s name, “%s”, has more than %d characters, and older "
                             "images do not start then."),
                          host, MAX_OLD_HOST);
}

/* Nothing that it said tells why. */
static char *
explain_end (const LabExplainFacts *facts)
{
  g_autofree char *end = lab_console_text_describe_exit (facts->code, facts->signal);
  g_autofree char *host =
      facts->own && !facts->was_ready ? lab_explain_long_host (facts->host) : NULL;

  return host != NULL ? g_strdup_printf ("%s %s", end, host) : g_steal_pointer (&end);
}

char *
lab_explain_exit (const LabExplainFacts *facts)
{
  g_autofree char *lower = g_ascii_strdown (facts->output, -1);
  char *text = explain_loader (facts, lower);

  if (text == NULL)
    text = explain_output (facts, lower);
  if (text == NULL)
    text = explain_end (facts);

  return text;
}
