/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-util.h"

/* The thread that writes a capture. The relay puts whole blocks into a ring, and never waits. */
typedef struct RelayCaptureWriter RelayCaptureWriter;

typedef struct
{
  const char *path;
  uint64_t size;  /* a new file begins when one would be longer; 0: never */
  unsigned seconds; /* a new file begins with the first frame after so long; 0: never */
  unsigned files; /* older ones are removed; 0: none is */
} RelayCaptureFile;

/* `head` is what each file begins with; it is copied. Makes the file, and starts the thread.
 * `done_fd`: where the end of the thread can be read. NULL with a sentence. */
RelayCaptureWriter *relay_capture_writer_new (const RelayCaptureFile *file,
                                              const void *head,
                                              size_t head_length,
                                              int *done_fd,
                                              RelayError *error);

/* Room for a block of this length, or NULL; and says that it is filled in. */
void *relay_capture_writer_reserve (RelayCaptureWriter *writer, size_t length);
void relay_capture_writer_commit (RelayCaptureWriter *writer, size_t length);
/* Wakes the thread if it sleeps. */
void relay_capture_writer_flush (RelayCaptureWriter *writer);

/* Ends when everything is written; a pipe that nobody reads is given up. */
void relay_capture_writer_stop (RelayCaptureWriter *writer);
/* Waits for the end. Returns an errno, or 0. */
int relay_capture_writer_free (RelayCaptureWriter *writer);

/* Bytes written so far. */
uint64_t relay_capture_writer_written (RelayCaptureWriter *writer);
