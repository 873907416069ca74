/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What another program would paste. */

#include "config.h"

#include <X11/Xatom.h>

#include "ui-private.h"

#define WAIT_MS 3000

/* It can take a moment until the owner of the clipboard answers; FALSE: it has not. */
static gboolean
wait_answer (Window window, XEvent *event)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!XCheckTypedWindowEvent (ui_x (), window, SelectionNotify, event))
    {
      if (g_get_monotonic_time () > end)
        return FALSE;
      ui_settle (10);
    }

  return event->xselection.property != None;
}

char *
ui_clipboard_text (void)
{
  Display *display = ui_x ();
  Window window =
      XCreateSimpleWindow (display, DefaultRootWindow (display), -10, -10, 1, 1, 0, 0, 0);
  Atom utf8 = XInternAtom (display, "UTF8_STRING", False);
  Atom property = XInternAtom (display, "UI_CLIPBOARD", False);
  g_autofree char *text = NULL;
  guchar *data = NULL;
  unsigned long n = 0;
  unsigned long rest;
  XEvent event;
  Atom type;
  int format;

  XConvertSelection (display, XInternAtom (display, "CLIPBOARD", False), utf8, property, window,
                     CurrentTime);
  XFlush (display);
  if (wait_answer (window, &event) &&
      XGetWindowProperty (display, window, property, 0, 1 << 20, False, AnyPropertyType, &type,
                          &format, &n, &rest, &data) == Success &&
      type == utf8 && data != NULL)
    text = g_strndup ((const char *) data, n);
  if (data != NULL)
    XFree (data);
  XDestroyWindow (display, window);
  XFlush (display);

  return text != NULL ? g_steal_pointer (&text) : g_strdup ("");
}
