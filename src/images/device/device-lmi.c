/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The router asks every ten seconds, the switch answers. There are three dialects:
 *
 *                     DLCI   discriminator   locking shift   report, sequence, PVC
 *   ANSI (Annex D)    0      08              95              01, 03, 07
 *   Q.933 Annex A     0      08              none            51, 53, 57
 *   Cisco             1023   09              none            01, 03, 07
 *
 * A message is the address, 03 (UI), the discriminator, 00 (call reference), 75 (status enquiry) or
 * 7d (status), the shift, then elements: what it is, its length, content. A report type is 0 (full
 * status), 1 (link integrity) or 2 (news of one PVC, which nobody asked for). A sequence element
 * has the sender's number and the last one it received; numbers go from 1 to 255, so that 0 is
 * “none yet”. An answer counts when it repeats the number of our last question. A switch may give a
 * full status where only integrity was asked for.
 *
 * A question without such an answer is an error; three among the last four take the line down, and
 * then it takes three good answers in a row to bring it up. The first answer after the cable came
 * up brings it up at once. */

#include "config.h"

#include "device-lmi.h"

#define UI             0x03
#define CALL_REFERENCE 0x00
#define STATUS_ENQUIRY 0x75
#define STATUS         0x7d
#define SHIFT          0x95
#define FULL           0
#define INTEGRITY      1
#define SINGLE         2
#define ACTIVE         0x02
#define HEADER         6
#define DLCI           0
#define DLCI_CISCO     1023

#define EVENT_MASK ((1u << DEVICE_LMI_EVENTS) - 1)

typedef struct
{
  guint8 address[2], discriminator;
  guint8 report, sequence, pvc; /* elements */
} Dialect;

static const Dialect dialects[] = {
  [DEVICE_LMI_ANSI] = { { 0x00, 0x01 }, 0x08, 0x01, 0x03, 0x07 },
  [DEVICE_LMI_Q933A] = { { 0x00, 0x01 }, 0x08, 0x51, 0x53, 0x57 },
  [DEVICE_LMI_CISCO] = { { 0xfc, 0xf1 }, 0x09, 0x01, 0x03, 0x07 },
};

typedef struct
{
  const guint8 *elements;
  gsize length;
  guint8 report, send, receive;
  gboolean has_sequence;
} Answer;

gboolean
device_lmi_is_channel (guint dlci)
{
  return dlci == DLCI || dlci == DLCI_CISCO;
}

void
device_lmi_reset (DeviceLmi *self, DeviceLmiType wanted)
{
  guint64 n_enquiries = self->n_enquiries;
  guint64 n_answers = self->n_answers;

  *self = (DeviceLmi){ .wanted = wanted,
                       .type = wanted,
                       .settled = wanted != DEVICE_LMI_AUTO,
                       .up = wanted == DEVICE_LMI_NONE,
                       .n_enquiries = n_enquiries,
                       .n_answers = n_answers };
}

static void
note_event (DeviceLmi *self, gboolean failed)
{
  self->events = (self->events << 1 | failed) & EVENT_MASK;
  self->n_good = failed ? 0 : self->n_good + 1;
  if (!failed && !self->up && (!self->was_down || self->n_good >= DEVICE_LMI_MAX_ERRORS))
    {
      self->up = TRUE;
      self->events = 0;
    }
  if (!self->up || __builtin_popcount (self->events) < DEVICE_LMI_MAX_ERRORS)
    return;
  self->up = FALSE;
  self->was_down = TRUE;
  /* The switch may have been replaced by one that knows another dialect, and it has forgotten us.
   */
  self->settled = self->wanted != DEVICE_LMI_AUTO;
  self->received = 0;
  self->countdown = 0;
}

static void
choose_dialect (DeviceLmi *self)
{
  if (self->settled)
    return;
  self->type = self->type == DEVICE_LMI_AUTO || self->type == DEVICE_LMI_CISCO ? DEVICE_LMI_ANSI
                                                                               : self->type + 1;
  self->countdown = 0;
}

static gsize
write_enquiry (const DeviceLmi *self, guint8 report, guint8 *out)
{
  const Dialect *dialect = &dialects[self->type];
  gsize length = 0;

  out[length++] = dialect->address[0];
  out[length++] = dialect->address[1];
  out[length++] = UI;
  out[length++] = dialect->discriminator;
  out[length++] = CALL_REFERENCE;
  out[length++] = STATUS_ENQUIRY;
  if (self->type == DEVICE_LMI_ANSI)
    out[length++] = SHIFT;
  out[length++] = dialect->report;
  out[length++] = 1;
  out[length++] = report;
  out[length++] = dialect->sequence;
  out[length++] = 2;
  out[length++] = self->sent;
  out[length++] = self->received;
  return length;
}

