/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The local management interface of a Frame Relay switch: routers ask, the switch answers.
 *
 * There are three dialects. The answer is in the dialect of the question, and what was spoken last
 * is what the port speaks.
 *
 *                     DLCI   discriminator   locking shift   report, sequence, PVC
 *   ANSI (Annex D)    0      08              95              01, 03, 07
 *   Q.933 Annex A     0      08              none            51, 53, 57
 *   Cisco             1023   09              none            01, 03, 07
 *
 * A message is: address (2 bytes), 03 (UI), the discriminator, 00 (call reference), 75 (status
 * enquiry) or 7d (status), the shift, then elements: what it is, its length, content. A report type
 * is 0 (full status) or 1 (link integrity only). A sequence has the sender's number and the last
 * one it received; numbers go from 1 to 255, so that 0 is "none yet". A PVC's element is its DLCI
 * and state: 02 active, 08 new. ANSI and Q.933 split the DLCI into six and four bits, Cisco writes
 * it as a number and has three bytes of bandwidth behind.
 *
 * A question for link integrity gets a full report when a PVC came, went or changed since the last
 * one: routers ask for it in every sixth question only, and should not have to wait a minute. A PVC
 * is new until the router has confirmed the report that named it, by that report's number. */

#include "relay-frame-relay.h"

#include "relay-private.h"

#include <string.h>

#define UI             0x03
#define CALL_REFERENCE 0x00
#define STATUS_ENQUIRY 0x75
#define STATUS         0x7d
#define SHIFT          0x95
#define FULL           0
#define INTEGRITY      1
#define EXTENSION      0x80
#define ACTIVE         0x02
#define NEW            0x08
#define HEADER         6
#define MAX_ANSWER     4000

typedef struct
{
  uint8_t address[2], discriminator;
  uint8_t report, sequence, pvc; /* elements */
} Dialect;

static const Dialect dialects[] = {
  [RELAY_LMI_ANSI] = { { 0x00, 0x01 }, 0x08, 0x01, 0x03, 0x07 },
  [RELAY_LMI_Q933A] = { { 0x00, 0x01 }, 0x08, 0x51, 0x53, 0x57 },
  [RELAY_LMI_CISCO] = { { 0xfc, 0xf1 }, 0x09, 0x01, 0x03, 0x07 },
};

typedef struct
{
  RelayLmiType type;
  uint8_t report, send, receive;
} Enquiry;

/* Elements that are not known are stepped over; the two that are must be there. */
static bool
read_elements (const uint8_t *data, size_t length, Enquiry *enquiry)
{
  const Dialect *dialect = &dialects[enquiry->type];
  bool has_report = false, has_sequence = false;

  for (size_t at = 0; at < length; at += 2u + data[at + 1])
    {
      if (length - at < 2 || length - at - 2 < data[at + 1])
        return false;
      if (data[at] == dialect->report && data[at + 1] == 1 && data[at + 2] <= INTEGRITY)
        {
          enquiry->report = data[at + 2];
          has_report = true;
        }
      else if (data[at] == dialect->sequence && data[at + 1] == 2)
        {
          enquiry->send = data[at + 2];
          enquiry->receive = data[at + 3];
          has_sequence = true;
        }
    }
  return has_report && has_sequence;
}

static bool
read_enquiry (const RelayFrame *frame, Enquiry *enquiry)
{
  const uint8_t *data = frame->data;
  size_t at = HEADER;

  if (frame->length <= HEADER || data[2] != UI || data[4] != CALL_REFERENCE ||
      data[5] != STATUS_ENQUIRY)
    return false;
  if (data[0] >> 2 != 0) /* DLCI 1023 */
    enquiry->type = RELAY_LMI_CISCO;
  else if (data[HEADER] == SHIFT)
    {
      enquiry->type = RELAY_LMI_ANSI;
      at++;
    }
  else
    enquiry->type = RELAY_LMI_Q933A;
  return data[3] == dialects[enquiry->type].discriminator &&
         read_elements (data + at, frame->length - at, enquiry);
}

