/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A folder for labs, with one lab of two devices, R1 (id 1) and R2 (id 2), in it. */
typedef struct
{
  char *base;
  char *folder; /* base/UUID */
} State;

#define STATE_UUID "0b4a7d0e-2f4e-4b3a-9d8e-5a0c6c1f7e11"

void  state_set_up     (State *state, gconstpointer data);
void  state_tear_down  (State *state, gconstpointer data);
/* The lab's document; @more: another node's JSON, with a comma first, or "". (transfer full) */
char *state_document   (const char *more);
/* The device of @folder/@id saves @text. */
void  state_save       (const char *folder, guint id, const char *text);
void  state_write      (const char *folder, guint id, const char *name, const char *text);
void  state_assert_file (const char *folder, guint id, const char *name, const char *text); /* NULL: none */
/* What its NVRAM holds; NULL: nothing. */
void  state_assert_saved (const char *folder, guint id, const char *text);
/* How many entries its history has, and the newest text. */
void  state_assert_history (const char *folder, guint id, guint n, const char *newest);
