/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line of an IOU image, both ways. One table says for each letter whether it takes a
 * number, a text or nothing, where it goes and what is allowed; both ways follow it. */

#include "iou-command.h"

#include <string.h>

#include "iou-frame.h"
#include "iou-nvram.h"

typedef enum
{
  OPTION_FLAG,
  OPTION_NUMBER,
  OPTION_TEXT,
} OptionKind;

typedef struct
{
  char letter;
  OptionKind kind;
  gsize offset; /* of its field in IouCommand */
  guint min;
  guint max;
  gboolean always; /* written even when 0 */
  const char *meaning;
} Option;

#define FLAG(letter, field)                                                                        \
  {                                                                                                \
    letter, OPTION_FLAG, G_STRUCT_OFFSET (IouCommand, field), 0, 0, FALSE, NULL                    \
  }
#define TEXT(letter, field, meaning)                                                               \
  {                                                                                                \
    letter, OPTION_TEXT, G_STRUCT_OFFSET (IouCommand, field), 0, 0, FALSE, meaning                 \
  }
#define NUMBER(letter, field, min, max, always, meaning)                                           \
  {                                                                                                \
    letter, OPTION_NUMBER, G_STRUCT_OFFSET (IouCommand, field), min, max, always, meaning          \
  }

/* In the order in which they are written. */
static const Option options[] = {
  NUMBER ('e', ethernet_adapters, 0, IOU_MAX_ADAPTERS, TRUE, "the number of Ethernet adapters"),
  NUMBER ('s', serial_adapters, 0, IOU_MAX_ADAPTERS, TRUE, "the number of serial adapters"),
  NUMBER ('n', nvram, IOU_NVRAM_MIN_KB, IOU_NVRAM_MAX_KB, FALSE, "the size of the NVRAM in KB"),
  NUMBER ('m', ram, 1, 1024 * 1024, FALSE, "the memory in MB"),
  TEXT ('c', config, "the name of a configuration file"),
  FLAG ('l', keepalives),
  FLAG ('L', remote_console),
  FLAG ('d', debug),
  FLAG ('t', trace),
  FLAG ('q', quiet),
  FLAG ('C', no_host_clock),
  FLAG ('R', ignore_iourc),
  FLAG ('U', no_unix),
  FLAG ('W', no_watchdog),
  FLAG ('N', ignore_netmap),
  NUMBER ('u', udp_base, 1, 65535, FALSE, "the first UDP port"),
  TEXT ('b', debug_string, "a debug string"),
  FLAG ('h', help),
};

IouCommand *
iou_command_new (void)
{
  IouCommand *self = g_new0 (IouCommand, 1);

  self->ethernet_adapters = IOU_DEFAULT_ADAPTERS;
  self->serial_adapters = IOU_DEFAULT_ADAPTERS;
  return self;
}

void
iou_command_free (IouCommand *self)
{
  if (self == NULL)
    return;

  g_free (self->config);
  g_free (self->debug_string);
  g_free (self);
}

static const Option *
find_option (char letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].letter == letter)
      return &options[i];

  return NULL;
}

static gboolean
set_number (IouCommand *self, const Option *option, const char *text, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, option->min, option->max, &value, NULL))
    {
      g_autofree char *shown = g_utf8_make_valid (text, -1);

      g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                   "Option -%c needs %s, from %u to %u, not “%s”.", option->letter, option->meaning,
                   option->min, option->max, shown);
      return FALSE;
    }

  G_STRUCT_MEMBER (guint, self, option->offset) = (guint) value;
  return TRUE;
}

static gboolean
set_value (IouCommand *self, const Option *option, const char *text, GError **error)
{
  char **field;

  if (text == NULL || *text == '\0')
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID, "Option -%c needs %s after it.",
                   option->letter, option->meaning);
      return FALSE;
    }

  if (option->kind == OPTION_NUMBER)
    return set_number (self, option, text, error);

  field = &G_STRUCT_MEMBER (char *, self, option->offset);
  g_free (*field);
  *field = g_strdup (text);
  return TRUE;
}

