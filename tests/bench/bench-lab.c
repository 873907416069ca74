/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-lab.h"

#include "iou-frame.h"
#include "relay-counters.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void
bench_fail (const char *what)
{
  fprintf (stderr, "relay-bench: %s: %s\n", what, strerror (errno));
  exit (1);
}

double
bench_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

static struct sockaddr_un
address_of (const BenchLab *lab, unsigned folder, unsigned id)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  snprintf (address.sun_path, sizeof address.sun_path, "%s/%u/netio%u/%u", lab->dir, folder,
            (unsigned) getuid (), id);
  return address;
}

static void
write_header (uint8_t *bytes, unsigned from, unsigned to)
{
  const IouHeader header = { .dst_id = (uint16_t) to, .src_id = (uint16_t) from, .type = 1 };

  iou_header_write (bytes, &header);
}

static void
open_peer (BenchLab *lab, unsigned id)
{
  BenchPeer *peer = &lab->peers[id - 1];
  unsigned partner = ((id - 1) ^ 1) + 1;
  struct sockaddr_un own = address_of (lab, id, id);
  int size = 8 << 20;
  char path[128];

  snprintf (path, sizeof path, "%s/%u", lab->dir, id);
  mkdir (path, 0700);
  snprintf (path, sizeof path, "%s/%u/netio%u", lab->dir, id, (unsigned) getuid ());
  mkdir (path, 0700);
  peer->id = id;
  peer->direct = address_of (lab, partner, partner);
  peer->relay = address_of (lab, id, BENCH_PSEUDO);
  write_header (peer->direct_header, id, partner);
  write_header (peer->relay_header, id, BENCH_PSEUDO);
  peer->fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (peer->fd < 0 || bind (peer->fd, (struct sockaddr *) &own, sizeof own) < 0)
    bench_fail (own.sun_path);
  if (setsockopt (peer->fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size) < 0)
    setsockopt (peer->fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
}

static void
write_commands (const BenchLab *lab, const char *path)
{
  FILE *file = fopen (path, "w");

  if (file == NULL)
    bench_fail (path);
  for (unsigned id = 1; id <= lab->n_peers; id++)
    fprintf (file, "instance add %u dir=%s/%u ethernet=1\n", id, lab->dir, id);
  for (unsigned id = 1; id < lab->n_peers; id += 2)
    fprintf (file, "link add l%u %u:0/0 %u:0/0\n", id, id, id + 1);
  fclose (file);
}

/* The relay beside this program in the build tree. */
static void
relay_path (char *path, size_t size)
{
  ssize_t length = readlink ("/proc/self/exe", path, size - 1);

  if (length < 0)
    bench_fail ("/proc/self/exe");
  path[length] = '\0';
  *strrchr (path, '/') = '\0';
  strncat (path, "/../../src/relay/labwright-relay", size - strlen (path) - 1);
}

static void
start_relay (BenchLab *lab)
{
  char commands[96], counters[96], control[96], path[4096];
  struct stat info;

  snprintf (commands, sizeof commands, "%s/commands", lab->dir);
  snprintf (counters, sizeof counters, "%s/counters", lab->dir);
  snprintf (control, sizeof control, "%s/control", lab->dir);
  write_commands (lab, commands);
  relay_path (path, sizeof path);
  lab->relay = fork ();
  if (lab->relay == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      execl (path, path, "--commands", commands, "--counters", counters, "--control", control,
             (char *) NULL);
      bench_fail (path);
    }
  for (unsigned tries = 0; stat (control, &info) < 0; tries++)
    {
      if (tries > 200 || waitpid (lab->relay, NULL, WNOHANG) != 0)
        bench_fail ("the relay did not start");
      usleep (20000);
    }
}

void
bench_lab_open (BenchLab *lab, unsigned n_peers)
{
  memset (lab, 0, sizeof *lab);
  snprintf (lab->dir, sizeof lab->dir, "/tmp/relay-bench-XXXXXX");
  if (mkdtemp (lab->dir) == NULL)
    bench_fail (lab->dir);
  lab->n_peers = n_peers;
  lab->peers = calloc (n_peers, sizeof *lab->peers);
  for (unsigned id = 1; id <= n_peers; id++)
    open_peer (lab, id);
  start_relay (lab);
}

/* The socket's file is there a moment before it is listened to. */
static int
connect_control (const BenchLab *lab)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  snprintf (address.sun_path, sizeof address.sun_path, "%s/control", lab->dir);
  for (unsigned tries = 0; connect (fd, (struct sockaddr *) &address, sizeof address) < 0; tries++)
    {
      if (tries > 200)
        bench_fail ("the relay does not listen");
      usleep (5000);
    }
  return fd;
}

void
bench_lab_command (const BenchLab *lab, const char *line)
{
  char text[256], answer[512];
  int fd = connect_control (lab);
  int length = snprintf (text, sizeof text, "%s\n", line);

  if (write (fd, text, (size_t) length) != length || read (fd, answer, sizeof answer) < 2 ||
      memcmp (answer, "ok", 2) != 0)
    bench_fail (line);
  close (fd);
}

static void
remove_folder (const char *dir)
{
  char command[128];

  snprintf (command, sizeof command, "rm -rf '%s'", dir);
  if (system (command) != 0)
    fprintf (stderr, "relay-bench: %s is left\n", dir);
}

void
bench_lab_close (BenchLab *lab)
{
  kill (lab->relay, SIGTERM);
  waitpid (lab->relay, NULL, 0);
  for (unsigned i = 0; i < lab->n_peers; i++)
    close (lab->peers[i].fd);
  free (lab->peers);
  remove_folder (lab->dir);
}

double
bench_lab_cpu (const BenchLab *lab)
{
  struct timespec used;
  clockid_t clock;

  if (clock_getcpuclockid (lab->relay, &clock) != 0 || clock_gettime (clock, &used) < 0)
    return 0;
  return (double) used.tv_sec + 1e-9 * (double) used.tv_nsec;
}

uint64_t
bench_lab_wakeups (const BenchLab *lab)
{
  RelayCountersHeader header = { 0 };
  char path[96];
  int fd;

  snprintf (path, sizeof path, "%s/counters", lab->dir);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || read (fd, &header, sizeof header) != sizeof header)
    bench_fail (path);
  close (fd);
  return header.wakeups;
}

long
bench_lab_memory (const BenchLab *lab, const char *key)
{
  char path[64], line[128];
  long value = 0;
  FILE *file;

  snprintf (path, sizeof path, "/proc/%d/smaps_rollup", (int) lab->relay);
  file = fopen (path, "r");
  while (file != NULL && fgets (line, sizeof line, file) != NULL)
    if (strncmp (line, key, strlen (key)) == 0)
      value = strtol (line + strlen (key), NULL, 10);
  if (file != NULL)
    fclose (file);
  return value;
}
