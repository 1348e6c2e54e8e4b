#include "report/pair_tables.h"

#include "model/similarity.h"
#include "report/values.h"

#include <stdlib.h>

static const Column similarity_columns[] = {
    {"topic_a", COLUMN_WHOLE, false, 0},      {"topic_b", COLUMN_WHOLE, false, 0},
    {"js_distance", COLUMN_NUMBER, false, 3}, {"cosine", COLUMN_NUMBER, false, 3},
    {"pmi", COLUMN_NUMBER, false, 2},
};

static void fill_pair(void *context, int64_t row, Value *values)
{
    const TopicPair *pair = (const TopicPair *)context + row;
    values[0] = whole_value(pair->a);
    values[1] = whole_value(pair->b);
    values[2] = number_value(pair->js_distance);
    values[3] = number_value(pair->cosine);
    values[4] = pair->together ? number_value(pair->pmi) : missing_value;
}

Status topic_similarity_table(const Model *model, Table *table, Error *error)
{
    const int64_t k = model->k;
    *table = (Table){0};
    TopicPair *pairs = similarity_measure(model, error);
    if (!pairs) {
        return error_status(error);
    }
    *table = (Table){.name = "topic_similarity",
                     .columns = similarity_columns,
                     .column_count = sizeof similarity_columns / sizeof *similarity_columns,
                     .row_count = k * (k - 1) / 2,
                     .fill = fill_pair,
                     .context = pairs,
                     .release = free};
    return STATUS_OK;
}