/* One word of letters, "-lq" or "-le2": flags until a letter takes the rest or the next word. */
static gboolean
parse_letters (
    IouCommand *self, const char *word, const char *next, gboolean *used_next, GError **error)
{
  for (const char *p = word + 1; *p != '\0'; p++)
    {
      const Option *option = find_option (*p);

      if (option == NULL)
        {
          g_autofree char *shown = g_utf8_make_valid (word, -1);

          g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                       "“%s” is not an option of IOU. Run the image with -h for the list.", shown);
          return FALSE;
        }

      if (option->kind != OPTION_FLAG)
        {
          *used_next = p[1] == '\0';
          return set_value (self, option, *used_next ? next : p + 1, error);
        }

      G_STRUCT_MEMBER (gboolean, self, option->offset) = TRUE;
    }

  return TRUE;
}

static gboolean
parse_id (IouCommand *self, const char *word, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid (word, -1);
  guint64 id;

  if (!g_ascii_string_to_unsigned (word, 10, 1, IOU_MAX_ID, &id, NULL))
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                   "The application id must be a number from 1 to %d, not “%s”.", IOU_MAX_ID,
                   shown);
      return FALSE;
    }

  if (self->id != 0)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                   "Only one application id can be given, but there are %u and %s.", self->id,
                   shown);
      return FALSE;
    }

  self->id = (guint) id;
  return TRUE;
}

static gboolean
check_whole (const IouCommand *self, GError **error)
{
  if (self->help)
    return TRUE;

  if (self->id == 0)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID,
                   "The application id is missing. Give a number from 1 to %d as the last word.",
                   IOU_MAX_ID);
      return FALSE;
    }

  if (self->ethernet_adapters + self->serial_adapters > IOU_MAX_ADAPTERS)
    {
      g_set_error (
          error, IOU_ERROR, IOU_ERROR_INVALID,
          "%u Ethernet and %u serial adapters are %u; an instance has at most %d together.",
          self->ethernet_adapters, self->serial_adapters,
          self->ethernet_adapters + self->serial_adapters, IOU_MAX_ADAPTERS);
      return FALSE;
    }

  return TRUE;
}

IouCommand *
iou_command_parse (int argc, const char *const *argv, GError **error)
{
  g_autoptr (IouCommand) self = iou_command_new ();
  gboolean only_id = FALSE;

  g_return_val_if_fail (argv != NULL || argc <= 1, NULL);

  for (int i = 1; i < argc; i++)
    {
      gboolean used_next = FALSE;

      if (!only_id && strcmp (argv[i], "--") == 0)
        {
          only_id = TRUE;
        }
      else if (only_id || argv[i][0] != '-' || argv[i][1] == '\0')
        {
          if (!parse_id (self, argv[i], error))
            return NULL;
        }
      else
        {
          const char *next = i + 1 < argc ? argv[i + 1] : NULL;

          if (!parse_letters (self, argv[i], next, &used_next, error))
            return NULL;
          i += used_next ? 1 : 0;
        }
    }

  if (!check_whole (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
build_option (GPtrArray *words, const IouCommand *self, const Option *option)
{
  guint number;
  const char *text;

  switch (option->kind)
    {
    case OPTION_FLAG:
      if (G_STRUCT_MEMBER (gboolean, self, option->offset))
        g_ptr_array_add (words, g_strdup_printf ("-%c", option->letter));
      break;

    case OPTION_NUMBER:
      number = G_STRUCT_MEMBER (guint, self, option->offset);
      if (number == 0 && !option->always)
        break;
      g_ptr_array_add (words, g_strdup_printf ("-%c", option->letter));
      g_ptr_array_add (words, g_strdup_printf ("%u", number));
      break;

    case OPTION_TEXT:
    default:
      text = G_STRUCT_MEMBER (const char *, self, option->offset);
      if (text == NULL || *text == '\0')
        break;
      g_ptr_array_add (words, g_strdup_printf ("-%c", option->letter));
      g_ptr_array_add (words, g_strdup (text));
      break;
    }
}

char **
iou_command_build (const IouCommand *self, const char *argv0)
{
  GPtrArray *words;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (argv0 != NULL, NULL);

  words = g_ptr_array_new ();
  g_ptr_array_add (words, g_strdup (argv0));
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    build_option (words, self, &options[i]);
  if (self->id != 0)
    g_ptr_array_add (words, g_strdup_printf ("%u", self->id));
  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_free (words, FALSE);
}
