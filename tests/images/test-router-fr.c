/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frame Relay as bytes: addresses, both encapsulations, inverse ARP, the three dialects of the
 * line's management, and the file with the settings. */

#include "config.h"

#include <string.h>

#include "device-fr-settings.h"

#define BYTES(...) (const guint8[]){ __VA_ARGS__ }, sizeof ((const guint8[]){ __VA_ARGS__ })

static void
assert_bytes (const guint8 *got, gsize n_got, const guint8 *want, gsize n_want)
{
  g_assert_cmpmem (got, n_got, want, n_want);
}

static void
test_headers (void)
{
  guint8 header[DEVICE_FR_HEADER];

  g_assert_true (device_fr_write_header (header, 102, DEVICE_FR_CISCO, BYTES (0x45)));
  assert_bytes (header, 4, BYTES (0x18, 0x61, 0x08, 0x00));
  g_assert_true (device_fr_write_header (header, 102, DEVICE_FR_CISCO, BYTES (0x60)));
  assert_bytes (header, 4, BYTES (0x18, 0x61, 0x86, 0xdd));
  g_assert_true (device_fr_write_header (header, 1007, DEVICE_FR_IETF, BYTES (0x45)));
  assert_bytes (header, 4, BYTES (0xf8, 0xf1, 0x03, 0xcc));
  g_assert_true (device_fr_write_header (header, 16, DEVICE_FR_IETF, BYTES (0x60)));
  assert_bytes (header, 4, BYTES (0x04, 0x01, 0x03, 0x8e));
  g_assert_false (device_fr_write_header (header, 16, DEVICE_FR_IETF, BYTES (0x15)));
  g_assert_false (device_fr_write_header (header, 16, DEVICE_FR_IETF, NULL, 0));
}

static void
assert_content (const guint8 *frame, gsize length, DeviceFrContent kind, gsize at)
{
  g_autofree guint8 *copy = g_memdup2 (frame, length); /* a read past its end is seen */
  const guint8 *content = NULL;
  gsize left = 0;

  g_assert_cmpint (device_fr_read (copy, length, &content, &left), ==, kind);
  if (kind == DEVICE_FR_NOTHING)
    return;
  g_assert_true (content == copy + at);
  g_assert_cmpuint (left, ==, length - at);
}

static void
test_frames (void)
{
  static const guint8 bad[][8] = { { 0x18 }, { 0x19, 0x61 }, { 0x18, 0x60, 1, 2 } };
  guint dlci = 0;

  /* C/R, FECN, BECN and DE do not matter. */
  g_assert_true (device_fr_read_address (BYTES (0x1a, 0x6f), &dlci));
  g_assert_cmpuint (dlci, ==, 102);
  g_assert_true (device_fr_read_address (BYTES (0xfc, 0xf1), &dlci));
  g_assert_cmpuint (dlci, ==, 1023);
  g_assert_false (device_fr_read_address (bad[0], 1, &dlci));
  g_assert_false (device_fr_read_address (bad[1], 2, &dlci));
  g_assert_false (device_fr_read_address (bad[2], 4, &dlci));

  assert_content (BYTES (0x18, 0x61, 0x08, 0x00, 0x45, 0), DEVICE_FR_PACKET, 4);
  assert_content (BYTES (0x18, 0x61, 0x86, 0xdd, 0x60, 0), DEVICE_FR_PACKET, 4);
  assert_content (BYTES (0x18, 0x61, 0x03, 0xcc, 0x45, 0), DEVICE_FR_PACKET, 4);
  assert_content (BYTES (0x18, 0x61, 0x03, 0x8e, 0x60, 0), DEVICE_FR_PACKET, 4);
  assert_content (BYTES (0x18, 0x61, 0x03, 0x00, 0xcc, 0x45), DEVICE_FR_PACKET, 5);
  assert_content (BYTES (0x18, 0x61, 0x03, 0x00, 0x80, 0, 0, 0, 0x08, 0x00, 0x45), DEVICE_FR_PACKET,
                  10);
  assert_content (BYTES (0x18, 0x61, 0x03, 0x80, 0, 0, 0, 0x08, 0x06, 0x45), DEVICE_FR_ARP, 9);
  assert_content (BYTES (0x18, 0x61, 0x08, 0x06, 0, 15), DEVICE_FR_ARP, 4);

  /* The kernel would take it for the other version. */
  assert_content (BYTES (0x18, 0x61, 0x08, 0x00, 0x60, 0), DEVICE_FR_NOTHING, 0);
  assert_content (BYTES (0x18, 0x61, 0x03, 0x8e, 0x45, 0), DEVICE_FR_NOTHING, 0);
  /* CDP, bridged Ethernet, too short. */
  assert_content (BYTES (0x18, 0x61, 0x20, 0x00, 0x45, 0), DEVICE_FR_NOTHING, 0);
  assert_content (BYTES (0x18, 0x61, 0x03, 0x80, 0, 0x80, 0xc2, 0, 7, 0x45), DEVICE_FR_NOTHING, 0);
  assert_content (BYTES (0x18, 0x61, 0x03, 0x80, 0, 0, 0, 0x08), DEVICE_FR_NOTHING, 0);
  assert_content (BYTES (0x18, 0x61, 0x03, 0x00), DEVICE_FR_NOTHING, 0);
  assert_content (BYTES (0x18, 0x61, 0x08, 0x00), DEVICE_FR_NOTHING, 0);
  assert_content (BYTES (0x18, 0x61, 0x08), DEVICE_FR_NOTHING, 0);
}

