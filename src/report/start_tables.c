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
