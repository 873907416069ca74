/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the words of a command line to a lab: which file, its document, its engine.
 *
 * Files come first: a word that is a lab's file names the lab, whatever runs. Without one, the
 * engine that runs says which file it runs. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-lab.h"
#include "ctl-wait.h"
#include "lab-client-paths.h"
#include "lab-client-running.h"

void
ctl_lab_clear (CtlLab *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->topology);
  g_clear_object (&self->client);
}

gboolean
ctl_word_is_lab (const char *word)
{
  return g_str_has_suffix (word, ".lab") || g_file_test (word, G_FILE_TEST_IS_REGULAR);
}

/* Several labs run and none was named: say which there are. */
static void
complain_about_choice (char **uuids)
{
  g_autoptr (GString) text =
      g_string_new (_ ("Several labs are running; name one of these files:"));

  for (guint i = 0; uuids[i] != NULL; i++)
    {
      g_autoptr (LabClient) client = lab_client_new (uuids[i], NULL);

      if (ctl_wait_open (client, LAB_CLIENT_OPEN_NONE, NULL))
        g_string_append_printf (text, "\n  %s", lab_client_get_engine_path (client));
    }
  ctl_complain ("%s", text->str);
}

static int
find_running (CtlLab *self, const CtlCommand *command)
{
  g_auto (GStrv) uuids = lab_client_list_running ();
  GError *error = NULL;

  if (uuids[0] == NULL)
    return ctl_usage (command, _ ("No lab is running, and no lab’s file was named."));
  if (uuids[1] != NULL)
    {
      complain_about_choice (uuids);
      return CTL_USAGE;
    }
  self->client = lab_client_new (uuids[0], NULL);
  if (!ctl_wait_open (self->client, LAB_CLIENT_OPEN_NONE, &error))
    return ctl_fail (error);
  self->path = g_strdup (lab_client_get_engine_path (self->client));
  return CTL_OK;
}

static int
find_file (CtlLab *self, const CtlCommand *command, CtlLabFlags flags, int *argc, char ***argv)
{
  const char *from_environment = g_getenv ("LABWRIGHT_LAB");

  if (*argc > 0 && ctl_word_is_lab ((*argv)[0]))
    {
      self->path = g_strdup ((*argv)[0]);
      (*argc)--;
      (*argv)++;
    }
  else if (from_environment != NULL && *from_environment != '\0')
    {
      self->path = g_strdup (from_environment);
    }
  else if ((flags & CTL_LAB_EXPLICIT) != 0)
    {
      return *argc > 0 ? ctl_usage (command, _ ("“%s” is not a lab’s file."), (*argv)[0])
                       : ctl_usage (command, _ ("The lab’s file is missing."));
    }
  else
    {
      return find_running (self, command);
    }
  return CTL_OK;
}

static int
connect_engine (CtlLab *self, CtlLabFlags flags)
{
  LabClientOpenFlags open_flags =
      (flags & CTL_LAB_SPAWN) != 0 ? LAB_CLIENT_OPEN_SPAWN : LAB_CLIENT_OPEN_NONE;
  GError *error = NULL;

  self->client = lab_client_new (lab_topology_get_uuid (self->topology), self->path);
  if (ctl_wait_open (self->client, open_flags, &error))
    return CTL_OK;

  g_clear_object (&self->client);
  if ((flags & CTL_LAB_IF_RUNNING) != 0 &&
      g_error_matches (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NOT_RUNNING))
    {
      g_error_free (error);
      return CTL_OK;
    }
  return ctl_fail (error);
}

int
ctl_lab_open (CtlLab *self, const CtlCommand *command, CtlLabFlags flags, int *argc, char ***argv)
{
  GError *error = NULL;
  int code = find_file (self, command, flags, argc, argv);

  if (code != CTL_OK)
    return code;
  if (self->client == NULL || (flags & CTL_LAB_DOCUMENT) != 0)
    {
      self->topology = lab_file_load (self->path, &error);
      if (self->topology == NULL)
        return ctl_fail (error);
    }
  if (self->client == NULL && (flags & (CTL_LAB_ENGINE | CTL_LAB_IF_RUNNING | CTL_LAB_SPAWN)) != 0)
    {
      code = connect_engine (self, flags);
      if (code != CTL_OK)
        return code;
    }
  if ((flags & CTL_LAB_SPAWN) != 0 && !ctl_lab_apply (self, &error))
    return ctl_fail (error);
  return CTL_OK;
}

gboolean
ctl_lab_apply (CtlLab *self, GError **error)
{
  g_autofree char *text = lab_file_to_string (self->topology, NULL);

  return ctl_wait_apply (self->client, text, error);
}

gboolean
ctl_lab_knows (CtlLab *self, char **names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean known = self->topology != NULL
                           ? lab_topology_find_node (self->topology, names[i]) != NULL
                           : lab_client_find_node (self->client, names[i]) != NULL;

      if (!known)
        {
          ctl_complain (_ ("There is no node “%s” in the lab “%s”."), names[i], self->path);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
ctl_lab_have_engine (CtlLab *self, GError **error)
{
  if (self->client != NULL)
    return TRUE;
  self->client = lab_client_new (lab_topology_get_uuid (self->topology), self->path);
  return ctl_wait_open (self->client, LAB_CLIENT_OPEN_SPAWN, error) && ctl_lab_apply (self, error);
}

/* Somebody has started devices meanwhile. */
static gboolean
is_used (LabClient *client)
{
  GListModel *nodes = lab_client_get_nodes (client);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);

      if (lab_client_node_is_running (node))
        return TRUE;
    }
  return FALSE;
}

int
ctl_lab_leave_engine (CtlLab *self, int code)
{
  GError *error = NULL;

  if (self->client != NULL && lab_client_has_spawned (self->client) &&
      lab_client_is_open (self->client) && !is_used (self->client) &&
      !ctl_wait_shutdown (self->client, &error))
    return ctl_fail (error);
  return code;
}

char *
ctl_lab_state (CtlLab *self)
{
  g_autofree char *state = lab_client_state_dir ();

  return g_build_filename (state, lab_topology_get_uuid (self->topology), NULL);
}
