#include "report/explain_tables.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "report/values.h"

#include <stdlib.h>

typedef struct ExplainRows {
    const Model *model;
    const Explanation *explanation;
    int64_t *firsts; /* owned: of the summary, the first word of each row */
    int64_t count;
    Buffer text; /* of the row at hand */
} ExplainRows;

static void release(void *context)
{
    ExplainRows *rows = context;
    free(rows->firsts);
    buffer_free(&rows->text);
    free(rows);
}

static ExplainRows *rows_new(const Model *model, const Explanation *explanation, Table *table,
                             Error *error)
{
    ExplainRows *rows = memory_new(1, sizeof *rows, error);
    if (rows) {
        *rows = (ExplainRows){.model = model, .explanation = explanation};
    }
    *table = (Table){.context = rows, .release = rows ? release : NULL};
    return rows;
}

/* Topic, label and share of a word's topic; nothing of the rest. */
static void fill_topic(const ExplainRows *rows, int topic, Value *values)
{
    const Model *model = rows->model;
    if (topic == 0) {
        values[0] = values[1] = values[2] = missing_value;
        return;
    }
    values[0] = whole_value(topic);
    values[1] = text_value(model->labels[topic - 1].label);
    values[2] = float_value(model->mixtures[rows->explanation->document * model->k + topic - 1]);
}

/* ---- for files ---- */

static const Column word_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},  {"label", COLUMN_TEXT, false, 0},
    {"share", COLUMN_SHARE, false, 0},  {"term", COLUMN_TEXT, false, 0},
    {"value", COLUMN_NUMBER, false, 4}, {"part", COLUMN_NUMBER, false, 4},
};

static void fill_word(void *context, int64_t row, Value *values)
{
    const ExplainRows *rows = context;
    const ExplainedWord *word = &rows->explanation->words[row];
    fill_topic(rows, word->topic, values);
    values[3] = text_value(vocabulary_word(&rows->model->vocabulary, word->word));
    values[4] = number_value(word->value);
    values[5] = number_value(word->part);
}

Status explanation_table(const Model *model, const Explanation *explanation, Table *table,
                         Error *error)
{
    if (!rows_new(model, explanation, table, error)) {
        return error_status(error);
    }
    table->name = "explanation";
    table->columns = word_columns;
    table->column_count = sizeof word_columns / sizeof *word_columns;
    table->row_count = explanation->word_count;
    table->fill = fill_word;
    return STATUS_OK;
}

/* ---- for people ---- */

static const Column summary_columns[] = {
    {"topic", COLUMN_TEXT, false, 0},
    {"share", COLUMN_SHARE, false, 0},
    {"words", COLUMN_TEXT, false, 0},
};
static const Column labelled_columns[] = {
    {"topic", COLUMN_TEXT, false, 0},
    {"share", COLUMN_SHARE, false, 0},
    {"words", COLUMN_TEXT, false, 0},
    {"label", COLUMN_TEXT, false, 0},
};

/* "energy 20.5 %, market 6.1 %": parts of the document's mass, with their sign in the rest. */
static Status append_words(ExplainRows *rows, int64_t first, Error *error)
{
    const Explanation *explanation = rows->explanation;
    const double mass = explanation->misfit.mass > 0.0 ? explanation->misfit.mass : 1.0;
    const int topic = explanation->words[first].topic;
    Status status = STATUS_OK;
    for (int64_t i = first;
         i < explanation->word_count && explanation->words[i].topic == topic && !status; i++) {
        const ExplainedWord *word = &explanation->words[i];
        status = buffer_print(&rows->text, error, topic ? "%s%s %.1f %%" : "%s%s %+.1f %%",
                              i > first ? ", " : "", model_surface(rows->model, word->word),
                              100.0 * word->part / mass);
    }
    return status;
}

static void fill_summary(void *context, int64_t row, Value *values)
{
    ExplainRows *rows = context;
    Error ignored;
    const int topic = rows->explanation->words[rows->firsts[row]].topic;
    buffer_clear(&rows->text);
    Status status = topic ? buffer_print(&rows->text, &ignored, "%d", topic)
                          : buffer_append_text(&rows->text, "left over", &ignored);
    status = status ? status : buffer_append_byte(&rows->text, '\0', &ignored);
    const size_t words = rows->text.length;
    status = status ? status : append_words(rows, rows->firsts[row], &ignored);
    Value of_topic[3];
    fill_topic(rows, topic, of_topic);
    values[0] = status ? missing_value : text_value(rows->text.bytes);
    values[1] = of_topic[2];
    values[2] = status ? missing_value : text_value(rows->text.bytes + words);
    if (has_labels(rows->model)) {
        values[3] = of_topic[1];
    }
}

Status explanation_summary_table(const Model *model, const Explanation *explanation, Table *table,
                                 Error *error)
{
    ExplainRows *rows = rows_new(model, explanation, table, error);
    if (!rows) {
        return error_status(error);
    }
    const bool labelled = has_labels(model);
    rows->firsts = memory_new((size_t)model->k + 1, sizeof *rows->firsts, error);
    for (int64_t i = 0; i < explanation->word_count && rows->firsts; i++) {
        if (i == 0 || explanation->words[i].topic != explanation->words[i - 1].topic) {
            rows->firsts[rows->count++] = i;
        }
    }
    table->name = "explanation";
    table->columns = labelled ? labelled_columns : summary_columns;
    table->column_count = labelled ? 4 : 3;
    table->row_count = rows->count;
    table->fill = fill_summary;
    return rows->firsts ? STATUS_OK : error_status(error);
}
