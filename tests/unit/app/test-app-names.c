/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Free names by pattern. */

#include "config.h"

#include <string.h>

#include "lab-history.h"
#include "lab-names.h"

static LabTopology *
lab_of (const char *const *names)
{
  LabTopology *topology = lab_topology_new ("Names");
  g_autoptr (LabHistory) history = lab_history_new (topology);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"name\":\"%s\",\"kind\":\"nat\"}", names[i]);
      g_autoptr (JsonNode) json = json_from_string (text, NULL);
      g_autoptr (LabNode) node = lab_node_new_from_json (json, NULL);
      g_autoptr (LabEdit) edit = lab_edit_new_add_node (node);

      g_assert_true (lab_history_apply (history, edit, NULL));
    }

  return topology;
}

static void
test_next (void)
{
  static const char *const names[] = { "R1", "R3", "Core", "Core2", "SW1-a", NULL };
  static const struct
  {
    const char *pattern;
    const char *name;
  } cases[] = {
    { "R{n}", "R2" },       { "PC{n}", "PC1" }, { "Core", "Core3" }, { "Edge", "Edge" },
    { "SW{n}-a", "SW2-a" }, { "{n}", "1" },     { "R1{n}", "R11" },  { "Ü{n}", "Ü1" },
  };
  g_autoptr (LabTopology) topology = lab_of (names);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *avoided = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = lab_names_next (topology, cases[i].pattern, NULL);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
  g_hash_table_add (taken, (gpointer) "R2");
  avoided = lab_names_next (topology, "R{n}", taken);
  g_assert_cmpstr (avoided, ==, "R4");
}

static void
test_many (void)
{
  static const char *const names[] = { "R2", "R5", NULL };
  static const char *const wanted[] = { "R1", "R3", "R4", "R6", NULL };
  g_autoptr (LabTopology) topology = lab_of (names);
  g_auto (GStrv) many = lab_names_next_many (topology, "R{n}", 4);
  g_auto (GStrv) none = lab_names_next_many (topology, "R{n}", 0);

  g_assert_cmpstrv (many, wanted);
  g_assert_null (none[0]);
}

static void
test_like (void)
{
  static const char *const names[] = { "R1", "R2", "Core", "7", NULL };
  static const struct
  {
    const char *name;
    const char *copy;
  } cases[] = {
    { "R1", "R3" }, { "R2", "R3" }, { "Core", "Core2" }, { "7", "1" }, { "Free", "Free" },
  };
  g_autoptr (LabTopology) topology = lab_of (names);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = lab_names_next_like (topology, cases[i].name, NULL);

      g_assert_cmpstr (name, ==, cases[i].copy);
    }
}

/* Names have 63 bytes at most, and are never cut within a character. */
static void
test_long (void)
{
  g_autofree char *ascii = g_strnfill (63, 'x');
  g_autofree char *accents = g_strjoin (NULL, "a", "éééééééééééééééééééééééééééééé", "b", NULL);
  const char *const names[] = { ascii, accents, NULL };
  g_autoptr (LabTopology) topology = lab_of (names);

  g_assert_cmpuint (strlen (accents), ==, 62);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = lab_names_next_like (topology, names[i], NULL);

      g_assert_cmpuint (strlen (name), <=, 63);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_true (g_str_has_suffix (name, "2"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/names/next", test_next);
  g_test_add_func ("/app/names/many", test_many);
  g_test_add_func ("/app/names/like", test_like);
  g_test_add_func ("/app/names/long", test_long);

  return g_test_run ();
}
