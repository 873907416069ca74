/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  CTL_PLAIN,
  CTL_GOOD,
  CTL_BAD,
  CTL_WARN,
  CTL_DIM,
  CTL_BOLD,
} CtlTone;

/* Whether standard output is a terminal that shows colours. */
gboolean ctl_has_colours (void);
/* @text in a tone, or as it is where colours do not belong. (transfer full) */
char    *ctl_tone        (CtlTone tone, const char *text);

/* A table for people: columns aligned by what they hold, two blanks between. */
typedef struct _CtlTable CtlTable;

/* @columns: headings, %NULL-terminated. @align: for each "l" or "r"; static. */
CtlTable *ctl_table_new   (const char * const *columns, const char *align);
void      ctl_table_free  (CtlTable *self);
void      ctl_table_add   (CtlTable *self, CtlTone tone, const char *format, ...) G_GNUC_PRINTF (3, 4);
void      ctl_table_print (CtlTable *self);
/* What ctl_table_print() prints; the headings are the first line. (transfer full) */
char     *ctl_table_dup   (CtlTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlTable, ctl_table_free)

/* Prints what @builder holds, indented, with a line end. */
void      ctl_print_json  (JsonBuilder *builder);
void      ctl_json_string (JsonBuilder *builder, const char *key, const char *value); /* (nullable) → null */
void      ctl_json_int    (JsonBuilder *builder, const char *key, gint64 value);
void      ctl_json_bool   (JsonBuilder *builder, const char *key, gboolean value);
/* Whole milliseconds: json-glib writes fractions with all their binary dust. */
void      ctl_json_ms     (JsonBuilder *builder, const char *key, double seconds);

G_END_DECLS
