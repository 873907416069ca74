/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "router-describe.h"

#include <string.h>
#include <unistd.h>

#include "device-loop.h"
#include "router-vty.h"

#define LATER (G_USEC_PER_SEC / 2)

static GHashTable *waiting; /* name → description */
static const char *zebra;
static DeviceTimer timer;

static void
describe (int fd, const char *interface, const char *text)
{
  g_autofree char *show = g_strconcat ("show interface ", interface, NULL);
  g_autofree char *enter = g_strconcat ("interface ", interface, NULL);
  g_autofree char *set = g_strconcat ("description ", text, NULL);
  g_autoptr (GString) shown = g_string_new (NULL);

  if (!router_vty_ask (fd, show, shown) || strstr (shown->str, "\n  Description:") != NULL)
    return;
  if (router_vty_ask (fd, "configure terminal", NULL) && router_vty_ask (fd, enter, NULL) &&
      router_vty_ask (fd, set, NULL))
    router_vty_ask (fd, "end", NULL);
}

void
router_describe_now (void)
{
  GHashTableIter iter;
  gpointer name;
  gpointer text;
  int fd;

  if (zebra == NULL || waiting == NULL || g_hash_table_size (waiting) == 0)
    return;
  fd = router_vty_connect (zebra);
  if (fd >= 0 && router_vty_ask (fd, "enable", NULL))
    {
      g_hash_table_iter_init (&iter, waiting);
      while (g_hash_table_iter_next (&iter, &name, &text))
        describe (fd, name, text);
    }
  g_hash_table_remove_all (waiting);
  if (fd >= 0)
    close (fd);
}

static void
on_timer (gpointer data)
{
  router_describe_now ();
}

void
router_describe_later (const char *interface, const char *text)
{
  if (waiting == NULL)
    waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (waiting, g_strdup (interface), g_strdup (text));
  if (zebra != NULL && timer.when == 0)
    device_timer_set_after (&timer, LATER);
}

void
router_describe_begin (const char *socket)
{
  zebra = socket;
  device_timer_init (&timer, on_timer, NULL);
  if (waiting != NULL)
    device_timer_set_after (&timer, LATER);
}
