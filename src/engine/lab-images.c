/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The image library as the engine needs it. An image is looked at once: the verdict is kept until
 * its file or what the library says of it changes, so a hundred devices of one image cost one
 * check. All that reads files is done in a thread. A bad verdict is not kept: the user mends the
 * image and starts the device again. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n.h>

#include "iou-image.h"

#include "lab-image-digest.h"
#include "lab-images.h"
#include "lab-library.h"
#include "lab-run-dir.h"

struct _LabImages
{
  GHashTable *verdicts; /* name, LF, sha256, LF, template → Verdict */
  GCancellable *cancellable;
};

typedef struct
{
  struct stat image;
  struct stat library;
} Seen;

/* What is known of an image as it was. */
typedef struct
{
  Seen seen;
  LabImageFacts *facts; /* (nullable) */
  gboolean running;     /* a job is under way; Waiters stay until it ends */
  GPtrArray *waiters;
} Verdict;

typedef struct
{
  LabImagesDone done;
  gpointer user_data;
} Waiter;

typedef struct
{
  char *key;
  char *name;
  char *sha256;   /* (nullable) */
  char *template; /* (nullable) */
  Seen seen;
} Job;

static void
facts_clear (gpointer data)
{
  LabImageFacts *self = data;

  g_free (self->path);
  g_clear_pointer (&self->prompts, g_ptr_array_unref);
  g_strfreev (self->library_dirs);
}

LabImageFacts *
lab_image_facts_ref (LabImageFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lab_image_facts_unref (LabImageFacts *self)
{
  g_atomic_rc_box_release_full (self, facts_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabImageFacts, lab_image_facts_unref)

static void
verdict_free (Verdict *self)
{
  g_clear_pointer (&self->facts, lab_image_facts_unref);
  g_ptr_array_unref (self->waiters);
  g_free (self);
}

static void
job_free (Job *self)
{
  g_free (self->key);
  g_free (self->name);
  g_free (self->sha256);
  g_free (self->template);
  g_free (self);
}

gboolean
lab_images_is_open (const char *name)
{
  return g_str_equal (name, LAB_IMAGE_PC) || lab_images_nests (name);
}

gboolean
lab_images_nests (const char *name)
{
  return g_str_equal (name, LAB_IMAGE_HOST) || g_str_equal (name, LAB_IMAGE_ROUTER);
}

LabImages *
lab_images_new (void)
{
  LabImages *self = g_new0 (LabImages, 1);

  self->verdicts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) verdict_free);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
lab_images_free (LabImages *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->verdicts);
  g_free (self);
}

static void
look (const char *path, Seen *seen)
{
  g_autofree char *library = lab_library_dup_path ();

  memset (seen, 0, sizeof *seen);
  if (stat (path, &seen->image) != 0)
    memset (&seen->image, 0, sizeof seen->image);
  if (stat (library, &seen->library) != 0)
    memset (&seen->library, 0, sizeof seen->library);
}

