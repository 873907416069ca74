/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a frame of the canvas takes: from the frame clock's "before-paint" to its "after-paint",
 * with the window drawn by the cairo renderer, as it is without a graphics card. Run by hand:
 *
 *   xvfb-run -s "-screen 0 1700x1100x24" build/tests/bench/canvas-bench [--nodes N] [--frames N]
 *
 * "build" is the canvas' own part of a frame: making its render nodes. */

#include <gtk/gtk.h>
#include <stdlib.h>
#include <time.h>

#include "canvas-lab.h"
#include "lab-canvas-input-private.h"
#include "lab-canvas-private.h"

#define WIDTH  1600
#define HEIGHT 1000

static int only_nodes;
static int n_frames = 60;
static char *only;
static gboolean use_cpu;

static const GOptionEntry entries[] = {
  { "nodes", 'n', 0, G_OPTION_ARG_INT, &only_nodes, "Only this many devices", "N" },
  { "frames", 'f', 0, G_OPTION_ARG_INT, &n_frames, "Frames of each measurement (60)", "N" },
  { "only", 'o', 0, G_OPTION_ARG_STRING, &only, "Only measurements with this in their name",
    "TEXT" },
  { "cpu", 'c', 0, G_OPTION_ARG_NONE, &use_cpu,
    "Time on the processor, not on the clock: for a busy machine", NULL },
  { NULL },
};

/* µs */
static gint64
now (void)
{
  struct timespec time;

  clock_gettime (use_cpu ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
  LabSelection *selection;
  LabCanvas *canvas;
  GtkWidget *window;

  gint64 began;
  gint64 took; /* of the last frame, µs; -1: none since */
} Bench;

/* What is done before frame @i; it must change what is seen. */
typedef void (*Step) (Bench *bench, guint i);

static void
before_paint_cb (Bench *bench)
{
  bench->began = now ();
}

static void
after_paint_cb (Bench *bench)
{
  if (bench->began != 0)
    bench->took = now () - bench->began;
}

/* The next frame's time, µs. */
static gint64
wait_frame (Bench *bench)
{
  bench->began = 0;
  bench->took = -1;
  gtk_widget_queue_draw (GTK_WIDGET (bench->canvas));
  while (bench->took < 0)
    g_main_context_iteration (NULL, TRUE);

  return bench->took;
}

static void
settle (Bench *bench)
{
  gint64 end = g_get_monotonic_time () + 300 * 1000;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  wait_frame (bench);
}

/* What the canvas itself does in a frame, µs. */
static gint64
build (Bench *bench)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gint64 began = now ();
  GskRenderNode *node;

  GTK_WIDGET_GET_CLASS (bench->canvas)->snapshot (GTK_WIDGET (bench->canvas), snapshot);
  began = now () - began;
  node = gtk_snapshot_free_to_node (snapshot);
  g_clear_pointer (&node, gsk_render_node_unref);

  return began;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static double
quantile (GArray *values, double part)
{
  g_array_sort (values, compare);

  return g_array_index (values, gint64, (guint) ((values->len - 1) * part)) / 1000.0;
}

static double
measure (Bench *bench, const char *name, double mark, Step step)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) builds = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (gint64));
  double median;
  char marked[32] = "";

  if (only != NULL && strstr (name, only) == NULL)
    return 0;
  settle (bench);
  for (guint i = 0; i < (guint) n_frames; i++)
    {
      gint64 began = now ();
      gint64 took;

      step (bench, i);
      took = now () - began;
      g_array_append_val (steps, took);
      /* Every other frame is built once more than needed, to look at that alone. */
      if (i % 2 == 0)
        {
          took = build (bench);
          g_array_append_val (builds, took);
          wait_frame (bench);
          continue;
        }
      took = wait_frame (bench);
      g_array_append_val (frames, took);
    }
  median = quantile (frames, 0.5);
  if (mark > 0)
    g_snprintf (marked, sizeof marked, "%6.0f %s", mark, median <= mark ? "kept" : "MISSED");
  g_print ("  %-28s %8.2f %8.2f %8.2f %8.2f %8.2f   %s\n", name, median, quantile (frames, 0.95),
           quantile (builds, 0.5), quantile (builds, 0.95), quantile (steps, 0.5), marked);

  return median;
}

