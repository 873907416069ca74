/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing that was found. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-search-private.h"

struct _LabSearchHit
{
  GObject parent_instance;

  LabSearchKind kind;
  GObject *object; /* (nullable) */
  char *title;
  char *detail;
  guint line;
};

G_DEFINE_FINAL_TYPE (LabSearchHit, lab_search_hit, G_TYPE_OBJECT)

static void
lab_search_hit_finalize (GObject *object)
{
  LabSearchHit *self = LAB_SEARCH_HIT (object);

  g_clear_object (&self->object);
  g_free (self->title);
  g_free (self->detail);

  G_OBJECT_CLASS (lab_search_hit_parent_class)->finalize (object);
}

static void
lab_search_hit_class_init (LabSearchHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_search_hit_finalize;
}

static void
lab_search_hit_init (LabSearchHit *self)
{
}

LabSearchHit *
lab_search_hit_new (
    LabSearchKind kind, gpointer object, const char *title, const char *detail, guint line)
{
  LabSearchHit *self = g_object_new (LAB_TYPE_SEARCH_HIT, NULL);

  self->kind = kind;
  g_set_object (&self->object, object);
  self->title = g_strdup (title);
  self->detail = g_strdup (detail != NULL ? detail : "");
  self->line = line;

  return self;
}

LabSearchKind
lab_search_hit_get_kind (LabSearchHit *self)
{
  g_return_val_if_fail (LAB_IS_SEARCH_HIT (self), LAB_SEARCH_NODE);

  return self->kind;
}

gpointer
lab_search_hit_get_object (LabSearchHit *self)
{
  g_return_val_if_fail (LAB_IS_SEARCH_HIT (self), NULL);

  return self->object;
}

const char *
lab_search_hit_get_title (LabSearchHit *self)
{
  g_return_val_if_fail (LAB_IS_SEARCH_HIT (self), NULL);

  return self->title;
}

const char *
lab_search_hit_get_detail (LabSearchHit *self)
{
  g_return_val_if_fail (LAB_IS_SEARCH_HIT (self), NULL);

  return self->detail;
}

guint
lab_search_hit_get_line (LabSearchHit *self)
{
  g_return_val_if_fail (LAB_IS_SEARCH_HIT (self), 0);

  return self->line;
}
