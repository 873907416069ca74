/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ring has one writer (the relay) and one reader (the thread), each with an index of its own
 * that only ever grows, so that no lock is needed. It is mapped twice, end to beginning, so that a
 * block is always in one piece. When it is full, frames are dropped and counted: a slow disk costs
 * the capture something, never the lab.
 *
 * A file always ends behind a whole block: when one could not be written to its end (a full disk),
 * the file is cut back to where it began. */

#include "relay-capture-writer.h"

#include "relay-pcapng.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define RING_SIZE    ((size_t) 8 << 20)
#define GIVE_UP_MS   1000
#define MAX_WRITE    ((size_t) 256 << 10)
#define BLOCK_LENGTH 4 /* offset of a block's length */

struct RelayCaptureWriter
{
  uint8_t *ring; /* twice RING_SIZE */
  _Atomic uint64_t filled, emptied, written;
  atomic_bool sleeping, stopping;
  int wake_fd, done_fd;
  pthread_t thread;
  int error;

  /* the thread's own */
  int fd;
  bool regular;
  char *path;
  void *head;
  size_t head_length;
  uint64_t size, length; /* of a file at most, and of this one */
  unsigned files, number;
  uint64_t span, begun; /* nanoseconds of a file at most (0: any), and when this one began */
};

static uint8_t *
map_ring (void)
{
  int fd = memfd_create ("capture", MFD_CLOEXEC);
  uint8_t *area = MAP_FAILED;

  if (fd < 0)
    return NULL;
  if (ftruncate (fd, (off_t) RING_SIZE) == 0)
    area = mmap (NULL, 2 * RING_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area != MAP_FAILED)
    for (unsigned i = 0; i < 2; i++)
      if (mmap (area + i * RING_SIZE, RING_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd,
                0) == MAP_FAILED)
        {
          munmap (area, 2 * RING_SIZE);
          area = MAP_FAILED;
          break;
        }
  close (fd);
  return area != MAP_FAILED ? area : NULL;
}

/* --- the relay's side --- */

void *
relay_capture_writer_reserve (RelayCaptureWriter *writer, size_t length)
{
  uint64_t filled = atomic_load_explicit (&writer->filled, memory_order_relaxed);
  uint64_t emptied = atomic_load_explicit (&writer->emptied, memory_order_acquire);

  return filled - emptied + length <= RING_SIZE ? writer->ring + filled % RING_SIZE : NULL;
}

void
relay_capture_writer_commit (RelayCaptureWriter *writer, size_t length)
{
  atomic_fetch_add_explicit (&writer->filled, length, memory_order_release);
}

void
relay_capture_writer_flush (RelayCaptureWriter *writer)
{
  const uint64_t one = 1;

  if (atomic_load (&writer->sleeping))
    (void) !write (writer->wake_fd, &one, sizeof one);
}

void
relay_capture_writer_stop (RelayCaptureWriter *writer)
{
  const uint64_t one = 1;

  atomic_store (&writer->stopping, true);
  (void) !write (writer->wake_fd, &one, sizeof one);
}

uint64_t
relay_capture_writer_written (RelayCaptureWriter *writer)
{
  return atomic_load_explicit (&writer->written, memory_order_relaxed);
}

/* --- the thread's side --- */

static bool
is_one_of_many (const RelayCaptureWriter *writer)
{
  return writer->size != 0 || writer->span != 0;
}

/* NAME.pcapng, or one of many: NAME-1.pcapng and so on. */
static char *
file_name (const RelayCaptureWriter *writer, unsigned number)
{
  const char *slash = strrchr (writer->path, '/');
  const char *dot = strrchr (slash != NULL ? slash : writer->path, '.');
  size_t stem = dot != NULL ? (size_t) (dot - writer->path) : strlen (writer->path);
  char *name = relay_new0 (strlen (writer->path) + 16);

  if (!is_one_of_many (writer))
    strcpy (name, writer->path);
  else
    sprintf (name, "%.*s-%u%s", (int) stem, writer->path, number, writer->path + stem);
  return name;
}

