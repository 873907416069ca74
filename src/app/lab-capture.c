/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Wireshark reads the capture from a pipe: the relay opens its end by name, ours becomes the
 * program's standard input, and then the name goes. When Wireshark is closed the relay finds that
 * nobody reads any more, and the capture is over. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab-capture.h"
#include "lab-client-record.h"
#include "lab-file-dialog.h"
#include "lab-labels.h"

#define MEGABYTE G_GUINT64_CONSTANT (1000000)

GVariant *
lab_capture_ports (GPtrArray *links)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < links->len; i++)
    g_variant_builder_add (&builder, "(ss)", lab_link_get_node_name (links->pdata[i], 0),
                           lab_link_get_port_name (links->pdata[i], 0));
  return g_variant_builder_end (&builder);
}

gboolean
lab_capture_touches (GVariant *ports, LabLink *link)
{
  GVariantIter iter;
  const char *node;
  const char *port;

  g_variant_iter_init (&iter, ports);
  while (g_variant_iter_next (&iter, "(&s&s)", &node, &port))
    if (lab_link_touches (link, node, port))
      return TRUE;
  return FALSE;
}

/* --- Wireshark --- */

gboolean
lab_capture_have_wireshark (void)
{
  g_autofree char *path = g_find_program_in_path ("wireshark");

  return path != NULL;
}

char *
lab_capture_missing_text (void)
{
  static const struct
  {
    const char *id;
    const char *command;
  } systems[] = {
    { "debian", "sudo apt install wireshark" },      { "ubuntu", "sudo apt install wireshark" },
    { "fedora", "sudo dnf install wireshark" },      { "rhel", "sudo dnf install wireshark" },
    { "arch", "sudo pacman -S wireshark-qt" },       { "suse", "sudo zypper install wireshark" },
    { "opensuse", "sudo zypper install wireshark" }, { "alpine", "sudo apk add wireshark" },
  };
  g_autofree char *id = g_get_os_info (G_OS_INFO_KEY_ID);
  g_autofree char *like = g_get_os_info ("ID_LIKE");
  g_autofree char *all = g_strdup_printf ("%s %s", id != NULL ? id : "", like != NULL ? like : "");

  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    if (strstr (all, systems[i].id) != NULL)
      return g_strdup_printf (
          _ ("Wireshark is not installed. In a terminal, “%s” installs it; saving "
             "to a file works without it."),
          systems[i].command);
  return g_strdup (
      _ ("Wireshark is not installed. Your system’s software program has it; saving to a "
         "file works without it."));
}

typedef struct
{
  LabSession *session;
  char *dir;
  char *pipe;
  int fd;
} Live;

static void
live_free (Live *live)
{
  g_unlink (live->pipe);
  g_rmdir (live->dir);
  if (live->fd >= 0)
    close (live->fd);
  g_free (live->pipe);
  g_free (live->dir);
  g_object_unref (live->session);
  g_free (live);
}

/* NULL: @error. */
static Live *
live_new (LabSession *session, GError **error)
{
  g_autofree char *template =
      g_build_filename (g_get_user_runtime_dir (), "labwright-capture-XXXXXX", NULL);
  Live *live;

  if (g_mkdtemp (template) == NULL)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
      return NULL;
    }
  live = g_new0 (Live, 1);
  live->session = g_object_ref (session);
  live->pipe = g_build_filename (template, "pipe", NULL);
  live->dir = g_steal_pointer (&template);
  live->fd = -1;
  if (mkfifo (live->pipe, 0600) == 0)
    live->fd = open (live->pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (live->fd >= 0)
    return live;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
  live_free (live);
  return NULL;
}

static void
live_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Live *live = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = lab_client_start_capture_finish (LAB_CLIENT (object), result, &error);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;

  if (name != NULL && g_unix_set_fd_nonblocking (live->fd, FALSE, &error))
    {
      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
      g_subprocess_launcher_take_stdin_fd (launcher, live->fd);
      live->fd = -1;
      process = g_subprocess_launcher_spawn (launcher, &error, "wireshark", "-k", "-i", "-", NULL);
    }
  if (process == NULL)
    lab_session_say (live->session, LAB_SESSION_ERROR, _ ("Wireshark cannot be opened"),
                     error->message);
  live_free (live);
}

static void
add_number (GVariantDict *dict, const char *key, guint64 number)
{
  if (number > 0)
    g_variant_dict_insert (dict, key, "t", number);
}

GVariant *
lab_capture_build_options (GVariant *ports,
                           const char *file,
                           const char *filter,
                           const LabCaptureFiles *files)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "ports", ports);
  g_variant_dict_insert (&dict, "file", "s", file);
  if (filter != NULL)
    g_variant_dict_insert (&dict, "filter", "s", filter);
  add_number (&dict, "size", files->megabytes * MEGABYTE);
  add_number (&dict, "seconds", files->seconds);
  add_number (&dict, "files", files->kept);
  return g_variant_dict_end (&dict);
}

/* (nullable), after a message */
static LabClient *
need_client (LabSession *session)
{
  LabClient *client = lab_session_get_client (session);

  if (client != NULL && lab_client_is_open (client))
    return client;
  lab_session_say (session, LAB_SESSION_ERROR, _ ("The lab does not run; start it first."), NULL);
  return NULL;
}

