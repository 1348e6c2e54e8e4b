/* The block `documents`: those that the page shows, column by column. */
#include "report/page_parts.h"

#include "base/memory.h"
#include "report/page_numbers.h"

#include <stdlib.h>
#include <string.h>

enum { TOPICS_MOST = 16 };

/* Shares below are left out. */
static const float share_least = 0.005F;

/* Columns of one entry for each document that is shown; all owned. */
typedef struct Columns {
    uint32_t *numbers;
    uint32_t *tokens; /* if they are whole */
    uint16_t *mains;
    uint32_t *starts;
    uint16_t *topics; /* as many as starts[count], as the next */
    uint16_t *shares;
    size_t topics_capacity;
    size_t shares_capacity;
} Columns;

static void columns_free(Columns *columns)
{
    free(columns->numbers);
    free(columns->tokens);
    free(columns->mains);
    free(columns->starts);
    free(columns->topics);
    free(columns->shares);
}

static const DocumentFacts *shown_document(const PageData *data, int64_t i)
{
    return &data->model->documents.items[data->shown.documents[i]];
}

/* ---- shares ---- */

/* Adds the topics of a document, the largest share first, of equal ones the lower number. */
static Status add_shares(const float *mixture, int k, size_t first, size_t *count, Columns *columns,
                         Error *error)
{
    int topics[TOPICS_MOST];
    int filled = 0;
    for (int t = 0; t < k; t++) {
        if (mixture[t] < share_least) {
            continue;
        }
        int at = filled;
        if (filled == TOPICS_MOST) {
            if (mixture[t] <= mixture[topics[--at]]) {
                continue;
            }
        } else {
            filled++;
        }
        for (; at > 0 && mixture[topics[at - 1]] < mixture[t]; at--) {
            topics[at] = topics[at - 1];
        }
        topics[at] = t;
    }
    *count = first + (size_t)filled;
    Status status = memory_reserve(&columns->topics, &columns->topics_capacity, *count,
                                   sizeof *columns->topics, error);
    if (!status) {
        status = memory_reserve(&columns->shares, &columns->shares_capacity, *count,
                                sizeof *columns->shares, error);
    }
    for (int i = 0; i < filled && !status; i++) {
        columns->topics[first + (size_t)i] = (uint16_t)(topics[i] + 1);
        columns->shares[first + (size_t)i] = page_share(mixture[topics[i]]);
    }
    return status;
}

/* ---- numbers ---- */

/* Whether all tokens are whole numbers that fit. */
static bool are_whole(const PageData *data)
{
    for (int64_t i = 0; i < data->shown.count; i++) {
        const double tokens = shown_document(data, i)->tokens;
        if (!(tokens <= UINT32_MAX) || tokens != (double)(uint32_t)tokens) {
            return false;
        }
    }
    return true;
}

static Status columns_make(const PageData *data, bool whole, Columns *columns, Error *error)
{
    const size_t count = (size_t)data->shown.count;
    const int k = data->model->k;
    columns->numbers = memory_new(count, sizeof *columns->numbers, error);
    columns->tokens = memory_new(count, sizeof *columns->tokens, error);
    columns->mains = memory_new(count, sizeof *columns->mains, error);
    columns->starts = memory_new(count + 1, sizeof *columns->starts, error);
    if (!columns->numbers || !columns->tokens || !columns->mains || !columns->starts) {
        return error_status(error);
    }
    size_t filled = 0;
    Status status = STATUS_OK;
    for (size_t i = 0; i < count && !status; i++) {
        const int64_t d = data->shown.documents[i];
        const float *mixture = data->model->mixtures + d * k;
        const MixtureSummary summary = mixture_summarise(mixture, k);
        const double tokens = data->model->documents.items[d].tokens;
        columns->numbers[i] = (uint32_t)(d + 1);
        columns->tokens[i] = whole ? (uint32_t)tokens : 0;
        columns->mains[i] = (uint16_t)summary.topic;
        status = add_shares(mixture, k, filled, &filled, columns, error);
        columns->starts[i + 1] = (uint32_t)filled;
    }
    return status;
}

/* Tokens that are not all whole, as they are in the model of a matrix. */
static void write_amounts(const PageData *data, JsonWriter *json)
{
    json_key(json, "tokens");
    json_open_array(json);
    for (int64_t i = 0; i < data->shown.count; i++) {
        page_number(json, shown_document(data, i)->tokens);
    }
    json_close_array(json);
}