/* A pipe is opened without waiting for its reader, who must be there. */
static int
open_file (RelayCaptureWriter *writer)
{
  char *name = file_name (writer, ++writer->number);
  struct stat info;
  int error = 0;

  writer->fd =
      open (name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, 0600);
  if (writer->fd < 0)
    error = errno;
  else
    writer->regular = fstat (writer->fd, &info) == 0 && S_ISREG (info.st_mode);
  writer->length = 0;
  writer->begun = relay_clock ();
  free (name);
  return error;
}

/* Waits until a pipe takes more. False: given up. */
static bool
wait_writable (RelayCaptureWriter *writer)
{
  struct pollfd entry = { .fd = writer->fd, .events = POLLOUT };

  while (poll (&entry, 1, GIVE_UP_MS) == 0)
    if (atomic_load (&writer->stopping))
      return false;
  return true;
}

/* Returns an errno, or 0; `done` is how much was written. */
static int
write_all (RelayCaptureWriter *writer, const void *data, size_t length, size_t *done)
{
  *done = 0;
  while (*done < length)
    {
      ssize_t n = write (writer->fd, (const uint8_t *) data + *done, length - *done);

      if (n > 0)
        *done += (size_t) n;
      else if (n < 0 && errno == EAGAIN)
        {
          if (!wait_writable (writer))
            return ETIMEDOUT;
        }
      else if (n == 0 || errno != EINTR)
        return n == 0 ? EIO : errno;
    }
  return 0;
}

static uint32_t
block_length (const uint8_t *block)
{
  uint32_t length;

  memcpy (&length, block + BLOCK_LENGTH, sizeof length);
  return length;
}

static uint32_t
block_type (const uint8_t *block)
{
  uint32_t type;

  memcpy (&type, block, sizeof type);
  return type;
}

/* Cuts off what is left of a block that was begun. */
static void
cut (RelayCaptureWriter *writer, const uint8_t *data, size_t done)
{
  size_t whole = 0;

  while (whole < done && whole + block_length (data + whole) <= done)
    whole += block_length (data + whole);
  if (writer->regular)
    (void) !ftruncate (writer->fd, (off_t) (writer->length + whole));
}

static int
write_blocks (RelayCaptureWriter *writer, const uint8_t *data, size_t length)
{
  size_t done;
  int error = write_all (writer, data, length, &done);

  if (error != 0)
    cut (writer, data, done);
  writer->length += done;
  atomic_fetch_add_explicit (&writer->written, done, memory_order_relaxed);
  return error;
}

static int
next_file (RelayCaptureWriter *writer)
{
  int error;

  close (writer->fd);
  if (writer->files > 0 && writer->number >= writer->files)
    {
      char *oldest = file_name (writer, writer->number - writer->files + 1);

      unlink (oldest);
      free (oldest);
    }
  error = open_file (writer);
  return error != 0 ? error : write_blocks (writer, writer->head, writer->head_length);
}

/* As many whole blocks as fit into one write and into this file; at least one. */
static size_t
measure (const RelayCaptureWriter *writer, const uint8_t *data, size_t length)
{
  uint64_t room = writer->size > writer->length ? writer->size - writer->length : 0;
  size_t most = length < MAX_WRITE ? length : MAX_WRITE;
  size_t whole = block_length (data);

  if (writer->size != 0 && room < most)
    most = (size_t) room;
  while (whole < length && whole + block_length (data + whole) <= most)
    whole += block_length (data + whole);
  return whole;
}

/* By size or by time; a file has one frame at least. Counts at the end make no file of their own.
 */
static bool
is_full (const RelayCaptureWriter *writer, const uint8_t *next)
{
  if (writer->length <= writer->head_length)
    return false;
  return (writer->size != 0 && writer->length + block_length (next) > writer->size) ||
         (writer->span != 0 && block_type (next) == RELAY_PCAPNG_FRAME &&
          relay_clock () - writer->begun >= writer->span);
}

