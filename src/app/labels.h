/* Labels that people gave documents, read from a table or taken from the documents' metadata. */
#ifndef THEMATA_APP_LABELS_H
#define THEMATA_APP_LABELS_H

#include "base/error.h"
#include "model/agreement.h"
#include "model/documents.h"
#include "model/metadata.h"

#include <stdbool.h>

/* Where they are to be found; all borrowed. */
typedef struct LabelSource {
    const char *command;           /* that needs them */
    const DocumentList *documents; /* may be empty when the table is read */
    const char *path;              /* of the model or corpus that the documents are of */
    const char *owner;             /* "the model": what has the metadata */
    const char *table;             /* a table with a row for each document; NULL: the metadata */
    const char *id_column;         /* its column with the documents' ids; NULL: found out */
    const char *id_option;         /* the option that says so */
    const char *encoding;          /* the table's; NULL: recognised */
    const char *column;            /* with the labels; NULL: nobody has said which */
    const char *column_option;
    bool quiet;
} LabelSource;

/* Start all-zero. */
typedef struct Labels {
    DocumentList rows; /* of the table */
    int column;        /* of the table */
    MetadataNotes notes;
    const char **values; /* owned: of each document what stands in the column, or NULL */
    Classes classes;     /* of these */
} Labels;

/* Reads the table, if there is one: before long work, so that it can be refused early.
 * STATUS_USAGE, naming the columns there are, if none was said; STATUS_INPUT if there is no such
 * column. */
Status labels_read(const LabelSource *source, Labels *labels, Error *error);

/* Gives the documents what it says, saying on standard error which rows were matched, or takes the
 * labels from their metadata, with the same errors. */
Status labels_match(const LabelSource *source, Labels *labels, Error *error);

void labels_free(Labels *labels);

#endif
