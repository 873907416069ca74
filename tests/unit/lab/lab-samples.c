/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that tests share. */

#include "config.h"

#include <string.h>

#include "lab-samples.h"

/* clang-format off */
const char *const sample_full =
  "{\n"
  "  \"format\": \"labwright\",\n"
  "  \"version\": 1,\n"
  "  \"uuid\": \"01234567-89ab-cdef-0123-456789abcdef\",\n"
  "  \"name\": \"Everything\",\n"
  "  \"notes\": [\n"
  "    \"# Everything\",\n"
  "    \"\",\n"
  "    \"Grüße, \\\"quoted\\\" \\\\ tab\\tand \\u0001.\"\n"
  "  ],\n"
  "  \"nodes\": [\n"
  "    {\n"
  "      \"name\": \"R1\",\n"
  "      \"id\": 1,\n"
  "      \"kind\": \"iou\",\n"
  "      \"x\": -120.5,\n"
  "      \"y\": 40,\n"
  "      \"symbol\": \"router\",\n"
  "      \"locked\": true,\n"
  "      \"label\": { \"x\": 4, \"y\": -7.25, \"colour\": \"#102030\" },\n"
  "      \"layer\": 2,\n"
  "      \"image\": {\n"
  "        \"name\": \"i86bi-linux-l3.bin\",\n"
  "        \"sha256\": \"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\",\n"
  "        \"role\": \"l3\"\n"
  "      },\n"
  "      \"template\": \"Border Router\",\n"
  "      \"ethernet\": 2,\n"
  "      \"serial\": 1,\n"
  "      \"ram\": 512,\n"
  "      \"nvram\": 64,\n"
  "      \"keepalives\": false,\n"
  "      \"start-group\": 3,\n"
  "      \"start\": [\n"
  "        \"hostname %h\",\n"
  "        \"!\",\n"
  "        \"end\"\n"
  "      ],\n"
  "      \"future\": {\n"
  "        \"b\": 1,\n"
  "        \"a\": [ 1, 2.5, null, true, \"x\" ]\n"
  "      }\n"
  "    },\n"
  "    {\n"
  "      \"name\": \"R2\",\n"
  "      \"id\": 7,\n"
  "      \"kind\": \"iou\",\n"
  "      \"x\": 0,\n"
  "      \"y\": 0,\n"
  "      \"image\": { \"name\": \"labwright-pc\" },\n"
  "      \"ethernet\": 2,\n"
  "      \"serial\": 2,\n"
  "      \"frame-relay\": [\n"
  "        {\n"
  "          \"port\": \"s3/1\",\n"
  "          \"lmi\": \"ansi\",\n"
  "          \"dlcis\": [ 102, 103 ],\n"
  "          \"note\": \"kept\"\n"
  "        }\n"
  "      ]\n"
  "    },\n"
  "    {\n"
  "      \"name\": \"SW1\",\n"
  "      \"id\": 3,\n"
  "      \"kind\": \"switch\",\n"
  "      \"x\": 100,\n"
  "      \"y\": 0.1,\n"
  "      \"ports\": [\n"
  "        { \"mode\": \"access\", \"vlan\": 10 },\n"
  "        { \"mode\": \"trunk\", \"native\": 1, \"allowed\": \"1,10,20-29\", \"note\": \"up\" },\n"
  "        { \"mode\": \"trunk\", \"native\": 99 },\n"
  "        { \"mode\": \"qinq\", \"vlan\": 100 }\n"
  "      ],\n"
  "      \"ageing\": 60,\n"
  "      \"ram\": \"kept: not a switch's\"\n"
  "    },\n"
  "    { \"name\": \"HUB 1\", \"id\": 4, \"kind\": \"hub\", \"x\": 1, \"y\": 2, \"ports\": 8 },\n"
  "    {\n"
  "      \"name\": \"FR\",\n"
  "      \"id\": 5,\n"
  "      \"kind\": \"frame-relay-switch\",\n"
  "      \"x\": 1,\n"
  "      \"y\": 2,\n"
  "      \"ports\": 4,\n"
  "      \"maps\": [\n"
  "        {\n"
  "          \"a\": { \"port\": \"s0\", \"dlci\": 101 },\n"
  "          \"b\": { \"port\": \"s1\", \"dlci\": 201 }\n"
  "        }\n"
  "      ]\n"
  "    },\n"
  "    {\n"
  "      \"name\": \"NAT\",\n"
  "      \"id\": 6,\n"
  "      \"kind\": \"nat\",\n"
  "      \"x\": 1,\n"
  "      \"y\": 2,\n"
  "      \"host-access\": true,\n"
  "      \"forwards\": [\n"
  "        { \"proto\": \"udp\", \"host-port\": 8053, \"guest\": \"10.0.2.16\", \"guest-port\": 53 },\n"
  "        { \"host-port\": 8022, \"guest-port\": 22 }\n"
  "      ]\n"
  "    },\n"
  "    { \"name\": \"TAP\", \"id\": 8, \"kind\": \"tap\", \"x\": 1, \"y\": 2, \"interface\": \"tap0\" },\n"
  "    {\n"
  "      \"name\": \"Fw\",\n"
  "      \"id\": 1023,\n"
  "      \"kind\": \"placeholder\",\n"
  "      \"x\": 1,\n"
  "      \"y\": 2,\n"
  "      \"ports\": [\n"
  "        { \"name\": \"Gi0/0\", \"kind\": \"ethernet\", \"adapter\": 3 },\n"
  "        { \"name\": \"Se0\", \"kind\": \"serial\" }\n"
  "      ],\n"
  "      \"foreign\": {\n"
  "        \"z\": [],\n"
  "        \"a\": {},\n"
  "        \"node_type\": \"qemu\",\n"
  "        \"properties\": { \"ram\": 2048, \"big\": 9223372036854775807, \"small\": 1e-07, \"neg\": -0 },\n"
  "        \"nested\": [\n"
  "          [ 1 ],\n"
  "          {\n"
  "            \"deep\": []\n"
  "          }\n"
  "        ]\n"
  "      }\n"
  "    }\n"
  "  ],\n"
  "  \"links\": [\n"
  "    { \"a\": { \"node\": \"R1\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"R2\", \"port\": \"e0/1\" } },\n"
  "    {\n"
  "      \"a\": { \"node\": \"R1\", \"port\": \"s2/0\" },\n"
  "      \"b\": {\n"
  "        \"node\": \"R2\",\n"
  "        \"port\": \"s2/3\",\n"
  "        \"label\": { \"x\": -20, \"y\": 12.5 },\n"
  "        \"hidden\": true,\n"
  "        \"note\": \"WAN\"\n"
  "      },\n"
  "      \"plugged\": false,\n"
  "      \"impair\": {\n"
  "        \"a-to-b\": {\n"
  "          \"delay\": 100.5,\n"
  "          \"jitter\": 10,\n"
  "          \"shape\": \"normal\",\n"
  "          \"loss\": 1e-05,\n"
  "          \"burst\": { \"begin\": 1, \"end\": 25, \"own\": true },\n"
  "          \"rate\": 2048,\n"
  "          \"queue-bytes\": 64000,\n"
  "          \"only\": \"ip and not port 22\",\n"
  "          \"own\": [ 1 ]\n"
  "        },\n"
  "        \"b-to-a\": { \"nth\": 7 },\n"
  "        \"seed\": 4294967295\n"
  "      },\n"
  "      \"shape\": \"stepped\",\n"
  "      \"colour\": \"#3366FF\",\n"
  "      \"width\": 3,\n"
  "      \"dash\": \"dot\",\n"
  "      \"label\": \"WAN, 2 Mb/s\",\n"
  "      \"bend\": -40,\n"
  "      \"style\": {\n"
  "        \"colour\": \"#ff0000\",\n"
  "        \"bends\": [ 1, 2 ]\n"
  "      }\n"
  "    },\n"
  "    { \"a\": { \"node\": \"SW1\", \"port\": \"e1\" }, \"b\": { \"node\": \"HUB 1\", \"port\": \"e7\" } },\n"
  "    { \"a\": { \"node\": \"NAT\", \"port\": \"e0\" }, \"b\": { \"node\": \"TAP\", \"port\": \"e0\" } },\n"
  "    { \"a\": { \"node\": \"FR\", \"port\": \"s0\" }, \"b\": { \"node\": \"Fw\", \"port\": \"Se0\" } },\n"
  "    { \"a\": { \"node\": \"Fw\", \"port\": \"Gi0/0\" }, \"b\": { \"node\": \"SW1\", \"port\": \"e0\" } }\n"
  "  ],\n"
  "  \"drawings\": [\n"
  "    {\n"
  "      \"id\": 1,\n"
  "      \"kind\": \"text\",\n"
  "      \"x\": 1,\n"
  "      \"y\": 2,\n"
  "      \"text\": [\n"
  "        \"Site A\"\n"
  "      ],\n"
  "      \"font\": \"Cantarell 12\"\n"
  "    },\n"
  "    {\n"
  "      \"id\": 2,\n"
  "      \"kind\": \"rectangle\",\n"
  "      \"x\": 1,\n"
  "      \"y\": 2,\n"
  "      \"width\": 300,\n"
  "      \"height\": 200.5,\n"
  "      \"rotation\": 45,\n"
  "      \"layer\": -1,\n"
  "      \"fill\": \"#e0f0ff80\",\n"
  "      \"stroke\": \"#336699\",\n"
  "      \"stroke-width\": 2.5,\n"
  "      \"dash\": \"dot\",\n"
  "      \"locked\": true,\n"
  "      \"radius\": 0,\n"
  "      \"group\": 4\n"
  "    },\n"
  "    { \"id\": 3, \"kind\": \"ellipse\", \"x\": 1, \"y\": 2, \"width\": 3, \"height\": 4 },\n"
  "    { \"id\": 9, \"kind\": \"line\", \"x\": 1, \"y\": 2, \"width\": -3, \"height\": -4, \"arrows\": \"both\" },\n"
  "    {\n"
  "      \"id\": 4,\n"
  "      \"kind\": \"picture\",\n"
  "      \"x\": 1,\n"
  "      \"y\": 2,\n"
  "      \"width\": 3,\n"
  "      \"height\": 4,\n"
  "      \"picture\": { \"type\": \"image/png\", \"data\": \"iVBORw0KGgo=\", \"from\": \"map.png\" }\n"
  "    }\n"
  "  ],\n"
  "  \"checks\": [\n"
  "    { \"name\": \"R1 pings R2\", \"node\": \"R1\", \"send\": \"ping 10.0.0.2\", \"expect\": \"!!!!\" },\n"
  "    {\n"
  "      \"name\": \"No loss\",\n"
  "      \"node\": \"R2\",\n"
  "      \"send\": \"show log\",\n"
  "      \"expect\": \"^up$\",\n"
  "      \"reject\": \"(?i)lost|down\",\n"
  "      \"within\": 2.5,\n"
  "      \"weight\": 3\n"
  "    }\n"
  "  ],\n"
  "  \"view\": { \"grid\": 40, \"snap\": false, \"rates\": true, \"shape\": \"curved\", \"zoom\": 1.25, \"x\": 0 },\n"
  "  \"grid\": 20\n"
  "}\n";

