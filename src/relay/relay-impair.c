/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Decisions about frames of an impaired link. Nothing here looks at a clock or a frame's bytes. */

#include "relay-impair.h"

#include <math.h>

void
relay_impair_seed (RelayImpair *impair, uint64_t seed, unsigned direction)
{
  const uint64_t first = direction * UINT64_C (16);

  impair->seed = seed;
  impair->lose = relay_random (seed, first);
  impair->burst = relay_random (seed, first + 1);
  impair->corrupt = relay_random (seed, first + 2);
  impair->duplicate = relay_random (seed, first + 3);
  impair->reorder = relay_random (seed, first + 4);
  impair->time = relay_random (seed, first + 5);
  impair->bad = false;
  impair->in_a_row = 0;
}

bool
relay_impair_touches (const RelayImpairConfig *config)
{
  return config->delay > 0 || config->jitter > 0 || config->rate > 0 || config->duplicate > 0 ||
         config->reorder > 0 || config->corrupt > 0;
}

bool
relay_impair_is_off (const RelayImpairConfig *config)
{
  return !relay_impair_touches (config) && config->loss <= 0 && config->burst_begin <= 0 &&
         config->mtu == 0 && config->nth == 0 && config->filter_use != RELAY_FILTER_DROP;
}

/* The Gilbert-Elliott model: two states, each with a loss of its own, and a chance for each frame
 * to go from one to the other. */
static bool
burst_drops (RelayImpair *impair)
{
  const RelayImpairConfig *config = &impair->config;

  if (config->burst_begin <= 0)
    return false;
  if (relay_random_unit (&impair->burst) < (impair->bad ? config->burst_end : config->burst_begin))
    impair->bad = !impair->bad;
  return relay_random_unit (&impair->burst) <
         (impair->bad ? config->burst_loss : config->between_loss);
}

static bool
is_nth (RelayImpair *impair)
{
  if (impair->config.nth == 0 || ++impair->in_a_row < impair->config.nth)
    return false;
  impair->in_a_row = 0;
  return true;
}

RelayVerdict
relay_impair_judge (RelayImpair *impair, unsigned size)
{
  const RelayImpairConfig *config = &impair->config;
  RelayVerdict verdict = { .drop = true };
  bool nth = is_nth (impair);
  bool lost = config->loss > 0 && relay_random_unit (&impair->lose) < config->loss;

  lost |= burst_drops (impair);
  if (nth)
    impair->counters[RELAY_IMPAIR_NTH]++;
  else if (config->mtu > 0 && size > config->mtu)
    impair->counters[RELAY_IMPAIR_MTU]++;
  else if (lost)
    impair->counters[RELAY_IMPAIR_LOST]++;
  else
    {
      verdict.drop = false;
      verdict.corrupt =
          config->corrupt > 0 && relay_random_unit (&impair->corrupt) < config->corrupt;
      verdict.duplicate =
          config->duplicate > 0 && relay_random_unit (&impair->duplicate) < config->duplicate;
      verdict.reorder =
          config->reorder > 0 && relay_random_unit (&impair->reorder) < config->reorder;
      impair->counters[RELAY_IMPAIR_CORRUPTED] += verdict.corrupt;
      impair->counters[RELAY_IMPAIR_DUPLICATED] += verdict.duplicate;
      impair->counters[RELAY_IMPAIR_REORDERED] += verdict.reorder;
    }
  return verdict;
}

/* Marsaglia's polar method: a point in the unit circle gives a number of the normal distribution.
 */
static double
draw_normal (RelayRandom *random)
{
  double x, y, square;

  do
    {
      x = 2 * relay_random_unit (random) - 1;
      y = 2 * relay_random_unit (random) - 1;
      square = x * x + y * y;
    }
  while (square >= 1 || square <= 0);
  return x * sqrt (-2 * log (square) / square);
}

uint64_t
relay_impair_draw_delay (RelayImpair *impair)
{
  const RelayImpairConfig *config = &impair->config;
  double delay;

  if (config->jitter == 0)
    return config->delay;
  if (config->shape == RELAY_JITTER_NORMAL)
    delay = draw_normal (&impair->time);
  else
    delay = 2 * relay_random_unit (&impair->time) - 1;
  delay = (double) config->delay + delay * (double) config->jitter;
  return delay > 0 ? (uint64_t) delay : 0;
}

void
relay_impair_corrupt (RelayImpair *impair, uint8_t *data, unsigned length)
{
  uint64_t bit = relay_random_bits (&impair->corrupt) % (length * UINT64_C (8));

  data[bit / 8] ^= (uint8_t) (1u << bit % 8);
}
