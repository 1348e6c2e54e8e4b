#include "corpus/csv_reader.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"

#include <csv.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const CsvDialect csv_rfc4180 = {.delimiter = ',', .quote = '"'};

enum { CHUNK = 1 << 16 };

/* libcsv reports field by field; the record is gathered here. Its callbacks cannot return an error,
 * so the first one is kept in `status` and everything after it is ignored. */
struct CsvReader {
    struct csv_parser parser;
    Stream *stream;
    const char *path;
    size_t limit;
    Error *error; /* of the call that is running */
    Status status;
    Buffer text;    /* the record's fields, each with a NUL behind it */
    size_t *starts; /* where each field begins in `text` */
    size_t starts_capacity;
    const char **fields;
    size_t fields_capacity;
    size_t count;
    size_t bytes;      /* of the record so far */
    int64_t line;      /* the one that is read now, from 1 */
    int64_t open_line; /* where the field began that is read now */
    bool after_return; /* the last byte was a CR: an LF is of the same line end */
    bool complete;     /* the record is */
    bool finished;
    CsvRecord record;
};

static void take_field(void *bytes, size_t length, void *context)
{
    CsvReader *r = context;
    if (!r->status) {
        r->status = memory_reserve(&r->starts, &r->starts_capacity, r->count + 1, sizeof *r->starts,
                                   r->error);
    }
    if (r->status) {
        return;
    }
    r->starts[r->count] = r->text.length;
    r->status = buffer_append(&r->text, bytes, length, r->error);
    if (!r->status) {
        r->status = buffer_append_byte(&r->text, '\0', r->error);
        r->count++;
    }
}

static void take_record_end(int terminator, void *context)
{
    (void)terminator;
    CsvReader *r = context;
    if (!r->status) {
        r->status =
            memory_reserve(&r->fields, &r->fields_capacity, r->count, sizeof *r->fields, r->error);
    }
    if (r->status) {
        return;
    }
    for (size_t i = 0; i < r->count; i++) {
        r->fields[i] = r->text.bytes + r->starts[i];
    }
    r->record.number++;
    r->record.count = r->count;
    r->record.fields = r->fields;
    r->complete = true;
}

static int never_a_blank(unsigned char byte)
{
    (void)byte;
    return 0; /* libcsv would otherwise strip blanks around fields */
}

/* ---- pieces that end with a line ---- */

/* The length of the stretch up to and with the first line end, CR or LF. */
static size_t piece_length(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && bytes[at] != '\n' && bytes[at] != '\r') {
        at++;
    }
    return at < length ? at + 1 : length;
}

static Status set_refusal(CsvReader *r, const char *what, Error *error)
{
    return error_set(error, STATUS_INPUT, "%s: line %" PRId64 ": %s (record %" PRId64 ")", r->path,
                     r->line, what, r->record.number + 1);
}

static Status check_piece(CsvReader *r, const char *bytes, size_t length, Error *error)
{
    if (memchr(bytes, '\0', length)) {
        return set_refusal(r, "a NUL byte", error);
    }
    if (r->bytes + length > r->limit) {
        return error_set(error, STATUS_INPUT,
                         "%s: line %" PRId64 ": the record that begins here is larger than %zu "
                         "bytes",
                         r->path, r->record.line, r->limit);
    }
    return STATUS_OK;
}

/* libcsv has refused a piece. */
static Status set_broken(CsvReader *r, Error *error)
{
    if (csv_error(&r->parser) != CSV_EPARSE) {
        return error_set(error, STATUS_FAILED, "%s: line %" PRId64 ": out of memory: a field",
                         r->path, r->open_line);
    }
    return set_refusal(r,
                       r->parser.quoted
                           ? "is not CSV: text behind the quote that ends a field"
                           : "is not CSV: a quote in a field that does not begin with one",
                       error);
}

/* Counts the line that the piece ends, if it ends one. */
static void count_line(CsvReader *r, char last)
{
    r->line += last == '\n' || last == '\r';
    r->after_return = last == '\r';
}

/* Hands a piece to libcsv. At most one record ends in it, with its last byte. */
static Status parse_piece(CsvReader *r, const char *bytes, size_t length, Error *error)
{
    if (r->after_return && bytes[0] == '\n') {
        r->line--; /* CRLF is one line end; it may stand within quotes, so libcsv must see it */
    }
    if (r->bytes == 0) {
        r->record.line = r->line;
        r->open_line = r->line;
    }
    Status status = check_piece(r, bytes, length, error);
    if (status) {
        return status;
    }
    const size_t fields = r->count;
    r->bytes += length;
    if (csv_parse(&r->parser, bytes, length, take_field, take_record_end, r) < length &&
        !r->status) {
        return set_broken(r, error);
    }
    if (r->count > fields) {
        r->open_line = r->line;
    }
    count_line(r, bytes[length - 1]);
    if (!r->complete && r->count == 0 && r->parser.entry_pos == 0 && !r->parser.quoted) {
        r->bytes = 0; /* an empty line */
    }
    return r->status;
}

