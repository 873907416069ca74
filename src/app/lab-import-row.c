/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of an import. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-import-row.h"

struct _LabImportRow
{
  GObject parent_instance;

  GPtrArray *items;
  guint index;
  gboolean left_out;
  gboolean running;
  LabPutState state;
  char *result; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LabImportRow, lab_import_row, G_TYPE_OBJECT)

static guint changed_signal;

static void
changed (LabImportRow *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
lab_import_row_finalize (GObject *object)
{
  LabImportRow *self = LAB_IMPORT_ROW (object);

  g_ptr_array_unref (self->items);
  g_free (self->result);
  G_OBJECT_CLASS (lab_import_row_parent_class)->finalize (object);
}

static void
lab_import_row_class_init (LabImportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_import_row_finalize;
  changed_signal = g_signal_new ("changed", LAB_TYPE_IMPORT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
lab_import_row_init (LabImportRow *self)
{
}

LabImportRow *
lab_import_row_new (GPtrArray *items, guint index)
{
  LabImportRow *self = g_object_new (LAB_TYPE_IMPORT_ROW, NULL);

  self->items = g_ptr_array_ref (items);
  self->index = index;
  return self;
}

void
lab_import_row_set_item (LabImportRow *self, GPtrArray *items, guint index)
{
  GPtrArray *old = self->items;

  self->items = g_ptr_array_ref (items);
  self->index = index;
  g_ptr_array_unref (old);
  g_clear_pointer (&self->result, g_free);
  changed (self);
}

const LabConfigItem *
lab_import_row_get_item (LabImportRow *self)
{
  return g_ptr_array_index (self->items, self->index);
}

gboolean
lab_import_row_may_load (LabImportRow *self)
{
  const LabConfigItem *item = lab_import_row_get_item (self);

  return lab_config_item_loads (item) || item->fate == LAB_CONFIG_NO_ROOM;
}

gboolean
lab_import_row_is_included (LabImportRow *self)
{
  return !self->left_out && lab_import_row_may_load (self);
}

void
lab_import_row_set_left_out (LabImportRow *self, gboolean left_out)
{
  if (self->left_out == left_out)
    return;
  self->left_out = left_out;
  changed (self);
}

void
lab_import_row_set_running (LabImportRow *self, gboolean running)
{
  if (self->running == running)
    return;
  self->running = running;
  changed (self);
}

gboolean
lab_import_row_is_running (LabImportRow *self)
{
  return self->running;
}

void
lab_import_row_set_result (LabImportRow *self, LabPutState state, const char *text)
{
  self->state = state;
  g_free (self->result);
  self->result = g_strdup (text);
  changed (self);
}

gboolean
lab_import_row_get_result (LabImportRow *self, LabPutState *state)
{
  *state = self->state;
  return self->result != NULL;
}

/* --- what is shown --- */

char *
lab_import_row_dup_file (LabImportRow *self)
{
  const LabConfigItem *item = lab_import_row_get_item (self);
  g_autofree char *name = item->file != NULL ? g_filename_display_name (item->file) : NULL;

  if (name == NULL)
    return g_strdup ("–");
  return item->vlans != NULL ? g_strconcat (name, " + vlan.dat", NULL) : g_steal_pointer (&name);
}

char *
lab_import_row_dup_size (LabImportRow *self)
{
  const LabConfigItem *item = lab_import_row_get_item (self);
  guint lines = lab_config_count_lines (item->text);
  g_autofree char *size = NULL;

  if (item->text == NULL)
    return g_strdup ("–");
  size = g_format_size (g_bytes_get_size (item->text));
  /* Translators: of a text; %s is its size in bytes. */
  return g_strdup_printf (ngettext ("%u line, %s", "%u lines, %s", lines), lines, size);
}

char *
lab_import_row_dup_fate (LabImportRow *self)
{
  const LabConfigItem *item = lab_import_row_get_item (self);
  const char *fate = lab_config_item_describe (item);

  if (self->result != NULL)
    return g_strdup (self->result);
  if (self->left_out && lab_import_row_may_load (self))
    return g_strdup (_ ("left out"));
  if (item->fate == LAB_CONFIG_NO_ROOM)
    return g_strdup (_ ("too large for the NVRAM of this device"));
  if (item->fate == LAB_CONFIG_NO_NODE)
    return g_strdup (_ ("skipped, unless you choose its device"));
  if (self->running && lab_import_row_is_included (self))
    /* Translators: what happens with a configuration: “is loaded; the device restarts” */
    return g_strdup_printf (_ ("%s; the device restarts"), fate);
  return g_strdup (fate);
}
