/* Reading CSV, for every floor above: RFC 4180 strictly, a record at a time (libcsv). */
#ifndef THEMATA_CORPUS_CSV_READER_H
#define THEMATA_CORPUS_CSV_READER_H

#include "base/error.h"
#include "corpus/stream.h"

#include <stddef.h>
#include <stdint.h>

/* What separates fields and what may stand around one; no quote: '\0'. */
typedef struct CsvDialect {
    char delimiter;
    char quote;
} CsvDialect;

extern const CsvDialect csv_rfc4180; /* , and " */

typedef struct CsvRecord {
    int64_t number; /* 1 for the first record of the file, the heading if there is one */
    int64_t line;   /* where it begins, from 1 */
    size_t count;
    const char *const *fields; /* count texts */
} CsvRecord;

typedef struct CsvReader CsvReader;

/* Reads what is left of a stream; a byte order mark is passed over. `path` names it in messages.
 * Both are borrowed until the reader is freed. A record may have `limit` bytes. NULL without
 * memory. */
CsvReader *csv_reader_new(Stream *stream, const char *path, CsvDialect dialect, size_t limit,
                          Error *error);

/* *record is the next one, which lives until the next call, or NULL behind the last. Empty lines
 * are passed over. STATUS_INPUT, naming file, line and record, when that is not CSV, holds a NUL,
 * or is larger than the limit. */
Status csv_reader_next(CsvReader *reader, const CsvRecord **record, Error *error);

void csv_reader_free(CsvReader *reader); /* takes NULL */

/* Called with each record; anything but STATUS_OK ends the reading with that status. */
typedef Status CsvRecordFunction(void *context, const CsvRecord *record, Error *error);

/* Reads a whole file by RFC 4180. Also STATUS_INPUT when it cannot be read. */
Status csv_read_file(const char *path, CsvRecordFunction *function, void *context, Error *error);

#endif
