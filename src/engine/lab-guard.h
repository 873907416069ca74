/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include <glib.h>

G_BEGIN_DECLS

/* Most processes of an image of the user's; more than any is known to want. */
#define LAB_GUARD_PROCESSES 64

/* Watches over what images take of the machine that a sandbox does not bound. */
typedef struct _LabGuard LabGuard;
typedef struct _LabGuardWatch LabGuardWatch;

typedef struct
{
  /* Whose descendants are counted; 0: not known yet. */
  pid_t (*find) (gpointer user_data);
  /* It took too much: @text says of what. Once. The watch may be removed in it. */
  void (*over) (const char *text, gpointer user_data);
} LabGuardFuncs;

/* Megabytes that an image may write: 512, or $LABWRIGHT_DEVICE_MB. */
guint          lab_guard_get_megabytes (void);

/* Looks at intervals, in a thread, as long as it has watches. (transfer full) */
LabGuard      *lab_guard_new    (void);
/* Ends all watches, too. */
void           lab_guard_free   (LabGuard *self);
/* @folders: (array zero-terminated=1): where it can write. @ram: MB of memory that it was given, which it may
 * keep in files without a name. */
LabGuardWatch *lab_guard_add    (LabGuard *self, const char *const *folders, guint ram,
                                 const LabGuardFuncs *funcs, gpointer user_data);
void           lab_guard_clear  (LabGuardWatch **watch);

G_END_DECLS
