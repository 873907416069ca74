/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The estimate before a start. Better a little too much than too little: what it warns of is a
 * machine that swaps, or kills. */

#define G_LOG_DOMAIN "lab-client"

#include "config.h"

#include "lab-memory.h"

#include <string.h>

#include <glib/gi18n.h>

#include "lab-open-image.h"

#define KB         ((guint64) 1024)
#define MB         (1024 * KB)
#define IMAGE_RAM  256 /* MB */
#define MAX_GROUPS 64

guint64
lab_memory_of_node (LabNode *node)
{
  const char *image = lab_node_get_image_name (node);
  const LabOpenImage *open_image = lab_open_image_find (image);
  guint ram = lab_node_get_ram (node);

  if (lab_node_get_kind (node) != LAB_NODE_IOU || image == NULL)
    return 0;
  if (open_image != NULL)
    return open_image->memory;
  return (ram > 0 ? ram : IMAGE_RAM) * MB;
}

void
lab_memory_add (LabMemoryEstimate *self, LabNode *node)
{
  guint64 bytes = lab_memory_of_node (node);

  self->needed += bytes;
  if (bytes == 0)
    return;
  if (g_str_equal (lab_node_get_image_name (node), "labwright-pc"))
    self->n_hosts++;
  else if (lab_open_image_find (lab_node_get_image_name (node)) != NULL)
    self->n_open++;
  else
    self->n_images++;
}

/* --- what there is --- */

/* The number in a file that holds nothing else; "max" and no file at all are no limit. */
static guint64
read_number (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_ascii_isdigit (*text))
    return G_MAXUINT64;
  return g_ascii_strtoull (text, NULL, 10);
}

/* What the control groups (version 2) above this process leave: each has a limit of its own. */
static guint64
read_group_room (void)
{
  g_autofree char *text = NULL;
  g_autofree char *folder = NULL;
  guint64 room = G_MAXUINT64;

  if (!g_file_get_contents ("/proc/self/cgroup", &text, NULL, NULL) ||
      !g_str_has_prefix (text, "0::/"))
    return room;
  *strchrnul (text, '\n') = '\0';
  folder = g_build_filename ("/sys/fs/cgroup", text + strlen ("0::"), NULL);
  for (guint i = 0; i < MAX_GROUPS && g_str_has_prefix (folder, "/sys/fs/cgroup"); i++)
    {
      guint64 limit = read_number (folder, "memory.max");
      guint64 used = read_number (folder, "memory.current");
      char *above = g_path_get_dirname (folder);

      if (limit != G_MAXUINT64 && used != G_MAXUINT64)
        room = MIN (room, limit > used ? limit - used : 0);
      g_free (folder);
      folder = above;
    }
  return room;
}

guint64
lab_memory_read_available (void)
{
  const char *given = g_getenv ("LABWRIGHT_MEMINFO");
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (g_file_get_contents (given != NULL ? given : "/proc/meminfo", &text, NULL, NULL))
    line = strstr (text, "MemAvailable:");
  if (line == NULL)
    return 0;
  return MIN (g_ascii_strtoull (line + strlen ("MemAvailable:"), NULL, 10) * KB,
              read_group_room ());
}

gboolean
lab_memory_is_short (const LabMemoryEstimate *self)
{
  return self->available > 0 && self->needed > self->available;
}

/* --- in words --- */

static void
append_part (GString *text, char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
  g_free (part);
}

char *
lab_memory_describe (const LabMemoryEstimate *self)
{
  g_autoptr (GString) parts = g_string_new (NULL);
  g_autofree char *needed = g_format_size_full (self->needed, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *available = g_format_size_full (self->available, G_FORMAT_SIZE_IEC_UNITS);

  if (self->n_images > 0)
    append_part (parts,
                 g_strdup_printf (ngettext ("%u device with an image of yours",
                                            "%u devices with images of yours", self->n_images),
                                  self->n_images));
  if (self->n_open > 0)
    append_part (parts, g_strdup_printf (ngettext ("%u open router or host",
                                                   "%u open routers and hosts", self->n_open),
                                         self->n_open));
  if (self->n_hosts > 0)
    append_part (parts,
                 g_strdup_printf (ngettext ("%u light host", "%u light hosts", self->n_hosts),
                                  self->n_hosts));
  /* Translators: devices, then two sizes of memory */
  return g_strdup_printf (_ ("What is to be started (%s) will take about %s of memory. This "
                             "machine has %s left."),
                          parts->str, needed, available);
}
