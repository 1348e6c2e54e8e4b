#include "app/table_input.h"

#include "app/reading.h"
#include "base/file.h"
#include "base/memory.h"
#include "corpus/date.h"
#include "corpus/grid.h"
#include "corpus/grid_files.h"
#include "corpus/packed_file.h"
#include "matrix/grid_arrays.h"
#include "text/name_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- which kind of file ---- */

static bool ends_with(const char *path, const char *ending)
{
    const size_t length = strlen(path), behind = strlen(ending);
    return length > behind && strcmp(path + length - behind, ending) == 0;
}

/* Whether a file, packed or not, begins with these bytes. */
static Status begins_with(const char *path, const char *bytes, bool *begins, Error *error)
{
    PackedFile file;
    size_t length;
    const size_t wanted = strlen(bytes);
    Status status = packed_file_open(path, &file, error);
    if (status) {
        return status;
    }
    if (stream_fill(file.stream, wanted, error)) {
        status = error_put_subject(error, path);
    }
    const char *ahead = stream_ahead(file.stream, &length);
    *begins = !status && length >= wanted && memcmp(ahead, bytes, wanted) == 0;
    packed_file_close(&file);
    return status;
}

static Status read_text(const Options *options, const char *path, Grid *grid, Error *error)
{
    const GridOptions how = {
        .corpus = &options->corpus,
        .names = options->names,
        .columns = options->table_columns,
        .triples = options->triples,
    };
    return grid_read_text(path, &how, grid, error);
}

/* Options that say how a text is read would do nothing with other files. */
static Status check_text_options(const Options *options, const char *path, Error *error)
{
    const char *option = options->triples         ? "--triples"
                         : options->table_columns ? "--columns"
                         : options->names         ? "--names"
                         : options->corpus.header ? "--header"
                                                  : NULL;
    return option ? error_set(error, STATUS_USAGE,
                              "%s has a meaning with a table of text only, "
                              "which %s is not",
                              option, path)
                  : STATUS_OK;
}

/* What reads a file that is no table of text; NULL for one that is. */
static Status find_reader(const char *path, Status (**reader)(const char *, Grid *, Error *),
                          Error *error)
{
    bool market = false, npy = false;
    *reader = file_is_directory(path)   ? grid_read_images
              : ends_with(path, ".npz") ? grid_read_npz
              : ends_with(path, ".npy") ? grid_read_npy
                                        : NULL;
    if (*reader) {
        return STATUS_OK;
    }
    Status status = begins_with(path, "%%MatrixMarket", &market, error);
    status = status ? status : begins_with(path, "\x93NUMPY", &npy, error);
    *reader = market ? grid_read_market : npy ? grid_read_npy : NULL;
    return status;
}

static Status read_grid(const Options *options, const char *path, Grid *grid, Error *error)
{
    Status (*reader)(const char *, Grid *, Error *);
    Status status = find_reader(path, &reader, error);
    if (!status && !reader) {
        return read_text(options, path, grid, error);
    }
    status = status ? status : check_text_options(options, path, error);
    return status ? status : reader(path, grid, error);
}

/* ---- names ---- */

/* Reads names for rows or columns that have none; `path` NULL: there are none. */
static Status give_names(const char *path, const char *what, int64_t count, NameList *names,
                         Error *error)
{
    Vocabulary read = {0};
    if (!path) {
        return STATUS_OK;
    }
    if (names->count > 0) {
        return error_set(error, STATUS_USAGE, "--%s-names: the table has names of its %ss", what,
                         what);
    }
    Status status = name_file_read(path, what, &read, error);
    if (!status && (int64_t)read.count != count) {
        status = error_set(error, STATUS_INPUT,
                           "%s: has %u names (%" PRId64 " were expected, one for each %s)", path,
                           read.count, count, what);
    }
    for (WordId i = 0; i < read.count && !status; i++) {
        status = name_list_add(names, vocabulary_word(&read, i), error);
    }
    vocabulary_free(&read);
    return status;
}

static const char *name_of(const NameList *names, int64_t i, char number[24])
{
    snprintf(number, 24, "%" PRId64, i + 1);
    return names->count ? names->items[i] : number;
}

/* Readers see to it that no name is there twice. */
static Status add_names(const Grid *grid, Model *model, Error *error)
{
    char number[24];
    Status status = STATUS_OK;
    for (int64_t c = 0; c < grid->columns && !status; c++) {
        const char *name = name_of(&grid->column_names, c, number);
        status = vocabulary_append(&model->vocabulary, name, strlen(name), error);
    }
    status = status ? status : vocabulary_index(&model->vocabulary, error);
    for (int64_t r = 0; r < grid->rows && !status; r++) {
        status = documents_add_id(&model->documents, name_of(&grid->row_names, r, number), error);
    }
    return status;
}

static bool are_dates(const DocumentList *items)
{
    enum { DAY_LENGTH = 10 }; /* of a date that says the day */
    char iso[DATE_TEXT_SIZE];
    for (int64_t d = 0; d < items->count; d++) {
        if (date_parse(items->items[d].id, DATE_AUTO, iso) != DATE_READ ||
            strlen(iso) < DAY_LENGTH) {
            return false;
        }
    }
    return true;
}

