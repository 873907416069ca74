/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the kernel can do something is best learnt by asking for it: in new user and network
 * namespaces, where an ordinary user may. A kind of interface that the kernel does not know is
 * refused as “not supported”; one that it knows is made, or refused for what the question lacks. */

#define G_LOG_DOMAIN "lab-client"

#include "config.h"

#include "lab-doctor-probe.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/rtnetlink.h>

typedef gboolean (*Probe) (const char *argument);

/* Only what is safe between fork and exit: system calls on memory of the stack. */
static gboolean
in_child (Probe probe, const char *argument)
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    _exit (probe (argument) ? 0 : 1);
  if (pid < 0)
    return FALSE;
  while (waitpid (pid, &status, 0) < 0)
    if (errno != EINTR)
      return FALSE;
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

static gboolean
make_namespaces (const char *argument)
{
  return unshare (CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID) == 0;
}

gboolean
lab_doctor_probe_namespaces (void)
{
  return in_child (make_namespaces, NULL);
}

/* In a container whose /proc is partly hidden, namespaces can be made but no /proc in them. */
char *
lab_doctor_probe_sandbox (void)
{
  const char *argv[] = { "bwrap",
                         "--unshare-user",
                         "--unshare-pid",
                         "--unshare-net",
                         "--unshare-ipc",
                         "--cap-drop",
                         "ALL",
                         "--die-with-parent",
                         "--ro-bind",
                         "/",
                         "/",
                         "--proc",
                         "/proc",
                         "--dev",
                         "/dev",
                         "true",
                         NULL };
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                     NULL, NULL, NULL, &said, &status, &error))
    return g_strdup (error->message);
  if (g_spawn_check_wait_status (status, &error))
    return NULL;
  g_strstrip (said);
  return g_strdup (*said != '\0' ? said : error->message);
}

typedef union
{
  struct
  {
    struct nlmsghdr header;
    struct ifinfomsg link;
  };
  char bytes[256];
} LinkMessage;

static void
add_attribute (LinkMessage *message, unsigned short type, const void *data, gsize length)
{
  gsize at = NLMSG_ALIGN (message->header.nlmsg_len);
  struct rtattr attribute = { .rta_len = (unsigned short) RTA_LENGTH (length), .rta_type = type };

  memcpy (message->bytes + at, &attribute, sizeof attribute);
  if (length > 0)
    memcpy (message->bytes + at + RTA_LENGTH (0), data, length);
  message->header.nlmsg_len = (guint32) (at + RTA_ALIGN (attribute.rta_len));
}

/* The kernel's answer: 0 or a negative error number. */
static int
ask_kernel (const LinkMessage *message)
{
  union
  {
    struct nlmsghdr header;
    char bytes[1024];
  } answer;
  struct nlmsgerr result;
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

  if (fd < 0 || send (fd, message, message->header.nlmsg_len, 0) < 0 ||
      recv (fd, &answer, sizeof answer, 0) < (ssize_t) NLMSG_LENGTH (sizeof result) ||
      answer.header.nlmsg_type != NLMSG_ERROR)
    return -EOPNOTSUPP;
  memcpy (&result, answer.bytes + NLMSG_HDRLEN, sizeof result);
  return result.error;
}

static gboolean
ask_kind (const char *kind)
{
  LinkMessage message = {
    .header = { .nlmsg_len = NLMSG_LENGTH (sizeof (struct ifinfomsg)),
                .nlmsg_type = RTM_NEWLINK,
                .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL },
  };
  gsize begin = message.header.nlmsg_len;
  unsigned short nested;

  if (!make_namespaces (NULL))
    return FALSE;
  add_attribute (&message, IFLA_LINKINFO, NULL, 0);
  add_attribute (&message, IFLA_INFO_KIND, kind, strlen (kind));
  nested = (unsigned short) (message.header.nlmsg_len - begin);
  memcpy (message.bytes + begin, &nested, sizeof nested);
  return ask_kernel (&message) != -EOPNOTSUPP;
}

gboolean
lab_doctor_probe_link_kind (const char *kind)
{
  return in_child (ask_kind, kind);
}

gboolean
lab_doctor_probe_module (const char *name)
{
  struct utsname system;
  g_autofree char *loaded = g_build_filename ("/sys/module", name, NULL);
  g_autofree char *file = g_strdup_printf ("/%s.ko", name);

  if (g_file_test (loaded, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (uname (&system) != 0)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_build_filename ("/lib/modules", system.release,
                                                i == 0 ? "modules.dep" : "modules.builtin", NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && strstr (text, file) != NULL)
        return TRUE;
    }
  return FALSE;
}