static gboolean
is_same_file (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
         a->st_mode == b->st_mode && a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
         a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static gboolean
check_hash (LabLibrary *library, const char *path, const char *wanted, GError **error)
{

  g_auto (LabImageDigest) digest = { 0 };

  if (!lab_library_need_digest (library, path, &digest, NULL, error))
    return FALSE;
  if (g_ascii_strcasecmp (digest.sha256, wanted) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _ ("The image %s is not the one that the lab names: its SHA-256 is %s, the "
                  "lab wants %s. “Images of the Lab” in the menu, or “labctl image map”, give its "
                  "devices the image that is here."),
               path, digest.sha256, wanted);
  return FALSE;
}

/* An image that does not answer is taken for one that knows everything. */
static void
take_probe (LabLibrary *library, LabImageFacts *facts)
{
  IouHelp help = { 0 };

  if (!lab_library_get_probe (library, facts->path, &help))
    {
      g_autoptr (GError) error = NULL;

      if (!lab_library_probe ("/proc/self/exe", facts->path, &help, NULL, &error))
        g_message ("%s was not asked for its options: %s", facts->path, error->message);
    }
  facts->no_keepalives = (help.nvram_default != 0 || help.ram_default != 0) && !help.keepalives;
}

static void
take_prompts (LabLibrary *library, LabImageFacts *facts, const char *template)
{
  g_auto (GStrv) patterns =
      lab_library_dup_prompts (library, facts->path, template, &facts->dialogue);

  for (guint i = 0; patterns[i] != NULL; i++)
    {
      GRegex *regex = g_regex_new (patterns[i], G_REGEX_OPTIMIZE, 0, NULL);

      if (regex != NULL)
        g_ptr_array_add (facts->prompts, regex);
    }
}

/* Where it is; the very image may be here under another name, in a file not yet read. (transfer
 * full) (nullable) */
static char *
find_file (LabLibrary *library, Job *job, GError **error)
{
  g_autofree char *path = NULL;

  if (job->sha256 == NULL)
    return lab_library_resolve (library, job->name, NULL, error);
  path = lab_library_resolve (library, job->name, job->sha256, NULL);
  if (path != NULL && check_hash (library, path, job->sha256, NULL))
    return g_steal_pointer (&path);
  g_ptr_array_unref (lab_library_list (library, LAB_LIBRARY_IDENTIFY, NULL));

  return lab_library_resolve (library, job->name, job->sha256, error);
}

/* One of the user's images. */
static gboolean
examine (LabImageFacts *facts, Job *job, GError **error)
{
  g_autoptr (LabLibrary) library = lab_library_load (error);

  if (library == NULL)
    return FALSE;
  facts->path = find_file (library, job, error);
  if (facts->path == NULL)
    return FALSE;
  look (facts->path, &job->seen);
  g_strfreev (facts->library_dirs);
  facts->library_dirs = lab_library_dup_library_dirs (library);
  if (!iou_image_check_file_full (facts->path, (const char *const *) facts->library_dirs, NULL,
                                  error) ||
      (job->sha256 != NULL && !check_hash (library, facts->path, job->sha256, error)))
    return FALSE;

  take_probe (library, facts);
  take_prompts (library, facts, job->template);
  return TRUE;
}

static gboolean
examine_open (LabImageFacts *facts, Job *job, GError **error)
{
  facts->path = lab_run_dir_find_program (job->name, error);
  if (facts->path == NULL)
    return FALSE;
  look (facts->path, &job->seen);
  if (!iou_image_check_file (facts->path, NULL, error))
    return FALSE;
  if (job->sha256 != NULL)
    {
      g_autoptr (LabLibrary) library = lab_library_load (error);

      return library != NULL && check_hash (library, facts->path, job->sha256, error);
    }
  return TRUE;
}

static void
job_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (LabImageFacts) facts = g_atomic_rc_box_new0 (LabImageFacts);
  GError *error = NULL;

  facts->dialogue = LAB_DIALOGUE_LEAVE;
  facts->prompts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_regex_unref);
  facts->library_dirs = g_new0 (char *, 1);
  if (lab_images_is_open (job->name) ? examine_open (facts, job, &error)
                                     : examine (facts, job, &error))
    g_task_return_pointer (task, g_steal_pointer (&facts), (GDestroyNotify) lab_image_facts_unref);
  else
    g_task_return_error (task, error);
}

static void
job_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabImages *self = user_data;
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (LabImageFacts) facts = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GPtrArray) waiters = NULL;
  Verdict *verdict;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the library is gone */

  verdict = g_hash_table_lookup (self->verdicts, job->key);
  verdict->running = FALSE;
  verdict->seen = job->seen;
  verdict->facts = facts != NULL ? lab_image_facts_ref (facts) : NULL;
  waiters = g_steal_pointer (&verdict->waiters);
  verdict->waiters = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < waiters->len; i++)
    {
      Waiter *waiter = waiters->pdata[i];

      waiter->done (facts, error, waiter->user_data);
    }
}

static Verdict *
need_verdict (LabImages *self, const char *key)
{
  Verdict *verdict = g_hash_table_lookup (self->verdicts, key);

  if (verdict == NULL)
    {
      verdict = g_new0 (Verdict, 1);
      verdict->waiters = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->verdicts, g_strdup (key), verdict);
    }
  return verdict;
}

static gboolean
still_holds (Verdict *verdict)
{
  Seen now;

  if (verdict->facts == NULL)
    return FALSE;
  look (verdict->facts->path, &now);
  return is_same_file (&now.image, &verdict->seen.image) &&
         is_same_file (&now.library, &verdict->seen.library);
}

static void
start_job (
    LabImages *self, const char *key, const char *name, const char *sha256, const char *template)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, job_done, self);
  Job *job = g_new0 (Job, 1);

  job->key = g_strdup (key);
  job->name = g_strdup (name);
  job->sha256 = g_strdup (sha256);
  job->template = g_strdup (template);
  g_task_set_source_tag (task, start_job);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, job_thread);
}

void
lab_images_check (LabImages *self,
                  const char *name,
                  const char *sha256,
                  const char *template,
                  LabImagesDone done,
                  gpointer user_data)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%s", name, sha256 ?: "", template ?: "");
  Verdict *verdict = need_verdict (self, key);
  Waiter *waiter;

  if (!verdict->running && still_holds (verdict))
    {
      g_autoptr (LabImageFacts) facts = lab_image_facts_ref (verdict->facts);

      done (facts, NULL, user_data);
      return;
    }
  waiter = g_new0 (Waiter, 1);
  waiter->done = done;
  waiter->user_data = user_data;
  g_ptr_array_add (verdict->waiters, waiter);
  if (verdict->running)
    return;
  g_clear_pointer (&verdict->facts, lab_image_facts_unref);
  verdict->running = TRUE;
  start_job (self, key, name, sha256, template);
}
