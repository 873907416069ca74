/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person at the window of a lab. */

#include "config.h"

#include <string.h>

#include "ui-hand.h"
#include "ui-private.h"

#define WINDOW  "Labwright"
#define WAIT_MS 60000
/* From the edge of a device to its handle, and to the end of a cable. */
#define HANDLE    5
#define CABLE_END 6

static void
fail_wait (const char *what, const char *detail)
{
  ui_shot ("waited-in-vain");
  g_error ("waited in vain for %s “%s”; see shots/waited-in-vain.png", what, detail);
}

/* --- windows and controls --- */

static gboolean
is_there (gpointer title)
{
  int rectangle[4];

  return ui_find_window (title, rectangle);
}

static gboolean
is_gone (gpointer title)
{
  return !is_there (title);
}

void
ui_hand_wait_title (const char *title)
{
  if (!ui_wait (is_there, (gpointer) title, WAIT_MS))
    fail_wait ("window", title);
  ui_x_wait_focus (title);
}

void
ui_hand_wait_no_title (const char *title)
{
  if (!ui_wait (is_gone, (gpointer) title, WAIT_MS))
    fail_wait ("the end of window", title);
}

void
ui_hand_fill_screen (const char *title)
{
  ui_place_window (title, 0, 0, UI_WIDTH, UI_HEIGHT);
  ui_raise_window (title);
  ui_move (UI_WIDTH / 2, 4);
}

void
ui_hand_start (UiApp *app, const char *path)
{
  const char *args[] = { path, NULL };

  ui_app_start (app, args);
  ui_app_wait_window (app, WINDOW);
  ui_hand_fill_screen (WINDOW);
}

typedef struct
{
  const char *role;
  const char *name;
  int x;
  int y;
} Control;

/* Twice at the same place: what slides in is not pressed on its way. */
static gboolean
has_place (gpointer data)
{
  Control *control = data;
  g_autoptr (AtspiAccessible) found = ui_tree_find (control->role, control->name, 0);
  int x;
  int y;
  gboolean rests;

  if (found == NULL || !ui_tree_centre (found, WINDOW, &x, &y))
    return FALSE;
  rests = x == control->x && y == control->y;
  control->x = x;
  control->y = y;
  if (!rests)
    ui_settle (100);

  return rests;
}

static Control
wait_control (const char *role, const char *name)
{
  Control control = { role, name, -1, -1 };

  if (!ui_wait (has_place, &control, WAIT_MS))
    fail_wait (role != NULL ? role : "control", name);

  return control;
}

/* A bar that slides in can move all that is below it: so the pointer goes there first, and it is
 * looked once more. */
static void
go_to (Control *control)
{
  Control now;

  for (guint i = 0; i < 10; i++)
    {
      ui_move (control->x, control->y);
      now = wait_control (control->role, control->name);
      if (now.x == control->x && now.y == control->y)
        return;
      *control = now;
    }
}

void
ui_hand_wait_control (const char *role, const char *name)
{
  wait_control (role, name);
}

static gboolean
has_no_control (gpointer data)
{
  Control *control = data;
  g_autoptr (AtspiAccessible) found = ui_tree_find (control->role, control->name, 0);

  return found == NULL;
}

void
ui_hand_wait_no_control (const char *role, const char *name)
{
  Control control = { role, name, -1, -1 };

  if (!ui_wait (has_no_control, &control, WAIT_MS))
    fail_wait ("the end of", name);
}

static gboolean
clipboard_has (gpointer text)
{
  g_autofree char *all = ui_clipboard_text ();

  return strstr (all, text) != NULL;
}

char *
ui_hand_wait_clipboard (const char *text)
{
  if (!ui_wait (clipboard_has, (gpointer) text, WAIT_MS))
    fail_wait ("the clipboard with", text);

  return ui_clipboard_text ();
}

void
ui_hand_click (const char *role, const char *name)
{
  Control control = wait_control (role, name);

  go_to (&control);
  ui_click (control.x, control.y, 1);
  ui_settle (100);
}

