/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks before links are lost. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-adapter-dialog.h"
#include "lab-adapter-plan.h"
#include "lab-ask.h"
#include "lab-panel-edit.h"

#define MAX_LISTED 12

typedef struct
{
  GtkWidget *parent; /* (nullable) weak */
  LabSession *session;
  GPtrArray *nodes;
  char *key;
  guint count;
  void (*done) (gpointer user_data);
  gpointer user_data;
} Change;

static void
change_free (Change *change)
{
  g_clear_weak_pointer (&change->parent);
  g_object_unref (change->session);
  g_ptr_array_unref (change->nodes);
  g_free (change->key);
  g_free (change);
}

static void
apply (Change *change)
{
  LabTopology *topology = lab_session_get_topology (change->session);
  g_auto (GStrv) moved =
      lab_adapter_plan_moved (topology, change->nodes, change->key, change->count);
  g_autoptr (GError) error = NULL;

  if (!lab_adapter_plan_apply (lab_session_get_history (change->session), topology, change->nodes,
                               change->key, change->count, &error))
    {
      lab_session_say (change->session, LAB_SESSION_ERROR, error->message, NULL);
    }
  else if (moved[0] != NULL)
    {
      g_autofree char *list = g_strjoinv ("\n", moved);

      lab_session_say (change->session, LAB_SESSION_UNDO, _ ("Links moved to other ports"), list);
    }
}

static void
finish (Change *change, gboolean wanted)
{
  if (wanted)
    apply (change);
  if (change->parent != NULL)
    change->done (change->user_data);
  change_free (change);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *answer = lab_ask_finish (result);

  finish (user_data, g_strcmp0 (answer, "change") == 0);
}

static char *
list_links (char **titles, guint n_titles)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (n_titles, MAX_LISTED); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", titles[i]);
  if (n_titles > MAX_LISTED)
    {
      guint more = n_titles - MAX_LISTED;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
    }

  return g_string_free (text, FALSE);
}

static void
ask (Change *change, char **lost)
{
  guint n_lost = g_strv_length (lost);
  const LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "change", ngettext ("_Remove Link", "_Remove Links", n_lost), ADW_RESPONSE_DESTRUCTIVE },
  };
  GtkRoot *root = gtk_widget_get_root (change->parent);
  g_autofree char *heading =
      g_strdup_printf (ngettext ("Remove %u Link?", "Remove %u Links?", n_lost), n_lost);
  g_autofree char *links = list_links (lost, n_lost);
  /* Translators: a list of links, one a line, follows */
  g_autofree char *body = g_strdup_printf (
      "%s\n\n%s",
      ngettext ("A port that this link uses will not be there any more:",
                "The ports that these links use will not be there any more:", n_lost),
      links);

  lab_ask_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body, NULL, answers,
                 G_N_ELEMENTS (answers), "cancel", answered_cb, change);
}

void
lab_adapter_dialog_change (GtkWidget *parent,
                           LabSession *session,
                           GPtrArray *nodes,
                           const char *key,
                           guint count,
                           void (*done) (gpointer user_data),
                           gpointer user_data)
{
  g_auto (GStrv) lost =
      lab_adapter_plan_lost (lab_session_get_topology (session), nodes, key, count);
  Change *change = g_new0 (Change, 1);

  g_set_weak_pointer (&change->parent, parent);
  change->session = g_object_ref (session);
  change->nodes = lab_panel_copy_items (nodes);
  change->key = g_strdup (key);
  change->count = count;
  change->done = done;
  change->user_data = user_data;
  if (lost[0] != NULL)
    ask (change, lost);
  else
    finish (change, TRUE);
}
