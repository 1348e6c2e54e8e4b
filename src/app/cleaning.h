/* Cleaning documents as they are read (text/clean.h), and what is noticed on the way. */
#ifndef THEMATA_APP_CLEANING_H
#define THEMATA_APP_CLEANING_H

#include "app/options.h"
#include "base/error.h"
#include "corpus/corpus.h"
#include "model/documents.h"
#include "text/clean.h"

#include <stdbool.h>
#include <stdint.h>

/* Fills *clean (all-zero before) with the rules that the options ask for. STATUS_USAGE when one
 * cannot be understood. */
Status cleaning_options(const Options *options, CleanOptions *clean, Error *error);

typedef struct CleaningTally {
    int64_t documents; /* that went through */
    int64_t bytes;     /* of their texts, as they were read */
    int64_t tagged;    /* documents with tags or references of HTML, if they were looked for */
} CleaningTally;

/* For one thread. Start with an all-zero Cleaning. */
typedef struct Cleaning {
    Cleaner *cleaner; /* owned; NULL: nothing is to be taken out */
    bool looks;       /* for HTML, which nobody asked to be taken out */
    Buffer title;     /* owned: room */
    CleaningTally tally;
} Cleaning;

/* Makes ready; with `looks`, tags are looked for unless --html takes them out. The rules are
 * borrowed until cleaning_end. Errors are cleaner_new's. */
Status cleaning_begin(const CleanOptions *rules, bool looks, Cleaning *cleaning, Error *error);

/* Sets *text to what is left of the document's text; it lives until the next call, or as long as
 * the document. If that is not all, the excerpt in *facts is made anew, and so is the title: if it
 * was the text's first line, of the new text's; else it is cleaned by itself. */
Status cleaning_apply(Cleaning *cleaning, const Document *document, DocumentFacts *facts,
                      const char **text, size_t *length, Error *error);

/* Whether so many documents hold tags (more than a fifth) that it should be said. */
bool cleaning_should_suggest_html(const CleaningTally *tally);

/* Says so, on standard error. */
void cleaning_suggest_html(const CleaningTally *tally);

/* Adds one thread's to those of all. */
void cleaning_add_tally(const CleaningTally *part, CleaningTally *sum);

void cleaning_end(Cleaning *cleaning);

#endif
