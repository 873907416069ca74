/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Impairments of links as words, and back; edits of them. */

#include "config.h"

#include "lab-edit.h"
#include "lab-history.h"
#include "lab-impair.h"
#include "lab-samples.h"

static void
assert_words (LabLink *link, guint end, const char *wanted)
{
  g_autofree char *words = lab_link_dup_impairment (link, end);

  g_assert_cmpstr (words, ==, wanted);
}

static void
test_write (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  LabLink *plain = lab_topology_find_link (topology, "R1", "e0/0");
  LabLink *impaired = lab_topology_find_link (topology, "R1", "s2/0");
  guint seed = 0;

  g_assert_false (lab_link_is_impaired (plain));
  g_assert_false (lab_link_get_impair_seed (plain, &seed));
  assert_words (plain, 0, NULL);
  g_assert_true (lab_link_is_impaired (impaired));
  g_assert_true (lab_link_get_impair_seed (impaired, &seed));
  g_assert_cmpuint (seed, ==, G_MAXUINT32);
  assert_words (impaired, 0,
                "seed=4294967295 delay=100.5ms jitter=10ms shape=normal loss=0.00001% "
                "burst=1/25/100/0 rate=2.048Mbit queue=64000B only=ip and not port 22");
  assert_words (impaired, 1, "seed=4294967295 nth=7");
}

static JsonNode *
parse (const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return lab_impair_parse ((const char *const *) words, error);
}

static void
set (LabHistory *history, LabLink *link, guint end, const char *text)
{
  g_autoptr (JsonNode) direction = text != NULL ? parse (text, NULL) : NULL;
  g_autoptr (JsonNode) value = lab_link_with_impairment (link, end, direction);
  g_autoptr (LabEdit) edit = lab_edit_new_set_link ("R1", "e0/0", "impair", value);
  g_autoptr (GError) error = NULL;

  g_assert_true (lab_history_apply (history, edit, &error));
  g_assert_no_error (error);
}

static void
test_edit (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  LabLink *link = lab_topology_find_link (topology, "R1", "e0/0");

  set (history, link, 0, "delay=0.25s jitter=500us loss=1 rate=2Gbit queue=64kB drop=arp or icmp");
  assert_words (link, 0,
                "delay=250ms jitter=0.5ms loss=1% rate=2Gbit queue=64000B "
                "drop=arp or icmp");
  set (history, link, 1, "burst=1/20/90/2 mtu=1400 queue=7");
  assert_words (link, 1, "burst=1/20/90/2 mtu=1400"); /* no queue without a rate */
  g_assert_cmpstr (lab_history_get_undo_label (history), ==,
                   "Change impairments of link R1 e0/0 – R2 e0/1");
  set (history, link, 0, NULL);
  assert_words (link, 0, NULL);
  g_assert_true (lab_link_is_impaired (link));
  set (history, link, 1, "delay=0");
  g_assert_false (lab_link_is_impaired (link));
  lab_history_undo (history);
  lab_history_undo (history);
  assert_words (link, 0,
                "delay=250ms jitter=0.5ms loss=1% rate=2Gbit queue=64000B "
                "drop=arp or icmp");
}

static void
test_refuse (void)
{
  static const char *const wrong[] = {
    "delay",     "delay=",   "delay=x",    "delay=-1", "delay=0x10",  "delay=5h",
    "loss=1ms",  "loss=inf", "speed=1",    "burst=1",  "burst=a/b",   "burst=1/2/3/4/5",
    "rate=fast", "=1",       "queue=1.5x", "mtu=",     "rate=2Mbyte",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) direction = parse (wrong[i], &error);

      g_test_message ("%s", wrong[i]);
      g_assert_null (direction);
      g_assert_nonnull (error);
    }
}

static void
test_presets (void)
{
  guint count = 0;

  for (const LabImpairPreset *p = lab_impair_get_presets (); p->name != NULL; p++, count++)
    {
      const char *const both[] = { p->out, p->in };

      g_assert_nonnull (lab_impair_preset_get_title (p));
      for (guint end = 0; end < 2; end++)
        {
          g_autoptr (LabTopology) topology = sample_load (sample_full);
          g_autoptr (LabHistory) history = lab_history_new (topology);
          LabLink *link = lab_topology_find_link (topology, "R1", "e0/0");

          set (history, link, end, both[end]);
          g_assert_true (lab_link_is_impaired (link));
        }
    }
  g_assert_cmpuint (count, ==, 5);
}

/* A preset is found again, set at either end and with a seed; anything else is none. */
static void
test_find_preset (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  LabLink *link = lab_topology_find_link (topology, "R1", "e0/0");

  for (const LabImpairPreset *p = lab_impair_get_presets (); p->name != NULL; p++)
    for (guint end = 0; end < 2; end++)
      {
        g_autoptr (JsonNode) impair = lab_link_with_impair_preset (link, end, p);
        g_autoptr (JsonNode) seeded = lab_impair_with_seed (impair, 7 + end);
        g_autoptr (LabEdit) edit = lab_edit_new_set_link ("R1", "e0/0", "impair", seeded);
        guint seed;

        g_assert_true (lab_history_apply (history, edit, NULL));
        g_assert_true (lab_link_get_impair_seed (link, &seed) && seed == 7 + end);
        g_assert_true (lab_link_find_impair_preset (link) == p);
      }
  set (history, link, 1, "loss=3%");
  g_assert_null (lab_link_find_impair_preset (link));
}

static void
test_describe (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample_full);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  LabLink *link = lab_topology_find_link (topology, "R1", "e0/0");
  g_autofree char *forth = NULL;
  g_autofree char *back = NULL;

  set (history, link, 0,
       "delay=100ms jitter=2.5ms shape=normal loss=0.25% rate=2Mbit queue=64kB burst=1/2 mtu=1400 "
       "nth=3 only=icmp or arp");
  set (history, link, 1, "");
  forth = lab_link_describe_impairment (link, 0);
  back = lab_link_describe_impairment (link, 1);
  g_assert_cmpstr (forth, ==,
                   "100 ms delay, 2.5 ms jitter, 0.25 % loss, loss in bursts, 2 Mbit/s, queue of "
                   "64000 bytes, MTU 1400, one frame in 3 lost, only “icmp or arp”");
  g_assert_null (back);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/impair/write", test_write);
  g_test_add_func ("/lab/impair/edit", test_edit);
  g_test_add_func ("/lab/impair/refuse", test_refuse);
  g_test_add_func ("/lab/impair/presets", test_presets);
  g_test_add_func ("/lab/impair/find-preset", test_find_preset);
  g_test_add_func ("/lab/impair/describe", test_describe);
  return g_test_run ();
}