void
ui_hand_press_until (const char *button, const char *sign)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (AtspiAccessible) found = NULL;

      ui_hand_click ("push button", button);
      found = ui_tree_find (NULL, sign, 3000);
      if (found != NULL)
        return;
    }
}

void
ui_hand_choose (const char *item)
{
  g_autoptr (AtspiAccessible) found = NULL;

  ui_key ("F10");
  found = ui_tree_find ("menu item", item, 10000);
  g_assert_nonnull (found);
  for (guint i = 0; i < 40 && !ui_tree_has_state (found, ATSPI_STATE_FOCUSED); i++)
    {
      ui_key ("Down");
      ui_settle (150);
    }
  g_assert_true (ui_tree_has_state (found, ATSPI_STATE_FOCUSED));
  ui_key ("Return");
}

/* --- the canvas --- */

static gboolean
is_canvas (AtspiAccessible *list)
{
  g_autoptr (AtspiAction) actions = atspi_accessible_get_action_iface (list);
  int n = actions != NULL ? atspi_action_get_n_actions (actions, NULL) : 0;

  for (int i = 0; i < n; i++)
    {
      g_autofree char *name = atspi_action_get_action_name (actions, i, NULL);

      if (g_strcmp0 (name, "canvas.zoom-in") == 0)
        return TRUE;
    }

  return FALSE;
}

/* The canvas is the first list called “Devices”. (nullable) */
static AtspiAccessible *
find_canvas (void)
{
  g_autoptr (AtspiAccessible) list = ui_tree_find ("list", "Devices", 0);

  return list != NULL && is_canvas (list) ? g_steal_pointer (&list) : NULL;
}

/* Its name is “Host PC1”. (nullable) */
static AtspiAccessible *
find_node (const char *node)
{
  g_autoptr (AtspiAccessible) canvas = find_canvas ();
  g_autofree char *suffix = g_strconcat (" ", node, NULL);
  int n = canvas != NULL ? atspi_accessible_get_child_count (canvas, NULL) : 0;

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (canvas, i, NULL);
      g_autofree char *name = child != NULL ? ui_tree_name (child) : NULL;

      if (name != NULL && g_str_has_suffix (name, suffix))
        return g_steal_pointer (&child);
    }

  return NULL;
}

guint
ui_hand_n_nodes (void)
{
  g_autoptr (AtspiAccessible) canvas = find_canvas ();
  int n = canvas != NULL ? atspi_accessible_get_child_count (canvas, NULL) : 0;
  guint n_nodes = 0;

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (canvas, i, NULL);
      g_autofree char *role = child != NULL ? ui_tree_role (child) : NULL;

      n_nodes += g_strcmp0 (role, "list item") == 0;
    }

  return n_nodes;
}

static gboolean
has_n_nodes (gpointer n)
{
  return ui_hand_n_nodes () == GPOINTER_TO_UINT (n);
}

void
ui_hand_wait_n_nodes (guint n)
{
  if (!ui_wait (has_n_nodes, GUINT_TO_POINTER (n), WAIT_MS))
    {
      g_test_message ("there are %u devices, not %u", ui_hand_n_nodes (), n);
      fail_wait ("devices", "");
    }
}

char *
ui_hand_describe (const char *node)
{
  g_autoptr (AtspiAccessible) found = find_node (node);

  return found != NULL ? ui_tree_description (found) : NULL;
}

typedef struct
{
  const char *node;
  const char *text; /* (nullable): it is gone */
} Wanted;

static gboolean
is_as_wanted (gpointer data)
{
  Wanted *wanted = data;
  g_autofree char *description = ui_hand_describe (wanted->node);

  if (wanted->text == NULL)
    return description == NULL;

  return description != NULL && strstr (description, wanted->text) != NULL;
}

void
ui_hand_wait_node (const char *node, const char *text)
{
  Wanted wanted = { node, text };

  if (!ui_wait (is_as_wanted, &wanted, WAIT_MS))
    {
      g_autofree char *description = ui_hand_describe (node);

      g_test_message ("%s: %s", node, description != NULL ? description : "not there");
      fail_wait (node, text != NULL ? text : "to be gone");
    }
}

