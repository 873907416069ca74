/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-util.h"

#define RELAY_MAX_WORDS 256

typedef struct
{
  char *words[RELAY_MAX_WORDS];
  unsigned count;
} RelayWords;

/* Splits a line at blanks, in place. False if there are too many words. */
bool relay_words_split (RelayWords *words, char *line);

/* If the word is KEY=VALUE, the value. */
const char *relay_word_value (const char *word, const char *key);

/* "%20" is a blank, in place. */
void relay_word_decode (char *word);

/* `what` names the thing in the error. */
bool relay_word_number (const char *word,
                        const char *what,
                        unsigned long min,
                        unsigned long max,
                        unsigned *number,
                        RelayError *error);
bool relay_word_switch (const char *word, const char *what, bool *on, RelayError *error);
bool relay_word_is_device_name (const char *word, RelayError *error);
bool relay_word_is_link_name (const char *word, RelayError *error);
