/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A router runs zebra, staticd and the daemons that its configuration names, no others: each costs
 * three to nine megabytes. A daemon that does not run has a stand-in (router-standby.c) at the
 * socket where vtysh looks for it. */

#include "config.h"

#include "router-daemons.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "iou-error.h"
#include "device-console.h"
#include "device-spawn.h"
#include "router-frr.h"
#include "router-vty.h"
#include "router-describe.h"
#include "router-hear.h"
#include "router-standby.h"
#include "router-wants.h"

#define START_MS 20000

typedef struct
{
  const char *name;
  pid_t pid;  /* 0: does not run */
  char *path; /* of the program; NULL: not installed */
  RouterStandby *standby;
  const char *needs; /* (nullable) a path of the kernel's */
  const char *lack;  /* (nullable) what is said where that is missing */
  gboolean heard;    /* what vtysh tells it is heard by router-hear.c first */
  gboolean managed;  /* since FRRouting 10 vtysh tells mgmtd, which tells the daemon */
} Daemon;

static Daemon daemons[] = {
  { .name = "mgmtd", .heard = TRUE, .managed = TRUE },
  { .name = "zebra", .heard = TRUE },
  { .name = "staticd", .managed = TRUE },
  { .name = "ospfd" },
  { .name = "ospf6d" },
  { .name = "bgpd" },
  { .name = "isisd" },
  { .name = "ripd", .managed = TRUE },
  { .name = "ripngd", .managed = TRUE },
  { .name = "eigrpd" },
  { .name = "pimd" },
  { .name = "vrrpd", .heard = TRUE },
  { .name = "bfdd" },
  { .name = "ldpd",
    .needs = ROUTER_MPLS,
    .lack = "This kernel has no MPLS: labels are agreed on, but nothing is sent with them." },
  { .name = "babeld" },
  { .name = "nhrpd" },
  { .name = "pbrd" },
};

/* The first ones run always; the very first since FRRouting 9 only. */
#define N_ALWAYS 3
#define MGMTD    (&daemons[0])

/* Where the sockets are of those whose place we keep. */
#define HEARD_DIR ROUTER_VTY_DIR "/heard"

static DeviceMachine *the_machine;

gboolean
router_daemons_check (const char *folder, GError **error)
{
  g_autofree char *zebra = g_build_filename (folder, "zebra", NULL);
  g_autofree char *vtysh = g_find_program_in_path ("vtysh");

  if (g_file_test (zebra, G_FILE_TEST_IS_EXECUTABLE) && vtysh != NULL)
    return TRUE;
  g_set_error (error, IOU_ERROR, IOU_ERROR_MISSING,
               "FRRouting, which this router is made of, is not installed (%s is missing): let an "
               "administrator install it, on Debian with “apt install frr”.",
               vtysh == NULL ? "vtysh" : zebra);
  return FALSE;
}

/* Where vtysh looks for it. */
static char *
known_path (const Daemon *daemon)
{
  return g_strdup_printf (ROUTER_VTY_DIR "/%s.vty", daemon->name);
}

/* Where it is. */
static char *
socket_path (const Daemon *daemon)
{
  return g_strdup_printf ("%s/%s.vty", daemon->heard ? HEARD_DIR : ROUTER_VTY_DIR, daemon->name);
}

static gboolean
is_managed (const Daemon *daemon)
{
  return daemon->managed && MGMTD->path != NULL;
}

static void
spawn_daemon (Daemon *daemon)
{
  const char *argv[10] = { daemon->path, "-A", "127.0.0.1", "-P", "0" };
  guint n = 5;

  /* A daemon that mgmtd tells has no such option. */
  if (!is_managed (daemon))
    {
      argv[n++] = "-f";
      argv[n++] = "/dev/null";
    }
  if (daemon->heard)
    {
      argv[n++] = "--vty_socket";
      argv[n++] = HEARD_DIR;
    }
  if (daemon->lack != NULL &&
      (daemon->needs == NULL || !g_file_test (daemon->needs, G_FILE_TEST_EXISTS)))
    device_say ("%% %s", daemon->lack);
  daemon->pid = device_spawn (argv, -1);
}

