/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices are told to save.
 *
 * A host knows “save”. A router knows “write memory”, but only in its privileged mode: if it
 * refuses, it is in a configuration mode, which “end” leaves, or in the user's, from where “enable”
 * leads on. What a console says is not believed: a device has saved when its NVRAM was written. */

#define G_LOG_DOMAIN "lab-client"

#include "config.h"

#include <glib/gi18n.h>

#include "lab-client-paths.h"
#include "lab-save-all.h"
#include "lab-saved-nvram.h"
#include "lab-talk.h"

#define PC_IMAGE       "labwright-pc"
#define HOST_IMAGE     "labwright-host"
#define WITHIN         30.0
#define PATIENCE       10.0
#define NVRAM_PATIENCE (3 * G_USEC_PER_SEC)
#define LOOK_MS        50
/* File times are those of the kernel's last tick. */
#define TICK    G_USEC_PER_SEC
#define REFUSED "(?m)^ *(%|Invalid|Unknown)"

/* What is typed, one after the other; a step that begins with "?" is tried, and if the device does
 * not refuse it, that is all. */
static const char *const host_steps[] = { "?save", NULL };
static const char *const router_steps[] = {
  "?write memory", "end", "?write memory", "enable", "?write memory", NULL,
};

/* How it ends: the text goes into a column beside the device's name, the sentence stands by itself.
 */
typedef struct
{
  const char *text;
  const char *sentence;
} Outcome;

static const Outcome saved = { N_ ("saved"), N_ ("Saved.") };
static const Outcome silent = {
  N_ ("shows no prompt"),
  N_ ("Its console shows no prompt. Leave what is open there, then try again."),
};
static const Outcome closed = {
  N_ ("its console was closed"),
  N_ ("Its console was closed meanwhile."),
};
static const Outcome mute = {
  N_ ("does not answer"),
  N_ ("It does not answer at its console."),
};
static const Outcome refusing = {
  N_ ("refuses to save"),
  N_ ("It refuses to save. Its console says why."),
};
static const Outcome unwritten = {
  N_ ("has not written its NVRAM"),
  N_ ("It has not written its NVRAM. Its console may say why."),
};
static const Outcome unreachable = {
  N_ ("has no console"),
  N_ ("Its console cannot be reached."),
};
static const Outcome off = {
  N_ ("does not run"),
  N_ ("It does not run, so that it has nothing to save."),
};
static const Outcome unready = {
  N_ ("is not ready"),
  N_ ("It is not ready yet. Wait until it has started, then try again."),
};
static const Outcome frozen = {
  N_ ("is frozen"),
  N_ ("It is frozen. Let it go on, then try again."),
};
static const Outcome left = {
  N_ ("was not waited for"),
  N_ ("It was not waited for."),
};

typedef struct
{
  LabSaveAll *all; /* borrowed: it holds this */
  char *node;
  char *work;
  guint id;
  LabTalk *talk; /* (nullable) */
  const char *const *step;
  gint64 begun;    /* real time */
  gint64 typed_at; /* monotonic, when the console was done; 0: not yet */
  guint look_id;
  const Outcome *outcome; /* (nullable): the result */
} Saver;

/* What a callback holds: the device by its place, which lives as long as @all. */
typedef struct
{
  LabSaveAll *all;
  Saver *saver;
} Held;

struct _LabSaveAll
{
  GObject parent_instance;

