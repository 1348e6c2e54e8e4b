/* A workbook: README, Topics, Words, Top documents, and every table that has a sheet. */
#include "report/export_formats.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/auto_labels.h"
#include "report/export_tables.h"
#include "report/workbook.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- words, topic beside topic ---- */

enum { BLOCK_COLUMNS = 3, WORDS_HEAD = 2 }; /* word, probability, a gap; two rows of heading */

/* The topics that are shown, as many as a sheet has columns for. */
static int shown_topics(const Model *model, int *topics)
{
    int count = 0;
    for (int t = 1; t <= model->k && count < WORKBOOK_COLUMNS / BLOCK_COLUMNS; t++) {
        if (!model->labels[t - 1].hidden) {
            topics[count++] = t;
        }
    }
    return count;
}

/* A topic without a label is called by what names it automatically. */
static void write_words_head(Workbook *workbook, const Model *model, char *const *names,
                             const int *topics, int count)
{
    for (int i = 0; i < count; i++) {
        Buffer head = {0};
        Error ignored;
        const int t = topics[i] - 1;
        const char *label = model->labels[t].label[0] ? model->labels[t].label : names[t];
        if (!buffer_print(&head, &ignored, "%d%s%s", t + 1, label[0] ? ": " : "", label)) {
            workbook_text(workbook, 0, i * BLOCK_COLUMNS, head.bytes, workbook->heading);
        } else {
            workbook->failure = LXW_ERROR_MEMORY_MALLOC_FAILED;
        }
        buffer_free(&head);
    }
    for (int i = 0; i < count; i++) {
        workbook_text(workbook, 1, i * BLOCK_COLUMNS, "word", workbook->heading);
        workbook_text(workbook, 1, i * BLOCK_COLUMNS + 1, "prob", workbook->heading);
    }
}

/* Row by row; `words` has EXPORT_SHEET_WORDS for each topic, probability 0 where there are fewer.
 */
static void write_words_rows(Workbook *workbook, const Model *model, const TopicWord *words,
                             int count)
{
    static const Column probability = {"prob", COLUMN_NUMBER, false, 5};
    for (int rank = 0; rank < EXPORT_SHEET_WORDS; rank++) {
        for (int i = 0; i < count; i++) {
            const TopicWord *word = &words[i * EXPORT_SHEET_WORDS + rank];
            const Value value = {.number = (double)word->probability, .is_float32 = true};
            if (word->probability > 0.0F) {
                workbook_text(workbook, WORDS_HEAD + rank, i * BLOCK_COLUMNS,
                              model_surface(model, word->word), NULL);
                workbook_value(workbook, WORDS_HEAD + rank, i * BLOCK_COLUMNS + 1, &probability,
                               &value);
            }
        }
    }
}

static Status write_words(Workbook *workbook, const Model *model, const int *topics, int count,
                          Error *error)
{
    const int64_t wanted =
        model->vocabulary.count < EXPORT_SHEET_WORDS ? model->vocabulary.count : EXPORT_SHEET_WORDS;
    TopicWord *words = memory_new((size_t)count, EXPORT_SHEET_WORDS * sizeof *words, error);
    char **names = words ? auto_labels_new(model, AUTO_LABEL_WORDS, error) : NULL;
    Status status = names ? workbook_sheet(workbook, "Words", error) : error_status(error);
    for (int i = 0; i < count && !status; i++) {
        if (model_top_words(model, topics[i], wanted, words + i * EXPORT_SHEET_WORDS, error) < 0) {
            status = error_status(error);
        }
    }
    if (!status) {
        write_words_head(workbook, model, names, topics, count);
        write_words_rows(workbook, model, words, count);
        worksheet_freeze_panes(workbook->sheet, WORDS_HEAD, 0);
        for (int i = 0; i < count; i++) {
            worksheet_set_column(workbook->sheet, (lxw_col_t)(i * BLOCK_COLUMNS),
                                 (lxw_col_t)(i * BLOCK_COLUMNS), 18.0, NULL);
        }
    }
    auto_labels_free(names, model->k);
    free(words);
    return status;
}

/* ---- where topics lead ---- */

enum { PLACE_SIZE = 32 };

/* For each topic the place of its words: NULL for one without. Freed with places[k], which holds
 * the texts. */
static const char **make_links(const Model *model, const int *topics, int count, Error *error)
{
    const char **links = memory_new((size_t)model->k + 1, sizeof *links, error);
    char *places = links ? memory_new((size_t)count, PLACE_SIZE, error) : NULL;
    if (!places) {
        free(links);
        return NULL;
    }
    for (int i = 0; i < count; i++) {
        char *place = places + (size_t)i * PLACE_SIZE, cell[14];
        lxw_rowcol_to_cell(cell, 0, (lxw_col_t)(i * BLOCK_COLUMNS));
        snprintf(place, PLACE_SIZE, "internal:'Words'!%s", cell);
        links[topics[i] - 1] = place;
    }
    links[model->k] = places;
    return links;
}

static void free_links(const Model *model, const char **links)
{
    if (links) {
        free((char *)links[model->k]);
        free(links);
    }
}

/* ---- tables ---- */

