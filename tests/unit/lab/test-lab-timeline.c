/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline in the document: reading, writing, edits and their inverses. */

#include "config.h"

#include <string.h>

#include "lab-edit.h"
#include "lab-history.h"
#include "lab-impair.h"
#include "lab-samples.h"
#include "lab-timeline.h"

#define NODES                                                                                      \
  ", \"nodes\": [{ \"name\": \"P1\", \"kind\": \"hub\", \"ports\": 4 }, { \"name\": \"P2\", "      \
  "\"kind\": \"hub\", \"ports\": 4 }], \"links\": [{ \"a\": { \"node\": \"P1\", \"port\": \"e0\" " \
  "}, \"b\": { \"node\": \"P2\", \"port\": \"e0\" }, \"impair\": { \"seed\": 7, \"a-to-b\": { "    \
  "\"delay\": 5 } } }]"
#define TIMELINE(events) SAMPLE_HEAD NODES ", \"timeline\": { \"events\": [" events "] } }"

static const char *const sample =
    TIMELINE ("{ \"at\": 30, \"do\": \"unplug\", \"node\": \"P1\", \"port\": \"e0\", \"for\": 8, "
              "\"why\": \"exam\" }, "
              "{ \"at\": \"1:00\", \"do\": \"impair\", \"node\": \"P2\", \"port\": \"e0\", "
              "\"way\": \"both\", \"set\": \"loss=20%\" }, "
              "{ \"at\": \"90.5s\", \"do\": \"say\", \"text\": \"Look now\", \"for\": 0 }");

static void
test_read (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample);
  g_autoptr (GPtrArray) events = lab_topology_dup_timeline (topology);
  g_autofree char *text = sample_text (topology);
  g_autofree char *title = NULL;
  LabTimelineEvent *event;

  g_assert_true (lab_topology_get_timeline_starts (topology));
  g_assert_cmpuint (events->len, ==, 3);
  event = events->pdata[0];
  g_assert_cmpint (event->what, ==, LAB_TIMELINE_UNPLUG);
  g_assert_cmpfloat (event->at, ==, 30);
  g_assert_cmpfloat (event->lasts, ==, 8);
  g_assert_cmpstr (event->node, ==, "P1");
  event = events->pdata[1];
  g_assert_cmpfloat (event->at, ==, 60);
  title = lab_timeline_event_dup_title (event);
  g_assert_cmpstr (title, ==, "Impair P2 e0: loss=20%");
  event = events->pdata[2];
  g_assert_cmpfloat (event->at, ==, 90.5);
  g_assert_cmpstr (event->text, ==, "Look now");

  /* written in one form, with what is not known */
  g_assert_nonnull (strstr (text, "\"at\": \"00:30\""));
  g_assert_nonnull (strstr (text, "\"why\": \"exam\""));
  g_assert_nonnull (strstr (text, "\"at\": \"01:30.5\""));
  g_assert_null (strstr (text, "\"way\""));
  {
    g_autoptr (LabTopology) again = sample_load (text);
    g_autofree char *second = sample_text (again);

    sample_assert_text (second, text);
  }
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *event, *reason;
  } bad[] = {
    { "{ \"do\": \"say\", \"text\": \"x\" }", "“at”" },
    { "{ \"at\": \"soon\", \"do\": \"say\", \"text\": \"x\" }", "must be a time" },
    { "{ \"at\": \"1:75\", \"do\": \"say\", \"text\": \"x\" }", "must be a time" },
    { "{ \"at\": -1, \"do\": \"say\", \"text\": \"x\" }", "“at”" },
    { "{ \"at\": 1, \"do\": \"explode\" }", "“do”" },
    { "{ \"at\": 1, \"do\": \"say\" }", "“text”" },
    { "{ \"at\": 1, \"do\": \"unplug\", \"node\": \"P1\" }", "“port”" },
    { "{ \"at\": 1, \"do\": \"stop\" }", "“node”" },
    { "{ \"at\": 1, \"do\": \"impair\", \"node\": \"P1\", \"port\": \"e0\" }", "“set”" },
    { "{ \"at\": 1, \"do\": \"impair\", \"node\": \"P1\", \"port\": \"e0\", \"set\": \"loss=200%\" "
      "}",
      "“set”" },
    { "{ \"at\": 1, \"do\": \"stop\", \"node\": \"P1\", \"for\": 1e9 }", "“for”" },
    { "7", "must be an object" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strdup_printf (
          SAMPLE_HEAD NODES ", \"timeline\": { \"events\": [%s] } }", bad[i].event);
      g_autoptr (GError) error = NULL;
      g_autoptr (LabTopology) topology = lab_file_parse (text, strlen (text), "x.lab", &error);

      if (topology != NULL)
        g_error ("%s is accepted", bad[i].event);
      g_assert_nonnull (strstr (error->message, "“timeline”: "));
      if (strstr (error->message, bad[i].reason) == NULL)
        g_error ("%s: %s", bad[i].event, error->message);
    }
}

