/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The console as a person meets it. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "pc-device.h"

typedef struct
{
  PcLab *lab;
  PcDevice *pc;
} Fixture;

static gboolean
start (Fixture *fixture)
{
  fixture->lab = pc_lab_new ();
  if (fixture->lab == NULL)
    return FALSE;
  fixture->pc = pc_device_start (fixture->lab, 1, "-e 1 -s 0");
  return TRUE;
}

static void
stop (Fixture *fixture)
{
  pc_device_free (fixture->pc);
  pc_lab_free (fixture->lab);
}

static void
test_help (void)
{
  Fixture f;
  static const char *const commands[] = { "arp",     "clear", "disconnect", "echo", "help",
                                          "history", "ip",    "load",       "no",   "ping",
                                          "quit",    "save",  "set",        "show", "shutdown",
                                          "sleep",   "trace", "version",    "write" };

  if (!start (&f))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *line = g_strdup_printf ("help %s", commands[i]);
      g_autofree char *usage = g_strdup_printf ("\n  %s( |\n)", commands[i]);

      pc_device_ask (f.pc, line, usage);
      pc_device_expect (f.pc, "PC1> $", 5);
    }
  pc_device_ask (f.pc, "help", "arp +Show(.|\n)*write +Save(.|\n)*PC1> $");
  pc_device_ask (f.pc, "help nothing", "no command \"nothing\"");
  stop (&f);
}

static void
test_context_help (void)
{
  Fixture f;

  if (!start (&f))
    return;
  pc_device_type (f.pc, "?");
  pc_device_expect (f.pc, "  arp +Show the neighbours(.|\n)*PC1> $", 5);
  pc_device_type (f.pc, "sh?");
  pc_device_expect (f.pc, "PC1> sh\\?|sh\\?\n", 5);
  pc_device_expect (f.pc, "  show .*\n  shutdown .*\nPC1> sh$", 5);
  pc_device_type (f.pc, "ow ?");
  pc_device_expect (f.pc, "  running-config .*\n(.|\n)*PC1> show $", 5);
  pc_device_type (f.pc, "\x15ping 10.0.0.1 ?");
  pc_device_expect (f.pc, "ping HOST(.|\n)*PC1> ping 10.0.0.1 $", 5);
  /* The line is still there, and Ctrl+C drops it. */
  pc_device_type (f.pc, "\x03");
  pc_device_expect (f.pc, "\\^C\nPC1> $", 5);
  stop (&f);
}

static void
test_completion (void)
{
  Fixture f;

  if (!start (&f))
    return;
  pc_device_type (f.pc, "ver\t\r");
  pc_device_expect (f.pc, "version \nLabwright PC", 5);
  pc_device_type (f.pc, "sh\t");
  pc_device_expect (f.pc, "show  shutdown\nPC1> sh$", 5);
  pc_device_type (f.pc, "o\tru\t\r");
  pc_device_expect (f.pc, "ow running-config \nset pcname PC1", 5);
  pc_device_type (f.pc, "xyz\t");
  pc_device_expect (f.pc, "xyz\a$", 5);
  stop (&f);
}

