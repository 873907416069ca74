/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The state of a whole lab: checkpoints, portable labs and clones by labctl; and a random walk
 * through everything that changes what devices keep, beside a simple model of it. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "e2e.h"
#include "lab-file.h"
#include "lab-saved-nvram.h"

#define N_NODES 2
#define N_STEPS 45 /* or LABWRIGHT_WALK_STEPS */

static const char *const node_names[N_NODES] = { "PC1", "PC2" };

static void
start (E2e *e2e, const char *path)
{
  e2e_labctl (e2e, "start", path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
}

static void
assert_shows (E2e *e2e, const char *path, const char *node, const char *name)
{
  g_autofree char *line = g_strdup_printf ("set pcname %s\n", name);

  e2e_labctl (e2e, "config", path, "show", node, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, line);
}

static void
test_checkpoint (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  e2e_labctl (e2e, "checkpoint", "list", path, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "no checkpoints");
  start (e2e, path);
  e2e_save_as (e2e, path, "PC1", "one");
  e2e_labctl (e2e, "checkpoint", path, "take", "before lunch", NULL);
  e2e_assert_code (e2e, 0);
  before = e2e_read (path);

  e2e_save_as (e2e, path, "PC1", "two");
  e2e_save_as (e2e, path, "PC2", "other");
  e2e_labctl (e2e, "unlink", path, "PC1:e0/0", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "checkpoint", "diff", path, "1", NULL);
  e2e_assert_code (e2e, 1);
  e2e_assert_has (e2e->out, "PC1: another configuration: 1 line added, 1 removed");
  e2e_assert_has (e2e->out, "-set pcname two");
  e2e_assert_has (e2e->out, "+set pcname one");
  e2e_assert_has (e2e->out, "The lab: 1 links instead of 0");

  e2e_labctl (e2e, "checkpoint", "restore", path, "1", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "2 devices run");
  e2e_labctl (e2e, "checkpoint", "restore", path, "1", "--restart", NULL);
  e2e_assert_code (e2e, 0);
  after = e2e_read (path);
  g_assert_cmpstr (after, ==, before);
  assert_shows (e2e, path, "PC1", "one");
  g_assert_true (
      e2e_wait_output (e2e, 20, "set pcname one", "send", path, "PC1", "show run", NULL));
  e2e_labctl (e2e, "send", path, "PC1", "ping 10.0.0.2", "--expect", "ttl", NULL);
  e2e_assert_code (e2e, 0);

  /* And back again: what was before is the second. */
  e2e_labctl (e2e, "checkpoint", "list", path, "--json", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "\"automatic\" : true");
  e2e_stop (e2e, path);
  e2e_labctl (e2e, "checkpoint", "restore", path, "2", NULL);
  e2e_assert_code (e2e, 0);
  assert_shows (e2e, path, "PC1", "two");
  assert_shows (e2e, path, "PC2", "other");
  g_assert_true (e2e_wait_no_processes (e2e, 5));

  e2e_labctl (e2e, "checkpoint", "rename", path, "2", "after lunch", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "checkpoint", "remove", path, "1", "3", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "checkpoint", "list", path, NULL);
  e2e_assert_has (e2e->out, "after lunch");
  g_assert_null (strstr (e2e->out, "before lunch"));
}

static void
test_mistakes (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *bad = e2e_write (e2e, "bad.labz", "no archive");

  e2e_labctl (e2e, "checkpoint", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "checkpoint", "--help", NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "restore");
  e2e_labctl (e2e, "checkpoint", "restore", path, "7", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "There is no checkpoint 7.");
  e2e_labctl (e2e, "checkpoint", "restore", path, "x", NULL);
  e2e_assert_code (e2e, 2);
  e2e_labctl (e2e, "checkpoint", "take", path, "a\nb", NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "control characters");
  e2e_labctl (e2e, "unpack", bad, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "bad.labz cannot be read as a portable lab");
  e2e_labctl (e2e, "clone", path, path, NULL);
  e2e_assert_code (e2e, 3);
  e2e_assert_has (e2e->err, "choose another name");
}

/* Two nodes with the cable between them; one has saved something. The lab runs. */
static void
test_clone_nodes (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *uuid = NULL;
  g_autofree char *name = NULL;
  g_autofree char *vlans = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *text = NULL;
  g_autoptr (LabTopology) topology = lab_file_load (path, NULL);

  uuid = g_strconcat ("s/", lab_topology_get_uuid (topology), NULL);
  name = g_strconcat (uuid, "/1/vlan.dat-00001", NULL);
  vlans = e2e_path (e2e, name);
  start (e2e, path);
  e2e_labctl (e2e, "send", path, "PC1", "ip 10.0.0.77/24", NULL);
  e2e_save_as (e2e, path, "PC1", "PC1");
  g_assert_true (g_file_set_contents (vlans, "vlans", -1, NULL));
  e2e_labctl (e2e, "clone", path, "--node", "PC1", "--node", "PC2", NULL);
  e2e_assert_code (e2e, 0);
  g_assert_cmpstr (e2e->out, ==, "PC3\nPC4\n");
  g_free (name);
  name = g_strconcat (uuid, "/3/vlan.dat-00003", NULL);
  copied = e2e_path (e2e, name);
  text = e2e_read (copied);
  g_assert_cmpstr (text, ==, "vlans");

  start (e2e, path);
  g_assert_true (e2e_wait_output (e2e, 20, "ip 10.0.0.77", "send", path, "PC3", "show run", NULL));
  e2e_assert_has (e2e->out, "set pcname PC3");
  e2e_labctl (e2e, "clone", path, "--node", "None", NULL);
  g_assert_cmpint (e2e->code, !=, 0);
  e2e_labctl (e2e, "clone", path, "more.lab", "--node", "PC1", NULL);
  e2e_assert_code (e2e, 2);
  e2e_stop (e2e, path);
}

static void
test_portable (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  g_autofree char *packed = e2e_path (e2e, "shared.labz");
  g_autofree char *other = e2e_path (e2e, "other.lab");

  start (e2e, path);
  e2e_save_as (e2e, path, "PC1", "one");
  e2e_labctl (e2e, "checkpoint", "take", path, "then", NULL);
  e2e_assert_code (e2e, 0);
  /* While it runs. */
  e2e_labctl (e2e, "pack", path, "-o", packed, "--history", "--checkpoints", NULL);
  e2e_assert_code (e2e, 0);
  e2e_labctl (e2e, "pack", path, "-o", packed, NULL);
  e2e_assert_code (e2e, 3);
  e2e_labctl (e2e, "unpack", "--list", packed, NULL);
  e2e_assert_code (e2e, 0);
  e2e_assert_has (e2e->out, "2, of which 1 have saved something");
  e2e_assert_has (e2e->out, "Checkpoints:     1");
  e2e_labctl (e2e, "unpack", packed, other, NULL);
  e2e_assert_code (e2e, 0);
  start (e2e, other);
  g_assert_true (
      e2e_wait_output (e2e, 20, "set pcname one", "send", other, "PC1", "show run", NULL));
  /* Both run: it is a lab of its own. */
  e2e_save_as (e2e, other, "PC1", "copy");
  assert_shows (e2e, path, "PC1", "one");
  e2e_labctl (e2e, "checkpoint", "restore", other, "1", "--restart", NULL);
  e2e_assert_code (e2e, 0);
  assert_shows (e2e, other, "PC1", "one");
  e2e_stop (e2e, other);
  e2e_stop (e2e, path);
}

/* --- the walk --- */

typedef struct
{
  char *saved[N_NODES]; /* (nullable) what the NVRAM holds: the name in it */
  char *start[N_NODES]; /* the same of the start configuration */
  gboolean linked;
} Snapshot;

typedef struct
{
  E2e *e2e;
  char *path;
  gboolean runs;
  Snapshot now;
  GPtrArray *history[N_NODES]; /* names, oldest first */
  GPtrArray *checkpoints;      /* of Snapshot, in the order of their numbers */
  GArray *numbers;             /* of guint: those of them */
  guint next_number;
  guint next_name;
  guint n_labs;
} Walk;

static Snapshot *
snapshot_copy (const Snapshot *snapshot)
{
  Snapshot *copy = g_memdup2 (snapshot, sizeof *snapshot);

  for (guint i = 0; i < N_NODES; i++)
    {
      copy->saved[i] = g_strdup (snapshot->saved[i]);
      copy->start[i] = g_strdup (snapshot->start[i]);
    }
  return copy;
}

static void
snapshot_clear (Snapshot *snapshot)
{
  for (guint i = 0; i < N_NODES; i++)
    {
      g_clear_pointer (&snapshot->saved[i], g_free);
      g_clear_pointer (&snapshot->start[i], g_free);
    }
}

static void
snapshot_free (gpointer data)
{
  snapshot_clear (data);
  g_free (data);
}

static void
model_save (Walk *walk, guint node, const char *name)
{
  GPtrArray *history = walk->history[node];

  g_free (walk->now.saved[node]);
  walk->now.saved[node] = g_strdup (name);
  if (name != NULL && (history->len == 0 || !g_str_equal (history->pdata[history->len - 1], name)))
    g_ptr_array_add (history, g_strdup (name));
}

static void
model_start (Walk *walk, guint node, const char *name)
{
  g_free (walk->now.start[node]);
  walk->now.start[node] = g_strdup (name);
}

static void
model_checkpoint (Walk *walk)
{
  walk->next_number++;
  g_ptr_array_add (walk->checkpoints, snapshot_copy (&walk->now));
  g_array_append_val (walk->numbers, walk->next_number);
}

static void
step_save (Walk *walk)
{
  guint node = (guint) g_test_rand_int_range (0, N_NODES);
  g_autofree char *name = g_strdup_printf ("n%u", walk->next_name++);

  if (!walk->runs)
    return;
  e2e_save_as (walk->e2e, walk->path, node_names[node], name);
  model_save (walk, node, name);
}

static void
step_start_stop (Walk *walk)
{
  if (walk->runs)
    e2e_stop (walk->e2e, walk->path);
  else
    start (walk->e2e, walk->path);
  walk->runs = !walk->runs;
}

/* Right after a save. */
static void
step_kill (Walk *walk)
{
  pid_t pid;

  if (!walk->runs)
    return;
  step_save (walk);
  e2e_labctl (walk->e2e, "status", walk->path, "--json", NULL);
  e2e_assert_code (walk->e2e, 0);
  pid = (pid_t) e2e_json_int (walk->e2e, "\"engine\"", "pid");
  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_true (e2e_wait_no_processes (walk->e2e, 20));
  walk->runs = FALSE;
}

static void
step_link (Walk *walk)
{
  if (walk->now.linked)
    e2e_labctl (walk->e2e, "unlink", walk->path, "PC1:e0/0", NULL);
  else
    e2e_labctl (walk->e2e, "link", walk->path, "PC1:e0/0", "PC2:e0/0", NULL);
  e2e_assert_code (walk->e2e, 0);
  walk->now.linked = !walk->now.linked;
}

static void
step_reset (Walk *walk)
{
  guint node = (guint) g_test_rand_int_range (0, N_NODES);

  e2e_labctl (walk->e2e, "config", "reset", walk->path, node_names[node], "--restart", NULL);
  e2e_assert_code (walk->e2e, 0);
  model_save (walk, node, NULL);
  if (walk->runs)
    {
      g_autofree char *line = g_strdup_printf ("set pcname %s", walk->now.start[node]);

      g_assert_true (e2e_wait_output (walk->e2e, 20, line, "send", walk->path, node_names[node],
                                      "show run", NULL));
    }
}

/* An earlier configuration of one device. Its number is its place, for none is ever removed. Into
 * an empty NVRAM it could come with line ends after it, so that it would be another text. */
static void
step_back (Walk *walk)
{
  guint node = (guint) g_test_rand_int_range (0, N_NODES);
  GPtrArray *history = walk->history[node];
  guint place = (guint) g_test_rand_int_range (0, (int) MAX (history->len, 1));
  g_autofree char *number = g_strdup_printf ("%u", place + 1);

  if (history->len == 0 || walk->now.saved[node] == NULL)
    return;
  e2e_labctl (walk->e2e, "config", "restore", walk->path, node_names[node], number, "--restart",
              NULL);
  e2e_assert_code (walk->e2e, 0);
  model_save (walk, node, history->pdata[place]);
}

/* Into the document, of one or of all. */
static void
step_take (Walk *walk)
{
  int node = g_test_rand_int_range (0, N_NODES + 1);
  const char *name = node < N_NODES ? node_names[node] : NULL;

  e2e_labctl (walk->e2e, "config", "take", walk->path, name, NULL);
  e2e_assert_code (walk->e2e, 0);
  for (int i = 0; i < N_NODES; i++)
    {
      if ((name == NULL || i == node) && walk->now.saved[i] != NULL)
        model_start (walk, (guint) i, walk->now.saved[i]);
    }
}

static void
step_checkpoint (Walk *walk)
{
  e2e_labctl (walk->e2e, "checkpoint", "take", walk->path, "walk", NULL);
  e2e_assert_code (walk->e2e, 0);
  model_checkpoint (walk);
}

static void
step_restore (Walk *walk)
{
  guint index;
  g_autofree char *number = NULL;
  Snapshot *target;

  if (walk->checkpoints->len == 0)
    return;
  index = (guint) g_test_rand_int_range (0, (int) walk->checkpoints->len);
  number = g_strdup_printf ("%u", g_array_index (walk->numbers, guint, index));
  e2e_labctl (walk->e2e, "checkpoint", "restore", walk->path, number, "--restart", NULL);
  e2e_assert_code (walk->e2e, 0);
  walk->next_number++; /* what was before; it goes by itself after five more */
  target = walk->checkpoints->pdata[index];
  for (guint i = 0; i < N_NODES; i++)
    {
      model_save (walk, i, target->saved[i]);
      model_start (walk, i, target->start[i]);
    }
  walk->now.linked = target->linked;
}

static void
go_to (Walk *walk, char *path)
{
  if (walk->runs)
    e2e_stop (walk->e2e, walk->path);
  walk->runs = FALSE;
  g_free (walk->path);
  walk->path = path;
}

static char *
next_lab (Walk *walk, const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("lab%u%s", walk->n_labs, suffix);

  return e2e_path (walk->e2e, name);
}

/* On with the copy, which has no checkpoints. */
static void
step_clone (Walk *walk)
{
  g_autofree char *path = next_lab (walk, ".lab");

  walk->n_labs++;
  e2e_labctl (walk->e2e, "clone", walk->path, path, NULL);
  e2e_assert_code (walk->e2e, 0);
  go_to (walk, g_steal_pointer (&path));
  g_ptr_array_set_size (walk->checkpoints, 0);
  g_array_set_size (walk->numbers, 0);
  walk->next_number = 0;
}

static void
step_portable (Walk *walk)
{
  g_autofree char *packed = next_lab (walk, ".labz");
  g_autofree char *path = next_lab (walk, ".lab");

  walk->n_labs++;
  e2e_labctl (walk->e2e, "pack", walk->path, "-o", packed, "--history", "--checkpoints", NULL);
  e2e_assert_code (walk->e2e, 0);
  e2e_labctl (walk->e2e, "unpack", packed, path, NULL);
  e2e_assert_code (walk->e2e, 0);
  go_to (walk, g_steal_pointer (&path));
}

static char *
name_in_text (const char *text)
{
  const char *at = strstr (text, "set pcname ");

  g_assert_nonnull (at);
  at += strlen ("set pcname ");
  return g_strndup (at, strcspn (at, "\r\n"));
}

static char *
name_in (GBytes *text)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  g_autofree char *string = g_strndup (data, size);

  return name_in_text (string);
}

