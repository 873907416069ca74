/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GNS3's appliances. */

#include "config.h"

#include <string.h>

#include "lab-appliance.h"

static LabAppliance *
parse (const char *text, GError **error)
{
  return lab_appliance_parse (text, strlen (text), "x.gns3a", error);
}

#define IMAGES                                                                                     \
  "\"images\": [{\"filename\": \"l2-15.2d.bin\", \"version\": \"15.2d\","                          \
  " \"md5sum\": \"0123456789abcdef0123456789ABCDEF\", \"filesize\": 1234},"                        \
  " {\"filename\": \"l2-15.1a.bin\", \"version\": \"15.1a\", \"md5sum\": \"short\"},"              \
  " {\"filename\": \"../evil\"}]"

static void
test_old (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabAppliance) appliance =
      parse ("{\"name\": \"An L2\\nswitch\", \"category\": \"multilayer_switch\","
             "\"registry_version\": 3, \"usage\": \"Mind the gap.\","
             "\"iou\": {\"ethernet_adapters\": 4, \"serial_adapters\": 0, \"nvram\": 128,"
             "\"ram\": 256, \"startup_config\": \"iou_l2_base_startup-config.txt\"}, " IMAGES "}",
             &error);
  LabApplianceFile *file;

  g_assert_no_error (error);
  g_assert_cmpstr (appliance->name, ==, "An L2 switch");
  g_assert_cmpint (appliance->role, ==, LAB_ROLE_SWITCH);
  g_assert_cmpstr (appliance->start_config, ==, "iou_l2_base_startup-config.txt");
  g_assert_cmpuint (appliance->template->ethernet, ==, 4);
  g_assert_cmpuint (appliance->template->nvram, ==, 128);
  g_assert_cmpuint (appliance->template->ram, ==, 256);
  g_assert_cmpuint (appliance->files->len, ==, 2);
  file = g_ptr_array_index (appliance->files, 0);
  g_assert_cmpuint (file->size, ==, 1234);
  g_assert_null (((LabApplianceFile *) g_ptr_array_index (appliance->files, 1))->md5);
}

static void
test_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabAppliance) appliance =
      parse ("{\"name\": \"IOL\", \"category\": \"router\", \"registry_version\": 8,"
             "\"settings\": [{\"template_type\": \"qemu\"}, {\"template_type\": \"iou\","
             "\"template_properties\": {\"ethernet_adapters\": 20, \"ram\": 1024}}], " IMAGES "}",
             &error);

  g_assert_no_error (error);
  g_assert_cmpint (appliance->role, ==, LAB_ROLE_ROUTER);
  /* More than an image can have is not taken over. */
  g_assert_cmpuint (appliance->template->ethernet, ==, 2);
  g_assert_cmpuint (appliance->template->ram, ==, 1024);
}

static void
test_match (void)
{
  g_autoptr (LabAppliance) appliance =
      parse ("{\"name\": \"a\", \"category\": \"router\", \"iou\": {}, " IMAGES "}", NULL);
  LabImageRecord by_md5 = { .name = (char *) "x",
                            .md5 = (char *) "0123456789ABCDEF0123456789abcdef" };
  LabImageRecord by_name = { .name = (char *) "l2-15.1a.bin", .md5 = (char *) "1" };
  LabImageRecord other = { .name = (char *) "l2-15.2d.bin",
                           .md5 = (char *) "00000000000000000000000000000000" };

  g_assert_nonnull (lab_appliance_match (appliance, &by_md5));
  g_assert_nonnull (lab_appliance_match (appliance, &by_name));
  /* The right name, another file. */
  g_assert_null (lab_appliance_match (appliance, &other));
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text;
    const char *part;
  } cases[] = {
    { "[]", "no JSON object" },
    { "{\"iou\": {}, " IMAGES "}", "no name" },
    { "{\"name\": \"q\", \"qemu\": {}, " IMAGES "}", "another kind of device" },
    { "{\"name\": \"q\", \"iou\": {}}", "names no image" },
    { "{\"name\": \"q\", ", "x.gns3a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].text, &error));
      if (strstr (error->message, cases[i].part) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].part);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/appliance/old", test_old);
  g_test_add_func ("/appliance/new", test_new);
  g_test_add_func ("/appliance/match", test_match);
  g_test_add_func ("/appliance/refusals", test_refusals);
  return g_test_run ();
}
