/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The moments at which the nodes of a lab saved, and what each had saved by one. */

#include "config.h"

#include "lab-saved-moments.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* @seconds: ends with 0. */
static void
add (GPtrArray *histories, const char *node, const guint *seconds)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (LabSavedEntry));

  for (guint i = 0; seconds[i] != 0; i++)
    {
      LabSavedEntry entry = {
        .number = i + 1, .first = seconds[i] * SECOND, .last = (seconds[i] + 5) * SECOND, .size = 1
      };

      g_array_append_val (entries, entry);
    }
  lab_saved_histories_add (histories, node, entries);
}

/* "40: R1 R2" for each */
static char *
describe (GPtrArray *moments)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < moments->len; i++)
    {
      LabSavedMoment *moment = moments->pdata[i];

      g_string_append_printf (text, "%s%d:", i > 0 ? "; " : "", (int) (moment->time / SECOND));
      for (guint j = 0; j < moment->nodes->len; j++)
        g_string_append_printf (text, " %s", (char *) moment->nodes->pdata[j]);
    }
  return g_string_free (text, FALSE);
}

static void
test_moments (void)
{
  g_autoptr (GPtrArray) histories = lab_saved_histories_new ();
  g_autoptr (GPtrArray) none = lab_saved_list_moments (histories);
  g_autoptr (GPtrArray) moments = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  add (histories, "R2", (const guint[]){ 100, 1000, 1003, 0 });
  add (histories, "R1", (const guint[]){ 99, 1001, 5000, 0 });
  add (histories, "PC1", (const guint[]){ 0 });
  add (histories, "R3", (const guint[]){ 130, 161, 0 });
  moments = lab_saved_list_moments (histories);
  text = describe (moments);
  /* 161 is too far from 130; R2 saved twice around 1001. */
  g_assert_cmpstr (text, ==, "130: R2 R1 R3; 161: R3; 1001: R2 R1; 1003: R2; 5000: R1");
}

static void
test_find (void)
{
  g_autoptr (GPtrArray) histories = lab_saved_histories_new ();
  GArray *entries;

  add (histories, "R1", (const guint[]){ 100, 200, 0 });
  entries = ((LabSavedHistory *) histories->pdata[0])->entries;
  g_assert_null (lab_saved_find_at (entries, 100 * SECOND - 1));
  g_assert_cmpuint (lab_saved_find_at (entries, 100 * SECOND)->number, ==, 1);
  g_assert_cmpuint (lab_saved_find_at (entries, 200 * SECOND - 1)->number, ==, 1);
  g_assert_cmpuint (lab_saved_find_at (entries, 900 * SECOND)->number, ==, 2);
}

/* Each text that was ever saved is that of its node at one of the moments. */
static void
test_none_is_hidden (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray) histories = lab_saved_histories_new ();
      g_autoptr (GPtrArray) moments = NULL;

      for (guint i = 0; i < 4; i++)
        {
          guint seconds[9] = { 0 };
          guint time = 1;

          for (guint j = 0; j < 8; j++)
            seconds[j] = 4 * (time += (guint) g_test_rand_int_range (1, 15)) + i; /* none at once */
          add (histories, "R", seconds);
        }
      moments = lab_saved_list_moments (histories);
      for (guint i = 0; i < histories->len; i++)
        {
          GArray *entries = ((LabSavedHistory *) histories->pdata[i])->entries;
          guint next = 0;

          for (guint j = 0; j < moments->len; j++)
            {
              LabSavedMoment *moment = moments->pdata[j];
              const LabSavedEntry *entry = lab_saved_find_at (entries, moment->time);

              if (entry != NULL && entry->number == next + 1)
                next++;
              g_assert_cmpuint (entry != NULL ? entry->number : 0, ==, next);
            }
          g_assert_cmpuint (next, ==, entries->len);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/saved-moments/moments", test_moments);
  g_test_add_func ("/saved-moments/find", test_find);
  g_test_add_func ("/saved-moments/none-is-hidden", test_none_is_hidden);
  return g_test_run ();
}
