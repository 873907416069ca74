/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * The devices that one order starts are a wave. It goes group by group: those of group 1 go into
 * the queue, those of group 2 when all of group 1 have a prompt (or failed), and so on; the devices
 * of no group come last. A group in which nothing has come to a prompt for the lab's patience is
 * left behind: who was late is said, and the next group is started all the same. A device that
 * somebody stops meanwhile belongs to its wave no more.
 *
 * A wave knows of a device only what its states say: a member leaves when it is ready, has failed,
 * was stopped, or is given up. The numbers of all waves together are what people are shown; they
 * stay, until the next order finds no wave under way. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <glib/gi18n.h>

#include "lab-engine-private.h"

#define MAX_NAMED 5

typedef struct
{
  LabEngineWave *wave;
  LabDevice *device;
  guint rank;
  gboolean held;  /* waits for its group */
  gboolean begun; /* it was in the queue, or is held: its states are those of this start */
} Member;

struct _LabEngineWave
{
  LabEngine *engine;
  GPtrArray *members; /* of Member: those that are not settled */
  guint rank;         /* of the group that is being started */
  guint timer;
};

/* Who has no group is last. */
static guint
rank_of (LabDevice *device)
{
  guint group = lab_device_get_wanted (device)->start_group;

  return group > 0 ? group : G_MAXUINT;
}

static void
wave_free (LabEngineWave *wave)
{
  g_clear_handle_id (&wave->timer, g_source_remove);
  for (guint i = 0; i < wave->members->len; i++)
    {
      Member *member = wave->members->pdata[i];

      g_hash_table_remove (wave->engine->starting, member->device);
    }
  g_ptr_array_unref (wave->members);
  g_free (wave);
}

static void set_timer (LabEngineWave *wave);

static guint
lowest_rank (LabEngineWave *wave)
{
  guint rank = G_MAXUINT;

  for (guint i = 0; i < wave->members->len; i++)
    rank = MIN (rank, ((Member *) wave->members->pdata[i])->rank);
  return rank;
}

/* Those of the group may be begun. */
static void
release (LabEngineWave *wave)
{
  for (guint i = 0; i < wave->members->len; i++)
    {
      Member *member = wave->members->pdata[i];

      if (!member->held || member->rank > wave->rank)
        continue;
      member->held = FALSE;
      lab_engine_enqueue (wave->engine, member->device);
    }
}

/* After a member left. The wave may be gone then. */
static void
go_on (LabEngineWave *wave)
{
  LabEngine *self = wave->engine;

  lab_engine_touch_facts (self);
  if (wave->members->len == 0)
    {
      g_ptr_array_remove (self->waves, wave);
      return;
    }
  wave->rank = lowest_rank (wave);
  set_timer (wave);
  release (wave);
}

static void
leave (LabEngine *self, LabDevice *device)
{
  Member *member = g_hash_table_lookup (self->starting, device);
  LabEngineWave *wave = member->wave;

  g_hash_table_remove (self->starting, device);
  g_ptr_array_remove_fast (wave->members, member);
  go_on (wave);
}

/* --- patience --- */

static char *
describe_late (GPtrArray *late, guint rank, guint patience)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint more = late->len > MAX_NAMED ? late->len - MAX_NAMED : 0;

  for (guint i = 0; i < late->len - more; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", lab_device_get_name (late->pdata[i]));
  if (more > 0)
    /* Translators: after names of devices */
    g_string_append_printf (names, ngettext (" and %u more", " and %u more", more), more);
  if (rank == G_MAXUINT)
    return g_strdup_printf (
        ngettext ("No device got ready for %u second; no longer waited for: %s.",
                  "No device got ready for %u seconds; no longer waited for: %s.", patience),
        patience, names->str);
  return g_strdup_printf (
      ngettext ("No device of start group %u got ready for %u second; no longer waited for: %s.",
                "No device of start group %u got ready for %u seconds; no longer waited for: %s.",
                patience),
      rank, patience, names->str);
}

/* Those that are still waited for are not members any more; they may get ready yet. */
static void
give_up (LabEngineWave *wave, guint patience)
{
  g_autoptr (GPtrArray) late = g_ptr_array_new ();
  char *text;

  for (guint i = wave->members->len; i > 0; i--)
    {
      Member *member = wave->members->pdata[i - 1];

      if (member->rank > wave->rank)
        continue;
      g_ptr_array_insert (late, 0, member->device);
      g_hash_table_remove (wave->engine->starting, member->device);
      g_ptr_array_remove_index (wave->members, i - 1);
    }
  text = describe_late (late, wave->rank, patience);
  g_message ("%s", text);
  g_ptr_array_add (wave->engine->progress.late, text);
  go_on (wave);
}

static gboolean
timer_cb (gpointer user_data)
{
  LabEngineWave *wave = user_data;

  wave->timer = 0;
  give_up (wave, lab_topology_get_start_patience (wave->engine->topology));
  return G_SOURCE_REMOVE;
}