static int
write_some (RelayCaptureWriter *writer, uint64_t emptied, size_t length)
{
  const uint8_t *data = writer->ring + emptied % RING_SIZE;
  size_t whole;
  int error = 0;

  if (is_full (writer, data))
    error = next_file (writer);
  if (error != 0)
    return error;
  whole = measure (writer, data, length);
  error = write_blocks (writer, data, whole);
  atomic_store_explicit (&writer->emptied, emptied + whole, memory_order_release);
  return error;
}

/* Until there is more, or nobody reads the pipe any more. */
static void
wait_for_relay (RelayCaptureWriter *writer)
{
  struct pollfd entries[] = { { .fd = writer->wake_fd, .events = POLLIN },
                              { .fd = writer->regular ? -1 : writer->fd } };
  uint64_t count;

  if (poll (entries, 2, -1) > 0 && entries[0].revents != 0)
    (void) !read (writer->wake_fd, &count, sizeof count);
  if ((entries[1].revents & POLLERR) != 0)
    writer->error = EPIPE;
}

/* False when there is nothing more to come. */
static bool
sleep_for_more (RelayCaptureWriter *writer, uint64_t emptied)
{
  atomic_store (&writer->sleeping, true);
  if (atomic_load (&writer->filled) == emptied)
    {
      if (atomic_load (&writer->stopping))
        return false;
      wait_for_relay (writer);
    }
  atomic_store (&writer->sleeping, false);
  return true;
}

static void *
run (void *data)
{
  RelayCaptureWriter *writer = data;
  const uint64_t one = 1;

  writer->error = write_blocks (writer, writer->head, writer->head_length);
  while (writer->error == 0)
    {
      uint64_t emptied = atomic_load_explicit (&writer->emptied, memory_order_relaxed);
      uint64_t filled = atomic_load_explicit (&writer->filled, memory_order_acquire);

      if (filled > emptied)
        writer->error = write_some (writer, emptied, (size_t) (filled - emptied));
      else if (!sleep_for_more (writer, emptied))
        break;
    }
  if (writer->fd >= 0)
    {
      if (close (writer->fd) < 0 && writer->error == 0)
        writer->error = errno;
    }
  (void) !write (writer->done_fd, &one, sizeof one);
  return NULL;
}

static void
free_parts (RelayCaptureWriter *writer)
{
  if (writer->ring != NULL)
    munmap (writer->ring, 2 * RING_SIZE);
  if (writer->wake_fd >= 0)
    close (writer->wake_fd);
  if (writer->done_fd >= 0)
    close (writer->done_fd);
  free (writer->path);
  free (writer->head);
  free (writer);
}

RelayCaptureWriter *
relay_capture_writer_new (const RelayCaptureFile *file,
                          const void *head,
                          size_t head_length,
                          int *done_fd,
                          RelayError *error)
{
  RelayCaptureWriter *writer = relay_new0 (sizeof *writer);
  int problem;

  writer->path = relay_strdup (file->path);
  writer->size = file->size;
  writer->span = file->seconds * RELAY_NS_PER_S;
  writer->files = file->files;
  writer->head = relay_new0 (head_length);
  memcpy (writer->head, head, head_length);
  writer->head_length = head_length;
  writer->ring = map_ring ();
  writer->wake_fd = eventfd (0, EFD_CLOEXEC);
  writer->done_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  problem = writer->ring == NULL || writer->wake_fd < 0 || writer->done_fd < 0 ? ENOMEM
                                                                               : open_file (writer);
  if (problem == 0 && (problem = pthread_create (&writer->thread, NULL, run, writer)) != 0)
    close (writer->fd);
  if (problem == 0)
    {
      *done_fd = writer->done_fd;
      return writer;
    }
  relay_error_set (error, "cannot write the capture %.300s: %s", file->path,
                   problem == ENXIO ? "nobody reads the pipe" : strerror (problem));
  free_parts (writer);
  return NULL;
}

int
relay_capture_writer_free (RelayCaptureWriter *writer)
{
  int error;

  pthread_join (writer->thread, NULL);
  error = writer->error;
  free_parts (writer);
  return error;
}