const char *const sample_plain =
  SAMPLE_HEAD ",\n"
  "  \"links\": [ { \"b\": { \"port\": \"Ethernet0/0\", \"node\": \"PC2\" },\n"
  "               \"plugged\": true, \"a\": { \"node\": \"PC1\", \"port\": \"E0/0\" } } ],\n"
  "  \"nodes\": [\n"
  "    { \"kind\": \"iou\", \"name\": \"PC1\", \"image\": { \"name\": \"labwright-pc\" }, \"ethernet\": 1,\n"
  "      \"start\": \"ip 10.0.0.1/24\\r\\nsave\" },\n"
  "    { \"kind\": \"iou\", \"name\": \"PC2\", \"id\": 1, \"image\": { \"name\": \"labwright-pc\" },\n"
  "      \"locked\": false, \"x\": 2e2, \"y\": -0.0, \"keepalives\": true, \"start\": [] } ] }";

/* clang-format on */

LabTopology *
sample_load (const char *text)
{
  g_autoptr (GError) error = NULL;
  LabTopology *topology = lab_file_parse (text, strlen (text), "sample.lab", &error);

  g_assert_no_error (error);
  g_assert_nonnull (topology);

  return topology;
}

char *
sample_text (LabTopology *topology)
{
  return lab_file_to_string (topology, NULL);
}

void
sample_assert_text (const char *text, const char *expected)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) expected_lines = g_strsplit (expected, "\n", -1);

  for (guint i = 0; lines[i] != NULL && expected_lines[i] != NULL; i++)
    g_assert_cmpstr (lines[i], ==, expected_lines[i]);
  g_assert_cmpuint (strlen (text), ==, strlen (expected));
}

void
sample_refused (const char *text, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabTopology) topology = lab_file_parse (text, strlen (text), "x.lab", &error);

  g_assert_null (topology);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, LAB_ERROR, code);
}

void
sample_lab_set_up (SampleLab *self, gconstpointer unused)
{
  self->topology = sample_load (sample_full);
  self->history = lab_history_new (self->topology);
}

void
sample_lab_tear_down (SampleLab *self, gconstpointer unused)
{
  g_object_unref (self->history);
  g_assert_finalize_object (self->topology);
}

void
sample_lab_assert_same (SampleLab *self)
{
  g_autofree char *text = sample_text (self->topology);

  sample_assert_text (text, sample_full);
}
