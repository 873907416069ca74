/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that an IOU process wants to find (iou contract, 5.2, 11, 12.1, 15).
 *
 * Nothing here ever writes the NVRAM. The start configuration goes into a file of its own which the
 * device reads only while its NVRAM holds no configuration: what was saved always wins.
 *
 * What is seen as /tmp belongs to the device and, for two sockets, to the relay; where there is no
 * sandbox it is the machine's own /tmp, and then we only touch the two files that bear our id. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "iou-command.h"
#include "iou-image.h"
#include "iou-netmap.h"
#include "iou-nvram.h"

#include "lab-files.h"
#include "lab-images.h"
#include "lab-saved.h"
#include "lab-start-text.h"
#include "lab-workdir.h"

#define CONFIG_NAME          "startup-config.cfg"
#define FRAME_RELAY_NAME     "frame-relay.cfg"
#define SANDBOX_PSEUDO_ID    1024
#define SHARED_PSEUDO_OFFSET 512
#define SHARED_MAX_ID        512

LabWorkdir *
lab_workdir_new (guint id, const char *state_path, const char *run_path, gboolean isolated)
{
  LabWorkdir *self = g_new0 (LabWorkdir, 1);

  self->id = id;
  self->work = g_strdup_printf ("%s/%u", state_path, id);
  self->tmp = isolated ? g_strdup_printf ("%s/d/%u/tmp", run_path, id) : g_strdup ("/tmp");
  self->sockets = g_strdup_printf ("%s/netio%u", self->tmp, (guint) getuid ());
  self->pseudo_id = isolated ? SANDBOX_PSEUDO_ID : id + SHARED_PSEUDO_OFFSET;
  self->private_tmp = isolated;
  return self;
}

void
lab_workdir_free (LabWorkdir *self)
{
  g_free (self->work);
  g_free (self->tmp);
  g_free (self->sockets);
  g_free (self);
}

gboolean
lab_workdir_make (LabWorkdir *self, GError **error)
{
  if (!self->private_tmp && self->id > SHARED_MAX_ID)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("Without a sandbox ids go up to %d only, and this device has the id %u."),
                   SHARED_MAX_ID, self->id);
      return FALSE;
    }
  return lab_files_make_private_dir (self->sockets, error);
}

gboolean
lab_workdir_make_work (LabWorkdir *self, GError **error)
{
  g_autofree char *history = g_build_filename (self->work, LAB_SAVED_FOLDER, NULL);

  return lab_files_make_private_dir (self->work, error) &&
         lab_files_make_private_dir (history, error);
}

char *
lab_workdir_prompt_name (const char *node_name)
{
  char *name = g_strdup (node_name);

  for (char *p = name; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p) || *p == '>' || g_ascii_iscntrl (*p))
        *p = '-';
    }
  return name;
}

/* Host names have letters, digits and hyphens, and begin with a letter. (transfer full) */
static char *
host_name (const char *node_name, const char *fallback)
{
  char *name = g_str_to_ascii (node_name, "C");

  g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS, '-');
  if (g_ascii_isalpha (*name))
    return name;
  g_free (name);
  return g_strdup (fallback);
}

static gboolean
has_line (const char *config, const char *first, const char *second)
{
  g_auto (GStrv) lines = g_strsplit (config, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_regex_split_simple ("\\s+", g_strstrip (lines[i]), 0, 0);

      if (g_strv_length (words) > 1 && g_str_equal (words[0], first) &&
          (second == NULL || g_str_equal (words[1], second)))
        return TRUE;
    }
  return FALSE;
}

/* The text of the file that -c names; NULL: none. */
static char *
start_text (const LabSettings *settings, const char *node_name)
{
  g_autofree char *expanded = lab_start_text_expand (settings->start_config, node_name);
  GString *text = g_string_new (expanded);

  if (lab_images_nests (settings->image) && !has_line (text->str, "hostname", NULL))
    {
      g_autofree char *name =
          host_name (node_name, g_str_equal (settings->image, LAB_IMAGE_HOST) ? "host" : "Router");
      g_autofree char *line = g_strdup_printf ("hostname %s\n", name);

      g_string_prepend (text, line);
    }
  if (g_str_equal (settings->image, LAB_IMAGE_PC) && !has_line (text->str, "set", "pcname"))
    {
      g_autofree char *name = lab_workdir_prompt_name (node_name);
      g_autofree char *line = g_strdup_printf ("set pcname %s\n", name);

      g_string_prepend (text, line);
    }
  if (text->len == 0)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  return g_string_free (text, FALSE);
}

