/* Reading a corpus and counting its words, which fit and infer share. */
#ifndef THEMATA_APP_READING_H
#define THEMATA_APP_READING_H

#include "app/cleaning.h"
#include "app/options.h"
#include "base/error.h"
#include "corpus/corpus.h"
#include "model/documents.h"
#include "model/duplicates.h"
#include "model/model.h"
#include "text/collect.h"
#include "text/counter.h"
#include "text/counts.h"
#include "text/tokenizer.h"
#include "text/word_merge.h"
#include "text/word_spill.h"

#include <stdbool.h>

/* Opens the corpus that the options and the path say: with --files-from the path is the list's. */
Status reading_open(const Options *options, const char *path, const char *output, Corpus **corpus,
                    Error *error);

/* Whether what the path names can be read only once: standard input, a pipe. */
bool reading_is_once(const char *path);

/* What becomes of a document that was read: appends what is kept of it to the list, and sets *text
 * to what the cleaning leaves of its text, in which words divided at the ends of lines are joined;
 * it lives as cleaning_apply says. */
Status reading_take(Cleaning *cleaning, Document *document, DocumentList *list, const char **text,
                    size_t *length, Error *error);

/* Whether the rules of a model from `path` make a tokenizer and a cleaner; STATUS_INPUT if they do
 * not, the model was edited or is of another build. */
Status reading_check_rules(const Model *model, const char *path, Error *error);

/* How much memory counts may take before they are spilled, and once more words: a quarter of what
 * --memory grants, since the matrix and the solver need the rest. */
double reading_bytes(const Options *options);

/* How to read. Everything is borrowed. */
typedef struct ReadingPlan {
    Corpus *corpus;
    const char *path; /* the corpus', for messages */
    const TokenizerOptions *tokenizer;
    const CleanOptions *clean;
    bool looks_for_tags;       /* that nobody asked to be taken out */
    const Vocabulary *known;   /* as in Counter */
    const Vocabulary *stopped; /* as in Counter */
    bool keeps_order;          /* as in Counter */
    int threads;
    double bytes_most; /* of memory for counts, and for words; what is beyond goes to a temporary
                          file */
    bool quiet;
} ReadingPlan;

/* What was counted. Start with an all-zero Reading. */
typedef struct Reading {
    Counter *counters; /* one for each thread */
    int counter_count;
    WordSpill *spills; /* if there was no room for words, all of them: CollectedBlock.counter is one
                          of these, and no counter has words any more */
    size_t spill_count;
    size_t spill_capacity;
    CollectedBlock *blocks; /* in the order of the documents */
    size_t block_count;
    size_t block_capacity;
    TemporaryFile *file;   /* of the blocks and words for which there was no room */
    double bytes_most;     /* the plan's */
    TokenizerTally tokens; /* of all documents */
    CleaningTally cleaned; /* likewise */
} Reading;

/* Reads every document of the corpus, by several threads, cleans it and counts its words. The
 * documents' facts go into *documents in their order, which is the corpus'. An error of a pattern
 * gets the document's id in front; of several errors the first in that order is the one.
 * STATUS_INPUT when there is no document. */
Status reading_run(const ReadingPlan *plan, DocumentList *documents, Reading *reading,
                   Error *error);

/* Gives back the memory of the counters, of which only the blocks are still needed. */
void reading_release_counters(Reading *reading);

void reading_free(Reading *reading);

/* How to put spilled words together, with what the reading knows of it filled in. */
WordMerge reading_merge(const Reading *reading);

/* Takes documents that repeat another out of everything that was read: of *documents, of the
 * blocks, and of what *all, or the spills, say how often words stand. Returns in *tokens how many
 * they had. */
Status reading_drop(Reading *reading, const Duplicates *duplicates, DocumentList *documents,
                    CollectedWords *all, double *tokens, Error *error);

/* Says on standard error how many there are; there is one. */
void reading_say_duplicates(const Duplicates *duplicates, bool dropped);

/* Fills tokens and terms of every document from the counts. */
void reading_fill_sizes(const Counts *counts, DocumentList *documents);

#endif
