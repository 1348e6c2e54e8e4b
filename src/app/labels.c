#include "app/labels.h"

#include "app/metadata_input.h"
#include "base/buffer.h"
#include "base/memory.h"

#include <stdlib.h>

/* Nobody has said which column: names those there are. */
static Status set_no_column(const LabelSource *source, const NameList *columns, Error *error)
{
    Buffer names = {0};
    Status status = STATUS_OK;
    for (size_t c = 0; c < columns->count && !status; c++) {
        status = buffer_print(&names, error, "%s%s", c ? ", " : "", columns->items[c]);
    }
    if (!status) {
        error_set(error, STATUS_USAGE, "%s needs %s, the one in which the labels stand",
                  source->command, source->column_option);
        status = columns->count > 0
                     ? error_hint(error, "columns: %.400s", buffer_text(&names))
                     : error_hint(error, "%s has no metadata; --labels names a table with labels",
                                  source->owner);
    }
    buffer_free(&names);
    return status;
}

static Status choose_column(const LabelSource *source, const NameList *columns, int *column,
                            Error *error)
{
    const char *path = source->table ? source->table : source->path;
    if (!source->column) {
        return set_no_column(source, columns, error);
    }
    *column = metadata_find_column(columns, source->column);
    if (*column != NAME_NOT_FOUND) {
        return STATUS_OK;
    }
    if (columns->count == 0) {
        error_set(error, STATUS_INPUT, "%s: its documents have no metadata, so no column '%.100s'",
                  path, source->column);
        return error_hint(error, "--labels names a table with labels");
    }
    return name_list_set_missing(columns, path, "column", source->column, source->column_option,
                                 error);
}

/* Takes the values from the documents' own metadata. */
static Status take_own(const LabelSource *source, Labels *labels, Error *error)
{
    const DocumentList *documents = source->documents;
    int column;
    Status status = choose_column(source, &documents->columns, &column, error);
    for (int64_t d = 0; d < documents->count && !status; d++) {
        labels->values[d] = documents_value(&documents->items[d], (size_t)column);
    }
    return status;
}

/* Takes the values from the table. */
static Status take_others(const LabelSource *source, Labels *labels, Error *error)
{
    const DocumentList *documents = source->documents;
    const MetadataTable table = {
        .rows = &labels->rows,
        .path = source->table,
        .id_column = source->id_column,
        .id_option = source->id_option,
    };
    JoinTally joined;
    int64_t *row_of = memory_new((size_t)documents->count, sizeof *row_of, error);
    Status status = row_of
                        ? metadata_match(documents, &table, &joined, row_of, &labels->notes, error)
                        : error_status(error);
    if (!status) {
        metadata_tell_join(&table, &joined, "labels", source->quiet);
    }
    for (int64_t d = 0; d < documents->count && !status; d++) {
        labels->values[d] =
            row_of[d] ? documents_value(&labels->rows.items[row_of[d] - 1], (size_t)labels->column)
                      : NULL;
    }
    free(row_of);
    return status;
}

Status labels_read(const LabelSource *source, Labels *labels, Error *error)
{
    if (!source->table) {
        return STATUS_OK;
    }
    CorpusOptions reading = corpus_defaults;
    reading.values = true;
    reading.encoding = source->encoding;
    Status status =
        metadata_rows_read(source->table, &reading, &labels->rows, &labels->notes, error);
    return status ? status : choose_column(source, &labels->rows.columns, &labels->column, error);
}

Status labels_match(const LabelSource *source, Labels *labels, Error *error)
{
    const int64_t count = source->documents->count;
    labels->values = memory_new((size_t)count, sizeof *labels->values, error);
    Status status = labels->values ? STATUS_OK : error_status(error);
    if (!status) {
        status =
            source->table ? take_others(source, labels, error) : take_own(source, labels, error);
    }
    return status ? status : classes_find(labels->values, count, &labels->classes, error);
}

void labels_free(Labels *labels)
{
    classes_free(&labels->classes);
    free(labels->values);
    metadata_notes_free(&labels->notes);
    documents_free(&labels->rows);
    *labels = (Labels){0};
}
