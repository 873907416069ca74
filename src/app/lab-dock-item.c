/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the dock, and the template behind each row. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-dock-item.h"
#include "lab-open-image.h"
#include "lab-symbol.h"

#define SWITCH_PORTS 8

struct _LabDockItem
{
  GObject parent_instance;

  LabDockSection section;
  LabNodeTemplate *template;
  char *subtitle;
  char *folded; /* title and subtitle, for searching */
};

G_DEFINE_FINAL_TYPE (LabDockItem, lab_dock_item, G_TYPE_OBJECT)

static void
lab_dock_item_finalize (GObject *object)
{
  LabDockItem *self = LAB_DOCK_ITEM (object);

  g_clear_pointer (&self->template, lab_node_template_unref);
  g_free (self->subtitle);
  g_free (self->folded);

  G_OBJECT_CLASS (lab_dock_item_parent_class)->finalize (object);
}

static void
lab_dock_item_class_init (LabDockItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_dock_item_finalize;
}

static void
lab_dock_item_init (LabDockItem *self)
{
}

/* @json: (transfer full). */
static LabDockItem *
item_new (LabDockSection section,
          const char *title,
          const char *subtitle,
          const char *pattern,
          const char *symbol,
          JsonObject *json)
{
  LabDockItem *self = g_object_new (LAB_TYPE_DOCK_ITEM, NULL);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = g_strdup_printf ("%s %s", title, subtitle);

  json_node_take_object (node, json);
  self->section = section;
  self->template = lab_node_template_new (title, pattern, symbol, node);
  self->subtitle = g_strdup (subtitle);
  self->folded = g_utf8_casefold (text, -1);

  return self;
}

LabDockSection
lab_dock_item_get_section (LabDockItem *self)
{
  g_return_val_if_fail (LAB_IS_DOCK_ITEM (self), LAB_DOCK_OWN);

  return self->section;
}

const char *
lab_dock_item_get_title (LabDockItem *self)
{
  g_return_val_if_fail (LAB_IS_DOCK_ITEM (self), NULL);

  return lab_node_template_get_title (self->template);
}

const char *
lab_dock_item_get_subtitle (LabDockItem *self)
{
  g_return_val_if_fail (LAB_IS_DOCK_ITEM (self), NULL);

  return self->subtitle;
}

LabNodeTemplate *
lab_dock_item_get_template (LabDockItem *self)
{
  g_return_val_if_fail (LAB_IS_DOCK_ITEM (self), NULL);

  return self->template;
}

gboolean
lab_dock_item_matches (LabDockItem *self, const char *query)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (LAB_IS_DOCK_ITEM (self), FALSE);

  folded = g_utf8_casefold (query, -1);
  words = g_strsplit_set (folded, " \t", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (self->folded, words[i]) == NULL)
      return FALSE;

  return TRUE;
}

const char *
lab_dock_section_get_title (LabDockSection section)
{
  switch (section)
    {
    case LAB_DOCK_DEFAULT:
      return _ ("Default Image");
    case LAB_DOCK_OPEN:
      return _ ("Open Images");
    case LAB_DOCK_BUILTIN:
      return _ ("Built In");
    case LAB_DOCK_OWN:
    default:
      return _ ("Own Images");
    }
}

static JsonObject *
device_json (const char *kind)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "kind", kind);

  return json;
}

static JsonObject *
image_json (const char *name, guint ethernet, guint serial, guint ram)
{
  JsonObject *json = device_json ("iou");
  JsonObject *image = json_object_new ();

  json_object_set_string_member (image, "name", name);
  json_object_set_object_member (json, "image", image);
  json_object_set_int_member (json, "ethernet", ethernet);
  json_object_set_int_member (json, "serial", serial);
  json_object_set_int_member (json, "ram", ram);

  return json;
}

static JsonObject *
switch_json (void)
{
  JsonObject *json = device_json ("switch");
  JsonArray *ports = json_array_new ();

  for (guint i = 0; i < SWITCH_PORTS; i++)
    {
      JsonObject *port = json_object_new ();

      json_object_set_string_member (port, "mode", "access");
      json_object_set_int_member (port, "vlan", 1);
      json_array_add_object_element (ports, port);
    }
  json_object_set_array_member (json, "ports", ports);

  return json;
}

static JsonObject *
counted_json (const char *kind, guint ports)
{
  JsonObject *json = device_json (kind);

  json_object_set_int_member (json, "ports", ports);

  return json;
}

