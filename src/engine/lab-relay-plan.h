/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the relay should hold, and the commands that bring it from one such state to another. */
typedef struct _LabRelayPlan LabRelayPlan;

typedef struct
{
  char *line;
  char *key;   /* the object it is about */
  char *title; /* how people call that object */
} LabRelayCommand;

/* An empty relay. (transfer full) */
LabRelayPlan *lab_relay_plan_new          (void);
void          lab_relay_plan_free         (LabRelayPlan *self);
/* @arguments: what stands behind "instance add ID " */
void          lab_relay_plan_add_instance (LabRelayPlan *self, guint id, const char *arguments, const char *title);
/* @kind: "switch", "hub", "frame-relay", "nat", "tap" or "tunnel"; @arguments: behind its name. @ports: (nullable) what
 * stands behind "switch port NAME N" for each port, in order. */
void          lab_relay_plan_add_device   (LabRelayPlan *self, const char *kind, const char *name, const char *arguments,
                                           const char * const *ports, const char *title);
/* A circuit of a "frame-relay", or a forwarded port of a "nat": @arguments as in the command that
 * adds it, behind the name. */
void          lab_relay_plan_add_part     (LabRelayPlan *self, const char *kind, const char *name, const char *arguments, const char *title);
/* Ends as the relay writes them: "7:0/1", "n12:3". The order of the two does not matter. */
void          lab_relay_plan_add_link     (LabRelayPlan *self, const char *end_a, const char *end_b, gboolean plugged, const char *title);
/* What the link that was added does to frames that leave each end, as the relay's "impair" takes it;
 * NULL: nothing. */
void          lab_relay_plan_impair_link  (LabRelayPlan *self, const char *end_a, const char *end_b,
                                           const char *impair_a, const char *impair_b);
/* Forgets what the relay refused, so that the next comparison asks for it again. */
void          lab_relay_plan_forget       (LabRelayPlan *self, const char *key);

/* The commands from @from (NULL: an empty relay) to @to, in an order that works: array of
 * LabRelayCommand. (transfer full) */
GPtrArray    *lab_relay_plan_compare      (LabRelayPlan *from, LabRelayPlan *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabRelayPlan, lab_relay_plan_free)

G_END_DECLS
