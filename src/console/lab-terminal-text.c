/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text that a VteTerminal holds. Its rows are counted from the oldest that was ever there; the
 * vertical adjustment says which of them are left. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include <string.h>

#include "lab-terminal-text.h"

char *
lab_terminal_text_dup (VteTerminal *terminal)
{
  GtkAdjustment *rows = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (terminal));
  glong first = (glong) gtk_adjustment_get_lower (rows);
  glong last = (glong) gtk_adjustment_get_upper (rows) - 1;
  char *text = vte_terminal_get_text_range (
      terminal, first, 0, last, vte_terminal_get_column_count (terminal), NULL, NULL, NULL);

  if (text == NULL)
    return g_strdup ("");
  /* The rows of the screen that were never written to. */
  return g_strchomp (text);
}

void
lab_terminal_text_clear (VteTerminal *terminal)
{
  GtkAdjustment *rows = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (terminal));
  glong top = (glong) gtk_adjustment_get_upper (rows) - vte_terminal_get_row_count (terminal);
  glong column;
  glong row;
  g_autoptr (GString) sequence = g_string_new (NULL);

  vte_terminal_get_cursor_position (terminal, &column, &row);
  if (row > top)
    g_string_append_printf (sequence, "\033[H\033[%ldM\033[1;%ldH", row - top, column + 1);
  g_string_append (sequence, "\033[3J");
  vte_terminal_feed (terminal, sequence->str, (gssize) sequence->len);
}
