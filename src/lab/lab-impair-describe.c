/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Impairments as people would say them. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-impair-private.h"
#include "lab-impair.h"
#include "lab-json-private.h"

/* Two digits behind the point at most, and none that say nothing. */
static char *
describe_number (double number)
{
  char *text = g_strdup_printf ("%.2f", number);
  gsize length = strlen (text);

  if (g_str_has_suffix (text, "00"))
    text[length - 3] = '\0';
  else if (text[length - 1] == '0')
    text[length - 1] = '\0';

  return text;
}

static char *
describe_rate (double kbits)
{
  double value = kbits >= 1e6 ? kbits / 1e6 : kbits >= 1000 ? kbits / 1000 : kbits;
  g_autofree char *number = describe_number (value);

  return g_strdup_printf ("%s %s", number,
                          kbits >= 1e6    ? _ ("Gbit/s")
                          : kbits >= 1000 ? _ ("Mbit/s")
                                          : _ ("kbit/s"));
}

static const struct
{
  const char *key;
  const char *format;
} numbers[] = {
  /* Translators: what is done to frames of a link; {n} is a number: "100 ms delay, 1 % loss" */
  { "delay", N_ ("{n} ms delay") },
  { "jitter", N_ ("{n} ms jitter") },
  /* xgettext:no-c-format */
  { "loss", N_ ("{n} % loss") },
  /* xgettext:no-c-format */
  { "duplicate", N_ ("{n} % doubled") },
  /* xgettext:no-c-format */
  { "reorder", N_ ("{n} % out of order") },
  /* xgettext:no-c-format */
  { "corrupt", N_ ("{n} % corrupt") },
  { "queue", N_ ("queue of {n} frames") },
  { "queue-bytes", N_ ("queue of {n} bytes") },
  { "mtu", N_ ("MTU {n}") },
  { "nth", N_ ("one frame in {n} lost") },
};

static char *
describe_member (JsonObject *direction, const char *key)
{
  g_autofree char *number = NULL;

  if (g_str_equal (key, "rate"))
    return describe_rate (json_object_get_double_member (direction, key));
  if (g_str_equal (key, "burst"))
    return g_strdup (_ ("loss in bursts"));
  if (g_str_equal (key, "only"))
    return g_strdup_printf (_ ("only “%s”"), json_object_get_string_member (direction, key));
  if (g_str_equal (key, "drop"))
    return g_strdup_printf (_ ("without “%s”"), json_object_get_string_member (direction, key));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (key, numbers[i].key))
      {
        g_autoptr (GString) text = g_string_new (_ (numbers[i].format));

        number = describe_number (json_object_get_double_member (direction, key));
        g_string_replace (text, "{n}", number, 1);
        return g_string_free (g_steal_pointer (&text), FALSE);
      }

  /* What only says how: shape, order, encapsulation. */
  return NULL;
}

char *
lab_link_describe_impairment (LabLink *self, guint end)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  JsonObject *direction;

  g_return_val_if_fail (LAB_IS_LINK (self), NULL);
  g_return_val_if_fail (end < 2, NULL);

  direction = lab_impair_peek_direction (self, end);
  if (direction == NULL)
    return NULL;
  for (const LabImpairMember *member = lab_impair_members; member->key != NULL; member++)
    {
      char *part = json_object_has_member (direction, member->key) &&
                           lab_impair_has_meaning (direction, member->key)
                       ? describe_member (direction, member->key)
                       : NULL;

      if (part != NULL)
        g_ptr_array_add (parts, part);
    }
  g_ptr_array_add (parts, NULL);

  return parts->len > 1 ? g_strjoinv (", ", (char **) parts->pdata) : NULL;
}

char *
lab_link_describe_impairments (LabLink *self)
{
  g_autofree char *forth = lab_link_describe_impairment (self, 0);
  g_autofree char *back = lab_link_describe_impairment (self, 1);
  const char *const *names =
      (const char *const[]){ lab_link_get_node_name (self, 0), lab_link_get_node_name (self, 1) };

  if (forth == NULL && back == NULL)
    return NULL;
  if (g_strcmp0 (forth, back) == 0)
    /* Translators: what is done to frames of a link: "Impaired both ways: 100 ms delay" */
    return g_strdup_printf (_ ("Impaired both ways: %s"), forth);
  if (back == NULL || forth == NULL)
    /* Translators: a device, and what is done to frames from it: "Impaired from R1: 1 % loss" */
    return g_strdup_printf (_ ("Impaired from %s: %s"), names[forth == NULL],
                            forth != NULL ? forth : back);

  return g_strdup_printf (_ ("Impaired from %s: %s; from %s: %s"), names[0], forth, names[1], back);
}

JsonObject *
lab_link_dup_impair_direction (LabLink *self, guint end)
{
  JsonObject *direction;

  g_return_val_if_fail (LAB_IS_LINK (self), NULL);
  g_return_val_if_fail (end < 2, NULL);

  direction = lab_impair_peek_direction (self, end);

  return direction != NULL ? lab_json_with_member (direction, "", NULL) : NULL;
}
