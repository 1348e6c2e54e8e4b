#include "report/start_tables.h"

#define COLUMNS_OF(list) .columns = (list), .column_count = (int)(sizeof(list) / sizeof(list)[0])

static const Column anchors_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},    {"term", COLUMN_TEXT, true, 0},
    {"surface", COLUMN_TEXT, false, 0},   {"prob", COLUMN_NUMBER, false, 5},
    {"doc_freq", COLUMN_WHOLE, false, 0},
};

static void fill_anchor(void *context, int64_t row, Value *values)
{
    const Model *model = context;
    const WordId word = model->fit.anchors[row];
    values[0].whole = row + 1;
    if (word == WORD_NONE) {
        for (int c = 1; c < 5; c++) {
            values[c].missing = true;
        }
        return;
    }
    values[1].text = vocabulary_word(&model->vocabulary, word);
    values[2].text = model_surface(model, word);
    values[3].number = (double)model->topics[row * model->vocabulary.count + word];
    values[3].is_float32 = true;
    values[4].whole = model->document_frequency[word];
}

Table anchors_table(const Model *model)
{
    return (Table){.name = "anchors",
                   COLUMNS_OF(anchors_columns),
                   .row_count = model->k,
                   .fill = fill_anchor,
                   .context = (void *)model};
}

static const Column restarts_columns[] = {
    {"restart", COLUMN_WHOLE, false, 0},    {"init", COLUMN_TEXT, false, 0},
    {"objective", COLUMN_NUMBER, false, 3}, {"passes", COLUMN_WHOLE, false, 0},
    {"within", COLUMN_WHOLE, false, 0},
};

static void fill_restart(void *context, int64_t row, Value *values)
{
    const Model *model = context;
    values[0].whole = row + 1;
    values[1].text = row == 0 ? model->fit.first_start : nmf_init_names[NMF_INIT_RANDOM];
    values[2].number = model->fit.restarts[row];
    values[3].whole = model->fit.restart_passes[row];
    values[4].whole = model->uniqueness.is_near[row];
}

Table restarts_table(const Model *model)
{
    return (Table){.name = "restarts",
                   COLUMNS_OF(restarts_columns),
                   .row_count = model->fit.restart_count,
                   .fill = fill_restart,
                   .context = (void *)model};
}

static const Column uniqueness_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},     {"share", COLUMN_SHARE, false, 0},
    {"share_min", COLUMN_SHARE, false, 0}, {"share_max", COLUMN_SHARE, false, 0},
    {"words", COLUMN_WHOLE, false, 0},     {"words_kept", COLUMN_WHOLE, false, 0},
    {"docs", COLUMN_WHOLE, false, 0},      {"docs_kept", COLUMN_WHOLE, false, 0},
};

static void fill_uniqueness(void *context, int64_t row, Value *values)
{
    const Model *model = context;
    const TopicUniqueness *facts = &model->uniqueness.topics[row];
    values[0].whole = row + 1;
    values[1].number = model->shares[row];
    values[2].number = facts->share_min;
    values[3].number = facts->share_max;
    values[4].whole = facts->words;
    values[5].whole = facts->words_kept;
    values[6].whole = facts->documents;
    values[7].whole = facts->documents_kept;
}

Table uniqueness_table(const Model *model)
{
    return (Table){.name = "uniqueness",
                   COLUMNS_OF(uniqueness_columns),
                   .row_count = model->k,
                   .fill = fill_uniqueness,
                   .context = (void *)model};
}
