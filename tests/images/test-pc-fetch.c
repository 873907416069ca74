/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `fetch` from a light host: what a Linux host serves, well and badly, and what another light host
 * has, which is no web server. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "pc-device.h"

/* A connection at a time; the path of the request says what becomes of it. */
static const char server_text[] =
    "import socket, time\n"
    "s = socket.create_server(('::', 80), family=socket.AF_INET6, dualstack_ipv6=True)\n"
    "print('ser' + 'ving', flush=True)\n"
    "while True:\n"
    "  c = s.accept()[0]\n"
    "  path = c.recv(4096).split(b' ')[1]\n"
    "  try:\n"
    "    if path == b'/big':\n"
    "      lines = b''.join(b'line %d\\n' % i for i in range(200000))\n"
    "      c.sendall(b'HTTP/1.0 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n' % len(lines) + lines)\n"
    "    elif path == b'/cut':\n"
    "      c.sendall(b'HTTP/1.0 200 OK\\r\\nContent-Length: 50\\r\\n\\r\\nnot all')\n"
    "    elif path == b'/endless':\n"
    "      c.sendall(b'HTTP/1.0 200 OK\\r\\n\\r\\n')\n"
    "      while True:\n"
    "        c.sendall(b'on and on\\n')\n"
    "        time.sleep(0.05)\n"
    "    elif path == b'/silent':\n"
    "      c.recv(1)\n"
    "    elif path == b'/moved':\n"
    "      c.sendall(b'HTTP/1.0 301 Moved\\r\\nLocation: http://10.0.0.1/\\r\\n\\r\\n')\n"
    "    else:\n"
    "      c.sendall(b'HTTP/1.0 200 OK\\r\\nContent-Type: text/plain\\r\\n\\r\\nhello from ' + "
    "path)\n"
    "  except OSError:\n"
    "    pass\n"
    "  c.close()\n";

static void
test_pages (void)
{
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autofree char *base64 = g_base64_encode ((const guint8 *) server_text, strlen (server_text));
  g_autofree char *command =
      g_strdup_printf ("python3 -c \"import base64; exec(base64.b64decode('%s'))\"", base64);
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) host = NULL;
  g_autoptr (PcDevice) pc = NULL;

  if (lab == NULL)
    return;
  if (python == NULL)
    {
      g_test_skip ("python3 is not installed");
      return;
    }
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 2);
  host = pc_device_start (lab, 1, "-q -e 1 -s 0");
  pc_device_ask (host, "address eth0 10.0.0.1/24", "# $");
  pc_device_ask (host, "address eth0 2001:db8::1/64", "# $");
  pc_device_ask (host, command, "\nserving\n");
  lab->program = "src/images/pc/labwright-pc";
  lab->prompt = "\\S+> $";
  pc = pc_device_start (lab, 2, "-q -e 1 -s 0");
  pc_device_ask (pc, "ip 10.0.0.2/24", "> $");
  pc_device_ask (pc, "ip 2001:db8::2/64", "> $");

  pc_device_ask (pc, "fetch http://10.0.0.1/a",
                 "HTTP/1.0 200 OK\n  hello from /a\n13 bytes of text/plain in \\d+\\.\\d{3} "
                 "ms\n\n\\S+> $");
  pc_device_ask (pc, "fetch [2001:db8::1]/six dev e0/0", "  hello from /six\n(.|\n)*> $");
  pc_device_ask (pc, "fetch 10.0.0.1/big -n 2",
                 "OK\n  line 0\n  line 1\n  \\.\\.\\.\n2288890 bytes in (.|\n)*> $");
  pc_device_ask (pc, "fetch 10.0.0.1/moved",
                 "301 Moved\nLocation: http://10.0.0.1/\n0 bytes in (.|\n)*> $");
  pc_device_ask (pc, "fetch 10.0.0.1/cut",
                 "  not all\n7 of 50 bytes in (.|\n)*closed before the page was complete\n"
                 "(.|\n)*> $");
  pc_device_ask (pc, "fetch 10.0.0.1/silent -w 300", "the server fell silent\n(.|\n)*> $");
  pc_device_ask (pc, "fetch 10.0.0.1/endless", "endless\n");
  pc_device_listen (pc, 300);
  pc_device_type (pc, "\003");
  pc_device_expect (pc, "> $", 5);
  /* The connection that was stopped is gone, and the server goes on. */
  pc_device_ask (pc, "fetch 10.0.0.1/b", "  hello from /b\n(.|\n)*> $");
  pc_device_type (host, "\003");
}

static void
test_no_server (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) one = NULL;
  g_autoptr (PcDevice) two = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 2);
  one = pc_device_start (lab, 1, "-q -e 1 -s 0");
  two = pc_device_start (lab, 2, "-q -e 1 -s 0");
  pc_device_ask (one, "fetch 10.0.0.2", "not reachable: no IPv4 address is set");
  pc_device_ask (one, "ip 10.0.0.1/24", "> $");
  pc_device_ask (two, "ip 10.0.0.2/24", "> $");
  pc_device_ask (one, "fetch 10.0.0.2", "10.0.0.2 port 80: connection refused\n\n\\S+> $");
  pc_device_ask (one, "fetch 10.0.0.2:7", "what answers is no web server\n\n\\S+> $");
  pc_device_ask (one, "fetch 10.0.0.3 -w 200", "host \\(10.0.0.3\\) not reachable\n\n\\S+> $");
  pc_device_ask (one, "fetch 10.1.0.3", "not reachable: No gateway found\n\n\\S+> $");
  pc_device_ask (one, "fetch web.example.com", "not reachable: No name server is set");
  pc_device_ask (one, "fetch https://10.0.0.2/", "this host speaks only http://");
  pc_device_ask (one, "fetch 10.0.0.2:0/", "a bad port");
  pc_device_ask (one, "fetch", "Usage: fetch URL");
  pc_device_ask (one, "fetch 10.0.0.2 -n", "Usage: fetch URL");
  pc_device_ask (one, "fe?", "fetch +Get a page from a web server");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/fetch/pages", test_pages);
  g_test_add_func ("/pc/fetch/no-server", test_no_server);
  return g_test_run ();
}
