/* Where documents come from.
 *
 * A Corpus hands out its documents one after the other, always in the same order, and keeps notes
 * of what it skipped or repaired. It knows nothing of words. */
#ifndef THEMATA_CORPUS_CORPUS_H
#define THEMATA_CORPUS_CORPUS_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* A document as it is read. Start with an all-zero Document and hand the same one to every
 * corpus_next, which reuses its room. All parts are UTF-8. */
typedef struct Document {
    Buffer id;    /* unique in the corpus: the path relative to its directory */
    Buffer title; /* the first line that is not blank, if it has at most 120 characters; or empty */
    Buffer text;  /* the whole document, the title's line included */
} Document;

void document_free(Document *document);

typedef enum CorpusNoteKind { CORPUS_SKIPPED, CORPUS_REPAIRED } CorpusNoteKind;

typedef struct CorpusNote {
    CorpusNoteKind kind;
    char *path;   /* owned by the corpus; relative, UTF-8 */
    char *reason; /* owned by the corpus */
} CorpusNote;

typedef struct CorpusNotes {
    CorpusNote *items; /* owned by the corpus */
    size_t count;
    size_t capacity;
    int64_t skipped; /* how many of each kind */
    int64_t repaired;
} CorpusNotes;

typedef struct Corpus Corpus;

/* Opens a directory, recursively: one document per regular file, in byte order of the relative
 * path. Hidden entries are left out silently, and so is the directory `output` (may be NULL; need
 * not exist), where the result goes. Noted as skipped are symbolic links, special files,
 * directories that cannot be listed, and earlier results of this program (directories whose
 * model.json or inference.json says so). STATUS_INPUT when `path` is no readable
 * directory. Lists the names only; O(files). */
Status corpus_open(const char *path, const char *output, Corpus **corpus, Error *error);

/* Fills *document with the next one; *found is false behind the last. A file that cannot be read
 * or holds no text is noted as skipped and passed over; one that was not UTF-8 is noted as
 * repaired. A byte in a name that is not UTF-8 shows as \xHH in the id (and a backslash before such
 * letters as \x5c). */
Status corpus_next(Corpus *corpus, Document *document, bool *found, Error *error);

/* What was skipped or repaired so far, in byte order of the path once all is read; borrowed until
 * the corpus is freed. */
const CorpusNotes *corpus_notes(const Corpus *corpus);

/* How many documents there are at most, for progress. */
int64_t corpus_size(const Corpus *corpus);

void corpus_free(Corpus *corpus);

#endif
