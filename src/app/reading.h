/* Reading a corpus and counting its words, which fit and infer share. */
#ifndef THEMATA_APP_READING_H
#define THEMATA_APP_READING_H

#include "app/options.h"
#include "base/error.h"
#include "corpus/corpus.h"
#include "model/documents.h"
#include "text/collect.h"
#include "text/counter.h"
#include "text/counts.h"
#include "text/tokenizer.h"

#include <stdbool.h>

/* Opens the corpus that the options and the path say: with --files-from the path is the list's. */
Status reading_open(const Options *options, const char *path, const char *output, Corpus **corpus,
                    Error *error);

/* How to read. Everything is borrowed. */
typedef struct ReadingPlan {
    Corpus *corpus;
    const char *path; /* the corpus', for messages */
    const TokenizerOptions *tokenizer;
    const Vocabulary *known;   /* as in Counter */
    const Vocabulary *stopped; /* as in Counter */
    int threads;
    bool quiet;
} ReadingPlan;

/* What was counted. Start with an all-zero Reading. */
typedef struct Reading {
    Counter *counters; /* one for each thread */
    int counter_count;
    CollectedBlock *blocks; /* in the order of the documents */
    size_t block_count;
    size_t block_capacity;
    TokenizerTally tokens; /* of all documents */
} Reading;

/* Reads every document of the corpus, by several threads, and counts its words. The documents'
 * facts go into *documents in their order, which is the corpus'. An error of the tokenizer gets the
 * document's id in front; of several errors the first in that order is the one. STATUS_INPUT when
 * there is no document. */
Status reading_run(const ReadingPlan *plan, DocumentList *documents, Reading *reading,
                   Error *error);

void reading_free(Reading *reading);

/* Fills tokens and terms of every document from the counts. */
void reading_fill_sizes(const Counts *counts, DocumentList *documents);

#endif
