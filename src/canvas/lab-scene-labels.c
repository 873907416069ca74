/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Interface labels and rates that keep out of each other's way.
 *
 * Only labels of links that moved are placed again, and those that a moved device now covers: so a
 * drag costs the same in a lab of any size. Everything else stands where it is and is in the way.
 */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-label-placement.h"
#include "lab-scene-private.h"

/* As far as a label goes from its port's dot. */
#define REACH 150.0
/* With more than these it is cheaper not to ask who is near. */
#define MANY_NODES  60
#define MANY_LABELS 300
#define N_SLOTS     3

static LabBox
symbol_box (const LabSceneNode *node)
{
  return lab_box_around (node->x, node->y, node->half_width, node->half_height);
}

static gboolean
is_covered (const LabSceneLink *link, const LabBox *box)
{
  return lab_box_meets (&link->port_label[0], box) || lab_box_meets (&link->port_label[1], box);
}

/* A link at rest whose label a moved device covers. */
static gboolean
is_disturbed (LabScene *self, const LabSceneLink *link)
{
  for (guint i = 0; i < self->stale->len; i++)
    {
      LabSceneNode *node = lab_scene_item_node (g_ptr_array_index (self->stale, i));
      LabBox symbol;

      if (node == NULL)
        continue;
      symbol = symbol_box (node);
      if (is_covered (link, &symbol) || is_covered (link, &node->label))
        return TRUE;
    }

  return FALSE;
}

/* The links whose labels are placed now; they are marked. */
static GPtrArray *
collect_links (LabScene *self)
{
  GPtrArray *links = g_ptr_array_new ();
  guint n_nodes = 0;

  for (guint i = 0; i < self->links->len; i++)
    ((LabSceneLink *) g_ptr_array_index (self->links, i))->placing = FALSE;
  for (guint i = 0; i < self->stale->len; i++)
    {
      LabSceneItem *item = g_ptr_array_index (self->stale, i);

      n_nodes += item->kind == LAB_SCENE_NODE;
      if (item->kind != LAB_SCENE_LINK)
        continue;
      ((LabSceneLink *) item)->placing = TRUE;
      g_ptr_array_add (links, item);
    }
  for (guint i = 0; n_nodes > 0 && i < self->links->len; i++)
    {
      LabSceneLink *link = g_ptr_array_index (self->links, i);

      if (link->placing || (n_nodes < MANY_NODES && !is_disturbed (self, link)))
        continue;
      link->placing = TRUE;
      g_ptr_array_add (links, link);
    }

  return links;
}

/* Of both port labels and the rate. */
static LabBox *
box_of (LabSceneLink *link, guint slot)
{
  return slot < 2 ? &link->port_label[slot] : &link->rate;
}

static gboolean
is_fixed (LabSceneLink *link, guint slot)
{
  LabPoint offset;

  return link->geometry.n_points < 2 ||
         (slot < 2 &&
          lab_link_get_port_label_offset (link->item.object, slot, &offset.x, &offset.y));
}

static GArray *
collect_labels (GPtrArray *links)
{
  GArray *labels = g_array_new (FALSE, TRUE, sizeof (LabPortLabel));

  for (guint i = 0; i < links->len; i++)
    for (guint slot = 0; slot < N_SLOTS; slot++)
      {
        LabSceneLink *link = g_ptr_array_index (links, i);
        const LabBox *box = box_of (link, slot);
        LabPortLabel label = { .path = &link->geometry,
                               .end = slot % 2,
                               .middle = slot == 2,
                               .width = box->x1 - box->x0,
                               .height = box->y1 - box->y0,
                               .fixed = is_fixed (link, slot),
                               .choice = link->choices[slot] - 1,
                               .centre = { (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2 } };

        if (!lab_box_is_empty (box))
          g_array_append_val (labels, label);
      }

  return labels;
}

/* What may be in the way of some labels. */
typedef struct
{
  GArray *boxes;
  GArray *reaches; /* of each label */
  LabBox reach;    /* of all of them */
} Obstacles;

static LabBox
reach_of (const LabPortLabel *label)
{
  LabPoint at = label->middle ? label->path->middle : label->path->dot[label->end];

  return lab_box_around (at.x, at.y, REACH, REACH);
}

static void
obstacles_init (Obstacles *self, GArray *labels)
{
  self->boxes = g_array_new (FALSE, FALSE, sizeof (LabBox));
  self->reaches = g_array_sized_new (FALSE, FALSE, sizeof (LabBox), labels->len);
  self->reach = LAB_BOX_EMPTY;
  for (guint i = 0; i < labels->len; i++)
    {
      LabBox reach = reach_of (&g_array_index (labels, LabPortLabel, i));

      g_array_append_val (self->reaches, reach);
      self->reach = lab_box_union (self->reach, reach);
    }
}

static void
add_obstacle (Obstacles *self, const LabBox *box)
{
  gboolean near = self->reaches->len > MANY_LABELS;

  if (lab_box_is_empty (box) || !lab_box_meets (&self->reach, box))
    return;
  for (guint i = 0; !near && i < self->reaches->len; i++)
    near = lab_box_meets (&g_array_index (self->reaches, LabBox, i), box);
  if (near)
    g_array_append_val (self->boxes, *box);
}

static void
collect_obstacles (LabScene *self, Obstacles *obstacles)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabSceneNode *node = g_ptr_array_index (self->nodes, i);
      LabBox symbol = symbol_box (node);

      add_obstacle (obstacles, &symbol);
      add_obstacle (obstacles, &node->label);
    }
  for (guint i = 0; i < self->links->len; i++)
    {
      LabSceneLink *link = g_ptr_array_index (self->links, i);

      add_obstacle (obstacles, &link->label);
      for (guint slot = 0; !link->placing && slot < N_SLOTS; slot++)
        add_obstacle (obstacles, box_of (link, slot));
    }
}

static void
settle_labels (GPtrArray *links, GArray *labels)
{
  const LabPortLabel *label = (const LabPortLabel *) labels->data;

  for (guint i = 0; i < links->len; i++)
    {
      LabSceneLink *link = g_ptr_array_index (links, i);

      for (guint slot = 0; slot < N_SLOTS; slot++)
        {
          LabBox *box = box_of (link, slot);

          if (lab_box_is_empty (box))
            continue;
          link->choices[slot] = label->choice + 1;
          *box = lab_box_around (label->centre.x, label->centre.y, label->width / 2,
                                 label->height / 2);
          link->item.bounds = lab_box_union (link->item.bounds, *box);
          label++;
        }
      lab_scene_touch (&link->item);
    }
}

void
lab_scene_place_labels (LabScene *self)
{
  g_autoptr (GPtrArray) links = collect_links (self);
  g_autoptr (GArray) labels = collect_labels (links);
  Obstacles obstacles;

  if (labels->len == 0)
    return;
  obstacles_init (&obstacles, labels);
  collect_obstacles (self, &obstacles);
  lab_port_labels_place ((LabPortLabel *) labels->data, labels->len,
                         (LabBox *) obstacles.boxes->data, obstacles.boxes->len);
  g_array_unref (obstacles.boxes);
  g_array_unref (obstacles.reaches);
  settle_labels (links, labels);
}
