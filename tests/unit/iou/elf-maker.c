/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes small ELF files: headers, one PT_LOAD over the whole file, and what a plan asks for. They
 * cannot run. */

#include "elf-maker.h"

#include <elf.h>
#include <string.h>

#define ADDRESS 0x08048000u

typedef struct
{
  GByteArray *bytes;
  gboolean narrow;
} Maker;

static void
put (Maker *self, guint64 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (self->bytes, &byte, 1);
    }
}

/* As wide as an address. */
static void
put_word (Maker *self, guint64 value)
{
  put (self, value, self->narrow ? 4 : 8);
}

static void
put_header (Maker *self, const ElfPlan *plan, guint n_segments)
{
  const guint8 ident[EI_NIDENT] = {
    0x7f, 'E', 'L', 'F', plan->narrow ? ELFCLASS32 : ELFCLASS64, ELFDATA2LSB, 1
  };

  g_byte_array_append (self->bytes, ident, sizeof ident);
  put (self, plan->type != 0 ? plan->type : ET_EXEC, 2);
  put (self, plan->machine != 0 ? plan->machine : plan->narrow ? EM_386 : EM_X86_64, 2);
  put (self, 1, 4);
  put_word (self, ADDRESS);
  put_word (self, plan->narrow ? sizeof (Elf32_Ehdr) : sizeof (Elf64_Ehdr));
  put_word (self, 0);
  put (self, 0, 4);
  put (self, plan->narrow ? sizeof (Elf32_Ehdr) : sizeof (Elf64_Ehdr), 2);
  put (self, plan->narrow ? sizeof (Elf32_Phdr) : sizeof (Elf64_Phdr), 2);
  put (self, n_segments, 2);
  put (self, 0, 6);
}

static void
put_segment (Maker *self, guint32 type, guint64 offset, guint64 size)
{
  put (self, type, 4);
  if (!self->narrow)
    put (self, PF_R, 4);
  put_word (self, offset);
  put_word (self, ADDRESS + offset);
  put_word (self, ADDRESS + offset);
  put_word (self, size);
  put_word (self, size);
  if (self->narrow)
    put (self, PF_R, 4);
  put_word (self, 1);
}

static void
put_entry (Maker *self, guint64 tag, guint64 value)
{
  put_word (self, tag);
  put_word (self, value);
}

static void
put_dynamic (Maker *self, const ElfPlan *plan, guint64 strings, GString *names)
{
  g_string_append_c (names, '\0');
  for (guint i = 0; plan->libraries[i] != NULL; i++)
    {
      put_entry (self, DT_NEEDED, names->len);
      g_string_append_len (names, plan->libraries[i], (gssize) strlen (plan->libraries[i]) + 1);
    }
  if (plan->run_path != NULL)
    {
      put_entry (self, plan->old_run_path ? DT_RPATH : DT_RUNPATH, names->len);
      g_string_append_len (names, plan->run_path, (gssize) strlen (plan->run_path) + 1);
    }

  put_entry (self, DT_STRTAB, ADDRESS + strings);
  put_entry (self, DT_STRSZ, names->len);
  put_entry (self, DT_NULL, 0);
}

/* The first segment is the whole file. */
static void
set_load_size (Maker *self, gsize header)
{
  gsize field = self->narrow ? G_STRUCT_OFFSET (Elf32_Phdr, p_filesz)
                             : G_STRUCT_OFFSET (Elf64_Phdr, p_filesz);

  for (guint i = 0; i < 4; i++)
    self->bytes->data[header + field + i] = (guint8) (self->bytes->len >> (8 * i));
}

GByteArray *
elf_make (const ElfPlan *plan, ElfPlaces *places)
{
  Maker self = { g_byte_array_new (), plan->narrow };
  g_autoptr (GString) names = g_string_new (NULL);
  gsize header = plan->narrow ? sizeof (Elf32_Ehdr) : sizeof (Elf64_Ehdr);
  gsize segment = plan->narrow ? sizeof (Elf32_Phdr) : sizeof (Elf64_Phdr);
  gsize entry = plan->narrow ? sizeof (Elf32_Dyn) : sizeof (Elf64_Dyn);
  gsize interpreter_length = plan->interpreter != NULL ? strlen (plan->interpreter) + 1 : 0;
  guint n_entries = 0;
  guint n_segments = 1 + (plan->interpreter != NULL) + (plan->libraries != NULL);
  ElfPlaces at;

  if (plan->libraries != NULL)
    n_entries = g_strv_length ((char **) plan->libraries) + 3 + (plan->run_path != NULL);
  at.program_headers = header;
  at.interpreter = header + n_segments * segment;
  at.dynamic = at.interpreter + interpreter_length;
  at.strings = at.dynamic + n_entries * entry;

  put_header (&self, plan, n_segments);
  put_segment (&self, PT_LOAD, 0, 0x10000);
  if (plan->interpreter != NULL)
    put_segment (&self, PT_INTERP, at.interpreter, interpreter_length);
  if (plan->libraries != NULL)
    put_segment (&self, PT_DYNAMIC, at.dynamic, n_entries * entry);

  g_byte_array_append (self.bytes, (const guint8 *) plan->interpreter, (guint) interpreter_length);
  if (plan->libraries != NULL)
    put_dynamic (&self, plan, at.strings, names);
  g_byte_array_append (self.bytes, (const guint8 *) names->str, (guint) names->len);
  set_load_size (&self, header);

  if (places != NULL)
    *places = at;
  return self.bytes;
}
