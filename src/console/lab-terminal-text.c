/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text that a VteTerminal holds.
 *
 * VTE counts rows from the first that ever was; its adjustment counts from the oldest that is left,
 * and says how many there are. Nothing says how far the two are apart, only that the cursor is on
 * the screen, thus in one of the last rows. Rows that do not exist read as empty lines. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include <string.h>

#include "lab-terminal-text.h"

/* (transfer full) (nullable) */
static char *
get_rows (VteTerminal *terminal, glong first, glong last)
{
  glong width = vte_terminal_get_column_count (terminal);

#if VTE_CHECK_VERSION(0, 76, 0)
  return vte_terminal_get_text_range_format (terminal, VTE_FORMAT_TEXT, first, 0, last, width,
                                             NULL);
#else
  return vte_terminal_get_text_range (terminal, first, 0, last, width, NULL, NULL, NULL);
#endif
}

char *
lab_terminal_text_dup (VteTerminal *terminal)
{
  GtkAdjustment *rows = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (terminal));
  glong n_rows = (glong) (gtk_adjustment_get_upper (rows) - gtk_adjustment_get_lower (rows));
  glong column;
  glong row;
  char *text;
  gsize n_empty;

  vte_terminal_get_cursor_position (terminal, &column, &row);
  text =
      get_rows (terminal, MAX (row + 1 - n_rows, 0), row + vte_terminal_get_row_count (terminal));
  if (text == NULL)
    return g_strdup ("");
  n_empty = strspn (text, "\n");
  memmove (text, text + n_empty, strlen (text + n_empty) + 1);
  return g_strchomp (text);
}

void
lab_terminal_text_clear (VteTerminal *terminal)
{
  g_autofree char *line = NULL;
  g_autofree char *sequence = NULL;
  glong column;
  glong row;

  vte_terminal_get_cursor_position (terminal, &column, &row);
  line = get_rows (terminal, row, row);
  if (line != NULL)
    g_strdelimit (line, "\n", '\0');
  sequence = g_strdup_printf ("\033[2J\033[3J\033[H%s\033[%ldG", line ? line : "", column + 1);
  vte_terminal_feed (terminal, sequence, -1);
}
