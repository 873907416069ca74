/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an engine is told.
 *
 * The document goes to it whole, a moment after the last change, and never twice at once: changes
 * that come while an Apply is under way go into the next one. Orders (start, stop…) stand in a
 * queue and are given one after the other, each after the document they were meant for. Moving
 * things on the canvas is no change for the engine; it compares and does nothing. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-file.h"
#include "lab-session-private.h"

#define APPLY_DELAY_MS 50

typedef struct
{
  LabClientVerb verb;
  GStrv names;    /* (nullable): all */
  guint weighing; /* the number of its LabSessionWeighing; 0: may be given */
} Order;

static void
order_free (Order *order)
{
  g_strfreev (order->names);
  g_free (order);
}

void
lab_session_orders_init (LabSession *self)
{
  g_queue_init (&self->orders);
  self->warned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
lab_session_orders_clear (LabSession *self)
{
  g_queue_clear_full (&self->orders, (GDestroyNotify) order_free);
  g_clear_handle_id (&self->apply_source, g_source_remove);
  self->needs_apply = FALSE;
  g_hash_table_remove_all (self->warned);
}

gboolean
lab_session_has_orders (LabSession *self)
{
  return self->controlling || !g_queue_is_empty (&self->orders);
}

/* The same warnings come with each Apply: said is only what is new. */
static void
say_warnings (LabSession *self, char **warnings)
{
  GHashTable *warned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();

  for (guint i = 0; warnings[i] != NULL; i++)
    if (g_hash_table_add (warned, g_strdup (warnings[i])) &&
        !g_hash_table_contains (self->warned, warnings[i]))
      g_ptr_array_add (fresh, warnings[i]);
  g_hash_table_unref (self->warned);
  self->warned = warned;

  if (fresh->len == 1)
    lab_session_say (self, LAB_SESSION_INFO, g_ptr_array_index (fresh, 0), NULL);
  else if (fresh->len > 1)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u remark on this lab", "%u remarks on this lab", fresh->len), fresh->len);
      g_autofree char *detail = NULL;

      g_ptr_array_add (fresh, NULL);
      detail = g_strjoinv ("\n", (char **) fresh->pdata);
      lab_session_say (self, LAB_SESSION_INFO, text, detail);
    }
}

/* What an engine could not do because it is gone is told by its end. */
static void
say_error (LabSession *self, const GError *error)
{
  if (!g_error_matches (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_LOST) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    lab_session_say (self, LAB_SESSION_ERROR, error->message, NULL);
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) warnings = NULL;
  gboolean done = lab_client_apply_finish (LAB_CLIENT (object), result, &warnings, &error);

  self->applying = FALSE;
  if (LAB_CLIENT (object) != self->client)
    return;
  if (done)
    say_warnings (self, warnings);
  else
    say_error (self, error);
  lab_session_mirror_sync (self);
  lab_session_pump (self);
}

static void
apply_now (LabSession *self)
{
  g_autofree char *text = lab_file_to_string (self->topology, NULL);

  g_clear_handle_id (&self->apply_source, g_source_remove);
  self->needs_apply = FALSE;
  self->applying = TRUE;
  lab_client_apply_async (self->client, text, NULL, applied_cb, g_object_ref (self));
}

static void
controlled_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabSession) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = lab_client_control_finish (LAB_CLIENT (object), result, &error);

  self->controlling = FALSE;
  if (LAB_CLIENT (object) != self->client)
    return;
  if (!done)
    say_error (self, error);
  lab_session_pump (self);
  lab_session_update_busy (self);
}

static void
control_now (LabSession *self)
{
  Order *order = g_queue_pop_head (&self->orders);

  self->controlling = TRUE;
  lab_client_control_async (self->client, order->verb, (const char *const *) order->names, NULL,
                            controlled_cb, g_object_ref (self));
  order_free (order);
}

void
lab_session_pump (LabSession *self)
{
  gboolean has_orders = !g_queue_is_empty (&self->orders);

  if (self->engine != LAB_SESSION_ENGINE_ON || self->applying || self->controlling)
    return;
  /* In a gesture the document is half of what it will be; an order cannot wait for its end. */
  if (self->needs_apply && (has_orders || !lab_history_in_group (self->history)))
    apply_now (self);
  else if (has_orders && !lab_session_has_file_work (self) &&
           ((Order *) g_queue_peek_head (&self->orders))->weighing == 0)
    control_now (self);
}

static gboolean
apply_later_cb (gpointer user_data)
{
  LabSession *self = user_data;

  self->apply_source = 0;
  lab_session_pump (self);

  return G_SOURCE_REMOVE;
}

void
lab_session_apply_later (LabSession *self)
{
  /* What runs may be what the recovery copy says. */
  if (self->engine != LAB_SESSION_ENGINE_ON || self->recovery != NULL)
    return;
  self->needs_apply = TRUE;
  if (self->apply_source == 0 && !lab_history_in_group (self->history))
    self->apply_source = g_timeout_add (APPLY_DELAY_MS, apply_later_cb, self);
}

/* Its turn may come. */
static void
release (LabSession *self, gboolean starts)
{
  /* An order is about the document that is seen. */
  self->needs_apply = self->needs_apply || self->recovery != NULL;
  lab_session_open (self, starts);
  lab_session_pump (self);
  lab_session_update_busy (self);
}

void
lab_session_order_weighed (LabSession *self, guint number, gboolean wanted)
{
  for (GList *l = self->orders.head; l != NULL; l = l->next)
    {
      Order *order = l->data;

      if (order->weighing != number)
        continue;
      order->weighing = 0;
      if (!wanted)
        {
          g_queue_delete_link (&self->orders, l);
          order_free (order);
        }
      /* Without an engine only a start has a meaning, and what waited behind it goes, too. */
      if (wanted || self->engine == LAB_SESSION_ENGINE_ON)
        release (self, wanted);
      else if (self->engine == LAB_SESSION_ENGINE_OFF)
        lab_session_orders_clear (self);
      lab_session_update_busy (self);
      return;
    }
}

/**
 * lab_session_control:
 * @verb: what to do
 * @names: (nullable) (array zero-terminated=1): the devices; %NULL or empty: all
 *
 * Orders something, after what was ordered before. Starting starts an engine if none runs; all else
 * has no meaning without one and is forgotten. A start that memory hardly suffices for is asked
 * about first, by "doubt". What goes wrong is said.
 */
void
lab_session_control (LabSession *self, LabClientVerb verb, const char *const *names)
{
  gboolean starts = verb == LAB_CLIENT_START || verb == LAB_CLIENT_RELOAD;
  Order *order;

  g_return_if_fail (LAB_IS_SESSION (self));

  if (!starts && self->engine != LAB_SESSION_ENGINE_ON &&
      self->engine != LAB_SESSION_ENGINE_STARTING)
    return;
  order = g_new0 (Order, 1);
  order->verb = verb;
  order->names = g_strdupv ((char **) names);
  g_queue_push_tail (&self->orders, order);
  if (verb == LAB_CLIENT_START)
    order->weighing = lab_session_weigh (self, names);
  if (order->weighing == 0)
    release (self, starts);
  else
    lab_session_update_busy (self);
}
