/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mirror of one node's state. The engine sends whole dictionaries, so a node keeps the last one
 * and answers from it; only what a list or a canvas binds to is a property. */

#include "config.h"

#include "lab-client-node-private.h"

struct _LabClientNode
{
  GObject parent_instance;

  char *name;
  LabClientState state;
  GVariant *facts; /* (nullable) a{sv} */
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_STATE,
  PROP_MESSAGE,
  N_PROPS,
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabClientNode, lab_client_node, G_TYPE_OBJECT)

static const char *
fact_string (LabClientNode *self, const char *key)
{
  const char *value = "";

  if (self->facts != NULL)
    g_variant_lookup (self->facts, key, "&s", &value);
  return value;
}

static guint
fact_uint (LabClientNode *self, const char *key)
{
  guint32 value = 0;

  if (self->facts != NULL)
    g_variant_lookup (self->facts, key, "u", &value);
  return value;
}

static int
fact_int (LabClientNode *self, const char *key)
{
  gint32 value = 0;

  if (self->facts != NULL)
    g_variant_lookup (self->facts, key, "i", &value);
  return value;
}

static gint64
fact_int64 (LabClientNode *self, const char *key, gint64 fallback)
{
  gint64 value = fallback;

  if (self->facts != NULL)
    g_variant_lookup (self->facts, key, "x", &value);
  return value;
}

static gboolean
fact_boolean (LabClientNode *self, const char *key)
{
  gboolean value = FALSE;

  if (self->facts != NULL)
    g_variant_lookup (self->facts, key, "b", &value);
  return value;
}

static void
lab_client_node_finalize (GObject *object)
{
  LabClientNode *self = LAB_CLIENT_NODE (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->facts, g_variant_unref);
  G_OBJECT_CLASS (lab_client_node_parent_class)->finalize (object);
}

static void
lab_client_node_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabClientNode *self = LAB_CLIENT_NODE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, lab_client_node_get_message (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_client_node_class_init (LabClientNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = lab_client_node_finalize;
  object_class->get_property = lab_client_node_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATE] =
      g_param_spec_uint ("state", NULL, NULL, 0, LAB_CLIENT_STATE_UNSUPPORTED, 0, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lab_client_node_init (LabClientNode *self)
{
}

LabClientNode *
lab_client_node_new (const char *name)
{
  LabClientNode *self = g_object_new (LAB_TYPE_CLIENT_NODE, NULL);

  self->name = g_strdup (name);
  return self;
}

void
lab_client_node_update (LabClientNode *self, GVariant *dictionary)
{
  g_autofree char *old_message = g_strdup (lab_client_node_get_message (self));
  LabClientState old_state = self->state;

  g_return_if_fail (LAB_IS_CLIENT_NODE (self));

  if (self->facts != NULL && g_variant_equal (self->facts, dictionary))
    return;
  g_clear_pointer (&self->facts, g_variant_unref);
  self->facts = g_variant_ref_sink (dictionary);
  self->state = lab_client_state_from_string (fact_string (self, "state"));

  if (self->state != old_state)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (!g_str_equal (old_message, lab_client_node_get_message (self)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const char *
lab_client_node_get_name (LabClientNode *self)
{
  return self->name;
}

guint
lab_client_node_get_id (LabClientNode *self)
{
  return fact_uint (self, "id");
}

LabClientState
lab_client_node_get_state (LabClientNode *self)
{
  return self->state;
}

guint
lab_client_node_get_pid (LabClientNode *self)
{
  return fact_uint (self, "pid");
}

const char *
lab_client_node_get_console (LabClientNode *self)
{
  return fact_string (self, "console");
}

const char *
lab_client_node_get_message (LabClientNode *self)
{
  return fact_string (self, "message");
}

int
lab_client_node_get_exit_code (LabClientNode *self)
{
  return fact_int (self, "exit-code");
}

int
lab_client_node_get_exit_signal (LabClientNode *self)
{
  return fact_int (self, "exit-signal");
}

const char *
lab_client_node_get_last_lines (LabClientNode *self)
{
  return fact_string (self, "last-lines");
}

gint64
lab_client_node_get_started_at (LabClientNode *self)
{
  return fact_int64 (self, "started-at", 0);
}

gint64
lab_client_node_get_ready_after (LabClientNode *self)
{
  return fact_int64 (self, "ready-after", -1);
}

gboolean
lab_client_node_get_restart_needed (LabClientNode *self)
{
  return fact_boolean (self, "restart-needed");
}

gboolean
lab_client_node_get_saved_config (LabClientNode *self)
{
  return fact_boolean (self, "saved-config");
}

gint64
lab_client_node_get_saved_at (LabClientNode *self)
{
  return fact_int64 (self, "saved-at", 0);
}

gboolean
lab_client_node_is_running (LabClientNode *self)
{
  switch (self->state)
    {
    case LAB_CLIENT_STATE_STARTING:
    case LAB_CLIENT_STATE_BOOTING:
    case LAB_CLIENT_STATE_READY:
    case LAB_CLIENT_STATE_FROZEN:
    case LAB_CLIENT_STATE_STOPPING:
      return TRUE;
    case LAB_CLIENT_STATE_UNKNOWN:
    case LAB_CLIENT_STATE_STOPPED:
    case LAB_CLIENT_STATE_CRASHED:
    case LAB_CLIENT_STATE_BUILTIN:
    case LAB_CLIENT_STATE_UNSUPPORTED:
    default:
      return FALSE;
    }
}
