/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every command, what it is for and how it is written. */

#include "config.h"

#include "pc-commands.h"

static const PcWord clear_words[] = {
  { "arp", "forget the neighbours of all ports" },
  { "ip", "take the IPv4 address off a port" },
  { "ipv6", "take the IPv6 addresses off a port" },
  { "hist", "forget the commands that were typed" },
  { NULL },
};

static const PcWord ip_words[] = {
  { "ADDRESS", "IPv4 or IPv6 address, with /PREFIX or a mask after it" },
  { "dhcp", "get an IPv4 address from a DHCP server" },
  { "auto", "get an IPv6 address from router advertisements" },
  { "dns", "set the name servers" },
  { "domain", "set the domain that completes short names" },
  { NULL },
};

static const PcWord no_words[] = {
  { "shutdown", "switch a port on" },
  { NULL },
};

static const PcWord set_words[] = {
  { "pcname", "the name in the prompt" },
  { "echo", "on or off: show the commands of scripts as they run" },
  { NULL },
};

static const PcWord show_words[] = {
  { "arp", "neighbours: MAC address, address, port" },
  { "echo", "whether commands of scripts are shown" },
  { "history", "the commands that were typed" },
  { "ip", "IPv4 settings of a port; show ip all: of every port" },
  { "ipv6", "IPv6 settings of a port" },
  { "ports", "every port, its line and its counters" },
  { "running-config", "the commands that rebuild the settings" },
  { "version", "which program this is" },
  { NULL },
};

static const PcWord write_words[] = {
  { "memory", "save the settings" },
  { NULL },
};

const PcCommand pc_command_table[] = {
  { "arp", NULL, "arp", "Show the neighbours that are known", NULL, NULL, pc_cmd_arp },
  { "clear", NULL, "clear arp | hist\nclear ip | ipv6 [dev PORT]",
    "Forget neighbours, addresses or typed commands", NULL, clear_words, pc_cmd_clear },
  { "disconnect", NULL, "disconnect", "Explain why this console cannot be left", NULL, NULL,
    pc_cmd_quit },
  { "echo", NULL, "echo [TEXT]", "Print a text", "A ? in the text is typed after Ctrl+V.", NULL,
    pc_cmd_echo },
  { "fetch", NULL, "fetch URL [-n LINES] [-w MS] [dev PORT]", "Get a page from a web server",
    "URL is [http://]HOST[:PORT][/PATH]. HOST is an address or a name; an IPv6 address stands in\n"
    "[ ], and a link-local one may end in %PORT. A ? in the URL is typed after Ctrl+V.\n"
    "-n LINES   how many lines of the page to show; 10 unless given, at most 1000\n"
    "-w MS      how long to wait for the connection, and when nothing comes; 5000 unless given\n"
    "Ctrl+C stops.",
    NULL, pc_cmd_fetch },
  { "help", NULL, "help [COMMAND]", "List the commands, or explain one", NULL, NULL, pc_cmd_help },
  { "history", NULL, "history", "Show the commands that were typed", NULL, NULL, pc_cmd_history },
  { "ip", NULL,
    "ip ADDRESS[/PREFIX] [MASK] [GATEWAY] [dev PORT]\n"
    "ip dhcp [-d] [-r | -x] [dev PORT]\n"
    "ip auto [dev PORT]\n"
    "ip dns SERVER [SERVER]\n"
    "ip domain NAME",
    "Set addresses, gateway, name servers",
    "ADDRESS is IPv4 or IPv6; without a mask it is /24, or /64 for IPv6 (which needs 64 to 128).\n"
    "MASK is written 255.255.255.0, /24 or 24.\n"
    "dhcp: -d shows the messages, -r renews the lease, -x gives it back.\n"
    "dns and domain without a value take the setting back.\n"
    "PORT is e0/0 unless given; show ports lists the ports.",
    ip_words, pc_cmd_ip },
  { "load", NULL, "load [FILE]", "Run the saved configuration, or the commands in a file",
    "FILE is in the working directory of the host.", NULL, pc_cmd_load },
  { "no", NULL, "no shutdown PORT", "Switch a port on", NULL, no_words, pc_cmd_no },
  { "ping", "p",
    "ping HOST [-1 | -2 | -3] [-c COUNT] [-i MS] [-l SIZE] [-p PORT] [-s PORT]\n"
    "     [-t] [-T TTL] [-w MS] [-D] [-P PROTOCOL] [dev PORT]",
    "See whether a host answers",
    "HOST is an address or a name; a link-local address may end in %PORT. Ctrl+C stops.\n"
    "-1         ICMP echo (as is done without an option)\n"
    "-2         UDP\n"
    "-3         TCP: connect, send, close\n"
    "-c COUNT   how many times; 5 unless given\n"
    "-D         do not let routers fragment it (ICMP over IPv4)\n"
    "-i MS      one every MS milliseconds; 1000 unless given\n"
    "-l SIZE    bytes of data, up to 14000; 56 unless given\n"
    "-p PORT    port to send to; 7 (echo) unless given\n"
    "-P NUMBER  IP protocol: 1 ICMP, 6 TCP, 17 UDP\n"
    "-s PORT    port to send from\n"
    "-t         until stopped\n"
    "-T TTL     time to live; 64 unless given\n"
    "-w MS      how long to wait for each answer; 1000 unless given",
    NULL, pc_cmd_ping },
  { "quit", "exit", "quit", "Explain why this console cannot be left", NULL, NULL, pc_cmd_quit },
  { "save", NULL, "save [FILE]", "Save the settings, to be there after a restart",
    "Without FILE into the NVRAM, which is used at the next start. With FILE into a file in the\n"
    "working directory of the host, for load.",
    NULL, pc_cmd_save },
  { "set", NULL, "set pcname NAME\nset echo on | off", "Set the host's name and other settings",
    NULL, set_words, pc_cmd_set },
  { "show", "sh",
    "show\nshow arp | echo | history | ports | running-config | version\nshow ip [all] [dev "
    "PORT]\nshow ipv6 [dev PORT]",
    "Show settings and states", NULL, show_words, pc_cmd_show },
  { "shutdown", NULL, "shutdown PORT", "Switch a port off",
    "It neither sends nor hears anything until no shutdown PORT.", NULL, pc_cmd_shutdown },
  { "sleep", NULL, "sleep SECONDS", "Wait", "Useful in scripts. Ctrl+C stops.", NULL,
    pc_cmd_sleep },
  { "trace", "traceroute", "trace HOST [-P PROTOCOL] [-m TTL] [-w MS] [dev PORT]",
    "Show the way to a host",
    "-P NUMBER  IP protocol: 1 ICMP, 6 TCP, 17 UDP (unless given)\n"
    "-m TTL     how far; 8 routers unless given, at most 64\n"
    "-w MS      how long to wait for each answer; 1000 unless given\n"
    "Ctrl+C stops.",
    NULL, pc_cmd_trace },
  { "version", NULL, "version", "Say which program this is", NULL, NULL, pc_cmd_version },
  { "write", NULL, "write [memory]", "Save the settings, as on other devices", NULL, write_words,
    pc_cmd_write },
  { NULL },
};
