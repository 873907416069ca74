/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-adaptive-bin.h"
#include "lab-canvas-view.h"
#include "lab-console-pane.h"
#include "lab-inspector.h"
#include "lab-notice.h"
#include "lab-panes.h"
#include "lab-rights.h"
#include "lab-search.h"
#include "lab-side-pane.h"
#include "lab-window.h"

G_BEGIN_DECLS

/* The parts of a window, each in a file of its own:
 * lab-window.c          the object, its lab, its title
 * lab-window-actions.c  undo, panes, how the lab is shown
 * lab-window-zoom.c     zoom and tools
 * lab-window-panes.c    dock, summary, inspector, consoles
 * lab-window-run.c      start, stop and what the header says of it
 * lab-window-stop.c     stop all devices, saved first or not
 * lab-window-edit.c     cut, copy, paste, delete, select
 * lab-window-items.c    what is done with the selected devices, links and drawings
 * lab-window-capture.c  captures, what just happened, the timeline
 * lab-window-files.c    open, save, dropped files
 * lab-window-revert.c   back to the file, and a file that changed
 * lab-window-state.c    checkpoints, portable labs, copies
 * lab-window-saved.c    what devices have saved: telling them to, back to a time, back to the start
 * lab-window-take.c     what devices saved, into the lab
 * lab-window-configs.c  folders of configurations
 * lab-window-images.c   images that the lab names and this computer has not
 * lab-window-needs.c    what the lab needs and this machine lacks
 * lab-window-picture.c  pictures on the canvas
 * lab-window-view.c     zoom and place, from one opening to the next
 * lab-window-rights.c   what the lab may do beyond its devices
 * lab-window-menu.c     context menus
 * lab-window-say.c      toasts and notices
 * lab-window-close.c    what closing asks, and what is remembered */
struct _LabWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  LabAdaptiveBin *bin;
  AdwWindowTitle *title;
  LabNotice *notice;
  GtkStack *stack; /* "start", "loading", "lab" */
  GtkWidget *start_button;
  GtkWidget *stop_button;
  GtkLabel *running;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkWidget *search_button;
  GtkMenuButton *zoom_button;
  GtkMenuButton *menu_button;
  GtkWidget *dock_button;
  GtkWidget *inspector_button;
  GtkWidget *console_button;
  GtkWidget *run_box;
  GtkWidget *edit_box;
  LabPanes *panes;

  LabSession *session;     /* (nullable) */
  GFile *opening;          /* (nullable): is being read */
  LabSelection *selection; /* (nullable) */
  LabCanvasView *view;     /* (nullable) (borrowed) */
  LabCanvas *canvas;       /* (nullable) (borrowed) */
  GtkWidget *side;         /* (nullable) (borrowed): LabSidePane with the next two */
  GtkWidget *dock;         /* (nullable) (borrowed) */
  GtkWidget *summary;      /* (nullable) (borrowed) */
  LabInspector *inspector; /* (nullable) (borrowed) */
  LabConsolePane *consoles; /* (nullable) (borrowed) */
  LabSearch *search;       /* (nullable) (borrowed) */
  guint n_consoles;        /* open in the pane, when it last changed */
  AdwToast *undo_toast;    /* (nullable) (borrowed): dismissed by the next step */
  double menu_x;           /* where the last context menu is, world units */
  double menu_y;
  gboolean paste_here;     /* paste there, not beside what was copied */
  guint n_pasted;          /* how often what was copied was pasted */
  GPtrArray *images;       /* (nullable): LabImageRecord, the images of this computer */
  GStrv needs;             /* (nullable): of the lab, when this machine was last looked at */
  guint zoom_source;       /* to show another zoom */
  LabRights rights;        /* that the user lets the lab have */
  gboolean rights_known;   /* they were read */
  LabRights asked_rights;  /* that the open dialog is about */
  GQueue takes;            /* GTask of those that save, and wait for what becomes of saved configurations */
  gboolean asking;         /* a question about closing is open, or what it led to under way */
  gboolean closing;        /* everything was asked */
};

/* Of each part: init makes its actions, when the window is made; attach connects it, once, when
 * the window has got its lab: session, selection and canvas are there. */
void lab_window_actions_init   (LabWindow *self);
void lab_window_actions_attach (LabWindow *self); /* the window got its lab */
void lab_window_zoom_init      (LabWindow *self);
void lab_window_zoom_attach    (LabWindow *self);
void lab_window_run_init       (LabWindow *self);
void lab_window_run_attach     (LabWindow *self);
/* Asks first, unless the user wants no question. */
void lab_window_stop_all       (LabWindow *self);
/* Check buttons of the questions before devices stop. */
GtkWidget *lab_window_make_save_first (void);
GtkWidget *lab_window_make_remember   (void);
void lab_window_edit_attach    (LabWindow *self);
void lab_window_items_attach   (LabWindow *self);
void lab_window_capture_attach (LabWindow *self);
void lab_window_files_init     (LabWindow *self);
void lab_window_files_attach   (LabWindow *self);
void lab_window_panes_attach   (LabWindow *self);
void lab_window_revert_attach  (LabWindow *self);
void lab_window_rights_attach  (LabWindow *self);
void lab_window_picture_attach (LabWindow *self);
/* Reads @file in the background; its middle comes to @x, @y, world units. */
void lab_window_insert_picture (LabWindow *self, GFile *file, double x, double y);
void lab_window_view_attach    (LabWindow *self);
void lab_window_view_save      (LabWindow *self);
void lab_window_state_attach   (LabWindow *self);
void lab_window_saved_attach   (LabWindow *self);
void lab_window_take_init      (LabWindow *self);
void lab_window_take_attach    (LabWindow *self);
void lab_window_configs_attach (LabWindow *self);
void lab_window_images_attach  (LabWindow *self);
void lab_window_needs_attach   (LabWindow *self);
void lab_window_menu_attach    (LabWindow *self);
void lab_window_say_attach     (LabWindow *self);
/* LabStartPage::recover: opens a recovery copy. */
void lab_window_recover_cb     (LabWindow *self, LabRecovery *recovery);
/* GtkWindow::close-request. */
gboolean lab_window_close_request (GtkWindow *window);
/* Size and panes, from the settings and to them. */
void lab_window_restore        (LabWindow *self);

/* Saves, asking for a name if there is none; @callback gets TRUE by lab_window_save_finish() when the file
 * is written, FALSE without an error when the user thought better of it. */
void     lab_window_save_async  (LabWindow *self, gboolean as, GAsyncReadyCallback callback, gpointer user_data);
gboolean lab_window_save_finish (LabWindow *self, GAsyncResult *result, GError **error);
/* Before a save: what devices have saved comes into the lab, if the user wants it, who may be asked. FALSE: the
 * user does not want to save. */
void     lab_window_take_async  (LabWindow *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean lab_window_take_finish (LabWindow *self, GAsyncResult *result);
/* Enables or disables an action of the window. */
void     lab_window_enable      (LabWindow *self, const char *action, gboolean enabled);
/* Sets the state of an action without activating it. @state: floating is taken. */
void     lab_window_set_state   (LabWindow *self, const char *action, GVariant *state);

G_END_DECLS
