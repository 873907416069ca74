/* SPDX-License-Identifier: GPL-3.0-or-later */

/* More impairments: how jitter is spread, loss in bursts, damaged and doubled frames, queues,
 * filters. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-impair-more.h"
#include "lab-impair-row.h"

/* xgettext:no-c-format */
static const LabImpairNumber numbers[] = {
  /* xgettext:no-c-format */
  { "duplicate", N_ ("Doubled (%)"), 100, 3, 0.5, 0.01, 100, NULL },
  /* xgettext:no-c-format */
  { "reorder", N_ ("Out of Order (%)"), 100, 3, 0.5, 0.01, 100, NULL },
  /* xgettext:no-c-format */
  { "corrupt", N_ ("Bit Errors (%)"), 100, 3, 0.5, 0.01, 100, NULL },
  /* Translators: a link drops every n-th frame; 0 is “None” */
  { "nth", N_ ("Drop Every n-th Frame"), 1000000000, 0, 1, 1000, 2, N_ ("None") },
  { "mtu", N_ ("Largest Frame (MTU)"), 4096, 0, 4, 4096, 64, N_ ("No limit") },
};

/* The Gilbert-Elliott model: two states, and the loss in each. */
static const LabImpairNumber bursts[] = {
  /* xgettext:no-c-format */
  { "begin", N_ ("A Burst Begins (%)"), 100, 3, 0.5, 0.01, 100, NULL },
  /* xgettext:no-c-format */
  { "end", N_ ("It Ends (%)"), 100, 3, 0.5, 100, 0.01, NULL },
  /* xgettext:no-c-format */
  { "loss", N_ ("Loss in a Burst (%)"), 100, 3, 0.5, 0.01, 100, NULL },
  /* xgettext:no-c-format */
  { "between", N_ ("Loss Between (%)"), 100, 3, 0.5, 0.01, 100, NULL },
};

static const LabImpairNumber queues[] = {
  { "queue", N_ ("Queue (Frames)"), 1000000, 0, 1, 10000, 1, N_ ("Default") },
  { "queue-bytes", N_ ("Queue (Bytes)"), 64 << 20, 0, 1000, 10000000, 1500, N_ ("Default") },
};

static const char *const filter_keys[] = { NULL, "only", "drop" };
static const char *const encapsulations[] = { NULL, "hdlc", "ppp", "frame-relay", "ethernet" };

struct _LabImpairMore
{
  AdwExpanderRow parent_instance;

  GtkWidget *shape;
  GtkWidget *order;
  GtkWidget *rows[G_N_ELEMENTS (numbers)];
  GtkWidget *queues[G_N_ELEMENTS (queues)];
  GtkWidget *bursts[G_N_ELEMENTS (bursts)];
  GtkWidget *filter_use;
  GtkWidget *filter;
  GtkWidget *encapsulation;
  GtkWidget *seed;

  LabImpairMoreFunc edited;
  LabImpairSeedFunc seeded;
  gpointer user_data;
  double burst[G_N_ELEMENTS (bursts)]; /* as shown */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (LabImpairMore, lab_impair_more, ADW_TYPE_EXPANDER_ROW)

static void
tell (LabImpairMore *self, const char *key, JsonNode *value, guint64 *stroke)
{
  if (self->updating)
    g_clear_pointer (&value, json_node_unref);
  else
    self->edited (key, value, stroke, self->user_data);
}

static JsonNode *
string_or_nothing (const char *text)
{
  return text != NULL && *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static void
number_cb (LabImpairMore *self, double value, LabImpairRow *row)
{
  const char *key = lab_impair_row_get_key (row);
  gboolean whole =
      g_str_equal (key, "nth") || g_str_equal (key, "mtu") || g_str_has_prefix (key, "queue");

  tell (self, key,
        whole ? json_node_init_int (json_node_alloc (), (gint64) value)
              : json_node_init_double (json_node_alloc (), value),
        lab_impair_row_get_stroke (row));
}

/* All of a burst is one member. One that begins without an end lasts four frames. */
static void
burst_cb (LabImpairMore *self, double value, LabImpairRow *row)
{
  JsonObject *burst;

  if (self->updating)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (bursts); i++)
    if (self->bursts[i] == GTK_WIDGET (row))
      self->burst[i] = value;
  if (self->burst[0] > 0 && self->burst[1] <= 0)
    self->burst[1] = 25;
  burst = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (bursts); i++)
    json_object_set_double_member (burst, bursts[i].key, self->burst[i]);
  tell (self, "burst", json_node_init_object (json_node_alloc (), burst),
        lab_impair_row_get_stroke (row));
  json_object_unref (burst);
}

