/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The interface of tools: each call is optional. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-tool.h"

G_DEFINE_INTERFACE (LabTool, lab_tool, G_TYPE_OBJECT)

static void
lab_tool_default_init (LabToolInterface *iface)
{
}

gboolean
lab_tool_begin (LabTool *self, const LabToolEvent *event)
{
  LabToolInterface *iface = LAB_TOOL_GET_IFACE (self);

  return iface->begin != NULL && iface->begin (self, event);
}

void
lab_tool_motion (LabTool *self, const LabToolEvent *event)
{
  LabToolInterface *iface = LAB_TOOL_GET_IFACE (self);

  if (iface->motion != NULL)
    iface->motion (self, event);
}

void
lab_tool_end (LabTool *self, const LabToolEvent *event)
{
  LabToolInterface *iface = LAB_TOOL_GET_IFACE (self);

  if (iface->end != NULL)
    iface->end (self, event);
}

void
lab_tool_cancel (LabTool *self)
{
  LabToolInterface *iface = LAB_TOOL_GET_IFACE (self);

  if (iface->cancel != NULL)
    iface->cancel (self);
}

void
lab_tool_hover (LabTool *self, const LabToolEvent *event)
{
  LabToolInterface *iface = LAB_TOOL_GET_IFACE (self);

  if (iface->hover != NULL)
    iface->hover (self, event);
}

gboolean
lab_tool_key (LabTool *self, guint keyval, GdkModifierType state)
{
  LabToolInterface *iface = LAB_TOOL_GET_IFACE (self);

  return iface->key != NULL && iface->key (self, keyval, state);
}

GskRenderNode *
lab_tool_paint (LabTool *self, const LabPaintContext *context)
{
  LabToolInterface *iface = LAB_TOOL_GET_IFACE (self);

  return iface->paint != NULL ? iface->paint (self, context) : NULL;
}

const char *
lab_tool_get_cursor (LabTool *self, const LabHit *hit)
{
  LabToolInterface *iface = LAB_TOOL_GET_IFACE (self);

  return iface->get_cursor != NULL ? iface->get_cursor (self, hit) : NULL;
}
