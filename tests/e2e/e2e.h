/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The real labctl, with the real engine, relay and hosts, in folders of its own. */
typedef struct
{
  char *root;    /* everything of this test; LABWRIGHT_RUNTIME_DIR is root/r, LABWRIGHT_STATE_DIR root/s */
  char **env;    /* of labctl */
  char *inside;  /* (nullable): see e2e_inside() */
  char *out;     /* of the last command */
  char *err;
  int code;
} E2e;

/* For g_test_add(): each test has its own folders; at the end nothing may be left in them or running. */
void         e2e_set_up      (E2e *self, gconstpointer data);
void         e2e_tear_down   (E2e *self, gconstpointer data);

/* Runs labctl with these words (NULL-terminated); out, err and code hold what came. */
void         e2e_labctl      (E2e *self, ...) G_GNUC_NULL_TERMINATED;
/* The same, not waited for. (transfer full) */
GSubprocess *e2e_spawn       (E2e *self, GSubprocessFlags flags, ...) G_GNUC_NULL_TERMINATED;
/* For the labctls to come; NULL: not set. */
void         e2e_setenv      (E2e *self, const char *name, const char *value);
/* The labctls to come, and the engines that they start, run in user and mount namespaces of their own, after
 * this script of the shell: it takes something of the machine away from them. NULL: no more. */
void         e2e_inside      (E2e *self, const char *script);
/* Path of a program of the build, e.g. "src/ctl/labctl". (transfer full) */
char        *e2e_program     (const char *path);

char        *e2e_path        (E2e *self, const char *name);            /* (transfer full) */
char        *e2e_write       (E2e *self, const char *name, const char *text); /* (transfer full): its path */
char        *e2e_read        (const char *path);                       /* (transfer full) */
/* A copy of a sample lab, with @from replaced by @to once (NULL: as it is). (transfer full) */
char        *e2e_sample      (E2e *self, const char *sample, const char *from, const char *to);

/* A copy of two-hosts.lab, whose hosts PC1 and PC2 are ready. (transfer full): its path */
char        *e2e_start_hosts (E2e *self);
/* Stops the lab of a file. */
void         e2e_stop        (E2e *self, const char *path);
/* Gives a host another name, which it saves. */
void         e2e_save_as     (E2e *self, const char *path, const char *node, const char *name);
/* How often @word is in @text. */
guint        e2e_count       (const char *text, const char *word);

/* Waits up to @seconds until labctl with these words ends with code 0 and prints @wanted. */
gboolean     e2e_wait_output (E2e *self, double seconds, const char *wanted, ...) G_GNUC_NULL_TERMINATED;
/* Processes that belong to this test: their environment or command line names its folder. */
guint        e2e_n_processes (E2e *self);
gboolean     e2e_wait_no_processes (E2e *self, double seconds);
/* The value of an integer member "key" : N after @after in the last output; -1 if there is none. */
gint64       e2e_json_int    (E2e *self, const char *after, const char *key);

#define e2e_assert_code(self, wanted)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if ((self)->code != (wanted))                                                                  \
      g_test_message ("out: %s\nerr: %s", (self)->out, (self)->err);                               \
    g_assert_cmpint ((self)->code, ==, (wanted));                                                  \
  }                                                                                                \
  G_STMT_END

#define e2e_assert_has(text, wanted)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr ((text), (wanted)) == NULL)                                                         \
      g_test_message ("“%s” is not in: %s", (wanted), (text));                                     \
    g_assert_nonnull (strstr ((text), (wanted)));                                                  \
  }                                                                                                \
  G_STMT_END

#define e2e_add(path, function)                                                                    \
  g_test_add ((path), E2e, NULL, e2e_set_up, (function), e2e_tear_down)

G_END_DECLS
