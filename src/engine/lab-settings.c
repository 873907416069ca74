/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include "lab-settings.h"

/* "s1/0 lmi ansi encapsulation ietf dlci 102 103" */
static char *
write_frame_relay (LabNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LabFrameRelay line;

  for (guint i = 0; lab_node_get_frame_relay (node, i, &line); i++)
    {
      g_string_append_printf (text, "%s lmi %s encapsulation %s dlci", line.port.name, line.lmi,
                              line.encapsulation);
      for (guint k = 0; k < line.dlcis->len; k++)
        g_string_append_printf (text, " %u", g_array_index (line.dlcis, guint, k));
      g_string_append_c (text, '\n');
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

LabSettings *
lab_settings_new (LabNode *node)
{
  LabSettings *self = g_new0 (LabSettings, 1);

  self->image = g_strdup (lab_node_get_image_name (node));
  self->sha256 = g_strdup (lab_node_get_image_sha256 (node));
  self->template = g_strdup (lab_node_get_template (node));
  self->ethernet = lab_node_get_ethernet_adapters (node);
  self->serial = lab_node_get_serial_adapters (node);
  self->ram = lab_node_get_ram (node);
  self->nvram = lab_node_get_nvram (node);
  self->keepalives = lab_node_get_keepalives (node);
  self->start_group = lab_node_get_start_group (node);
  self->frame_relay = write_frame_relay (node);
  self->start_config = g_strdup (lab_node_get_start_config (node));
  return self;
}

LabSettings *
lab_settings_copy (const LabSettings *self)
{
  LabSettings *copy = g_memdup2 (self, sizeof *self);

  copy->image = g_strdup (self->image);
  copy->sha256 = g_strdup (self->sha256);
  copy->template = g_strdup (self->template);
  copy->frame_relay = g_strdup (self->frame_relay);
  copy->start_config = g_strdup (self->start_config);
  return copy;
}

void
lab_settings_free (LabSettings *self)
{
  g_free (self->image);
  g_free (self->sha256);
  g_free (self->template);
  g_free (self->frame_relay);
  g_free (self->start_config);
  g_free (self);
}

gboolean
lab_settings_equal (const LabSettings *a, const LabSettings *b)
{
  return g_strcmp0 (a->image, b->image) == 0 && g_strcmp0 (a->sha256, b->sha256) == 0 &&
         a->ethernet == b->ethernet && a->serial == b->serial && a->ram == b->ram &&
         a->nvram == b->nvram && a->keepalives == b->keepalives &&
         g_strcmp0 (a->frame_relay, b->frame_relay) == 0;
}
