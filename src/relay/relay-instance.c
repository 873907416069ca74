/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An instance is one device process. It has four sockets, the last two only if it sends keepalives.
 *
 * `rx` is bound to netio<uid>/<pseudo id> and never connected, as a connected socket refuses
 * (EPERM) a device that was started anew.
 *
 * `tx` is connected to netio<uid>/<id>: only a connected socket tells when its peer reads again,
 * and one of its own for each device keeps what one does not read from being charged to others.
 *
 * `l1_rx` and `l1_tx` are the same for keepalives, in netl1<uid>.
 *
 * Devices come and go: tx is connected when a frame is there for it, and again when a send says
 * that its peer is dead. */

#include "relay-instance.h"

#include "relay-private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONNECT_EVERY (3 * RELAY_NS_PER_MS)

static void
rx_readable (Relay *relay, RelayWatch *watch, uint32_t events)
{
  relay_forward_make_ready (relay, RELAY_CONTAINER_OF (watch, RelayInstance, rx));
}

void
relay_instance_writable (Relay *relay, RelayWatch *watch, uint32_t events)
{
  relay_output_drain (relay, RELAY_CONTAINER_OF (watch, RelayInstance, tx));
  relay_loop_saw_frames (relay);
}

/* Two instances with one socket: the lock does not show it, as both are ours. */
static bool
check_unique (Relay *relay, const RelayInstance *instance, RelayError *error)
{
  for (unsigned id = 1; id <= IOU_MAX_ID; id++)
    {
      const RelayInstance *other = relay->instances[id];

      if (other != NULL && other->place.device == instance->place.device &&
          other->place.directory == instance->place.directory &&
          (other->pseudo == instance->pseudo || other->pseudo == instance->id ||
           other->id == instance->pseudo))
        return relay_error_set (error,
                                "instance %u uses %s as well, with the ids %u and %u: give another "
                                "folder or pseudo id",
                                other->id, instance->dir, other->id, other->pseudo);
    }
  return true;
}

static bool
open_data (Relay *relay, RelayInstance *instance, RelayError *error)
{
  char name[16];
  int folder = relay_socket_open_dir (instance->dir, "netio", instance->uid, error);
  struct stat info;
  bool done = false;
  int fd;

  if (folder < 0)
    return false;
  if (fstat (folder, &info) == 0)
    {
      instance->place.device = info.st_dev;
      instance->place.directory = info.st_ino;
    }
  snprintf (name, sizeof name, "%u", instance->pseudo);
  if (check_unique (relay, instance, error) &&
      (instance->lock_fd = relay_socket_lock (folder, name, error)) >= 0 &&
      (fd = relay_socket_bind (folder, name, instance->uid, &instance->place, error)) >= 0)
    {
      done = relay_watch_add (relay, &instance->rx, fd, EPOLLIN | EPOLLET, rx_readable);
      if (!done)
        relay_error_set (error, "cannot watch the socket of instance %u", instance->id);
    }
  close (folder);
  return done;
}

static bool
open_keepalives (Relay *relay, RelayInstance *instance, RelayError *error)
{
  char name[16];
  int folder = relay_socket_open_dir (instance->dir, "netl1", instance->uid, error);
  int fd;

  if (folder < 0)
    return false;
  snprintf (name, sizeof name, "L1%u", instance->pseudo);
  fd = relay_socket_bind (folder, name, instance->uid, &instance->l1_place, error);
  close (folder);
  if (fd < 0)
    return false;
  if (relay_watch_add (relay, &instance->l1_rx, fd, EPOLLIN, relay_keepalive_readable))
    return true;
  return relay_error_set (error, "cannot watch the keepalive socket of instance %u", instance->id);
}

static void
close_sockets (Relay *relay, RelayInstance *instance)
{
  char name[16];

  relay_instance_disconnect (relay, instance);
  relay_watch_remove (relay, &instance->rx);
  relay_watch_remove (relay, &instance->l1_rx);
  snprintf (name, sizeof name, "%u", instance->pseudo);
  if (instance->rx.fd >= 0)
    {
      close (instance->rx.fd);
      relay_socket_unlink (instance->dir, "netio", instance->uid, name, &instance->place);
    }
  if (instance->lock_fd >= 0)
    relay_socket_unlock (instance->dir, instance->uid, name, instance->lock_fd);
  snprintf (name, sizeof name, "L1%u", instance->pseudo);
  if (instance->l1_rx.fd >= 0)
    {
      close (instance->l1_rx.fd);
      relay_socket_unlink (instance->dir, "netl1", instance->uid, name, &instance->l1_place);
    }
  instance->rx.fd = instance->l1_rx.fd = instance->lock_fd = -1;
}