typedef struct
{
  const char *node;
  int x;
  int y;
} Place;

/* Places are told a moment after the view came to rest, so two looks must agree. */
static gboolean
rests (gpointer data)
{
  Place *place = data;
  g_autoptr (AtspiAccessible) found = find_node (place->node);
  int x = place->x;
  int y = place->y;

  if (found == NULL || !ui_tree_centre (found, WINDOW, &place->x, &place->y))
    return FALSE;
  ui_settle (250);

  return x == place->x && y == place->y;
}

void
ui_hand_place (const char *node, int *x, int *y)
{
  Place place = { node, -1, -1 };

  if (!ui_wait (rests, &place, WAIT_MS))
    fail_wait ("the place of", node);
  *x = place.x;
  *y = place.y;
}

typedef struct
{
  const char *name;
  int x;
  int y;
} Row;

static gboolean
row_has_place (gpointer data)
{
  Row *row = data;
  g_autoptr (AtspiAccessible) list = ui_tree_find ("list", "Devices to Add", 0);
  g_autoptr (AtspiAccessible) found =
      list != NULL ? ui_tree_find_below (list, "list item", row->name) : NULL;

  return found != NULL && ui_tree_centre (found, WINDOW, &row->x, &row->y);
}

void
ui_hand_find_row (const char *name, int *x, int *y)
{
  Row row = { name, 0, 0 };

  if (!ui_wait (row_has_place, &row, WAIT_MS))
    fail_wait ("row", name);
  *x = row.x;
  *y = row.y;
}

void
ui_hand_drop (const char *row, int x, int y)
{
  int from[2];

  ui_hand_find_row (row, &from[0], &from[1]);
  ui_drag (from[0], from[1], x, y, 1);
}

static void
get_half_size (const char *node, int *width, int *height)
{
  g_autoptr (AtspiAccessible) found = find_node (node);
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (found);
  g_autofree AtspiRect *extents =
      atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);

  g_assert_nonnull (extents);
  *width = extents->width / 2;
  *height = extents->height / 2;
}

/* Handles are shown when the pointer is at the device. */
void
ui_hand_find_handle (const char *node, int *x, int *y)
{
  int dx;
  int dy;

  ui_hand_place (node, x, y);
  ui_move (*x, *y);
  get_half_size (node, &dx, &dy);
  *x += dx + HANDLE;
  *y -= dy + HANDLE;
  ui_move (*x, *y);
  ui_settle (80);
}

void
ui_hand_cable (const char *from, const char *to)
{
  int start[2];
  int end[2];

  ui_hand_place (to, &end[0], &end[1]);
  ui_hand_find_handle (from, &start[0], &start[1]);
  ui_drag (start[0], start[1], end[0], end[1], 1);
}

void
ui_hand_move_end (const char *near, const char *far, const char *to)
{
  int from[2];
  int other[2];
  int end[2];
  int half[2];

  ui_hand_place (near, &from[0], &from[1]);
  ui_hand_place (far, &other[0], &other[1]);
  ui_hand_place (to, &end[0], &end[1]);
  get_half_size (near, &half[0], &half[1]);
  g_assert_true (from[0] == other[0] || from[1] == other[1]);
  for (guint i = 0; i < 2; i++)
    if (from[i] != other[i])
      from[i] += (from[i] < other[i] ? 1 : -1) * (half[i] + CABLE_END);
  ui_move (from[0], from[1]);
  ui_settle (80);
  ui_drag (from[0], from[1], end[0], end[1], 1);
}

void
ui_hand_click_node (const char *node)
{
  int x;
  int y;
  int before[2];

  ui_hand_place (node, &x, &y);
  do
    {
      before[0] = x;
      before[1] = y;
      ui_move (x, y);
      ui_hand_place (node, &x, &y);
    }
  while (x != before[0] || y != before[1]);
  ui_click (x, y, 1);
  ui_settle (100);
}

/* --- consoles --- */