static void
test_arp (void)
{
  static const guint8 question[] = { 0x18, 0x65, 0x08, 0x06, 0, 15, 8, 0, 2, 4, 0, 8,
                                     0x18, 0x41, 10,   0,    0, 1,  0, 0, 0, 0, 0, 0 };
  static const guint8 snap[] = { 0x18, 0x61, 0x03, 0x80, 0,  0, 0, 8, 6, 0, 15, 8, 0, 2, 4,
                                 0,    8,    0x18, 0x41, 10, 0, 0, 1, 0, 0, 0,  0, 0, 0 };
  const guint8 own[4] = { 10, 0, 0, 2 };
  guint8 answer[DEVICE_FR_MAX_ARP];
  gsize n = device_fr_answer_arp (question, question + 4, sizeof question - 4, 102, own, answer);

  assert_bytes (answer, n,
                BYTES (0x18, 0x61, 0x08, 0x06, 0, 15, 8, 0, 2, 4, 0, 9, 0x18, 0x61, 10, 0, 0, 2,
                       0x18, 0x41, 10, 0, 0, 1));
  n = device_fr_answer_arp (snap, snap + 9, sizeof snap - 9, 102, own, answer);
  g_assert_cmpuint (n, ==, sizeof snap);
  assert_bytes (answer, 9, BYTES (0x18, 0x61, 0x03, 0x80, 0, 0, 0, 8, 6));
  /* Cut short; an answer. */
  g_assert_cmpuint (device_fr_answer_arp (question, question + 4, 19, 102, own, answer), ==, 0);
  memcpy (answer, question, sizeof question);
  answer[11] = 9;
  g_assert_cmpuint (device_fr_answer_arp (answer, answer + 4, 20, 102, own, (guint8[32]){ 0 }), ==,
                    0);
}

static void
on_pvc (gpointer data, guint dlci, DevicePvcState state)
{
  g_string_append_printf (data, "%u%c ", dlci, state == DEVICE_PVC_ACTIVE ? '+' : '-');
}

static void
assert_poll (DeviceLmi *lmi, const guint8 *want, gsize n_want)
{
  guint8 enquiry[DEVICE_LMI_MAX_ENQUIRY];
  gsize n = device_lmi_poll (lmi, enquiry);

  assert_bytes (enquiry, n, want, n_want);
}

/* Whether it counts, and what it says of which PVC. */
static void
assert_answer (DeviceLmi *lmi,
               const guint8 *frame,
               gsize length,
               gboolean counts,
               gboolean all,
               const char *pvcs)
{
  g_autofree guint8 *copy = g_memdup2 (frame, length);
  g_autoptr (GString) seen = g_string_new (NULL);
  gboolean full;

  g_assert_cmpint (device_lmi_input (lmi, copy, length, &full, on_pvc, seen), ==, counts);
  g_assert_cmpint (full, ==, all);
  g_assert_cmpstr (seen->str, ==, pvcs);
}

