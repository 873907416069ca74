/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes into which device. The job does not belong to the window: it goes on if that is closed,
 * and what failed is said by the session then. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-put-window.h"
#include "lab-result-row.h"
#include "lab-saved-put.h"
#include "lab-saved-window.h"

typedef struct
{
  LabNode *node;
  GBytes *text; /* (nullable) */
  GBytes *now;  /* (nullable) */
  char *text_name;
  gboolean resets;
  LabResultRow *row; /* borrowed: the list has it */
} Item;

struct _LabPutWindow
{
  AdwWindow parent_instance;

  GtkWidget *cancel;
  GtkWidget *apply;
  GtkLabel *explanation;
  GtkWidget *progress;
  GtkListBox *list;

  LabPutWords words;
  LabSession *session; /* (nullable): after the end */
  GPtrArray *items;
  GPtrArray *chosen; /* (nullable): items of the job, borrowed, in its order */
};

G_DEFINE_FINAL_TYPE (LabPutWindow, lab_put_window, ADW_TYPE_WINDOW)

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
item_free (gpointer data)
{
  Item *item = data;

  g_object_unref (item->node);
  g_clear_pointer (&item->text, g_bytes_unref);
  g_clear_pointer (&item->now, g_bytes_unref);
  g_free (item->text_name);
  g_free (item);
}

/* --- how it goes --- */

static LabResult
result_of (LabPutState state)
{
  switch (state)
    {
    case LAB_PUT_LOADED:
    case LAB_PUT_READY:
      return LAB_RESULT_GOOD;
    case LAB_PUT_FAILED:
      return LAB_RESULT_BAD;
    case LAB_PUT_WAITING:
    case LAB_PUT_STARTING:
    default:
      return LAB_RESULT_WAITING;
    }
}

static void
show_counts (LabPutWindow *self, LabPutConfigs *job)
{
  guint all = lab_put_configs_get_n (job);
  guint failed = lab_put_configs_count (job, LAB_PUT_FAILED);
  guint done = failed + lab_put_configs_count (job, LAB_PUT_LOADED) +
               lab_put_configs_count (job, LAB_PUT_READY);
  g_autofree char *text = NULL;

  if (done < all)
    text = g_strdup_printf (_ ("%u of %u done"), done, all);
  else if (failed == 0)
    text = g_strdup_printf (ngettext ("%u device is done.", "%u devices are done.", all), all);
  else
    text = g_strdup_printf (ngettext ("%u device has failed.", "%u devices have failed.", failed),
                            failed);
  gtk_label_set_text (self->explanation, text);
  gtk_widget_set_visible (self->progress, done < all);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), (double) done / MAX (all, 1));
}

static void
changed_cb (LabPutWindow *self, guint index, LabPutConfigs *job)
{
  Item *item = self->chosen->pdata[index];

  /* The rows went with the window. */
  if (self->session == NULL)
    return;
  lab_result_row_set (item->row, result_of (lab_put_configs_get_state (job, index)),
                      lab_put_configs_get_text (job, index));
  show_counts (self, job);
}

static void
put_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabPutWindow) self = user_data;
  LabSession *session = LAB_SESSION (object);
  g_autoptr (GError) error = NULL;
  gboolean done = lab_saved_put_finish (result, &error);

  if (self->session != NULL)
    gtk_button_set_label (GTK_BUTTON (self->cancel), _ ("_Close"));
  else if (!done)
    lab_session_say (session, LAB_SESSION_ERROR,
                     _ ("Not all devices have got their configurations"), error->message);
  g_signal_emit (self, signals[DONE], 0);
}

static void
put (LabPutConfigs *job, const Item *item)
{
  if (item->resets)
    lab_put_configs_add_reset (job, item->node);
  else
    lab_put_configs_add (job, item->node, item->text, NULL);
}

static void
apply_cb (LabPutWindow *self)
{
  g_autoptr (LabPutConfigs) job = lab_put_configs_new ();

  self->chosen = g_ptr_array_new ();
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (!lab_result_row_get_chosen (item->row))
        {
          lab_result_row_set (item->row, LAB_RESULT_NONE, _ ("Is left as it is."));
          continue;
        }
      put (job, item);
      g_ptr_array_add (self->chosen, item);
      lab_result_row_set (item->row, LAB_RESULT_WAITING,
                          lab_put_configs_get_text (job, self->chosen->len - 1));
    }
  gtk_widget_grab_focus (self->cancel);
  gtk_widget_set_visible (self->apply, FALSE);
  show_counts (self, job);
  g_signal_connect_object (job, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  lab_saved_put_async (self->session, job, put_cb, g_object_ref (self));
}

