/* CSV, and tables whose dialect is sniffed. Whatever the bytes: the same records, documents and
 * errors whether they come one at a time or all at once; and records, written by RFC 4180, are read
 * again as they were.
 *
 * Input: a byte that chooses delimiter and quote, then the file. */
#include "documents.h"

#include "base/csv_writer.h"
#include "corpus/csv_reader.h"

#include <stdlib.h>

enum { LIMIT = 1 << 20 };

/* All records of a file: each field with a NUL behind it, each record with a byte 1; if it ends in
 * an error, what stood before. */
static Status read_records(FuzzInput bytes, size_t step, CsvDialect dialect, Buffer *records,
                           Error *error)
{
    FuzzStream stream = {0};
    Error ignored;
    fuzz_stream_begin(&stream, bytes.bytes, bytes.length, step);
    CsvReader *reader = csv_reader_new(&stream.stream, "x.csv", dialect, LIMIT, error);
    REQUIRE(reader != NULL);
    const CsvRecord *record = NULL;
    int64_t number = 0, line = 0;
    Status status;
    while (!(status = csv_reader_next(reader, &record, error)) && record) {
        REQUIRE(record->number == ++number && record->line > line && record->count > 0);
        line = record->line;
        for (size_t i = 0; i < record->count; i++) {
            REQUIRE_OK(
                buffer_append(records, record->fields[i], strlen(record->fields[i]) + 1, &ignored),
                &ignored);
        }
        REQUIRE_OK(buffer_append_byte(records, 1, &ignored), &ignored);
    }
    REQUIRE(status == STATUS_OK || status == STATUS_INPUT);
    csv_reader_free(reader);
    stream_free(&stream.stream);
    return status;
}

/* What read_records made, as CSV; freed by the caller. */
static char *write_records(const Buffer *records, size_t *length)
{
    char *bytes = NULL;
    CsvWriter csv = {.file = open_memstream(&bytes, length)};
    REQUIRE(csv.file != NULL);
    const char *at = buffer_text(records), *end = at + records->length;
    while (at < end) {
        if (*at == 1 && csv.position > 0) {
            csv_end_line(&csv);
            at++;
        } else {
            csv_text(&csv, at);
            at += strlen(at) + 1;
        }
    }
    REQUIRE(fclose(csv.file) == 0);
    return bytes;
}

static void check_records(FuzzInput bytes, size_t step, CsvDialect dialect)
{
    Buffer whole = {0}, slow = {0}, again = {0};
    Error first = {0}, second = {0};
    const Status status = read_records(bytes, LIMIT, dialect, &whole, &first);
    REQUIRE(read_records(bytes, step, dialect, &slow, &second) == status);
    /* A line with a NUL is refused for that before its other faults, if it comes in one piece. */
    REQUIRE(status == STATUS_OK || memchr(bytes.bytes, '\0', bytes.length) ||
            strcmp(first.message, second.message) == 0);
    REQUIRE(whole.length == slow.length);
    REQUIRE(whole.length == 0 || memcmp(whole.bytes, slow.bytes, whole.length) == 0);
    /* Not where a field may begin with write_records' own mark, or the first with a byte order
     * mark, which the reader would pass over. */
    if (whole.length && !memchr(bytes.bytes, 1, bytes.length) &&
        strncmp(whole.bytes, "\xEF\xBB\xBF", 3) != 0) {
        size_t length;
        char *text = write_records(&whole, &length);
        REQUIRE_OK(read_records((FuzzInput){(const uint8_t *)text, length}, LIMIT, csv_rfc4180,
                                &again, &second),
                   &second);
        REQUIRE(again.length == whole.length);
        REQUIRE(memcmp(again.bytes, whole.bytes, whole.length) == 0);
        free(text);
    }
    buffer_free(&whole);
    buffer_free(&slow);
    buffer_free(&again);
}

static void check_table(FuzzInput bytes, size_t step, const char *name,
                        const CorpusOptions *options)
{
    Reading whole, slow;
    read_documents(table_reader_new, name, bytes, LIMIT, options, &whole);
    read_documents(table_reader_new, name, bytes, step, options, &slow);
    if (!memchr(bytes.bytes, '\0', bytes.length)) {
        require_same_reading(&whole, &slow);
    }
    reading_free(&whole);
    reading_free(&slow);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', '\t', ';', '|'};
    static const char quotes[] = {'"', '\'', '\0', '"'};
    FuzzInput input = {data, size};
    const uint8_t choice = fuzz_byte(&input);
    const size_t step = 1 + choice / 64;
    const CsvDialect dialect = {delimiters[choice & 3], quotes[choice >> 2 & 3]};
    CorpusOptions options = {
        .header = (CorpusHeader)(choice >> 4 & 1 ? CORPUS_HEADER_AUTO : CORPUS_HEADER_NO),
        .text_column = choice >> 4 & 1 ? NULL : "1,2",
        .limits = {.document_bytes = LIMIT},
    };
    check_records(input, step, dialect);
    check_table(input, step, choice >> 5 & 1 ? "x.tsv" : "x.csv", &options);
    return 0;
}