static Status write_numbers(const PageData *data, JsonWriter *json, Error *error)
{
    Columns columns = {0};
    const int64_t count = data->shown.count;
    const bool whole = are_whole(data);
    Status status = columns_make(data, whole, &columns, error);
    if (!status) {
        page_numbers_u32(json, "number", columns.numbers, count);
        if (whole) {
            page_numbers_u32(json, "tokens", columns.tokens, count);
        } else {
            write_amounts(data, json);
        }
        page_numbers_u16(json, "main", columns.mains, count);
        page_numbers_u32(json, "starts", columns.starts, count + 1);
        page_numbers_u16(json, "topic", columns.topics, columns.starts[count]);
        page_numbers_u16(json, "share", columns.shares, columns.starts[count]);
    }
    columns_free(&columns);
    return status;
}

/* ---- texts ---- */

typedef enum Text { TEXT_ID, TEXT_TITLE, TEXT_DATE, TEXT_SNIPPET } Text;

/* Of valid UTF-8: every byte but those that go on with a character. */
static int64_t count_characters(const char *text, size_t length)
{
    int64_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return count;
}

/* The beginning of a text, without the title that it may begin with: the page has that anyway, and
 * these texts are most of it. */
static Status write_snippet(const DocumentFacts *facts, JsonWriter *json, Error *error)
{
    const char *text = facts->excerpt;
    const size_t length = strlen(facts->title);
    int64_t most = PAGE_SNIPPET;
    if (length > 0 && strncmp(text, facts->title, length) == 0) {
        const size_t blank = text[length] == ' ';
        most -= count_characters(text, length) + (int64_t)blank;
        text += length + blank;
    }
    if (most <= 0) {
        json_text(json, "");
        return STATUS_OK;
    }
    return page_cut_text(text, most, json, error);
}

static Status write_text(const PageData *data, JsonWriter *json, Text text, Error *error)
{
    static const char *const names[] = {"id", "title", "date", "snippet"};
    Status status = STATUS_OK;
    json_key(json, names[text]);
    json_open_array(json);
    for (int64_t i = 0; i < data->shown.count && !status; i++) {
        const DocumentFacts *facts = shown_document(data, i);
        if (text == TEXT_SNIPPET) {
            status = write_snippet(facts, json, error);
        } else {
            json_text(json, text == TEXT_ID      ? facts->id
                            : text == TEXT_TITLE ? facts->title
                                                 : facts->date);
        }
    }
    json_close_array(json);
    return status;
}

static bool has_dates(const PageData *data)
{
    for (int64_t i = 0; i < data->shown.count; i++) {
        if (shown_document(data, i)->date[0]) {
            return true;
        }
    }
    return false;
}

/* A column of metadata: its values, numbered as they come, and the number of each document's. */
static Status write_column(const PageData *data, JsonWriter *json, size_t column, uint32_t *codes,
                           Error *error)
{
    Vocabulary values = {0};
    Status status = STATUS_OK;
    for (int64_t i = 0; i < data->shown.count && !status; i++) {
        const char *value = documents_value(shown_document(data, i), column);
        WordId id = 0;
        codes[i] = 0;
        if (value[0]) {
            status = vocabulary_add(&values, value, strlen(value), &id, error);
            codes[i] = id + 1;
        }
    }
    json_open_object(json);
    json_key_text(json, "name", data->model->documents.columns.items[column]);
    json_key(json, "values");
    json_open_array(json);
    for (WordId id = 0; id < values.count && !status; id++) {
        status = page_cut_text(vocabulary_word(&values, id), PAGE_VALUE, json, error);
    }
    json_close_array(json);
    page_numbers_u32(json, "codes", codes, data->shown.count);
    json_close_object(json);
    vocabulary_free(&values);
    return status;
}

static Status write_columns(const PageData *data, JsonWriter *json, Error *error)
{
    const size_t columns = data->model->documents.columns.count;
    if (columns == 0) {
        return STATUS_OK;
    }
    uint32_t *codes = memory_new((size_t)data->shown.count, sizeof *codes, error);
    Status status = codes ? STATUS_OK : error_status(error);
    json_key(json, "columns");
    json_open_array(json);
    for (size_t c = 0; c < columns && !status; c++) {
        status = write_column(data, json, c, codes, error);
    }
    json_close_array(json);
    free(codes);
    return status;
}

Status page_write_documents(const void *context, JsonWriter *json, Error *error)
{
    const PageData *data = context;
    json_open_object(json);
    Status status = write_numbers(data, json, error);
    status = status ? status : write_text(data, json, TEXT_ID, error);
    status = status ? status : write_text(data, json, TEXT_TITLE, error);
    if (!status && has_dates(data)) {
        status = write_text(data, json, TEXT_DATE, error);
    }
    if (!status && data->page->text != PAGE_TEXT_NONE && data->model->input == MODEL_OF_CORPUS) {
        status = write_text(data, json, TEXT_SNIPPET, error);
    }
    status = status ? status : write_columns(data, json, error);
    json_close_object(json);
    return status;
}
