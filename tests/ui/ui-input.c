/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hand: pointer and keys by the XTEST extension, windows by title, pictures of the screen. */

#include "config.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <glib/gstdio.h>
#include <cairo.h>
#include <string.h>

#include "ui-private.h"

#define MOTION_STEPS 12
#define PAUSE_MS     (12 * UI_PACE)
/* How long the window manager is waited for, where it need not do what is waited for. */
#define PATIENCE_MS 1500
#define LOOK_MS     20

static Display *display;

Display *
ui_x (void)
{
  return display;
}

/* A window can go between asking for it and looking at it: that is no fault. */
static int
ignore_error (Display *unused, XErrorEvent *event)
{
  return 0;
}

void
ui_x_open (void)
{
  int event;
  int error;
  int major;
  int minor;

  for (guint i = 0; display == NULL && i < 100; i++)
    {
      display = XOpenDisplay (NULL);
      if (display == NULL)
        g_usleep (50000);
    }
  g_assert_nonnull (display);
  g_assert_true (XTestQueryExtension (display, &event, &error, &major, &minor));
}

void
ui_x_close (void)
{
  g_clear_pointer (&display, XCloseDisplay);
}

void
ui_move (int x, int y)
{
  XTestFakeMotionEvent (display, -1, x, y, CurrentTime);
  XFlush (display);
  ui_settle (PAUSE_MS);
}

void
ui_press (guint button)
{
  XTestFakeButtonEvent (display, button, True, CurrentTime);
  XFlush (display);
  ui_settle (PAUSE_MS);
}

void
ui_release (guint button)
{
  XTestFakeButtonEvent (display, button, False, CurrentTime);
  XFlush (display);
  ui_settle (PAUSE_MS);
}

void
ui_click (int x, int y, guint button)
{
  ui_move (x, y);
  ui_press (button);
  ui_release (button);
}

void
ui_double_click (int x, int y)
{
  ui_click (x, y, 1);
  ui_press (1);
  ui_release (1);
}

void
ui_post_double_click (int x, int y)
{
  static const unsigned long apart_ms = 40;

  ui_move (x, y);
  for (guint i = 0; i < 4; i++)
    XTestFakeButtonEvent (display, 1, i % 2 == 0, i > 0 ? apart_ms : CurrentTime);
  XFlush (display);
}

void
ui_drag (int x1, int y1, int x2, int y2, guint button)
{
  ui_move (x1, y1);
  ui_press (button);
  for (int i = 1; i <= MOTION_STEPS; i++)
    {
      ui_move (x1 + (x2 - x1) * i / MOTION_STEPS, y1 + (y2 - y1) * i / MOTION_STEPS);
      /* Whoever begins a drag and drop is given time to take the pointer. */
      if (i == 2)
        ui_settle (100 * UI_PACE);
    }
  ui_settle (60 * UI_PACE);
  ui_release (button);
}

void
ui_wheel (int x, int y, int steps)
{
  ui_move (x, y);
  for (int i = 0; i < ABS (steps); i++)
    {
      ui_press (steps > 0 ? 5 : 4);
      ui_release (steps > 0 ? 5 : 4);
    }
}

static KeySym
find_keysym (const char *name)
{
  static const struct
  {
    const char *name;
    KeySym keysym;
  } known[] = {
    { "ctrl", XK_Control_L }, { "shift", XK_Shift_L }, { "alt", XK_Alt_L },
    { "super", XK_Super_L },  { "plus", XK_plus },     { "minus", XK_minus },
  };
  KeySym keysym;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, name))
      return known[i].keysym;
  keysym = XStringToKeysym (name);
  g_assert_cmpuint (keysym, !=, NoSymbol);

  return keysym;
}

static void
send_key (KeySym keysym, gboolean down)
{
  KeyCode code = XKeysymToKeycode (display, keysym);

  g_assert_cmpuint (code, !=, 0);
  XTestFakeKeyEvent (display, code, down, CurrentTime);
  XFlush (display);
  ui_settle (PAUSE_MS);
}

void
ui_key_down (const char *key)
{
  send_key (find_keysym (key), TRUE);
}

void
ui_key_up (const char *key)
{
  send_key (find_keysym (key), FALSE);
}

static gboolean
needs_shift (KeySym keysym)
{
  KeyCode code = XKeysymToKeycode (display, keysym);

  return XkbKeycodeToKeysym (display, code, 0, 0) != keysym &&
         XkbKeycodeToKeysym (display, code, 0, 1) == keysym;
}

