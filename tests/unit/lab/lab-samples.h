/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-file.h"
#include "lab-history.h"

/* Texts that tests share. */

#define SAMPLE_UUID "\"uuid\": \"01234567-89ab-cdef-0123-456789abcdef\""
#define SAMPLE_HEAD "{ \"format\": \"labwright\", \"version\": 1, " SAMPLE_UUID ", \"name\": \"Sample\""

/* Every kind of node, link, drawing and check, and unknown members at every level; in the form that
 * the writer gives. */
extern const char *const sample_full;
/* Two hosts and a cable, as a person would write it: no ids, other order, defaults spelled out. */
extern const char *const sample_plain;

LabTopology *sample_load     (const char *text);
/* (transfer full) */
char        *sample_text     (LabTopology *topology);
/* Names the first line that differs. */
void         sample_assert_text (const char *text, const char *expected);
/* The message and code of a refusal. */
void         sample_refused  (const char *text, int code, const char *message);

/* sample_full with its history: for g_test_add(). */
typedef struct
{
  LabTopology *topology;
  LabHistory *history;
} SampleLab;

void         sample_lab_set_up    (SampleLab *self, gconstpointer unused);
/* Nobody else may hold the document. */
void         sample_lab_tear_down (SampleLab *self, gconstpointer unused);
/* It is sample_full again, to the byte. */
void         sample_lab_assert_same (SampleLab *self);
