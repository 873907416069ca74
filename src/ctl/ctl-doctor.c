/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl doctor: what this machine has of what labs need. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-command.h"
#include "ctl-output.h"
#include "lab-doctor.h"

static const char *
state_word (LabDoctorState state)
{
  switch (state)
    {
    case LAB_DOCTOR_NEEDED:
      return "needed";
    case LAB_DOCTOR_MISSING:
      return "missing";
    case LAB_DOCTOR_GOOD:
    default:
      return "good";
    }
}

static void
print_json (GPtrArray *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_bool (builder, "can-run", lab_doctor_worst (findings) != LAB_DOCTOR_NEEDED);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const LabDoctorFinding *finding = g_ptr_array_index (findings, i);

      json_builder_begin_object (builder);
      ctl_json_string (builder, "id", finding->id);
      ctl_json_string (builder, "title", finding->title);
      ctl_json_string (builder, "state", state_word (finding->state));
      ctl_json_string (builder, "purpose", finding->purpose);
      ctl_json_string (builder, "detail", finding->detail);
      ctl_json_string (builder, "command", finding->command);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  ctl_print_json (builder);
}

static void
print_table (GPtrArray *findings)
{
  const char *const columns[] = { _ ("STATE"), _ ("WHAT"), _ ("WHAT FOR"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lll");

  for (guint i = 0; i < findings->len; i++)
    {
      const LabDoctorFinding *finding = g_ptr_array_index (findings, i);

      if (finding->state == LAB_DOCTOR_GOOD)
        ctl_table_add (table, CTL_GOOD, "%s", _ ("good"));
      else if (finding->state == LAB_DOCTOR_MISSING)
        ctl_table_add (table, CTL_WARN, "%s", _ ("missing"));
      else
        ctl_table_add (table, CTL_BAD, "%s", _ ("NEEDED"));
      ctl_table_add (table, CTL_BOLD, "%s", finding->title);
      ctl_table_add (table, CTL_PLAIN, "%s", finding->purpose);
    }
  ctl_table_print (table);
}

static void
print_missing (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const LabDoctorFinding *finding = g_ptr_array_index (findings, i);

      if (finding->state == LAB_DOCTOR_GOOD)
        continue;
      g_print ("\n%s: %s\n", finding->title, finding->detail);
      if (finding->command != NULL)
        g_print (_ ("  As administrator: %s\n"), finding->command);
    }
  if (lab_doctor_worst (findings) == LAB_DOCTOR_NEEDED)
    g_print (_ ("\nNo lab can run before that is mended.\n"));
}

static int
run_doctor (int argc, char **argv)
{
  g_autoptr (GPtrArray) findings = NULL;
  gboolean json = FALSE;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_doctor_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc > 0)
    return ctl_usage (&ctl_doctor_command, _ ("“%s” is too much."), argv[0]);

  findings = lab_doctor_examine ();
  if (json)
    print_json (findings);
  else
    {
      print_table (findings);
      print_missing (findings);
    }
  return lab_doctor_worst (findings) == LAB_DOCTOR_NEEDED ? CTL_CANNOT : CTL_OK;
}

const CtlCommand ctl_doctor_command = {
  .name = "doctor",
  .arguments = "",
  .summary = N_ ("Say what this machine lacks for labs"),
  .details =
      N_ ("Looks at the sandbox, TUN devices, FRRouting, network programs, 32-bit programs,\n"
          "socket queues, Wireshark and the kernel, and names the command that mends what is\nmissing. "
          "Exits 0 if labs can run, even if not every kind of device, else 3.\n\n"
          "Example:\n  labctl doctor --json | jq '.findings[] | select(.state != \"good\")'"),
  .run = run_doctor,
};
