/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * Reading: VTE puts what it is fed into a queue without bound and works all of it off in one turn
 * of the main loop, some 30 MB a second. So the bound has to be here. The socket is read at a
 * priority below VTE's own work and only BUDGET bytes in each WINDOW_MS; several consoles that
 * flood at once share the budget. What we do not read waits in the engine, which leaves out the
 * oldest when it becomes too much.
 *
 * Connecting: whenever there is an engine that knows the node. A console outlives its device, so a
 * connection ends only with the engine or when the node is removed. Then we try again, after a
 * growing delay, and at once when the engine says that something changed. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include "lab-client-replay.h"
#include "lab-terminal-stream.h"
#include "lab-terminal-writer.h"

/* VTE works at G_PRIORITY_DEFAULT_IDLE. */
#define READ_PRIORITY  (G_PRIORITY_DEFAULT_IDLE + 50)
#define WINDOW_MS      10
#define BUDGET         (32 * 1024)
#define LEAST_SHARE    1024
#define FIRST_DELAY_MS 250
#define LAST_DELAY_MS  4000
/* A connection that held so long was a good one: the next begins with the first delay again. */
#define GOOD_SECONDS 2

struct _LabTerminalStream
{
  GObject parent_instance;

  const LabTerminalStreamFuncs *funcs;
  gpointer user_data;
  LabClient *client; /* (nullable) */
  char *node_name;

  GCancellable *opening; /* (nullable) */
  GIOStream *stream;     /* (nullable) */
  LabTerminalWriter *writer;
  LabClientReplay *replay;
  gboolean begin_told;
  gboolean replay_told;
  char *console_id; /* (nullable): whose scroll-back was shown last */
  gint64 connected_at;

  GSource *reading; /* (nullable) */
  guint pause_id;   /* the budget is spent, the window not over */
  gint64 window_start;
  gsize window_bytes;

  guint retry_id;
  guint delay_ms;
  gboolean closed;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Streams that have spent their budget: they share it. */
static guint n_paused;

G_DEFINE_FINAL_TYPE (LabTerminalStream, lab_terminal_stream, G_TYPE_OBJECT)

static void try_connect (LabTerminalStream *self);
static void listen_to_stream (LabTerminalStream *self);

static gboolean
retry_cb (gpointer user_data)
{
  LabTerminalStream *self = user_data;

  self->retry_id = 0;
  try_connect (self);
  return G_SOURCE_REMOVE;
}

static void
retry_later (LabTerminalStream *self)
{
  if (self->retry_id != 0 || self->closed || self->client == NULL)
    return;

  self->retry_id = g_timeout_add (self->delay_ms, retry_cb, self);
  self->delay_ms = MIN (self->delay_ms * 2, LAST_DELAY_MS);
}

static void
end_pause (LabTerminalStream *self)
{
  if (self->pause_id == 0)
    return;

  g_clear_handle_id (&self->pause_id, g_source_remove);
  n_paused--;
}

static void
stop_reading (LabTerminalStream *self)
{
  end_pause (self);
  if (self->reading != NULL)
    g_source_destroy (self->reading);
  g_clear_pointer (&self->reading, g_source_unref);
}

static void
disconnect_stream (LabTerminalStream *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (self->stream == NULL)
    return;

  stop_reading (self);
  lab_terminal_writer_close (self->writer);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->replay, lab_client_replay_free);
  g_clear_object (&self->stream);
  if (!self->closed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
lose_stream (LabTerminalStream *self)
{
  if (g_get_monotonic_time () - self->connected_at > GOOD_SECONDS * G_USEC_PER_SEC)
    self->delay_ms = FIRST_DELAY_MS;
  disconnect_stream (self);
  retry_later (self);
}

/* --- reading --- */

static gboolean
window_over_cb (gpointer user_data)
{
  LabTerminalStream *self = user_data;

  self->pause_id = 0;
  n_paused--;
  listen_to_stream (self);
  return G_SOURCE_REMOVE;
}

/* TRUE: enough for this window. */
static gboolean
spend (LabTerminalStream *self, gsize length)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->window_start >= WINDOW_MS * 1000)
    {
      self->window_start = now;
      self->window_bytes = 0;
    }
  self->window_bytes += length;
  return self->window_bytes >= MAX (BUDGET / (n_paused + 1), LEAST_SHARE);
}

/* As soon as it is known which console this is. */
static void
tell_begin (LabTerminalStream *self)
{
  const char *id = lab_client_replay_get_id (self->replay);
  gboolean fresh = id == NULL || g_strcmp0 (id, self->console_id) != 0;

  if (self->begin_told || (id == NULL && !lab_client_replay_is_over (self->replay)))
    return;
  self->begin_told = TRUE;
  if (id != NULL && fresh)
    {
      g_free (self->console_id);
      self->console_id = g_strdup (id);
    }
  self->funcs->begin (fresh, self->user_data);
}

static void
give_output (LabTerminalStream *self, const guint8 *data, gsize length)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint) length + 64);
  gsize replayed = lab_client_replay_push (self->replay, data, length, out);

  tell_begin (self);
  if (replayed > 0)
    self->funcs->output (out->data, replayed, TRUE, self->user_data);
  if (!self->replay_told && lab_client_replay_is_over (self->replay))
    {
      self->replay_told = TRUE;
      self->funcs->replay_ended (self->user_data);
    }
  if (out->len > replayed)
    self->funcs->output (out->data + replayed, out->len - replayed, FALSE, self->user_data);
}

