/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each finding says what a thing is for, what is missing of it, and the one command that mends it.
 * Only the sandbox is needed by every lab: the light host, the switches and the relay bring
 * everything else along. Tests take things away by the variables that the router knows, too. */

#define G_LOG_DOMAIN "lab-client"

#include "config.h"

#include "lab-doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "lab-doctor-probe.h"

/* What systemd sets at boot; the kernel's own number is 10. */
#define GOOD_QUEUE 512

void
lab_doctor_finding_free (LabDoctorFinding *self)
{
  g_free (self->title);
  g_free (self->purpose);
  g_free (self->detail);
  g_free (self->command);
  g_free (self);
}

static LabDoctorFinding *
add (GPtrArray *findings, const char *id, const char *title, const char *purpose)
{
  LabDoctorFinding *self = g_new0 (LabDoctorFinding, 1);

  self->id = id;
  self->title = g_strdup (title);
  self->purpose = g_strdup (purpose);
  g_ptr_array_add (findings, self);
  return self;
}

static void
miss (LabDoctorFinding *self, LabDoctorState state, const char *detail, const char *command)
{
  self->state = state;
  self->detail = g_strdup (detail);
  self->command = g_strdup (command);
}

static const char *
path_or (const char *variable, const char *path)
{
  const char *given = g_getenv (variable);

  return given != NULL && *given != '\0' ? given : path;
}

/* A setting of the kernel; -1 if there is none. */
static gint64
read_setting (const char *path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return -1;
  return g_ascii_strtoll (text, NULL, 10);
}

static gboolean
has_program (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);

  return path != NULL;
}

/* Where ordinary users do not look, but hosts do. */
static gboolean
has_system_program (const char *name)
{
  g_autofree char *path = g_build_filename ("/usr/sbin", name, NULL);

  return has_program (name) || g_file_test (path, G_FILE_TEST_IS_EXECUTABLE);
}

static gboolean
look_at_namespaces (GPtrArray *findings)
{
  LabDoctorFinding *self = add (findings, "namespaces", _ ("User namespaces"),
                                _ ("Devices run isolated from each other and from your files."));
  const char *command = "sysctl -w user.max_user_namespaces=10000";

  if (lab_doctor_probe_namespaces ())
    return TRUE;
  if (read_setting ("/proc/sys/kernel/unprivileged_userns_clone") == 0)
    command = "sysctl -w kernel.unprivileged_userns_clone=1";
  else if (read_setting ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1)
    command = "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
  miss (self, LAB_DOCTOR_NEEDED, _ ("This user may not make user namespaces."), command);
  return FALSE;
}

/* @namespaces: without them no sandbox can start, which has been said. */
static void
look_at_bubblewrap (GPtrArray *findings, gboolean namespaces)
{
  LabDoctorFinding *self = add (findings, "bubblewrap", _ ("bubblewrap"),
                                _ ("Makes the sandbox that each device runs in."));
  g_autofree char *said = NULL;
  g_autofree char *detail = NULL;

  if (!has_program ("bwrap"))
    {
      miss (self, LAB_DOCTOR_NEEDED, _ ("The program bwrap is not installed."),
            "apt install bubblewrap");
      return;
    }
  said = namespaces ? lab_doctor_probe_sandbox () : NULL;
  if (said == NULL)
    return;
  if (strstr (said, "mount proc") != NULL)
    /* Translators: the words after "with" are what one types. */
    detail =
        g_strdup_printf (_ ("It cannot make a sandbox here, because parts of /proc are hidden, "
                            "as containers do (%s). Start the container with "
                            "“--security-opt systempaths=unconfined” (Docker) or "
                            "“--security-opt unmask=ALL” (Podman)."),
                         said);
  else
    detail = g_strdup_printf (_ ("It cannot make a sandbox here (%s)."), said);
  miss (self, LAB_DOCTOR_NEEDED, detail, NULL);
}

static void
look_at_tun (GPtrArray *findings)
{
  const char *path = path_or ("LABWRIGHT_TUN", "/dev/net/tun");
  LabDoctorFinding *self = add (findings, "tun", _ ("TUN devices"),
                                _ ("The ports of open routers and Linux hosts are made of them."));
  int fd = open (path, O_RDWR | O_CLOEXEC);
  int code = errno;
  g_autofree char *detail = NULL;
  g_autofree char *command = NULL;

  if (fd >= 0)
    {
      close (fd);
      return;
    }
  if (code == EACCES || code == EPERM)
    {
      detail = g_strdup_printf (_ ("This user may not open %s."), path);
      command = g_strdup_printf ("chmod 0666 %s", path);
      miss (self, LAB_DOCTOR_MISSING, detail, command);
      return;
    }
  detail = g_strdup_printf (_ ("%s cannot be opened: %s."), path, g_strerror (code));
  miss (self, LAB_DOCTOR_MISSING, detail, "modprobe tun");
}

static void
look_at_frr (GPtrArray *findings)
{
  LabDoctorFinding *self = add (findings, "frr", _ ("FRRouting"),
                                _ ("Open routers run it: OSPF, BGP, IS-IS, RIP and more."));
  g_autofree char *zebra =
      g_build_filename (path_or ("LABWRIGHT_FRR_DIR", "/usr/lib/frr"), "zebra", NULL);

  if (!g_file_test (zebra, G_FILE_TEST_IS_EXECUTABLE) || !has_program ("vtysh"))
    miss (self, LAB_DOCTOR_MISSING, _ ("FRRouting is not installed."), "apt install frr");
}

