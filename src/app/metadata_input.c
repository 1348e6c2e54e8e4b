#include "app/metadata_input.h"

#include "app/diagnosis.h"
#include "app/messages.h"
#include "app/result.h"
#include "base/file.h"
#include "corpus/metadata.h"
#include "report/tables.h"

#include <inttypes.h>
#include <string.h>

/* ---- reading ---- */

/* Whether --id-column can only be meant for the table: no other option asks for tables. */
static bool id_is_of_metadata(const Options *options, const char *corpus_path)
{
    const CorpusOptions *corpus = &options->corpus;
    return options->metadata && !options->metadata_id && !corpus->text_column &&
           !corpus->delimiter && !corpus->quote && corpus->header == CORPUS_HEADER_AUTO &&
           file_is_directory(corpus_path);
}

CorpusOptions metadata_input_corpus(const Options *options, const char *corpus_path)
{
    CorpusOptions corpus = options->corpus;
    if (options->metadata) {
        corpus.date_column = NULL;
    }
    if (id_is_of_metadata(options, corpus_path)) {
        corpus.id_column = NULL;
    }
    return corpus;
}

static Status read_rows(Corpus *table, DocumentList *rows, Error *error)
{
    Document row = {0};
    bool found = true;
    Status status = STATUS_OK;
    while (!status && found) {
        status = corpus_next(table, &row, &found, error);
        status = !status && found ? documents_add(rows, &row, error) : status;
    }
    document_free(&row);
    return status;
}

Status metadata_rows_read(const char *path, const CorpusOptions *options, DocumentList *rows,
                          MetadataNotes *notes, Error *error)
{
    if (file_is_directory(path)) {
        return error_set(error, STATUS_INPUT, "%s: is a directory (a table was expected)", path);
    }
    CorpusOptions table_options = *options;
    table_options.rows = true;
    Corpus *table = NULL;
    Status status = corpus_open(path, &table_options, NULL, &table, error);
    if (!status) {
        status = read_rows(table, rows, error);
    }
    if (!status) {
        status = metadata_notes_take(notes, corpus_notes(table), error);
    }
    if (!status && rows->count == 0) {
        error_set(error, STATUS_INPUT, "%s: has no rows that can be read", path);
        status = error_hint(error, "a heading and a row for each document were expected");
    }
    corpus_free(table);
    return status;
}

static MetadataTable table_of(const MetadataInput *input, const Options *options,
                              const char *corpus_path)
{
    return (MetadataTable){
        .rows = &input->rows,
        .path = options->metadata,
        .id_column = id_is_of_metadata(options, corpus_path) ? options->corpus.id_column
                                                             : options->metadata_id,
        .id_option = "--metadata-id",
    };
}

Status metadata_input_read(MetadataInput *input, const Options *options, const char *corpus_path,
                           Error *error)
{
    if (!options->metadata) {
        return STATUS_OK;
    }
    if (strcmp(options->metadata, "-") == 0 && strcmp(corpus_path, "-") == 0) {
        return error_set(error, STATUS_USAGE,
                         "standard input is the corpus or the table of --metadata, not both");
    }
    CorpusOptions table_options = corpus_defaults;
    table_options.encoding = options->corpus.encoding;
    table_options.date_column = options->corpus.date_column;
    Status status =
        metadata_rows_read(options->metadata, &table_options, &input->rows, &input->notes, error);
    if (!status) {
        int ignored;
        const MetadataTable asked = table_of(input, options, corpus_path);
        status = metadata_choose_column(&asked, &ignored, error);
    }
    return status;
}

/* ---- settling ---- */

