/* The table that --metadata names, and what fit and infer do with it and with the documents' dates
 * once these are read. */
#ifndef THEMATA_APP_METADATA_INPUT_H
#define THEMATA_APP_METADATA_INPUT_H

#include "app/options.h"
#include "base/error.h"
#include "corpus/corpus.h"
#include "model/documents.h"
#include "model/metadata.h"

/* Start all-zero. */
typedef struct MetadataInput {
    DocumentList rows; /* the table, a document without a text for each row */
    JoinTally joined;
    DateTally dates;
    MetadataNotes notes;
} MetadataInput;

/* The corpus' options without those that are about the table that --metadata names: with it
 * --date-column is one of that table, and so is, where the corpus is a directory of texts,
 * --id-column. */
CorpusOptions metadata_input_corpus(const Options *options, const char *corpus_path);

/* Reads the rows of a table with a heading, documents without a text, into *rows (all-zero before);
 * what had to be skipped or repaired goes into *notes. STATUS_INPUT if there are none. */
Status metadata_rows_read(const char *path, const CorpusOptions *options, DocumentList *rows,
                          MetadataNotes *notes, Error *error);

/* Reads the table, if there is one to be read: before the corpus, so that it can be refused early.
 */
Status metadata_input_read(MetadataInput *input, const Options *options, const char *corpus_path,
                           Error *error);

/* Says which rows were matched, unless `quiet`, and warns of those that were not; `what` begins the
 * line. */
void metadata_tell_join(const MetadataTable *table, const JoinTally *joined, const char *what,
                        bool quiet);

/* Gives the documents what the table says and makes their dates ISO 8601; says what it did on
 * standard error, unless --quiet, and warns of what it could not do. `output` (may be NULL) is
 * where the list of that will be. */
Status metadata_input_settle(MetadataInput *input, const Options *options, const char *corpus_path,
                             const char *output, DocumentList *documents, Error *error);

/* Writes `directory`/tables/metadata.csv, if there is anything to list. */
Status metadata_input_save(const MetadataInput *input, const char *directory, Error *error);

void metadata_input_free(MetadataInput *input);

#endif
