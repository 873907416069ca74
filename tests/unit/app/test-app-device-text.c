/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Circuits, forwarded ports and Frame Relay ports: typed, written and typed again; and what the
 * document says of what was typed wrong. */

#include "config.h"

#include <string.h>

#include "lab-device-text.h"

/* A Frame Relay switch or nat with this member; NULL: the document refuses it. */
static LabNode *
make_node (const char *kind, const char *key, JsonNode *value, GError **error)
{
  g_autoptr (JsonNode) json = json_node_alloc ();
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "name", "X");
  json_object_set_string_member (object, "kind", kind);
  if (strcmp (kind, "nat") != 0)
    json_object_set_int_member (object, "ports", 4);
  if (value != NULL)
    json_object_set_member (object, key, value);
  json_node_init_object (json, object);

  return lab_node_new_from_json (json, error);
}

static void
test_circuits (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabNode) node =
      make_node ("frame-relay-switch", "maps",
                 lab_device_text_to_maps (" s0:102  S1:201 ,Serial0:103 s2:301,"), &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = lab_device_text_from_pvcs (node);
  g_assert_cmpstr (text, ==, "s0:102 s1:201, s0:103 s2:301");
  g_assert_null (lab_device_text_to_maps (" , "));
}

static void
test_forwards (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabNode) node = make_node (
      "nat", "forwards", lab_device_text_to_forwards ("8022 22, UDP 8053 10.0.2.16:53"), &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = lab_device_text_from_forwards (node);
  g_assert_cmpstr (text, ==, "tcp 8022 10.0.2.15:22, udp 8053 10.0.2.16:53");
  g_assert_null (lab_device_text_to_forwards (""));
}

static LabNode *
make_router (JsonNode *value, GError **error)
{
  g_autoptr (JsonNode) json = json_from_string (
      "{\"name\":\"R\",\"kind\":\"iou\",\"image\":{\"name\":\"labwright-router\"},\"serial\":1}",
      NULL);

  json_object_set_member (json_node_get_object (json), "frame-relay", value);
  return lab_node_new_from_json (json, error);
}

static void
test_frame_relay (void)
{
  static const char *const wrong[][2] = {
    { "s1/0", "“dlcis” must list at least one DLCI" },
    { "e0/0 102", "there is no serial port “e0/0”" },
    { "s2/0 102", "there is no serial port “s2/0”" },
    { "s1/0 itu 102", "“lmi” must be one of" },
    { "s1/0 102 5", "each of “dlcis” must be a whole number from 16 to 1007" },
    { "s1/0 102 102", "DLCI 102 is listed twice" },
    { "s1/0 102, S1/0 103", "port s1/0 is listed twice" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (LabNode) node = make_router (
      lab_device_text_to_frame_relay (" Serial1/0 ANSI 102  103,s1/1 cisco 200, s1/2 IETF 16 none"),
      &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = lab_device_text_from_frame_relay (node);
  g_assert_cmpstr (text, ==, "s1/0 ansi 102 103, s1/1 cisco 200, s1/2 none ietf 16");
  g_assert_null (lab_device_text_to_frame_relay (" , "));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_null (make_router (lab_device_text_to_frame_relay (wrong[i][0]), &refusal));
      g_assert_nonnull (strstr (refusal->message, wrong[i][1]));
    }
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *kind;
    const char *text;
    const char *said;
  } wrong[] = {
    { "frame-relay-switch", "s0:102", "“b” is missing" },
    { "frame-relay-switch", "s0 s1:201", "“dlci” is missing" },
    { "frame-relay-switch", "s0:x s1:201", "“dlci” must be a whole number" },
    { "frame-relay-switch", "s0:102 s9:201", "there is no port “s9”" },
    { "frame-relay-switch", ":102 s1:201", "“port” is missing" },
    { "nat", "8022", "“guest-port” is missing" },
    { "nat", "tcp", "“host-port” is missing" },
    { "nat", "icmp 8022 22", "“proto” must be one of" },
    { "nat", "8022 10.0.3.1:22", "must be an address behind the NAT" },
    { "nat", "99999999999 22", "“host-port” must be a whole number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gboolean is_nat = strcmp (wrong[i].kind, "nat") == 0;
      g_autoptr (GError) error = NULL;

      g_assert_null (make_node (wrong[i].kind, is_nat ? "forwards" : "maps",
                                is_nat ? lab_device_text_to_forwards (wrong[i].text)
                                       : lab_device_text_to_maps (wrong[i].text),
                                &error));
      g_assert_nonnull (error);
      if (strstr (error->message, wrong[i].said) == NULL)
        g_error ("“%s”: %s", wrong[i].text, error->message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/device-text/circuits", test_circuits);
  g_test_add_func ("/app/device-text/forwards", test_forwards);
  g_test_add_func ("/app/device-text/frame-relay", test_frame_relay);
  g_test_add_func ("/app/device-text/wrong", test_wrong);
  return g_test_run ();
}
