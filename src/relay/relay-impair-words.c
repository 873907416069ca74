/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of the command "impair", read and written. Numbers are read by hand and not by
 * strtod(), which would take "inf", "nan", hexadecimal digits and the point of the locale. */

#include "relay-impair.h"

#include "relay-words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MAX_DELAY  (60 * RELAY_NS_PER_S)
#define MIN_RATE   1000
#define MAX_RATE   UINT64_C (100000000000)
#define MAX_QUEUE  (64u << 20)
#define MAX_DIGITS 15

const char *const relay_impair_counter_names[RELAY_N_IMPAIR_COUNTERS] = {
  [RELAY_IMPAIR_PASSED] = "passed",       [RELAY_IMPAIR_FILTERED] = "filtered",
  [RELAY_IMPAIR_NTH] = "nth_dropped",     [RELAY_IMPAIR_MTU] = "too_long",
  [RELAY_IMPAIR_LOST] = "lost",           [RELAY_IMPAIR_QUEUE] = "queue_full",
  [RELAY_IMPAIR_CORRUPTED] = "corrupted", [RELAY_IMPAIR_DUPLICATED] = "duplicated",
  [RELAY_IMPAIR_REORDERED] = "reordered",
};

typedef struct
{
  const char *name;
  double factor;
} Unit;

static const Unit times[] = { { "us", 1e3 }, { "ms", 1e6 }, { "s", 1e9 }, { "", 1e6 }, { NULL } };
static const Unit rates[] = {
  { "bit", 1 },    { "kbit", 1e3 }, { "Mbit", 1e6 }, { "mbit", 1e6 },
  { "Gbit", 1e9 }, { "gbit", 1e9 }, { "", 1 },       { NULL },
};
static const Unit shares[] = { { "%", 0.01 }, { "", 0.01 }, { NULL } };
static const Unit sizes[] = { { "B", 1 }, { "kB", 1e3 }, { "MB", 1e6 }, { NULL } };

/* A decimal number; `end` is what is behind it. False if there is none. */
static bool
read_decimal (const char *text, double *value, const char **end)
{
  double scale = 1;
  unsigned digits = 0;

  *value = 0;
  for (; *text >= '0' && *text <= '9' && digits < MAX_DIGITS; text++, digits++)
    *value = *value * 10 + (*text - '0');
  if (digits > 0 && *text == '.')
    for (text++; *text >= '0' && *text <= '9' && digits < MAX_DIGITS; text++, digits++)
      *value += (*text - '0') * (scale /= 10);
  *end = text;
  return digits > 0 && !(*text >= '0' && *text <= '9');
}

static bool
read_unit (const char *text, const Unit *units, double *value)
{
  const char *end;

  if (read_decimal (text, value, &end))
    for (; units->name != NULL; units++)
      if (strcmp (end, units->name) == 0)
        {
          *value *= units->factor;
          return true;
        }
  return false;
}

static bool
read_time (const char *text, const char *what, uint64_t *time, RelayError *error)
{
  double value;

  if (!read_unit (text, times, &value) || value > (double) MAX_DELAY)
    return relay_error_set (error, "%s must be a time up to 60s, like 100ms or 0.5s, not \"%.40s\"",
                            what, text);
  *time = (uint64_t) (value + 0.5);
  return true;
}

static bool
read_share (const char *text, const char *what, double *share, RelayError *error)
{
  if (read_unit (text, shares, share) && *share <= 1)
    return true;
  *share = 0;
  return relay_error_set (error, "%s must be a share from 0 to 100, like 0.5%%, not \"%.40s\"",
                          what, text);
}

static bool
read_rate (const char *text, uint64_t *rate, RelayError *error)
{
  double value;

  if (!read_unit (text, rates, &value) ||
      (value != 0 && (value < MIN_RATE || value > (double) MAX_RATE)))
    return relay_error_set (
        error, "rate must be from 1kbit to 100Gbit a second, like 2Mbit, not \"%.40s\"", text);
  *rate = (uint64_t) (value + 0.5);
  return true;
}

static bool
read_queue (const char *text, RelayImpairConfig *config, RelayError *error)
{
  double value;

  config->queue_is_bytes = read_unit (text, sizes, &value);
  if (config->queue_is_bytes && value >= 1 && value <= MAX_QUEUE)
    {
      config->queue = (unsigned) value;
      return true;
    }
  config->queue_is_bytes = false;
  if (relay_word_number (text, "queue", 1, 1000000, &config->queue, error))
    return true;
  return relay_error_set (
      error, "queue must be frames (1 to 1000000) or bytes (like 64kB), not \"%.40s\"", text);
}

/* BEGIN/END[/LOSS[/BETWEEN]] */
static bool
read_burst (const char *text, RelayImpairConfig *config, RelayError *error)
{
  double *const shares_of[] = { &config->burst_begin, &config->burst_end, &config->burst_loss,
                                &config->between_loss };
  char part[32];
  unsigned count = 0;

  config->burst_loss = 1;
  config->between_loss = 0;
  while (count < RELAY_N_ELEMENTS (shares_of))
    {
      size_t length = strcspn (text, "/");

      if (length == 0 || length >= sizeof part)
        break;
      memcpy (part, text, length);
      part[length] = '\0';
      if (!read_share (part, "burst", shares_of[count++], error))
        return false;
      text += length;
      if (*text == '\0')
        break;
      text++;
    }
  if (count >= 2 && *text == '\0')
    return true;
  return relay_error_set (error, "burst must be BEGIN/END, or BEGIN/END/LOSS/BETWEEN, in per cent, "
                                 "like 1/25");
}

