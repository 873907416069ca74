/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For “write memory” vtysh asks FRR's watchdog, which runs another vtysh to do it; without a
 * watchdog it does it itself and warns of what may go wrong on a system of many users. Nothing of
 * that concerns a router that is alone in its namespaces, so we answer in the watchdog's place. */

#include "config.h"

#include "router-writer.h"

#include <string.h>
#include <sys/wait.h>

#include "device-config.h"
#include "device-spawn.h"
#include "router-frr.h"
#include "router-describe.h"
#include "router-standby.h"
#include "router-virtual.h"

static pid_t writer;
static RouterStandbySession *waiting;

static void
begin_writing (RouterStandbySession *session)
{
  const char *argv[] = { ROUTER_VTYSH, "-w", NULL };

  if (waiting != NULL)
    {
      router_standby_answer (session, "% The configuration is being written.\n", FALSE);
      return;
    }
  router_describe_now ();
  writer = device_spawn (argv, -1);
  if (writer > 0)
    waiting = session;
  else
    router_standby_answer (session, "% The configuration cannot be written.\n", FALSE);
}

void
router_writer_start (void)
{
  RouterStandby *watchdog =
      router_standby_new ("watchfrr", ROUTER_VTY_DIR "/watchfrr.vty", NULL, NULL);

  if (watchdog != NULL)
    router_standby_handle (watchdog, "do write integrated", begin_writing);
}

/* In the file that vtysh wrote, before it is stored. */
static void
add_what_is_missing (void)
{
  g_autofree char *written = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (ROUTER_CONFIG_FILE, &written, NULL, NULL))
    return;
  text = router_virtual_write (written);
  if (strcmp (text, written) != 0)
    g_file_set_contents (ROUTER_CONFIG_FILE, text, -1, NULL);
}

gboolean
router_writer_reaped (pid_t pid, int status)
{
  gboolean done = WIFEXITED (status) && WEXITSTATUS (status) == 0;

  if (pid != writer || waiting == NULL)
    return FALSE;
  if (done)
    add_what_is_missing ();
  /* Whoever reads “[OK]” may look for what was saved. */
  device_config_store ();
  router_standby_answer (
      g_steal_pointer (&waiting),
      done ? "Configuration saved\n[OK]\n" : "% The configuration cannot be written.\n", done);
  writer = 0;
  return TRUE;
}
