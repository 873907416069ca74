/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the window manager is at work. While openbox starts it takes the requests to map a window
 * before it can answer them, and forgets them: a window that is shown then never comes. So a window
 * of our own goes first, and asks until it is there. */

#include "config.h"

#include "ui-private.h"

#define ASK_MS    100
#define LOOK_MS   5
#define ASK_TIMES 600

static gboolean
is_viewable (Window window)
{
  XWindowAttributes attributes;

  return XGetWindowAttributes (ui_x (), window, &attributes) && attributes.map_state == IsViewable;
}

/* Asks once, and looks for a while. */
static gboolean
is_mapped (Window window)
{
  XMapWindow (ui_x (), window);
  XSync (ui_x (), False);
  for (guint i = 0; i < ASK_MS / LOOK_MS; i++)
    {
      if (is_viewable (window))
        return TRUE;
      g_usleep (LOOK_MS * 1000);
    }

  return FALSE;
}

/* A manager puts a window that it manages into a frame of its own. */
static gboolean
is_framed (Window window)
{
  Window root;
  Window parent;
  Window *children = NULL;
  guint n = 0;
  gboolean known = XQueryTree (ui_x (), window, &root, &parent, &children, &n) != 0;

  if (children != NULL)
    XFree (children);

  return known && parent != root;
}

void
ui_x_wait_manager (void)
{
  gboolean managed = FALSE;

  for (guint i = 0; !managed && i < ASK_TIMES; i++)
    {
      Window window =
          XCreateSimpleWindow (ui_x (), DefaultRootWindow (ui_x ()), 0, 0, 16, 16, 0, 0, 0);

      /* Before the manager is there the server itself maps the window, without a frame. */
      managed = is_mapped (window) && is_framed (window);
      XDestroyWindow (ui_x (), window);
      XSync (ui_x (), False);
      if (!managed)
        g_usleep (LOOK_MS * 1000);
    }
  g_assert_true (managed);
}
