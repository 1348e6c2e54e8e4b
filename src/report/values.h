/* Cells of a table, and columns that only show where there is something in them. */
#ifndef THEMATA_REPORT_VALUES_H
#define THEMATA_REPORT_VALUES_H

#include "model/model.h"
#include "report/table.h"

/* An array of columns and how many there are. */
#define COLUMNS_OF(columns) (columns), (int)(sizeof(columns) / sizeof(columns)[0])

static const Value missing_value = {.missing = true};

static inline Value text_value(const char *text)
{
    return (Value){.text = text};
}

static inline Value whole_value(int64_t whole)
{
    return (Value){.whole = whole};
}

static inline Value number_value(double number)
{
    return (Value){.number = number};
}

static inline Value float_value(float number)
{
    return (Value){.number = (double)number, .is_float32 = true};
}

/* Whether the user has named a topic. */
static inline bool has_labels(const Model *model)
{
    for (int t = 0; t < model->k; t++) {
        if (model->labels[t].label[0]) {
            return true;
        }
    }
    return false;
}

#endif
