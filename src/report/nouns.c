#include "report/nouns.h"

#include <string.h>

void nouns_rename(const Model *model, bool in_files, Table *table, Column room[TABLE_COLUMNS_MAX])
{
    static const char *const names[][2] = {
        {"topic", "factor"},   {"topic2", "factor2"},   {"doc_id", "item"},
        {"n_docs", "n_items"}, {"doc_freq", "n_items"}, {"surface", "entry"},
        {"term", "entry"},     {"n_tokens", "mass"},    {"top_words", "top_entries"},
        {"words", "entries"},
    };
    if (model->input != MODEL_OF_TABLE || in_files) {
        return;
    }
    memcpy(room, table->columns, (size_t)table->column_count * sizeof *room);
    for (int c = 0; c < table->column_count; c++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (strcmp(room[c].name, names[i][0]) == 0) {
                room[c].name = names[i][1];
                break;
            }
        }
    }
    table->columns = room;
}
