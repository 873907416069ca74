/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The error domain of client/ and the words of node states. */

#include "config.h"

#include "lab-client-types.h"

G_DEFINE_QUARK (lab - client - error - quark, lab_client_error)

static const char *const state_words[] = {
  [LAB_CLIENT_STATE_UNKNOWN] = "unknown",   [LAB_CLIENT_STATE_STOPPED] = "stopped",
  [LAB_CLIENT_STATE_STARTING] = "starting", [LAB_CLIENT_STATE_BOOTING] = "booting",
  [LAB_CLIENT_STATE_READY] = "ready",       [LAB_CLIENT_STATE_FROZEN] = "frozen",
  [LAB_CLIENT_STATE_STOPPING] = "stopping", [LAB_CLIENT_STATE_CRASHED] = "crashed",
  [LAB_CLIENT_STATE_BUILTIN] = "builtin",   [LAB_CLIENT_STATE_UNSUPPORTED] = "unsupported",
};

const char *
lab_client_state_to_string (LabClientState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_words), "unknown");

  return state_words[state];
}

LabClientState
lab_client_state_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (g_strcmp0 (text, state_words[i]) == 0)
      return i;
  return LAB_CLIENT_STATE_UNKNOWN;
}
