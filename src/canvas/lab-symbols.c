/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Symbols of devices. The drawings of Labwright are SVG files in a resource of their own, which
 * labctl has, too. They are read when first used; textures are kept for a few sizes, so that
 * zooming draws anew only now and then. One lock guards everything: pictures of labs are made in
 * threads. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-symbol-art.h"
#include "lab-symbol-resources.h"
#include "lab-symbol.h"
#include "lab-symbols.h"

#define RESOURCE_PATH "/io/github/labwright/Labwright/symbols/"
#define OWN_HALF      29.0 /* the longer side of the user's own symbols, from the middle */
#define MAX_RESOLVED  4096

static const struct
{
  const char *name;
  const char *title;
} titles[] = {
  { "router", N_ ("Router") },
  { "switch", N_ ("Switch") },
  { "l3-switch", N_ ("Layer 3 Switch") },
  { "hub", N_ ("Hub") },
  { "frame-relay-switch", N_ ("Frame Relay Switch") },
  { "firewall", N_ ("Firewall") },
  { "host", N_ ("Host") },
  { "laptop", N_ ("Laptop") },
  { "phone", N_ ("Phone") },
  { "server", N_ ("Server") },
  { "access-point", N_ ("Access Point") },
  { "cloud", N_ ("Cloud") },
  { "nat", N_ ("NAT") },
  { "internet", N_ ("Internet") },
  { "tap", N_ ("Host Interface") },
  { "linux-host", N_ ("Linux Host") },
  { LAB_SYMBOL_UNKNOWN, N_ ("Unknown") },
};

static const int buckets[] = { 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512 };

static GMutex lock;
static GHashTable *arts;     /* name -> LabSymbolArt, Labwright's */
static GHashTable *own;      /* name -> LabSymbolArt, the user's */
static GHashTable *textures; /* "name\nsize" -> GdkTexture */
static GHashTable *resolved; /* what a document calls a symbol -> interned name, or "" */

static void
make_tables (void)
{
  if (arts != NULL)
    return;
  arts =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) lab_symbol_art_free);
  textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  resolved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* The name as it stands in the table, which lives for ever. */
static const char *
find_built_in (const char *name)
{
  const char *const *names = lab_symbol_names ();

  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return names[i];

  return NULL;
}

static LabSymbolArt *
find_own (const char *name)
{
  return own != NULL && name != NULL ? g_hash_table_lookup (own, name) : NULL;
}

