/* What a batch needs of the corpus it is a part of. */
#ifndef THEMATA_CORPUS_PARTS_H
#define THEMATA_CORPUS_PARTS_H

#include "corpus/container.h"
#include "corpus/corpus.h"

/* If the corpus is in the midst of a directory of texts, takes up to `most` of its next files out
 * of it; none otherwise: then corpus_next goes on. */
void corpus_take_files(Corpus *corpus, size_t most, FileRange *files);

/* Moves notes into the corpus'; *notes is empty afterwards, with its room. */
Status corpus_take_notes(Corpus *corpus, CorpusNotes *notes, Error *error);

/* How large a document may be. */
size_t corpus_document_bytes(const Corpus *corpus);

#endif
