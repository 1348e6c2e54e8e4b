/* What `check` found, for people and as JSON. */
#ifndef THEMATA_APP_CHECK_REPORT_H
#define THEMATA_APP_CHECK_REPORT_H

#include "app/cleaning.h"
#include "app/estimate.h"
#include "app/options.h"
#include "base/error.h"
#include "corpus/corpus.h"
#include "model/duplicates.h"
#include "model/model.h"
#include "text/scripts.h"
#include "text/stopwords.h"

#include <stdbool.h>
#include <stdint.h>

/* A word with how often it stands in the corpus. */
typedef struct FrequentWord {
    WordId word; /* of all words */
    double tokens;
} FrequentWord;

/* Everything there is to report; all is borrowed. */
typedef struct CheckFacts {
    const Options *options;
    Corpus *corpus;
    const CleaningTally *cleaning;
    const Duplicates *duplicates;
    const StopWords *stop;
    const Model *model; /* as far as fit has it before weighting; the documents that stay */
    const Vocabulary *all_words; /* before pruning, those that `kept` and `stopped` are of */
    int64_t all_count;           /* how many there are in all */
    const FrequentWord *kept;    /* of the vocabulary, the most frequent first */
    int64_t kept_count;
    const FrequentWord *stopped; /* of what the stop list takes */
    int64_t stopped_count;
    const double *letters; /* per script; see text/scripts.h */
    int64_t read;          /* documents, before repeated ones were dropped */
    int64_t empty;         /* of those that stay, without any of the words */
    bool numbered;         /* the documents of tables or JSON have numbers for ids */
    FitSizes sizes;
} CheckFacts;

/* Prints the report on standard output, as the options ask for it. */
Status check_report_print(const CheckFacts *facts, Error *error);

#endif