/* Our own files: that they can be read is sure. */
static LabSymbolArt *
built_in_art (const char *name)
{
  LabSymbolArt *art = g_hash_table_lookup (arts, name);
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (art != NULL)
    return art;
  path = g_strconcat (RESOURCE_PATH, name, ".svg", NULL);
  bytes = g_resource_lookup_data (lab_symbols_data_get_resource (), path,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  art = bytes != NULL ? lab_symbol_art_new (bytes, &error) : NULL;
  if (art == NULL)
    g_error ("Symbol %s: %s", name, error->message);
  g_hash_table_insert (arts, (gpointer) name, art);

  return art;
}

/* With the lock held. */
static void
draw (const char *name, cairo_t *cr, double x, double y, double width, double height)
{
  const char *symbol;
  LabSymbolArt *art;

  make_tables ();
  symbol = find_built_in (name);
  art = symbol == NULL ? find_own (name) : NULL;
  if (art != NULL)
    {
      double margin = 0.5 - OWN_HALF / LAB_SYMBOL_GRID;

      if (lab_symbol_art_draw (art, cr, x + width * margin, y + height * margin,
                               width * (1 - 2 * margin), height * (1 - 2 * margin)))
        return;
    }
  lab_symbol_art_draw (built_in_art (symbol != NULL ? symbol : LAB_SYMBOL_UNKNOWN), cr, x, y, width,
                       height);
}

void
lab_symbols_render_cairo (
    const char *name, cairo_t *cr, double x, double y, double width, double height)
{
  g_return_if_fail (cr != NULL);

  g_mutex_lock (&lock);
  draw (name, cr, x, y, width, height);
  g_mutex_unlock (&lock);
}

static int
bucket_for (int pixel_size)
{
  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    if (buckets[i] >= pixel_size)
      return buckets[i];

  return buckets[G_N_ELEMENTS (buckets) - 1];
}

static GdkTexture *
make_texture (const char *name, int size)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cairo_t *cr = cairo_create (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  draw (name, cr, 0, 0, size, size);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize) stride * size,
                                      (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (size, size, GDK_MEMORY_DEFAULT, bytes, stride);
}

GdkTexture *
lab_symbols_get_texture (const char *name, int pixel_size)
{
  int size = bucket_for (pixel_size);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autofree char *key = NULL;
  GdkTexture *texture;

  make_tables ();
  if (find_built_in (name) == NULL && find_own (name) == NULL)
    name = LAB_SYMBOL_UNKNOWN;
  key = g_strdup_printf ("%s\n%d", name, size);
  texture = g_hash_table_lookup (textures, key);
  if (texture == NULL)
    {
      texture = make_texture (name, size);
      g_hash_table_insert (textures, g_steal_pointer (&key), texture);
    }

  return g_object_ref (texture);
}

void
lab_symbols_get_size (const char *name, double *half_width, double *half_height)
{
  g_autoptr (GMutexLocker) locker = NULL;
  LabSymbolArt *art;
  double aspect;

  if (lab_symbol_get_size (name, half_width, half_height))
    return;
  locker = g_mutex_locker_new (&lock);
  art = find_own (name);
  if (art == NULL)
    {
      lab_symbol_get_size (LAB_SYMBOL_UNKNOWN, half_width, half_height);
      return;
    }
  aspect = lab_symbol_art_get_aspect (art);
  *half_width = OWN_HALF * MIN (1, aspect);
  *half_height = OWN_HALF / MAX (1, aspect);
}

gboolean
lab_symbols_has (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return find_built_in (name) != NULL || find_own (name) != NULL;
}

static const char *
look_up (const char *symbol)
{
  const char *guess;

  if (find_built_in (symbol) == NULL && find_own (symbol) != NULL)
    return g_intern_string (symbol);
  guess = lab_symbol_guess (symbol);

  return guess != NULL ? guess : "";
}

static const char *
for_symbol (const char *symbol)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  const char *name;

  make_tables ();
  name = g_hash_table_lookup (resolved, symbol);
  if (name != NULL)
    return name;
  name = look_up (symbol);
  if (g_hash_table_size (resolved) >= MAX_RESOLVED)
    g_hash_table_remove_all (resolved);
  g_hash_table_insert (resolved, g_strdup (symbol), (gpointer) name);

  return name;
}

const char *
lab_symbols_resolve (const char *symbol, LabNodeKind kind, const char *image_name)
{
  const char *name = symbol != NULL ? for_symbol (symbol) : "";

  return *name != '\0' ? name : lab_symbol_for_kind (kind, image_name);
}

const char *
lab_symbols_for_node (LabNode *node)
{
  LabNodeKind kind;

  g_return_val_if_fail (LAB_IS_NODE (node), LAB_SYMBOL_UNKNOWN);

  kind = lab_node_get_kind (node);

  return lab_symbols_resolve (lab_node_get_symbol (node), kind,
                              kind == LAB_NODE_IOU ? lab_node_get_image_name (node) : NULL);
}

GStrv
lab_symbols_list (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GList) keys = own != NULL ? g_hash_table_get_keys (own) : NULL;

  g_strv_builder_addv (names, (const char **) lab_symbol_names ());
  keys = g_list_sort (keys, (GCompareFunc) g_utf8_collate);
  for (GList *key = keys; key != NULL; key = key->next)
    g_strv_builder_add (names, key->data);

  return g_strv_builder_end (names);
}

const char *
lab_symbols_get_title (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (titles[i].name, name) == 0)
      return _ (titles[i].title);

  return name;
}

void
lab_symbols_take_own (GHashTable *symbols)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  GHashTableIter iter;
  gpointer name;

  make_tables ();
  /* What we have ourselves is not replaced by a file of the same name. */
  g_hash_table_iter_init (&iter, symbols);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (find_built_in (name) != NULL)
      g_hash_table_iter_remove (&iter);
  g_clear_pointer (&own, g_hash_table_unref);
  own = symbols;
  g_hash_table_remove_all (textures);
  g_hash_table_remove_all (resolved);
}
