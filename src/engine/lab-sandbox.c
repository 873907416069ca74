/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * Images come from strangers, so a device sees a read-only system (/usr and what the loader needs
 * from /etc), its working directory as /work, its own /tmp, its image and nothing else: no file of
 * the user's, no network, no process but its own. bubblewrap does the work, without privileges, by
 * user namespaces. The private /tmp is also what lets two labs use the same application ids.
 *
 * The host name is not hidden (no UTS namespace): IOU looks for its licence under that name.
 *
 * Processes of a device: the bwrap that we start stays outside and waits; its child is the first
 * process of the sandbox, whose end ends all others; the image is that one's child. Both bwraps die
 * with their parent.
 *
 * Two programs of ours, host and router, make a second sandbox inside: for them user namespaces
 * stay allowed, they get the file that makes TUN devices, and the machine's /proc, without which
 * the kernel would not let them mount one of their own. They hide that from everything they run. A
 * host also gets the links by which programs of the system are called (/etc/alternatives).
 *
 * What a sandbox does not bound, lab-guard.c watches over.
 *
 * Where user namespaces are switched off nothing of this works. Then devices are refused, unless
 * LABWRIGHT_NO_SANDBOX=1 says that the user accepts to run them as any other program. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "iou-image.h"

#include "lab-files.h"
#include "lab-saved.h"
#include "lab-sandbox.h"

#define PRLIMIT "/usr/bin/prlimit"

struct _LabSandbox
{
  GPtrArray *base;   /* bwrap and the arguments that devices share; NULL: no sandbox */
  GPtrArray *nested; /* the same for a device that makes a sandbox itself */
  char *reason;
  gboolean allowed_without;
};

static void
add_args (GPtrArray *argv, const char *first, ...)
{
  va_list args;

  va_start (args, first);
  for (const char *arg = first; arg != NULL; arg = va_arg (args, const char *))
    g_ptr_array_add (argv, g_strdup (arg));
  va_end (args);
}

/* /lib and its like: links into /usr on merged systems, folders on others. */
static void
add_system_folders (GPtrArray *argv)
{
  static const char *const folders[] = { "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32" };

  add_args (argv, "--ro-bind", "/usr", "/usr", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *target = g_file_read_link (folders[i], NULL);

      if (target != NULL)
        add_args (argv, "--symlink", target, folders[i], NULL);
      else if (g_file_test (folders[i], G_FILE_TEST_IS_DIR))
        add_args (argv, "--ro-bind", folders[i], folders[i], NULL);
    }
}

static void
add_etc_file (GPtrArray *argv, const char *run_path, const char *name, const char *text)
{
  g_autofree char *source = g_strconcat (run_path, "/", name, NULL);
  g_autofree char *target = g_strconcat ("/etc/", name, NULL);

  if (lab_files_write (source, text, strlen (text), NULL))
    add_args (argv, "--ro-bind", source, target, NULL);
}

/* The user's own line only: a device learns no other name of this machine. */
static void
add_etc (GPtrArray *argv, const char *run_path)
{
  static const char *const loader[] = { "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d",
                                        "/etc/localtime" };
  g_autofree char *passwd = g_strdup_printf ("%s:x:%u:%u::/work:/bin/false\n", g_get_user_name (),
                                             (guint) getuid (), (guint) getgid ());
  g_autofree char *group = g_strdup_printf ("%s:x:%u:\n", g_get_user_name (), (guint) getgid ());
  g_autofree char *hosts = g_strdup_printf ("127.0.0.1 localhost %s\n", g_get_host_name ());

  for (guint i = 0; i < G_N_ELEMENTS (loader); i++)
    add_args (argv, "--ro-bind-try", loader[i], loader[i], NULL);
  add_etc_file (argv, run_path, "passwd", passwd);
  add_etc_file (argv, run_path, "group", group);
  add_etc_file (argv, run_path, "hosts", hosts);
}

typedef enum
{
  NESTING_FORBIDDEN, /* the tighter way; bwrap before 0.8 cannot */
  NESTING_LEFT,
  NESTING_WANTED,
} Nesting;

/* Root's sandbox keeps the one capability without which the kernel maps no root into another. */
static void
add_nesting (GPtrArray *argv)
{
  if (getuid () == 0)
    add_args (argv, "--cap-add", "CAP_SETFCAP", NULL);
  add_args (argv, "--bind", "/proc", "/proc", "--dev", "/dev", "--dev-bind-try", "/dev/net/tun",
            "/dev/net/tun", "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
            "--ro-bind-try", "/etc/services", "/etc/services", "--ro-bind-try", "/etc/protocols",
            "/etc/protocols", NULL);
}