static void
test_abbreviations (void)
{
  Fixture f;

  if (!start (&f))
    return;
  pc_device_ask (f.pc, "sh ip", "IP/MASK");
  pc_device_ask (f.pc, "VERSION", "Labwright PC");
  pc_device_ask (f.pc, "se pcname X", "X> $");
  pc_device_ask (f.pc, "s", "\"s\" could be save, set, show, shutdown, sleep: type more of it");
  pc_device_ask (f.pc, "frobnicate", "Bad command: \"frobnicate\"");
  pc_device_ask (f.pc, "wr", "\\[OK\\]");
  stop (&f);
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *line;
    const char *says;
  } cases[] = {
    { "ip", "Usage: ip" },
    { "ip 10.0.0.300/24", "no IPv4 address" },
    { "ip 10.0.0.1/33", "\"33\" is no mask" },
    { "ip 10.0.0.1/24 foo", "neither a mask nor a gateway" },
    { "ip 10.0.0.1/24 10.0.0.1", "cannot have the same" },
    { "ip 10.0.0.1/24 10.0.1.1", "not on the network" },
    { "ip 10.0.0.255/24", "broadcast" },
    { "ip 224.0.0.1/24", "cannot be the address" },
    { "ip 127.0.0.1/8", "cannot be the address" },
    { "ip 2001:db8::1/32", "64 to 128" },
    { "ip 2001:db8::1/64 zz", "no IPv6 address of a gateway" },
    { "ip fe80::1", "link-local" },
    { "ip ff02::1", "cannot be the address" },
    { "ip ::g", "no IPv6 address" },
    { "ip dhcp -z", "does not know \"-z\"" },
    { "ip dhcp -x", "no DHCP lease" },
    { "ip dns 1.2.3", "no IPv4 address of a name server" },
    { "ip domain a..b", "no domain name" },
    { "set pcname a>b", "visible characters" },
    { "set echo maybe", "Usage: set" },
    { "sleep x", "Usage: sleep" },
    { "show nothing", "Usage: show" },
    { "clear", "Usage: clear" },
    { "shutdown e7/7", "no Ethernet port e7/7" },
    { "no way", "Usage: no" },
    { "ping", "Usage: ping" },
    { "ping 10.0.0.1 -c", "-c needs a number" },
    { "ping 10.0.0.1 -c 0", "-c needs a number" },
    { "ping 10.0.0.1 -w x", "-w needs a number" },
    { "ping 10.0.0.1 -l 99999", "-l needs a number from 0 to 14000" },
    { "ping 10.0.0.1 -x", "no option -x" },
    { "ping 10.0.0.1 -P 2", "-P knows" },
    { "ping 10.0.0.1 10.0.0.2", "one host too many" },
    { "ping 10.0.0.1", "no IPv4 address is set" },
    { "ping a_b..c", "no address and no host name" },
    { "trace", "Usage: trace" },
    { "trace 10.0.0.1 -m 65", "Usage: trace" },
    { "load ../x", "cannot be used" },
    { "quit", "cannot be left" },
    { "disconnect", "cannot be left" },
  };
  Fixture f;

  if (!start (&f))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *escaped = g_regex_escape_string (cases[i].says, -1);

      pc_device_ask (f.pc, cases[i].line, escaped);
      pc_device_expect (f.pc, "PC1> $", 5);
    }
  pc_device_type (f.pc, "\x04");
  pc_device_expect (f.pc, "cannot be left", 5);
  stop (&f);
}

/* What is typed while a command runs is run after it. */
static void
test_typeahead (void)
{
  Fixture f;

  if (!start (&f))
    return;
  pc_device_type (f.pc, "sleep 1\recho one\r\necho two\n");
  pc_device_expect (f.pc, "sleep 1\nPC1> echo one\none\nPC1> echo two\ntwo\nPC1> $", 5);
  /* Ctrl+C drops it with the command. */
  pc_device_type (f.pc, "sleep 100\recho no\r");
  pc_device_listen (f.pc, 100);
  pc_device_type (f.pc, "\x03");
  pc_device_expect (f.pc, "sleep 100\n\\^C\nPC1> $", 5);
  stop (&f);
}

static void
test_history (void)
{
  Fixture f;

  if (!start (&f))
    return;
  pc_device_ask (f.pc, "echo one", "\none\n");
  pc_device_ask (f.pc, "echo two", "\ntwo\n");
  pc_device_type (f.pc, "\x1b[A\x1b[A\r");
  pc_device_expect (f.pc, "\none\nPC1> $", 5);
  pc_device_ask (f.pc, "history", "  1  echo one\n  2  echo two\n  3  echo one\n  4  history\n");
  pc_device_ask (f.pc, "clear hist", "PC1> $");
  pc_device_ask (f.pc, "show history", "show history\n  1  show history\n|show history\nPC1> $");
  stop (&f);
}

static void
test_bytewise (void)
{
  Fixture f;

  g_setenv ("LABWRIGHT_PC_BYTEWISE", "1", TRUE);
  if (start (&f))
    {
      pc_device_ask (f.pc, "help", "write +Save(.|\n)*PC1> $");
      stop (&f);
    }
  g_unsetenv ("LABWRIGHT_PC_BYTEWISE");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/console/help", test_help);
  g_test_add_func ("/pc/console/context-help", test_context_help);
  g_test_add_func ("/pc/console/completion", test_completion);
  g_test_add_func ("/pc/console/abbreviations", test_abbreviations);
  g_test_add_func ("/pc/console/mistakes", test_mistakes);
  g_test_add_func ("/pc/console/typeahead", test_typeahead);
  g_test_add_func ("/pc/console/history", test_history);
  g_test_add_func ("/pc/console/bytewise", test_bytewise);
  return g_test_run ();
}
