/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* Numbers that look random and are the same for the same seed (SplitMix64: the state is a counter
 * with a step, the number its mixed bits). */
typedef struct
{
  uint64_t state;
} RelayRandom;

/* `stream` sets apart what is drawn from one seed for different purposes. */
static inline RelayRandom
relay_random (uint64_t seed, uint64_t stream)
{
  return (RelayRandom){ seed ^ (stream + 1) * UINT64_C (0xd1342543de82ef95) };
}

/* The next one, all 64 bits of it. */
static inline uint64_t
relay_random_bits (RelayRandom *random)
{
  uint64_t z = random->state += UINT64_C (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * UINT64_C (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C (0x94d049bb133111eb);
  return z ^ z >> 31;
}

/* From 0 to below 1. */
static inline double
relay_random_unit (RelayRandom *random)
{
  return (double) (relay_random_bits (random) >> 11) * 0x1p-53;
}