/* The router has our last answer, and so knows the PVCs in it. */
static void
confirm (RelayFrPort *port, const Enquiry *enquiry)
{
  if (enquiry->receive != port->sent && enquiry->receive != 0)
    port->sequence_errors++;
  if (enquiry->receive == port->sent && port->reported)
    for (unsigned i = RELAY_DLCI_MIN; port->pvcs != NULL && i <= RELAY_DLCI_MAX; i++)
      port->pvcs[i].known = port->pvcs[i].told;
  port->reported = false;
}

static bool
must_report (Relay *relay, const RelayPort *port, const RelayFrPort *settings)
{
  if (settings->changed)
    return true;
  for (unsigned i = RELAY_DLCI_MIN; settings->pvcs != NULL && i <= RELAY_DLCI_MAX; i++)
    {
      const RelayPvc *pvc = &settings->pvcs[i];

      if (pvc->to_dlci != 0 &&
          (!pvc->told || pvc->told_active != relay_frame_relay_is_active (relay, port, i)))
        return true;
    }
  return false;
}

static size_t
write_start (uint8_t *answer, const Enquiry *enquiry, uint8_t report, uint8_t sequence)
{
  const Dialect *dialect = &dialects[enquiry->type];
  const uint8_t elements[] = { dialect->report, 1, report, dialect->sequence, 2, sequence,
                               enquiry->send };
  size_t length = 0;

  answer[length++] = dialect->address[0];
  answer[length++] = dialect->address[1];
  answer[length++] = UI;
  answer[length++] = dialect->discriminator;
  answer[length++] = CALL_REFERENCE;
  answer[length++] = STATUS;
  if (enquiry->type == RELAY_LMI_ANSI)
    answer[length++] = SHIFT;
  memcpy (answer + length, elements, sizeof elements);
  return length + sizeof elements;
}

static size_t
write_pvc (uint8_t *answer, RelayLmiType type, unsigned dlci, uint8_t state)
{
  if (type == RELAY_LMI_CISCO)
    {
      const uint8_t bytes[] = {
        dialects[type].pvc, 6, (uint8_t) (dlci >> 8), (uint8_t) dlci, state, 0, 0, 0
      };

      memcpy (answer, bytes, sizeof bytes);
      return sizeof bytes;
    }
  else
    {
      const uint8_t bytes[] = { dialects[type].pvc, 3, (uint8_t) (dlci >> 4),
                                (uint8_t) (EXTENSION | (dlci & 0xf) << 3),
                                (uint8_t) (EXTENSION | state) };

      memcpy (answer, bytes, sizeof bytes);
      return sizeof bytes;
    }
}

static size_t
write_pvcs (Relay *relay, RelayPort *port, RelayLmiType type, uint8_t *answer, size_t length)
{
  RelayFrPort *settings = relay_frame_relay_port (port);

  for (unsigned i = RELAY_DLCI_MIN; settings->pvcs != NULL && i <= RELAY_DLCI_MAX; i++)
    {
      RelayPvc *pvc = &settings->pvcs[i];

      if (pvc->to_dlci == 0 || length > MAX_ANSWER - 8)
        continue;
      pvc->told = true;
      pvc->told_active = relay_frame_relay_is_active (relay, port, i);
      length += write_pvc (answer + length, type, i,
                           (uint8_t) ((pvc->told_active ? ACTIVE : 0) | (pvc->known ? 0 : NEW)));
    }
  settings->changed = false;
  settings->reported = true;
  return length;
}

void
relay_lmi_input (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  RelayFrPort *settings = relay_frame_relay_port (port);
  Enquiry enquiry = { 0 };
  uint8_t answer[MAX_ANSWER];
  size_t length;

  if (!read_enquiry (frame, &enquiry))
    {
      port->counters->drops[RELAY_DROP_INVALID]++;
      return;
    }
  settings->lmi = enquiry.type;
  settings->last_heard = relay->loop.now;
  settings->enquiries++;
  confirm (settings, &enquiry);
  if (must_report (relay, port, settings))
    enquiry.report = FULL;
  if (++settings->sent == 0)
    settings->sent = 1;
  length = write_start (answer, &enquiry, enquiry.report, settings->sent);
  if (enquiry.report == FULL)
    length = write_pvcs (relay, port, enquiry.type, answer, length);
  relay_device_bring (relay, port, answer, length);
}
