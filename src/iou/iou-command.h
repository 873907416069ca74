/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"

G_BEGIN_DECLS

/* An IOU command line (contract section 2). */
typedef struct
{
  guint id;                 /* 1..1024; 0: not given */
  guint ethernet_adapters;  /* -e, default 2 */
  guint serial_adapters;    /* -s, default 2 */
  guint nvram;              /* -n, KB; 0: the image's default */
  guint ram;                /* -m, MB; 0: the image's default */
  char *config;             /* -c, (nullable) */
  gboolean keepalives;      /* -l */
  gboolean remote_console;  /* -L */
  gboolean debug;           /* -d */
  gboolean trace;           /* -t */
  gboolean quiet;           /* -q */
  gboolean no_host_clock;   /* -C */
  gboolean ignore_iourc;    /* -R */
  gboolean no_unix;         /* -U */
  gboolean no_watchdog;     /* -W */
  gboolean ignore_netmap;   /* -N */
  gboolean help;            /* -h */
  guint udp_base;           /* -u */
  char *debug_string;       /* -b, (nullable) */
} IouCommand;

IouCommand *iou_command_new   (void);
void        iou_command_free  (IouCommand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IouCommand, iou_command_free)

/* Options in any order and bundled or apart, id first or last; argv[0] is skipped. */
IouCommand *iou_command_parse (int argc, const char * const *argv, GError **error);
/* argv for exec: @argv0, -e, -s always, -n and -m when not 0, -c, -l, …, the id last. (transfer full) */
char      **iou_command_build (const IouCommand *self, const char *argv0);

/* What an image's -h text says (section 2, "-h probing"). */
typedef struct
{
  guint nvram_default;   /* KB, 0: not said */
  guint ram_default;     /* MB, 0: not said */
  gboolean keepalives;   /* offers -l */
} IouHelp;

gboolean    iou_help_parse    (const char *text, IouHelp *help);
/* The usage text with the phrases managers look for, for an image called @name. (transfer full) */
char       *iou_help_write    (const char *name, guint nvram_default, guint ram_default);

G_END_DECLS