void
lab_capture_live (LabSession *session, GVariant *ports, const char *filter)
{
  LabClient *client = need_client (session);
  g_autoptr (GError) error = NULL;
  Live *live;

  if (client == NULL)
    return;
  live = live_new (session, &error);
  if (live == NULL)
    lab_session_say (session, LAB_SESSION_ERROR, _ ("Wireshark cannot be opened"), error->message);
  else
    lab_client_start_capture_async (
        client,
        lab_capture_build_options (ports, live->pipe, filter, &(const LabCaptureFiles){ 0 }), NULL,
        live_cb, live);
}

/* --- files --- */

typedef struct
{
  LabSession *session;
  GVariant *ports;
  char *filter;
  LabCaptureFiles files;
  char *path;
} ToFile;

static void
to_file_free (ToFile *order)
{
  g_object_unref (order->session);
  g_variant_unref (order->ports);
  g_free (order->filter);
  g_free (order->path);
  g_free (order);
}

static ToFile *
to_file_new (LabSession *session, GVariant *ports, const char *filter, const LabCaptureFiles *files)
{
  ToFile *order = g_new0 (ToFile, 1);

  order->session = g_object_ref (session);
  order->ports = g_variant_ref_sink (ports);
  order->filter = g_strdup (filter);
  if (files != NULL)
    order->files = *files;
  return order;
}

/* lab-20261126-201500.pcapng */
static char *
make_name (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "lab-%Y%m%d-%H%M%S.pcapng");
}

static void
ask_file (GtkWindow *parent, GAsyncReadyCallback callback, ToFile *order)
{
  g_autofree char *name = make_name ();

  lab_file_dialog_async (parent, LAB_FILE_DIALOG_SAVE_CAPTURE, name, NULL, callback, order);
}

/* FALSE: the dialog was closed, or the lab ended meanwhile. */
static gboolean
take_file (ToFile *order, GAsyncResult *result)
{
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);

  if (file == NULL || need_client (order->session) == NULL)
    return FALSE;
  order->path = g_file_get_path (file);
  if (order->path == NULL)
    lab_session_say (order->session, LAB_SESSION_ERROR,
                     _ ("Choose a folder of this computer for the file."), NULL);
  return order->path != NULL;
}

static void
started_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ToFile *order = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = lab_client_start_capture_finish (LAB_CLIENT (object), result, &error);

  if (name == NULL)
    lab_session_say (order->session, LAB_SESSION_ERROR, _ ("Nothing is captured"), error->message);
  to_file_free (order);
}

static void
capture_file_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ToFile *order = user_data;

  if (take_file (order, result))
    lab_client_start_capture_async (
        lab_session_get_client (order->session),
        lab_capture_build_options (order->ports, order->path, order->filter, &order->files), NULL,
        started_cb, order);
  else
    to_file_free (order);
}

void
lab_capture_to_file (GtkWindow *parent,
                     LabSession *session,
                     GVariant *ports,
                     const char *filter,
                     const LabCaptureFiles *files)
{
  if (need_client (session) != NULL)
    ask_file (parent, capture_file_cb, to_file_new (session, ports, filter, files));
}

static void
stopped_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ToFile *order = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *count = NULL;
  g_autofree char *base = g_path_get_basename (order->path);
  g_autofree char *text = NULL;
  guint64 frames = 0;
  guint64 dropped = 0;

  if (!lab_client_stop_capture_finish (LAB_CLIENT (object), result, &frames, &dropped, &reason,
                                       &error))
    lab_session_say (order->session, LAB_SESSION_ERROR, error->message, NULL);
  else if (*reason == '\0')
    {
      count = lab_label_count (frames);
      /* Translators: a file, and how many frames are in it */
      text = g_strdup_printf (ngettext ("%s: %s frame", "%s: %s frames", (gulong) frames), base,
                              count);
      lab_session_say (order->session, LAB_SESSION_INFO, text, NULL);
    }
  to_file_free (order);
}

void
lab_capture_stop (LabSession *session, const char *name, const char *file)
{
  LabClient *client = need_client (session);
  ToFile *order;

  if (client == NULL)
    return;
  order = to_file_new (session, g_variant_new_array (G_VARIANT_TYPE ("(ss)"), NULL, 0), NULL, NULL);
  order->path = g_strdup (file);
  lab_client_stop_capture_async (client, name, NULL, stopped_cb, order);
}

/* --- what just happened --- */

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ToFile *order = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (order->path);
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;
  guint64 frames = 0;

  if (!lab_client_save_recording_finish (LAB_CLIENT (object), result, &frames, &error))
    lab_session_say (order->session, LAB_SESSION_ERROR, error->message, NULL);
  else
    {
      count = lab_label_count (frames);
      text = g_strdup_printf (ngettext ("%s: %s frame", "%s: %s frames", (gulong) frames), base,
                              count);
      lab_session_say (order->session, LAB_SESSION_INFO, text, NULL);
    }
  to_file_free (order);
}

static void
recording_file_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ToFile *order = user_data;

  if (take_file (order, result))
    lab_client_save_recording_async (lab_session_get_client (order->session), order->ports,
                                     order->path, NULL, saved_cb, order);
  else
    to_file_free (order);
}

void
lab_capture_save_recording (GtkWindow *parent, LabSession *session, GVariant *ports)
{
  LabClient *client = need_client (session);

  if (client == NULL)
    return;
  if (lab_client_get_recorder (client) == 0)
    lab_session_say (session, LAB_SESSION_ERROR,
                     _ ("The flight recorder of this lab is off, so nothing was kept. Switch it on "
                        "in the properties of the lab."),
                     NULL);
  else
    ask_file (parent, recording_file_cb, to_file_new (session, ports, NULL, NULL));
}