  LabClient *client;
  GPtrArray *savers;
  GRegex *refused;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LabSaveAll, lab_save_all, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
saver_free (gpointer data)
{
  Saver *saver = data;

  g_clear_handle_id (&saver->look_id, g_source_remove);
  if (saver->talk != NULL)
    lab_talk_close (saver->talk);
  g_clear_object (&saver->talk);
  g_free (saver->node);
  g_free (saver->work);
  g_free (saver);
}

static Held *
hold (Saver *saver)
{
  Held *held = g_new0 (Held, 1);

  held->all = g_object_ref (saver->all);
  held->saver = saver;
  return held;
}

static void
held_free (Held *held)
{
  g_object_unref (held->all);
  g_free (held);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Held, held_free)

static void
settle (Saver *saver, const Outcome *outcome)
{
  guint index = 0;

  if (saver->outcome != NULL)
    return;
  saver->outcome = outcome;
  g_clear_handle_id (&saver->look_id, g_source_remove);
  if (saver->talk != NULL)
    lab_talk_close (saver->talk);
  if (g_ptr_array_find (saver->all->savers, saver, &index))
    g_signal_emit (saver->all, signals[CHANGED], 0, index);
}

/* --- the NVRAM --- */

static gboolean look_again (gpointer user_data);

static void
look_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Saver *saver = ((Held *) task_data)->saver; /* what is read here never changes */
  gint64 time = 0;
  gboolean sound = FALSE;
  g_autoptr (GBytes) text = lab_saved_read_nvram (saver->work, saver->id, &time, &sound, NULL);

  g_task_return_boolean (task, text != NULL && sound && time >= saver->begun - TICK);
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Held) held = user_data;
  Saver *saver = held->saver;

  if (saver->outcome != NULL)
    return;
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    settle (saver, &saved);
  else if (g_get_monotonic_time () > saver->typed_at + NVRAM_PATIENCE)
    settle (saver, &unwritten);
  else
    saver->look_id = g_timeout_add (LOOK_MS, look_again, saver);
}

static void
look (Saver *saver)
{
  g_autoptr (GTask) task = g_task_new (saver->all, NULL, looked_cb, hold (saver));

  g_task_set_source_tag (task, look);
  g_task_set_task_data (task, hold (saver), (GDestroyNotify) held_free);
  g_task_run_in_thread (task, look_in_thread);
}

static gboolean
look_again (gpointer user_data)
{
  Saver *saver = user_data;

  saver->look_id = 0;
  look (saver);
  return G_SOURCE_REMOVE;
}

/* --- the console --- */

static void ask_next (Saver *saver);

static void
take_answer (Saver *saver, const LabAnswer *answer)
{
  gboolean tried = **saver->step == '?';

  saver->step++;
  switch (answer->kind)
    {
    case LAB_ANSWER_SILENT:
      settle (saver, &silent);
      break;
    case LAB_ANSWER_CLOSED:
      settle (saver, &closed);
      break;
    case LAB_ANSWER_TIMEOUT:
      settle (saver, &mute);
      break;
    case LAB_ANSWER_PROMPT:
    case LAB_ANSWER_MATCHED:
    case LAB_ANSWER_REJECTED:
    default:
      if (tried && answer->kind != LAB_ANSWER_REJECTED)
        {
          saver->typed_at = g_get_monotonic_time ();
          look (saver);
        }
      else if (*saver->step != NULL)
        {
          ask_next (saver);
        }
      else
        {
          settle (saver, &refusing);
        }
      break;
    }
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Held) held = user_data;
  g_autoptr (LabAnswer) answer = lab_talk_ask_finish (LAB_TALK (object), result, NULL);

  if (answer != NULL && held->saver->outcome == NULL)
    take_answer (held->saver, answer);
}

static void
ask_next (Saver *saver)
{
  const char *text = *saver->step;
  LabQuestion question = {
    .text = *text == '?' ? text + 1 : text,
    .reject = saver->all->refused,
    .within = WITHIN,
    .patience = PATIENCE,
  };

  lab_talk_ask_async (saver->talk, &question, answered_cb, hold (saver));
}

static void
console_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Held) held = user_data;
  Saver *saver = held->saver;
  g_autoptr (GIOStream) console =
      lab_client_open_console_finish (LAB_CLIENT (object), result, NULL);

  if (saver->outcome != NULL)
    return;
  if (console == NULL)
    {
      settle (saver, &unreachable);
      return;
    }
  saver->talk = lab_talk_new (g_steal_pointer (&console));
  ask_next (saver);
}

