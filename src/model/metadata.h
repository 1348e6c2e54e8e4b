/* What is settled about the documents' metadata once all of them are read: which row of another
 * table is about which document, and what their dates mean. */
#ifndef THEMATA_MODEL_METADATA_H
#define THEMATA_MODEL_METADATA_H

#include "base/error.h"
#include "corpus/date.h"
#include "model/documents.h"

#include <stddef.h>
#include <stdint.h>

/* ---- what could not be settled ---- */

typedef enum MetadataNoteKind {
    METADATA_NO_ROW,      /* a document without a row */
    METADATA_NO_DOCUMENT, /* a row without a document */
    METADATA_REPEATED,    /* a row about a document that has one already */
    METADATA_NO_DATE,     /* a date that could not be read */
    METADATA_SKIPPED,     /* a row that could not be read */
    METADATA_MENDED,      /* a row that was not UTF-8 */
} MetadataNoteKind;

/* The names of these values. */
extern const char *const metadata_note_names[];

typedef struct MetadataNote {
    MetadataNoteKind kind;
    char *id;    /* owned: of the document, or what the row says, or the row's file and line */
    int64_t row; /* from 1, the heading not counted; 0: it is about a document, or not known */
    char *value; /* owned: the date as it stands there, or what is wrong with a row; or empty */
} MetadataNote;

/* Start all-zero. */
typedef struct MetadataNotes {
    MetadataNote *items; /* owned */
    size_t count;
    size_t capacity;
} MetadataNotes;

/* Takes over what was noted when the table of rows was read. */
Status metadata_notes_take(MetadataNotes *notes, const CorpusNotes *of_table, Error *error);

void metadata_notes_free(MetadataNotes *notes);

/* ---- another table ---- */

/* How much of a document's id and of a row's is compared. */
typedef enum JoinRule {
    JOIN_EXACT,
    JOIN_PATH,                         /* without ./ or / in front */
    JOIN_ROW_BELOW,                    /* the row's without its first folder */
    JOIN_OWN_BELOW,                    /* the document's without its first folder */
    JOIN_NAME,                         /* the file's name alone */
    JOIN_STARTS,                       /* so many are about the beginning … */
    JOIN_WITHOUT_ENDING = JOIN_STARTS, /* … and added to one of them, about the end */
    JOIN_RULES = 2 * JOIN_STARTS,
} JoinRule;

typedef struct JoinTally {
    size_t column;    /* of the rows' that holds the ids */
    JoinRule rule;    /* the one by which most documents have a row; the first of equal ones */
    int64_t matched;  /* documents */
    int64_t alone;    /* documents without a row */
    int64_t left;     /* rows without a document */
    int64_t repeated; /* rows beyond the first one of a document */
} JoinTally;

/* A table with a row for each document; all is borrowed. */
typedef struct MetadataTable {
    const DocumentList *rows;
    const char *path;      /* the subject of errors */
    const char *id_column; /* in which the ids stand; NULL: found out */
    const char *id_option; /* the option that says it, for hints */
} MetadataTable;

/* The position of a column by the name that the file has for it: one that documents.csv has too
 * goes by another here. NAME_NOT_FOUND if there is none. */
int metadata_find_column(const NameList *columns, const char *name);

/* The column in which the ids of documents stand: the one asked for, or one with a usual name;
 * NAME_NOT_FOUND if there is none and all have to be tried. STATUS_INPUT if there is no such
 * column. */
Status metadata_choose_column(const MetadataTable *table, int *column, Error *error);

/* Finds the row of each document: row_of[d], as many as documents, is its number from 1, or 0. The
 * ids stand in the column that metadata_choose_column tells, or in the one by which most documents
 * have a row. By one rule for all; where that makes documents alike it matches none of them. Rows
 * that are of no use are noted. STATUS_INPUT if there is no such column or no row is about a
 * document. O(columns · (documents + rows)). */
Status metadata_match(const DocumentList *documents, const MetadataTable *table, JoinTally *tally,
                      int64_t *row_of, MetadataNotes *notes, Error *error);

/* Gives every document the values of the row that is about it, behind its own, and its title and
 * date, if it has them; a column that the documents have already gets another name. As
 * metadata_match. */
Status metadata_join(DocumentList *documents, const MetadataTable *table, JoinTally *tally,
                     MetadataNotes *notes, Error *error);

/* ---- dates ---- */

typedef struct DateTally {
    int64_t read;
    int64_t unread;      /* of those that are not empty */
    int64_t either;      /* of those, the ones with day and month in an order that is not known */
    int64_t day_first;   /* of all, those that show it */
    int64_t month_first; /* likewise */
} DateTally;

/* Makes the documents' dates ISO 8601; those that cannot be read are noted and then empty. With
 * DATE_AUTO the order of day and month is that of the dates that show it, if all of these agree;
 * where none does, dates with dots between have the day in front and others are not read. */
Status metadata_settle_dates(DocumentList *documents, DateOrder order, DateTally *tally,
                             MetadataNotes *notes, Error *error);

/* The documents that have a date, and the first and the last of these, borrowed; NULL if there is
 * none. Dates are ISO 8601, whose byte order is that of time, time zones aside. */
typedef struct DateRange {
    int64_t count;
    const char *first;
    const char *last;
} DateRange;

DateRange metadata_date_range(const DocumentList *documents);

#endif