static void warn_of_join(const JoinTally *joined, const char *table)
{
    if (joined->alone > 0) {
        message_warning("%" PRId64 " document%s no row in %s", joined->alone,
                        joined->alone == 1 ? " has" : "s have", table);
    }
    if (joined->left > 0) {
        message_warning("%s: %" PRId64 " row%s about no document", table, joined->left,
                        joined->left == 1 ? " is" : "s are");
    }
    if (joined->repeated > 0) {
        message_warning("%s: %" PRId64 " row%s about a document that has one already", table,
                        joined->repeated, joined->repeated == 1 ? " is" : "s are");
    }
}

void metadata_tell_join(const MetadataTable *table, const JoinTally *joined, const char *what,
                        bool quiet)
{
    static const char *const rules[JOIN_RULES] = {
        "",
        "as a path",
        "without its first folder",
        "without the documents' first folder",
        "by the file's name alone",
    };
    const char *rule = rules[joined->rule % JOIN_STARTS];
    const bool shorter = joined->rule >= JOIN_WITHOUT_ENDING;
    if (!quiet) {
        message_line("%s: %" PRId64 " document%s with a row in %s (column %s%s%s%s)", what,
                     joined->matched, plural(joined->matched), table->path,
                     table->rows->columns.items[joined->column], rule[0] ? ", " : "", rule,
                     shorter ? ", without endings" : "");
    }
    warn_of_join(joined, table->path);
}

static void tell_dates(const DateTally *dates, const Options *options)
{
    const bool disagree = dates->day_first && dates->month_first;
    if (!options->quiet && dates->read > 0) {
        message_line("dates: %" PRId64 " read%s", dates->read,
                     disagree             ? ""
                     : dates->day_first   ? ", the day before the month"
                     : dates->month_first ? ", the month before the day"
                                          : "");
    }
    if (dates->either > 0) {
        message_warning("%" PRId64 " date%s day and month in an order that %s; --date-format dmy "
                        "or mdy says it",
                        dates->either, dates->either == 1 ? " has" : "s have",
                        disagree ? "is not the same in all the others" : "no other shows");
    }
    const int64_t others = dates->unread - dates->either;
    if (others > 0) {
        message_warning("%" PRId64 " date%s could not be read%s", others, plural(others),
                        dates->read == 0 ? " (--date-column, --date-field, --date-format)" : "");
    }
}

static void warn_of_limits(const DocumentList *documents)
{
    if (documents->cut > 0) {
        message_warning("metadata: %" PRId64 " value%s cut after %d bytes", documents->cut,
                        plural(documents->cut), METADATA_VALUE_BYTES);
    }
    if (documents->beyond > 0) {
        message_warning("metadata: %" PRId64 " value%s left out (there are at most %d columns)",
                        documents->beyond, plural(documents->beyond), METADATA_COLUMNS);
    }
}

Status metadata_input_settle(MetadataInput *input, const Options *options, const char *corpus_path,
                             const char *output, DocumentList *documents, Error *error)
{
    Status status = STATUS_OK;
    if (options->metadata) {
        const MetadataTable table = table_of(input, options, corpus_path);
        status = metadata_join(documents, &table, &input->joined, &input->notes, error);
    }
    if (!status && options->metadata) {
        const MetadataTable table = table_of(input, options, corpus_path);
        metadata_tell_join(&table, &input->joined, "metadata", options->quiet);
    }
    if (!status) {
        status = metadata_settle_dates(documents, options->date_order, &input->dates, &input->notes,
                                       error);
    }
    if (!status) {
        tell_dates(&input->dates, options);
        warn_of_limits(documents);
    }
    if (!status && input->notes.count > 0 && output) {
        message_warning("the list is %s/tables/metadata.csv", output);
    }
    return status;
}

Status metadata_input_save(const MetadataInput *input, const char *directory, Error *error)
{
    Table table;
    if (input->notes.count == 0) {
        return STATUS_OK;
    }
    Status status = metadata_table(&input->notes, &table, error);
    return result_save_made(directory, status, &table, error);
}

void metadata_input_free(MetadataInput *input)
{
    documents_free(&input->rows);
    metadata_notes_free(&input->notes);
}
