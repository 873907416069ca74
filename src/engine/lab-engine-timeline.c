/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * A run of the timeline is a list of steps in the order of their times: an event begins, an event
 * ends. Events that go on are laid over the document when the relay is told what links are like
 * (lab-engine-relay.c asks here), in the order in which they began; the document itself never
 * changes. So what an event did is undone by no longer laying it over: links come back as the
 * document says, whatever was edited meanwhile.
 *
 * Devices are stopped and started like by a client; when the event ends, or the timeline is
 * stopped, they are started and stopped. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <glib/gi18n.h>

#include "lab-engine-private.h"
#include "lab-engine-record.h"
#include "lab-impair.h"
#include "lab-timeline.h"

typedef struct
{
  gint64 due; /* microseconds after the beginning */
  guint event;
  gboolean begins;
} Step;

typedef enum
{
  RUNNING,
  DONE, /* nothing more comes; what has no end goes on */
} RunState;

struct _LabTimelineRun
{
  RunState state;
  gint64 started_at;
  GPtrArray *events; /* of LabTimelineEvent, in the document's order */
  GArray *steps;
  guint next;
  GArray *active; /* numbers of events, in the order they began */
  char *message;  /* (nullable) what was said last… */
  gint64 message_at;
  char *problem; /* (nullable) what could not be done last */
  guint timer;
};

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *first = a;
  const Step *second = b;

  if (first->due != second->due)
    return first->due < second->due ? -1 : 1;
  if (first->begins != second->begins)
    return first->begins ? 1 : -1;
  return first->event < second->event ? -1 : first->event > second->event;
}

static GArray *
make_steps (GPtrArray *events)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));

  for (guint i = 0; i < events->len; i++)
    {
      const LabTimelineEvent *event = events->pdata[i];
      Step begin = { (gint64) (event->at * G_USEC_PER_SEC), i, TRUE };
      Step end = { (gint64) ((event->at + event->lasts) * G_USEC_PER_SEC), i, FALSE };

      g_array_append_val (steps, begin);
      if (event->lasts > 0)
        g_array_append_val (steps, end);
    }
  g_array_sort (steps, compare_steps);
  return steps;
}

static void
run_free (LabTimelineRun *run)
{
  g_clear_handle_id (&run->timer, g_source_remove);
  g_ptr_array_unref (run->events);
  g_array_unref (run->steps);
  g_array_unref (run->active);
  g_free (run->message);
  g_free (run->problem);
  g_free (run);
}

/* --- what happens --- */

static void
note_problem (LabTimelineRun *run, const LabTimelineEvent *event, const char *why)
{
  g_autofree char *title = lab_timeline_event_dup_title (event);
  g_autofree char *at = lab_timeline_format_time (event->at);

  g_free (run->problem);
  /* Translators: a time, something that happens in a lab, and why it does not */
  run->problem = g_strdup_printf (_ ("%s, %s: %s"), at, title, why);
  g_message ("timeline: %s", run->problem);
}

static void
act (LabEngine *self, const LabTimelineEvent *event, gboolean stop)
{
  const char *const names[] = { event->node, NULL };
  g_autoptr (GError) error = NULL;

  self->timeline_acts = TRUE;
  if (!lab_engine_act (self, stop ? LAB_ENGINE_STOP : LAB_ENGINE_START, names, &error) &&
      self->timeline != NULL)
    note_problem (self->timeline, event, error->message);
  self->timeline_acts = FALSE;
}

static void
check_link (LabEngine *self, const LabTimelineEvent *event)
{
  if (lab_topology_find_link (self->topology, event->node, event->port) == NULL)
    note_problem (self->timeline, event, _ ("No link is at this port."));
}

static void
begin_event (LabEngine *self, guint number)
{
  LabTimelineRun *run = self->timeline;
  const LabTimelineEvent *event = run->events->pdata[number];

  if (event->what != LAB_TIMELINE_SAY)
    g_array_append_val (run->active, number);
  switch (event->what)
    {
    case LAB_TIMELINE_STOP:
    case LAB_TIMELINE_START:
      act (self, event, event->what == LAB_TIMELINE_STOP);
      break;
    case LAB_TIMELINE_SAY:
      g_free (run->message);
      run->message = g_strdup (event->text);
      run->message_at = g_get_monotonic_time ();
      break;
    case LAB_TIMELINE_UNPLUG:
    case LAB_TIMELINE_PLUG:
    case LAB_TIMELINE_IMPAIR:
    default:
      check_link (self, event);
      break;
    }
}

static void
end_event (LabEngine *self, guint number)
{
  LabTimelineRun *run = self->timeline;
  const LabTimelineEvent *event = run->events->pdata[number];

  for (guint i = 0; i < run->active->len; i++)
    if (g_array_index (run->active, guint, i) == number)
      {
        g_array_remove_index (run->active, i);
        break;
      }
  if (event->what == LAB_TIMELINE_STOP || event->what == LAB_TIMELINE_START)
    act (self, event, event->what == LAB_TIMELINE_START);
}

static void schedule (LabEngine *self);

