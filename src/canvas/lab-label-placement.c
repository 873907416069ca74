/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places for interface labels.
 *
 * A label has a few places: beside its cable, on either side, nearer to the node or farther from
 * it, and on the cable itself. Labels take their turn in the order given, and each takes the place
 * where it covers least of what stands already, the earlier place if two are equal. Those that had
 * a clear place last time have the first turn and keep it.
 *
 * What stands already is kept in a grid of cells, so that a label is compared with its neighbours
 * only. A box is entered in each cell it touches, and what it shares with a label is measured cell
 * by cell, so nothing is counted twice. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-label-placement.h"

#define CELL         64.0
#define CLEARANCE    1.0  /* between two texts */
#define FROM_NODE    13.0 /* from the border to the nearest edge of a text: past the port's dot */
#define FROM_CABLE   3.0
#define FROM_MIDDLE  9.0  /* from the bolt or plug in the middle */
#define STEP         15.0 /* from one place to the next one out */
#define N_BESIDE     12   /* six steps, two sides */
#define RANK_COST    0.01 /* of its own area, for each place further down the list */
#define LEAVING_COST 0.25 /* what another place must be better by */

typedef struct
{
  LabBox box;
  guint next; /* index + 1 of the next one in this cell */
} Entry;

typedef struct
{
  GHashTable *cells; /* gint64 *: index + 1 of the first entry */
  GArray *entries;
} Grid;

static void
grid_init (Grid *grid)
{
  grid->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  grid->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
}

static void
grid_clear (Grid *grid)
{
  g_hash_table_unref (grid->cells);
  g_array_unref (grid->entries);
}

static gint64
cell_key (int column, int row)
{
  return (gint64) column * G_GINT64_CONSTANT (0x100000000) + row;
}

static int
cell_of (double coordinate)
{
  return (int) floor (coordinate / CELL);
}

static void
grid_add_to (Grid *grid, int column, int row, LabBox box)
{
  gint64 key = cell_key (column, row);
  Entry entry = { box, GPOINTER_TO_UINT (g_hash_table_lookup (grid->cells, &key)) };

  g_array_append_val (grid->entries, entry);
  g_hash_table_insert (grid->cells, g_memdup2 (&key, sizeof key),
                       GUINT_TO_POINTER (grid->entries->len));
}

static void
grid_add (Grid *grid, LabBox box)
{
  for (int column = cell_of (box.x0); column <= cell_of (box.x1); column++)
    for (int row = cell_of (box.y0); row <= cell_of (box.y1); row++)
      grid_add_to (grid, column, row, box);
}

static double
shared_area (const LabBox *a, const LabBox *b)
{
  double width = MIN (a->x1, b->x1) - MAX (a->x0, b->x0);
  double height = MIN (a->y1, b->y1) - MAX (a->y0, b->y0);

  return width > 0 && height > 0 ? width * height : 0;
}

static double
covered_in (Grid *grid, int column, int row, LabBox box)
{
  gint64 key = cell_key (column, row);
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (grid->cells, &key));
  LabBox part = { MAX (box.x0, column * CELL), MAX (box.y0, row * CELL),
                  MIN (box.x1, (column + 1) * CELL), MIN (box.y1, (row + 1) * CELL) };
  double area = 0;

  while (at != 0)
    {
      const Entry *entry = &g_array_index (grid->entries, Entry, at - 1);

      area += shared_area (&part, &entry->box);
      at = entry->next;
    }

  return area;
}

/* How much of what stands there @box covers. */
static double
covered (Grid *grid, LabBox box)
{
  double area = 0;

  for (int column = cell_of (box.x0); column <= cell_of (box.x1); column++)
    for (int row = cell_of (box.y0); row <= cell_of (box.y1); row++)
      area += covered_in (grid, column, row, box);

  return area;
}

/* Half of the text's extent seen along a direction. */
static double
half_extent (const LabPortLabel *self, LabPoint direction)
{
  return (fabs (direction.x) * self->width + fabs (direction.y) * self->height) / 2;
}

/* On the cable: in the middle, or a bit to either end. */
static LabPoint
middle_place (const LabPortLabel *self, guint choice)
{
  static const double shares[] = { 0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75 };
  double share = shares[MIN (choice, G_N_ELEMENTS (shares) - 1)];

  return lab_link_geometry_get_point (self->path, self->path->length * share, NULL);
}

