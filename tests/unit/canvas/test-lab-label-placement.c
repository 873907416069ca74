/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places of interface labels. */

#include "config.h"

#include <math.h>

#include "lab-label-placement.h"

#define HALF   24.0
#define WIDTH  28.0
#define HEIGHT 13.0

static LabLinkPlace
between (LabBox a, LabBox b)
{
  LabLinkPlace place = { .n_lanes = 1 };

  place.centre[0] = (LabPoint){ (a.x0 + a.x1) / 2, (a.y0 + a.y1) / 2 };
  place.centre[1] = (LabPoint){ (b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2 };
  place.half_width[0] = place.half_width[1] = HALF;
  place.half_height[0] = place.half_height[1] = HALF;

  return place;
}

static LabBox
box_of (const LabPortLabel *label)
{
  return lab_box_around (label->centre.x, label->centre.y, label->width / 2, label->height / 2);
}

/* Texts may touch: there is room above and below their letters. */
static gboolean
covers (LabBox a, LabBox b)
{
  LabBox smaller = lab_box_grow (a, -1);

  return lab_box_meets (&smaller, &b);
}

static void
star_init (LabLinkGeometry *paths, LabBox *nodes, LabPortLabel *labels, guint n, double turn)
{
  nodes[0] = lab_box_around (0, 0, HALF, HALF);
  for (guint i = 0; i < n; i++)
    {
      double angle = turn + 2 * G_PI * i / n;
      LabLinkPlace route;

      nodes[i + 1] = lab_box_around (260 * cos (angle), 260 * sin (angle), HALF, HALF);
      route = between (nodes[0], nodes[i + 1]);
      lab_link_geometry_compute (&paths[i], &route);
      for (guint end = 0; end < 2; end++)
        labels[2 * i + end] =
            (LabPortLabel){ &paths[i], end, FALSE, WIDTH, HEIGHT, FALSE, -1, { 0, 0 } };
    }
}

#define SPOKES 10

/* Eight links from one node: no label covers another or a node. */
static void
test_star (void)
{
  LabLinkGeometry paths[SPOKES];
  LabBox nodes[SPOKES + 1];
  LabPortLabel labels[2 * SPOKES];

  for (double turn = 0; turn < 0.7; turn += 0.1)
    {
      star_init (paths, nodes, labels, SPOKES, turn);
      lab_port_labels_place (labels, G_N_ELEMENTS (labels), nodes, G_N_ELEMENTS (nodes));
      for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
        {
          for (guint j = 0; j < i; j++)
            g_assert_false (covers (box_of (&labels[i]), box_of (&labels[j])));
          for (guint j = 0; j < G_N_ELEMENTS (nodes); j++)
            g_assert_false (covers (box_of (&labels[i]), nodes[j]));
          /* Near its own end. */
          g_assert_cmpfloat (hypot (labels[i].centre.x, labels[i].centre.y), <,
                             i % 2 == 0 ? 130 : 250);
          g_assert_cmpfloat (hypot (labels[i].centre.x, labels[i].centre.y), >,
                             i % 2 == 0 ? 20 : 130);
        }
    }
}

/* Six parallel links, whichever way they run. */
static void
test_parallel (void)
{
  for (guint turn = 0; turn < 12; turn++)
    {
      LabLinkGeometry paths[6];
      LabPortLabel labels[12];
      LabBox nodes[2];
      double angle = turn * G_PI / 6;

      nodes[0] = lab_box_around (0, 0, HALF, HALF);
      nodes[1] = lab_box_around (400 * cos (angle), 400 * sin (angle), HALF, HALF);
      for (guint i = 0; i < 6; i++)
        {
          LabLinkPlace route = between (nodes[0], nodes[1]);

          route.lane = i;
          route.n_lanes = 6;
          lab_link_geometry_compute (&paths[i], &route);
          for (guint end = 0; end < 2; end++)
            labels[2 * i + end] =
                (LabPortLabel){ &paths[i], end, FALSE, WIDTH, HEIGHT, FALSE, -1, { 0, 0 } };
        }
      lab_port_labels_place (labels, 12, nodes, 2);
      for (guint i = 0; i < 12; i++)
        for (guint j = 0; j < i; j++)
          g_assert_false (covers (box_of (&labels[i]), box_of (&labels[j])));
    }
}

static void
test_fixed (void)
{
  LabLinkGeometry paths[2];
  LabBox nodes[3];
  LabPortLabel labels[4];
  LabPoint first;

  star_init (paths, nodes, labels, 2, 0);
  lab_port_labels_place (labels, 4, nodes, 3);
  first = labels[0].centre;
  g_assert_cmpint (labels[0].choice, ==, 0);
  /* Above its cable. */
  g_assert_cmpfloat (first.y, <, 0);

  /* Somebody puts another label there: it stays, and the first one makes room. */
  labels[3].fixed = TRUE;
  labels[3].centre = first;
  lab_port_labels_place (labels, 4, nodes, 3);
  g_assert_cmpfloat (labels[3].centre.x, ==, first.x);
  g_assert_cmpfloat (labels[3].centre.y, ==, first.y);
  g_assert_cmpint (labels[0].choice, !=, 0);
  g_assert_false (covers (box_of (&labels[0]), box_of (&labels[3])));

  /* It goes away again: no reason for the first one to jump back. */
  labels[3].centre.y += 500;
  {
    int choice = labels[0].choice;

    lab_port_labels_place (labels, 4, nodes, 3);
    g_assert_cmpint (labels[0].choice, ==, choice);
  }
}

/* Turning the star a little leaves each label at the same place of its cable. */
static void
test_stable (void)
{
  LabLinkGeometry paths[SPOKES];
  LabBox nodes[SPOKES + 1];
  LabPortLabel labels[2 * SPOKES];
  int before[2 * SPOKES];
  guint jumps = 0;

  star_init (paths, nodes, labels, SPOKES, 0.05);
  lab_port_labels_place (labels, G_N_ELEMENTS (labels), nodes, G_N_ELEMENTS (nodes));
  for (double turn = 0.05; turn < 0.15; turn += 0.002)
    {
      for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
        before[i] = labels[i].choice;
      star_init (paths, nodes, labels, SPOKES, turn);
      for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
        labels[i].choice = before[i];
      lab_port_labels_place (labels, G_N_ELEMENTS (labels), nodes, G_N_ELEMENTS (nodes));
      for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
        jumps += labels[i].choice != before[i];
    }
  g_assert_cmpuint (jumps, <=, 2);
}

/* Labels with nowhere to go still get a place, and far from the origin too. */
static void
test_crowded (void)
{
  LabBox nodes[2] = { lab_box_around (-9e5, 9e5, HALF, HALF),
                      lab_box_around (-9e5 + 80, 9e5, HALF, HALF) };
  LabLinkPlace route = between (nodes[0], nodes[1]);
  LabLinkGeometry path;
  LabPortLabel labels[40];

  lab_link_geometry_compute (&path, &route);
  for (guint i = 0; i < 40; i++)
    labels[i] = (LabPortLabel){ &path, i % 2, FALSE, WIDTH, HEIGHT, FALSE, -1, { 0, 0 } };
  lab_port_labels_place (labels, 40, nodes, 2);
  for (guint i = 0; i < 40; i++)
    {
      g_assert_cmpint (labels[i].choice, >=, 0);
      g_assert_cmpfloat (fabs (labels[i].centre.x + 9e5), <, 150);
    }
}

/* Rates of links that run side by side stand beside each other, or one above the other. */
static void
test_middle (void)
{
  LabLinkGeometry paths[3];
  LabPortLabel labels[3];
  LabBox nodes[2] = { lab_box_around (0, 0, HALF, HALF), lab_box_around (0, 400, HALF, HALF) };

  for (guint i = 0; i < 3; i++)
    {
      LabLinkPlace route = between (nodes[0], nodes[1]);

      route.lane = i;
      route.n_lanes = 3;
      lab_link_geometry_compute (&paths[i], &route);
      labels[i] = (LabPortLabel){ &paths[i], 0, TRUE, 70, 28, FALSE, -1, { 0, 0 } };
    }
  lab_port_labels_place (labels, 3, nodes, 2);
  g_assert_cmpfloat_with_epsilon (labels[0].centre.y, 200, 1);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (
          lab_link_geometry_distance (&paths[i], labels[i].centre.x, labels[i].centre.y), <, 1);
      for (guint j = 0; j < i; j++)
        g_assert_false (covers (box_of (&labels[i]), box_of (&labels[j])));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canvas/label-placement/star", test_star);
  g_test_add_func ("/canvas/label-placement/parallel", test_parallel);
  g_test_add_func ("/canvas/label-placement/fixed", test_fixed);
  g_test_add_func ("/canvas/label-placement/stable", test_stable);
  g_test_add_func ("/canvas/label-placement/crowded", test_crowded);
  g_test_add_func ("/canvas/label-placement/middle", test_middle);

  return g_test_run ();
}
