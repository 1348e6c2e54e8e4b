#include "app/automatic.h"

#include "app/messages.h"
#include "app/result.h"
#include "app/sweep_work.h"
#include "report/sweep_tables.h"

enum { DOCUMENTS_LEAST = 4 }; /* for a topic: of fewer a topic is as good as its documents */

/* The range, as far as there are words and documents for it. */
static TopicRange range_for(const Model *model)
{
    TopicRange range = topic_range_default;
    int64_t most = 0;
    for (int64_t d = 0; d < model->documents.count; d++) {
        most += model->documents.items[d].terms > 0;
    }
    most /= DOCUMENTS_LEAST;
    most = most < (int64_t)model->vocabulary.count ? most : (int64_t)model->vocabulary.count;
    most = most > 1 ? most : 1;
    range.last = most < range.last ? most : range.last;
    range.first = range.first < range.last ? range.first : range.last; /* 1, of few documents */
    return range;
}

Status automatic_topics(const Options *options, const SparseMatrix *x, const Model *model,
                        int threads, Sweep *sweep, Choice *choice, Error *error)
{
    const TopicRange range = range_for(model);
    SweepWork work = {
        .options = options,
        .x = x,
        .model = model,
        .runs = (int)options->samples,
        .most = (int)range.last,
        .threads = threads,
    };
    Status status = sweep_work_begin(&work, error);
    if (!status) {
        status = sweep_work_range(&work, &range, sweep, error);
    }
    if (!status) {
        status = choice_make(sweep, choice, error);
    }
    if (!status && !options->quiet && choice->count > 0) {
        message_line("%s", choice->advice);
    }
    sweep_work_end(&work);
    return status;
}

Status automatic_save(const Sweep *sweep, const Choice *choice, const char *directory, Error *error)
{
    const SweepReport report = {.sweep = sweep, .choice = choice};
    Table table;
    sweep_table(&report, &table);
    return result_save_table(directory, &table, error);
}
