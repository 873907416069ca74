/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config save: devices are told to save, at their consoles, all at once.
 *
 * A host knows “save”. A router knows “write memory”, but only in its privileged mode: if it
 * refuses, it is in a configuration mode, which “end” leaves, or in the user's, from where “enable”
 * leads on. What a console says is not believed: a device has saved when its NVRAM was written. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-config.h"
#include "ctl-dialogue.h"
#include "ctl-output.h"
#include "ctl-wait.h"
#include "lab-saved-nvram.h"

#define PC_IMAGE       "labwright-pc"
#define HOST_IMAGE     "labwright-host"
#define WITHIN         30.0
#define PATIENCE       10.0
#define NVRAM_PATIENCE (3 * G_USEC_PER_SEC)
/* File times are those of the kernel's last tick. */
#define TICK    G_USEC_PER_SEC
#define REFUSED "(?m)^ *(%|Invalid|Unknown)"

/* What is typed, one after the other; a step that begins with "?" is tried, and if the device does
 * not refuse it, that is all. */
static const char *const host_steps[] = { "?save", NULL };
static const char *const router_steps[] = {
  "?write memory", "end", "?write memory", "enable", "?write memory", NULL,
};

typedef struct
{
  CtlLab *lab;
  LabNode *node;
  char *work;
  CtlDialogue *dialogue; /* (nullable) */
  GRegex *refused;
  const char *const *step;
  gint64 begun;      /* real time */
  gint64 typed_at;   /* monotonic, when the console was done; 0: not yet */
  const char *state; /* (nullable) the result */
  gboolean saved;
} Saver;

static void
saver_free (Saver *saver)
{
  if (saver->dialogue != NULL)
    ctl_dialogue_close (saver->dialogue);
  g_clear_object (&saver->dialogue);
  g_regex_unref (saver->refused);
  g_object_unref (saver->node);
  g_free (saver->work);
  g_free (saver);
}

static gboolean
nvram_is_written (Saver *saver)
{
  gint64 time = 0;
  gboolean sound = FALSE;
  g_autoptr (GBytes) text =
      lab_saved_read_nvram (saver->work, lab_node_get_id (saver->node), &time, &sound, NULL);

  return text != NULL && sound && time >= saver->begun - TICK;
}

static void
settle (Saver *saver, gboolean saved, const char *state)
{
  saver->saved = saved;
  saver->state = state;
}

static void ask_next (Saver *saver);

static void
take_answer (Saver *saver, const CtlAnswer *answer)
{
  gboolean tried = **saver->step == '?';

  saver->step++;
  switch (answer->kind)
    {
    case CTL_ANSWER_SILENT:
      settle (saver, FALSE, _ ("shows no prompt"));
      break;
    case CTL_ANSWER_CLOSED:
      settle (saver, FALSE, _ ("its console was closed"));
      break;
    case CTL_ANSWER_TIMEOUT:
      settle (saver, FALSE, _ ("does not answer"));
      break;
    case CTL_ANSWER_PROMPT:
    case CTL_ANSWER_MATCHED:
    case CTL_ANSWER_REJECTED:
    default:
      if (tried && answer->kind != CTL_ANSWER_REJECTED)
        saver->typed_at = g_get_monotonic_time ();
      else if (*saver->step != NULL)
        ask_next (saver);
      else
        settle (saver, FALSE, _ ("refuses to save"));
      break;
    }
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CtlAnswer) answer = ctl_dialogue_ask_finish (CTL_DIALOGUE (object), result, NULL);

  take_answer (user_data, answer);
}

static void
ask_next (Saver *saver)
{
  const char *text = *saver->step;
  CtlQuestion question = {
    .text = *text == '?' ? text + 1 : text,
    .reject = saver->refused,
    .within = WITHIN,
    .patience = PATIENCE,
  };

  ctl_dialogue_ask_async (saver->dialogue, &question, answered_cb, saver);
}

static void
begin (Saver *saver)
{
  const char *name = lab_node_get_name (saver->node);
  LabClientNode *running = lab_client_find_node (saver->lab->client, name);
  g_autoptr (GError) error = NULL;
  GIOStream *console;

  if (running == NULL || !lab_client_node_is_running (running))
    {
      settle (saver, FALSE, _ ("does not run"));
      return;
    }
  if (lab_client_node_get_state (running) != LAB_CLIENT_STATE_READY)
    {
      settle (saver, FALSE, _ ("is not ready"));
      return;
    }
  console = ctl_wait_console (saver->lab->client, name, CTL_CONSOLE_LIVE, &error);
  if (console == NULL)
    {
      settle (saver, FALSE, _ ("has no console"));
      return;
    }
  saver->dialogue = ctl_dialogue_new (console);
  ask_next (saver);
}