/* One line for all: a Linux host has what the machine has. */
static void
look_at_host (GPtrArray *findings)
{
  static const char *const programs[][2] = {
    { "ip", "iproute2" },     { "ping", "iputils-ping" }, { "traceroute", "traceroute" },
    { "tcpdump", "tcpdump" }, { "iperf3", "iperf3" },
  };
  LabDoctorFinding *self = add (findings, "host", _ ("Network programs"),
                                _ ("Linux hosts run them: ip, ping, tcpdump, iperf3."));
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GString) packages = g_string_new ("apt install");
  g_autofree char *detail = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (!has_system_program (programs[i][0]))
      {
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", programs[i][0]);
        g_string_append_printf (packages, " %s", programs[i][1]);
      }
  if (!has_system_program ("udhcpc") && !has_system_program ("dhclient"))
    {
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", "udhcpc");
      g_string_append (packages, " udhcpc");
    }
  if (missing->len == 0)
    return;
  /* Translators: names of programs */
  detail = g_strdup_printf (_ ("Not installed: %s."), missing->str);
  miss (self, LAB_DOCTOR_MISSING, detail, packages->str);
}

static void
look_at_loader (GPtrArray *findings)
{
  LabDoctorFinding *self = add (findings, "loader32", _ ("32-bit programs"),
                                _ ("Older IOU images are 32-bit programs."));

  if (!g_file_test ("/lib/ld-linux.so.2", G_FILE_TEST_EXISTS))
    miss (self, LAB_DOCTOR_MISSING, _ ("The loader of 32-bit programs is not installed."),
          "apt install libc6-i386");
}

static void
look_at_queue (GPtrArray *findings)
{
  LabDoctorFinding *self = add (findings, "queue", _ ("Length of socket queues"),
                                _ ("Bursts of frames wait there instead of being lost."));
  gint64 length = read_setting ("/proc/sys/net/unix/max_dgram_qlen");
  g_autofree char *detail = NULL;

  if (length < 0 || length >= GOOD_QUEUE)
    return;
  detail = g_strdup_printf (_ ("It is %d frames; %d is a good number."), (int) length, GOOD_QUEUE);
  miss (self, LAB_DOCTOR_MISSING, detail, "sysctl -w net.unix.max_dgram_qlen=512");
}

static void
look_at_wireshark (GPtrArray *findings)
{
  LabDoctorFinding *self =
      add (findings, "wireshark", _ ("Wireshark"), _ ("Shows what is captured on a link."));

  if (!has_program ("wireshark"))
    miss (self, LAB_DOCTOR_MISSING, _ ("Wireshark is not installed."), "apt install wireshark");
}

/* A kernel built without a feature has no command that mends it. */
static void
miss_kernel (LabDoctorFinding *self, const char *module)
{
  g_autofree char *command = g_strdup_printf ("modprobe %s", module);

  if (lab_doctor_probe_module (module))
    miss (self, LAB_DOCTOR_MISSING, _ ("The kernel has not loaded it."), command);
  else
    miss (self, LAB_DOCTOR_MISSING, _ ("This kernel was built without it."), NULL);
}

static void
look_at_kind (GPtrArray *findings, const char *kind, const char *title, const char *purpose)
{
  LabDoctorFinding *self = add (findings, kind, title, purpose);

  if (!lab_doctor_probe_link_kind (kind))
    miss_kernel (self, kind);
}

/* Tags, sub-interfaces and loopbacks are the router's own: they need nothing of the kernel. */
static void
look_at_kernel (GPtrArray *findings)
{
  LabDoctorFinding *mpls;

  look_at_kind (findings, "macvlan", _ ("macvlan in the kernel"),
                _ ("Open routers’ VRRP: a group’s address of its own."));
  look_at_kind (findings, "bridge", _ ("Bridges in the kernel"),
                _ ("Open routers as switches: “interface vlan10”."));
  look_at_kind (findings, "vrf", _ ("VRFs in the kernel"),
                _ ("Open routers’ separate routing tables, also for MPLS VPNs."));
  mpls = add (findings, "mpls", _ ("MPLS in the kernel"), _ ("Open routers’ LDP and MPLS VPNs."));
  if (!g_file_test ("/proc/sys/net/mpls", G_FILE_TEST_IS_DIR))
    miss_kernel (mpls, "mpls_iptunnel");
}

GPtrArray *
lab_doctor_examine (void)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_doctor_finding_free);

  look_at_bubblewrap (findings, look_at_namespaces (findings));
  look_at_tun (findings);
  look_at_frr (findings);
  look_at_host (findings);
  look_at_loader (findings);
  look_at_queue (findings);
  look_at_wireshark (findings);
  look_at_kernel (findings);
  return findings;
}

static void
examine_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, lab_doctor_examine (), (GDestroyNotify) g_ptr_array_unref);
}

void
lab_doctor_examine_async (GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lab_doctor_examine_async);
  g_task_run_in_thread (task, examine_thread);
}

GPtrArray *
lab_doctor_examine_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const LabDoctorFinding *
lab_doctor_first_missing (GPtrArray *findings)
{
  const LabDoctorFinding *first = NULL;

  for (guint i = 0; i < findings->len; i++)
    {
      const LabDoctorFinding *finding = g_ptr_array_index (findings, i);

      if (finding->state == LAB_DOCTOR_NEEDED)
        return finding;
      if (first == NULL && finding->state == LAB_DOCTOR_MISSING &&
          (g_str_equal (finding->id, "tun") || g_str_equal (finding->id, "frr")))
        first = finding;
    }
  return first;
}

LabDoctorState
lab_doctor_worst (GPtrArray *findings)
{
  LabDoctorState worst = LAB_DOCTOR_GOOD;

  for (guint i = 0; i < findings->len; i++)
    worst = MAX (worst, ((LabDoctorFinding *) g_ptr_array_index (findings, i))->state);
  return worst;
}
