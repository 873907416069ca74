/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-scene.h"

G_BEGIN_DECLS

/* What a tooltip says about an item: names, state, what it is joined to, what flows. (transfer full)
 * (nullable): nothing that is not seen anyway */
char *lab_tip_text (LabSceneItem *item);

G_END_DECLS
