/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include "lab-settings.h"

LabSettings *
lab_settings_new (LabNode *node)
{
  LabSettings *self = g_new0 (LabSettings, 1);

  self->image = g_strdup (lab_node_get_image_name (node));
  self->sha256 = g_strdup (lab_node_get_image_sha256 (node));
  self->ethernet = lab_node_get_ethernet_adapters (node);
  self->serial = lab_node_get_serial_adapters (node);
  self->ram = lab_node_get_ram (node);
  self->nvram = lab_node_get_nvram (node);
  self->keepalives = lab_node_get_keepalives (node);
  self->start_group = lab_node_get_start_group (node);
  self->start_config = g_strdup (lab_node_get_start_config (node));
  return self;
}

LabSettings *
lab_settings_copy (const LabSettings *self)
{
  LabSettings *copy = g_memdup2 (self, sizeof *self);

  copy->image = g_strdup (self->image);
  copy->sha256 = g_strdup (self->sha256);
  copy->start_config = g_strdup (self->start_config);
  return copy;
}

void
lab_settings_free (LabSettings *self)
{
  g_free (self->image);
  g_free (self->sha256);
  g_free (self->start_config);
  g_free (self);
}

gboolean
lab_settings_equal (const LabSettings *a, const LabSettings *b)
{
  return g_strcmp0 (a->image, b->image) == 0 && g_strcmp0 (a->sha256, b->sha256) == 0 &&
         a->ethernet == b->ethernet && a->serial == b->serial && a->ram == b->ram &&
         a->nvram == b->nvram && a->keepalives == b->keepalives;
}