gsize
device_lmi_poll (DeviceLmi *self, guint8 enquiry[DEVICE_LMI_MAX_ENQUIRY])
{
  guint8 report;

  if (self->wanted == DEVICE_LMI_NONE)
    return 0;

  if (self->waiting)
    note_event (self, TRUE);
  choose_dialect (self);
  report = self->countdown == 0 ? FULL : INTEGRITY;
  self->countdown = self->countdown == 0 ? DEVICE_LMI_FULL_EVERY - 1 : self->countdown - 1;
  if (++self->sent == 0)
    self->sent = 1;
  self->waiting = TRUE;
  self->n_enquiries++;
  return write_enquiry (self, report, enquiry);
}

/* Every element must lie within the frame; those that are not known are stepped over. */
static gboolean
read_elements (const Dialect *dialect, Answer *answer)
{
  gboolean has_report = FALSE;

  for (gsize at = 0; at < answer->length;)
    {
      const guint8 *element = answer->elements + at;

      if (answer->length - at < 2 || answer->length - at - 2 < element[1])
        return FALSE;
      if (element[0] == dialect->report && element[1] == 1)
        {
          answer->report = element[2];
          has_report = element[2] <= SINGLE;
        }
      else if (element[0] == dialect->sequence && element[1] == 2)
        {
          answer->send = element[2];
          answer->receive = element[3];
          answer->has_sequence = TRUE;
        }
      at += 2u + element[1];
    }
  return has_report && (answer->has_sequence || answer->report == SINGLE);
}

static gboolean
read_answer (const DeviceLmi *self, const guint8 *frame, gsize length, Answer *answer)
{
  const Dialect *dialect = &dialects[self->type];
  gsize at = HEADER;

  if (length <= HEADER || (frame[0] & 0xfc) != (dialect->address[0] & 0xfc) ||
      (frame[1] & 0xf0) != (dialect->address[1] & 0xf0) || frame[2] != UI ||
      frame[3] != dialect->discriminator || frame[4] != CALL_REFERENCE || frame[5] != STATUS)
    return FALSE;
  if ((frame[HEADER] == SHIFT) != (self->type == DEVICE_LMI_ANSI))
    return FALSE;
  if (self->type == DEVICE_LMI_ANSI)
    at++;
  answer->elements = frame + at;
  answer->length = length - at;
  return read_elements (dialect, answer);
}

/* ANSI and Q.933 split the DLCI into six and four bits; Cisco writes it as a number. */
static void
tell_pvc (const DeviceLmi *self, const guint8 *element, DeviceLmiPvcFunc func, gpointer data)
{
  guint dlci;

  if (element[1] < 3)
    return;
  if (self->type == DEVICE_LMI_CISCO)
    dlci = (guint) (element[2] << 8 | element[3]);
  else
    dlci = (guint) (element[2] & 0x3f) << 4 | (element[3] >> 3 & 0xf);
  func (data, dlci, element[4] & ACTIVE ? DEVICE_PVC_ACTIVE : DEVICE_PVC_INACTIVE);
}

static void
tell_pvcs (const DeviceLmi *self, const Answer *answer, DeviceLmiPvcFunc func, gpointer data)
{
  for (gsize at = 0; at < answer->length; at += 2u + answer->elements[at + 1])
    if (answer->elements[at] == dialects[self->type].pvc)
      tell_pvc (self, answer->elements + at, func, data);
}

gboolean
device_lmi_input (DeviceLmi *self,
                  const guint8 *frame,
                  gsize length,
                  gboolean *full,
                  DeviceLmiPvcFunc pvc,
                  gpointer data)
{
  Answer answer = { 0 };

  *full = FALSE;
  if (self->type == DEVICE_LMI_AUTO || self->type == DEVICE_LMI_NONE ||
      !read_answer (self, frame, length, &answer))
    return FALSE;
  if (answer.report == SINGLE)
    {
      tell_pvcs (self, &answer, pvc, data);
      return TRUE;
    }
  /* To a question that is long past, or a second time. */
  if (!self->waiting || answer.receive != self->sent)
    return FALSE;

  self->waiting = FALSE;
  self->settled = TRUE;
  self->received = answer.send;
  self->n_answers++;
  note_event (self, FALSE);
  *full = answer.report == FULL;
  if (*full)
    tell_pvcs (self, &answer, pvc, data);
  return TRUE;
}