/* Items that are called by days, all of them, have these for dates. */
static Status take_dates(DocumentList *items, Error *error)
{
    char iso[DATE_TEXT_SIZE];
    Status status = STATUS_OK;
    const int64_t count = are_dates(items) ? items->count : 0;
    for (int64_t d = 0; d < count && !status; d++) {
        (void)date_parse(items->items[d].id, DATE_AUTO, iso);
        char *date = document_text(iso, strlen(iso), error);
        status = date ? STATUS_OK : error_status(error);
        if (date) {
            document_text_free(items->items[d].date);
            items->items[d].date = date;
        }
    }
    return status;
}

/* ---- values ---- */

/* Whether all values that are kept can be whole numbers; zeros cannot. */
static bool is_whole(const Grid *grid, bool keeps_zeros)
{
    for (int64_t p = 0; p < grid_cells(grid); p++) {
        const double value = grid->values[p];
        if ((value != 0.0 || keeps_zeros) &&
            !(value >= 1.0 && value <= (double)UINT32_MAX && value == (double)(uint32_t)value)) {
            return false;
        }
    }
    return true;
}

/* Leaves out zeros, unless a cell that is not there is something else. */
static Status take_values(const Grid *grid, bool keeps_zeros, Counts *counts, Error *error)
{
    const bool whole = is_whole(grid, keeps_zeros);
    Status status = counts_reserve(counts, grid->rows, grid_cells(grid), whole, error);
    int64_t kept = 0;
    for (int64_t r = 0; r < grid->rows && !status; r++) {
        for (int64_t p = grid->starts[r]; p < grid->starts[r + 1]; p++) {
            if (grid->values[p] == 0.0 && !keeps_zeros) {
                continue;
            }
            counts->words[kept] = grid->indices[p];
            if (whole) {
                counts->values[kept] = (uint32_t)grid->values[p];
            } else {
                counts->amounts[kept] = grid->values[p];
            }
            kept++;
        }
        counts->starts[r + 1] = kept;
    }
    return status;
}

static Status measure(Model *model, Error *error)
{
    const size_t entries = model->vocabulary.count;
    model->document_frequency = memory_new(entries, sizeof *model->document_frequency, error);
    model->term_frequency = memory_new(entries, sizeof *model->term_frequency, error);
    if (!model->document_frequency || !model->term_frequency) {
        return error_status(error);
    }
    counts_frequencies(&model->counts, model->vocabulary.count, model->document_frequency,
                       model->term_frequency);
    reading_fill_sizes(&model->counts, &model->documents);
    for (int64_t d = 0; d < model->documents.count; d++) {
        model->tally.found += model->documents.items[d].tokens;
    }
    model->tally.pruned.kept = model->tally.found;
    return STATUS_OK;
}

/* There must be something to factor; and where only known cells count, some of each item and entry.
 */
static Status check(const Model *model, const char *path, Error *error)
{
    if (!(model->tally.found > 0.0)) {
        error_set(error, STATUS_INPUT, "%s: holds no value that is more than 0", path);
        return error_hint(error, "a factorisation needs some");
    }
    for (int64_t d = 0; d < model->documents.count && model->observed_only; d++) {
        if (model->documents.items[d].terms == 0) {
            return error_set(error, STATUS_INPUT, "%s: %.60s has no value at all", path,
                             model->documents.items[d].id);
        }
    }
    for (WordId w = 0; w < model->vocabulary.count && model->observed_only; w++) {
        if (model->document_frequency[w] == 0) {
            return error_set(error, STATUS_INPUT, "%s: %.60s has no value at all", path,
                             vocabulary_word(&model->vocabulary, w));
        }
    }
    return STATUS_OK;
}

Status table_input_read(const Options *options, const char *path, Model *model, TableFacts *facts,
                        Error *error)
{
    Grid grid = {0};
    Status status = read_grid(options, path, &grid, error);
    if (!status) {
        status = give_names(options->row_names, "row", grid.rows, &grid.row_names, error);
    }
    if (!status) {
        status =
            give_names(options->column_names, "column", grid.columns, &grid.column_names, error);
    }
    if (!status && options->orientation == COLUMNS_ARE_ITEMS) {
        status = grid_transpose(&grid, error);
    }
    model->input = MODEL_OF_TABLE;
    model->observed_only = options->missing == MISSING_IGNORE && grid.absent != GRID_ABSENT_ZERO;
    facts->missing =
        grid.absent == GRID_ABSENT_MISSING || model->observed_only ? grid_absent_cells(&grid) : 0.0;
    facts->passed_over = grid.passed_over;
    status = status ? status : add_names(&grid, model, error);
    status = status ? status : take_dates(&model->documents, error);
    status = status ? status : take_values(&grid, model->observed_only, &model->counts, error);
    grid_free(&grid);
    status = status ? status : measure(model, error);
    return status ? status : check(model, path, error);
}
