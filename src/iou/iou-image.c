/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reader of ELF executables: as much as it takes to say what loader and which libraries one needs.
 *
 * The file header gives the program headers; of these PT_INTERP gives the loader's path, PT_DYNAMIC
 * the dynamic section, PT_LOAD the way from addresses to file offsets. The dynamic section gives
 * the address of the string table and offsets in it. Section headers are not used: a stripped image
 * has none.
 *
 * Every number comes from a stranger. All of them are widened to 64 bits first, counts are limited,
 * and every byte is fetched through one function that knows where the file ends. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "iou-image-private.h"

#include <elf.h>
#include <string.h>

#define MAX_PROGRAM_HEADERS 1024
#define MAX_DYNAMIC_ENTRIES 16384
#define MAX_LIBRARIES       1024
#define MAX_STRING          4096
#define PAGE                4096

typedef struct
{
  guint64 offset;
  guint64 address;
  guint64 file_size;
  guint32 type;
} Segment;

typedef struct
{
  IouImageReadFunc read;
  gpointer source;
  GError **error;
  gboolean wide; /* 64 bit */

  guint64 header_offset;
  guint n_segments;
  guint header_size;
  Segment *segments;
} Parser;

void
iou_image_clear (IouImage *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->interpreter);
  g_strfreev (self->libraries);
  g_strfreev (self->missing);
  g_free (self->fix);
  memset (self, 0, sizeof *self);
}

