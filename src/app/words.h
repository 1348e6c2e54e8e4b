/* From a corpus, or a matrix, to the words of a model and how often they stand in each document:
 * the stages that fit and check share, in this order. */
#ifndef THEMATA_APP_WORDS_H
#define THEMATA_APP_WORDS_H

#include "app/options.h"
#include "app/reading.h"
#include "base/error.h"
#include "corpus/corpus.h"
#include "model/duplicates.h"
#include "model/model.h"
#include "text/collect.h"
#include "text/counts.h"
#include "text/ngrams.h"
#include "text/spellings.h"
#include "text/stopwords.h"
#include "text/tokenizer.h"

/* Start with `options`, `path` and `threads` set and the rest all-zero. */
typedef struct Words {
    const Options *options; /* borrowed, as the path */
    const char *path;       /* the corpus', or the matrix' */
    int threads;
    TokenizerOptions rules; /* the options', with the language that they leave open */
    Tokenizer *tokenizer;   /* of the stop words */
    StopWords stop;
    Reading reading;
    CollectedWords all; /* the words, and n-grams, before pruning */
    NgramCounts ngrams;
    Spellings spellings;
    Counts given; /* those of a matrix */
    Duplicates duplicates;
} Words;

/* Settles the rules for words and reads the stop words and what is to be taken out of texts, which
 * the model gets. */
Status words_prepare(Words *words, Model *model, Error *error);

/* Reads and counts all documents. */
Status words_read_corpus(Words *words, Corpus *corpus, Model *model, Error *error);
Status words_read_matrix(Words *words, Model *model, Error *error);

/* Finds documents that repeat an earlier one, and takes them out if that is asked for. Then the
 * words are there that were spilled while reading. */
Status words_settle_duplicates(Words *words, Model *model, Error *error);

/* Settles the stop words' language, if that is left open. */
Status words_settle_stop_words(Words *words, Error *error);

/* Counts n-grams, if they are asked for, and leaves in the model the words that stay, with their
 * frequencies and counts. */
Status words_choose(Words *words, Model *model, Error *error);

/* Keeps in the model what infer needs to treat new texts alike; the stop words move there. */
Status words_keep_rules(Words *words, Model *model, Error *error);

/* Gives back the memory of what is not needed any more once the words are chosen. */
void words_release(Words *words);

void words_free(Words *words);

#endif