static gboolean
step_cb (gpointer user_data)
{
  LabEngine *self = user_data;
  LabTimelineRun *run = self->timeline;
  gint64 now = g_get_monotonic_time () - run->started_at;

  run->timer = 0;
  while (run->next < run->steps->len && g_array_index (run->steps, Step, run->next).due <= now)
    {
      const Step *step = &g_array_index (run->steps, Step, run->next++);

      if (step->begins)
        begin_event (self, step->event);
      else
        end_event (self, step->event);
    }
  lab_engine_sync_relay (self, NULL);
  schedule (self);
  lab_engine_touch_facts (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (LabEngine *self)
{
  LabTimelineRun *run = self->timeline;
  gint64 wait;

  if (run->next >= run->steps->len)
    {
      run->state = DONE;
      return;
    }
  wait =
      run->started_at + g_array_index (run->steps, Step, run->next).due - g_get_monotonic_time ();
  run->timer = g_timeout_add ((guint) (MAX (wait, 0) + 999) / 1000, step_cb, self);
}

gboolean
lab_engine_run_timeline (LabEngine *self, GError **error)
{
  g_autoptr (GPtrArray) events =
      self->topology != NULL ? lab_topology_dup_timeline (self->topology) : NULL;
  LabTimelineRun *run;

  if (events == NULL || events->len == 0)
    {
      g_set_error_literal (error, LAB_BUS_ERROR, LAB_BUS_ERROR_NOT_POSSIBLE,
                           _ ("The lab’s timeline is empty; add something that shall happen."));
      return FALSE;
    }
  lab_engine_stop_timeline (self);
  run = g_new0 (LabTimelineRun, 1);
  run->steps = make_steps (events);
  run->events = g_steal_pointer (&events);
  run->active = g_array_new (FALSE, FALSE, sizeof (guint));
  run->started_at = g_get_monotonic_time ();
  self->timeline = run;
  schedule (self);
  lab_engine_touch_facts (self);
  return TRUE;
}

/* The lab was stopped as a whole: devices stay as they are. */
static void
end_timeline (LabEngine *self, gboolean devices)
{
  LabTimelineRun *run = g_steal_pointer (&self->timeline);

  if (run == NULL)
    return;
  lab_engine_sync_relay (self, NULL);
  for (guint i = run->active->len; devices && i-- > 0;)
    {
      const LabTimelineEvent *event = run->events->pdata[g_array_index (run->active, guint, i)];

      if (event->what == LAB_TIMELINE_STOP || event->what == LAB_TIMELINE_START)
        act (self, event, event->what == LAB_TIMELINE_START);
    }
  run_free (run);
  lab_engine_touch_facts (self);
}

void
lab_engine_stop_timeline (LabEngine *self)
{
  end_timeline (self, TRUE);
}

void
lab_engine_timeline_lab_started (LabEngine *self)
{
  if (!self->timeline_acts && self->topology != NULL &&
      lab_topology_get_timeline_starts (self->topology))
    lab_engine_run_timeline (self, NULL);
}

void
lab_engine_timeline_lab_stopped (LabEngine *self)
{
  if (!self->timeline_acts)
    end_timeline (self, FALSE);
}

void
lab_engine_clear_timeline (LabEngine *self)
{
  g_clear_pointer (&self->timeline, run_free);
}

/* --- what links are like --- */

LabLink *
lab_engine_timeline_link (LabEngine *self, LabLink *link, gboolean *plugged)
{
  LabTimelineRun *run = self->timeline;
  LabLink *now = g_object_ref (link);

  *plugged = lab_link_get_plugged (link);
  for (guint i = 0; run != NULL && i < run->active->len; i++)
    {
      const LabTimelineEvent *event = run->events->pdata[g_array_index (run->active, guint, i)];
      g_autoptr (GError) error = NULL;
      LabLink *next;

      if (event->what > LAB_TIMELINE_IMPAIR || !lab_link_touches (link, event->node, event->port))
        continue;
      if (event->what != LAB_TIMELINE_IMPAIR)
        {
          *plugged = event->what == LAB_TIMELINE_PLUG;
          continue;
        }
      next = lab_timeline_event_impair (event, now, &error);
      if (next == NULL)
        {
          note_problem (run, event, error->message);
          continue;
        }
      g_object_unref (now);
      now = next;
    }
  return now;
}

/* --- what is told --- */

GVariant *
lab_engine_build_timeline (LabEngine *self)
{
  LabTimelineRun *run = self->timeline;
  GVariantBuilder active;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "state", "s",
                         run == NULL             ? "stopped"
                         : run->state == RUNNING ? "running"
                                                 : "done");
  if (run == NULL)
    return g_variant_dict_end (&dict);
  g_variant_builder_init (&active, G_VARIANT_TYPE ("au"));
  for (guint i = 0; i < run->active->len; i++)
    g_variant_builder_add (&active, "u", g_array_index (run->active, guint, i));
  g_variant_dict_insert (&dict, "started-at", "x", run->started_at);
  g_variant_dict_insert_value (&dict, "active", g_variant_builder_end (&active));
  g_variant_dict_insert (&dict, "message", "s", run->message != NULL ? run->message : "");
  g_variant_dict_insert (&dict, "message-at", "x", run->message_at);
  g_variant_dict_insert (&dict, "problem", "s", run->problem != NULL ? run->problem : "");
  return g_variant_dict_end (&dict);
}
