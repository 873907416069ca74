/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"

G_BEGIN_DECLS

/**
 * IOU_DEFAULT_ADAPTERS:
 *
 * Ethernet adapters, and serial adapters, of an instance started without `-e` and `-s`.
 */
#define IOU_DEFAULT_ADAPTERS 2

/**
 * IouCommand:
 * @id: application id, 1..1024; 0: not given
 * @ethernet_adapters: `-e`, adapters of 4 ports each, 2 if not given
 * @serial_adapters: `-s`, adapters of 4 ports each, 2 if not given; the two together at most 16
 * @nvram: `-n`, size of the NVRAM in KB, 8..1024; 0: the image's default
 * @ram: `-m`, memory in MB; 0: the image's default
 * @config: (nullable): `-c`, configuration file read while the NVRAM holds none, relative to the
 *   working directory
 * @keepalives: `-l`, layer-1 keepalives
 * @remote_console: `-L`, console on the ttyS/ttyC sockets
 * @debug: `-d`
 * @trace: `-t`, trace of netio messages
 * @quiet: `-q`
 * @no_host_clock: `-C`
 * @ignore_iourc: `-R`
 * @no_unix: `-U`
 * @no_watchdog: `-W`
 * @ignore_netmap: `-N`
 * @help: `-h`
 * @udp_base: `-u`, first UDP port for NETMAP nodes with a host; 0: not given
 * @debug_string: (nullable): `-b`
 *
 * The command line of an IOU image (contract section 2: the usage text images print, and what
 * iou_vm.py passes). Strings belong to the structure.
 */
typedef struct
{
  guint id;
  guint ethernet_adapters;
  guint serial_adapters;
  guint nvram;
  guint ram;
  char *config;
  gboolean keepalives;
  gboolean remote_console;
  gboolean debug;
  gboolean trace;
  gboolean quiet;
  gboolean no_host_clock;
  gboolean ignore_iourc;
  gboolean no_unix;
  gboolean no_watchdog;
  gboolean ignore_netmap;
  gboolean help;
  guint udp_base;
  char *debug_string;
} IouCommand;

/**
 * iou_command_new:
 *
 * Returns: (transfer full): a command with 2 Ethernet and 2 serial adapters and nothing else
 */
IouCommand *iou_command_new   (void);

/**
 * iou_command_free:
 * @self: (nullable): a command
 *
 * Frees a command and its strings.
 */
void        iou_command_free  (IouCommand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IouCommand, iou_command_free)

/**
 * iou_command_parse:
 * @argc: number of words
 * @argv: (array length=argc): the words; the first, the program's name, is skipped
 * @error: return location for an error
 *
 * Reads a command line as a tolerant image does: options in any order, flags bundled (`-lq`),
 * values in the same word or the next (`-e2`, `-e 2`), the id first, last or between; `--` ends the
 * options. Of an option given twice the later one counts.
 *
 * Errors, all %IOU_ERROR_INVALID: an unknown option, a value that is missing, no number or out of
 * its range, an id outside 1..1024, two ids, more than 16 adapters. With `-h` the id may be missing
 * and the adapters are not counted, as nothing is going to run.
 *
 * Returns: (transfer full): the command, or %NULL with @error set
 */
IouCommand *iou_command_parse (int argc, const char * const *argv, GError **error);

/**
 * iou_command_build:
 * @self: a command
 * @argv0: the first word: the image's path
 *
 * The words for exec. `-e` and `-s` are always said, `-n` and `-m` when not 0; values stand in
 * words of their own; the id is last, as older images need it, and left out when 0.
 *
 * Returns: (transfer full) (array zero-terminated=1): the words, for g_strfreev()
 */
char      **iou_command_build (const IouCommand *self, const char *argv0);

/**
 * IouHelp:
 * @nvram_default: size of the NVRAM in KB without `-n`; 0: not said
 * @ram_default: memory in MB without `-m`; 0: not said
 * @keepalives: whether `-l` is offered
 *
 * What the `-h` text of an image says of it.
 */
typedef struct
{
  guint nvram_default;
  guint ram_default;
  gboolean keepalives;
} IouHelp;

/**
 * iou_help_parse:
 * @text: what the image wrote to stdout and stderr; any bytes up to the NUL
 * @help: (out caller-allocates): what it says
 *
 * Looks for the phrases GNS3 looks for (contract section 2): blanks and tabs between option and
 * text may differ. Where a phrase stands twice the first one counts.
 *
 * Returns: %TRUE if there was at least one of them; %FALSE: this is no usage text of IOU, and @help
 *   is all zero
 */
gboolean    iou_help_parse    (const char *text, IouHelp *help);

/**
 * iou_help_write:
 * @name: the program's name
 * @nvram_default: KB
 * @ram_default: MB
 *
 * The usage text of an executable that wants to be taken for an image: it has the phrases
 * that iou_help_parse() and other managers look for.
 *
 * Returns: (transfer full): several lines of text
 */
char       *iou_help_write    (const char *name, guint nvram_default, guint ram_default);

G_END_DECLS
