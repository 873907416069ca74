/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labwright-relay: options, signals, and the wish of whoever started it to see it end. */

#include "config.h"

#include "relay-command.h"
#include "relay-private.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  const char *control, *commands, *counters;
  int watch_fd;
} Options;

static const char usage[] =
    "Usage: labwright-relay [OPTION]...\n"
    "Carry frames between the devices of a network lab.\n"
    "\n"
    "  --control PATH    listen for commands on this UNIX socket\n"
    "  --commands FILE   run these commands at start ('-': standard input)\n"
    "  --counters PATH   keep the counters of all ports in this file\n"
    "  --watch-fd N      end when this descriptor is at its end\n"
    "  --version         say which version this is\n"
    "  -h, --help        say this\n"
    "\n"
    "The commands are in labwright-relay(1).\n";

static void
signal_ready (Relay *relay, RelayWatch *watch, uint32_t events)
{
  relay->loop.quit = true;
}

static void
parent_ready (Relay *relay, RelayWatch *watch, uint32_t events)
{
  char bytes[64];
  ssize_t n = read (watch->fd, bytes, sizeof bytes);

  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    relay->loop.quit = true;
}

/* Five descriptors a device: with the usual soft limit of 1,024 few would fit. */
static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
}

static bool
watch_signals (Relay *relay, RelayWatch *watch)
{
  sigset_t signals;
  int fd;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGHUP);
  sigprocmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_IGN);
  fd = signalfd (-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
  return fd >= 0 && relay_watch_add (relay, watch, fd, EPOLLIN, signal_ready);
}

static bool
watch_parent (Relay *relay, RelayWatch *watch, int fd, RelayError *error)
{
  if (fd < 0)
    return true;
  if (fcntl (fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl (fd, F_SETFL, O_NONBLOCK) == 0 &&
      relay_watch_add (relay, watch, fd, EPOLLIN, parent_ready))
    return true;
  return relay_error_set (error, "descriptor %d of --watch-fd cannot be watched: give a pipe", fd);
}

static int
run (const Options *options)
{
  RelayWatch signals = { 0 }, parent = { 0 };
  RelayError error = { 0 };
  Relay *relay = relay_new (options->counters, &error);
  bool started;

  if (relay == NULL)
    {
      fprintf (stderr, "labwright-relay: %s\n", error.text);
      return 1;
    }
  started =
      watch_signals (relay, &signals) && watch_parent (relay, &parent, options->watch_fd, &error) &&
      (options->commands == NULL || relay_command_run_file (relay, options->commands, &error)) &&
      (options->control == NULL || relay_control_listen (relay, options->control, &error));
  if (started)
    relay_loop_run (relay);
  else
    fprintf (stderr, "labwright-relay: %s\n", error.text);
  relay_free (relay);
  if (signals.func != NULL)
    close (signals.fd);
  return started ? 0 : 1;
}

static bool
read_options (Options *options, int argc, char **argv)
{
  static const struct option known[] = {
    { "control", required_argument, NULL, 'c' },
    { "commands", required_argument, NULL, 'f' },
    { "counters", required_argument, NULL, 'n' },
    { "watch-fd", required_argument, NULL, 'w' },
    { "version", no_argument, NULL, 'V' },
    { "help", no_argument, NULL, 'h' },
    { NULL },
  };
  int option;
  char *end;

  while ((option = getopt_long (argc, argv, "h", known, NULL)) != -1)
    switch (option)
      {
      case 'c':
        options->control = optarg;
        break;
      case 'f':
        options->commands = optarg;
        break;
      case 'n':
        options->counters = optarg;
        break;
      case 'w':
        options->watch_fd = (int) strtol (optarg, &end, 10);
        if (*optarg == '\0' || *end != '\0' || options->watch_fd < 0)
          {
            fprintf (stderr, "labwright-relay: --watch-fd needs a number, not \"%s\"\n", optarg);
            return false;
          }
        break;
      case 'V':
        puts ("labwright-relay " PACKAGE_VERSION);
        exit (0);
      case 'h':
        fputs (usage, stdout);
        exit (0);
      default:
        return false;
      }
  if (optind < argc)
    fprintf (stderr, "labwright-relay: unexpected argument \"%s\"\n", argv[optind]);
  else if (options->control == NULL && options->commands == NULL)
    fputs ("labwright-relay: give --control PATH or --commands FILE\n", stderr);
  else if ((options->control != NULL && options->control[0] == '\0') ||
           (options->counters != NULL && options->counters[0] == '\0'))
    fputs ("labwright-relay: a path is empty\n", stderr);
  else
    return true;
  return false;
}

int
main (int argc, char **argv)
{
  Options options = { .watch_fd = -1 };

  if (!read_options (&options, argc, argv))
    {
      fputs ("Try 'labwright-relay --help'.\n", stderr);
      return 2;
    }
  raise_descriptor_limit ();
  umask (0077);
  return run (&options);
}
