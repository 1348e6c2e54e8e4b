/* Reading a corpus by several threads: each takes a stretch of it at a time, a batch, and reads
 * that by itself. */
#ifndef THEMATA_CORPUS_BATCH_H
#define THEMATA_CORPUS_BATCH_H

#include "corpus/corpus.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct CorpusBatch CorpusBatch;

/* A batch of this corpus, empty; it is one thread's. NULL without memory. */
CorpusBatch *batch_new(Corpus *corpus, Error *error);

/* Fills the batch, of which nothing is left, with what comes next in the corpus; *found is false
 * behind the last. One thread at a time may do so. Errors as those of corpus_next: what stands
 * before can still be read out of the batch. */
Status batch_take(CorpusBatch *batch, bool *found, Error *error);

/* Fills *document with the batch's next one; *found is false behind the last. Beside other threads
 * with batches of theirs. As corpus_next otherwise. */
Status batch_next(CorpusBatch *batch, Document *document, bool *found, Error *error);

/* Gives the notes that were taken in reading the batch to the corpus. One thread at a time. */
Status batch_return(CorpusBatch *batch, Error *error);

void batch_free(CorpusBatch *batch); /* takes NULL */

#endif
