/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder of configurations, one file a node, and what goes where. A file is for the node whose name
 * it bears: NAME.cfg as it is written here, .txt and .conf, and the names that others give
 * (NAME_startup-config.cfg, NAME-confg). Upper and lower case count only if it takes that to tell two
 * nodes apart. NAME.vlan.dat is the VLAN database of a switch. All functions touch files: for a thread. */

/** LAB_CONFIG_FOLDER_MAX_TEXT: a larger file is no configuration, in bytes */
#define LAB_CONFIG_FOLDER_MAX_TEXT (1024 * 1024)
/** LAB_CONFIG_FOLDER_MAX_FILES: a folder with more files than these is refused */
#define LAB_CONFIG_FOLDER_MAX_FILES 10000

/**
 * LabConfigNode:
 * @name: of a node that saves configurations
 * @work: its folder, S/<uuid>/<id>
 * @id: its application id
 * @size_kb: of its NVRAM; 0: as it is, or as most images have it
 */
typedef struct
{
  char *name;
  char *work;
  guint id;
  guint size_kb;
} LabConfigNode;

/* (element-type LabConfigNode) (transfer full): an empty list of nodes. */
GPtrArray *lab_config_nodes_new     (void);
void       lab_config_nodes_add     (GPtrArray *nodes, const char *name, const char *work, guint id, guint size_kb);

/**
 * LabConfigFate:
 * @LAB_CONFIG_NEW: the node has saved nothing that would be replaced
 * @LAB_CONFIG_SAME: it holds this text already
 * @LAB_CONFIG_REPLACES: what it holds is replaced
 * @LAB_CONFIG_NO_NODE: skipped: no node is of this name, or two are alike
 * @LAB_CONFIG_TAKEN: skipped: another file is for this node too
 * @LAB_CONFIG_NO_TEXT: skipped: not a text, empty, or too large to be one
 * @LAB_CONFIG_NO_ROOM: skipped: the node's NVRAM cannot hold it
 * @LAB_CONFIG_NO_FILE: the node is left as it is: no file is for it
 * @LAB_CONFIG_ALONE: skipped: a VLAN database without a configuration to go with
 */
typedef enum
{
  LAB_CONFIG_NEW,
  LAB_CONFIG_SAME,
  LAB_CONFIG_REPLACES,
  LAB_CONFIG_NO_NODE,
  LAB_CONFIG_TAKEN,
  LAB_CONFIG_NO_TEXT,
  LAB_CONFIG_NO_ROOM,
  LAB_CONFIG_NO_FILE,
  LAB_CONFIG_ALONE,
} LabConfigFate;

/**
 * LabConfigItem:
 * @file: (nullable): its name in the folder
 * @node: (nullable): name of the node it is for
 * @text: (nullable): what would be loaded
 * @now: (nullable): what the node's NVRAM holds
 * @vlans: (nullable): the VLAN database that goes with it
 */
typedef struct
{
  char *file;
  char *node;
  GBytes *text;
  GBytes *now;
  GBytes *vlans;
  LabConfigFate fate;
} LabConfigItem;

/* Whether it is loaded if nobody says otherwise. */
gboolean    lab_config_item_loads    (const LabConfigItem *self);
/* One sentence about what happens, translated. (transfer none) */
const char *lab_config_item_describe (const LabConfigItem *self);
/* Lines of a text; 0 of none. */
guint       lab_config_count_lines   (GBytes *text);

/**
 * lab_config_folder_scan:
 * @folder: path
 * @nodes: (element-type LabConfigNode): those of the lab
 * @chosen: (nullable) (element-type utf8 utf8): files that are for another node than their name says:
 *   the file's name → the node's; "": for none
 *
 * Looks at the files and at what the nodes hold; nothing is changed. Of files for one node one that
 * was chosen counts, else the first; its VLAN database goes with it.
 *
 * Returns: (transfer full) (element-type LabConfigItem): a row for each file, sorted, then one for each
 *   node without. Errors are G_IO_ERROR or G_FILE_ERROR
 */
GPtrArray  *lab_config_folder_scan   (const char *folder, GPtrArray *nodes, GHashTable *chosen, GError **error);
/**
 * lab_config_folder_write:
 *
 * Writes NAME.cfg and NAME.vlan.dat of each node that has saved one, and makes the folder if need be.
 * Files that are there are replaced whole; others stay.
 *
 * Returns: how many configurations were written, -1 on an error. Nothing is written when two nodes
 *   would have one file
 */
int         lab_config_folder_write  (const char *folder, GPtrArray *nodes, GError **error);
/**
 * lab_config_folder_find_old:
 * @n: (out): configurations that lab_config_folder_write() would write
 *
 * Returns: (transfer full): names of files in @folder that it would replace by others; %NULL on an error
 */
GStrv       lab_config_folder_find_old (const char *folder, GPtrArray *nodes, guint *n, GError **error);
/* The file of the configuration of @node. (transfer full) */
char       *lab_config_folder_path   (const char *folder, const char *node);
/* Whether the file @name is for @node: 0 no, 1 but for the case, 2 yes. */
guint       lab_config_match_name    (const char *name, const char *node);

G_END_DECLS
