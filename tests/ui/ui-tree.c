/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader sees, by AT-SPI. Nothing is cached: the tree is asked anew each time. */

#include "config.h"

#include <string.h>

#include "ui-app.h"
#include "ui-private.h"

#define APPLICATION "labwright"
#define MAX_DEPTH   64

static AtspiAccessible *find_application (void);

/* It answers in the loop in which it takes what the hand did. Twice, since one turn can have both.
 */
static void
ask_program (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AtspiAccessible) application = find_application ();
    }
}

static AtspiAccessible *
find_application (void)
{
  static gboolean started = FALSE;
  g_autoptr (AtspiAccessible) desktop = NULL;
  int n;

  if (!started)
    {
      /* libatspi warns when it asks a program that is just starting or ending; the program under
       * test keeps its own fatal warnings. */
      g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
      atspi_init ();
      atspi_set_timeout (5000, 15000);
      ui_settle_with (ask_program);
      started = TRUE;
    }
  desktop = atspi_get_desktop (0);
  atspi_accessible_set_cache_mask (desktop, ATSPI_CACHE_NONE);
  n = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = n; i-- > 0;)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *name = child != NULL ? atspi_accessible_get_name (child, NULL) : NULL;

      if (g_strcmp0 (name, APPLICATION) == 0 || g_strcmp0 (name, "Labwright") == 0)
        {
          atspi_accessible_set_cache_mask (child, ATSPI_CACHE_NONE);
          return g_steal_pointer (&child);
        }
    }

  return NULL;
}

char *
ui_tree_name (AtspiAccessible *accessible)
{
  char *name = atspi_accessible_get_name (accessible, NULL);

  return name != NULL ? name : g_strdup ("");
}

char *
ui_tree_role (AtspiAccessible *accessible)
{
  /* What newer ones call so, and its older name. */
  static const char *const names[][2] = { { "button", "push button" }, { "grouping", "panel" } };
  g_autofree char *role = atspi_accessible_get_role_name (accessible, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (role, names[i][0]) == 0)
      return g_strdup (names[i][1]);

  return role != NULL ? g_steal_pointer (&role) : g_strdup ("");
}

char *
ui_tree_description (AtspiAccessible *accessible)
{
  char *description = atspi_accessible_get_description (accessible, NULL);

  return description != NULL ? description : g_strdup ("");
}

char *
ui_tree_text (AtspiAccessible *accessible)
{
  g_autoptr (AtspiText) text = atspi_accessible_get_text_iface (accessible);

  return text != NULL ? atspi_text_get_text (text, 0, -1, NULL) : NULL;
}

gboolean
ui_tree_has_state (AtspiAccessible *accessible, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (accessible);

  return states != NULL && atspi_state_set_contains (states, state);
}

/* The name is asked for only where the role is right: each question is a call to the program, and
 * to ask them of a whole window is what takes most of a test's time. */
static gboolean
matches (AtspiAccessible *accessible, const char *role, const char *name)
{
  if (role != NULL)
    {
      g_autofree char *own_role = ui_tree_role (accessible);

      if (!g_str_equal (own_role, role))
        return FALSE;
    }
  if (name != NULL)
    {
      g_autofree char *own_name = ui_tree_name (accessible);

      return strstr (own_name, name) != NULL;
    }

  return TRUE;
}

static AtspiAccessible *
find_deep (AtspiAccessible *root, const char *role, const char *name, guint depth)
{
  int n;

  if (matches (root, role, name))
    return g_object_ref (root);
  n = depth < MAX_DEPTH ? atspi_accessible_get_child_count (root, NULL) : 0;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (root, i, NULL);
      AtspiAccessible *found = child != NULL ? find_deep (child, role, name, depth + 1) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

AtspiAccessible *
ui_tree_find_below (AtspiAccessible *root, const char *role, const char *name)
{
  return find_deep (root, role, name, 0);
}

AtspiAccessible *
ui_tree_find (const char *role, const char *name, guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  for (;;)
    {
      g_autoptr (AtspiAccessible) application = find_application ();
      AtspiAccessible *found =
          application != NULL ? ui_tree_find_below (application, role, name) : NULL;

      if (found != NULL || g_get_monotonic_time () > end)
        return found;
      ui_settle (100);
    }
}

static void
walk (AtspiAccessible *root,
      guint depth,
      void (*visit) (AtspiAccessible *, guint, gpointer),
      gpointer data)
{
  int n;

  visit (root, depth, data);
  n = depth < MAX_DEPTH ? atspi_accessible_get_child_count (root, NULL) : 0;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (root, i, NULL);

      if (child != NULL)
        walk (child, depth + 1, visit, data);
    }
}

