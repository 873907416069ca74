/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the flight recorder holds, in a file.
 *
 * A child writes it: fork() gives it all rings as they are at that moment, for the price of a page
 * table, while the relay goes on at once. The relay has threads (of captures), so the child calls
 * nothing that might wait for a lock of theirs: system calls, and code of ours that does without
 * memory. All that it needs is allocated before.
 *
 * Frames of several links come in the order of their times: a heap holds the next one of each. The
 * file is written under another name, flushed and renamed: it is there whole, or not at all. */

#include "relay-recorder.h"

#include "relay-capture.h"
#include "relay-control.h"
#include "relay-filter.h"
#include "relay-pcapng.h"
#include "relay-private.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME_MAX_LENGTH 63
#define INTERFACE_AT    8 /* in a block */
#define TIME_AT         12
#define FIXED           28
#define BUFFER_SIZE     ((size_t) 128 << 10)

/* One save that is going on. */
struct RelaySave
{
  RelaySave *next;
  RelayWatch watch; /* a pipe: the child's errno */
  char name[NAME_MAX_LENGTH + 1];
  uint64_t frames;
  pid_t pid;
};

/* The frames of one link that are still to be written. */
typedef struct
{
  const RelayRecord *record;
  unsigned interface; /* its first in the file */
  const uint8_t *block;
  uint64_t time;
  size_t place;
} Cursor;

/* What the child works with. */
typedef struct
{
  char *path, *part;
  Cursor *cursors;
  Cursor **heap;
  unsigned count, in_heap;
  uint8_t *buffer;
  size_t filled;
  int fd;
} Job;

/* --- in the child --- */

static int
flush (Job *job)
{
  size_t done = 0;

  while (done < job->filled)
    {
      ssize_t n = write (job->fd, job->buffer + done, job->filled - done);

      if (n < 0 && errno != EINTR)
        return errno;
      if (n > 0)
        done += (size_t) n;
    }
  job->filled = 0;
  return 0;
}

/* At least so much room in the buffer. */
static int
need (Job *job, size_t length)
{
  return job->filled + length > BUFFER_SIZE ? flush (job) : 0;
}

static void
next_block (Cursor *cursor)
{
  uint32_t high, low;

  cursor->block = relay_record_next (cursor->record, &cursor->place);
  if (cursor->block == NULL)
    return;
  memcpy (&high, cursor->block + TIME_AT, sizeof high);
  memcpy (&low, cursor->block + TIME_AT + 4, sizeof low);
  cursor->time = (uint64_t) high << 32 | low;
}

static void
swap (Job *job, unsigned a, unsigned b)
{
  Cursor *kept = job->heap[a];

  job->heap[a] = job->heap[b];
  job->heap[b] = kept;
}

static void
sift_down (Job *job, unsigned at)
{
  for (;;)
    {
      unsigned least = at;

      for (unsigned child = 2 * at + 1; child <= 2 * at + 2 && child < job->in_heap; child++)
        if (job->heap[child]->time < job->heap[least]->time)
          least = child;
      if (least == at)
        return;
      swap (job, at, least);
      at = least;
    }
}

static void
fill_heap (Job *job)
{
  for (unsigned i = 0; i < job->count; i++)
    {
      next_block (&job->cursors[i]);
      if (job->cursors[i].block != NULL)
        job->heap[job->in_heap++] = &job->cursors[i];
    }
  for (unsigned i = job->in_heap / 2; i-- > 0;)
    sift_down (job, i);
}

/* In a ring a frame's interface is the end of the link; in the file each end has one for each kind
 * of frames. */
static uint32_t
interface_of (const Cursor *cursor)
{
  uint32_t end, kept;

  memcpy (&end, cursor->block + INTERFACE_AT, sizeof end);
  if (!cursor->record->serial)
    return cursor->interface + end;
  memcpy (&kept, cursor->block + INTERFACE_AT + 12, sizeof kept);
  return cursor->interface + end * RELAY_CAPTURE_MAX_KINDS +
         relay_capture_serial_kind (cursor->block + FIXED, kept);
}

static int
write_frames (Job *job)
{
  fill_heap (job);
  while (job->in_heap > 0)
    {
      Cursor *cursor = job->heap[0];
      uint32_t length, interface = interface_of (cursor);
      int error;

      memcpy (&length, cursor->block + 4, sizeof length);
      if ((error = need (job, length)) != 0)
        return error;
      memcpy (job->buffer + job->filled, cursor->block, length);
      memcpy (job->buffer + job->filled + INTERFACE_AT, &interface, sizeof interface);
      job->filled += length;
      next_block (cursor);
      if (cursor->block == NULL)
        job->heap[0] = job->heap[--job->in_heap];
      sift_down (job, 0);
    }
  return 0;
}

static int
write_interfaces (Job *job, const RelayRecord *record)
{
  for (unsigned end = 0; end < 2; end++)
    {
      const char *title = record->titles[end][0] != '\0' ? record->titles[end] : record->ends[end];
      RelayTap tap = { 0 };
      int error;

      relay_tap_set_kinds (&tap, record->serial, 0);
      for (unsigned kind = 0; kind < tap.n_kinds; kind++)
        {
          if ((error = need (job, RELAY_PCAPNG_INTERFACE_MAX)) != 0)
            return error;
          job->filled += relay_pcapng_write_interface (
              job->buffer + job->filled, tap.kinds[kind].link_type, IOU_MAX_PAYLOAD, title, NULL);
        }
    }
  return 0;
}

