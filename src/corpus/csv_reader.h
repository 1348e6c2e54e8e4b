/* Reading CSV, for every floor above: RFC 4180 strictly, UTF-8, a record at a time (libcsv). */
#ifndef THEMATA_CORPUS_CSV_READER_H
#define THEMATA_CORPUS_CSV_READER_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct CsvRecord {
    int64_t number; /* 1 for the first record of the file, the heading if there is one */
    size_t count;
    const char *const *fields; /* count texts; live until the function returns */
} CsvRecord;

/* Called with each record; anything but STATUS_OK ends the reading with that status. */
typedef Status CsvRecordFunction(void *context, const CsvRecord *record, Error *error);

/* Reads the whole file. STATUS_INPUT, naming file and record, when it cannot be read, is not CSV or
 * holds a NUL. A byte order mark and empty lines are passed over. */
Status csv_read_file(const char *path, CsvRecordFunction *function, void *context, Error *error);

#endif