static void
check_node (Walk *walk, LabTopology *topology, guint index)
{
  LabNode *node = lab_topology_find_node (topology, node_names[index]);
  g_autofree char *work = g_strdup_printf (
      "%s/s/%s/%u", walk->e2e->root, lab_topology_get_uuid (topology), lab_node_get_id (node));
  g_autoptr (GBytes) nvram = lab_saved_read_nvram (work, lab_node_get_id (node), NULL, NULL, NULL);
  g_autofree char *saved = nvram != NULL ? name_in (nvram) : NULL;
  g_autofree char *given = name_in_text (lab_node_get_start_config (node));
  GPtrArray *wanted = walk->history[index];
  g_autoptr (GArray) entries = NULL;

  g_assert_cmpstr (saved, ==, walk->now.saved[index]);
  g_assert_cmpstr (given, ==, walk->now.start[index]);
  /* The engine writes histories behind the devices' backs; that must come to the same. */
  g_assert_true (lab_saved_catch_up (work, lab_node_get_id (node), !walk->runs, NULL));
  entries = lab_saved_list (work, NULL);
  g_assert_cmpuint (entries->len, ==, wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    {
      g_autoptr (GBytes) text =
          lab_saved_read (work, g_array_index (entries, LabSavedEntry, i).number, NULL);
      g_autofree char *name = name_in (text);

      g_assert_cmpstr (name, ==, wanted->pdata[i]);
    }
}

static void
check (Walk *walk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabTopology) topology = lab_file_load (walk->path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (topology)), ==,
                    walk->now.linked ? 1 : 0);
  for (guint i = 0; i < N_NODES; i++)
    check_node (walk, topology, i);
}