static GPtrArray *
build_base (const char *bwrap, const char *run_path, Nesting nesting)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  add_args (argv, bwrap, "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc",
            "--die-with-parent", "--cap-drop", "ALL", NULL);
  if (nesting == NESTING_FORBIDDEN)
    add_args (argv, "--disable-userns", NULL);
  add_system_folders (argv);
  add_etc (argv, run_path);
  if (nesting == NESTING_WANTED)
    add_nesting (argv);
  else
    add_args (argv, "--proc", "/proc", "--dev", "/dev", NULL);
  return argv;
}

/* TRUE if a sandbox with these arguments starts. @reason: what bwrap said. */
static gboolean
try_base (GPtrArray *base, char **reason)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *errors = NULL;
  int status = 0;

  for (guint i = 0; i < base->len; i++)
    g_ptr_array_add (argv, base->pdata[i]);
  g_ptr_array_add (argv, (gpointer) "true");
  g_ptr_array_add (argv, NULL);
  g_clear_pointer (reason, g_free);
  if (!g_spawn_sync (NULL, (char **) argv->pdata, NULL,
                     G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_CLOEXEC_PIPES, NULL, NULL, NULL, &errors,
                     &status, &error))
    {
      *reason = g_strdup (error->message);
      return FALSE;
    }
  if (g_spawn_check_wait_status (status, &error))
    return TRUE;

  g_strstrip (errors);
  *reason = g_strdup (*errors != '\0' ? errors : error->message);
  return FALSE;
}

static void
probe (LabSandbox *self, const char *run_path)
{
  g_autofree char *bwrap = g_find_program_in_path ("bwrap");
  g_autofree char *said = NULL;

  if (bwrap == NULL)
    {
      self->reason = g_strdup (_ ("bubblewrap (the program bwrap) is not installed."));
      return;
    }
  for (Nesting nesting = NESTING_FORBIDDEN; nesting <= NESTING_LEFT; nesting++)
    {
      g_autoptr (GPtrArray) base = build_base (bwrap, run_path, nesting);

      if (try_base (base, &said))
        {
          self->base = g_steal_pointer (&base);
          self->nested = build_base (bwrap, run_path, NESTING_WANTED);
          self->reason = g_strdup ("");
          return;
        }
    }
  /* Which of the two it is, "labctl doctor" finds out. */
  if (strstr (said, "mount proc") != NULL)
    self->reason = g_strdup_printf (_ ("bubblewrap does not work here, because parts of /proc are "
                                       "hidden, as containers do (%s)."),
                                    said);
  else
    self->reason = g_strdup_printf (_ ("bubblewrap does not work here, probably because user "
                                       "namespaces are switched off (%s)."),
                                    said);
}

LabSandbox *
lab_sandbox_new (const char *run_path)
{
  LabSandbox *self = g_new0 (LabSandbox, 1);

  self->allowed_without = g_strcmp0 (g_getenv ("LABWRIGHT_NO_SANDBOX"), "1") == 0;
  if (self->allowed_without)
    self->reason = g_strdup (_ ("The sandbox is switched off by LABWRIGHT_NO_SANDBOX."));
  else
    probe (self, run_path);
  return self;
}

void
lab_sandbox_free (LabSandbox *self)
{
  g_clear_pointer (&self->base, g_ptr_array_unref);
  g_clear_pointer (&self->nested, g_ptr_array_unref);
  g_free (self->reason);
  g_free (self);
}

gboolean
lab_sandbox_is_isolated (LabSandbox *self)
{
  return self->base != NULL;
}

const char *
lab_sandbox_get_reason (LabSandbox *self)
{
  return self->reason;
}

gboolean
lab_sandbox_check (LabSandbox *self, GError **error)
{
  if (self->base != NULL || self->allowed_without)
    return TRUE;

  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
      _ ("Devices cannot be isolated on this machine: %s “labctl doctor” tells what to do "
         "about it. With LABWRIGHT_NO_SANDBOX=1 images run without isolation (they can then read "
         "and change your files)."),
      self->reason);
  return FALSE;
}

char *
lab_sandbox_dup_image_path (LabSandbox *self, const char *image)
{
  g_autofree char *name = NULL;

  if (self->base == NULL)
    return g_strdup (image);
  name = iou_image_link_name (image);
  return g_strconcat ("/image/", name, NULL);
}

static void
add_libraries (GPtrArray *argv, const LabSandboxSpec *spec)
{
  for (guint i = 0; spec->library_dirs != NULL && spec->library_dirs[i] != NULL; i++)
    {
      g_autofree char *target = g_strdup_printf ("/library/%u", i);

      /* It may be a memory stick's, and gone since it was looked at. */
      add_args (argv, "--ro-bind-try", spec->library_dirs[i], target, NULL);
    }
}

