/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Context menus of the canvas: for devices, links, drawings, the empty plane, and for what was
 * selected together. They offer the window's actions. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-item-menu.h"

#include <glib/gi18n-lib.h>

#include "lab-accels.h"

/* --- building --- */

/* With its key: the accelerators are not the application's, whose menus would show them. */
static GMenuItem *
make_item (const char *label, const char *action)
{
  GMenuItem *item = g_menu_item_new (label, action);
  const char *accel = lab_accels_get (action);

  if (accel != NULL)
    g_menu_item_set_attribute (item, "accel", "s", accel);

  return item;
}

static void
add (GMenu *menu, const char *label, const char *action)
{
  g_autoptr (GMenuItem) item = make_item (label, action);

  g_menu_append_item (menu, item);
}

/* An item that is not in the menu while it cannot be used. */
static void
add_if_possible (GMenu *menu, const char *label, const char *action)
{
  g_autoptr (GMenuItem) item = make_item (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

static GMenu *
section (GMenu *menu)
{
  g_autoptr (GMenu) made = g_menu_new ();

  g_menu_append_section (menu, NULL, G_MENU_MODEL (made));

  return made; /* the menu holds it */
}

static GMenu *
submenu (GMenu *menu, const char *label)
{
  g_autoptr (GMenu) made = g_menu_new ();

  g_menu_append_submenu (menu, label, G_MENU_MODEL (made));

  return made; /* the menu holds it */
}

static void
add_clipboard (GMenu *menu)
{
  GMenu *part = section (menu);

  add (part, _ ("C_ut"), "win.cut");
  add (part, _ ("Cop_y"), "win.copy");
  add (part, _ ("_Duplicate"), "win.duplicate");
  part = section (menu);
  add (part, _ ("D_elete"), "win.delete");
}

static void
add_arrange (GMenu *menu)
{
  GMenu *sub = submenu (menu, _ ("_Arrange"));
  GMenu *part = section (sub);

  add (part, _ ("Align _Left"), "win.arrange::left");
  add (part, _ ("Align _Centre"), "win.arrange::centre");
  add (part, _ ("Align _Right"), "win.arrange::right");
  part = section (sub);
  add (part, _ ("Align _Top"), "win.arrange::top");
  add (part, _ ("Align _Middle"), "win.arrange::middle");
  add (part, _ ("Align _Bottom"), "win.arrange::bottom");
  part = section (sub);
  add (part, _ ("Spread _Across"), "win.arrange::spread-across");
  add (part, _ ("Spread _Down"), "win.arrange::spread-down");
}

static void
add_layer (GMenu *menu)
{
  GMenu *sub = submenu (menu, _ ("_Order"));

  add (sub, _ ("_Raise"), "win.raise");
  add (sub, _ ("_Lower"), "win.lower");
  add (sub, _ ("To the _Front"), "win.raise-to-top");
  add (sub, _ ("To the _Back"), "win.lower-to-bottom");
}

/* --- devices --- */

static void
add_run (GMenu *menu)
{
  GMenu *part = section (menu);

  add_if_possible (part, _ ("_Console"), "win.console");
  add_if_possible (part, _ ("_Start"), "win.start");
  add_if_possible (part, _ ("S_top"), "win.stop");
  add_if_possible (part, _ ("_Reload"), "win.reload");
  add_if_possible (part, _ ("_Freeze"), "win.freeze");
  add_if_possible (part, _ ("T_haw"), "win.thaw");
}

/* What they keep; not there if none of them can. */
static void
add_saved (GMenu *menu, gboolean many)
{
  GMenu *part = section (menu);

  add_if_possible (part, many ? _ ("Sa_ve Configurations") : _ ("Sa_ve Configuration"),
                   "win.save-configs");
  add_if_possible (part, many ? _ ("Take Saved Confi_gurations") : _ ("Take Saved Confi_guration"),
                   "win.take-selected");
  add_if_possible (
      part, many ? _ ("Reset to Start Conf_igurations…") : _ ("Reset to Start Conf_iguration…"),
      "win.reset-configs");
}

/* A free port is offered by name, a used one says what is at its other end. */
static void
add_port (LabTopology *topology, GMenu *menu, LabNode *node, const LabPort *port)
{
  const char *name = lab_node_get_name (node);
  LabLink *link = lab_topology_find_link (topology, name, port->name);
  g_autoptr (GMenuItem) item = NULL;
  g_autofree char *label = NULL;

  if (link != NULL)
    {
      guint other = lab_link_touches (link, name, port->name) &&
                            g_str_equal (lab_link_get_node_name (link, 0), name) &&
                            g_str_equal (lab_link_get_port_name (link, 0), port->name)
                        ? 1
                        : 0;

      label = g_strdup_printf ("%s – %s %s", port->name, lab_link_get_node_name (link, other),
                               lab_link_get_port_name (link, other));
      item = g_menu_item_new (label, "win.port-in-use");
    }
  else
    {
      item = g_menu_item_new (port->name, NULL);
      g_menu_item_set_action_and_target (item, "win.cable-from", "s", port->name);
    }
  g_menu_append_item (menu, item);
}

static void
add_ports (LabTopology *topology, GMenu *menu, LabNode *node)
{
  GMenu *sub = submenu (menu, _ ("C_able From Here"));
  GMenu *part = section (sub);
  LabPort port;

  add (part, _ ("Next Free Port"), "win.cable-from::");
  part = section (sub);
  for (guint i = 0; lab_node_get_port (node, i, &port); i++)
    add_port (topology, part, node, &port);
}

static GMenu *
make_node_menu (LabTopology *topology, LabNode *node)
{
  GMenu *menu = g_menu_new ();
  GMenu *part;

  add_run (menu);
  add_saved (menu, FALSE);
  part = section (menu);
  add_ports (topology, part, node);
  part = section (menu);
  add (part, _ ("Re_name"), "win.rename");
  add (part, _ ("Change Sym_bol…"), "win.change-symbol");
  add (part, _ ("_Properties"), "win.properties");
  add_clipboard (menu);
  part = section (menu);
  add_layer (part);
  add (part, _ ("Loc_ked"), "win.lock");

  return menu;
}

/* --- links --- */

static void
add_shape (GMenu *menu)
{
  GMenu *sub = submenu (menu, _ ("_Shape"));

  add (sub, _ ("_As the Lab Has It"), "win.link-shape::");
  add (sub, _ ("_Straight"), "win.link-shape::straight");
  add (sub, _ ("_Curved"), "win.link-shape::curved");
  add (sub, _ ("S_tepped"), "win.link-shape::stepped");
}

static void
add_colour (GMenu *menu)
{
  static const struct
  {
    const char *label;
    const char *action;
  } colours[] = {
    { N_ ("_Standard"), "win.link-colour::" },      { N_ ("_Blue"), "win.link-colour::#1c71d8" },
    { N_ ("_Green"), "win.link-colour::#2ec27e" },  { N_ ("_Yellow"), "win.link-colour::#e5a50a" },
    { N_ ("_Orange"), "win.link-colour::#e66100" }, { N_ ("_Red"), "win.link-colour::#c01c28" },
    { N_ ("_Purple"), "win.link-colour::#813d9c" }, { N_ ("Bro_wn"), "win.link-colour::#865e3c" },
  };
  GMenu *sub = submenu (menu, _ ("C_olour"));

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    add (sub, _ (colours[i].label), colours[i].action);
}

static GMenu *
make_link_menu (void)
{
  GMenu *menu = g_menu_new ();
  GMenu *part = section (menu);

  add (part, _ ("_Plugged In"), "win.plugged");
  part = section (menu);
  add (part, _ ("_Capture…"), "win.capture");
  add (part, _ ("Save What _Just Happened…"), "win.save-recording");
  part = section (menu);
  add_shape (part);
  add_colour (part);
  add (part, _ ("Interface _Names"), "win.link-labels");
  add (part, _ ("Names _Back to Their Place"), "win.reset-link-labels");
  part = section (menu);
  add (part, _ ("Propert_ies"), "win.properties");
  part = section (menu);
  add (part, _ ("_Delete"), "win.delete");

  return menu;
}

/* --- the rest --- */

static GMenu *
make_drawing_menu (void)
{
  GMenu *menu = g_menu_new ();
  GMenu *part = section (menu);

  add (part, _ ("_Properties"), "win.properties");
  add_clipboard (menu);
  part = section (menu);
  add_layer (part);
  add (part, _ ("Loc_ked"), "win.lock");

  return menu;
}

static GMenu *
make_many_menu (void)
{
  GMenu *menu = g_menu_new ();
  GMenu *part;

  add_run (menu);
  add_saved (menu, TRUE);
  part = section (menu);
  add_arrange (part);
  add_layer (part);
  add (part, _ ("Loc_ked"), "win.lock");
  add_clipboard (menu);

  return menu;
}

/* Where the pointer is; the key pastes elsewhere, but it is the key for it. */
static void
add_paste (GMenu *menu)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (_ ("_Paste"), "win.paste-here");

  g_menu_item_set_attribute (item, "accel", "s", lab_accels_get ("win.paste"));
  g_menu_append_item (menu, item);
}

static GMenu *
make_plane_menu (void)
{
  GMenu *menu = g_menu_new ();
  GMenu *part = section (menu);

  add_paste (part);
  add (part, _ ("Select _All"), "win.select-all");
  part = section (menu);
  add (part, _ ("Write a _Note"), "win.tool::text");
  add (part, _ ("_Insert Picture…"), "win.insert-picture");
  part = section (menu);
  add (part, _ ("Show _Grid"), "win.show-grid");
  add (part, _ ("_Snap to Grid"), "win.snap");
  add (part, _ ("Inter_face Names"), "win.port-labels");
  add (part, _ ("_Rates on Links"), "win.rates");
  part = section (menu);
  add (part, _ ("_Whole Lab"), "win.zoom-fit");

  return menu;
}

GMenu *
lab_item_menu_new (LabTopology *topology, GObject *item, gboolean many)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);

  if (item == NULL)
    return make_plane_menu ();
  if (many)
    return make_many_menu ();
  if (LAB_IS_NODE (item))
    return make_node_menu (topology, LAB_NODE (item));
  if (LAB_IS_LINK (item))
    return make_link_menu ();

  return make_drawing_menu ();
}
