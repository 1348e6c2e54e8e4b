/* What several commands do with their results: a table on standard output, tables as files, the
 * notes about files that were skipped or repaired. */
#ifndef THEMATA_APP_RESULT_H
#define THEMATA_APP_RESULT_H

#include "app/options.h"
#include "base/error.h"
#include "corpus/corpus.h"
#include "report/table.h"

/* Prints a table as the options ask for it. That the output arrived is checked at the end of the
 * program. */
Status result_print(const Options *options, const Table *table, Error *error);

/* Writes `directory`/tables/NAME.csv; `directory`/tables exists. */
Status result_save_table(const char *directory, const Table *table, Error *error);

/* The same with a table that was just made with `status`, if that is STATUS_OK; frees the table and
 * returns what went wrong first. */
Status result_save_made(const char *directory, Status status, Table *table, Error *error);

/* Makes `directory`/tables. */
Status result_make_tables(const char *directory, Error *error);

/* Warns of skipped and repaired files; `output` (may be NULL) holds the list of them. */
void result_warn_notes(const CorpusNotes *notes, const char *output);

#endif