static void
set_timer (LabEngineWave *wave)
{
  g_clear_handle_id (&wave->timer, g_source_remove);
  wave->timer = g_timeout_add_seconds (lab_topology_get_start_patience (wave->engine->topology),
                                       timer_cb, wave);
}

/* --- from orders and devices --- */

static gboolean
will_start (LabDevice *device, gboolean reload)
{
  LabNodeState state;

  if (reload)
    return TRUE;
  lab_device_get_state (device, &state);
  return state.state == LAB_STATE_STOPPED || state.state == LAB_STATE_CRASHED ||
         state.state == LAB_STATE_STOPPING;
}

void
lab_engine_starts_order (LabEngine *self, GPtrArray *devices, gboolean reload)
{
  LabEngineWave *wave = g_new0 (LabEngineWave, 1);

  wave->engine = self;
  wave->members = g_ptr_array_new_with_free_func (g_free);
  if (self->waves->len == 0)
    lab_engine_starts_reset (self);
  for (guint i = 0; i < devices->len; i++)
    {
      LabDevice *device = devices->pdata[i];
      Member *member;

      if (!will_start (device, reload))
        continue;
      lab_engine_starts_dropped (self, device);
      member = g_new0 (Member, 1);
      member->wave = wave;
      member->device = device;
      member->rank = rank_of (device);
      g_ptr_array_add (wave->members, member);
      g_hash_table_insert (self->starting, device, member);
    }
  self->progress.total += wave->members->len;
  g_ptr_array_add (self->waves, wave);
  go_on (wave);
}

gboolean
lab_engine_starts_admit (LabEngine *self, LabDevice *device)
{
  Member *member = g_hash_table_lookup (self->starting, device);

  if (member == NULL)
    return TRUE;
  member->begun = TRUE;
  member->held = member->rank > member->wave->rank;
  return !member->held;
}

void
lab_engine_starts_look (LabEngine *self, LabDevice *device)
{
  Member *member = g_hash_table_lookup (self->starting, device);
  LabNodeState state;

  if (member == NULL || !member->begun)
    return;
  lab_device_get_state (device, &state);
  switch (state.state)
    {
    case LAB_STATE_READY:
    case LAB_STATE_FROZEN:
      self->progress.ready++;
      leave (self, device);
      break;
    case LAB_STATE_CRASHED:
      self->progress.failed++;
      leave (self, device);
      break;
    case LAB_STATE_STOPPED:
      lab_engine_starts_dropped (self, device);
      break;
    case LAB_STATE_STARTING:
    case LAB_STATE_BOOTING:
    case LAB_STATE_STOPPING:
    case LAB_STATE_BUILTIN:
    case LAB_STATE_UNSUPPORTED:
    default:
      break;
    }
}

void
lab_engine_starts_dropped (LabEngine *self, LabDevice *device)
{
  if (!g_hash_table_contains (self->starting, device))
    return;
  self->progress.total--;
  leave (self, device);
}

/* --- what is told of it --- */

void
lab_engine_starts_reset (LabEngine *self)
{
  self->progress.total = self->progress.ready = self->progress.failed = 0;
  g_ptr_array_set_size (self->progress.late, 0);
}

void
lab_engine_starts_add_facts (LabEngine *self, GVariantDict *dict)
{
  guint rank = G_MAXUINT;

  for (guint i = 0; i < self->waves->len; i++)
    rank = MIN (rank, ((LabEngineWave *) self->waves->pdata[i])->rank);
  g_variant_dict_insert (dict, "start-active", "b", self->waves->len > 0);
  g_variant_dict_insert (dict, "start-total", "u", self->progress.total);
  g_variant_dict_insert (dict, "start-ready", "u", self->progress.ready);
  g_variant_dict_insert (dict, "start-failed", "u", self->progress.failed);
  g_variant_dict_insert (dict, "start-group", "u", rank == G_MAXUINT ? 0 : rank);
  g_variant_dict_insert_value (dict, "start-late",
                               g_variant_new_strv ((const char *const *) self->progress.late->pdata,
                                                   (gssize) self->progress.late->len));
}

/* --- set-up --- */

/* A machine with two processors begins six at a time. */
static guint
default_limit (void)
{
  const char *value = g_getenv ("LABWRIGHT_PARALLEL_STARTS");
  guint64 wanted = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 0;

  return wanted > 0 ? (guint) MIN (wanted, 1024) : 2 * g_get_num_processors () + 2;
}

void
lab_engine_starts_init (LabEngine *self)
{
  self->limit = default_limit ();
  self->starting = g_hash_table_new (NULL, NULL);
  self->waves = g_ptr_array_new_with_free_func ((GDestroyNotify) wave_free);
  self->progress.late = g_ptr_array_new_with_free_func (g_free);
}

void
lab_engine_starts_clear (LabEngine *self)
{
  g_ptr_array_unref (self->waves);
  g_hash_table_unref (self->starting);
  g_ptr_array_unref (self->progress.late);
}
