#include "app/factor_sweep.h"

#include "app/interrupt.h"
#include "app/messages.h"
#include "app/result.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

static Status measure(const Factorisation *template, int k, const HeldCells *held, Range range,
                      HeldOutRow *row, Error *error)
{
    ModelFit facts = {0};
    Factorisation work = *template;
    work.k = k;
    work.facts = &facts;
    Status status = factorise(&work, error);
    if (!status) {
        const HeldError off = held_cells_of_factors(held, &work.result.factors, range);
        *row = (HeldOutRow){.k = k,
                            .rmse = off.rmse,
                            .absolute = off.absolute,
                            .objective = work.result.objective,
                            .passes = work.result.pass_count,
                            .stop = work.result.stop};
    }
    factorise_free(&work);
    free(facts.restarts);
    free(facts.restart_passes);
    return status;
}

/* Marks the row with the least error. */
static void recommend(FactorSweep *sweep)
{
    int64_t best = 0;
    for (int64_t i = 1; i < sweep->count; i++) {
        if (sweep->rows[i].rmse < sweep->rows[best].rmse) {
            best = i;
        }
    }
    if (sweep->count > 0) {
        sweep->rows[best].recommended = true;
    }
}

Status factor_sweep_run(const Factorisation *work, const HeldCells *held, Range range,
                        FactorSweep *sweep, Error *error)
{
    const TopicRange *numbers = &work->options->range;
    const int64_t all = (numbers->last - numbers->first) / numbers->step + 1;
    sweep->rows = memory_new((size_t)all, sizeof *sweep->rows, error);
    Status status = sweep->rows ? STATUS_OK : error_status(error);
    for (int64_t i = 0; i < all && !status; i++) {
        HeldOutRow row;
        status = measure(work, (int)(numbers->first + i * numbers->step), held, range, &row, error);
        if (!status && row.stop == NMF_INTERRUPTED) {
            break;
        }
        if (!status) {
            sweep->rows[sweep->count++] = row;
            sweep->unfinished += row.stop != NMF_CONVERGED;
        }
    }
    recommend(sweep);
    return status;
}

Status factor_sweep_print(const Options *options, const FactorSweep *sweep, Error *error)
{
    Table table;
    held_out_table(sweep->rows, sweep->count, &table);
    Status status = result_print(options, &table, error);
    for (int64_t i = 0; i < sweep->count && !status && !options->csv && !options->json; i++) {
        if (sweep->rows[i].recommended) {
            printf("\nk = %d predicts the cells that were held out best.\n", sweep->rows[i].k);
        }
    }
    return status;
}

void factor_sweep_free(FactorSweep *sweep)
{
    free(sweep->rows);
    *sweep = (FactorSweep){0};
}
