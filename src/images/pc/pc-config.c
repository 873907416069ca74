/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `save` writes the commands that rebuild the settings into the NVRAM file, as an IOU image does;
 * at the start they are run again. A file named with -c counts only while the NVRAM holds none. */

#include "config.h"

#include "pc-config.h"

#include <string.h>

#include "iou-nvram.h"
#include "pc-commands.h"
#include "pc-console.h"
#include "pc-text.h"

#define MAX_FILE (1 << 20)

static void
append_device (GString *text, PcPort *port)
{
  if (port != &port->pc->ports[0])
    g_string_append_printf (text, " dev %s", port->name);
  g_string_append_c (text, '\n');
}

static void
append_port (GString *text, PcPort *port)
{
  PcPortSettings *settings = &port->settings;

  if (settings->dhcp)
    {
      g_string_append (text, "ip dhcp");
      append_device (text, port);
    }
  else if (!ip4_addr_isany_val (settings->address))
    {
      g_string_append_printf (text, "ip %s %s", pc_text_ip4 (&settings->address),
                              pc_text_ip4 (&settings->netmask));
      if (!ip4_addr_isany_val (settings->gateway))
        g_string_append_printf (text, " %s", pc_text_ip4 (&settings->gateway));
      append_device (text, port);
    }

  if (settings->prefix6 > 0)
    {
      g_string_append_printf (text, "ip %s/%u", pc_text_ip6 (&settings->address6),
                              settings->prefix6);
      if (!ip6_addr_isany (&settings->gateway6))
        g_string_append_printf (text, " %s", pc_text_ip6 (&settings->gateway6));
      append_device (text, port);
    }
  if (settings->autoconf6)
    {
      g_string_append (text, "ip auto");
      append_device (text, port);
    }
  if (settings->shut)
    g_string_append_printf (text, "shutdown %s\n", port->name);
}

char *
pc_config_write (Pc *pc)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "set pcname %s\n", pc->name);
  if (pc_console_get_echo (pc->console))
    g_string_append (text, "set echo on\n");
  for (guint i = 0; i < pc->n_ports; i++)
    append_port (text, &pc->ports[i]);
  if (!ip4_addr_isany_val (pc->dns[0]))
    {
      g_string_append_printf (text, "ip dns %s", pc_text_ip4 (&pc->dns[0]));
      if (!ip4_addr_isany_val (pc->dns[1]))
        g_string_append_printf (text, " %s", pc_text_ip4 (&pc->dns[1]));
      g_string_append_c (text, '\n');
    }
  if (pc->domain != NULL)
    g_string_append_printf (text, "ip domain %s\n", pc->domain);
  return g_string_free (text, FALSE);
}

gboolean
pc_config_save (Pc *pc, GError **error)
{
  g_autofree char *text = pc_config_write (pc);
  g_autofree char *path = iou_nvram_path (".", pc->id);

  return iou_nvram_save (path, pc->nvram_kb, text, strlen (text), NULL, 0, error);
}

static char *
read_text (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > MAX_FILE || memchr (text, '\0', length) != NULL)
    {
      g_set_error (error, IOU_ERROR, IOU_ERROR_INVALID, "%s is not a file of commands", path);
      return NULL;
    }
  return g_steal_pointer (&text);
}

static char *
load_nvram (Pc *pc)
{
  g_autofree char *path = iou_nvram_path (".", pc->id);
  g_auto (IouNvram) nvram = { 0 };
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  if (iou_nvram_load (path, &nvram, &error))
    {
      if (nvram.startup_length > 0 && memchr (nvram.startup, '\0', nvram.startup_length) == NULL)
        return g_strndup (nvram.startup, nvram.startup_length);
    }
  else if (!g_error_matches (error, IOU_ERROR, IOU_ERROR_NO_CONFIG))
    pc_print (pc, "The saved configuration cannot be read: %s\n", error->message);
  return NULL;
}

char *
pc_config_load (Pc *pc, const char *file)
{
  g_autoptr (GError) error = NULL;
  char *text = load_nvram (pc);

  if (text != NULL || file == NULL)
    return text;

  text = read_text (file, &error);
  if (text == NULL)
    pc_print (pc, "The configuration file cannot be read: %s\n", error->message);
  return text;
}

/* Only files of the working directory, and not those that have another meaning there. */
static gboolean
check_file_name (Pc *pc, const char *name)
{
  gboolean good = name[0] != '.' && strchr (name, '/') == NULL &&
                  !g_str_has_prefix (name, "nvram_") && strcmp (name, "NETMAP") != 0 &&
                  strcmp (name, "iourc") != 0;

  if (!good)
    pc_complain (
        pc, "\"%s\" cannot be used: give a plain file name, it is kept in the working directory",
        name);
  return good;
}

static void
save_file (Pc *pc, const char *name)
{
  g_autofree char *text = pc_config_write (pc);
  g_autoptr (GError) error = NULL;

  if (!check_file_name (pc, name))
    return;
  if (!g_file_set_contents (name, text, -1, &error))
    pc_complain (pc, "Nothing was saved: %s", error->message);
  else
    pc_say (pc, "Saved to %s\n", name);
}

static void
save_nvram (Pc *pc)
{
  g_autoptr (GError) error = NULL;

  pc_say (pc, "Saving configuration to NVRAM...\n");
  if (!pc_config_save (pc, &error))
    pc_complain (pc, "Nothing was saved: %s", error->message);
  else
    pc_say (pc, "[OK]\n");
}

void
pc_cmd_save (Pc *pc, PcArguments *arguments)
{
  if (arguments->count > 1)
    pc_complain_usage (pc, "save");
  else if (arguments->count == 1)
    save_file (pc, arguments->words[0]);
  else
    save_nvram (pc);
}

void
pc_cmd_write (Pc *pc, PcArguments *arguments)
{
  if (arguments->count > 1 ||
      (arguments->count == 1 && !g_str_has_prefix ("memory", arguments->words[0])))
    pc_complain_usage (pc, "write");
  else
    save_nvram (pc);
}

void
pc_cmd_load (Pc *pc, PcArguments *arguments)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *name = arguments->count == 1 ? arguments->words[0] : NULL;

  if (arguments->count > 1)
    pc_complain_usage (pc, "load");
  else if (pc_console_in_script (pc->console))
    pc_complain (pc, "load works from the keyboard only");
  else if (name == NULL && (text = load_nvram (pc)) == NULL)
    pc_complain (pc, "Nothing has been saved");
  else if (name != NULL &&
           (!check_file_name (pc, name) || (text = read_text (name, &error)) == NULL))
    {
      if (error != NULL)
        pc_complain (pc, "%s", error->message);
    }
  else
    pc_console_run_script (pc->console, name != NULL ? name : "saved configuration", text);
}