static void
shape_cb (LabImpairMore *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->shape));

  tell (self, "shape", string_or_nothing (selected == 1 ? "normal" : NULL), NULL);
}

static void
order_cb (LabImpairMore *self)
{
  gboolean kept = gtk_switch_get_active (GTK_SWITCH (self->order));

  tell (self, "order", string_or_nothing (kept ? NULL : "free"), NULL);
}

static void
filter_cb (LabImpairMore *self)
{
  guint use = adw_combo_row_get_selected (ADW_COMBO_ROW (self->filter_use));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->filter));

  gtk_widget_set_visible (self->filter, use > 0 || *text != '\0');
  if (use > 0 && use < G_N_ELEMENTS (filter_keys))
    tell (self, filter_keys[use], string_or_nothing (text), NULL);
  else
    tell (self, "only", NULL, NULL);
}

static void
encapsulation_cb (LabImpairMore *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->encapsulation));

  if (selected < G_N_ELEMENTS (encapsulations))
    tell (self, "encapsulation", string_or_nothing (encapsulations[selected]), NULL);
}

static void
seed_cb (LabImpairMore *self)
{
  if (!self->updating)
    self->seeded (gtk_editable_get_text (GTK_EDITABLE (self->seed)), self->user_data);
}

static void
lab_impair_more_class_init (LabImpairMoreClass *klass)
{
}

static void
add (LabImpairMore *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_numbers (LabImpairMore *self,
             GtkWidget **rows,
             const LabImpairNumber *kinds,
             guint n_kinds,
             GCallback callback)
{
  for (guint i = 0; i < n_kinds; i++)
    {
      rows[i] = lab_impair_row_new (&kinds[i]);
      g_signal_connect_swapped (rows[i], "edited", callback, self);
      add (self, rows[i]);
    }
}

static GtkWidget *
add_combo (LabImpairMore *self, const char *title, const char *const *names, GCallback callback)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_signal_connect_swapped (row, "notify::selected", callback, self);
  add (self, row);

  return row;
}

static GtkWidget *
add_entry (LabImpairMore *self, const char *title, GCallback callback)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_swapped (row, "apply", callback, self);
  add (self, row);

  return row;
}

static void
add_order (LabImpairMore *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->order = gtk_switch_new ();
  gtk_widget_set_valign (self->order, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Jitter Keeps the Order"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->order), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Jitter keeps the order"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->order);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->order);
  g_signal_connect_swapped (self->order, "notify::active", G_CALLBACK (order_cb), self);
  add (self, row);
}

static void
add_rows (LabImpairMore *self)
{
  /* Translators: how the jitter of a link is spread */
  const char *const shapes[] = { _ ("Uniform"), _ ("Normal"), NULL };
  const char *const uses[] = { _ ("All frames are impaired"), _ ("Only these are impaired"),
                               _ ("These are dropped"), NULL };
  /* Translators: the encapsulation of a serial line, for a filter */
  const char *const kinds[] = {
    _ ("By the kind of port"), "HDLC", "PPP", "Frame Relay", "Ethernet", NULL
  };

  self->shape = add_combo (self, _ ("Spread of Jitter"), shapes, G_CALLBACK (shape_cb));
  add_order (self);
  add_numbers (self, self->bursts, bursts, G_N_ELEMENTS (bursts), G_CALLBACK (burst_cb));
  add_numbers (self, self->rows, numbers, G_N_ELEMENTS (numbers), G_CALLBACK (number_cb));
  add_numbers (self, self->queues, queues, G_N_ELEMENTS (queues), G_CALLBACK (number_cb));
  self->filter_use = add_combo (self, _ ("Filter"), uses, G_CALLBACK (filter_cb));
  self->filter = add_entry (self, _ ("Frames, as icmp or port 53"), G_CALLBACK (filter_cb));
  gtk_widget_set_tooltip_text (self->filter, _ ("An expression as tcpdump has it"));
  self->encapsulation = add_combo (self, _ ("Encapsulation"), kinds, G_CALLBACK (encapsulation_cb));
  /* Translators: where random numbers begin: the same seed, the same loss */
  self->seed = add_entry (self, _ ("Seed, Empty for Chance"), G_CALLBACK (seed_cb));
}