static Saver *
saver_new (CtlLab *lab, LabNode *node)
{
  const char *image = lab_node_get_image_name (node);
  gboolean is_host = g_strcmp0 (image, PC_IMAGE) == 0 || g_strcmp0 (image, HOST_IMAGE) == 0;
  Saver *saver = g_new0 (Saver, 1);

  saver->lab = lab;
  saver->node = g_object_ref (node);
  saver->work = ctl_config_work (lab, node);
  saver->refused = g_regex_new (REFUSED, 0, 0, NULL);
  saver->step = is_host ? host_steps : router_steps;
  saver->begun = g_get_real_time ();
  return saver;
}

static gboolean
all_settled (gpointer user_data)
{
  GPtrArray *savers = user_data;
  gboolean all = TRUE;

  for (guint i = 0; i < savers->len; i++)
    {
      Saver *saver = savers->pdata[i];

      if (saver->state == NULL && saver->typed_at != 0)
        {
          if (nvram_is_written (saver))
            settle (saver, TRUE, _ ("saved"));
          else if (g_get_monotonic_time () > saver->typed_at + NVRAM_PATIENCE)
            settle (saver, FALSE, _ ("has not written its NVRAM"));
        }
      all = all && saver->state != NULL;
    }
  return all;
}

static int
print_results (GPtrArray *savers, gboolean json)
{
  const char *const columns[] = { _ ("NODE"), _ ("RESULT"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "ll");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  int code = CTL_OK;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < savers->len; i++)
    {
      const Saver *saver = savers->pdata[i];

      if (!saver->saved)
        code = CTL_FAILED;
      ctl_table_add (table, CTL_BOLD, "%s", lab_node_get_name (saver->node));
      ctl_table_add (table, saver->saved ? CTL_GOOD : CTL_BAD, "%s", saver->state);
      json_builder_begin_object (builder);
      ctl_json_string (builder, "name", lab_node_get_name (saver->node));
      ctl_json_bool (builder, "saved", saver->saved);
      ctl_json_string (builder, "result", saver->state);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (json)
    ctl_print_json (builder);
  else
    ctl_table_print (table);
  return code;
}

/* With --all those that do not run have nothing to save. */
static gboolean
is_meant (CtlLab *lab, LabNode *node, gboolean all)
{
  return !all || ctl_config_is_running (lab, node);
}

static int
save (CtlLab *lab, char **names, gboolean json)
{
  g_autoptr (GPtrArray) nodes = ctl_config_find_nodes (lab, names);
  g_autoptr (GPtrArray) savers = g_ptr_array_new_with_free_func ((GDestroyNotify) saver_free);
  GError *error = NULL;

  if (nodes == NULL)
    return CTL_CANNOT;
  ctl_interruptible ();
  for (guint i = 0; i < nodes->len; i++)
    {
      if (is_meant (lab, nodes->pdata[i], names[0] == NULL))
        g_ptr_array_add (savers, saver_new (lab, nodes->pdata[i]));
    }
  for (guint i = 0; i < savers->len; i++)
    begin (savers->pdata[i]);
  if (!ctl_wait_until (lab->client, all_settled, savers, &error))
    return ctl_fail (error);
  return print_results (savers, json);
}

static int
run_save (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean all = FALSE;
  gboolean json = FALSE;
  int code;
  GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_ ("All devices that run"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_config_save_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_config_save_command, CTL_LAB_DOCUMENT | CTL_LAB_ENGINE, &argc,
                       &argv);
  if (code != CTL_OK)
    return code;
  if (all == (argc > 0))
    return ctl_usage (&ctl_config_save_command, _ ("Either nodes or --all."));
  if (lab.client == NULL)
    return CTL_CANNOT;
  return save (&lab, argv, json);
}

const CtlCommand ctl_config_save_command = {
  .name = "config save",
  .arguments = "[FILE] NODE… | --all",
  .summary = N_ ("Tell devices to save their configurations"),
  .details =
      N_ ("Types “write memory” (hosts: “save”) at the consoles of all of them at once, and "
          "waits until\ntheir NVRAM was written. Exits 1 if one has not saved.\n\n"
          "Examples:\n"
          "  labctl config save campus.lab PC1\n"
          "  labctl config save --all"),
  .run = run_save,
};