/* bwrap's /dev lies in memory and takes half of it. Here it can only be read, and what is put into
 * shared memory lies in the device's /tmp, so that it is counted with the rest and goes with it. */
static void
add_shared_memory (GPtrArray *argv, const LabSandboxSpec *spec)
{
  add_args (argv, "--bind", spec->tmp, "/dev/shm", "--remount-ro", "/dev", NULL);
}

/* The folders as the device sees them, for LD_LIBRARY_PATH. (transfer full) (nullable) */
static char *
library_path (const LabSandboxSpec *spec, gboolean isolated)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; spec->library_dirs != NULL && spec->library_dirs[i] != NULL; i++)
    {
      if (path->len > 0)
        g_string_append_c (path, ':');
      if (isolated)
        g_string_append_printf (path, "/library/%u", i);
      else
        g_string_append (path, spec->library_dirs[i]);
    }
  return g_string_free (path, path->len == 0);
}

/* Since 5.14 the kernel counts processes in each user namespace for itself, so that the limit is
 * one of the sandbox. It does not hold for root. It lies above what the guard allows: the kernel
 * only refuses, and it is the guard that says why. */
static gboolean
kernel_counts (void)
{
  struct utsname name;
  guint major = 0;
  guint minor = 0;

  return getuid () != 0 && uname (&name) == 0 &&
         sscanf (name.release, "%u.%u", &major, &minor) == 2 &&
         (major > 5 || (major == 5 && minor >= 14)) && access (PRLIMIT, X_OK) == 0;
}

static void
add_process_limit (GPtrArray *argv, const LabSandboxSpec *spec)
{
  if (spec->processes != 0 && kernel_counts ())
    {
      g_ptr_array_add (argv, g_strdup (PRLIMIT));
      g_ptr_array_add (argv, g_strdup_printf ("--nproc=%u", 2 * spec->processes));
    }
}

char **
lab_sandbox_build_argv (LabSandbox *self, const LabSandboxSpec *spec)
{
  GPtrArray *argv = g_ptr_array_new ();
  GPtrArray *base = spec->nested ? self->nested : self->base;
  g_autofree char *image = lab_sandbox_dup_image_path (self, spec->image);

  if (self->base != NULL)
    {
      for (guint i = 0; i < base->len; i++)
        g_ptr_array_add (argv, g_strdup (base->pdata[i]));
      add_args (argv, "--bind", spec->work, "/work", "--bind", spec->tmp, "/tmp", "--ro-bind",
                spec->image, image, NULL);
      /* What it saved earlier is not its business: an empty folder lies over it. */
      add_args (argv, "--tmpfs", "/work/" LAB_SAVED_FOLDER, "--remount-ro",
                "/work/" LAB_SAVED_FOLDER, NULL);
      if (spec->iourc != NULL)
        add_args (argv, "--ro-bind", spec->iourc, "/iourc", NULL);
      add_libraries (argv, spec);
      if (!spec->nested)
        add_shared_memory (argv, spec);
      add_args (argv, "--remount-ro", "/", "--chdir", "/work", "--", NULL);
      add_process_limit (argv, spec);
      add_args (argv, image, NULL);
    }
  else
    add_args (argv, spec->image, NULL);

  for (guint i = 0; spec->args[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (spec->args[i]));
  g_ptr_array_add (argv, NULL);
  return (char **) g_ptr_array_free (argv, FALSE);
}

char **
lab_sandbox_build_environ (LabSandbox *self, const LabSandboxSpec *spec)
{
  gboolean isolated = self->base != NULL;
  char **environment = g_new0 (char *, 1);
  g_autofree char *libraries = library_path (spec, isolated);

  environment = g_environ_setenv (environment, "PATH", "/usr/bin:/bin", TRUE);
  environment = g_environ_setenv (environment, "LANG", "C.UTF-8", TRUE);
  environment = g_environ_setenv (environment, "TERM", "vt100", TRUE);
  environment = g_environ_setenv (environment, "TMPDIR", "/tmp", TRUE);
  environment = g_environ_setenv (environment, "HOME", isolated ? "/work" : spec->work, TRUE);
  if (spec->iourc != NULL)
    environment = g_environ_setenv (environment, "IOURC", isolated ? "/iourc" : spec->iourc, TRUE);
  if (libraries != NULL)
    environment = g_environ_setenv (environment, "LD_LIBRARY_PATH", libraries, TRUE);
  return environment;
}