/* --- rows --- */

static void
update_apply (LabPutWindow *self)
{
  gboolean any = FALSE;
  gboolean restarts = FALSE;

  if (self->chosen != NULL || self->session == NULL)
    return;
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (!lab_result_row_get_chosen (item->row))
        continue;
      any = TRUE;
      restarts |= lab_run_state_is_running (lab_node_get_run_state (item->node));
    }
  gtk_button_set_label (GTK_BUTTON (self->apply),
                        restarts ? self->words.verb_restart : self->words.verb);
  gtk_widget_set_sensitive (self->apply, any);
}

static void
compare_cb (GtkButton *button, const Item *item)
{
  LabPutWindow *self = LAB_PUT_WINDOW (gtk_widget_get_root (GTK_WIDGET (button)));
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

  lab_saved_window_compare (GTK_WIDGET (button), lab_node_get_name (item->node),
                            self->chosen != NULL ? _ ("Before") : _ ("Now"),
                            item->now != NULL ? item->now : empty, item->text_name, item->text);
}

static GtkWidget *
make_compare (Item *item)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-dual-symbolic");
  g_autofree char *label =
      g_strdup_printf (_ ("What Would Change in %s"), lab_node_get_name (item->node));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  /* The window has the items for longer than its widgets. */
  g_signal_connect (button, "clicked", G_CALLBACK (compare_cb), item);
  return button;
}

void
lab_put_window_add (LabPutWindow *self, const LabPutItem *what)
{
  Item *item = g_new0 (Item, 1);
  GtkWidget *row = lab_result_row_new (lab_node_get_name (what->node));

  g_return_if_fail (LAB_IS_PUT_WINDOW (self));

  item->node = g_object_ref (what->node);
  item->text = what->text != NULL ? g_bytes_ref (what->text) : NULL;
  item->now = what->now != NULL ? g_bytes_ref (what->now) : NULL;
  item->text_name = g_strdup (what->text_name);
  item->resets = what->resets;
  item->row = LAB_RESULT_ROW (row);
  g_ptr_array_add (self->items, item);
  if (item->text != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_compare (item));
  lab_result_row_set (item->row, item->text != NULL ? LAB_RESULT_CHOICE : LAB_RESULT_NONE,
                      what->sentence);
  lab_result_row_set_chosen (item->row, item->text != NULL);
  g_signal_connect_object (row, "toggled", G_CALLBACK (update_apply), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
  update_apply (self);
}

/* --- the window --- */

static void
lab_put_window_dispose (GObject *object)
{
  LabPutWindow *self = LAB_PUT_WINDOW (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (lab_put_window_parent_class)->dispose (object);
}

static void
lab_put_window_finalize (GObject *object)
{
  LabPutWindow *self = LAB_PUT_WINDOW (object);

  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (lab_put_window_parent_class)->finalize (object);
}

static void
lab_put_window_class_init (LabPutWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_put_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = lab_put_window_finalize;
  signals[DONE] = g_signal_new ("done", LAB_TYPE_PUT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-put-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LabPutWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, LabPutWindow, apply);
  gtk_widget_class_bind_template_child (widget_class, LabPutWindow, explanation);
  gtk_widget_class_bind_template_child (widget_class, LabPutWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, LabPutWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
lab_put_window_init (LabPutWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_ptr_array_new_with_free_func (item_free);
}

LabPutWindow *
lab_put_window_new (GtkWindow *parent,
                    LabSession *session,
                    const LabPutWords *words,
                    gboolean destructive)
{
  LabPutWindow *self =
      g_object_new (LAB_TYPE_PUT_WINDOW, "transient-for", parent, "title", words->title, NULL);

  self->session = g_object_ref (session);
  self->words = *words;
  g_signal_connect_object (session, "notify::n-running", G_CALLBACK (update_apply), self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_text (self->explanation, words->explanation);
  update_apply (self);
  gtk_widget_add_css_class (self->apply, destructive ? "destructive-action" : "suggested-action");
  return self;
}