static char *
file_in (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static gboolean
write_config (LabWorkdir *self, const LabSettings *settings, const char *node_name, GError **error)
{
  g_autofree char *path = file_in (self->work, CONFIG_NAME);
  g_autofree char *text = start_text (settings, node_name);

  if (text != NULL)
    return lab_files_write (path, text, strlen (text), error);
  g_unlink (path);
  return TRUE;
}

static gboolean
write_netmap (LabWorkdir *self, GError **error)
{
  g_autofree char *path = file_in (self->work, "NETMAP");
  g_autofree char *text = iou_netmap_write_all (self->id, self->pseudo_id);

  return lab_files_write (path, text, strlen (text), error);
}

/* Only labwright-router looks for it; other images are told by their configuration. */
static gboolean
write_frame_relay (LabWorkdir *self, const LabSettings *settings, GError **error)
{
  g_autofree char *path = file_in (self->work, FRAME_RELAY_NAME);

  if (settings->frame_relay != NULL && g_str_equal (settings->image, LAB_IMAGE_ROUTER))
    return lab_files_write (path, settings->frame_relay, strlen (settings->frame_relay), error);
  g_unlink (path);
  return TRUE;
}

/* Newer images want to stand in their working directory under their own name. */
static gboolean
link_image (LabWorkdir *self, const char *image_path, const char *target, GError **error)
{
  g_autofree char *name = iou_image_link_name (image_path);
  g_autofree char *path = file_in (self->work, name);
  struct stat st;

  /* A link of an older run; anything else, as an NVRAM, is the device's. */
  if (lstat (path, &st) == 0 && S_ISLNK (st.st_mode))
    g_unlink (path);
  if (symlink (target, path) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The link %s to the image cannot be made: %s."), path, g_strerror (errno));
  return FALSE;
}

static void
remove_sockets (LabWorkdir *self)
{
  g_autofree char *socket = g_strdup_printf ("%s/%u", self->sockets, self->id);
  g_autofree char *lock = g_strconcat (socket, ".lck", NULL);
  g_autofree char *keepalive =
      g_strdup_printf ("%s/netl1%u/L1%u", self->tmp, (guint) getuid (), self->id);
  pid_t owner;

  /* In a shared /tmp another manager's process may have the id by now. */
  if (!self->private_tmp && lab_files_is_locked (lock, &owner))
    return;
  g_unlink (socket);
  g_unlink (lock);
  g_unlink (keepalive);
}

static gboolean
is_socket_folder (const char *name, gpointer user_data)
{
  return g_str_has_prefix (name, "netio") || g_str_has_prefix (name, "netl1");
}

/* What the device itself put into its /tmp. */
static void
empty_tmp (LabWorkdir *self)
{
  int fd;

  if (!self->private_tmp)
    return;
  fd = open (self->tmp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return;
  lab_files_empty_dir (fd, is_socket_folder, NULL);
  close (fd);
}

static gboolean
check_lock (LabWorkdir *self, GError **error)
{
  g_autofree char *lock = g_strdup_printf ("%s/%u.lck", self->sockets, self->id);
  pid_t owner;

  if (self->private_tmp || !lab_files_is_locked (lock, &owner))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _ ("The application id %u is in use by process %d; without a sandbox an id can be "
                  "used only once on this machine."),
               self->id, (int) owner);
  return FALSE;
}

gboolean
lab_workdir_prepare (LabWorkdir *self,
                     const LabSettings *settings,
                     const char *node_name,
                     const char *image_path,
                     const char *image_target,
                     GError **error)
{
  if (!lab_workdir_make (self, error) || !lab_workdir_make_work (self, error) ||
      !check_lock (self, error))
    return FALSE;

  remove_sockets (self);
  empty_tmp (self);
  return write_netmap (self, error) && write_config (self, settings, node_name, error) &&
         write_frame_relay (self, settings, error) &&
         link_image (self, image_path, image_target, error);
}

void
lab_workdir_clear (LabWorkdir *self, const char *image_path)
{
  g_autofree char *name = iou_image_link_name (image_path);
  g_autofree char *path = file_in (self->work, name);

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    g_unlink (path);
  remove_sockets (self);
  empty_tmp (self);
}

guint
lab_workdir_get_nvram_kb (LabWorkdir *self)
{
  g_autofree char *path = iou_nvram_path (self->work, self->id);
  struct stat st;

  if (lstat (path, &st) != 0 || !S_ISREG (st.st_mode) || !iou_nvram_is_size ((gsize) st.st_size))
    return 0;
  return (guint) (st.st_size / 1024);
}

/* What is saved lies in a file of a size, and an image that is told of another one begins anew. */
static guint
nvram_size (LabWorkdir *self, const LabSettings *settings)
{
  guint size_kb = lab_workdir_get_nvram_kb (self);

  return size_kb != 0 && lab_workdir_has_config (self) ? size_kb : settings->nvram;
}

char **
lab_workdir_build_args (LabWorkdir *self, const LabSettings *settings, gboolean keepalives)
{
  g_autoptr (IouCommand) command = iou_command_new ();
  g_autofree char *config = file_in (self->work, CONFIG_NAME);
  char **argv;

  command->id = self->id;
  command->ethernet_adapters = settings->ethernet;
  command->serial_adapters = settings->serial;
  command->ram = settings->ram;
  command->nvram = nvram_size (self, settings);
  command->keepalives = keepalives;
  if (g_file_test (config, G_FILE_TEST_IS_REGULAR))
    command->config = g_strdup (CONFIG_NAME);
  argv = iou_command_build (command, "image");
  /* The sandbox puts its own program first. */
  g_free (argv[0]);
  memmove (argv, argv + 1, sizeof (char *) * g_strv_length (argv + 1) + sizeof (char *));
  return argv;
}

gboolean
lab_workdir_has_config (LabWorkdir *self)
{
  g_autofree char *text = lab_workdir_dup_config (self, NULL);

  return text != NULL;
}

char *
lab_workdir_dup_config (LabWorkdir *self, GError **error)
{
  g_autofree char *path = iou_nvram_path (self->work, self->id);
  g_auto (IouNvram) nvram = { 0 };

  if (!iou_nvram_load (path, &nvram, error))
    return NULL;
  if (nvram.startup == NULL || nvram.startup_length == 0)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_NO_CONFIG, _ ("It has saved no configuration."));
      return NULL;
    }
  return g_strndup (nvram.startup, nvram.startup_length);
}

gboolean
lab_workdir_has_socket (LabWorkdir *self)
{
  g_autofree char *path = g_strdup_printf ("%s/%u", self->sockets, self->id);
  struct stat st;

  return lstat (path, &st) == 0 && S_ISSOCK (st.st_mode);
}
