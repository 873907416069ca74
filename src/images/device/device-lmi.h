/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The local management interface of a Frame Relay line, as the router (DTE) speaks it: questions and
 * answers as bytes, and what they say of the line and its PVCs. It sends nothing itself and knows no
 * clock. Sources: ANSI T1.617 Annex D, ITU-T Q.933 Annex A. */

#include <glib.h>

typedef enum
{
  DEVICE_LMI_AUTO, /* each dialect in turn until one is answered */
  DEVICE_LMI_ANSI,
  DEVICE_LMI_Q933A,
  DEVICE_LMI_CISCO,
  DEVICE_LMI_NONE /* nobody is asked: line and PVCs count as up */
} DeviceLmiType;

#define DEVICE_LMI_POLL_SECS   10 /* T391: between questions */
#define DEVICE_LMI_FULL_EVERY  6  /* N391: every sixth question is for a full status */
#define DEVICE_LMI_MAX_ERRORS  3  /* N392: so many failures ... */
#define DEVICE_LMI_EVENTS      4  /* N393: ... among so many questions, and the line is down */
#define DEVICE_LMI_MAX_ENQUIRY 14 /* bytes, the address included */

/* What an answer says of a DLCI. */
typedef enum
{
  DEVICE_PVC_ABSENT, /* not in a full status: the switch knows no such PVC */
  DEVICE_PVC_INACTIVE,
  DEVICE_PVC_ACTIVE
} DevicePvcState;

typedef void (*DeviceLmiPvcFunc) (gpointer data, guint dlci, DevicePvcState state);

typedef struct
{
  DeviceLmiType wanted; /* as it is set */
  DeviceLmiType type;   /* of the last question: never DEVICE_LMI_AUTO after the first */
  gboolean settled;     /* somebody has answered in this dialect */
  gboolean up;          /* the line, by what was answered */
  gboolean waiting;     /* for an answer to the last question */
  guint8 sent;          /* our last sequence number; 0: none */
  guint8 received;      /* the last one of the switch */
  guint countdown;      /* questions until the next for a full status */
  guint events;         /* the last questions, a bit each: 1 failed */
  guint n_good;         /* answers in a row */
  gboolean was_down;    /* it takes N392 answers in a row until it is up again */
  guint64 n_enquiries;
  guint64 n_answers;
} DeviceLmi;

/* As it is when the line below comes up. */
void device_lmi_reset (DeviceLmi *self, DeviceLmiType wanted);
/* The time for a question has come: judges the last one, writes the next, returns its length; 0: none
 * is to be asked. @up may change. */
gsize device_lmi_poll (DeviceLmi *self, guint8 enquiry[DEVICE_LMI_MAX_ENQUIRY]);
/* A frame, address included, with the DLCI of a signalling channel. TRUE: it is the answer to our
 * last question, or news of single PVCs; @up may change, and @pvc was called for each DLCI that is
 * named. @full: (out): all there are were named. */
gboolean device_lmi_input (DeviceLmi *self, const guint8 *frame, gsize length, gboolean *full,
                           DeviceLmiPvcFunc pvc, gpointer data);
/* Whether a DLCI is one of signalling. */
gboolean device_lmi_is_channel (guint dlci);
