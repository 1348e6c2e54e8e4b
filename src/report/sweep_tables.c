#include "report/sweep_tables.h"

/* Columns of a measure: itself, and where it has been measured on samples, how it spreads. */
enum { OF_MEASURE = 4, FIRST_MEASURE = 2 };

#define SPREAD(name, decimals, only_files)                                                         \
    {name, COLUMN_NUMBER, only_files, decimals}, {name "_deviation", COLUMN_NUMBER, true, 0},      \
        {name "_least", COLUMN_NUMBER, true, 0},                                                   \
    {                                                                                              \
        name "_most", COLUMN_NUMBER, true, 0                                                       \
    }

/* Every measure in its order (model/sweep.h), then what has no spread. */
static const Column sweep_columns[] = {
    {"k", COLUMN_WHOLE, false, 0},
    {"recommended", COLUMN_WHOLE, false, 0},
    SPREAD("stability", 3, false),
    SPREAD("perplexity", 1, false),
    SPREAD("held_out_divergence", 3, true),
    SPREAD("coherence", 3, false),
    SPREAD("exclusivity", 3, false),
    SPREAD("diversity", 3, false),
    SPREAD("objective", 1, true),
    {"cophenetic", COLUMN_NUMBER, false, 3},
    {"dispersion", COLUMN_NUMBER, false, 3},
};

enum { SWEEP_COLUMNS = sizeof sweep_columns / sizeof *sweep_columns };
_Static_assert((int)SWEEP_COLUMNS == FIRST_MEASURE + OF_MEASURE * (int)SWEEP_MEASURES + 2 &&
                   (int)SWEEP_COLUMNS <= (int)TABLE_COLUMNS_MAX,
               "a column for each measure and its spread");

static void fill_spread(const SweepSpread *spread, Value *values)
{
    const double numbers[OF_MEASURE] = {spread->value, spread->deviation, spread->least,
                                        spread->most};
    for (int i = 0; i < OF_MEASURE; i++) {
        values[i] = (Value){.missing = spread->missing, .number = numbers[i]};
    }
}

static void fill_sweep(void *context, int64_t row, Value *values)
{
    const SweepReport *report = context;
    const SweepValue *value = &report->sweep->values[row];
    values[0].whole = value->k;
    values[1].missing = true;
    for (int i = 0; i < report->choice->count; i++) {
        if (report->choice->recommended[i] == value->k) {
            values[1] = (Value){.whole = i + 1};
        }
    }
    for (int m = 0; m < SWEEP_MEASURES; m++) {
        const SweepSpread spread = sweep_spread(value, (SweepMeasure)m);
        fill_spread(&spread, values + FIRST_MEASURE + OF_MEASURE * m);
    }
    values[SWEEP_COLUMNS - 2].number = value->cophenetic;
    values[SWEEP_COLUMNS - 1].number = value->dispersion;
}

void sweep_table(const SweepReport *report, Table *table)
{
    *table = (Table){.name = "sweep",
                     .columns = sweep_columns,
                     .column_count = SWEEP_COLUMNS,
                     .row_count = report->sweep->count,
                     .fill = fill_sweep,
                     .context = (void *)report};
}

static const Column singular_columns[] = {
    {"rank", COLUMN_WHOLE, false, 0},
    {"value", COLUMN_NUMBER, false, 3},
};

static void fill_singular(void *context, int64_t row, Value *values)
{
    const SweepReport *report = context;
    values[0].whole = row + 1;
    values[1].number = report->sweep->singular[row];
}

void singular_values_table(const SweepReport *report, Table *table)
{
    *table = (Table){.name = "singular_values",
                     .columns = singular_columns,
                     .column_count = sizeof singular_columns / sizeof *singular_columns,
                     .row_count = report->sweep->singular_count,
                     .fill = fill_singular,
                     .context = (void *)report};
}
