#include "report/held_out_table.h"

#include "report/values.h"

static const Column held_out_columns[] = {
    {"k", COLUMN_WHOLE, false, 0},          {"recommended", COLUMN_WHOLE, false, 0},
    {"rmse", COLUMN_NUMBER, false, 4},      {"absolute_error", COLUMN_NUMBER, false, 4},
    {"objective", COLUMN_NUMBER, false, 3}, {"passes", COLUMN_WHOLE, false, 0},
    {"converged", COLUMN_WHOLE, true, 0},
};

static void fill_held_out(void *context, int64_t row, Value *values)
{
    const HeldOutRow *value = (const HeldOutRow *)context + row;
    values[0] = whole_value(value->k);
    values[1] = value->recommended ? whole_value(1) : missing_value;
    values[2] = number_value(value->rmse);
    values[3] = number_value(value->absolute);
    values[4] = number_value(value->objective);
    values[5] = whole_value(value->passes);
    values[6] = whole_value(value->stop == NMF_CONVERGED);
}

void held_out_table(const HeldOutRow *rows, int64_t count, Table *table)
{
    *table = (Table){.name = "held_out",
                     .columns = held_out_columns,
                     .column_count = sizeof held_out_columns / sizeof *held_out_columns,
                     .row_count = count,
                     .fill = fill_held_out,
                     .context = (void *)rows};
}