static void
begin (Saver *saver)
{
  LabClient *client = saver->all->client;
  LabClientNode *running = lab_client_find_node (client, saver->node);

  saver->begun = g_get_real_time ();
  if (running == NULL || !lab_client_node_is_running (running))
    settle (saver, &off);
  else if (lab_client_node_get_state (running) == LAB_CLIENT_STATE_FROZEN)
    settle (saver, &frozen);
  else if (lab_client_node_get_state (running) != LAB_CLIENT_STATE_READY)
    settle (saver, &unready);
  else
    lab_client_open_console_async (client, saver->node, LAB_CLIENT_CONSOLE_LIVE,
                                   saver->all->cancellable, console_cb, hold (saver));
}

/* --- the object --- */

static void
lab_save_all_dispose (GObject *object)
{
  LabSaveAll *self = LAB_SAVE_ALL (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->savers, 0);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lab_save_all_parent_class)->dispose (object);
}

static void
lab_save_all_finalize (GObject *object)
{
  LabSaveAll *self = LAB_SAVE_ALL (object);

  g_ptr_array_unref (self->savers);
  g_regex_unref (self->refused);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (lab_save_all_parent_class)->finalize (object);
}

static void
lab_save_all_class_init (LabSaveAllClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_save_all_dispose;
  G_OBJECT_CLASS (klass)->finalize = lab_save_all_finalize;
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_SAVE_ALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
lab_save_all_init (LabSaveAll *self)
{
  self->savers = g_ptr_array_new_with_free_func (saver_free);
  self->refused = g_regex_new (REFUSED, 0, 0, NULL);
  self->cancellable = g_cancellable_new ();
}

LabSaveAll *
lab_save_all_new (LabClient *client)
{
  LabSaveAll *self = g_object_new (LAB_TYPE_SAVE_ALL, NULL);

  self->client = g_object_ref (client);
  return self;
}

void
lab_save_all_add (LabSaveAll *self, const char *node, guint id, const char *image)
{
  g_autofree char *state = lab_client_state_dir ();
  gboolean is_host = g_strcmp0 (image, PC_IMAGE) == 0 || g_strcmp0 (image, HOST_IMAGE) == 0;
  Saver *saver = g_new0 (Saver, 1);

  saver->all = self;
  saver->node = g_strdup (node);
  saver->id = id;
  saver->work = g_strdup_printf ("%s/%s/%u", state, lab_client_get_uuid (self->client), id);
  saver->step = is_host ? host_steps : router_steps;
  g_ptr_array_add (self->savers, saver);
}

void
lab_save_all_start (LabSaveAll *self)
{
  g_return_if_fail (LAB_IS_SAVE_ALL (self));

  for (guint i = 0; i < self->savers->len; i++)
    begin (self->savers->pdata[i]);
}

void
lab_save_all_cancel (LabSaveAll *self)
{
  g_return_if_fail (LAB_IS_SAVE_ALL (self));

  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < self->savers->len; i++)
    settle (self->savers->pdata[i], &left);
}

guint
lab_save_all_get_n (LabSaveAll *self)
{
  return self->savers->len;
}

const char *
lab_save_all_get_node (LabSaveAll *self, guint index)
{
  return ((Saver *) g_ptr_array_index (self->savers, index))->node;
}

LabSaveState
lab_save_all_get_state (LabSaveAll *self, guint index)
{
  const Outcome *outcome = ((Saver *) g_ptr_array_index (self->savers, index))->outcome;

  if (outcome == NULL)
    return LAB_SAVE_WAITING;
  return outcome == &saved ? LAB_SAVE_SAVED : LAB_SAVE_FAILED;
}

const char *
lab_save_all_get_text (LabSaveAll *self, guint index)
{
  const Outcome *outcome = ((Saver *) g_ptr_array_index (self->savers, index))->outcome;

  return outcome != NULL ? _ (outcome->text) : NULL;
}

const char *
lab_save_all_get_sentence (LabSaveAll *self, guint index)
{
  const Outcome *outcome = ((Saver *) g_ptr_array_index (self->savers, index))->outcome;

  return outcome != NULL ? _ (outcome->sentence) : NULL;
}

gboolean
lab_save_all_is_done (LabSaveAll *self)
{
  for (guint i = 0; i < self->savers->len; i++)
    {
      if (lab_save_all_get_state (self, i) == LAB_SAVE_WAITING)
        return FALSE;
    }
  return TRUE;
}
