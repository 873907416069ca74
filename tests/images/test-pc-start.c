/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a manager sees: command line, help text, sockets, lock, end. */

#include "config.h"

#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pc-checks.h"

static void
test_help (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();

  pc_check_help (lab);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *command;
    int code;
    const char *says;
  } cases[] = {
    { "", 2, "id" },       { "0", 2, "1024" },
    { "1025", 2, "1024" }, { "-e 10 -s 7 5", 2, "16" },
    { "-e x 5", 2, "-e" }, { "-n 4 5", 2, "NVRAM" },
    { "-Z 5", 2, "Z" },
  };
  g_autoptr (PcLab) lab = pc_lab_new ();

  for (guint i = 0; lab != NULL && i < G_N_ELEMENTS (cases); i++)
    {
      int code;
      g_autofree char *text = pc_device_run (lab, cases[i].command, &code);

      g_test_message ("%s: %s", cases[i].command, text);
      g_assert_cmpint (code, ==, cases[i].code);
      g_assert_nonnull (strstr (text, cases[i].says));
    }
}

static void
test_bad_netmap (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autofree char *text = NULL;
  int code;

  if (lab == NULL)
    return;
  pc_lab_write (lab, 999, "NETMAP", "1:0/0 2:0/0\n1:0/77 2:0/0\n");
  text = pc_device_run (lab, "-e 1 -s 0 1", &code);
  g_assert_cmpint (code, ==, 1);
  g_assert_nonnull (strstr (text, "2"));
}

static void
test_sockets (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  PcDevice *device;
  g_autofree char *data = NULL;
  g_autofree char *l1 = NULL;
  g_autofree char *lock = NULL;
  g_autofree char *text = NULL;
  struct stat info;
  int code;

  if (lab == NULL)
    return;
  data = pc_lab_socket (lab, FALSE, 7);
  l1 = pc_lab_socket (lab, TRUE, 7);
  lock = g_strconcat (data, ".lck", NULL);

  /* A leftover of a killed device is no obstacle. */
  g_assert_true (g_file_set_contents (data, "", 0, NULL));
  device = pc_device_start (lab, 7, "-e 1 -s 0 -n 64 -m 4 -l -q");
  g_assert_cmpint (stat (data, &info), ==, 0);
  g_assert_true (S_ISSOCK (info.st_mode));
  g_assert_cmpint (stat (l1, &info), ==, 0);
  g_assert_true (S_ISSOCK (info.st_mode));
  g_assert_cmpint (stat (lock, &info), ==, 0);

  text = pc_device_run (lab, "-e 1 -s 0 7", &code);
  g_assert_cmpint (code, ==, 1);
  g_assert_nonnull (strstr (text, "in use"));

  g_assert_cmpint (pc_device_stop (device), ==, 0);
  pc_device_free (device);
  g_assert_cmpint (stat (data, &info), !=, 0);
  g_assert_cmpint (stat (l1, &info), !=, 0);
  g_assert_cmpint (stat (lock, &info), !=, 0);
}

static void
test_foreign_directory (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  int code;

  if (lab == NULL)
    return;
  path = g_strdup_printf ("%s/netio%u", lab->directory, (guint) getuid ());
  g_assert_cmpint (symlink ("/tmp/work-999", path), ==, 0);
  text = pc_device_run (lab, "-e 1 -s 0 1", &code);
  g_assert_cmpint (code, ==, 1);
  g_assert_nonnull (strstr (text, "netio"));
}

static void
test_end_of_input (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  device = pc_device_start (lab, 1, "-e 1 -s 0");
  close (device->in);
  device->in = -1;
  pc_device_listen (device, 300);
  g_assert_cmpint (kill (pc_device_get_pid (device), 0), ==, 0);
  g_assert_cmpint (pc_device_stop (device), ==, 0);
}

static void
test_id_first (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  /* The fixture puts the id last, too: options may stand between a first one and the rest. */
  device = pc_device_start (lab, 1023, "-s 2 -e 3 -l -q -U -W -C -R -d -t");
  pc_device_ask (device, "show",
                 "e2/3 .*not in NETMAP(.|\n)*8 serial ports: present.*cannot use serial ports");
}

static void
test_no_netmap (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 1);
  device = pc_device_start (lab, 1, "-e 1 -s 0 -N");
  pc_device_ask (device, "show", "e0/0 +not in NETMAP(.|\n)*No NETMAP");
}

static void
test_no_ports (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  device = pc_device_start (lab, 1, "-e 0 -s 0");
  pc_device_ask (device, "ip 10.0.0.1/24", "no Ethernet port");
  pc_device_ask (device, "ping 10.0.0.1", "no Ethernet port");
  pc_device_ask (device, "show", "PC1> $");
  pc_device_ask (device, "show running-config", "set pcname PC1\n");
}

static void
test_pty (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  device = pc_device_start_pty (lab, 1, "-e 1 -s 0");
  /* Echoed once, by the device, and Ctrl+C is a byte. */
  pc_device_type (device, "echo hello\r");
  pc_device_expect (device, "^PC1> echo hello\nhello\nPC1> $|^echo hello\nhello\nPC1> $", 5);
  pc_device_type (device, "sleep 100\r");
  pc_device_listen (device, 200);
  pc_device_type (device, "\x03");
  pc_device_expect (device, "\\^C\n(.|\n)*PC1> $", 5);
}

/* A manager that does not read must not stop the device. */
static void
test_unread_console (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) a = NULL;
  g_autoptr (PcDevice) b = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 2);
  a = pc_device_start (lab, 1, "-e 1 -s 0");
  b = pc_device_start (lab, 2, "-e 1 -s 0");
  pc_device_ask (a, "ip 10.0.0.1/24", "PC1> $");
  pc_device_ask (b, "ip 10.0.0.2/24", "PC2> $");
  for (guint i = 0; i < 300; i++)
    pc_device_type (b, "help ping\r");
  pc_device_ask (a, "ping 10.0.0.2 -c 1", "84 bytes from 10.0.0.2");
  g_assert_cmpint (pc_device_stop (b), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/start/help", test_help);
  g_test_add_func ("/pc/start/refusals", test_refusals);
  g_test_add_func ("/pc/start/bad-netmap", test_bad_netmap);
  g_test_add_func ("/pc/start/sockets", test_sockets);
  g_test_add_func ("/pc/start/foreign-directory", test_foreign_directory);
  g_test_add_func ("/pc/start/end-of-input", test_end_of_input);
  g_test_add_func ("/pc/start/id-first", test_id_first);
  g_test_add_func ("/pc/start/no-netmap", test_no_netmap);
  g_test_add_func ("/pc/start/no-ports", test_no_ports);
  g_test_add_func ("/pc/start/pty", test_pty);
  g_test_add_func ("/pc/start/unread-console", test_unread_console);
  return g_test_run ();
}
