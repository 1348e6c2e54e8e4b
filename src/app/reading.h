/* Reading a corpus and counting its words, which fit and infer share. */
#ifndef THEMATA_APP_READING_H
#define THEMATA_APP_READING_H

#include "app/cleaning.h"
#include "app/options.h"
#include "app/stages.h"
#include "base/error.h"
#include "corpus/corpus.h"
#include "model/documents.h"
#include "model/duplicates.h"
#include "text/counts.h"
#include "text/tokenizer.h"

#include <stdbool.h>

/* Opens the corpus that the options and the path say: with --files-from the path is the list's. */
Status reading_open(const Options *options, const char *path, const char *output, Corpus **corpus,
                    Error *error);

/* Reads every document of an open corpus and cleans it: its facts go into *documents, its counts
 * into counter->counts, document by document in the same order. An error of a pattern gets the
 * document's id in front. STATUS_INPUT when there is no document. */
Status reading_count(Corpus *corpus, const char *path, Cleaning *cleaning, Tokenizer *tokenizer,
                     Counter *counter, DocumentList *documents, StageClock *stages, bool quiet,
                     Error *error);

/* Says on standard error how many there are; there is one. */
void reading_say_duplicates(const Duplicates *duplicates, bool dropped);

/* Fills tokens and terms of every document from the counts. */
void reading_fill_sizes(const Counts *counts, DocumentList *documents);

#endif
