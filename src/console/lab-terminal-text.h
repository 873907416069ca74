/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <vte/vte.h>

G_BEGIN_DECLS

/* All of the scroll-back and the screen as text, without the blanks at the ends of lines.
 * (transfer full) */
char *lab_terminal_text_dup   (VteTerminal *terminal);
/* Forgets the scroll-back and the lines above the cursor; the line of the prompt stays. */
void  lab_terminal_text_clear (VteTerminal *terminal);

G_END_DECLS
