/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the relay is told when a lab changes. */

#include "config.h"

#include "lab-relay-plan.h"

static char *
compare (LabRelayPlan *from, LabRelayPlan *to)
{
  g_autoptr (GPtrArray) commands = lab_relay_plan_compare (from, to);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < commands->len; i++)
    g_string_append_printf (lines, "%s\n", ((LabRelayCommand *) commands->pdata[i])->line);
  return g_string_free (lines, FALSE);
}

/* Two hosts on a switch; @change makes it differ. */
static LabRelayPlan *
make_plan (guint change)
{
  LabRelayPlan *plan = lab_relay_plan_new ();
  const char *ports[] = { "access 1", change == 1 ? "access 20" : "access 10", NULL };

  lab_relay_plan_add_instance (plan, 1, "dir=/a", "PC1");
  if (change != 2)
    lab_relay_plan_add_instance (plan, 2, change == 3 ? "dir=/c" : "dir=/b", "PC2");
  lab_relay_plan_add_device (plan, "switch", "n3", change == 4 ? "ports=4" : "ports=2", ports,
                             "SW");
  lab_relay_plan_add_link (plan, "1:0/0", "n3:0", change != 5, "one");
  if (change == 6)
    lab_relay_plan_add_link (plan, "n3:1", "2:0/0", TRUE, "two");
  else if (change != 2 && change != 7)
    lab_relay_plan_add_link (plan, "2:0/0", "n3:1", TRUE, "two");
  return plan;
}

static void
check (guint change, const char *expected)
{
  g_autoptr (LabRelayPlan) from = make_plan (0);
  g_autoptr (LabRelayPlan) to = make_plan (change);
  g_autofree char *lines = compare (from, to);

  g_assert_cmpstr (lines, ==, expected);
}

/* Impairments follow their link; one that was refused is asked for again, the link is not. */
static void
test_impair (void)
{
  g_autoptr (LabRelayPlan) plain = make_plan (0);
  g_autoptr (LabRelayPlan) impaired = make_plan (0);
  g_autoptr (LabRelayPlan) other = make_plan (0);
  g_autofree char *on = NULL;
  g_autofree char *change = NULL;
  g_autofree char *off = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *again = NULL;

  lab_relay_plan_impair_link (impaired, "n3:1", "2:0/0", "loss=1%", "delay=5ms");
  lab_relay_plan_impair_link (other, "2:0/0", "n3:1", "delay=5ms", NULL);
  on = compare (plain, impaired);
  g_assert_cmpstr (on, ==, "impair 2:0/0 delay=5ms\nimpair n3:1 loss=1%\n");
  change = compare (impaired, other);
  g_assert_cmpstr (change, ==, "impair n3:1 off\n");
  off = compare (other, plain);
  g_assert_cmpstr (off, ==, "impair 2:0/0 off\n");
  {
    g_autoptr (LabRelayPlan) without = make_plan (7);

    moved = compare (without, other);
    g_assert_cmpstr (moved, ==, "link add 2:0/0=n3:1 2:0/0 n3:1\nimpair 2:0/0 delay=5ms\n");
  }
  {
    g_autoptr (GPtrArray) commands = lab_relay_plan_compare (plain, other);

    lab_relay_plan_forget (other, ((LabRelayCommand *) commands->pdata[0])->key);
    again = compare (other, impaired);
    g_assert_cmpstr (again, ==, "impair 2:0/0 delay=5ms\nimpair n3:1 loss=1%\n");
  }
}

static void
test_changes (void)
{
  check (0, "");
  check (1, "switch port n3 1 access 20\n");
  check (2, "link remove 2:0/0=n3:1\ninstance remove 2\n");
  check (3, "link remove 2:0/0=n3:1\ninstance remove 2\ninstance add 2 dir=/c\n"
            "link add 2:0/0=n3:1 2:0/0 n3:1\n");
  check (5, "link unplug 1:0/0=n3:0\n");
  check (6, "");
  check (7, "link remove 2:0/0=n3:1\n");
}

