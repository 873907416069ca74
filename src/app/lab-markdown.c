/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Markdown, by cmark, into a text buffer: a walk over its tree, which carries the styles that are
 * open. A block begins on a line of its own with an empty one before it, but in tight lists. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <cmark.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-markdown.h"

#define MAX_DEPTH 8
#define INDENT    22 /* pixels: of a list; there is room for the mark of an item in it */
#define MAX_TAGS  16

typedef struct
{
  GtkTextBuffer *buffer;
  const char *tags[MAX_TAGS]; /* names of the styles that are open */
  guint n_tags;
  GtkTextTag *link; /* (nullable): of a link, or of the heading of a fold */
  GtkTextTag *fold; /* (nullable): what is hidden until its heading is clicked */
  guint depth;      /* of lists and quotes */
  int numbers[MAX_DEPTH];
  gboolean begun;   /* something has been written */
  gboolean in_item; /* the item's mark has just been written: no new line */
} Writer;

#define FOLDED   "▸ "
#define UNFOLDED "▾ "

static G_DEFINE_QUARK (lab_markdown_address, address);
static G_DEFINE_QUARK (lab_markdown_fold, fold);

static void
make_tag (GtkTextBuffer *buffer, const char *name, const char *property, ...)
{
  GtkTextTag *tag = gtk_text_tag_new (name);
  va_list values;

  va_start (values, property);
  g_object_set_valist (G_OBJECT (tag), property, values);
  va_end (values);
  gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (buffer), tag);
  g_object_unref (tag);
}

/* Of paragraphs that begin with the mark of an item: the mark hangs out to the left, and the text
 * behind its tab stands where the lines below it begin. */
static void
make_item_tags (GtkTextBuffer *buffer)
{
  PangoTabArray *tabs = pango_tab_array_new_with_positions (2, TRUE, PANGO_TAB_LEFT, INDENT,
                                                            PANGO_TAB_LEFT, 2 * INDENT);

  for (guint depth = 1; depth <= MAX_DEPTH; depth++)
    {
      g_autofree char *name = g_strdup_printf ("item%u", depth);

      make_tag (buffer, name, "left-margin", (int) ((depth - 1) * INDENT), "indent", -INDENT,
                "tabs", tabs, NULL);
    }
  pango_tab_array_free (tabs);
}

static void
make_tags (GtkTextBuffer *buffer)
{
  if (gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "strong") != NULL)
    return;
  make_tag (buffer, "h1", "weight", PANGO_WEIGHT_BOLD, "scale", 1.3, NULL);
  make_tag (buffer, "h2", "weight", PANGO_WEIGHT_BOLD, "scale", 1.15, NULL);
  make_tag (buffer, "h3", "weight", PANGO_WEIGHT_BOLD, NULL);
  make_tag (buffer, "strong", "weight", PANGO_WEIGHT_BOLD, NULL);
  make_tag (buffer, "emphasis", "style", PANGO_STYLE_ITALIC, NULL);
  make_tag (buffer, "code", "family", "monospace", NULL);
  make_tag (buffer, "quote", "style", PANGO_STYLE_ITALIC, NULL);
  make_tag (buffer, "gap", "scale", 0.5, NULL);
  for (guint depth = 1; depth <= MAX_DEPTH; depth++)
    {
      g_autofree char *name = g_strdup_printf ("indent%u", depth);

      make_tag (buffer, name, "left-margin", (int) (depth * INDENT), NULL);
    }
  make_item_tags (buffer);
}

static gboolean
is_safe (const char *address)
{
  return address != NULL &&
         (g_str_has_prefix (address, "http://") || g_str_has_prefix (address, "https://") ||
          g_str_has_prefix (address, "mailto:"));
}

static void
apply_tag (Writer *writer, const char *name, const GtkTextIter *start, const GtkTextIter *end)
{
  gtk_text_buffer_apply_tag_by_name (writer->buffer, name, start, end);
}

static void
write_text (Writer *writer, const char *text)
{
  GtkTextIter start;
  GtkTextIter end;
  int offset;

  gtk_text_buffer_get_end_iter (writer->buffer, &end);
  offset = gtk_text_iter_get_offset (&end);
  gtk_text_buffer_insert (writer->buffer, &end, text, -1);
  gtk_text_buffer_get_iter_at_offset (writer->buffer, &start, offset);
  gtk_text_buffer_get_end_iter (writer->buffer, &end);
  for (guint i = 0; i < writer->n_tags; i++)
    apply_tag (writer, writer->tags[i], &start, &end);
  if (writer->link != NULL)
    gtk_text_buffer_apply_tag (writer->buffer, writer->link, &start, &end);
  if (writer->fold != NULL)
    gtk_text_buffer_apply_tag (writer->buffer, writer->fold, &start, &end);
  if (writer->depth > 0)
    {
      g_autofree char *name = g_strdup_printf ("indent%u", MIN (writer->depth, MAX_DEPTH));

      apply_tag (writer, name, &start, &end);
    }
  writer->begun = TRUE;
}

