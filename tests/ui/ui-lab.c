/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A running lab for widget tests. */

#include "config.h"

#include "ui-harness.h"
#include "ui-lab.h"

#define WAIT_MS 20000

static const char document[] =
    "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"%s\", \"name\": \"Consoles\",\n"
    "  \"nodes\": [\n"
    "    { \"name\": \"PC1\", \"id\": 1, \"kind\": \"iou\", \"x\": 0, \"y\": 0,\n"
    "      \"image\": { \"name\": \"labwright-pc\" },\n"
    "      \"start\": [ \"set pcname PC1\", \"ip 10.0.0.1/24\" ] },\n"
    "    { \"name\": \"PC2\", \"id\": 2, \"kind\": \"iou\", \"x\": 200, \"y\": 0,\n"
    "      \"image\": { \"name\": \"labwright-pc\" },\n"
    "      \"start\": [ \"set pcname PC2\", \"ip 10.0.0.2/24\" ] },\n"
    "    { \"name\": \"R1\", \"id\": 3, \"kind\": \"iou\", \"x\": 0, \"y\": 200,\n"
    "      \"image\": { \"name\": \"fake-iou\" } }\n"
    "  ],\n"
    "  \"links\": [\n"
    "    { \"a\": { \"node\": \"PC1\", \"port\": \"e0/0\" },\n"
    "      \"b\": { \"node\": \"PC2\", \"port\": \"e0/0\" } }\n"
    "  ]\n}\n";

typedef struct
{
  gboolean done;
  GError *error;
  void (*finish) (GObject *object, GAsyncResult *result, GError **error);
} Call;

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  call->finish (object, result, &call->error);
  call->done = TRUE;
}

static gboolean
is_done (gpointer call)
{
  return ((Call *) call)->done;
}

static void
wait_for (Call *call)
{
  g_assert_true (ui_wait (is_done, call, WAIT_MS));
  g_assert_no_error (call->error);
}

static void
finish_open (GObject *object, GAsyncResult *result, GError **error)
{
  lab_client_open_finish (LAB_CLIENT (object), result, error);
}

static void
finish_apply (GObject *object, GAsyncResult *result, GError **error)
{
  g_auto (GStrv) warnings = NULL;

  lab_client_apply_finish (LAB_CLIENT (object), result, &warnings, error);
}

static void
finish_control (GObject *object, GAsyncResult *result, GError **error)
{
  lab_client_control_finish (LAB_CLIENT (object), result, error);
}

static void
finish_shutdown (GObject *object, GAsyncResult *result, GError **error)
{
  lab_client_shutdown_finish (LAB_CLIENT (object), result, error);
}

UiLab *
ui_lab_new (void)
{
  UiLab *self = g_new0 (UiLab, 1);
  g_autofree char *images =
      g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "tests", "fixtures", NULL);

  g_setenv ("LABWRIGHT_IMAGE_PATH", images, TRUE);
  self->uuid = g_uuid_string_random ();
  self->document = g_strdup_printf (document, self->uuid);
  return self;
}

void
ui_lab_free (UiLab *self)
{
  if (self->client != NULL && lab_client_is_open (self->client))
    {
      Call call = { .finish = finish_shutdown };

      lab_client_shutdown_async (self->client, NULL, done_cb, &call);
      wait_for (&call);
    }
  g_clear_object (&self->client);
  g_free (self->document);
  g_free (self->uuid);
  g_free (self);
}

void
ui_lab_connect (UiLab *self)
{
  Call call = { .finish = finish_open };

  g_clear_object (&self->client);
  self->client = lab_client_new (self->uuid, NULL);
  lab_client_open_async (self->client, LAB_CLIENT_OPEN_SPAWN, NULL, done_cb, &call);
  wait_for (&call);
  ui_lab_apply (self, self->document);
}

void
ui_lab_apply (UiLab *self, const char *text)
{
  Call call = { .finish = finish_apply };

  lab_client_apply_async (self->client, text, NULL, done_cb, &call);
  wait_for (&call);
}

void
ui_lab_control (UiLab *self, LabClientVerb verb, const char *name)
{
  Call call = { .finish = finish_control };
  const char *const names[] = { name, NULL };

  lab_client_control_async (self->client, verb, names, NULL, done_cb, &call);
  wait_for (&call);
}

typedef struct
{
  UiLab *lab;
  const char *name;
  LabClientState state;
} Wanted;

static gboolean
has_state (gpointer data)
{
  Wanted *wanted = data;
  LabClientNode *node = lab_client_find_node (wanted->lab->client, wanted->name);

  return node != NULL && lab_client_node_get_state (node) == wanted->state;
}

void
ui_lab_wait_state (UiLab *self, const char *name, LabClientState state)
{
  Wanted wanted = { self, name, state };

  g_test_message ("waiting for %s to be %s", name, lab_client_state_to_string (state));
  g_assert_true (ui_wait (has_state, &wanted, WAIT_MS));
}

guint
ui_lab_get_pid (UiLab *self, const char *name)
{
  LabClientNode *node = lab_client_find_node (self->client, name);

  g_assert_nonnull (node);
  return lab_client_node_get_pid (node);
}
