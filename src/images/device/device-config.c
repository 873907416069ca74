/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device saves it writes to one file of its own root. Whenever that has been written, its
 * text goes into the NVRAM file, where managers of IOU images look for a configuration. */

#include "config.h"

#include "device-config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "device-console.h"
#include "iou-nvram.h"

static DeviceMachine *watched_machine;
static const char *watched_path;
static DeviceConfigStored stored_func;
static DeviceWatch watch = { .fd = -1 };

char *
device_config_load (DeviceMachine *self)
{
  g_autofree char *path = iou_nvram_path (DEVICE_WORK_DIR, self->id);
  g_auto (IouNvram) nvram = { 0 };
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (iou_nvram_load (path, &nvram, &error))
    return g_strndup (nvram.startup, nvram.startup_length);
  if (!g_error_matches (error, IOU_ERROR, IOU_ERROR_MISSING) &&
      !g_error_matches (error, IOU_ERROR, IOU_ERROR_NO_CONFIG))
    device_say ("%% %s", error->message);
  g_clear_error (&error);

  if (self->config == NULL)
    return g_strdup ("");
  if (g_file_get_contents (self->config, &text, NULL, &error))
    return text;
  device_say ("%% The configuration cannot be read: %s", error->message);
  return g_strdup ("");
}

static void
store (void)
{
  DeviceMachine *self = watched_machine;
  g_autofree char *path = iou_nvram_path (DEVICE_WORK_DIR, self->id);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  gboolean done = g_file_get_contents (watched_path, &text, &length, &error) &&
                  iou_nvram_save (path, self->nvram_kb, text, length, NULL, 0, &error);

  if (stored_func != NULL)
    stored_func (error);
  else if (!done)
    device_say ("%% The configuration is not saved: %s", error->message);
}

void
device_config_store (void)
{
  union
  {
    struct inotify_event event;
    char bytes[4096];
  } buffer;
  const char *name = watched_path != NULL ? strrchr (watched_path, '/') + 1 : "";
  gboolean written = FALSE;
  ssize_t length;

  while (watch.fd >= 0 && (length = read (watch.fd, &buffer, sizeof buffer)) > 0)
    for (const char *p = buffer.bytes; p < buffer.bytes + length;)
      {
        const struct inotify_event *event = (gconstpointer) p;

        written |= event->len > 0 && strcmp (event->name, name) == 0;
        p += sizeof *event + event->len;
      }
  if (written)
    store ();
}

static void
on_written (gpointer data, int fd, short revents)
{
  device_config_store ();
}

gboolean
device_config_begin (DeviceMachine *self,
                     const char *path,
                     const char *config,
                     DeviceConfigStored stored,
                     GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!g_file_set_contents (path, config, -1, error))
    return FALSE;

  watched_machine = self;
  watched_path = path;
  stored_func = stored;
  watch = (DeviceWatch){ .fd = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC),
                         .events = POLLIN,
                         .func = on_written };
  if (watch.fd < 0 || inotify_add_watch (watch.fd, folder, IN_CLOSE_WRITE | IN_MOVED_TO) < 0)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_IO, "The configuration cannot be watched: %s",
                   g_strerror (errno));
      return FALSE;
    }
  device_watch_add (&watch);
  return TRUE;
}
