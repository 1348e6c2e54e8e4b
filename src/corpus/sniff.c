#include "corpus/sniff.h"

#include "corpus/names.h"
#include "corpus/reader.h"
#include "corpus/recognise.h"

#include <string.h>

/* How well the sample is read with one dialect. */
typedef struct Fit {
    CsvDialect dialect;
    size_t fields; /* of the first record */
    int64_t records;
    int64_t alike;   /* records with as many fields as the first */
    bool failed;     /* it is no CSV in this dialect */
    bool quotes;     /* a field has the quote around it */
    bool is_heading; /* the first record has a usual name of a text column */
} Fit;

/* ---- trying ---- */

static Status take_heading(const CsvRecord *record, Fit *fit, Error *error)
{
    NameList names = {0};
    Status status = STATUS_OK;
    for (size_t i = 0; i < record->count && !status; i++) {
        status = name_list_add(&names, record->fields[i], error);
    }
    fit->fields = record->count;
    fit->is_heading = !status && name_list_find_usual(&names, names_of_text) != NAME_NOT_FOUND;
    name_list_free(&names);
    return status;
}

/* Whether a quote begins a field: at the beginning, behind a delimiter or behind a line end. */
static bool has_quoted_field(const char *bytes, size_t length, CsvDialect dialect)
{
    char before = '\n';
    for (size_t i = 0; i < length && dialect.quote; i++) {
        if (bytes[i] == dialect.quote &&
            (before == dialect.delimiter || before == '\n' || before == '\r')) {
            return true;
        }
        before = bytes[i];
    }
    return false;
}

/* Reads the sample in one dialect. Its last record may be cut off, unless it is the whole file. */
static Status try_dialect(const char *bytes, size_t length, bool whole, CsvDialect dialect,
                          Fit *fit, Error *error)
{
    *fit = (Fit){.dialect = dialect, .quotes = has_quoted_field(bytes, length, dialect)};
    Stream stream = {0};
    const CsvRecord *record = NULL;
    Status status = stream_begin_memory(&stream, bytes, length, error);
    CsvReader *reader = status ? NULL : csv_reader_new(&stream, "", dialect, length + 1, error);
    status = reader ? STATUS_OK : error_status(error);
    while (!status) {
        size_t left;
        status = csv_reader_next(reader, &record, error);
        (void)stream_ahead(&stream, &left);
        if (status || !record || (left == 0 && !whole && fit->records > 0)) {
            fit->failed = status && (whole || left > 0);
            break;
        }
        status = fit->records == 0 ? take_heading(record, fit, error) : STATUS_OK;
        fit->records++;
        fit->alike += record->count == fit->fields;
    }
    csv_reader_free(reader);
    stream_free(&stream);
    return status == STATUS_INPUT ? STATUS_OK : status;
}

/* The part of the records that are alike; 0 for a single column. */
static double goodness(const Fit *fit)
{
    return fit->fields < 2 ? 0.0
                           : (double)fit->alike / (double)(fit->records + (fit->failed ? 1 : 0));
}

/* ---- choosing ---- */

/* One character, or the word that stands for one that is hard to type. */
static char option_character(const char *option, const char *word, char meaning)
{
    return strcmp(option, word) == 0 || strcmp(option, "\\t") == 0 ? meaning : option[0];
}

/* Whether this dialect may be chosen at all: ' only if it is used, none only where a tab separates
 * and " is no quote. */
static bool is_allowed(const CorpusOptions *options, const Fit *fit)
{
    if (options->quote) {
        return true;
    }
    const bool tabs = fit->dialect.delimiter == '\t';
    return fit->dialect.quote == '\''  ? fit->quotes && !fit->failed
           : fit->dialect.quote == '"' ? !tabs || (fit->quotes && !fit->failed)
                                       : tabs;
}

static Status choose(const CorpusOptions *options, const char *name, Stream *stream, Fit *best,
                     Error *error)
{
    static const char all_delimiters[] = "\t,;|", all_quotes[] = {'"', '\'', '\0'};
    char delimiters[] = {0, 0}, quote = '\0';
    if (options->delimiter || name_is_of_tabs(name)) {
        delimiters[0] =
            options->delimiter ? option_character(options->delimiter, "tab", '\t') : '\t';
    }
    if (options->quote) {
        quote = option_character(options->quote, "none", '\0');
    }
    size_t length;
    Status status = stream_fill(stream, READER_SAMPLE_BYTES, error);
    const char *bytes = stream_ahead(stream, &length);
    *best = (Fit){0};
    double best_goodness = -1.0;
    for (const char *d = delimiters[0] ? delimiters : all_delimiters; *d && !status; d++) {
        for (size_t q = 0; q < (options->quote ? 1 : sizeof all_quotes) && !status; q++) {
            Fit fit;
            const CsvDialect dialect = {.delimiter = *d,
                                        .quote = options->quote ? quote : all_quotes[q]};
            status = try_dialect(bytes, length, stream->ended, dialect, &fit, error);
            if (!status && is_allowed(options, &fit) && goodness(&fit) > best_goodness) {
                *best = fit;
                best_goodness = goodness(&fit);
            }
        }
    }
    if (!status && best_goodness <= 0.0) { /* a single column */
        best->dialect = (CsvDialect){.delimiter = delimiters[0] ? delimiters[0] : ',',
                                     .quote = options->quote ? quote : '"'};
    }
    return status;
}

Status sniff_dialect(const CorpusOptions *options, const char *name, Stream *stream,
                     CsvDialect *dialect, Error *error)
{
    Fit best;
    Status status = choose(options, name, stream, &best, error);
    *dialect = best.dialect;
    return status;
}

Status sniff_is_table(const CorpusOptions *options, const char *name, Stream *stream,
                      bool *is_table, Error *error)
{
    Fit best;
    Status status = choose(options, name, stream, &best, error);
    *is_table = !status && best.is_heading && best.records > 1 && goodness(&best) >= 1.0;
    return status;
}
