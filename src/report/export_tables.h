/* The tables that every export with tables holds, and those that only exports have. Rows refer to
 * rows of tables before them. A table_free releases each. */
#ifndef THEMATA_REPORT_EXPORT_TABLES_H
#define THEMATA_REPORT_EXPORT_TABLES_H

#include "report/tables.h"

enum {
    EXPORT_TOP_WORDS = 10,     /* words in `top_words` */
    EXPORT_WORDS = 100,        /* words of a topic in topic_words, as in the model's own table */
    EXPORT_SHEET_WORDS = 30,   /* words of a topic where people read them */
    EXPORT_TOP_DOCUMENTS = 20, /* documents of a topic where people read them */
};

typedef struct ExportTable {
    const char *sheet; /* what its sheet in a workbook is called; NULL: it has none */
    const char *what;  /* of what there is a row */
    Status (*make)(const Model *model, Table *table, Error *error);
} ExportTable;

/* Every table; ends with a NULL `make`. */
extern const ExportTable export_tables[];

/* What the user says of each topic: topic, label, note, hidden. */
Status labels_table(const Model *model, Table *table, Error *error);

/* All that is known of the documents: doc_id, title, date, n_tokens, n_terms, topic, topic_label,
 * share, topic2, share2, topic3, share3, entropy, modelled, hash, excerpt, and the columns of
 * metadata (with `meta_` in front of a name that is one of these). */
Status all_documents_table(const Model *model, Table *table, Error *error);

enum { ALL_DOCUMENTS_COLUMNS = 16 }; /* of all_documents_table, before metadata */

/* The words: term_id (from 1), term, surface, doc_freq, term_freq, idf. */
Status vocabulary_table(const Model *model, Table *table, Error *error);

/* What the model is, in words: key, value. */
Status facts_table(const Model *model, Table *table, Error *error);

/* The documents that show each topic best, hidden topics left out: topic, label, rank, doc_id,
 * share, title, excerpt. */
Status best_documents_table(const Model *model, Table *table, Error *error);

#endif