static gboolean
has_focus (gpointer name)
{
  g_autoptr (AtspiAccessible) found = ui_tree_find (NULL, name, 0);

  return found != NULL && ui_tree_has_state (found, ATSPI_STATE_FOCUSED);
}

void
ui_hand_wait_focus (const char *name)
{
  if (!ui_wait (has_focus, (gpointer) name, WAIT_MS))
    fail_wait ("the focus of", name);
}

void
ui_hand_open_console (const char *node)
{
  g_autofree char *name = g_strdup_printf ("Console of %s", node);
  int x;
  int y;

  ui_hand_place (node, &x, &y);
  ui_double_click (x, y);
  /* On a busy machine the two clicks can be too far apart for a double click. */
  if (!ui_wait (has_focus, name, 6000))
    ui_double_click (x, y);
  ui_hand_wait_focus (name);
}

char *
ui_hand_console (void)
{
  ui_key ("ctrl+shift+a");
  ui_key ("ctrl+shift+c");

  return ui_clipboard_text ();
}

static gboolean
console_says (gpointer text)
{
  g_autofree char *all = ui_hand_console ();

  return strstr (all, text) != NULL;
}

void
ui_hand_wait_console (const char *text)
{
  if (!ui_wait (console_says, (gpointer) text, WAIT_MS))
    {
      g_autofree char *all = ui_hand_console ();

      g_test_message ("the console says:\n%s", all);
      fail_wait ("console", text);
    }
}

void
ui_hand_ask_console (const char *line, const char *answer)
{
  for (guint i = 0; i < 10; i++)
    {
      ui_type (line);
      ui_key ("Return");
      if (ui_wait (console_says, (gpointer) answer, 4000))
        return;
    }
  ui_hand_wait_console (answer);
}

/* --- labctl --- */

/* The number after the first @key that follows @node; 0: none. */
static int
number_of (const char *lab, const char *node, const char *key)
{
  g_autofree char *json =
      ui_labctl (NULL, "status", lab != NULL ? lab : "--json", lab != NULL ? "--json" : NULL, NULL);
  g_autofree char *name = g_strdup_printf ("\"name\" : \"%s\"", node);
  const char *at = node != NULL ? strstr (json, name) : json;

  at = at != NULL ? strstr (at, key) : NULL;

  return at != NULL ? (int) g_ascii_strtoll (at + strlen (key), NULL, 10) : 0;
}

typedef struct
{
  const char *path;
  const char *text;
} WantedFile;

static gboolean
file_has (gpointer data)
{
  const WantedFile *wanted = data;
  g_autofree char *text = NULL;

  return g_file_get_contents (wanted->path, &text, NULL, NULL) &&
         strstr (text, wanted->text) != NULL;
}

void
ui_hand_wait_file (const char *path, const char *text)
{
  WantedFile wanted = { path, text };

  if (!ui_wait (file_has, &wanted, 10000))
    g_error ("“%s” does not come into %s", text, path);
}

void
ui_hand_save_as (const char *lab, const char *node, const char *name)
{
  g_autofree char *command = g_strconcat ("set pcname ", name, NULL);
  g_autofree char *sent = NULL;
  g_autofree char *saved = NULL;
  int code;

  sent = ui_labctl (&code, "send", lab, node, command, NULL);
  g_assert_cmpint (code, ==, 0);
  saved = ui_labctl (&code, "config", "save", lab, node, NULL);
  g_assert_cmpint (code, ==, 0);
}

int
ui_hand_pid (const char *lab, const char *node)
{
  return number_of (lab, node, "\"pid\" : ");
}

int
ui_hand_engine_pid (const char *lab)
{
  return number_of (lab, NULL, "\"pid\" : ");
}

static gboolean
nothing_runs (gpointer unused)
{
  return ui_n_processes ("labwright") == 0;
}

void
ui_hand_end_labs (void)
{
  g_autofree char *said = ui_labctl (NULL, "stop", "--all", NULL);

  if (!ui_wait (nothing_runs, NULL, WAIT_MS))
    g_error ("%u processes were left; labctl stop --all said: %s", ui_n_processes ("labwright"),
             said);
}