void
ui_tree_walk (void (*visit) (AtspiAccessible *accessible, guint depth, gpointer data),
              gpointer data)
{
  g_autoptr (AtspiAccessible) application = find_application ();

  g_assert_nonnull (application);
  walk (application, 0, visit, data);
}

static void
dump_cb (AtspiAccessible *accessible, guint depth, gpointer data)
{
  g_autofree char *role = ui_tree_role (accessible);
  g_autofree char *name = ui_tree_name (accessible);

  g_test_message ("%*s%s “%s”", (int) depth * 2, "", role, name);
}

void
ui_tree_dump (void)
{
  ui_tree_walk (dump_cb, NULL);
}

gboolean
ui_tree_act (AtspiAccessible *accessible, const char *action)
{
  g_autoptr (AtspiAction) actions = atspi_accessible_get_action_iface (accessible);
  int n = actions != NULL ? atspi_action_get_n_actions (actions, NULL) : 0;

  for (int i = 0; i < n; i++)
    {
      g_autofree char *name = atspi_action_get_action_name (actions, i, NULL);

      if (g_strcmp0 (name, action) == 0)
        {
          atspi_action_do_action (actions, i, NULL);
          return TRUE;
        }
    }

  return FALSE;
}

/* The top-level window that @accessible is in. (transfer full) */
static AtspiAccessible *
find_top_level (AtspiAccessible *accessible)
{
  AtspiAccessible *found = g_object_ref (accessible);

  for (guint i = 0; i < MAX_DEPTH; i++)
    {
      g_autoptr (AtspiAccessible) parent = atspi_accessible_get_parent (found, NULL);
      g_autofree char *role = parent != NULL ? ui_tree_role (parent) : NULL;

      if (role == NULL || g_str_equal (role, "application"))
        break;
      g_set_object (&found, parent);
    }

  return found;
}

/* Newer GTK counts from before the frame that it draws around a window where nobody composes, and
 * says that the window begins there; for older GTK a window begins at 0. */
static void
get_origin (AtspiAccessible *accessible, int *x, int *y)
{
  g_autoptr (AtspiAccessible) top_level = find_top_level (accessible);
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (top_level);
  g_autofree AtspiRect *extents =
      component != NULL ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL)
                        : NULL;

  *x = extents != NULL ? MIN (extents->x, 0) : 0;
  *y = extents != NULL ? MIN (extents->y, 0) : 0;
}

gboolean
ui_tree_centre (AtspiAccessible *accessible, const char *title, int *x, int *y)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (accessible);
  g_autofree AtspiRect *extents = NULL;
  int rectangle[4];
  int origin[2];

  if (component == NULL || !ui_find_window (title, rectangle))
    return FALSE;
  extents = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  if (extents == NULL || extents->width <= 0 || extents->height <= 0)
    return FALSE;
  get_origin (accessible, &origin[0], &origin[1]);
  *x = rectangle[0] - origin[0] + extents->x + extents->width / 2;
  *y = rectangle[1] - origin[1] + extents->y + extents->height / 2;

  return TRUE;
}

void
ui_tree_click (const char *title, const char *role, const char *name)
{
  g_autoptr (AtspiAccessible) found = ui_tree_find (role, name, 5000);
  int x;
  int y;

  if (found == NULL)
    {
      ui_tree_dump ();
      ui_shot ("not-found");
      g_error ("no %s “%s”; see shots/not-found.png", role != NULL ? role : "control", name);
    }
  g_assert_true (ui_tree_centre (found, title, &x, &y));
  ui_click (x, y, 1);
  ui_settle (100);
}
