/* SPDX-License-Identifier: GPL-3.0-or-later */

/* engine-bench [HOSTS [IMAGE]]: a lab of so many hosts, linked in pairs. Says how long it takes
 * until all are ready and until all are down, what engine, relay and a host hold in memory, and
 * what they use of a processor while nothing happens. Not a test: numbers are for people. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine-harness.h"

#define IDLE_SECONDS 10

static guint n_ready;

static void
count_ready (LabBusEngine1 *proxy,
             guint64 base,
             guint64 revision,
             GVariant *engine,
             GVariant *nodes,
             const char *const *removed,
             gpointer user_data)
{
  for (gsize i = 0; i < g_variant_n_children (nodes); i++)
    {
      g_autoptr (GVariant) node = g_variant_get_child_value (nodes, i);
      LabNodeState state;

      lab_node_state_from_variant (&state, node);
      n_ready += state.state == LAB_STATE_READY;
      if (state.state == LAB_STATE_CRASHED)
        printf ("%s: %s\n", state.name, state.message);
    }
}

/* Kilobytes that a process holds, shared pages divided by who shares them. */
static gulong
get_pss (guint32 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/smaps_rollup", pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "\nPss:");
  return line ? strtoul (line + 5, NULL, 10) : 0;
}

/* Clock ticks that a process has used. */
static gulong
get_ticks (guint32 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/stat", pid);
  g_autofree char *text = NULL;
  gulong user = 0;
  gulong system = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    sscanf (strrchr (text, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
            &system);
  return user + system;
}

static void
apply (Harness *lab, guint n_hosts, const char *image)
{
  g_autoptr (GString) nodes = g_string_new (NULL);
  g_autoptr (GString) links = g_string_new (NULL);
  g_auto (GStrv) warnings = NULL;

  for (guint id = 1; id <= n_hosts; id++)
    {
      g_autofree char *name = g_strdup_printf ("PC%u", id);
      g_autofree char *start = g_strdup_printf ("ip 10.0.%u.%u/16", id / 200, id % 200 + 1);
      g_autofree char *node = harness_node (id, name, image, start);

      g_string_append_printf (nodes, "%s%s", id > 1 ? "," : "", node);
      if (id % 2 == 0)
        g_string_append_printf (links,
                                "%s{ \"a\": { \"node\": \"PC%u\", \"port\": \"e0/0\" }, "
                                "\"b\": { \"node\": \"PC%u\", \"port\": \"e0/0\" } }",
                                id > 2 ? "," : "", id - 1, id);
    }
  warnings = harness_apply (lab, nodes->str, links->str);
  for (guint i = 0; warnings[i] != NULL; i++)
    printf ("warning: %s\n", warnings[i]);
}

static void
measure_idle (Harness *lab, guint32 relay)
{
  gulong engine_ticks = get_ticks (lab->engine);
  gulong relay_ticks = get_ticks (relay);
  double all = (double) sysconf (_SC_CLK_TCK) * IDLE_SECONDS / 100;

  sleep (IDLE_SECONDS);
  printf ("idle: engine %.2f %%, relay %.2f %% of a core\n",
          (double) (get_ticks (lab->engine) - engine_ticks) / all,
          (double) (get_ticks (relay) - relay_ticks) / all);
}

static void
measure_memory (Harness *lab, guint32 relay, guint n_hosts)
{
  g_autoptr (GArray) all = harness_list_descendants (lab);
  gulong total = 0;

  for (guint i = 0; i < all->len; i++)
    total += get_pss ((guint32) g_array_index (all, pid_t, i));
  printf ("PSS: engine %lu kB, relay %lu kB, keeper %lu kB, a host with its sandbox %lu kB "
          "(%u processes)\n",
          get_pss (lab->engine), get_pss (relay), get_pss ((guint32) lab->keeper),
          (total - get_pss (lab->engine) - get_pss (relay)) / n_hosts, all->len);
}

int
main (int argc, char **argv)
{
  guint n_hosts = argc > 1 ? (guint) atoi (argv[1]) : 200;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self);
  g_autofree char *build = g_build_filename (folder, "..", "..", NULL);
  Harness *lab;
  gint64 begin;
  guint32 relay;

  /* It is run by hand, without the tests' environment. */
  g_setenv ("LABWRIGHT_BUILD_DIR", build, FALSE);
  lab = harness_new ();
  begin = g_get_monotonic_time ();
  apply (lab, n_hosts, argc > 2 ? argv[2] : "labwright-pc");
  printf ("applied after %.0f ms\n", (double) (g_get_monotonic_time () - begin) / 1000);
  g_signal_connect (lab->proxy, "changed", G_CALLBACK (count_ready), NULL);
  begin = g_get_monotonic_time ();
  harness_act (lab, "Start", NULL);
  while (n_ready < n_hosts)
    g_main_context_iteration (NULL, TRUE);
  printf ("%u hosts ready after %.2f s\n", n_hosts,
          (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  relay = harness_get_fact (lab, "relay-pid");
  sleep (2);
  measure_memory (lab, relay, n_hosts);
  measure_idle (lab, relay);
  begin = g_get_monotonic_time ();
  harness_free (lab);
  printf ("down and gone after %.2f s\n",
          (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  return 0;
}
