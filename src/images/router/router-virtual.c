/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A loopback is a TAP device that nobody listens to: it is there on every kernel, and drops what is
 * sent through it. VRFs and bridges are the kernel's. “vlan10” is a bridge over all sub-interfaces
 * of VLAN 10, with a tag or without, whichever of them came first; as the interface of that VLAN it
 * has the address that an IOU would give it. */

#include "config.h"

#include "router-virtual.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <unistd.h>

#include "device-console.h"
#include "device-port.h"
#include "router-describe.h"
#include "router-lines.h"
#include "router-link.h"
#include "router-sub.h"
#include "router-vrfs.h"
#include "router-system.h"
#include "router-vrrp.h"

/* Routing tables of VRFs: 253 to 255 are the kernel's. */
#define FIRST_TABLE 1001

static GHashTable *loopbacks; /* name → descriptor */
static GHashTable *vrf_of;    /* interface → VRF, as they were named */
static GList *vrfs;           /* their names, the oldest first */
static GHashTable *refused;   /* what was said once is not said again */

static void
say_once (const char *what, int code, const char *missing)
{
  if (refused == NULL)
    refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_add (refused, g_strdup (what)))
    return;
  if (code == -EOPNOTSUPP)
    device_say ("%% %s", missing);
  else
    device_say ("%% The kernel refuses %s: %s.", what, g_strerror (-code));
}

static int
index_of (const char *name)
{
  return (int) if_nametoindex (name);
}

static void
set_master (int index, int master)
{
  RouterLinkChange change = ROUTER_LINK_CHANGE (index);

  change.master = master;
  router_link_change (&change);
}

static void
create_loopback (DeviceMachine *machine, const char *text, guint number)
{
  g_autofree char *alias = g_strdup_printf ("Loopback%u", number);
  RouterLinkChange change = ROUTER_LINK_CHANGE (0);
  int fd = device_port_open_tap (machine, text, &change.index);

  if (fd < 0)
    {
      say_once (text, -errno, "");
      return;
    }
  change.up = TRUE;
  change.alias = alias;
  change.no_arp = TRUE;
  change.queue = 1;
  router_link_change (&change);
  if (loopbacks == NULL)
    loopbacks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (loopbacks, g_strdup (text), GINT_TO_POINTER (fd));
}

static gboolean
remove_loopback (const char *text)
{
  gpointer fd;
  gpointer name;

  if (loopbacks == NULL || !g_hash_table_steal_extended (loopbacks, text, &name, &fd))
    return FALSE;
  g_free (name);
  close (GPOINTER_TO_INT (fd));
  return TRUE;
}

static void
join (int index, gpointer data)
{
  char member[IF_NAMESIZE];
  char bridge[IF_NAMESIZE];
  int master = GPOINTER_TO_INT (data);

  set_master (index, master);
  if (if_indextoname ((guint) index, member) != NULL &&
      if_indextoname ((guint) master, bridge) != NULL)
    {
      g_autofree char *text = g_strconcat ("member of ", bridge, NULL);

      router_describe_later (member, text);
    }
}

static void
create_vlan (DeviceMachine *machine, const char *text, guint vlan)
{
  const guint8 mac[6] = {
    0xaa, 0xbb, 0xcc, (guint8) (0x80 | machine->id >> 8), (guint8) machine->id, 0
  };
  g_autofree char *alias = g_strdup_printf ("Vlan%u", vlan);
  int code = router_link_create_bridge (text, mac);

  if (code != 0)
    {
      say_once (text, code,
                "This kernel has no bridges (module bridge), which “interface vlan…” is made of.");
      return;
    }
  router_link_begin (index_of (text), alias, NULL);
  router_system_accept_labels (text);
  router_sub_foreach (machine, vlan, join, GINT_TO_POINTER (index_of (text)));
}

/* A new sub-interface joins the bridge of its VLAN, if that is there already. */
static void
create_sub (DeviceMachine *machine, const char *text, const RouterName *name)
{
  g_autofree char *bridge = g_strdup_printf ("vlan%u", name->number);
  int index = index_of (bridge);

  if (router_sub_create (machine, text, name) && index > 0)
    join (index_of (text), GINT_TO_POINTER (index));
}

static void
create (DeviceMachine *machine, const char *text, const RouterName *name)
{
  switch (name->kind)
    {
    case ROUTER_NAME_SUB:
      create_sub (machine, text, name);
      break;
    case ROUTER_NAME_LOOPBACK:
      create_loopback (machine, text, name->number);
      break;
    case ROUTER_NAME_VLAN:
      create_vlan (machine, text, name->number);
      break;
    case ROUTER_NAME_PORT:
    case ROUTER_NAME_OTHER:
      break;
    }
}

