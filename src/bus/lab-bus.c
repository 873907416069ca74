/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What both ends of the engine's socket share besides the generated code: names, errors, and the
 * dictionary of a node as a struct. */

#define G_LOG_DOMAIN "lab-bus"

#include "config.h"

#include "lab-bus.h"

static const GDBusErrorEntry error_entries[] = {
  { LAB_BUS_ERROR_FAILED, "io.github.labwright.Error.Failed" },
  { LAB_BUS_ERROR_PROTOCOL, "io.github.labwright.Error.Protocol" },
  { LAB_BUS_ERROR_DOCUMENT, "io.github.labwright.Error.Document" },
  { LAB_BUS_ERROR_UNKNOWN_NODE, "io.github.labwright.Error.UnknownNode" },
  { LAB_BUS_ERROR_NOT_POSSIBLE, "io.github.labwright.Error.NotPossible" },
  { LAB_BUS_ERROR_NO_CONFIG, "io.github.labwright.Error.NoConfig" },
  { LAB_BUS_ERROR_NO_SANDBOX, "io.github.labwright.Error.NoSandbox" },
};

static const char *const state_words[] = {
  [LAB_STATE_STOPPED] = "stopped",         [LAB_STATE_STARTING] = "starting",
  [LAB_STATE_BOOTING] = "booting",         [LAB_STATE_READY] = "ready",
  [LAB_STATE_FROZEN] = "frozen",           [LAB_STATE_STOPPING] = "stopping",
  [LAB_STATE_CRASHED] = "crashed",         [LAB_STATE_BUILTIN] = "builtin",
  [LAB_STATE_UNSUPPORTED] = "unsupported",
};

GQuark
lab_bus_error_quark (void)
{
  static gsize quark;

  g_dbus_error_register_error_domain ("lab-bus-error-quark", &quark, error_entries,
                                      G_N_ELEMENTS (error_entries));
  return (GQuark) quark;
}

const char *
lab_state_to_string (LabState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_words), "stopped");

  return state_words[state];
}

gboolean
lab_state_from_string (const char *word, LabState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_words); i++)
    {
      if (g_strcmp0 (word, state_words[i]) == 0)
        {
          *state = (LabState) i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
add_string (GVariantBuilder *builder, const char *key, const char *value)
{
  g_variant_builder_add (builder, "{sv}", key, g_variant_new_string (value ? value : ""));
}

GVariant *
lab_node_state_to_variant (const LabNodeState *state)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add_string (&builder, "name", state->name);
  g_variant_builder_add (&builder, "{sv}", "id", g_variant_new_uint32 (state->id));
  add_string (&builder, "state", lab_state_to_string (state->state));
  g_variant_builder_add (&builder, "{sv}", "pid", g_variant_new_uint32 (state->pid));
  add_string (&builder, "console", state->console);
  add_string (&builder, "message", state->message);
  g_variant_builder_add (&builder, "{sv}", "exit-code", g_variant_new_int32 (state->exit_code));
  g_variant_builder_add (&builder, "{sv}", "exit-signal", g_variant_new_int32 (state->exit_signal));
  add_string (&builder, "last-lines", state->last_lines);
  g_variant_builder_add (&builder, "{sv}", "started-at", g_variant_new_int64 (state->started_at));
  g_variant_builder_add (&builder, "{sv}", "ready-after", g_variant_new_int64 (state->ready_after));
  g_variant_builder_add (&builder, "{sv}", "restart-needed",
                         g_variant_new_boolean (state->restart_needed));
  g_variant_builder_add (&builder, "{sv}", "saved-config",
                         g_variant_new_boolean (state->saved_config));
  g_variant_builder_add (&builder, "{sv}", "saved-at", g_variant_new_int64 (state->saved_at));
  return g_variant_builder_end (&builder);
}

void
lab_node_state_from_variant (LabNodeState *state, GVariant *variant)
{
  const char *word = "";

  *state = (LabNodeState){ .name = "", .console = "", .message = "", .last_lines = "" };
  state->ready_after = -1;

  g_variant_lookup (variant, "name", "&s", &state->name);
  g_variant_lookup (variant, "id", "u", &state->id);
  g_variant_lookup (variant, "state", "&s", &word);
  g_variant_lookup (variant, "pid", "u", &state->pid);
  g_variant_lookup (variant, "console", "&s", &state->console);
  g_variant_lookup (variant, "message", "&s", &state->message);
  g_variant_lookup (variant, "exit-code", "i", &state->exit_code);
  g_variant_lookup (variant, "exit-signal", "i", &state->exit_signal);
  g_variant_lookup (variant, "last-lines", "&s", &state->last_lines);
  g_variant_lookup (variant, "started-at", "x", &state->started_at);
  g_variant_lookup (variant, "ready-after", "x", &state->ready_after);
  g_variant_lookup (variant, "restart-needed", "b", &state->restart_needed);
  g_variant_lookup (variant, "saved-config", "b", &state->saved_config);
  g_variant_lookup (variant, "saved-at", "x", &state->saved_at);
  lab_state_from_string (word, &state->state);
}
