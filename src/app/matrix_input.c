#include "app/matrix_input.h"

#include "app/messages.h"
#include "matrix/market.h"
#include "text/name_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static Status set_bad_shape(const char *path, int64_t has, const char *lines, int64_t expected,
                            const char *what, const char *names, Error *error)
{
    error_set(error, STATUS_INPUT,
              "%s: has %" PRId64 " %s (%" PRId64 " were expected, one for each %s of %s)", path,
              has, lines, expected, what, names);
    return error_hint(error, "rows are words, columns are documents");
}

/* A column may be empty, so a small file can rightly say that it has many: of documents that nobody
 * has named, as many are believed as the file has bytes. */
static Status check_size(const Options *options, const MarketSize *size, const Vocabulary *words,
                         const Vocabulary *names, Error *error)
{
    const char *path = options->matrix;
    if (size->rows_are_least) {
        if (size->rows > words->count) {
            return error_set(error, STATUS_INPUT,
                             "%s: has a word %" PRId64 " (%u are in %s, the first is 0)", path,
                             size->rows - 1, words->count, options->vocabulary);
        }
    } else if (size->rows != words->count) {
        return set_bad_shape(path, size->rows, "rows", words->count, "word", options->vocabulary,
                             error);
    }
    if (options->document_ids && size->columns != names->count) {
        return set_bad_shape(path, size->columns, "columns", names->count, "document",
                             options->document_ids, error);
    }
    if (size->columns == 0) {
        return error_set(error, STATUS_INPUT, "%s: holds no documents", path);
    }
    if (!options->document_ids && size->columns > size->bytes) {
        error_set(error, STATUS_INPUT,
                  "%s: %" PRId64 " columns are too many for a file of %" PRId64 " bytes", path,
                  size->columns, size->bytes);
        return error_hint(error, "if it has so many, name them with --documents");
    }
    return STATUS_OK;
}

static Status add_documents(const Vocabulary *names, int64_t count, DocumentList *documents,
                            Error *error)
{
    Status status = STATUS_OK;
    for (int64_t d = 0; d < count && !status; d++) {
        char number[24];
        snprintf(number, sizeof number, "%" PRId64, d + 1);
        status = documents_add_id(documents,
                                  names->count ? vocabulary_word(names, (WordId)d) : number, error);
    }
    return status;
}

Status matrix_input_read(const Options *options, Vocabulary *words, Counts *counts,
                         DocumentList *documents, Error *error)
{
    Market *market = NULL;
    MarketSize size;
    CountMatrix matrix = {0};
    Vocabulary names = {0};
    Status status = name_file_read(options->vocabulary, "word", words, error);
    if (!status && options->document_ids) {
        status = name_file_read(options->document_ids, "document", &names, error);
    }
    if (!status) {
        status = market_open(options->matrix, &market, &size, error);
    }
    if (!status) {
        status = check_size(options, &size, words, &names, error);
    }
    if (!status) {
        status = market_read(market, &matrix, error);
    }
    if (!status) { /* from here on the arrays are the counts' */
        *counts = (Counts){
            .documents = matrix.rows,
            .starts = matrix.starts,
            .words = matrix.indices,
            .values = matrix.values,
            .amounts = matrix.amounts,
        };
        status = add_documents(&names, matrix.rows, documents, error);
    }
    market_close(market);
    vocabulary_free(&names);
    return status;
}