static void
add_builtin (GPtrArray *items)
{
  g_ptr_array_add (items,
                   item_new (LAB_DOCK_BUILTIN, _ ("Ethernet Switch"),
                             _ ("VLANs and trunks, 8 ports"), "SW{n}", "switch", switch_json ()));
  g_ptr_array_add (items, item_new (LAB_DOCK_BUILTIN, _ ("Ethernet Hub"), _ ("8 ports"), "HUB{n}",
                                    "hub", counted_json ("hub", SWITCH_PORTS)));
  g_ptr_array_add (items, item_new (LAB_DOCK_BUILTIN, _ ("Frame Relay Switch"),
                                    _ ("Circuits and LMI, 8 ports"), "FR{n}", "frame-relay-switch",
                                    counted_json ("frame-relay-switch", SWITCH_PORTS)));
  g_ptr_array_add (items, item_new (LAB_DOCK_BUILTIN, _ ("NAT"), _ ("A way out, once allowed"),
                                    "NAT{n}", "nat", device_json ("nat")));
  g_ptr_array_add (items, item_new (LAB_DOCK_BUILTIN, _ ("Host Interface (TAP)"),
                                    _ ("A tap or bridge, once allowed"), "TAP{n}", "tap",
                                    device_json ("tap")));
  g_ptr_array_add (items, item_new (LAB_DOCK_BUILTIN, _ ("Tunnel"),
                                    _ ("UDP to another program, once allowed"), "TUN{n}", "cloud",
                                    device_json ("tunnel")));
}

static void
add_open (GPtrArray *items, const char *name)
{
  const LabOpenImage *image = lab_open_image_find (name);
  g_autofree char *memory = lab_open_image_dup_memory (image);
  /* Translators: what an image is for, then how much memory it takes */
  g_autofree char *subtitle =
      g_strdup_printf (_ ("%s; %s"), lab_open_image_get_purpose (image), memory);

  g_ptr_array_add (items, item_new (LAB_DOCK_OPEN, lab_open_image_get_title (image), subtitle,
                                    image->node_name, image->symbol,
                                    image_json (name, image->ethernet, image->serial, 0)));
}

static char *
describe_adapters (guint ethernet, guint serial)
{
  if (serial == 0)
    return g_strdup_printf (ngettext ("%u Ethernet adapter", "%u Ethernet adapters", ethernet),
                            ethernet);

  /* Translators: how many adapters a new device gets */
  return g_strdup_printf (_ ("%u Ethernet, %u serial adapters"), ethernet, serial);
}

/* What is said below a template: which image, if its own name does not say that, and its adapters.
 */
static char *
describe_template (LabImageRecord *record, const LabImageTemplate *template)
{
  g_autofree char *adapters = describe_adapters (template->ethernet, template->serial);

  if (record->fault != LAB_IMAGE_GOOD)
    return g_strdup (_ ("Cannot be started; see Images"));
  if (g_str_equal (template->name, record->name))
    return g_steal_pointer (&adapters);

  return g_strdup_printf ("%s\n%s", record->name, adapters);
}

static void
add_template (GPtrArray *items,
              LabDockSection section,
              LabImageRecord *record,
              const LabImageTemplate *given,
              const LabDockDefaults *defaults)
{
  g_autoptr (LabImageTemplate) template = lab_image_template_copy (given);
  g_autofree char *subtitle = NULL;

  /* What nobody said is as the preferences say. */
  if (!record->has_templates && record->role == LAB_ROLE_ROUTER)
    {
      template->ethernet = defaults->ethernet;
      template->serial = defaults->serial;
    }
  if (template->ram == 0)
    template->ram = defaults->ram;
  subtitle = describe_template (record, template);
  g_ptr_array_add (items,
                   item_new (section, template->name, subtitle, template->pattern,
                             template->symbol ?: lab_symbol_for_kind (LAB_NODE_IOU, record->name),
                             lab_image_template_to_node (template, record->name, record->sha256,
                                                         record->has_templates)));
}

static void
add_own (GPtrArray *items,
         LabDockSection section,
         LabImageFile *file,
         const LabDockDefaults *defaults)
{
  LabImageRecord *record = lab_image_file_get_record (file);

  for (guint i = 0; i < record->templates->len; i++)
    add_template (items, section, record, g_ptr_array_index (record->templates, i), defaults);
}

typedef enum
{
  ANY,
  ONLY_DEFAULT,
  NOT_DEFAULT,
} Which;

static void
add_images (GPtrArray *items,
            GListModel *library,
            LabImageOrigin origin,
            Which which,
            const LabDockDefaults *defaults)
{
  for (guint i = 0; i < g_list_model_get_n_items (library); i++)
    {
      g_autoptr (LabImageFile) file = g_list_model_get_item (library, i);
      const char *name = lab_image_file_get_name (file);
      gboolean is_default = g_strcmp0 (name, defaults->image) == 0;

      if (lab_image_file_get_origin (file) != origin || (which == ONLY_DEFAULT && !is_default) ||
          (which == NOT_DEFAULT && is_default))
        continue;
      if (origin == LAB_IMAGE_OPEN)
        add_open (items, name);
      else
        add_own (items, is_default ? LAB_DOCK_DEFAULT : LAB_DOCK_OWN, file, defaults);
    }
}

GPtrArray *
lab_dock_items_new (LabImageLibrary *library, const LabDockDefaults *defaults)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *files = G_LIST_MODEL (library);

  g_return_val_if_fail (LAB_IS_IMAGE_LIBRARY (library), items);

  add_images (items, files, LAB_IMAGE_OWN, ONLY_DEFAULT, defaults);
  add_images (items, files, LAB_IMAGE_OPEN, ANY, defaults);
  add_builtin (items);
  add_images (items, files, LAB_IMAGE_OWN, NOT_DEFAULT, defaults);

  return items;
}
