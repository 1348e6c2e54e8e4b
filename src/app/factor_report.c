#include "app/factor_report.h"

#include "app/diagnosis.h"
#include "app/messages.h"
#include "app/result.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "report/factor_tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { ITEMS_PRINTED_MAX = 30, OUTLIERS = 3 };

/* ---- before ---- */

void factor_say_table(const Options *options, const Model *model, const TableFacts *facts)
{
    if (facts->passed_over > 0) {
        message_warning("%" PRId64 " file%s no PGM image and %s passed over", facts->passed_over,
                        facts->passed_over == 1 ? " is" : "s are",
                        facts->passed_over == 1 ? "was" : "were");
    }
    if (options->quiet) {
        return;
    }
    const double cells = (double)model->documents.count * (double)model->vocabulary.count;
    message_line("read %" PRId64 " item%s × %u entr%s, %.1f %% of the cells are not 0",
                 model->documents.count, plural(model->documents.count), model->vocabulary.count,
                 model->vocabulary.count == 1 ? "y" : "ies",
                 100.0 * (double)counts_pairs(&model->counts) / cells);
    if (facts->missing > 0.0) {
        message_line("%.0f missing cell%s %s", facts->missing, facts->missing == 1.0 ? "" : "s",
                     model->observed_only ? "left out of the objective"
                                          : "read as zero; --missing ignore leaves such cells out");
    }
}

static int64_t items_with_values(const Model *model)
{
    int64_t count = 0;
    for (int64_t d = 0; d < model->documents.count; d++) {
        count += model->documents.items[d].tokens > 0.0;
    }
    return count;
}

static int64_t entries_with_values(const Model *model)
{
    int64_t count = 0;
    for (WordId w = 0; w < model->vocabulary.count; w++) {
        count += model->term_frequency[w] > 0.0;
    }
    return count;
}

/* The largest k for which factors are fewer numbers than the table, as advice; empty if there is
 * none. */
static void advise(double cells, double sides, char advice[64])
{
    const int64_t sound = (int64_t)((cells - 1.0) / sides);
    advice[0] = '\0';
    if (sound >= 1) {
        snprintf(advice, 64, "; -k %" PRId64 " would have fewer", sound);
    }
}

void factor_warn_of_rank(int64_t k, const Model *model)
{
    const int64_t m = entries_with_values(model), n = items_with_values(model);
    const int64_t least = m < n ? m : n;
    const double sides = (double)(m + n);
    const double cells =
        model->observed_only ? (double)counts_pairs(&model->counts) : (double)m * (double)n;
    char advice[64];
    if (k > least) {
        message_warning("%" PRId64 " factors are more than a table of %" PRId64
                        " item%s and %" PRId64 " entr%s can tell apart: at most %" PRId64
                        " mean something, the others repeat them or stay empty",
                        k, n, plural(n), m, m == 1 ? "y" : "ies", least);
    } else if (sides * (double)k >= cells) {
        advise(cells, sides, advice);
        message_warning("%" PRId64 " factor%s for %" PRId64 " item%s and %" PRId64
                        " entr%s: they are as many free numbers as %s, (m + n)·k = %.0f ≥ %.0f%s",
                        k, plural(k), n, plural(n), m, m == 1 ? "y" : "ies",
                        model->observed_only ? "there are values" : "the table has cells",
                        sides * (double)k, cells, advice);
    }
}

/* ---- behind ---- */

/* What was minimised comes first. */
static void say_fit(const Model *model, const Reconstruction *reconstruction)
{
    static const char *const endings[] = {"converged", "not converged", "interrupted"};
    const Misfit *all = &reconstruction->all;
    const bool kl = model->objective == NMF_KL;
    message_line("%s after %d pass%s: %s %.9g, %s %.9g", endings[model->fit.stop],
                 model->fit.passes, model->fit.passes == 1 ? "" : "es",
                 kl ? "divergence" : "squared error", kl ? all->divergence : all->error,
                 kl ? "squared error" : "divergence", kl ? all->error : all->divergence);
    char more[96] = "";
    if (kl && model->k > 1 && reconstruction->one > 0.0) {
        snprintf(more, sizeof more, " and %.1f %% of the divergence that a single factor leaves",
                 100.0 * (1.0 - all->divergence / reconstruction->one));
    } else if (!kl) {
        snprintf(more, sizeof more, "; of a mass of %.6g the factors give back %.6g", all->mass,
                 all->fitted);
    }
    message_line("explained: %.1f %% of the squares%s", 100.0 * reconstruction_explained(all),
                 more);
}