static gboolean
fail (Parser *self, const char *message)
{
  g_set_error_literal (self->error, IOU_ERROR, IOU_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
fail_damaged (Parser *self, const char *what)
{
  g_set_error (self->error, IOU_ERROR, IOU_ERROR_INVALID,
               _ ("The image is damaged or cut short: %s. Copy it again."), what);
  return FALSE;
}

static guint64
get_le (const guint8 *data, guint n_bytes)
{
  guint64 value = 0;

  for (guint i = n_bytes; i > 0; i--)
    value = value << 8 | data[i - 1];

  return value;
}

/* A field that has its own place in the 32 and the 64 bit form of a structure. */
#define FIELD(self, data, type, field)                                                             \
  ((self)->wide ? get_le ((data) + G_STRUCT_OFFSET (Elf64_##type, field),                          \
                          sizeof (((Elf64_##type *) NULL)->field))                                 \
                : get_le ((data) + G_STRUCT_OFFSET (Elf32_##type, field),                          \
                          sizeof (((Elf32_##type *) NULL)->field)))
#define SIZE(self, type) ((self)->wide ? sizeof (Elf64_##type) : sizeof (Elf32_##type))

static gboolean
check_ident (Parser *self, const guint8 *ident)
{
  if (memcmp (ident, ELFMAG, SELFMAG) != 0)
    return fail (self, _ ("This is not a program for Linux: it has no ELF header."
                          " Choose an image of IOU or IOL, which is one."));
  if (ident[EI_DATA] == ELFDATA2MSB)
    return fail (
        self,
        _ ("This is an image for a router's own processor (big endian), as dynamips runs them."
           " Choose an image of IOU or IOL, which is a program for Linux."));
  if ((ident[EI_CLASS] != ELFCLASS32 && ident[EI_CLASS] != ELFCLASS64) ||
      ident[EI_DATA] != ELFDATA2LSB || ident[EI_VERSION] != EV_CURRENT)
    return fail_damaged (self, _ ("its ELF header makes no sense"));

  return TRUE;
}

static gboolean
read_file_header (Parser *self, IouImage *image)
{
  guint8 header[sizeof (Elf64_Ehdr)] = { 0 };
  guint64 type;

  if (!self->read (self->source, 0, header, EI_NIDENT))
    return fail (self, _ ("This is not a program for Linux: it is too short."));
  if (!check_ident (self, header))
    return FALSE;

  self->wide = header[EI_CLASS] == ELFCLASS64;
  if (!self->read (self->source, 0, header, SIZE (self, Ehdr)))
    return fail_damaged (self, _ ("it ends in its ELF header"));

  image->bits = self->wide ? 64 : 32;
  image->machine = (guint) FIELD (self, header, Ehdr, e_machine);
  type = FIELD (self, header, Ehdr, e_type);
  if (image->machine != (self->wide ? EM_X86_64 : EM_386))
    {
      g_set_error (self->error, IOU_ERROR, IOU_ERROR_INVALID,
                   _ ("This is a %u-bit program for another processor (ELF machine %u)."
                      " Images of IOU and IOL are for i386 or x86-64."),
                   image->bits, image->machine);
      return FALSE;
    }
  if (type != ET_EXEC && type != ET_DYN)
    return fail (self, _ ("This is an ELF file but not a program that can be started."));

  self->header_offset = FIELD (self, header, Ehdr, e_phoff);
  self->n_segments = (guint) FIELD (self, header, Ehdr, e_phnum);
  self->header_size = (guint) FIELD (self, header, Ehdr, e_phentsize);
  return TRUE;
}

gboolean
iou_image_read_machine (IouImageReadFunc read, gpointer source, guint *bits, guint *machine)
{
  Parser self = { .read = read, .source = source };
  IouImage image = { 0 };

  if (!read_file_header (&self, &image))
    return FALSE;

  *bits = image.bits;
  *machine = image.machine;
  return TRUE;
}

static gboolean
read_segments (Parser *self)
{
  guint8 header[sizeof (Elf64_Phdr)];
  guint64 offset = self->header_offset;

  if (self->n_segments == 0)
    return fail (self, _ ("This is an ELF file but not a program that can be started."));
  if (self->n_segments > MAX_PROGRAM_HEADERS)
    {
      g_set_error (self->error, IOU_ERROR, IOU_ERROR_LIMIT,
                   _ ("The image has %u program headers; at most %d are read."), self->n_segments,
                   MAX_PROGRAM_HEADERS);
      return FALSE;
    }
  if (self->header_size != SIZE (self, Phdr))
    return fail_damaged (self, _ ("its program headers have the wrong size"));

  self->segments = g_new0 (Segment, self->n_segments);
  for (guint i = 0; i < self->n_segments; i++, offset += self->header_size)
    {
      Segment *segment = &self->segments[i];

      if (offset < self->header_offset ||
          !self->read (self->source, offset, header, self->header_size))
        return fail_damaged (self, _ ("it ends before its program headers"));

      segment->type = (guint32) FIELD (self, header, Phdr, p_type);
      segment->offset = FIELD (self, header, Phdr, p_offset);
      segment->address = FIELD (self, header, Phdr, p_vaddr);
      segment->file_size = FIELD (self, header, Phdr, p_filesz);
    }

  return TRUE;
}

/* A copy that was broken off ends before its segments do; the kernel would start it, and it would
 * die of a bus error somewhere. The last page counts as whole when it has begun: the rest of one is
 * zeros. */
static gboolean
check_segments_end (Parser *self)
{
  for (guint i = 0; i < self->n_segments; i++)
    {
      const Segment *segment = &self->segments[i];
      guint64 last = segment->offset + segment->file_size - 1;
      guint8 byte;

      if (segment->type != PT_LOAD || segment->file_size == 0)
        continue;
      if (last < segment->offset ||
          !self->read (self->source, MAX (segment->offset, last & ~(guint64) (PAGE - 1)), &byte, 1))
        return fail_damaged (self, _ ("it ends before its code and data do"));
    }

  return TRUE;
}

static const Segment *
find_segment (Parser *self, guint32 type)
{
  for (guint i = 0; i < self->n_segments; i++)
    if (self->segments[i].type == type)
      return &self->segments[i];

  return NULL;
}

/* Text up to a NUL, at most @limit bytes with it; NULL if there is none. Near the end of the file a
 * piece may be too long to be read whole: then byte by byte. */
static char *
read_string (Parser *self, guint64 offset, guint64 limit)
{
  g_autoptr (GString) string = g_string_new (NULL);
  char piece[64];

  limit = MIN (limit, MAX_STRING);
  while (string->len < limit)
    {
      gsize length = MIN (sizeof piece, limit - string->len);
      guint64 at = offset + string->len;

      if (at < offset)
        return NULL;
      if (!self->read (self->source, at, piece, length))
        {
          length = 1;
          if (!self->read (self->source, at, piece, length))
            return NULL;
        }

      g_string_append_len (string, piece, (gssize) strnlen (piece, length));
      if (memchr (piece, '\0', length) != NULL)
        return g_string_free (g_steal_pointer (&string), FALSE);
    }

  return NULL;
}

static gboolean
read_interpreter (Parser *self, IouImage *image)
{
  const Segment *segment = find_segment (self, PT_INTERP);

  if (segment == NULL)
    return TRUE;

  image->interpreter = read_string (self, segment->offset, segment->file_size);
  if (image->interpreter == NULL || image->interpreter[0] == '\0')
    return fail_damaged (self, _ ("the name of its loader cannot be read"));

  return TRUE;
}

/* The file offset of an address, and how many bytes of the file follow in its segment. */
static gboolean
find_address (Parser *self, guint64 address, guint64 *offset, guint64 *left)
{
  for (guint i = 0; i < self->n_segments; i++)
    {
      const Segment *segment = &self->segments[i];

      if (segment->type != PT_LOAD || address < segment->address ||
          address - segment->address >= segment->file_size)
        continue;

      *offset = segment->offset + (address - segment->address);
      *left = segment->file_size - (address - segment->address);
      return *offset >= segment->offset;
    }

  return FALSE;
}

typedef struct
{
  guint64 strings; /* address of the string table */
  guint64 strings_size;
  guint64 run_path; /* offsets in it, plus 1; 0: not there */
  guint64 rpath;
  GArray *needed; /* of guint64 */
} Dynamic;

static gboolean
read_dynamic (Parser *self, const Segment *segment, Dynamic *dynamic)
{
  guint8 entry[sizeof (Elf64_Dyn)];
  guint64 size = SIZE (self, Dyn);

  dynamic->strings_size = G_MAXUINT64;
  for (guint64 i = 0; i < MIN (segment->file_size / size, MAX_DYNAMIC_ENTRIES); i++)
    {
      guint64 offset = segment->offset + i * size;
      guint64 value;

      if (offset < segment->offset || !self->read (self->source, offset, entry, size))
        return fail_damaged (self, _ ("it ends in its dynamic section"));

      value = FIELD (self, entry, Dyn, d_un);
      switch (FIELD (self, entry, Dyn, d_tag))
        {
        case DT_NULL:
          return TRUE;
        case DT_NEEDED:
          if (dynamic->needed->len == MAX_LIBRARIES)
            {
              g_set_error (self->error, IOU_ERROR, IOU_ERROR_LIMIT,
                           _ ("The image asks for more than %d libraries."), MAX_LIBRARIES);
              return FALSE;
            }
          g_array_append_val (dynamic->needed, value);
          break;
        case DT_STRTAB:
          dynamic->strings = value;
          break;
        case DT_STRSZ:
          dynamic->strings_size = value;
          break;
        case DT_RUNPATH:
          dynamic->run_path = value + 1;
          break;
        case DT_RPATH:
          dynamic->rpath = value + 1;
          break;
        default:
          break;
        }
    }

  return TRUE;
}

static char *
read_dynamic_string (Parser *self, guint64 table, guint64 table_size, guint64 at)
{
  if (at >= table_size || table + at < table)
    return NULL;

  return read_string (self, table + at, table_size - at);
}

static gboolean
read_dynamic_strings (Parser *self, const Dynamic *dynamic, IouImage *image, char **run_path)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint64 path = dynamic->run_path != 0 ? dynamic->run_path : dynamic->rpath;
  guint64 table = 0;
  guint64 table_size = 0;

  if ((dynamic->needed->len > 0 || path != 0) &&
      !find_address (self, dynamic->strings, &table, &table_size))
    return fail_damaged (self, _ ("its table of names is not in the file"));

  table_size = MIN (table_size, dynamic->strings_size);
  for (guint i = 0; i < dynamic->needed->len; i++)
    {
      guint64 at = g_array_index (dynamic->needed, guint64, i);
      char *name = read_dynamic_string (self, table, table_size, at);

      if (name == NULL)
        return fail_damaged (self, _ ("the name of a library cannot be read"));
      g_ptr_array_add (names, name);
    }

  if (path != 0)
    {
      *run_path = read_dynamic_string (self, table, table_size, path - 1);
      if (*run_path == NULL)
        return fail_damaged (self, _ ("its library path cannot be read"));
    }

  g_ptr_array_add (names, NULL);
  image->libraries = (char **) g_ptr_array_steal (names, NULL);
  return TRUE;
}

static gboolean
read_libraries (Parser *self, IouImage *image, char **run_path)
{
  g_autoptr (GArray) needed = g_array_new (FALSE, FALSE, sizeof (guint64));
  const Segment *segment = find_segment (self, PT_DYNAMIC);
  Dynamic dynamic = { .needed = needed };

  if (segment != NULL && !read_dynamic (self, segment, &dynamic))
    return FALSE;

  return read_dynamic_strings (self, &dynamic, image, run_path);
}

/*
 * iou_image_parse_source:
 * @run_path: (out) (nullable): DT_RUNPATH, or else DT_RPATH, as it stands there
 */
gboolean
iou_image_parse_source (
    IouImageReadFunc read, gpointer source, IouImage *image, char **run_path, GError **error)
{
  Parser self = { .read = read, .source = source, .error = error };
  g_auto (IouImage) result = { 0 };
  g_autofree char *path = NULL;
  gboolean ok = read_file_header (&self, &result) && read_segments (&self) &&
                read_interpreter (&self, &result) && read_libraries (&self, &result, &path) &&
                check_segments_end (&self);

  g_free (self.segments);
  if (!ok)
    return FALSE;

  result.missing = g_new0 (char *, 1);
  *image = result;
  memset (&result, 0, sizeof result);
  if (run_path != NULL)
    *run_path = g_steal_pointer (&path);
  return TRUE;
}

static gboolean
read_memory (gpointer source, guint64 offset, void *buffer, gsize length)
{
  GBytes *bytes = source;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (offset > size || length > size - offset)
    return FALSE;

  memcpy (buffer, data + offset, length);
  return TRUE;
}

gboolean
iou_image_parse (const guint8 *data, gsize length, IouImage *image, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);
  g_return_val_if_fail (image != NULL, FALSE);

  bytes = g_bytes_new_static (data, length);
  return iou_image_parse_source (read_memory, bytes, image, NULL, error);
}

static gsize
clip_utf8 (const char *text, gsize limit)
{
  while (limit > 0 && ((guint8) text[limit] & 0xc0) == 0x80)
    limit--;

  return limit;
}

char *
iou_image_link_name (const char *path)
{
  g_autofree char *base = NULL;
  const char *extension;
  gsize room;

  g_return_val_if_fail (path != NULL, NULL);

  base = g_path_get_basename (path);
  if (strlen (base) <= IOU_IMAGE_LINK_NAME_MAX)
    return g_steal_pointer (&base);

  /* A name that begins with its only dot, or is nearly all extension, is cut as it is. */
  extension = strrchr (base, '.');
  if (extension == NULL || extension == base || strlen (extension) >= IOU_IMAGE_LINK_NAME_MAX)
    extension = "";

  room = clip_utf8 (base, IOU_IMAGE_LINK_NAME_MAX - strlen (extension));
  return g_strdup_printf ("%.*s%s", (int) room, base, extension);
}