static void
lab_impair_more_init (LabImpairMore *self)
{
  self->updating = TRUE;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("More"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 _ ("Bursts, bit errors, queue, filter, seed"));
  add_rows (self);
  self->updating = FALSE;
}

GtkWidget *
lab_impair_more_new (LabImpairMoreFunc edited, LabImpairSeedFunc seeded, gpointer user_data)
{
  LabImpairMore *self = g_object_new (LAB_TYPE_IMPAIR_MORE, NULL);

  self->edited = edited;
  self->seeded = seeded;
  self->user_data = user_data;

  return GTK_WIDGET (self);
}

static double
number_of (JsonObject *object, const char *key, double otherwise)
{
  return json_object_get_double_member_with_default (object, key, otherwise);
}

static const char *
string_of (JsonObject *object, const char *key)
{
  return json_object_get_string_member_with_default (object, key, NULL);
}

static void
show_burst (LabImpairMore *self, JsonObject *direction)
{
  static const double nothing[] = { 0, 0, 100, 0 };
  JsonObject *burst = json_object_has_member (direction, "burst")
                          ? json_object_get_object_member (direction, "burst")
                          : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bursts); i++)
    {
      self->burst[i] = burst != NULL ? number_of (burst, bursts[i].key, nothing[i]) : nothing[i];
      lab_impair_row_set_value (LAB_IMPAIR_ROW (self->bursts[i]), self->burst[i]);
      /* Without bursts the rest says nothing. */
      gtk_widget_set_visible (self->bursts[i], i == 0 || burst != NULL);
    }
}

static void
show_text (GtkWidget *row, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
show_filter (LabImpairMore *self, LabLink *link, JsonObject *direction)
{
  guint use = string_of (direction, "only") != NULL   ? 1
              : string_of (direction, "drop") != NULL ? 2
                                                      : 0;
  const char *kind = string_of (direction, "encapsulation");
  guint selected = 0;

  for (guint i = 1; i < G_N_ELEMENTS (encapsulations); i++)
    if (g_strcmp0 (kind, encapsulations[i]) == 0)
      selected = i;
  /* A use without an expression waits for one to be typed. */
  if (use > 0)
    {
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->filter_use), use);
      show_text (self->filter, string_of (direction, filter_keys[use]));
    }
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->filter)) != '\0')
    {
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->filter_use), 0);
      show_text (self->filter, "");
    }
  gtk_widget_set_visible (self->filter,
                          adw_combo_row_get_selected (ADW_COMBO_ROW (self->filter_use)) > 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->encapsulation), selected);
  gtk_widget_set_visible (self->encapsulation,
                          use > 0 && g_str_has_prefix (lab_link_get_port_name (link, 0), "s"));
}

static void
show_seed (LabImpairMore *self, LabLink *link)
{
  g_autofree char *text = NULL;
  guint seed;

  text = lab_link_get_impair_seed (link, &seed) ? g_strdup_printf ("%u", seed) : g_strdup ("");
  gtk_widget_set_sensitive (self->seed, lab_link_is_impaired (link));
  show_text (self->seed, text);
}

void
lab_impair_more_show (LabImpairMore *self, LabLink *link, JsonObject *direction)
{
  gboolean jitter = json_object_has_member (direction, "jitter");
  gboolean rate = json_object_has_member (direction, "rate");

  g_return_if_fail (LAB_IS_IMPAIR_MORE (self));

  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->shape),
                              g_strcmp0 (string_of (direction, "shape"), "normal") == 0);
  gtk_widget_set_sensitive (self->shape, jitter);
  gtk_switch_set_active (GTK_SWITCH (self->order),
                         g_strcmp0 (string_of (direction, "order"), "free") != 0);
  gtk_widget_set_sensitive (gtk_widget_get_ancestor (self->order, ADW_TYPE_ACTION_ROW), jitter);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    lab_impair_row_set_value (LAB_IMPAIR_ROW (self->rows[i]),
                              number_of (direction, numbers[i].key, 0));
  for (guint i = 0; i < G_N_ELEMENTS (queues); i++)
    {
      lab_impair_row_set_value (LAB_IMPAIR_ROW (self->queues[i]),
                                number_of (direction, queues[i].key, 0));
      /* A queue is one of a rate. */
      gtk_widget_set_sensitive (self->queues[i], rate);
    }
  show_burst (self, direction);
  show_filter (self, link, direction);
  show_seed (self, link);
  self->updating = FALSE;
}