static void say_size(const Model *model, const Reconstruction *reconstruction)
{
    const Quality *quality = &model->quality;
    const double numbers =
        ((double)model->vocabulary.count + (double)model->documents.count) * (double)model->k;
    message_line("size: %.0f numbers in place of %.0f values that are not 0, %.3g times as many",
                 numbers, reconstruction->non_zeros, numbers / reconstruction->non_zeros);
    message_line("sparseness: of factors %.2f and %.0f %% zeros, of items %.2f and %.0f %% zeros "
                 "(Hoyer's, 0 to 1)",
                 quality->topics_hoyer, 100.0 * quality->topics_zeros, quality->mixtures_hoyer,
                 100.0 * quality->mixtures_zeros);
}

/* The OUTLIERS rows or columns that make up most of the objective, "a 31 %, b 20 %". */
static Status append_worst(const Model *model, const Reconstruction *reconstruction, bool items,
                           Buffer *text, Error *error)
{
    const Misfit *misfits = items ? reconstruction->items : reconstruction->entries;
    const int64_t count = items ? model->documents.count : (int64_t)model->vocabulary.count;
    int64_t worst[OUTLIERS];
    int found = 0;
    for (int64_t i = 0; i < count; i++) {
        const double own = reconstruction_objective(model, &misfits[i]);
        int at = found;
        for (; at > 0 && own > reconstruction_objective(model, &misfits[worst[at - 1]]); at--) {
            if (at < OUTLIERS) {
                worst[at] = worst[at - 1];
            }
        }
        if (at < OUTLIERS) {
            worst[at] = i;
            found += found < OUTLIERS;
        }
    }
    Status status = STATUS_OK;
    for (int i = 0; i < found && !status; i++) {
        const char *name = items ? model->documents.items[worst[i]].id
                                 : vocabulary_word(&model->vocabulary, (WordId)worst[i]);
        status =
            buffer_print(text, error, "%s%s %.0f %%", i ? ", " : "", name,
                         100.0 * reconstruction_part(model, reconstruction, &misfits[worst[i]]));
    }
    return status;
}

static Status say_outliers(const Model *model, const Reconstruction *reconstruction, Error *error)
{
    Buffer text = {0};
    if (reconstruction_part(model, reconstruction, &reconstruction->all) == 0.0) {
        return STATUS_OK; /* what rounding leaves has no outliers */
    }
    Status status = buffer_append_text(&text, "largest parts of the error: ", error);
    status = status ? status : append_worst(model, reconstruction, true, &text, error);
    status = status ? status : buffer_append_text(&text, "; ", error);
    status = status ? status : append_worst(model, reconstruction, false, &text, error);
    if (!status) {
        message_line("%s", text.bytes);
    }
    buffer_free(&text);
    return status;
}

Status factor_say_result(const Model *model, const Reconstruction *reconstruction, Error *error)
{
    say_fit(model, reconstruction);
    say_size(model, reconstruction);
    return say_outliers(model, reconstruction, error);
}

Status factor_print(const Options *options, const Model *model,
                    const Reconstruction *reconstruction, Error *error)
{
    Table table;
    Status status = factors_table(model, (int)options->top, &table, error);
    status = status ? status : result_print(options, &table, error);
    table_free(&table);
    if (status || options->csv || options->json || model->documents.count > ITEMS_PRINTED_MAX) {
        return status;
    }
    puts("");
    status = items_table(model, reconstruction, &table, error);
    status = status ? status : result_print(options, &table, error);
    table_free(&table);
    return status;
}
