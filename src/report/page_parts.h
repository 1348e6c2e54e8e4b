/* The parts of a report (report/page.h), for its own sources alone: what they share, and the
 * function of each block of data. */
#ifndef THEMATA_REPORT_PAGE_PARTS_H
#define THEMATA_REPORT_PAGE_PARTS_H

#include "base/json_writer.h"
#include "model/best_documents.h"
#include "model/similarity.h"
#include "model/timeline.h"
#include "model/topic_map.h"
#include "report/page.h"
#include "report/slice_tables.h"

enum {
    PAGE_STATIC_WORDS = 10, /* words of a topic in the static part */
    PAGE_SNIPPET = 240,     /* characters of a document's beginning */
    PAGE_VALUE = 200,       /* characters of a value of metadata */
};

/* What several parts need; made once, start all-zero. */
typedef struct PageData {
    const Page *page;
    const Model *model; /* page->model */
    char *title;        /* owned */
    char *facts;        /* owned: the collection and the model in a sentence */
    char **names;       /* owned, k: what topics are called while nobody names them */
    double *masses;     /* owned, m: relevant_words_masses */
    DocumentSelection shown;
    BestDocuments best;
    Timeline timeline;
    GroupField *fields; /* owned: the columns of metadata that sort documents */
    size_t field_count;
    TopicPair *pairs; /* owned: of k ≥ 2 topics, as the map */
    TopicMap map;
} PageData;

Status page_data_make(const Page *page, PageData *data, Error *error);
void page_data_free(PageData *data);

/* The title, the facts, the topics and their first words, for who has no script. */
Status page_write_static(const PageData *data, FILE *file, Error *error);

/* ---- the blocks ---- */

typedef Status PageBlockWriter(const void *data, JsonWriter *json, Error *error);

PageBlockWriter page_write_meta, page_write_topics, page_write_words, page_write_documents,
    page_write_text, page_write_time, page_write_groups, page_write_pairs, page_write_map,
    page_write_quality, page_write_about;

/* Writes, as a value, the first `most` characters of a text, the last of them … if there are more.
 */
Status page_cut_text(const char *text, int64_t most, JsonWriter *json, Error *error);

/* The tokens of all documents. */
double page_tokens(const Model *model);

/* A number, or null if it is not finite, which sums over a matrix of huge values need not be. */
void page_number(JsonWriter *json, double value);
void page_key_number(JsonWriter *json, const char *name, double value);

#endif