static int
write_file (Job *job)
{
  int error = 0;

  job->fd = open (job->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (job->fd < 0)
    return errno;
  job->filled = relay_pcapng_write_section (job->buffer);
  for (unsigned i = 0; i < job->count && error == 0; i++)
    error = write_interfaces (job, job->cursors[i].record);
  if (error == 0)
    error = write_frames (job);
  if (error == 0)
    error = flush (job);
  if (error == 0 && fsync (job->fd) < 0)
    error = errno;
  if (close (job->fd) < 0 && error == 0)
    error = errno;
  if (error == 0 && rename (job->part, job->path) < 0)
    error = errno;
  if (error != 0)
    unlink (job->part);
  return error;
}

/* The sockets of devices are the relay's alone. */
static void
run_child (Job *job, int pipe_fd)
{
  int error;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (pipe_fd != 3)
    dup2 (pipe_fd, 3);
  syscall (SYS_close_range, 4u, ~0u, 0u);
  (void) !nice (5); /* frames first */
  error = write_file (job);
  (void) !write (3, &error, sizeof error);
  _exit (0);
}

/* --- in the relay --- */

static void
save_done (Relay *relay, RelayWatch *watch, uint32_t events)
{
  RelaySave *save = RELAY_CONTAINER_OF (watch, RelaySave, watch);
  RelaySave **place = &relay->recorder.saves;
  int error = 0;

  if (read (watch->fd, &error, sizeof error) != sizeof error)
    error = EINTR;
  close (watch->fd);
  relay_watch_remove (relay, watch);
  waitpid (save->pid, NULL, 0);
  if (error == 0)
    relay_control_tell (relay, "! record-saved %s frames=%" PRIu64, save->name, save->frames);
  else
    relay_control_tell (relay, "! record-failed %s %s", save->name, strerror (error));
  while (*place != save)
    place = &(*place)->next;
  *place = save->next;
  relay_loop_free_later (relay, save);
}

void
relay_recorder_abandon_saves (Relay *relay)
{
  while (relay->recorder.saves != NULL)
    {
      RelaySave *save = relay->recorder.saves;
      int fd = save->watch.fd;

      relay->recorder.saves = save->next;
      relay_watch_remove (relay, &save->watch);
      close (fd);
      kill (save->pid, SIGKILL);
      waitpid (save->pid, NULL, 0);
      free (save);
    }
}

static bool
is_wanted (const RelayRecord *record, char **ends, unsigned count)
{
  for (unsigned i = 0; i < count; i++)
    if (strcmp (record->ends[0], ends[i]) == 0 || strcmp (record->ends[1], ends[i]) == 0)
      return true;
  return count == 0;
}

static void
choose (Relay *relay, Job *job, uint64_t *frames, char **ends, unsigned count)
{
  unsigned total = 0, interface = 0;

  for (RelayRecord *record = relay->recorder.records; record != NULL; record = record->next)
    total++;
  job->cursors = relay_new0 ((total + 1) * sizeof *job->cursors);
  job->heap = relay_new0 ((total + 1) * sizeof (Cursor *));
  for (RelayRecord *record = relay->recorder.records; record != NULL; record = record->next)
    if (record->ring != NULL && is_wanted (record, ends, count))
      {
        job->cursors[job->count].record = record;
        job->cursors[job->count++].interface = interface;
        interface += record->serial ? 2 * RELAY_CAPTURE_MAX_KINDS : 2;
        *frames += record->frames;
      }
}

static void
job_clear (Job *job)
{
  free (job->path);
  free (job->part);
  free (job->cursors);
  free (job->heap);
  free (job->buffer);
}

static bool
launch (Relay *relay, Job *job, RelaySave *save, RelayError *error)
{
  int fds[2];

  if (pipe2 (fds, O_CLOEXEC | O_NONBLOCK) < 0)
    return relay_error_set (error, "cannot make a pipe: %s", strerror (errno));
  save->pid = fork ();
  if (save->pid == 0)
    run_child (job, fds[1]);
  close (fds[1]);
  if (save->pid < 0 || !relay_watch_add (relay, &save->watch, fds[0], EPOLLIN, save_done))
    {
      close (fds[0]);
      return relay_error_set (error, "cannot start what writes the recording: %s",
                              strerror (errno));
    }
  return true;
}

bool
relay_recorder_save (Relay *relay,
                     const char *name,
                     const char *path,
                     char **ends,
                     unsigned count,
                     RelayError *error)
{
  RelaySave *save;
  Job job = { .path = relay_strdup (path), .buffer = relay_new0 (BUFFER_SIZE) };
  unsigned saves = 0;
  bool started = false;

  for (save = relay->recorder.saves; save != NULL; save = save->next)
    saves++;
  save = relay_new0 (sizeof *save);
  snprintf (save->name, sizeof save->name, "%s", name);
  job.part = relay_new0 (strlen (path) + sizeof ".part");
  sprintf (job.part, "%s.part", path);
  choose (relay, &job, &save->frames, ends, count);
  if (saves == RELAY_RECORD_MAX_SAVES)
    relay_error_set (error, "%d recordings are being saved: wait for one", RELAY_RECORD_MAX_SAVES);
  else
    started = launch (relay, &job, save, error);
  job_clear (&job);
  if (!started)
    {
      free (save);
      return false;
    }
  save->next = relay->recorder.saves;
  relay->recorder.saves = save;
  return true;
}