static void
pan (Bench *bench, guint i)
{
  const LabViewport *viewport = lab_stage_get_viewport (bench->canvas->stage);
  double by = (i / 10 % 2 == 0 ? 17 : -17) / viewport->zoom;

  lab_canvas_pan_to (bench->canvas, viewport->x + by, viewport->y + by);
}

static void
zoom (Bench *bench, guint i)
{
  /* Down and up again, by steps, as with the wheel. */
  int direction = i / 12 % 2 == 0 ? 1 : -1;

  lab_canvas_zoom_at (bench->canvas, lab_zoom_step (lab_canvas_get_zoom (bench->canvas), direction),
                      WIDTH / 2, HEIGHT / 2);
}

static void
place_of (Bench *bench, guint node, double *x, double *y)
{
  g_autofree char *name = g_strdup_printf ("N%u", node);
  LabNode *object = lab_topology_find_node (bench->topology, name);

  lab_canvas_world_to_widget (bench->canvas, lab_node_get_x (object), lab_node_get_y (object), x,
                              y);
}

/* A device in the middle of the view, and nine after it. */
static guint
middle_node (Bench *bench)
{
  GListModel *nodes = lab_topology_get_nodes (bench->topology);
  guint n = g_list_model_get_n_items (nodes);
  double centre_x;
  double centre_y;
  double least = G_MAXDOUBLE;
  guint best = 0;

  lab_canvas_get_centre (bench->canvas, &centre_x, &centre_y);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      double far = hypot (lab_node_get_x (node) - centre_x, lab_node_get_y (node) - centre_y);

      if (far < least)
        {
          least = far;
          best = i;
        }
    }

  return MIN (best, n - 10);
}

static void
begin_drag (Bench *bench)
{
  guint first = middle_node (bench);
  g_autoptr (GPtrArray) ten = g_ptr_array_new ();
  double x;
  double y;

  for (guint i = first; i < first + 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("N%u", i);

      g_ptr_array_add (ten, lab_topology_find_node (bench->topology, name));
    }
  lab_selection_set (bench->selection, ten->pdata, ten->len);
  place_of (bench, first, &x, &y);
  lab_canvas_begin_stroke (bench->canvas, GDK_BUTTON_PRIMARY, x, y, 1);
}

static void
drag (Bench *bench, guint i)
{
  double by = i / 15 % 2 == 0 ? 4 : -4;

  bench->canvas->state = GDK_ALT_MASK;
  lab_canvas_move_stroke (bench->canvas, bench->canvas->pointer.x + by,
                          bench->canvas->pointer.y + by);
}

static void
rubber_band (Bench *bench, guint i)
{
  double by = i / 15 % 2 == 0 ? 6 : -6;

  lab_canvas_move_stroke (bench->canvas, bench->canvas->pointer.x + by,
                          bench->canvas->pointer.y + by);
}

static void
one_state (Bench *bench, guint i)
{
  canvas_lab_toggle (bench->topology, middle_node (bench) / 4 * 4 + 1, 1, i);
}

static void
many_states (Bench *bench, guint i)
{
  canvas_lab_toggle (bench->topology, middle_node (bench), 200, i);
}

static void
show_close (Bench *bench)
{
  LabBox bounds = lab_scene_get_bounds (lab_stage_get_scene (bench->canvas->stage));

  lab_canvas_set_zoom (bench->canvas, 1);
  lab_canvas_centre_on (bench->canvas, (bounds.x0 + bounds.x1) / 2, (bounds.y0 + bounds.y1) / 2);
}