static Status finish(CsvReader *r, Error *error)
{
    r->finished = true;
    if (csv_fini(&r->parser, take_field, take_record_end, r) != 0) {
        r->line = r->open_line;
        return set_refusal(r, "the quote that opens a field here is not closed", error);
    }
    return r->status;
}

/* Parses the next piece that is ahead; the end, if nothing is. */
static Status parse_ahead(CsvReader *r, Error *error)
{
    size_t length;
    const char *ahead = stream_ahead(r->stream, &length);
    if (length == 0) {
        return finish(r, error);
    }
    length = piece_length(ahead, length);
    stream_skip(r->stream, length);
    return parse_piece(r, ahead, length, error);
}

/* ---- the reader ---- */

CsvReader *csv_reader_new(Stream *stream, const char *path, CsvDialect dialect, size_t limit,
                          Error *error)
{
    CsvReader *reader = memory_new(1, sizeof *reader, error);
    if (!reader) {
        return NULL;
    }
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        error_set(error, STATUS_FAILED, "the CSV reader cannot be set up");
        free(reader);
        return NULL;
    }
    csv_set_space_func(&reader->parser, never_a_blank);
    csv_set_blk_size(&reader->parser, CHUNK); /* by 128 bytes a long field would grow for ever */
    csv_set_delim(&reader->parser, (unsigned char)dialect.delimiter);
    csv_set_quote(&reader->parser, (unsigned char)dialect.quote);
    reader->stream = stream;
    reader->path = path;
    reader->limit = limit;
    return reader;
}

/* Passes over the byte order mark that spreadsheets put in front. */
static Status begin(CsvReader *reader, Error *error)
{
    size_t length;
    reader->line = 1;
    Status status = stream_fill(reader->stream, 3, error);
    const char *ahead = stream_ahead(reader->stream, &length);
    if (!status && length >= 3 && memcmp(ahead, "\xEF\xBB\xBF", 3) == 0) {
        stream_skip(reader->stream, 3);
    }
    return status;
}

/* An error of the stream gets its subject. */
static Status set_unreadable(const CsvReader *reader, Error *error)
{
    char place[32];
    snprintf(place, sizeof place, "line %" PRId64, reader->line);
    error_put_subject(error, place);
    return error_put_subject(error, reader->path);
}

Status csv_reader_next(CsvReader *reader, const CsvRecord **record, Error *error)
{
    reader->error = error;
    reader->complete = false;
    reader->count = 0;
    reader->bytes = 0;
    buffer_clear(&reader->text);
    *record = NULL;
    Status status = reader->line ? STATUS_OK : begin(reader, error);
    if (!status) {
        status = stream_fill(reader->stream, 1, error);
    }
    while (!status && !reader->complete && !reader->finished) {
        Status parsed = parse_ahead(reader, error);
        if (parsed) {
            return parsed;
        }
        status = stream_fill(reader->stream, 1, error);
    }
    *record = !status && reader->complete ? &reader->record : NULL;
    return status ? set_unreadable(reader, error) : STATUS_OK;
}

void csv_reader_free(CsvReader *reader)
{
    if (reader) {
        csv_free(&reader->parser);
        buffer_free(&reader->text);
        free(reader->starts);
        free(reader->fields);
        free(reader);
    }
}

/* ---- whole files ---- */

static Status read_file(void *context, char *bytes, size_t room, size_t *length, Error *error)
{
    FILE *file = context;
    *length = fread(bytes, 1, room < CHUNK ? room : CHUNK, file);
    return *length == 0 && ferror(file)
               ? error_set(error, STATUS_INPUT, "cannot be read (%s)", strerror(errno))
               : STATUS_OK;
}

Status csv_read_file(const char *path, CsvRecordFunction *function, void *context, Error *error)
{
    FILE *file = file_open(path, error);
    if (!file) {
        return error_status(error);
    }
    Stream stream = {0};
    stream_begin(&stream, read_file, file);
    const CsvRecord *record = NULL;
    CsvReader *reader = csv_reader_new(&stream, path, csv_rfc4180, SIZE_MAX / 2, error);
    Status status = reader ? STATUS_OK : error_status(error);
    do {
        status = status ? status : csv_reader_next(reader, &record, error);
        status = !status && record ? function(context, record, error) : status;
    } while (!status && record);
    csv_reader_free(reader);
    stream_free(&stream);
    fclose(file);
    return status;
}
