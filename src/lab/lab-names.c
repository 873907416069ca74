/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Free names for new nodes. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <string.h>

#include "lab-names.h"

#define PLACE "{n}"

static gboolean
is_free (LabTopology *topology, GHashTable *taken, const char *name)
{
  return lab_topology_find_node (topology, name) == NULL &&
         (taken == NULL || !g_hash_table_contains (taken, name));
}

/* The first @length bytes of @text or less, not ending within a character. */
static gsize
cut (const char *text, gsize length, gsize max)
{
  if (length <= max)
    return length;
  while (max > 0 && ((guchar) text[max] & 0xc0) == 0x80)
    max--;

  return max;
}

/* @head: @head_length bytes, the number, then @tail. */
static char *
number_name (const char *head, gsize head_length, guint number, const char *tail)
{
  g_autofree char *rest = g_strdup_printf ("%u%s", number, tail);
  gsize rest_length = cut (rest, strlen (rest), LAB_MAX_NAME_BYTES);

  return g_strdup_printf ("%.*s%.*s",
                          (int) cut (head, head_length, LAB_MAX_NAME_BYTES - rest_length), head,
                          (int) rest_length, rest);
}

static char *
next_number (LabTopology *topology,
             const char *head,
             gsize head_length,
             guint first,
             const char *tail,
             GHashTable *taken)
{
  for (guint number = first;; number++)
    {
      g_autofree char *name = number_name (head, head_length, number, tail);

      if (is_free (topology, taken, name))
        return g_steal_pointer (&name);
    }
}

char *
lab_names_next (LabTopology *topology, const char *pattern, GHashTable *taken)
{
  const char *place;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);
  g_return_val_if_fail (pattern != NULL, NULL);

  place = strstr (pattern, PLACE);
  if (place != NULL)
    return next_number (topology, pattern, (gsize) (place - pattern), 1, place + strlen (PLACE),
                        taken);
  if (is_free (topology, taken, pattern))
    return g_strdup (pattern);

  return next_number (topology, pattern, strlen (pattern), 2, "", taken);
}

GStrv
lab_names_next_many (LabTopology *topology, const char *pattern, guint n)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);
  g_return_val_if_fail (pattern != NULL, NULL);

  for (guint i = 0; i < n; i++)
    {
      char *name = lab_names_next (topology, pattern, taken);

      g_hash_table_add (taken, name);
      g_ptr_array_add (names, name);
    }
  g_ptr_array_add (names, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

char *
lab_names_next_like (LabTopology *topology, const char *name, GHashTable *taken)
{
  gsize stem;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (is_free (topology, taken, name))
    return g_strdup (name);
  stem = strlen (name);
  while (stem > 0 && g_ascii_isdigit (name[stem - 1]))
    stem--;

  return next_number (topology, name, stem, name[stem] != '\0' ? 1 : 2, "", taken);
}