static void
tap (KeySym keysym)
{
  gboolean shift = needs_shift (keysym);

  if (shift)
    send_key (XK_Shift_L, TRUE);
  send_key (keysym, TRUE);
  send_key (keysym, FALSE);
  if (shift)
    send_key (XK_Shift_L, FALSE);
}

void
ui_key (const char *combination)
{
  g_auto (GStrv) parts = g_strsplit (combination, "+", -1);
  guint n = g_strv_length (parts);

  ui_x_wait_focus (NULL);
  for (guint i = 0; i + 1 < n; i++)
    send_key (find_keysym (parts[i]), TRUE);
  tap (find_keysym (parts[n - 1]));
  for (guint i = n - 1; i-- > 0;)
    send_key (find_keysym (parts[i]), FALSE);
}

void
ui_type (const char *text)
{
  ui_x_wait_focus (NULL);
  for (const char *p = text; *p != '\0'; p++)
    tap (*p == '\n' ? XK_Return : (KeySym) (guchar) *p);
}

/* File choosers read each folder on the way of what is typed, and sort it at every key: that of all
 * temporary files may have hundreds, so the way goes from the test's own home folder. */
char *
ui_typed_path (const char *path)
{
  gsize length = strlen (ui_root ());

  if (strncmp (path, ui_root (), length) != 0 || path[length] != '/')
    return g_strdup (path);

  return g_strconcat ("~/..", path + length, NULL);
}

/* They complete it, too, and newer ones may be late with it. */
void
ui_type_path (const char *path)
{
  g_autofree char *typed = ui_typed_path (path);

  ui_type (typed);
  ui_settle (300);
  ui_key ("shift+End");
  ui_key ("Delete");
}

static XImage *
take_image (int x, int y, guint width, guint height)
{
  XImage *image =
      XGetImage (display, DefaultRootWindow (display), x, y, width, height, AllPlanes, ZPixmap);

  g_assert_nonnull (image);
  g_assert_cmpint (image->bits_per_pixel, ==, 32);

  return image;
}

void
ui_shot (const char *name)
{
  g_autofree char *dir = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "ui", "shots", NULL);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (dir, file, NULL);
  int width = DisplayWidth (display, DefaultScreen (display));
  int height = DisplayHeight (display, DefaultScreen (display));
  XImage *image;
  cairo_surface_t *surface;

  g_mkdir_with_parents (dir, 0755);
  image = take_image (0, 0, (guint) width, (guint) height);
  surface = cairo_image_surface_create_for_data ((guchar *) image->data, CAIRO_FORMAT_RGB24, width,
                                                 height, image->bytes_per_line);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  XDestroyImage (image);
}

guint32
ui_pixel (int x, int y)
{
  XImage *image = take_image (x, y, 1, 1);
  guint32 pixel = (guint32) XGetPixel (image, 0, 0) & 0xffffff;

  XDestroyImage (image);

  return pixel;
}

guint
ui_count_colours (int x, int y, int width, int height)
{
  g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);
  XImage *image = take_image (x, y, (guint) width, (guint) height);

  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++)
      g_hash_table_add (colours, GUINT_TO_POINTER (XGetPixel (image, column, row) & 0xffffff));
  XDestroyImage (image);

  return g_hash_table_size (colours);
}

static char *
window_title (Window window)
{
  Atom utf8 = XInternAtom (display, "UTF8_STRING", False);
  Atom type;
  int format;
  unsigned long n;
  unsigned long rest;
  guchar *data = NULL;
  char *title = NULL;

  if (XGetWindowProperty (display, window, XInternAtom (display, "_NET_WM_NAME", False), 0, 256,
                          False, utf8, &type, &format, &n, &rest, &data) == Success &&
      data != NULL)
    title = g_strdup ((const char *) data);
  if (data != NULL)
    XFree (data);

  return title;
}

static Window
find_below (Window window, const char *title)
{
  g_autofree char *own = window_title (window);
  XWindowAttributes attributes;
  Window found = None;
  Window root;
  Window parent;
  Window *children = NULL;
  guint n = 0;

  if (own != NULL && strstr (own, title) != NULL &&
      XGetWindowAttributes (display, window, &attributes) && attributes.map_state == IsViewable)
    return window;
  if (!XQueryTree (display, window, &root, &parent, &children, &n))
    return None;
  for (guint i = n; found == None && i-- > 0;)
    found = find_below (children[i], title);
  if (children != NULL)
    XFree (children);

  return found;
}

Window
ui_x_find (const char *title)
{
  XErrorHandler before = XSetErrorHandler (ignore_error);
  Window found = find_below (DefaultRootWindow (display), title);

  XSync (display, False);
  XSetErrorHandler (before);

  return found;
}

