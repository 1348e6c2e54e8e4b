/* The documents of a model, or those that a model was applied to: what is kept of each, and its
 * line in documents.csv. */
#ifndef THEMATA_MODEL_DOCUMENTS_H
#define THEMATA_MODEL_DOCUMENTS_H

#include "base/error.h"
#include "corpus/corpus.h"
#include "corpus/metadata.h"
#include "corpus/names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EXCERPT_CHARACTERS = 300 };

/* Which columns are the first METADATA_COLUMNS is not known to who has only some of the documents:
 * so many are kept of those until they are joined to the others. */
enum { DOCUMENTS_PART_COLUMNS = 16 * METADATA_COLUMNS };

typedef struct DocumentFacts {
    char *id; /* the five texts are owned; empty ones are document_text's */
    char *title;
    char *date;      /* ISO 8601, or empty; as it was read until metadata_settle_dates */
    char *excerpt;   /* the first 300 characters, white space as single blanks */
    char *values;    /* of the list's columns, each with a NUL behind it: documents_value */
    int value_count; /* of the first so many columns */
    uint64_t hash;   /* of the whole text; 0 if there is none */
    double tokens;   /* occurrences of the model's words: the sum of their counts */
    int64_t terms;   /* how many of the model's words it has */
    int64_t unknown; /* tokens that are not words of the model (applying a model only) */
} DocumentFacts;

/* Start with an all-zero DocumentList. */
typedef struct DocumentList {
    DocumentFacts *items; /* owned */
    int64_t count;
    size_t capacity;
    bool is_part;     /* to be joined to another list; set by the caller */
    NameList columns; /* of metadata, in the order in which they came: at most METADATA_COLUMNS,
                         DOCUMENTS_PART_COLUMNS of a part */
    int64_t cut;      /* values that were too long */
    int64_t beyond;   /* values that were left out because there were more columns */
} DocumentList;

/* Appends what is kept of a document; tokens, terms and unknown are left 0. A column of metadata
 * that is called as one of documents.csv itself gets `meta_` in front. */
Status documents_add(DocumentList *list, const Document *document, Error *error);

/* The value of a column of metadata (counted from 0), or "" if the document has none. O(column). */
const char *documents_value(const DocumentFacts *facts, size_t column);

/* Gives a document these values, one for each of the first `count` columns of its
 * list; NULL is none. They may be its own. */
Status documents_set_values(DocumentFacts *facts, const char *const *values, size_t count,
                            Error *error);
/* Makes the title, or the excerpt, anew from what cleaning has left of it: the first 300
 * characters, white space as single blanks. The hash stays that of the text as it was read. */
Status documents_show_title(DocumentFacts *facts, const char *title, size_t length, Error *error);
Status documents_show_text(DocumentFacts *facts, const char *text, size_t length, Error *error);

/* Appends a document of which there is no text: title, date and excerpt empty, hash 0. */
Status documents_add_id(DocumentList *list, const char *id, Error *error);

/* Moves the documents of `tail`, which is empty afterwards, behind those of `list`. */
Status documents_join(DocumentList *list, DocumentList *tail, Error *error);

/* The document with this id, or −1. O(count). */
int64_t documents_find(const DocumentList *list, const char *id);

/* A copy of a text for DocumentFacts. Of an empty one there is no copy, since most documents have
 * some; so document_text_free is what frees them. */
char *document_text(const char *bytes, size_t length, Error *error);
void document_text_free(char *text);

/* Frees what one document holds; documents_free does it for all. */
void document_facts_free(DocumentFacts *facts);

void documents_free(DocumentList *list);

/* ---- mixtures ---- */

/* What a person asks of one mixture: k shares that sum to 1, or all 0 if the document is not
 * modelled. Topics are counted from 1; of equal shares the lower number comes first. */
typedef struct MixtureSummary {
    bool modelled;
    int topic;  /* the main topic; 0 if not modelled */
    int topic2; /* the second; 0 if no other has a share */
    int topic3; /* the third, as topic2 */
    float share;
    float share2;
    float share3;
    double entropy; /* −Σ share·ln share: 0 (one topic) to ln k (all equal) */
} MixtureSummary;

MixtureSummary mixture_summarise(const float *mixture, int k);

/* ---- documents.csv ---- */

/* Writes documents.csv: doc_id, title, date, n_tokens, n_terms, topic, share, topic2, share2,
 * topic3, share3, entropy, modelled, hash, excerpt, and the columns of metadata; with
 * `with_unknown` also n_unknown behind n_terms. */
Status documents_write(const char *path, const DocumentList *list, const float *mixtures, int k,
                       bool with_unknown, Error *error);

/* Reads the columns that are not derived from mixtures into *list (all-zero before); those behind
 * `excerpt` are metadata. STATUS_INPUT if the file is not as documents_write makes it. */
Status documents_read(const char *path, DocumentList *list, Error *error);

#endif
