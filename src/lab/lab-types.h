/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _LabCheck LabCheck;
typedef struct _LabDrawing LabDrawing;
typedef struct _LabEdit LabEdit;
typedef struct _LabHistory LabHistory;
typedef struct _LabLink LabLink;
typedef struct _LabNode LabNode;
typedef struct _LabTopology LabTopology;

/**
 * LabNodeKind:
 * @LAB_NODE_IOU: a process that obeys the IOU contract (a user's image, or an open image)
 * @LAB_NODE_SWITCH: an Ethernet switch inside the relay
 * @LAB_NODE_HUB: an Ethernet hub inside the relay
 * @LAB_NODE_FRAME_RELAY_SWITCH: a Frame Relay switch inside the relay
 * @LAB_NODE_NAT: a way out by user-space NAT
 * @LAB_NODE_TAP: a host interface
 * @LAB_NODE_TUNNEL: a cable to another program, by UDP
 * @LAB_NODE_PLACEHOLDER: a foreign node, kept word for word, never run
 */
typedef enum
{
  LAB_NODE_IOU,
  LAB_NODE_SWITCH,
  LAB_NODE_HUB,
  LAB_NODE_FRAME_RELAY_SWITCH,
  LAB_NODE_NAT,
  LAB_NODE_TAP,
  LAB_NODE_TUNNEL,
  LAB_NODE_PLACEHOLDER,
} LabNodeKind;

typedef enum
{
  LAB_PORT_ETHERNET,
  LAB_PORT_SERIAL,
} LabPortKind;

/**
 * LAB_ERROR:
 *
 * Errors of the document. Each message is a complete sentence for a person.
 */
#define LAB_ERROR (lab_error_quark ())
GQuark lab_error_quark (void);

/**
 * LabError:
 * @LAB_ERROR_SYNTAX: not JSON, or cut off; the message names line and column
 * @LAB_ERROR_INVALID: JSON, but not a lab (wrong type, duplicate name, dangling link…)
 * @LAB_ERROR_LIMIT: larger or deeper than a lab may be
 * @LAB_ERROR_VERSION: written by a newer Labwright
 * @LAB_ERROR_IO: reading or writing the file failed
 * @LAB_ERROR_EDIT: an edit cannot be done on the document as it is
 */
typedef enum
{
  LAB_ERROR_SYNTAX,
  LAB_ERROR_INVALID,
  LAB_ERROR_LIMIT,
  LAB_ERROR_VERSION,
  LAB_ERROR_IO,
  LAB_ERROR_EDIT,
} LabError;

/* Limits of a document; a file beyond one is refused with a sentence that names it. */
#define LAB_MAX_FILE_BYTES (64 * 1024 * 1024)
#define LAB_MAX_DEPTH 64
#define LAB_MAX_VALUES (2 * 1024 * 1024) /* values of a file, all levels together */
#define LAB_MAX_MEMBERS 4096             /* members of one object */
#define LAB_MAX_ID 1023
#define LAB_MAX_NODES 1023
#define LAB_MAX_LINKS 16384
#define LAB_MAX_DRAWINGS 4096
#define LAB_MAX_CHECKS 4096
#define LAB_MAX_NAME_BYTES 63
#define LAB_PORTS_PER_ADAPTER 4
#define LAB_MAX_ADAPTERS 16
#define LAB_MAX_SWITCH_PORTS 64
#define LAB_MAX_VLAN 4094
#define LAB_MIN_DLCI 16
#define LAB_MAX_DLCI 1007
#define LAB_MAX_PVCS 256     /* of a Frame Relay switch, or of a router */
#define LAB_MAX_RECORDER 64  /* MB of each link */
#define LAB_MAX_FORWARDS 64  /* of a nat */
#define LAB_NAT_FIRST_ADDRESS "10.0.2.15" /* what the first device behind a nat gets */
#define LAB_MAX_RAM 65536 /* MB */
#define LAB_MAX_START_GROUP 99
#define LAB_START_PATIENCE 90 /* seconds, if the lab says nothing else */
#define LAB_MAX_START_PATIENCE 3600
#define LAB_MIN_NVRAM 8   /* KB */
#define LAB_MAX_NVRAM 1024
#define LAB_MAX_COORDINATE 1e6
#define LAB_MAX_PICTURE_BYTES (16 * 1024 * 1024)

G_END_DECLS
