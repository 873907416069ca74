/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-words.h"

#include "relay-device.h"
#include "relay-link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS  "0123456789"

bool
relay_words_split (RelayWords *words, char *line)
{
  static const char blanks[] = " \t\r\n";
  char *rest = NULL, *word = strtok_r (line, blanks, &rest);

  for (words->count = 0; word != NULL; word = strtok_r (NULL, blanks, &rest))
    {
      if (words->count == RELAY_MAX_WORDS)
        return false;
      words->words[words->count++] = word;
    }
  return true;
}

const char *
relay_word_value (const char *word, const char *key)
{
  size_t length = strlen (key);

  return strncmp (word, key, length) == 0 && word[length] == '=' ? word + length + 1 : NULL;
}

bool
relay_word_number (const char *word,
                   const char *what,
                   unsigned long min,
                   unsigned long max,
                   unsigned *number,
                   RelayError *error)
{
  unsigned long value = max + 1;
  char *end = NULL;

  errno = 0;
  if (word[0] >= '0' && word[0] <= '9')
    value = strtoul (word, &end, 10);
  if (end == NULL || *end != '\0' || errno != 0 || value < min || value > max)
    return relay_error_set (error, "%s must be a number from %lu to %lu, not \"%.40s\"", what, min,
                            max, word);
  *number = (unsigned) value;
  return true;
}

bool
relay_word_switch (const char *word, const char *what, bool *on, RelayError *error)
{
  *on = strcmp (word, "on") == 0;
  if (*on || strcmp (word, "off") == 0)
    return true;
  return relay_error_set (error, "%s must be on or off, not \"%.40s\"", what, word);
}

bool
relay_word_is_device_name (const char *word, RelayError *error)
{
  if (strlen (word) <= RELAY_DEVICE_NAME_MAX && strspn (word, LETTERS) > 0 &&
      word[strspn (word, LETTERS DIGITS "_.-")] == '\0')
    return true;
  return relay_error_set (error,
                          "\"%.40s\" is not a name: use a letter, then letters, digits, '_', '.' "
                          "and '-', %d in all at most",
                          word, RELAY_DEVICE_NAME_MAX);
}

bool
relay_word_is_link_name (const char *word, RelayError *error)
{
  size_t length = strlen (word);

  if (length >= 1 && length <= RELAY_LINK_NAME_MAX &&
      strspn (word, LETTERS DIGITS "_.:/=-") == length)
    return true;
  return relay_error_set (error,
                          "\"%.70s\" is not a link's name: use letters, digits and _ . : / = -, "
                          "%d at most",
                          word, RELAY_LINK_NAME_MAX);
}

static int
hex (char c)
{
  const char *digits = "0123456789abcdef", *found = c != '\0' ? strchr (digits, c | 0x20) : NULL;

  return found != NULL ? (int) (found - digits) : -1;
}

void
relay_word_decode (char *word)
{
  char *out = word;

  for (; *word != '\0'; word++, out++)
    if (word[0] == '%' && hex (word[1]) >= 0 && hex (word[2]) >= 0)
      {
        *out = (char) (hex (word[1]) << 4 | hex (word[2]));
        word += 2;
      }
    else
      *out = *word;
  *out = '\0';
}
