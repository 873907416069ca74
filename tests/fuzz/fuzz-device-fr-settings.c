/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file frame-relay.cfg. What is taken keeps to the limits; what is refused is refused with a
 * sentence. */

#include "config.h"

#include "device-fr-settings.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint
check_setting (const DeviceFrSetting *setting)
{
  g_assert_cmpuint (setting->dlcis->len, >, 0);
  g_assert_cmpint (setting->lmi, <=, DEVICE_LMI_NONE);
  g_assert_cmpint (setting->encapsulation, <=, DEVICE_FR_IETF);
  for (guint i = 0; i < setting->dlcis->len; i++)
    {
      guint16 dlci = g_array_index (setting->dlcis, guint16, i);

      g_assert_true (dlci >= DEVICE_DLCI_MIN && dlci <= DEVICE_DLCI_MAX);
    }
  return setting->dlcis->len;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) settings = device_fr_settings_parse (text, &error);
  guint n_pvcs = 0;

  g_assert_true ((settings == NULL) == (error != NULL));
  for (guint i = 0; settings != NULL && i < settings->len; i++)
    n_pvcs += check_setting (&g_array_index (settings, DeviceFrSetting, i));
  g_assert_cmpuint (n_pvcs, <=, DEVICE_FR_MAX_PVCS);
  return 0;
}
