/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "How many?": asked when devices are dropped with Shift held, or added by Shift+Enter. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-add-nodes.h"
#include "lab-ask.h"

typedef struct
{
  GtkWidget *spin;
  LabAskCountFunc done;
  gpointer user_data;
  GDestroyNotify destroy;
} Ask;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ask *ask = user_data;
  g_autofree char *answer = lab_ask_finish (result);

  if (g_strcmp0 (answer, "add") == 0)
    {
      gtk_spin_button_update (GTK_SPIN_BUTTON (ask->spin));
      ask->done ((guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (ask->spin)),
                 ask->user_data);
    }
  if (ask->destroy != NULL)
    ask->destroy (ask->user_data);
  g_object_unref (ask->spin);
  g_free (ask);
}

static GtkWidget *
make_spin (void)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (1, LAB_ADD_NODES_MAX, 1);
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (spin));

  gtk_widget_set_halign (spin, GTK_ALIGN_CENTER);
  gtk_text_set_activates_default (GTK_TEXT (text), TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 2);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How many"), -1);

  return spin;
}

void
lab_ask_count (GtkWidget *parent,
               LabNodeTemplate *template,
               LabAskCountFunc done,
               gpointer user_data,
               GDestroyNotify destroy)
{
  const LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "add", _ ("_Add"), ADW_RESPONSE_SUGGESTED },
  };
  GtkRoot *root = gtk_widget_get_root (parent);
  /* Translators: what kind of device */
  g_autofree char *body =
      g_strdup_printf (_ ("%s, ten in a row."), lab_node_template_get_title (template));
  Ask *ask = g_new0 (Ask, 1);

  ask->spin = g_object_ref_sink (make_spin ());
  ask->done = done;
  ask->user_data = user_data;
  ask->destroy = destroy;
  lab_ask_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("How Many?"), body, ask->spin,
                 answers, G_N_ELEMENTS (answers), "add", answered_cb, ask);
  gtk_widget_grab_focus (ask->spin);
}