/* Circuits come and go by themselves while their switch stays, and with it when it goes. */
static void
test_parts (void)
{
  g_autoptr (LabRelayPlan) from = lab_relay_plan_new ();
  g_autoptr (LabRelayPlan) to = lab_relay_plan_new ();
  g_autoptr (LabRelayPlan) remade = lab_relay_plan_new ();
  g_autofree char *change = NULL;
  g_autofree char *remake = NULL;

  lab_relay_plan_add_device (from, "frame-relay", "n1", "ports=2", NULL, "FR");
  lab_relay_plan_add_part (from, "frame-relay", "n1", "0:102 1:201", "FR");
  lab_relay_plan_add_part (from, "frame-relay", "n1", "0:103 1:301", "FR");
  lab_relay_plan_add_device (to, "frame-relay", "n1", "ports=2", NULL, "FR");
  lab_relay_plan_add_part (to, "frame-relay", "n1", "0:103 1:301", "FR");
  lab_relay_plan_add_device (to, "nat", "n2", "host-access=off", NULL, "NAT");
  lab_relay_plan_add_part (to, "nat", "n2", "tcp 8022 10.0.2.15 22", "NAT");
  change = compare (from, to);
  g_assert_cmpstr (change, ==,
                   "frame-relay unmap n1 0:102 1:201\n"
                   "nat add n2 host-access=off\n"
                   "nat forward n2 tcp 8022 10.0.2.15 22\n");

  lab_relay_plan_add_device (remade, "frame-relay", "n1", "ports=4", NULL, "FR");
  lab_relay_plan_add_part (remade, "frame-relay", "n1", "0:103 1:301", "FR");
  remake = compare (from, remade);
  g_assert_cmpstr (remake, ==,
                   "frame-relay remove n1\n"
                   "frame-relay add n1 ports=4\n"
                   "frame-relay map n1 0:103 1:301\n");
}

/* A switch that must be made anew takes its links with it, and gets its ports and links again. */
static void
test_remake (void)
{
  g_autoptr (LabRelayPlan) from = make_plan (0);
  g_autoptr (LabRelayPlan) to = make_plan (4);
  g_autoptr (GPtrArray) commands = lab_relay_plan_compare (from, to);
  static const char *const order[] = { "link remove ",
                                       "link remove ",
                                       "switch remove n3",
                                       "switch add n3 ports=4",
                                       "switch port n3 1 access 10",
                                       "link add ",
                                       "link add " };

  g_assert_cmpuint (commands->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < commands->len; i++)
    g_assert_true (g_str_has_prefix (((LabRelayCommand *) commands->pdata[i])->line, order[i]));
}

static void
test_from_nothing (void)
{
  g_autoptr (LabRelayPlan) plan = make_plan (5);
  g_autoptr (GPtrArray) commands = lab_relay_plan_compare (NULL, plan);
  guint devices = 0;

  g_assert_cmpuint (commands->len, ==, 6);
  for (guint i = 0; i < commands->len; i++)
    {
      LabRelayCommand *command = commands->pdata[i];

      if (g_str_has_prefix (command->line, "link add"))
        g_assert_cmpuint (devices, ==, 4);
      else
        devices++;
      if (g_str_has_prefix (command->line, "link add 1:0/0"))
        {
          g_assert_cmpstr (command->line, ==, "link add 1:0/0=n3:0 1:0/0 n3:0 unplugged");
          g_assert_cmpstr (command->title, ==, "one");
        }
    }
}

/* What was refused is asked for again. */
static void
test_forget (void)
{
  g_autoptr (LabRelayPlan) from = make_plan (0);
  g_autoptr (LabRelayPlan) to = make_plan (0);
  g_autofree char *lines = NULL;

  lab_relay_plan_forget (from, "1:0/0=n3:0");
  lines = compare (from, to);
  g_assert_cmpstr (lines, ==, "link add 1:0/0=n3:0 1:0/0 n3:0\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/plan/changes", test_changes);
  g_test_add_func ("/engine/plan/impair", test_impair);
  g_test_add_func ("/engine/plan/remake", test_remake);
  g_test_add_func ("/engine/plan/parts", test_parts);
  g_test_add_func ("/engine/plan/from-nothing", test_from_nothing);
  g_test_add_func ("/engine/plan/forget", test_forget);
  return g_test_run ();
}