static void
test_ansi (void)
{
  DeviceLmi lmi = { 0 };

  device_lmi_reset (&lmi, DEVICE_LMI_ANSI);
  g_assert_false (lmi.up);
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 0, 0x03, 2, 1, 0));
  assert_answer (&lmi,
                 BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1, 0, 0x03, 2, 1, 1, 0x07,
                        3, 0x06, 0xb0, 0x8a, 0x07, 3, 0x06, 0xb8, 0x80),
                 TRUE, TRUE, "102+ 103- ");
  g_assert_true (lmi.up);
  /* The same again is none. */
  assert_answer (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1, 0, 0x03, 2, 1, 1),
                 FALSE, FALSE, "");
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 1, 0x03, 2, 2, 1));
  assert_answer (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1, 1, 0x03, 2, 2, 2),
                 TRUE, FALSE, "");
  /* News of one PVC, unasked. */
  assert_answer (
      &lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1, 2, 0x07, 3, 0x06, 0xb8, 0x82),
      TRUE, FALSE, "103+ ");
  /* The others' dialects are not heard, nor what another asks. */
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 1, 0x03, 2, 3, 2));
  assert_answer (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 1, 1, 0x53, 2, 3, 3), FALSE,
                 FALSE, "");
  assert_answer (&lmi, BYTES (0xfc, 0xf1, 0x03, 0x09, 0x00, 0x7d, 0x01, 1, 1, 0x03, 2, 3, 3), FALSE,
                 FALSE, "");
  assert_answer (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 1, 0x03, 2, 3, 3),
                 FALSE, FALSE, "");
  /* An answer to another question. */
  assert_answer (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1, 1, 0x03, 2, 3, 2),
                 FALSE, FALSE, "");
}

static void
test_q933a (void)
{
  DeviceLmi lmi = { 0 };

  device_lmi_reset (&lmi, DEVICE_LMI_Q933A);
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51, 1, 0, 0x53, 2, 1, 0));
  assert_answer (&lmi,
                 BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 1, 0, 0x53, 2, 9, 1, 0x57, 3,
                        0x0c, 0xc8, 0x82),
                 TRUE, TRUE, "201+ ");
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51, 1, 1, 0x53, 2, 2, 9));
}

static void
test_cisco (void)
{
  DeviceLmi lmi = { 0 };

  device_lmi_reset (&lmi, DEVICE_LMI_CISCO);
  assert_poll (&lmi, BYTES (0xfc, 0xf1, 0x03, 0x09, 0x00, 0x75, 0x01, 1, 0, 0x03, 2, 1, 0));
  assert_answer (&lmi,
                 BYTES (0xfc, 0xf1, 0x03, 0x09, 0x00, 0x7d, 0x01, 1, 0, 0x03, 2, 1, 1, 0x07, 6,
                        0x01, 0x2c, 0x02, 0, 0, 0),
                 TRUE, TRUE, "300+ ");
  assert_poll (&lmi, BYTES (0xfc, 0xf1, 0x03, 0x09, 0x00, 0x75, 0x01, 1, 1, 0x03, 2, 2, 1));
}

/* A good answer of integrity only to the last question. */
static void
answer (DeviceLmi *lmi)
{
  guint8 frame[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1, 1, 0x03, 2, 7, lmi->sent };

  assert_answer (lmi, frame, sizeof frame, TRUE, FALSE, "");
}

/* N391, N392 and N393. */
static void
test_counters (void)
{
  DeviceLmi lmi = { 0 };
  guint8 enquiry[DEVICE_LMI_MAX_ENQUIRY];

  device_lmi_reset (&lmi, DEVICE_LMI_ANSI);
  for (guint i = 0; i < 300; i++)
    {
      g_assert_cmpuint (device_lmi_poll (&lmi, enquiry), ==, 14);
      g_assert_cmpuint (enquiry[9], ==, i % DEVICE_LMI_FULL_EVERY == 0 ? 0 : 1);
      g_assert_cmpuint (enquiry[12], ==, i % 255 + 1); /* 0 is left out */
      answer (&lmi);
    }
  g_assert_true (lmi.up);

  /* Two among four are borne. */
  for (guint i = 0; i < 20; i++)
    {
      device_lmi_poll (&lmi, enquiry);
      if (i % 2 == 0)
        answer (&lmi);
    }
  g_assert_true (lmi.up);
  /* Three are not. */
  for (guint i = 0; i < 4; i++)
    {
      device_lmi_poll (&lmi, enquiry);
      answer (&lmi);
    }
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (lmi.up);
      device_lmi_poll (&lmi, enquiry);
    }
  g_assert_false (lmi.up);
  /* It asks for everything now; up after three in a row. */
  g_assert_cmpuint (enquiry[9], ==, 0);
  answer (&lmi);
  device_lmi_poll (&lmi, enquiry);
  answer (&lmi);
  g_assert_false (lmi.up);
  device_lmi_poll (&lmi, enquiry);
  answer (&lmi);
  g_assert_true (lmi.up);
}

static void
test_auto (void)
{
  DeviceLmi lmi = { 0 };

  device_lmi_reset (&lmi, DEVICE_LMI_AUTO);
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 0, 0x03, 2, 1, 0));
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51, 1, 0, 0x53, 2, 2, 0));
  assert_poll (&lmi, BYTES (0xfc, 0xf1, 0x03, 0x09, 0x00, 0x75, 0x01, 1, 0, 0x03, 2, 3, 0));
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 0, 0x03, 2, 4, 0));
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51, 1, 0, 0x53, 2, 5, 0));
  g_assert_false (lmi.settled);
  assert_answer (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 1, 0, 0x53, 2, 1, 5), TRUE,
                 TRUE, "");
  g_assert_true (lmi.settled);
  g_assert_true (lmi.up);
  assert_poll (&lmi, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51, 1, 1, 0x53, 2, 6, 1));
}

