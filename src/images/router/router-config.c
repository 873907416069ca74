/* SPDX-License-Identifier: GPL-3.0-or-later */

/* “write memory” in vtysh writes one file for all daemons, /etc/frr/frr.conf of the router's own
 * root. Whenever it has been written, its text goes into the NVRAM file, where managers of IOU
 * images look for a configuration. */

#include "config.h"

#include "router-config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "iou-nvram.h"

#define DEFAULT_NAME "Router"

static Router *watched_router;
static DeviceWatch watch = { .fd = -1 };

char *
router_config_load (Router *self)
{
  g_autofree char *path = iou_nvram_path (ROUTER_WORK_DIR, self->id);
  g_auto (IouNvram) nvram = { 0 };
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (iou_nvram_load (path, &nvram, &error))
    return g_strndup (nvram.startup, nvram.startup_length);
  if (!g_error_matches (error, IOU_ERROR, IOU_ERROR_MISSING) &&
      !g_error_matches (error, IOU_ERROR, IOU_ERROR_NO_CONFIG))
    router_say ("%% %s", error->message);
  g_clear_error (&error);

  if (self->config == NULL)
    return g_strdup ("");
  if (g_file_get_contents (self->config, &text, NULL, &error))
    return text;
  router_say ("%% The configuration cannot be read: %s", error->message);
  return g_strdup ("");
}

char *
router_config_dup_name (const char *config)
{
  g_auto (GStrv) lines = g_strsplit (config, "\n", -1);
  char *name = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "hostname "))
      {
        g_free (name);
        name = g_strstrip (g_strdup (lines[i] + strlen ("hostname ")));
      }
  if (name == NULL || *name == '\0')
    {
      g_free (name);
      name = g_strdup (DEFAULT_NAME);
    }
  return name;
}

static void
store (void)
{
  Router *self = watched_router;
  g_autofree char *path = iou_nvram_path (ROUTER_WORK_DIR, self->id);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (ROUTER_CONFIG_FILE, &text, &length, &error) ||
      !iou_nvram_save (path, self->nvram_kb, text, length, NULL, 0, &error))
    router_say ("%% The configuration is not saved: %s", error->message);
}

void
router_config_store (void)
{
  union
  {
    struct inotify_event event;
    char bytes[4096];
  } buffer;
  gboolean written = FALSE;
  ssize_t length;

  while (watch.fd >= 0 && (length = read (watch.fd, &buffer, sizeof buffer)) > 0)
    for (const char *p = buffer.bytes; p < buffer.bytes + length;)
      {
        const struct inotify_event *event = (gconstpointer) p;

        written |= event->len > 0 && strcmp (event->name, "frr.conf") == 0;
        p += sizeof *event + event->len;
      }
  if (written)
    store ();
}

static void
on_written (gpointer data, int fd, short revents)
{
  router_config_store ();
}

gboolean
router_config_begin (Router *self, const char *config, GError **error)
{
  if (!g_file_set_contents (ROUTER_CONFIG_FILE, config, -1, error))
    return FALSE;

  watched_router = self;
  watch = (DeviceWatch){ .fd = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC),
                         .events = POLLIN,
                         .func = on_written };
  if (watch.fd < 0 ||
      inotify_add_watch (watch.fd, ROUTER_CONFIG_DIR, IN_CLOSE_WRITE | IN_MOVED_TO) < 0)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "The configuration cannot be watched: %s",
                   g_strerror (errno));
      return FALSE;
    }
  device_watch_add (&watch);
  return TRUE;
}