static Status write_table(Export *export, Workbook *workbook, const ExportTable *entry,
                          const char *const *links, Error *error)
{
    Table table = {0};
    int sheets = 0;
    Status status = entry->make(export->model, &table, error);
    if (!status) {
        status =
            workbook_table(workbook, entry->sheet, &table, links, WORKBOOK_ROWS, &sheets, error);
    }
    table_free(&table);
    return status || sheets == 1
               ? status
               : export_note(export, error,
                             "%s goes on to the sheet %s %d, because a sheet has room for "
                             "1,048,576 rows",
                             entry->sheet, entry->sheet, sheets);
}

static Status write_tables(Export *export, Workbook *workbook, const int *topics, int count,
                           Error *error)
{
    static const ExportTable best = {"Top documents", NULL, best_documents_table};
    const char **links = make_links(export->model, topics, count, error);
    Status status = links ? STATUS_OK : error_status(error);
    for (const ExportTable *entry = export_tables; entry->make && !status; entry++) {
        const bool first = entry == export_tables; /* the topics, behind which their words come */
        if (entry->sheet) {
            status = write_table(export, workbook, entry, first ? links : NULL, error);
        }
        if (!status && first) {
            status = write_words(workbook, export->model, topics, count, error);
        }
        if (!status && first) {
            status = write_table(export, workbook, &best, NULL, error);
        }
    }
    free_links(export->model, links);
    return status;
}

/* ---- README ---- */

static Status add_notes(Export *export, const Workbook *workbook, int shown, Error *error)
{
    const Model *model = export->model;
    int hidden = 0;
    for (int t = 0; t < model->k; t++) {
        hidden += model->labels[t].hidden;
    }
    Status status = STATUS_OK;
    if (shown < model->k - hidden) {
        status = export_note(export, error,
                             "Words has the first %d topics alone, because a sheet has no more "
                             "columns",
                             shown);
    }
    if (!status && workbook->cut > 0) {
        status = export_note(export, error,
                             "%" PRId64 " text%s longer than the 32,767 characters of a cell and "
                             "cut: they end in \"…\"",
                             workbook->cut, workbook->cut == 1 ? " was" : "s were");
    }
    return status;
}

static void write_hidden(Workbook *workbook, const Model *model, int64_t *row)
{
    Buffer text = {0};
    Error ignored;
    Status status = STATUS_OK;
    for (int t = 0; t < model->k && !status; t++) {
        if (model->labels[t].hidden) {
            status = buffer_print(&text, &ignored, "%s%d",
                                  text.length ? ", "
                                              : "Hidden in labels.csv, so not in Words and Top "
                                                "documents: ",
                                  t + 1);
        }
    }
    if (status) {
        workbook->failure = LXW_ERROR_MEMORY_MALLOC_FAILED;
    } else if (text.length) {
        workbook_text(workbook, (*row)++, 0, text.bytes, NULL);
    }
    buffer_free(&text);
}

static void write_readme(Export *export, Workbook *workbook, lxw_worksheet *sheet)
{
    static const char *const lines[] = {
        "Topics: a row for each; a click on its number leads to its words.",
        "Words: the 30 most probable words of each topic, topic beside topic.",
        "Top documents: the 20 documents in which a topic has its largest shares.",
        "Documents: a row for each, with its three largest topics and its metadata.",
        "Labels, Similarity and Run: what labels.csv says of the topics, how alike two of them "
        "are, and "
        "what the model is.",
        "All shares of all documents are too many rows for a spreadsheet: themata export --to "
        "sqlite or csv has them.",
        "docs/tables.md of themata says what each column means.",
    };
    workbook->sheet = sheet;
    worksheet_set_column(sheet, 0, 0, 100.0, NULL);
    int64_t row = 0;
    workbook_text(workbook, row++, 0, "Topics of a collection of documents, by themata",
                  workbook->heading);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        workbook_text(workbook, row++, 0, lines[i], NULL);
    }
    write_hidden(workbook, export->model, &row);
    for (size_t i = 0; i < export->notes.count; i++) {
        workbook_text(workbook, row++, 0, export->notes.items[i], NULL);
    }
}

static Status write_sheets(Export *export, Workbook *workbook, const int *topics, int count,
                           Error *error)
{
    Status status = workbook_sheet(workbook, "README", error);
    lxw_worksheet *readme = workbook->sheet; /* the first sheet, but written last */
    if (!status) {
        status = write_tables(export, workbook, topics, count, error);
    }
    if (!status) {
        status = add_notes(export, workbook, count, error);
    }
    if (!status) {
        write_readme(export, workbook, readme);
        status = workbook_finish(workbook, error);
    }
    return status;
}

Status export_xlsx(Export *export, const char *path, Error *error)
{
    Workbook workbook = {0};
    int *topics = memory_new((size_t) export->model->k, sizeof *topics, error);
    Status status =
        topics ? workbook_begin(&workbook, path, export->place, error) : error_status(error);
    if (!status) {
        status =
            write_sheets(export, &workbook, topics, shown_topics(export->model, topics), error);
    }
    workbook_end(&workbook);
    free(topics);
    return status;
}