/* What is cut short or changed does not count, and no byte behind it is read. */
static void
test_bad_answers (void)
{
  static const guint8 good[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1,   0,
                                 0x03, 2,    1,    1,    0x07, 3,    0x06, 0xb0, 0x82 };
  guint8 enquiry[DEVICE_LMI_MAX_ENQUIRY];
  DeviceLmi lmi = { 0 };

  device_lmi_reset (&lmi, DEVICE_LMI_ANSI);
  device_lmi_poll (&lmi, enquiry);
  for (gsize n = 0; n < sizeof good; n++)
    if (n != 14) /* whole, without a PVC */
      assert_answer (&lmi, good, n, FALSE, FALSE, "");
  for (gsize i = 0; i < 14; i++)
    {
      guint8 bad[sizeof good];

      memcpy (bad, good, sizeof good);
      bad[i] ^= 0x40;
      if (i != 12) /* their number is theirs to choose */
        assert_answer (&lmi, bad, sizeof bad, FALSE, FALSE, "");
    }
  assert_answer (&lmi, good, sizeof good, TRUE, TRUE, "102+ ");
}

static void
test_settings (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } wrong[] = {
    { "e0/0 dlci 102\n", "frame-relay.cfg, line 1: “e0/0” is not the name of a serial port" },
    { "\ns0/4 dlci 102\n", "line 2: “s0/4”" },
    { "s16/0 dlci 102", "“s16/0”" },
    { "s1/0 lmi itu dlci 102", "“lmi” must be followed by one of auto, ansi, q933a, cisco, none" },
    { "s1/0 encapsulation", "“encapsulation” must be followed by one of cisco, ietf" },
    { "s1/0 dlci", "“dlci” must be followed by numbers" },
    { "s1/0 lmi ansi", "“dlci” with its numbers is missing" },
    { "s1/0 dlci 15", "“15” is not a DLCI" },
    { "s1/0 dlci 1008", "“1008” is not a DLCI" },
    { "s1/0 dlci 102 102", "DLCI 102 stands there twice" },
    { "s1/0 speed 64 dlci 102", "“speed” is none of" },
    { "s1/0 dlci 102\ns1/0 dlci 103\n", "line 2: this port has a line before" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) settings = device_fr_settings_parse (
      "# lines\n\n s1/0  lmi q933a encapsulation ietf dlci 102 103\r\ns15/3 dlci 1007", &error);
  const DeviceFrSetting *setting;

  g_assert_no_error (error);
  g_assert_cmpuint (settings->len, ==, 2);
  setting = &g_array_index (settings, DeviceFrSetting, 0);
  g_assert_cmpuint (setting->port, ==, 0x01);
  g_assert_cmpint (setting->lmi, ==, DEVICE_LMI_Q933A);
  g_assert_cmpint (setting->encapsulation, ==, DEVICE_FR_IETF);
  g_assert_cmpuint (setting->dlcis->len, ==, 2);
  g_assert_cmpuint (g_array_index (setting->dlcis, guint16, 1), ==, 103);
  setting = &g_array_index (settings, DeviceFrSetting, 1);
  g_assert_cmpuint (setting->port, ==, 0x3f);
  g_assert_cmpint (setting->lmi, ==, DEVICE_LMI_AUTO);
  g_assert_cmpint (setting->encapsulation, ==, DEVICE_FR_CISCO);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_null (device_fr_settings_parse (wrong[i].text, &refusal));
      g_test_message ("%s", refusal->message);
      g_assert_nonnull (strstr (refusal->message, wrong[i].says));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/fr/headers", test_headers);
  g_test_add_func ("/router/fr/frames", test_frames);
  g_test_add_func ("/router/fr/arp", test_arp);
  g_test_add_func ("/router/fr/lmi/ansi", test_ansi);
  g_test_add_func ("/router/fr/lmi/q933a", test_q933a);
  g_test_add_func ("/router/fr/lmi/cisco", test_cisco);
  g_test_add_func ("/router/fr/lmi/counters", test_counters);
  g_test_add_func ("/router/fr/lmi/auto", test_auto);
  g_test_add_func ("/router/fr/lmi/bad-answers", test_bad_answers);
  g_test_add_func ("/router/fr/settings", test_settings);
  return g_test_run ();
}