static bool
read_shape (const char *text, RelayImpairConfig *config, RelayError *error)
{
  config->shape = strcmp (text, "normal") == 0 ? RELAY_JITTER_NORMAL : RELAY_JITTER_UNIFORM;
  if (config->shape == RELAY_JITTER_NORMAL || strcmp (text, "uniform") == 0)
    return true;
  return relay_error_set (error, "shape must be uniform or normal, not \"%.40s\"", text);
}

static bool
read_order (const char *text, RelayImpairConfig *config, RelayError *error)
{
  config->free_order = strcmp (text, "free") == 0;
  if (config->free_order || strcmp (text, "kept") == 0)
    return true;
  return relay_error_set (error, "order must be kept or free, not \"%.40s\"", text);
}

bool
relay_impair_read_word (RelayImpairConfig *config, const char *word, RelayError *error)
{
  const char *value;

  if ((value = relay_word_value (word, "delay")) != NULL)
    return read_time (value, "delay", &config->delay, error);
  if ((value = relay_word_value (word, "jitter")) != NULL)
    return read_time (value, "jitter", &config->jitter, error);
  if ((value = relay_word_value (word, "shape")) != NULL)
    return read_shape (value, config, error);
  if ((value = relay_word_value (word, "order")) != NULL)
    return read_order (value, config, error);
  if ((value = relay_word_value (word, "loss")) != NULL)
    return read_share (value, "loss", &config->loss, error);
  if ((value = relay_word_value (word, "burst")) != NULL)
    return read_burst (value, config, error);
  if ((value = relay_word_value (word, "duplicate")) != NULL)
    return read_share (value, "duplicate", &config->duplicate, error);
  if ((value = relay_word_value (word, "reorder")) != NULL)
    return read_share (value, "reorder", &config->reorder, error);
  if ((value = relay_word_value (word, "corrupt")) != NULL)
    return read_share (value, "corrupt", &config->corrupt, error);
  if ((value = relay_word_value (word, "rate")) != NULL)
    return read_rate (value, &config->rate, error);
  if ((value = relay_word_value (word, "queue")) != NULL)
    return read_queue (value, config, error);
  if ((value = relay_word_value (word, "mtu")) != NULL)
    return relay_word_number (value, "mtu", 0, 4096, &config->mtu, error);
  if ((value = relay_word_value (word, "nth")) != NULL)
    return relay_word_number (value, "nth", 0, 1000000000, &config->nth, error);
  return relay_error_set (error, "unknown option \"%.40s\" of impair", word);
}

bool
relay_impair_check (const RelayImpairConfig *config, RelayError *error)
{
  if (config->queue > 0 && config->rate == 0)
    return relay_error_set (error, "a queue needs a rate: say rate= as well");
  if (config->jitter == 0 && (config->shape != RELAY_JITTER_UNIFORM || config->free_order))
    return relay_error_set (error, "shape and order are about jitter: say jitter= as well");
  if (config->burst_begin > 0 && config->burst_end <= 0)
    return relay_error_set (error, "a burst that never ends: the second number must be above 0");
  return true;
}

static void __attribute__ ((format (printf, 2, 3))) append (char *text, const char *format, ...)
{
  size_t length = strlen (text);
  va_list args;

  va_start (args, format);
  vsnprintf (text + length, RELAY_IMPAIR_TEXT_SIZE - length, format, args);
  va_end (args);
}

static void
append_share (char *text, const char *key, double share)
{
  if (share > 0)
    append (text, " %s=%.10g%%", key, share * 100);
}

void
relay_impair_write (const RelayImpairConfig *config, char *text)
{
  text[0] = '\0';
  if (config->delay > 0)
    append (text, " delay=%.10gms", (double) config->delay / 1e6);
  if (config->jitter > 0)
    append (text, " jitter=%.10gms shape=%s order=%s", (double) config->jitter / 1e6,
            config->shape == RELAY_JITTER_NORMAL ? "normal" : "uniform",
            config->free_order ? "free" : "kept");
  append_share (text, "loss", config->loss);
  if (config->burst_begin > 0)
    append (text, " burst=%.10g/%.10g/%.10g/%.10g", config->burst_begin * 100,
            config->burst_end * 100, config->burst_loss * 100, config->between_loss * 100);
  append_share (text, "duplicate", config->duplicate);
  append_share (text, "reorder", config->reorder);
  append_share (text, "corrupt", config->corrupt);
  if (config->rate > 0)
    append (text, " rate=%" PRIu64 "bit", config->rate);
  if (config->queue > 0)
    append (text, " queue=%u%s", config->queue, config->queue_is_bytes ? "B" : "");
  if (config->mtu > 0)
    append (text, " mtu=%u", config->mtu);
  if (config->nth > 0)
    append (text, " nth=%u", config->nth);
}
