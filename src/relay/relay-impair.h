/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What an impaired link does to the frames of one direction. */

#include "relay-random.h"
#include "relay-util.h"

typedef enum
{
  RELAY_JITTER_UNIFORM, /* from -jitter to +jitter */
  RELAY_JITTER_NORMAL   /* jitter is the standard deviation */
} RelayJitter;

typedef enum
{
  RELAY_FILTER_NONE,
  RELAY_FILTER_ONLY, /* frames that do not match pass unimpaired */
  RELAY_FILTER_DROP  /* frames that match are dropped */
} RelayFilterUse;

/* Probabilities are from 0 to 1, times in nanoseconds; 0 is off. */
typedef struct
{
  uint64_t delay, jitter;
  RelayJitter shape;
  bool free_order; /* a frame may overtake one that jitter delays more */
  double loss;
  double burst_begin, burst_end;   /* Gilbert-Elliott: into the bad state and out of it, a frame */
  double burst_loss, between_loss; /* in the bad state, and in the good one */
  double duplicate, reorder, corrupt;
  uint64_t rate;  /* bits a second */
  unsigned queue; /* frames or bytes that wait for that */
  bool queue_is_bytes;
  unsigned mtu; /* bytes behind the link-layer header */
  unsigned nth; /* every n-th is dropped */
  RelayFilterUse filter_use;
  unsigned link_type; /* for the filter: LINKTYPE_… */
} RelayImpairConfig;

/* Why a frame did not go on, or what happened to it. */
enum
{
  RELAY_IMPAIR_PASSED, /* everything that went on */
  RELAY_IMPAIR_FILTERED,
  RELAY_IMPAIR_NTH,
  RELAY_IMPAIR_MTU,
  RELAY_IMPAIR_LOST,
  RELAY_IMPAIR_QUEUE,
  RELAY_IMPAIR_CORRUPTED,
  RELAY_IMPAIR_DUPLICATED,
  RELAY_IMPAIR_REORDERED,
  RELAY_N_IMPAIR_COUNTERS
};

/* One direction: what is set, and where its random numbers are. Each purpose draws its own ones, so
 * that which frames are lost depends on the seed and the frames' order and on nothing else. */
typedef struct
{
  RelayImpairConfig config;
  uint64_t seed;
  RelayRandom lose, burst, corrupt, duplicate, reorder, time;
  bool bad;          /* in a burst */
  unsigned in_a_row; /* frames since the last n-th */
  uint64_t counters[RELAY_N_IMPAIR_COUNTERS];
} RelayImpair;

/* What is to be done with a frame. */
typedef struct
{
  bool drop, corrupt, duplicate, reorder;
} RelayVerdict;

/* Starts the random numbers anew. */
void relay_impair_seed (RelayImpair *impair, uint64_t seed, unsigned direction);

/* Whether frames have to be kept or changed, instead of dropped or left alone. */
bool relay_impair_touches (const RelayImpairConfig *config);
bool relay_impair_is_off (const RelayImpairConfig *config);

/* `size` is what counts for the MTU. Counts what it decides. */
RelayVerdict relay_impair_judge (RelayImpair *impair, unsigned size);

/* How long a frame is delayed. */
uint64_t relay_impair_draw_delay (RelayImpair *impair);

/* Turns one bit over. */
void relay_impair_corrupt (RelayImpair *impair, uint8_t *data, unsigned length);

/* Reads one KEY=VALUE of the command. False with a sentence. */
bool relay_impair_read_word (RelayImpairConfig *config, const char *word, RelayError *error);
/* False with a sentence when what is set makes no sense together. */
bool relay_impair_check (const RelayImpairConfig *config, RelayError *error);

/* Writes what is set, as the command takes it. */
#define RELAY_IMPAIR_TEXT_SIZE 400
void relay_impair_write (const RelayImpairConfig *config, char *text);
extern const char *const relay_impair_counter_names[RELAY_N_IMPAIR_COUNTERS];