/* Whom the window manager says that it gives the keys to. */
static Window
active_window (void)
{
  Atom type;
  int format;
  unsigned long n = 0;
  unsigned long rest;
  guchar *data = NULL;
  Window window = None;

  if (XGetWindowProperty (display, DefaultRootWindow (display),
                          XInternAtom (display, "_NET_ACTIVE_WINDOW", False), 0, 1, False,
                          XA_WINDOW, &type, &format, &n, &rest, &data) == Success &&
      data != NULL && n == 1)
    window = (Window) * (unsigned long *) data;
  if (data != NULL)
    XFree (data);

  return window;
}

static gboolean
has_keys (const char *title)
{
  XErrorHandler before = XSetErrorHandler (ignore_error);
  Window window = active_window ();
  g_autofree char *own = window != None ? window_title (window) : NULL;
  XWindowAttributes attributes;
  gboolean shown = window != None && XGetWindowAttributes (display, window, &attributes) &&
                   attributes.map_state == IsViewable;

  XSync (display, False);
  XSetErrorHandler (before);

  return shown && (title == NULL || (own != NULL && strstr (own, title) != NULL));
}

void
ui_x_wait_focus (const char *title)
{
  for (guint i = 0; i < PATIENCE_MS / LOOK_MS && !has_keys (title); i++)
    ui_settle (LOOK_MS);
}

/* What GTK draws around a window for its shadow. */
static void
frame_extents (Window window, long extents[4])
{
  Atom type;
  int format;
  unsigned long n;
  unsigned long rest;
  guchar *data = NULL;

  memset (extents, 0, 4 * sizeof *extents);
  if (XGetWindowProperty (display, window, XInternAtom (display, "_GTK_FRAME_EXTENTS", False), 0, 4,
                          False, XA_CARDINAL, &type, &format, &n, &rest, &data) == Success &&
      data != NULL && n == 4)
    memcpy (extents, data, 4 * sizeof *extents);
  if (data != NULL)
    XFree (data);
}

static gboolean
get_rectangle (Window window, int rectangle[4])
{
  XWindowAttributes attributes;
  Window child;
  long extents[4];
  int x;
  int y;

  if (!XGetWindowAttributes (display, window, &attributes) ||
      !XTranslateCoordinates (display, window, DefaultRootWindow (display), 0, 0, &x, &y, &child))
    return FALSE;
  frame_extents (window, extents);
  rectangle[0] = x + (int) extents[0];
  rectangle[1] = y + (int) extents[2];
  rectangle[2] = attributes.width - (int) (extents[0] + extents[1]);
  rectangle[3] = attributes.height - (int) (extents[2] + extents[3]);

  return TRUE;
}

gboolean
ui_find_window (const char *title, int rectangle[4])
{
  XErrorHandler before = XSetErrorHandler (ignore_error);
  Window window = find_below (DefaultRootWindow (display), title);
  gboolean found = window != None && get_rectangle (window, rectangle);

  XSync (display, False);
  XSetErrorHandler (before);

  return found;
}

void
ui_raise_window (const char *title)
{
  Window window = ui_x_find (title);
  XClientMessageEvent message = { 0 };

  g_assert_cmpuint (window, !=, None);
  message.type = ClientMessage;
  message.window = window;
  message.message_type = XInternAtom (display, "_NET_ACTIVE_WINDOW", False);
  message.format = 32;
  message.data.l[0] = 2;
  XSendEvent (display, DefaultRootWindow (display), False,
              SubstructureRedirectMask | SubstructureNotifyMask, (XEvent *) &message);
  XFlush (display);
  ui_settle (150);
}

/* Asked of the window manager, which may be late, or keep a window larger. */
static void
wait_rectangle (const char *title, const int wanted[4])
{
  int rectangle[4];

  for (guint i = 0; i < PATIENCE_MS / LOOK_MS; i++)
    {
      if (ui_find_window (title, rectangle) && memcmp (rectangle, wanted, sizeof rectangle) == 0)
        return;
      ui_settle (LOOK_MS);
    }
}

void
ui_place_window (const char *title, int x, int y, int width, int height)
{
  Window window = ui_x_find (title);
  long extents[4];

  g_assert_cmpuint (window, !=, None);
  frame_extents (window, extents);
  XMoveResizeWindow (display, window, x - (int) extents[0], y - (int) extents[2],
                     (guint) (width + (int) (extents[0] + extents[1])),
                     (guint) (height + (int) (extents[2] + extents[3])));
  XFlush (display);
  wait_rectangle (title, (const int[]){ x, y, width, height });
  ui_settle (300);
}