static RelayInstance *
new_instance (const RelayInstanceConfig *config)
{
  RelayInstance *instance = relay_new0 (sizeof *instance);
  const IouHeader header = { .dst_id = (uint16_t) config->pseudo, .src_id = (uint16_t) config->id };
  uint8_t bytes[IOU_HEADER_SIZE];

  iou_header_write (bytes, &header);
  memcpy (instance->expected, bytes, sizeof instance->expected);
  instance->id = (uint16_t) config->id;
  instance->pseudo = (uint16_t) config->pseudo;
  instance->ethernet = (uint8_t) config->ethernet;
  instance->serial = (uint8_t) config->serial;
  instance->keepalives = config->keepalives;
  instance->uid = config->uid;
  instance->dir = relay_strdup (config->dir);
  instance->rx.fd = instance->tx.fd = instance->l1_rx.fd = -1;
  instance->l1_tx = instance->lock_fd = -1;
  return instance;
}

RelayInstance *
relay_instance_add (Relay *relay, const RelayInstanceConfig *config, RelayError *error)
{
  RelayInstance *instance = new_instance (config);

  if (!relay->offline && (!open_data (relay, instance, error) ||
                          (config->keepalives && !open_keepalives (relay, instance, error))))
    {
      close_sockets (relay, instance);
      free (instance->dir);
      relay_loop_free_later (relay, instance);
      return NULL;
    }
  relay->instances[config->id] = instance;
  return instance;
}

void
relay_instance_remove (Relay *relay, RelayInstance *instance)
{
  relay_forward_forget (relay, instance);
  relay_output_forget (relay, instance);
  close_sockets (relay, instance);
  for (unsigned i = 0; i < RELAY_MAX_PORTS; i++)
    relay_port_free (relay, instance->ports[i]);
  relay->instances[instance->id] = NULL;
  free (instance->dir);
  relay_loop_free_later (relay, instance);
}

void
relay_instance_disconnect (Relay *relay, RelayInstance *instance)
{
  relay_watch_remove (relay, &instance->tx);
  instance->armed = false;
  if (instance->tx.fd >= 0)
    close (instance->tx.fd);
  instance->tx.fd = -1;
  if (instance->l1_tx >= 0)
    close (instance->l1_tx);
  instance->l1_tx = -1;
}

bool
relay_instance_connect (Relay *relay, RelayInstance *instance)
{
  char name[16];
  int fd;

  if (instance->tx.fd >= 0)
    return true;
  if (relay->offline || relay->loop.now - instance->last_connect < CONNECT_EVERY)
    return false;
  instance->last_connect = relay->loop.now;
  snprintf (name, sizeof name, "%u", instance->id);
  fd = relay_socket_connect (instance->dir, "netio", instance->uid, name);
  if (fd >= 0)
    instance->tx.fd = fd;
  return fd >= 0;
}

bool
relay_instance_is_present (RelayInstance *instance)
{
  char name[16];
  int fd;

  snprintf (name, sizeof name, "%u", instance->id);
  fd = relay_socket_connect (instance->dir, "netio", instance->uid, name);
  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

void
relay_instance_restarted (Relay *relay, RelayInstance *instance)
{
  relay_output_drop (relay, instance, RELAY_DROP_PEER_GONE);
  relay_instance_disconnect (relay, instance);
  instance->last_connect = 0;
  relay_instance_hold (relay, instance, false);
  relay_keepalive_forget (relay, instance);
  for (unsigned i = 0; i < RELAY_MAX_PORTS; i++)
    if (instance->ports[i] != NULL && instance->ports[i]->peer != NULL)
      {
        relay_keepalive_owe (relay, instance->ports[i]);
        relay_keepalive_owe (relay, instance->ports[i]->peer);
      }
}

void
relay_instance_hold (Relay *relay, RelayInstance *instance, bool held)
{
  if (instance->held == held)
    return;
  instance->held = held;
  if (held)
    relay_output_release (relay, instance);
  relay_keepalive_hold (relay, instance, held);
}
