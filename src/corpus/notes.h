/* Making the notes of a corpus, for the parts of this floor. */
#ifndef THEMATA_CORPUS_NOTES_H
#define THEMATA_CORPUS_NOTES_H

#include "base/buffer.h"
#include "base/error.h"
#include "corpus/corpus.h"

/* Appends a name as UTF-8: bytes that are not become \xHH, so that the name can stand in every
 * table; a name that really has \xHH in it gets the backslash written so, and names that differ
 * stay different. */
Status name_append(Buffer *text, const char *name, Error *error);

/* Notes that the file `name` (UTF-8), or with `line` from 1 the document of that line, was skipped
 * or repaired. */
Status notes_add(CorpusNotes *notes, CorpusNoteKind kind, const char *name, int64_t line,
                 const char *reason, Error *error);

/* Notes that `count` bytes were not UTF-8, if any were. */
Status notes_add_repair(CorpusNotes *notes, const char *name, int64_t line, int64_t count,
                        Error *error);

/* Moves all notes of `from`, which is empty afterwards and keeps its room, behind those of `to`. */
Status notes_move(CorpusNotes *from, CorpusNotes *to, Error *error);

/* By path in byte order, then by line, kind and reason: no order but this one is left. */
void notes_sort(CorpusNotes *notes);

void notes_free(CorpusNotes *notes);

#endif