static void
write_styled (Writer *writer, const char *tag, const char *text)
{
  writer->tags[writer->n_tags++] = tag;
  write_text (writer, text);
  writer->n_tags--;
}

static void
open_tag (Writer *writer, const char *name)
{
  /* One place is left for write_styled(). */
  if (writer->n_tags < MAX_TAGS - 1)
    writer->tags[writer->n_tags++] = name;
}

static void
close_tag (Writer *writer)
{
  if (writer->n_tags > 0)
    writer->n_tags--;
}

/* A new line, and a small gap unless the block stands in a tight list. */
static void
begin_block (Writer *writer, cmark_node *node)
{
  cmark_node *parent = cmark_node_parent (node);
  cmark_node *list = parent != NULL ? cmark_node_parent (parent) : NULL;
  gboolean tight = parent != NULL && cmark_node_get_type (parent) == CMARK_NODE_ITEM &&
                   list != NULL && cmark_node_get_list_tight (list);

  if (writer->in_item || !writer->begun)
    {
      writer->in_item = FALSE;
      return;
    }
  write_text (writer, "\n");
  if (!tight)
    write_styled (writer, "gap", "\n");
}

static void
begin_item (Writer *writer, cmark_node *node)
{
  cmark_node *list = cmark_node_parent (node);
  gboolean first = cmark_node_previous (node) == NULL;
  guint depth = MIN (writer->depth, MAX_DEPTH);
  g_autofree char *tag = g_strdup_printf ("item%u", depth);
  g_autofree char *mark = NULL;

  if (writer->begun)
    write_text (writer, "\n");
  if (writer->begun && ((first && writer->depth == 1) || !cmark_node_get_list_tight (list)))
    write_styled (writer, "gap", "\n");
  if (cmark_node_get_list_type (list) == CMARK_ORDERED_LIST)
    mark = g_strdup_printf ("%d.\t", writer->numbers[depth - 1]++);
  write_styled (writer, tag, mark != NULL ? mark : "•\t");
  writer->in_item = TRUE;
}

static void
begin_link (Writer *writer, cmark_node *node)
{
  const char *address = cmark_node_get_url (node);

  if (!is_safe (address))
    return;
  writer->link =
      gtk_text_buffer_create_tag (writer->buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  g_object_set_qdata_full (G_OBJECT (writer->link), address_quark (), g_strdup (address), g_free);
}

static void
write_code_block (Writer *writer, cmark_node *node)
{
  g_autofree char *text = g_strdup (cmark_node_get_literal (node));
  gsize length = strlen (text);

  begin_block (writer, node);
  if (length > 0 && text[length - 1] == '\n')
    text[length - 1] = '\0';
  writer->depth++;
  write_styled (writer, "code", text);
  writer->depth--;
}

/* What stands between <summary> and its end, without tags. (transfer full) */
static char *
summary_of (const char *html)
{
  const char *start = strstr (html, "<summary>");
  const char *end = start != NULL ? strstr (start, "</summary>") : NULL;
  g_autofree char *text = NULL;

  if (end == NULL)
    return g_strdup (_ ("Details"));
  start += strlen ("<summary>");
  text = g_strstrip (g_strndup (start, (gsize) (end - start)));

  return g_strdup (*text != '\0' ? text : _ ("Details"));
}

/* <details> folds what follows, up to its end: a solution that is not to be seen at once. All other
 * HTML is left out. */
static void
write_html (Writer *writer, cmark_node *node)
{
  const char *html = cmark_node_get_literal (node);
  g_autofree char *title = NULL;
  GtkTextTag *hidden;

  if (strstr (html, "</details>") != NULL)
    writer->fold = NULL;
  else if (g_str_has_prefix (html, "<details") && writer->fold == NULL)
    {
      title = summary_of (html);
      hidden = gtk_text_buffer_create_tag (writer->buffer, NULL, "invisible", TRUE, NULL);
      g_object_set_qdata (G_OBJECT (hidden), fold_quark (), hidden);
      begin_block (writer, node);
      writer->link =
          gtk_text_buffer_create_tag (writer->buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
      g_object_set_qdata (G_OBJECT (writer->link), fold_quark (), hidden);
      write_text (writer, FOLDED);
      write_text (writer, title);
      writer->link = NULL;
      writer->fold = hidden;
    }
}

static void
enter (Writer *writer, cmark_node *node)
{
  static const char *const headings[] = { "h1", "h2", "h3" };

  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_PARAGRAPH:
      begin_block (writer, node);
      break;
    case CMARK_NODE_HEADING:
      begin_block (writer, node);
      open_tag (writer, headings[CLAMP (cmark_node_get_heading_level (node), 1, 3) - 1]);
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      writer->depth++;
      open_tag (writer, "quote");
      break;
    case CMARK_NODE_LIST:
      writer->depth++;
      writer->numbers[MIN (writer->depth, MAX_DEPTH) - 1] = cmark_node_get_list_start (node);
      break;
    case CMARK_NODE_ITEM:
      begin_item (writer, node);
      break;
    case CMARK_NODE_CODE_BLOCK:
      write_code_block (writer, node);
      break;
    case CMARK_NODE_HTML_BLOCK:
      write_html (writer, node);
      break;
    case CMARK_NODE_THEMATIC_BREAK:
      begin_block (writer, node);
      write_text (writer, "――――");
      break;
    case CMARK_NODE_TEXT:
      write_text (writer, cmark_node_get_literal (node));
      break;
    case CMARK_NODE_CODE:
      write_styled (writer, "code", cmark_node_get_literal (node));
      break;
    case CMARK_NODE_SOFTBREAK:
      write_text (writer, " ");
      break;
    case CMARK_NODE_LINEBREAK:
      write_text (writer, "\n");
      break;
    case CMARK_NODE_EMPH:
      open_tag (writer, "emphasis");
      break;
    case CMARK_NODE_STRONG:
      open_tag (writer, "strong");
      break;
    case CMARK_NODE_LINK:
      begin_link (writer, node);
      break;
    default:
      break;
    }
}

static void
leave (Writer *writer, cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_HEADING:
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
      close_tag (writer);
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      close_tag (writer);
      writer->depth--;
      break;
    case CMARK_NODE_LIST:
      writer->depth--;
      break;
    case CMARK_NODE_ITEM:
      writer->in_item = FALSE;
      break;
    case CMARK_NODE_LINK:
      writer->link = NULL;
      break;
    default:
      break;
    }
}

