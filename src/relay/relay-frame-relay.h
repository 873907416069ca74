/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-device.h"

/* A frame has the DLCI in two bytes: 10 bits. Those that may be switched: */
#define RELAY_DLCI_MIN 16
#define RELAY_DLCI_MAX 1007
#define RELAY_DLCIS    1024

typedef enum
{
  RELAY_LMI_NONE, /* no enquiry came yet */
  RELAY_LMI_ANSI,
  RELAY_LMI_Q933A,
  RELAY_LMI_CISCO
} RelayLmiType;

/* One end of a PVC, by the DLCI at its port. */
typedef struct
{
  uint16_t to_port, to_dlci; /* the other end; DLCI 0: none */
  bool told, told_active;    /* in the last full report */
  bool known;                /* the router has confirmed such a report: it is not new */
} RelayPvc;

/* A port of a Frame Relay switch. */
typedef struct
{
  RelayPvc *pvcs; /* RELAY_DLCIS of them; NULL: none */
  RelayLmiType lmi;
  uint8_t sent;       /* our last sequence number */
  bool reported;      /* our last answer was a full report, not yet confirmed */
  bool changed;       /* a PVC went since the last full report */
  uint64_t last_heard; /* of an enquiry */
  uint64_t enquiries, sequence_errors;
} RelayFrPort;

/* The functions of its class, see RelayDeviceClass. A frame begins with its two address bytes
 * (Q.922). */
void relay_frame_relay_init (RelayDevice *device);
void relay_frame_relay_clear (Relay *relay, RelayDevice *device);
void relay_frame_relay_link_changed (RelayPort *port);
void relay_frame_relay_input (Relay *relay, RelayPort *port, const RelayFrame *frame);

/* A PVC between two ports of one switch, in both directions; what either end was part of before is
 * forgotten. False with a sentence: a DLCI out of range, or both ends the same. */
bool relay_frame_relay_map (
    RelayPort *a, unsigned dlci_a, RelayPort *b, unsigned dlci_b, RelayError *error);
/* Both directions. False with a sentence: there is no such PVC. */
bool relay_frame_relay_unmap (
    RelayPort *a, unsigned dlci_a, RelayPort *b, unsigned dlci_b, RelayError *error);

/* What the switch knows of one of its ports; lives as long as the device. */
RelayFrPort *relay_frame_relay_port (const RelayPort *port);

/* Whether the router behind the other end of a PVC can be reached. */
bool relay_frame_relay_is_active (Relay *relay, const RelayPort *port, unsigned dlci);

/* relay-lmi.c: a frame with the DLCI of a signalling channel. */
void relay_lmi_input (Relay *relay, RelayPort *port, const RelayFrame *frame);