static gboolean
readable_cb (GObject *input, gpointer user_data)
{
  g_autoptr (LabTerminalStream) self = g_object_ref (user_data);
  guint8 buffer[BUDGET];
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), buffer,
                                                       MAX (BUDGET / (n_paused + 1), LEAST_SHARE),
                                                       NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      lose_stream (self);
      return G_SOURCE_REMOVE;
    }
  if (spend (self, (gsize) n))
    {
      stop_reading (self);
      n_paused++;
      self->pause_id = g_timeout_add_full (READ_PRIORITY, WINDOW_MS, window_over_cb, self, NULL);
    }
  give_output (self, buffer, (gsize) n);
  return self->reading != NULL;
}

static void
listen_to_stream (LabTerminalStream *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);

  self->reading = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_priority (self->reading, READ_PRIORITY);
  g_source_set_callback (self->reading, G_SOURCE_FUNC (readable_cb), self, NULL);
  g_source_attach (self->reading, NULL);
}

/* --- connecting --- */

static void
use_stream (LabTerminalStream *self, GIOStream *stream)
{
  self->stream = stream;
  self->writer = lab_terminal_writer_new (g_io_stream_get_output_stream (stream));
  self->replay = lab_client_replay_new ();
  self->begin_told = self->replay_told = FALSE;
  self->window_start = self->window_bytes = 0;
  self->connected_at = g_get_monotonic_time ();
  listen_to_stream (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabTerminalStream) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) stream =
      lab_client_open_console_finish (LAB_CLIENT (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->opening);
  if (stream != NULL)
    use_stream (self, g_steal_pointer (&stream));
  else
    retry_later (self);
}

static gboolean
engine_has_console (LabTerminalStream *self)
{
  LabClientNode *node = NULL;

  if (self->client != NULL && self->node_name != NULL && lab_client_is_open (self->client))
    node = lab_client_find_node (self->client, self->node_name);
  return node != NULL && *lab_client_node_get_console (node) != '\0';
}

static void
try_connect (LabTerminalStream *self)
{
  if (self->closed || self->stream != NULL || self->opening != NULL || !engine_has_console (self))
    return;

  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->opening = g_cancellable_new ();
  lab_client_open_console_async (self->client, self->node_name, LAB_CLIENT_CONSOLE_MARKED,
                                 self->opening, opened_cb, g_object_ref (self));
}

static void
client_changed_cb (LabTerminalStream *self)
{
  /* While a delay runs something is wrong that a change elsewhere in the lab does not mend. */
  if (self->retry_id == 0)
    try_connect (self);
}

static void
client_closed_cb (LabTerminalStream *self)
{
  disconnect_stream (self);
}

/* --- the object --- */

static void
drop_client (LabTerminalStream *self)
{
  if (self->client == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
}

void
lab_terminal_stream_close (LabTerminalStream *self)
{
  self->closed = TRUE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  disconnect_stream (self);
  drop_client (self);
}

static void
lab_terminal_stream_dispose (GObject *object)
{
  lab_terminal_stream_close (LAB_TERMINAL_STREAM (object));

  G_OBJECT_CLASS (lab_terminal_stream_parent_class)->dispose (object);
}

static void
lab_terminal_stream_finalize (GObject *object)
{
  LabTerminalStream *self = LAB_TERMINAL_STREAM (object);

  g_free (self->node_name);
  g_free (self->console_id);

  G_OBJECT_CLASS (lab_terminal_stream_parent_class)->finalize (object);
}

static void
lab_terminal_stream_class_init (LabTerminalStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lab_terminal_stream_dispose;
  object_class->finalize = lab_terminal_stream_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LAB_TYPE_TERMINAL_STREAM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lab_terminal_stream_init (LabTerminalStream *self)
{
  self->delay_ms = FIRST_DELAY_MS;
}

LabTerminalStream *
lab_terminal_stream_new (const LabTerminalStreamFuncs *funcs, gpointer user_data)
{
  LabTerminalStream *self = g_object_new (LAB_TYPE_TERMINAL_STREAM, NULL);

  self->funcs = funcs;
  self->user_data = user_data;
  return self;
}

void
lab_terminal_stream_set_client (LabTerminalStream *self, LabClient *client)
{
  g_return_if_fail (LAB_IS_TERMINAL_STREAM (self));

  if (client == self->client || self->closed)
    return;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->delay_ms = FIRST_DELAY_MS;
  disconnect_stream (self);
  drop_client (self);
  if (client == NULL)
    return;

  self->client = g_object_ref (client);
  g_signal_connect_swapped (client, "changed", G_CALLBACK (client_changed_cb), self);
  g_signal_connect_swapped (client, "closed", G_CALLBACK (client_closed_cb), self);
  try_connect (self);
}

void
lab_terminal_stream_set_node_name (LabTerminalStream *self, const char *name)
{
  g_return_if_fail (LAB_IS_TERMINAL_STREAM (self));

  g_free (self->node_name);
  self->node_name = g_strdup (name);
  try_connect (self);
}

gboolean
lab_terminal_stream_get_connected (LabTerminalStream *self)
{
  return self->stream != NULL;
}

void
lab_terminal_stream_reconnect (LabTerminalStream *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->delay_ms = FIRST_DELAY_MS;
  disconnect_stream (self);
  try_connect (self);
}

gboolean
lab_terminal_stream_send (LabTerminalStream *self, const void *data, gsize length)
{
  return self->writer != NULL && lab_terminal_writer_push (self->writer, data, length);
}
