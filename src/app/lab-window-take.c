/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What devices have saved, into the lab: by order, and before the lab is saved, after asking once
 * how the user wants it. The question stands before the file is touched: to cancel it is to save
 * nothing, and no answer to it loses a save of the lab or of a device. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-app-settings.h"
#include "lab-ask.h"
#include "lab-window-private.h"

#define SHOWN_NAMES 5

/* As in the settings' "take-saved". */
typedef enum
{
  TAKE_ASK,
  TAKE_ALWAYS,
  TAKE_NEVER,
} TakeSaved;

static TakeSaved
wanted (void)
{
  return g_settings_get_enum (lab_app_settings (), "take-saved");
}

/* --- before a save: one after the other --- */

static void begin (LabWindow *self);

/* Answers the first that waits, and goes on with the next. */
static void
done (LabWindow *self, gboolean saves)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->takes);

  g_task_return_boolean (task, saves);
  if (!g_queue_is_empty (&self->takes))
    begin (self);
}

static void
read_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GPtrArray) items = lab_session_read_saved_finish (LAB_SESSION (source), result);

  lab_session_take_saved (LAB_SESSION (source), items);
  done (self, TRUE);
}

typedef struct
{
  LabWindow *window;
  LabSession *session;
  GPtrArray *items;
  GtkCheckButton *remember;
} Question;

static void
question_free (Question *self)
{
  g_object_unref (self->window);
  g_object_unref (self->session);
  g_ptr_array_unref (self->items);
  g_object_unref (self->remember);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autofree char *answer = lab_ask_finish (result);
  gboolean takes = g_str_equal (answer, "take");

  if (!takes && !g_str_equal (answer, "without"))
    {
      done (question->window, FALSE);
      return;
    }
  if (gtk_check_button_get_active (question->remember))
    g_settings_set_enum (lab_app_settings (), "take-saved", takes ? TAKE_ALWAYS : TAKE_NEVER);
  if (takes)
    {
      /* Devices may have saved while the question stood. */
      lab_session_read_saved_async (question->session, NULL, TRUE, read_again_cb,
                                    g_object_ref (question->window));
      return;
    }
  lab_session_leave_saved (question->session, question->items);
  done (question->window, TRUE);
}

/* "R1, R2, R3", and no more than fit. */
static char *
list_names (GPtrArray *items)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const LabTakeItem *item = items->pdata[i];

      if (item->fate != LAB_TAKE_NEW)
        continue;
      if (n++ == SHOWN_NAMES)
        {
          g_string_append (names, "…");
          break;
        }
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", item->name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
make_body (GPtrArray *items)
{
  guint n = lab_take_count (items, LAB_TAKE_NEW);
  g_autofree char *names = list_names (items);
  g_autofree char *which =
      n == 1
          ? g_strdup_printf (_ ("%s has saved a configuration that the lab does not hold."), names)
          /* Translators: how many, and their names. */
          : g_strdup_printf (ngettext ("%u device has saved a configuration that the lab does not "
                                       "hold: %s.",
                                       "%u devices have saved configurations that the lab does "
                                       "not hold: %s.",
                                       (gulong) n),
                             n, names);

  return g_strconcat (which, "\n\n",
                      _ ("Taken in, what is saved becomes the start configuration, and the lab’s "
                         "file is enough to share it. The devices go on as they are."),
                      NULL);
}

static GtkWidget *
make_remember (void)
{
  GtkWidget *remember = gtk_check_button_new_with_mnemonic (_ ("Do this fr_om now on"));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (remember), TRUE);
  gtk_widget_set_tooltip_text (remember, _ ("It can be changed in the preferences"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remember), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Do this from now on"), -1);
  gtk_widget_set_halign (remember, GTK_ALIGN_CENTER);
  return remember;
}

/* Takes over @items. */
static void
ask (LabWindow *self, LabSession *session, GPtrArray *items)
{
  const LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "without", _ ("Save _Without"), ADW_RESPONSE_DEFAULT },
    { "take", _ ("_Take and Save"), ADW_RESPONSE_SUGGESTED },
  };
  g_autofree char *body = make_body (items);
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (self);
  question->session = g_object_ref (session);
  question->items = items;
  question->remember = g_object_ref_sink (GTK_CHECK_BUTTON (make_remember ()));
  lab_ask_async (GTK_WINDOW (self), _ ("Take Saved Configurations Into the Lab?"), body,
                 GTK_WIDGET (question->remember), answers, G_N_ELEMENTS (answers), "take",
                 answered_cb, question);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  LabSession *session = LAB_SESSION (source);
  g_autoptr (GPtrArray) items = lab_session_read_saved_finish (session, result);

  if (self->session == NULL)
    {
      done (self, FALSE);
      return;
    }
  if (wanted () == TAKE_ASK && lab_take_count (items, LAB_TAKE_NEW) > 0)
    {
      ask (self, session, g_steal_pointer (&items));
      return;
    }
  if (wanted () != TAKE_NEVER)
    lab_session_take_saved (session, items);
  done (self, TRUE);
}

static void
begin (LabWindow *self)
{
  /* It was closed meanwhile. */
  if (self->session == NULL)
    {
      done (self, FALSE);
      return;
    }
  lab_session_read_saved_async (self->session, NULL, TRUE, read_cb, g_object_ref (self));
}

void
lab_window_take_async (LabWindow *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lab_window_take_async);
  if (wanted () == TAKE_NEVER)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_queue_push_tail (&self->takes, g_steal_pointer (&task));
  if (g_queue_get_length (&self->takes) == 1)
    begin (self);
}

gboolean
lab_window_take_finish (LabWindow *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* --- by order --- */

static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  LabSession *session = LAB_SESSION (source);
  g_autoptr (GPtrArray) items = lab_session_read_saved_finish (session, result);
  guint n = lab_session_take_saved (session, items);

  if (n > 0 || lab_take_count (items, LAB_TAKE_TOO_LARGE) > 0)
    return;
  lab_window_say (self, LAB_SESSION_INFO,
                  lab_take_count (items, LAB_TAKE_SAME) > 0
                      ? _ ("The lab holds what the devices have saved")
                      : _ ("The devices have saved nothing yet"),
                  NULL);
}

static void
take_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) nodes = NULL;

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "take-selected"))
    nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);
  lab_inspector_commit (self->inspector);
  lab_session_read_saved_async (self->session, nodes, FALSE, ordered_cb, g_object_ref (self));
}

/* --- set-up --- */

static void
update_all (LabWindow *self)
{
  lab_window_enable (self, "take-saved", lab_session_get_n_devices (self->session) > 0);
}

static void
update_selected (LabWindow *self)
{
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);
  gboolean device = FALSE;

  for (guint i = 0; i < nodes->len; i++)
    device |= lab_node_get_kind (nodes->pdata[i]) == LAB_NODE_IOU;
  lab_window_enable (self, "take-selected", device);
}

static const GActionEntry entries[] = {
  { "take-saved", take_cb },
  { "take-selected", take_cb },
};

void
lab_window_take_init (LabWindow *self)
{
  g_queue_init (&self->takes);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    lab_window_enable (self, entries[i].name, FALSE);
}

void
lab_window_take_attach (LabWindow *self)
{
  g_signal_connect_object (self->session, "notify::n-devices", G_CALLBACK (update_all), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (update_selected), self,
                           G_CONNECT_SWAPPED);
  update_all (self);
  update_selected (self);
}
