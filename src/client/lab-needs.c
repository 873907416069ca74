/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab-client"

#include "config.h"

#include "lab-needs.h"

#include <glib/gi18n.h>

#include "lab-doctor.h"

static const LabDoctorFinding *
find (GPtrArray *findings, const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const LabDoctorFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (finding->id, id))
        return finding;
    }
  return NULL;
}

/* (transfer full) (nullable): nothing is missing. */
static char *
explain (LabTopology *topology, const LabDoctorFinding *finding, const char *need)
{
  const char *name = lab_topology_get_name (topology);

  if (finding == NULL)
    return g_strdup_printf (_ ("“%s” needs “%s”, which this version of Labwright does not know."),
                            name, need);
  if (finding->state == LAB_DOCTOR_GOOD)
    return NULL;
  if (finding->command == NULL)
    return g_strdup_printf (_ ("“%s” cannot work on this machine. It needs %s: %s"), name,
                            finding->title, finding->detail);
  return g_strdup_printf (_ ("“%s” cannot work on this machine yet. It needs %s: %s As "
                             "administrator: %s"),
                          name, finding->title, finding->detail, finding->command);
}

GStrv
lab_needs_examine (LabTopology *topology)
{
  g_auto (GStrv) needs = lab_topology_dup_needs (topology);
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_autoptr (GPtrArray) findings = NULL;

  /* Nothing is looked at for those many that need nothing. */
  if (needs[0] != NULL)
    findings = lab_doctor_examine ();
  for (guint i = 0; needs[i] != NULL; i++)
    {
      g_autofree char *sentence = explain (topology, find (findings, needs[i]), needs[i]);

      if (sentence != NULL)
        g_strv_builder_add (sentences, sentence);
    }
  return g_strv_builder_end (sentences);
}

GStrv
lab_needs_list_missing (const char *const *needs, GPtrArray *findings)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

  for (guint i = 0; needs[i] != NULL; i++)
    {
      const LabDoctorFinding *finding = find (findings, needs[i]);
      g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), needs[i]);

      if (finding == NULL)
        g_strv_builder_add (titles, quoted);
      else if (finding->state != LAB_DOCTOR_GOOD)
        g_strv_builder_add (titles, finding->title);
    }
  return g_strv_builder_end (titles);
}