/* The kernel takes the addresses that were there along; FRRouting follows. */
static void
enter_vrf (const char *text, const char *vrf)
{
  if (vrf_of == NULL)
    vrf_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (vrf_of, g_strdup (text), g_strdup (vrf));
  if (index_of (vrf) == 0)
    router_virtual_want_vrf (vrf);
  if (index_of (vrf) > 0)
    set_master (index_of (text), index_of (vrf));
}

void
router_virtual_want (DeviceMachine *machine, const char *text, const char *vrf)
{
  RouterName name;

  if (router_name_parse (text, &name) == ROUTER_NAME_OTHER)
    return;
  if (index_of (text) == 0)
    create (machine, text, &name);
  if (*vrf != '\0' && strcmp (vrf, "default") != 0 && index_of (text) > 0)
    enter_vrf (text, vrf);
}

gboolean
router_virtual_forget (const char *text, DeviceMachine *machine)
{
  RouterName name;
  int index = index_of (text);

  if (index == 0)
    return FALSE;
  if (vrf_of != NULL)
    g_hash_table_remove (vrf_of, text);
  switch (router_name_parse (text, &name))
    {
    case ROUTER_NAME_SUB:
      router_vrrp_forget (text);
      return router_sub_remove (machine, text);
    case ROUTER_NAME_LOOPBACK:
      return remove_loopback (text);
    case ROUTER_NAME_VLAN:
      router_vrrp_forget (text);
      return router_link_delete (index) == 0;
    case ROUTER_NAME_PORT:
      /* A port stays, but leaves its VRF. */
      set_master (index, 0);
      return TRUE;
    case ROUTER_NAME_OTHER:
      break;
    }
  return FALSE;
}

static GList *
find_vrf (const char *name)
{
  return g_list_find_custom (vrfs, name, (GCompareFunc) strcmp);
}

void
router_virtual_want_vrf (const char *name)
{
  static guint last_table = FIRST_TABLE - 1;
  RouterName other;
  int code;

  if (strcmp (name, "default") == 0 || router_name_parse (name, &other) != ROUTER_NAME_OTHER)
    return;
  if (find_vrf (name) == NULL)
    vrfs = g_list_append (vrfs, g_strdup (name));
  if (index_of (name) > 0)
    return;
  code = router_link_create_vrf (name, last_table + 1);
  if (code != 0)
    {
      g_autofree char *what = g_strdup_printf ("vrf %s", name);
      g_autofree char *missing =
          g_strdup_printf ("This kernel has no VRFs (module vrf): “vrf %s” stays without effect, "
                           "its interfaces use the main routing table.",
                           name);

      say_once (what, code, missing);
      return;
    }
  if (last_table++ < FIRST_TABLE)
    router_link_put_vrfs_first ();
}

static gboolean
is_vrf (gpointer interface, gpointer vrf, gpointer name)
{
  return strcmp (vrf, name) == 0;
}

gboolean
router_virtual_forget_vrf (const char *name)
{
  GList *vrf = find_vrf (name);
  int index = index_of (name);

  if (vrf == NULL)
    return FALSE;
  g_free (vrf->data);
  vrfs = g_list_delete_link (vrfs, vrf);
  if (vrf_of != NULL)
    g_hash_table_foreach_remove (vrf_of, is_vrf, (gpointer) name);
  return index > 0 && router_link_delete (index) == 0;
}

/* The interfaces that are there because a configuration names them, the oldest first. */
static GList *
list_made (void)
{
  struct if_nameindex *all = if_nameindex ();
  GList *made = NULL;
  RouterName name;

  for (const struct if_nameindex *at = all; at != NULL && at->if_name != NULL; at++)
    switch (router_name_parse (at->if_name, &name))
      {
      case ROUTER_NAME_SUB:
      case ROUTER_NAME_LOOPBACK:
      case ROUTER_NAME_VLAN:
        made = g_list_append (made, g_strdup (at->if_name));
        break;
      case ROUTER_NAME_PORT:
      case ROUTER_NAME_OTHER:
        break;
      }
  if (all != NULL)
    if_freenameindex (all);
  return made;
}

char *
router_virtual_write (const char *config)
{
  GList *made = list_made ();
  char *text;

  if (vrf_of == NULL)
    vrf_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  text = router_vrfs_write (config, vrfs, vrf_of, made);
  g_list_free_full (made, g_free);
  return text;
}
