/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-search-index.h"

G_BEGIN_DECLS

/* @object: (nullable); @detail: (nullable). */
LabSearchHit *lab_search_hit_new (LabSearchKind kind, gpointer object, const char *title, const char *detail,
                                  guint line);

G_END_DECLS