static guint
get_n_steps (void)
{
  const char *given = g_getenv ("LABWRIGHT_WALK_STEPS");
  guint64 value;

  if (given != NULL && g_ascii_string_to_unsigned (given, 10, 1, 100000, &value, NULL))
    return (guint) value;
  return N_STEPS;
}

static void
test_walk (E2e *e2e, gconstpointer data)
{
  static void (*const steps[]) (Walk *) = {
    step_save,       step_save,    step_save,  step_save,       step_start_stop,
    step_start_stop, step_link,    step_reset, step_checkpoint, step_checkpoint,
    step_restore,    step_restore, step_clone, step_portable,   step_kill,
    step_take,       step_take,    step_back,  step_back,
  };
  static const char *const words[] = {
    "save",  "save",       "save",       "save",    "start/stop", "start/stop", "link",
    "reset", "checkpoint", "checkpoint", "restore", "restore",    "clone",      "portable",
    "kill",  "take",       "take",       "back",    "back",
  };
  Walk walk = { .e2e = e2e, .now.linked = TRUE };
  guint n_steps = get_n_steps ();

  walk.path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  walk.checkpoints = g_ptr_array_new_with_free_func (snapshot_free);
  walk.numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < N_NODES; i++)
    {
      walk.history[i] = g_ptr_array_new_with_free_func (g_free);
      walk.now.start[i] = g_strdup (node_names[i]);
    }
  step_start_stop (&walk);
  for (guint i = 0; i < n_steps; i++)
    {
      guint step = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (steps));

      g_test_message ("%u: %s", i, words[step]);
      steps[step](&walk);
      check (&walk);
    }
  if (walk.runs)
    e2e_stop (e2e, walk.path);
  for (guint i = 0; i < N_NODES; i++)
    g_ptr_array_unref (walk.history[i]);
  g_ptr_array_unref (walk.checkpoints);
  g_array_unref (walk.numbers);
  snapshot_clear (&walk.now);
  g_free (walk.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/state/checkpoint", test_checkpoint);
  e2e_add ("/e2e/state/mistakes", test_mistakes);
  e2e_add ("/e2e/state/clone-nodes", test_clone_nodes);
  e2e_add ("/e2e/state/portable", test_portable);
  e2e_add ("/e2e/state/walk", test_walk);
  return g_test_run ();
}