/* Tags of links and folds of the text before: they have no name. */
static void
collect_links (GtkTextTag *tag, gpointer user_data)
{
  if (g_object_get_qdata (G_OBJECT (tag), address_quark ()) != NULL ||
      g_object_get_qdata (G_OBJECT (tag), fold_quark ()) != NULL)
    g_ptr_array_add (user_data, tag);
}

static void
drop_links (GtkTextBuffer *buffer)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (buffer);
  g_autoptr (GPtrArray) links = g_ptr_array_new ();

  gtk_text_tag_table_foreach (table, collect_links, links);
  for (guint i = 0; i < links->len; i++)
    gtk_text_tag_table_remove (table, g_ptr_array_index (links, i));
}

void
lab_markdown_fill (GtkTextBuffer *buffer, const char *markdown)
{
  Writer writer = { .buffer = buffer };
  cmark_event_type event;
  cmark_node *document;
  cmark_iter *iter;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer) && markdown != NULL);

  make_tags (buffer);
  gtk_text_buffer_set_text (buffer, "", 0);
  drop_links (buffer);
  document = cmark_parse_document (markdown, strlen (markdown), CMARK_OPT_SMART);
  iter = cmark_iter_new (document);
  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    if (event == CMARK_EVENT_ENTER)
      enter (&writer, cmark_iter_get_node (iter));
    else
      leave (&writer, cmark_iter_get_node (iter));
  cmark_iter_free (iter);
  cmark_node_free (document);
}

const char *
lab_markdown_get_link (const GtkTextIter *iter)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (iter);

  for (GSList *tag = tags; tag != NULL; tag = tag->next)
    {
      const char *address = g_object_get_qdata (G_OBJECT (tag->data), address_quark ());

      if (address != NULL)
        return address;
    }

  return NULL;
}

/* The heading of a fold at @iter, and what it hides. (nullable) */
static GtkTextTag *
heading_at (const GtkTextIter *iter, GtkTextTag **hidden)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (iter);

  for (GSList *tag = tags; tag != NULL; tag = tag->next)
    {
      *hidden = g_object_get_qdata (G_OBJECT (tag->data), fold_quark ());
      if (*hidden != NULL && *hidden != tag->data)
        return tag->data;
    }

  return NULL;
}

gboolean
lab_markdown_is_fold (const GtkTextIter *iter)
{
  GtkTextTag *hidden;

  return heading_at (iter, &hidden) != NULL;
}

void
lab_markdown_toggle_fold (GtkTextBuffer *buffer, const GtkTextIter *iter)
{
  GtkTextTag *hidden = NULL;
  GtkTextTag *heading = heading_at (iter, &hidden);
  GtkTextIter start = *iter;
  GtkTextIter end;
  gboolean folded;

  if (heading == NULL)
    return;
  g_object_get (hidden, "invisible", &folded, NULL);
  g_object_set (hidden, "invisible", !folded, NULL);
  if (!gtk_text_iter_starts_tag (&start, heading))
    gtk_text_iter_backward_to_tag_toggle (&start, heading);
  end = start;
  gtk_text_iter_forward_chars (&end, (int) g_utf8_strlen (FOLDED, -1));
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert_with_tags (buffer, &start, folded ? UNFOLDED : FOLDED, -1, heading, NULL);
}