static double
measure_view (Bench *bench, gboolean fitted, gboolean marks)
{
  double dragging;

  if (fitted)
    lab_canvas_fit (bench->canvas);
  else
    show_close (bench);
  g_print ("  zoom %.2f\n", lab_canvas_get_zoom (bench->canvas));
  measure (bench, "pan", marks ? 16 : 0, pan);
  measure (bench, "zoom", marks ? 22 : 0, zoom);
  if (fitted)
    lab_canvas_fit (bench->canvas);
  else
    show_close (bench);
  begin_drag (bench);
  dragging = measure (bench, "drag of ten", marks ? 8 : 0, drag);
  lab_canvas_cancel_stroke (bench->canvas);
  lab_selection_clear (bench->selection);
  lab_canvas_begin_stroke (bench->canvas, GDK_BUTTON_PRIMARY, 460, 260, 1);
  measure (bench, "rubber band", marks ? 5 : 0, rubber_band);
  lab_canvas_cancel_stroke (bench->canvas);
  lab_selection_clear (bench->selection);
  measure (bench, "one state change", marks ? 5 : 0, one_state);
  measure (bench, "200 state changes", 0, many_states);

  return dragging;
}

/* Until the first frame is drawn, with everything in view; ms. */
static double
open_lab (Bench *bench, guint n_nodes)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gint64 began;
  GdkFrameClock *clock;

  bench->topology = canvas_lab_new (n_nodes);
  canvas_lab_run (bench->topology, 0);
  began = now ();
  bench->history = lab_history_new (bench->topology);
  bench->selection = lab_selection_new (bench->topology);
  bench->canvas = LAB_CANVAS (lab_canvas_new (bench->topology, bench->history, bench->selection));
  bench->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (bench->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), WIDTH, HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (bench->canvas));
  gtk_window_set_child (GTK_WINDOW (bench->window), scroller);
  gtk_widget_realize (bench->window);
  clock = gtk_widget_get_frame_clock (bench->window);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
  gtk_window_present (GTK_WINDOW (bench->window));
  wait_frame (bench);

  return (now () - began) / 1000.0;
}

static void
close_lab (Bench *bench)
{
  gtk_window_destroy (GTK_WINDOW (bench->window));
  g_clear_object (&bench->selection);
  g_clear_object (&bench->history);
  g_clear_object (&bench->topology);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
run (guint n_nodes, double dragging[2])
{
  Bench bench = { 0 };
  double opening = open_lab (&bench, n_nodes);
  gboolean marks = n_nodes >= 1000;

  g_print ("%u devices, %u links: opened in %.0f ms%s\n", n_nodes,
           g_list_model_get_n_items (lab_topology_get_links (bench.topology)), opening,
           !marks           ? ""
           : opening < 1000 ? " (mark 1000: kept)"
                            : " (mark 1000: MISSED)");
  g_print ("  %-28s %8s %8s %8s %8s %8s   %s\n", "ms", "frame", "p95", "build", "p95", "event",
           marks ? "  mark" : "");
  dragging[0] = measure_view (&bench, FALSE, marks);
  dragging[1] = measure_view (&bench, TRUE, marks);
  close_lab (&bench);
}

int
main (int argc, char *argv[])
{
  static const guint sizes[] = { 100, 300, 1000 };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  double dragging[G_N_ELEMENTS (sizes)][2] = { 0 };

  /* Measured is the renderer of a machine without a graphics card. */
  if (g_getenv ("GSK_RENDERER") == NULL)
    g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("There is no display; run this with xvfb-run.\n");
      return EXIT_FAILURE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (only_nodes == 0)
      run (sizes[i], dragging[i]);
  if (only_nodes > 0)
    run ((guint) only_nodes, dragging[0]);
  else
    for (guint i = 0; i < 2; i++)
      g_print ("dragging at 1000 against 100, %s: %.2f times (mark 2)\n",
               i == 0 ? "zoom 1" : "fitted", dragging[2][i] / MAX (dragging[0][i], 0.01));

  return EXIT_SUCCESS;
}