/* Edits replace the list; undo brings the file back to the byte. */
static void
test_edit (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (GPtrArray) events = lab_topology_dup_timeline (topology);
  g_autofree char *before = sample_text (topology);
  g_autofree char *after = NULL;
  g_autoptr (JsonNode) value = NULL;
  g_autoptr (GError) error = NULL;
  LabTimelineEvent *event = lab_timeline_event_new (LAB_TIMELINE_STOP, 5);

  event->node = g_strdup ("P2");
  event->lasts = 2;
  g_ptr_array_remove_index (events, 1);
  g_ptr_array_insert (events, 0, event);
  value = lab_topology_timeline_to_json (topology, events, FALSE);
  g_assert_true (lab_history_apply (history, lab_edit_new_set_lab ("timeline", value), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (lab_history_get_undo_label (history), ==, "Edit timeline");
  after = sample_text (topology);
  g_assert_nonnull (
      strstr (after, "{ \"at\": \"00:05\", \"do\": \"stop\", \"node\": \"P2\", \"for\": 2 }"));
  g_assert_nonnull (strstr (after, "\"why\": \"exam\""));
  g_assert_nonnull (strstr (after, "\"start\": \"by-hand\""));
  g_assert_null (strstr (after, "loss=20%"));
  g_assert_true (lab_history_undo (history));
  {
    g_autofree char *undone = sample_text (topology);

    sample_assert_text (undone, before);
  }
}

/* A node that gets another name has it in the timeline too. */
static void
test_rename (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autofree char *before = sample_text (topology);
  g_autofree char *undone = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lab_history_apply (history, lab_edit_new_rename_node ("P1", "Core"), &error));
  g_assert_no_error (error);
  events = lab_topology_dup_timeline (topology);
  g_assert_cmpstr (((LabTimelineEvent *) events->pdata[0])->node, ==, "Core");
  g_assert_cmpstr (((LabTimelineEvent *) events->pdata[1])->node, ==, "P2");
  g_assert_true (lab_history_undo (history));
  undone = sample_text (topology);
  sample_assert_text (undone, before);
}

/* What an event makes of a link: the seed stays, the way counts from the port. */
static void
test_impair (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample);
  LabLink *link = lab_topology_find_link (topology, "P1", "e0");
  g_autoptr (LabTimelineEvent) event = lab_timeline_event_new (LAB_TIMELINE_IMPAIR, 0);
  g_autoptr (LabLink) both = NULL;
  g_autoptr (LabLink) out = NULL;
  g_auto (GStrv) words = g_new0 (char *, 5);

  event->node = g_strdup ("P2");
  event->port = g_strdup ("e0");
  event->words = g_strdup ("loss=20%");
  both = lab_timeline_event_impair (event, link, NULL);
  words[0] = lab_link_dup_impairment (both, 0);
  words[1] = lab_link_dup_impairment (both, 1);
  g_assert_cmpstr (words[0], ==, "seed=7 loss=20%");
  g_assert_cmpstr (words[1], ==, "seed=7 loss=20%");
  event->way = LAB_TIMELINE_OUT;
  out = lab_timeline_event_impair (event, link, NULL);
  words[2] = lab_link_dup_impairment (out, 0);
  words[3] = lab_link_dup_impairment (out, 1);
  g_assert_cmpstr (words[2], ==, "seed=7 delay=5ms");
  g_assert_cmpstr (words[3], ==, "seed=7 loss=20%");
}

static void
test_recorder (void)
{
  g_autoptr (LabTopology) topology = sample_load (sample);
  g_autoptr (LabHistory) history = lab_history_new (topology);
  g_autoptr (JsonNode) value = json_node_init_int (json_node_alloc (), 4);
  g_autoptr (JsonNode) much = json_node_init_int (json_node_alloc (), 65);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (lab_topology_get_recorder (topology), ==, 0);
  g_assert_true (lab_history_apply (history, lab_edit_new_set_lab ("recorder", value), NULL));
  g_assert_cmpuint (lab_topology_get_recorder (topology), ==, 4);
  g_assert_false (lab_history_apply (history, lab_edit_new_set_lab ("recorder", much), &error));
  g_assert_nonnull (strstr (error->message, "recorder"));
  g_assert_true (lab_history_undo (history));
  g_assert_cmpuint (lab_topology_get_recorder (topology), ==, 0);
}

static void
test_times (void)
{
  static const struct
  {
    const char *text, *written;
  } good[] = {
    { "0", "00:00" },          { "90", "01:30" },       { "90s", "01:30" },     { "1:30", "01:30" },
    { "01:00:00", "1:00:00" }, { "0:0.25", "00:00.3" }, { " 59.96 ", "01:00" },
  };
  static const char *const bad[] = { "",     "s",      ":",       "1:",  "-1",
                                     "1:60", "1.5:00", "1:2:3:4", "nan", "9999999" };
  double seconds;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *written = NULL;

      g_assert_true (lab_timeline_parse_time (good[i].text, &seconds));
      written = lab_timeline_format_time (seconds);
      g_assert_cmpstr (written, ==, good[i].written);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (lab_timeline_parse_time (bad[i], &seconds));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/timeline/read", test_read);
  g_test_add_func ("/lab/timeline/refuses", test_refuses);
  g_test_add_func ("/lab/timeline/edit", test_edit);
  g_test_add_func ("/lab/timeline/rename", test_rename);
  g_test_add_func ("/lab/timeline/impair", test_impair);
  g_test_add_func ("/lab/timeline/recorder", test_recorder);
  g_test_add_func ("/lab/timeline/times", test_times);
  return g_test_run ();
}