/* For the stand-in: it has heard something that only the real one can do. */
static int
start_late (gpointer data)
{
  Daemon *daemon = data;
  g_autofree char *path = socket_path (daemon);

  if (daemon->pid <= 0)
    {
      unlink (path);
      spawn_daemon (daemon);
    }
  return router_vty_wait (path, START_MS) ? router_vty_connect (path) : -1;
}

static void
start_late_and_close (Daemon *daemon)
{
  int fd = start_late (daemon);

  if (fd >= 0)
    close (fd);
}

static gboolean
wait_for (Daemon *daemon, GError **error)
{
  g_autofree char *path = socket_path (daemon);

  if (daemon->pid > 0 && router_vty_wait (path, START_MS))
    return TRUE;
  g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "FRRouting's %s does not start.", daemon->name);
  return FALSE;
}

/* Its own lines go to mgmtd, which gives them to it as soon as it is there. */
static void
start_managed (const char *line)
{
  for (guint i = N_ALWAYS; i < G_N_ELEMENTS (daemons); i++)
    {
      Daemon *daemon = &daemons[i];

      if (daemon->pid > 0 || daemon->path == NULL || !is_managed (daemon) ||
          !router_wants_line (daemon->name, line))
        continue;
      start_late_and_close (daemon);
      router_standby_set_running (daemon->standby);
    }
}

static guint
hear_line (gpointer data, RouterHearing *hearing, const char *line)
{
  if (data == MGMTD)
    start_managed (line);
  return router_hear_line (the_machine, hearing, line);
}

static void
stand_in (Daemon *daemon)
{
  g_autofree char *path = known_path (daemon);

  daemon->standby = router_standby_new (daemon->name, path, start_late, daemon);
  if (daemon->standby != NULL && daemon->heard)
    router_standby_hear (daemon->standby, hear_line);
}

/* Those that run and are to be heard get somebody before them. */
static gboolean
hear (GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (daemons); i++)
    if (daemons[i].heard && daemons[i].pid > 0)
      {
        stand_in (&daemons[i]);
        if (daemons[i].standby == NULL)
          {
            g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "FRRouting's %s cannot be reached.",
                         daemons[i].name);
            return FALSE;
          }
        router_standby_set_running (daemons[i].standby);
      }
  router_describe_begin (HEARD_DIR "/zebra.vty");
  return TRUE;
}

gboolean
router_daemons_start (DeviceMachine *machine,
                      const char *folder,
                      const char *config,
                      GError **error)
{
  the_machine = machine;
  g_mkdir (HEARD_DIR, 0755);
  for (guint i = 0; i < G_N_ELEMENTS (daemons); i++)
    {
      Daemon *daemon = &daemons[i];
      g_autofree char *path = g_build_filename (folder, daemon->name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        continue;
      daemon->path = g_steal_pointer (&path);
      if (i < N_ALWAYS || router_wants_by_config (daemon->name, config))
        spawn_daemon (daemon);
      else
        stand_in (daemon);
    }

  for (guint i = 0; i < G_N_ELEMENTS (daemons); i++)
    if (daemons[i].pid > 0 && !wait_for (&daemons[i], error))
      return FALSE;
  return hear (error);
}

static void
set_host (const Daemon *daemon, const char *name)
{
  g_autofree char *path = socket_path (daemon);
  g_autofree char *command = g_strdup_printf ("hostname %s", name);
  const char *commands[] = { "enable", "configure terminal", command };
  int fd = router_vty_connect (path);

  for (guint i = 0; fd >= 0 && i < G_N_ELEMENTS (commands); i++)
    if (!router_vty_ask (fd, commands[i], NULL))
      break;
  if (fd >= 0)
    close (fd);
}

void
router_daemons_set_host (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (daemons); i++)
    if (daemons[i].pid > 0)
      set_host (&daemons[i], name);
}

gboolean
router_daemons_reaped (pid_t pid, int status)
{
  for (guint i = 0; i < G_N_ELEMENTS (daemons); i++)
    if (daemons[i].pid == pid)
      {
        daemons[i].pid = 0;
        device_say ("%% %s ended unexpectedly (%s %d): restart this router.", daemons[i].name,
                    WIFSIGNALED (status) ? "signal" : "exit code",
                    WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status));
        return TRUE;
      }
  return FALSE;
}