/* The side of a cable that is above it; right of an upright one. */
static LabPoint
upper_side (LabPoint direction)
{
  LabPoint across = { -direction.y, direction.x };

  if (across.y > 0.2 || (across.y > -0.2 && across.x < 0))
    across = (LabPoint){ -across.x, -across.y };

  return across;
}

LabPoint
lab_link_geometry_place_text (const LabLinkGeometry *self,
                              double width,
                              double height,
                              gboolean aside)
{
  LabPoint direction;
  LabPoint centre = lab_link_geometry_get_point (self, self->length / 2, &direction);
  LabPoint across = upper_side (direction);
  double away = FROM_MIDDLE + (fabs (across.x) * width + fabs (across.y) * height) / 2;

  return aside ? (LabPoint){ centre.x + across.x * away, centre.y + across.y * away } : centre;
}

LabPoint
lab_port_label_get_place (const LabPortLabel *self, guint choice)
{
  gboolean beside = choice < N_BESIDE;
  guint step = beside ? choice / 2 : choice - N_BESIDE;
  LabPoint direction;
  LabPoint across;
  LabPoint point;
  double away = 0;

  if (self->middle)
    return middle_place (self, choice);
  lab_link_geometry_get_end (self->path, self->end, FROM_NODE, &direction);
  point = lab_link_geometry_get_end (
      self->path, self->end, FROM_NODE + half_extent (self, direction) + step * STEP, &direction);
  across = upper_side (direction);
  if (beside)
    away = (FROM_CABLE + half_extent (self, across)) * (choice % 2 == 0 ? 1 : -1);

  return (LabPoint){ point.x + across.x * away, point.y + across.y * away };
}

LabPoint
lab_link_geometry_place_label (const LabLinkGeometry *self, guint end, double width, double height)
{
  LabPortLabel label = { .path = self, .end = end, .width = width, .height = height };

  return lab_port_label_get_place (&label, 0);
}

static LabBox
box_at (const LabPortLabel *self, LabPoint centre)
{
  return lab_box_around (centre.x, centre.y, self->width / 2, self->height / 2);
}

static void
settle (LabPortLabel *self, Grid *grid)
{
  grid_add (grid, lab_box_grow (box_at (self, self->centre), CLEARANCE));
}

/* Keeps its place if nothing stands there. */
static gboolean
keep_place (LabPortLabel *self, Grid *grid)
{
  if (self->choice < 0 || self->choice >= LAB_PORT_LABEL_PLACES)
    return FALSE;
  self->centre = lab_port_label_get_place (self, (guint) self->choice);
  if (covered (grid, box_at (self, self->centre)) > 0)
    return FALSE;
  settle (self, grid);

  return TRUE;
}

static void
choose_place (LabPortLabel *self, Grid *grid)
{
  double area = self->width * self->height;
  double best = G_MAXDOUBLE;
  int had = self->choice;

  for (guint i = 0; i < LAB_PORT_LABEL_PLACES; i++)
    {
      LabPoint place = lab_port_label_get_place (self, i);
      double cost = covered (grid, box_at (self, place)) + i * RANK_COST * area;

      if ((int) i != had)
        cost += LEAVING_COST * area;
      if (cost < best)
        {
          best = cost;
          self->choice = (int) i;
          self->centre = place;
        }
    }
  settle (self, grid);
}

void
lab_port_labels_place (LabPortLabel *labels,
                       guint n_labels,
                       const LabBox *obstacles,
                       guint n_obstacles)
{
  g_autofree gboolean *settled = g_new0 (gboolean, n_labels + 1);
  Grid grid;

  grid_init (&grid);
  for (guint i = 0; i < n_obstacles; i++)
    grid_add (&grid, obstacles[i]);
  for (guint i = 0; i < n_labels; i++)
    if (labels[i].fixed)
      {
        settle (&labels[i], &grid);
        settled[i] = TRUE;
      }
  for (guint i = 0; i < n_labels; i++)
    if (!settled[i])
      settled[i] = keep_place (&labels[i], &grid);
  for (guint i = 0; i < n_labels; i++)
    if (!settled[i])
      choose_place (&labels[i], &grid);
  grid_clear (&grid);
}
