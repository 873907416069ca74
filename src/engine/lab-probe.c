/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labwright-engine --probe: asking a stranger's program for its options. It gets the same sandbox
 * as a device, folders that are thrown away, and little time. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "iou-image.h"

#include "lab-files.h"
#include "lab-library.h"
#include "lab-licence-store.h"
#include "lab-probe.h"
#include "lab-sandbox.h"

#define PROBE_SECONDS 5
#define MAX_OUTPUT    (64 * 1024)

/* Whoever asked is gone: what was begun is still put away. */
static volatile sig_atomic_t told_to_end;

static void
end_cb (int number)
{
  told_to_end = 1;
}

static void
end_with_parent (void)
{
  struct sigaction action = { .sa_handler = end_cb };

  sigaction (SIGTERM, &action, NULL);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static GSubprocess *
start (LabSandbox *sandbox, const LabSandboxSpec *spec, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_auto (GStrv) argv = lab_sandbox_build_argv (sandbox, spec);
  g_auto (GStrv) environment = lab_sandbox_build_environ (sandbox, spec);

  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_cwd (launcher, spec->work);

  return g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, error);
}

/* What it says until it ends, says too much, or its time is over. */
static void
relay_output (GSubprocess *process)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (process);
  int fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream));
  gint64 end = g_get_monotonic_time () + PROBE_SECONDS * G_USEC_PER_SEC;
  gsize total = 0;

  while (total < MAX_OUTPUT && !told_to_end)
    {
      gint64 left = (end - g_get_monotonic_time ()) / 1000;
      struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
      char buffer[4096];
      gssize n;

      if (left <= 0 || poll (&poll_fd, 1, (int) left) <= 0)
        break;
      n = read (fd, buffer, sizeof buffer);
      if (n <= 0)
        break;
      fwrite (buffer, 1, (gsize) n, stdout);
      total += (gsize) n;
    }
  fflush (stdout);
}

static gboolean
probe (const char *path, const char *dir, GError **error)
{
  static const char *const args[] = { "-h", NULL };
  g_autoptr (LabLibrary) library = lab_library_load (error);
  g_auto (GStrv) library_dirs = library ? lab_library_dup_library_dirs (library) : NULL;
  g_autofree char *work = g_build_filename (dir, "work", NULL);
  g_autofree char *saved = g_build_filename (work, "history", NULL);
  g_autofree char *tmp = g_build_filename (dir, "tmp", NULL);
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *iourc = lab_licence_find ();
  LabSandboxSpec spec = {
    .work = work,
    .tmp = tmp,
    .image = full,
    .iourc = iourc,
    .library_dirs = (const char *const *) library_dirs,
    .args = args,
  };
  g_autoptr (LabSandbox) sandbox = NULL;
  g_autoptr (GSubprocess) process = NULL;

  if (library == NULL ||
      !iou_image_check_file_full (full, (const char *const *) library_dirs, NULL, error) ||
      !lab_files_make_private_dir (saved, error) || !lab_files_make_private_dir (tmp, error))
    return FALSE;
  sandbox = lab_sandbox_new (dir);
  if (!lab_sandbox_check (sandbox, error))
    return FALSE;
  process = start (sandbox, &spec, error);
  if (process == NULL)
    return FALSE;
  relay_output (process);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);

  return TRUE;
}

int
lab_probe_run (const char *path)
{
  g_autofree char *dir = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;
  int fd;

  end_with_parent ();
  dir = g_dir_make_tmp ("labwright-probe-XXXXXX", NULL);
  if (dir == NULL)
    {
      fprintf (stderr, "%s\n", _ ("No folder can be made in the folder for temporary files."));
      return 1;
    }
  done = probe (path, dir, &error);
  if (!done)
    fprintf (stderr, "%s\n", error->message);
  fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      lab_files_empty_dir (fd, NULL, NULL);
      close (fd);
    }
  g_rmdir (dir);

  return done ? 0 : 1;
}
