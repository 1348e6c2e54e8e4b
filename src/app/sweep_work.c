#include "app/sweep_work.h"

#include "app/interrupt.h"
#include "app/messages.h"
#include "base/clock.h"
#include "base/exponential.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "matrix/linkage.h"
#include "model/stability.h"
#include "model/topic_scores.h"

#include <stdlib.h>
#include <string.h>

enum { CONSENSUS_MOST = 1000 }; /* documents whose consensus is looked at: it takes their square */

/* The stream that chooses them. */
static const uint64_t stream_consensus = UINT64_C(1) << 41;

static bool is_interrupted(void *context)
{
    (void)context;
    return interrupt_seen();
}

/* ---- what is shared ---- */

static SampleSource source_of(const SweepWork *work)
{
    return (SampleSource){
        .counts = &work->model->counts,
        .weight = &work->model->weight,
        .idf = work->model->idf,
        .words = work->model->vocabulary.count,
        .seed = (uint64_t)work->options->seed,
    };
}

static Status draw_samples(SweepWork *work, Error *error)
{
    const SampleSource source = source_of(work);
    const bool hold_out = true;
    work->samples = memory_new((size_t)work->runs, sizeof *work->samples, error);
    Status status = work->samples ? STATUS_OK : error_status(error);
    for (int r = 0; r < work->runs && !status; r++) {
        status = sample_draw(&source, r, hold_out, &work->samples[r], error);
        if (!status) {
            status = sample_decompose(&work->samples[r], work->most, work->options->init,
                                      source.seed, work->threads, error);
        }
    }
    return status;
}

static Status weigh_background(SweepWork *work, Error *error)
{
    const Model *model = work->model;
    work->background = memory_new(model->vocabulary.count, sizeof *work->background, error);
    if (!work->background) {
        return error_status(error);
    }
    double all = 0.0;
    for (WordId w = 0; w < model->vocabulary.count; w++) {
        all += model->term_frequency[w];
    }
    for (WordId w = 0; w < model->vocabulary.count; w++) {
        work->background[w] = model->term_frequency[w] / all;
    }
    return STATUS_OK;
}

Status sweep_work_begin(SweepWork *work, Error *error)
{
    work->transposed = sparse_transpose(work->x, error);
    Status status = work->transposed ? nmf_start_svd(work->x, work->transposed, work->most,
                                                     (uint64_t)work->options->seed, work->threads,
                                                     &work->svd, error)
                                     : error_status(error);
    if (!status) {
        status = weigh_background(work, error);
    }
    return status ? status : draw_samples(work, error);
}

void sweep_work_end(SweepWork *work)
{
    for (int r = 0; r < work->runs && work->samples; r++) {
        sample_free(&work->samples[r]);
    }
    free(work->samples);
    free(work->background);
    svd_free(&work->svd);
    sparse_free(work->transposed);
}

static uint64_t hash_with(uint64_t hash, const void *bytes, size_t length)
{
    const uint64_t parts[2] = {hash, hash_bytes(bytes, length)};
    return hash_bytes(parts, sizeof parts);
}

uint64_t sweep_work_fingerprint(const SweepWork *work)
{
    const SparseMatrix *x = work->x;
    const Options *options = work->options;
    const Vocabulary *words = &work->model->vocabulary;
    const size_t entries = (size_t)sparse_entries(x);
    const int64_t numbers[] = {x->rows,           x->columns,         work->runs,
                               options->seed,     options->solver,    (int64_t)options->init,
                               options->restarts, options->passes_max};
    uint64_t hash = hash_bytes(numbers, sizeof numbers);
    hash = hash_with(hash, &options->tolerance, sizeof options->tolerance);
    hash = hash_with(hash, x->starts, ((size_t)x->columns + 1) * sizeof *x->starts);
    hash = hash_with(hash, x->row_indices, entries * sizeof *x->row_indices);
    hash = hash_with(hash, x->values, entries * sizeof *x->values);
    return hash_with(hash, words->bytes.bytes, words->bytes.length);
}

/* ---- one k ---- */

static Status start_whole(const SweepWork *work, int k, Factors *start, Error *error)
{
    const Options *options = work->options;
    const uint64_t seed = (uint64_t)options->seed;
    return nmf_init_is_svd(options->init) && k <= work->svd.rank
               ? nmf_start_of_svd(work->x, &work->svd, k, options->init, seed, start, error)
               : nmf_start(work->x, k, options->init, seed, 0, work->threads, start, error);
}

/* The topics of the whole corpus, as fit finds them from the first start. */
static Status fit_whole(const SweepWork *work, int k, NmfResult *result, Error *error)
{
    const Options *options = work->options;
    NmfOptions nmf = options_nmf(options);
    nmf.threads = work->threads;
    nmf.interrupted = is_interrupted;
    Factors start = {0};
    Status status = start_whole(work, k, &start, error);
    if (!status) {
        status = nmf_solvers[options->solver].solve(work->x, &start, &nmf, result, error);
    }
    factors_free(&start);
    return status;
}

/* The topic with the largest part of each document, −1 of one without words. */
static int32_t *main_topics(const Factors *factors, Error *error)
{
    const int k = factors->rank;
    int32_t *main = memory_new((size_t)factors->columns, sizeof *main, error);
    for (int64_t d = 0; d < factors->columns && main; d++) {
        const float *row = factors->h + d * k;
        main[d] = -1;
        for (int t = 0; t < k; t++) {
            if (row[t] > (main[d] < 0 ? 0.0F : row[main[d]])) {
                main[d] = t;
            }
        }
    }
    return main;
}

/* Documents with a main topic, at most CONSENSUS_MOST of them. */
static Status choose_documents(const SweepWork *work, const int32_t *main, Ticket **tickets,
                               int64_t *count, Error *error)
{
    const RandomStream random = {.seed = (uint64_t)work->options->seed, .stream = stream_consensus};
    *tickets = memory_new((size_t)work->x->columns, sizeof **tickets, error);
    *count = 0;
    if (!*tickets) {
        return error_status(error);
    }
    for (int64_t d = 0; d < work->x->columns; d++) {
        if (main[d] >= 0) {
            (*tickets)[(*count)++] =
                (Ticket){.number = random_bits(random, (uint64_t)d), .document = d};
        }
    }
    qsort(*tickets, (size_t)*count, sizeof **tickets, ticket_compare);
    *count = *count < CONSENSUS_MOST ? *count : CONSENSUS_MOST;
    return STATUS_OK;
}

/* The consensus of all fits, that of the whole corpus among them, so that any two documents are in
 * one together. */
static Status measure_consensus(const SweepWork *work, const int32_t *main,
                                const Stability *stability, SweepValue *value, Error *error)
{
    Ticket *tickets = NULL;
    int64_t count = 0;
    const int partitions = stability->run_count + 1;
    Status status = choose_documents(work, main, &tickets, &count, error);
    const int32_t **rows =
        status ? NULL : memory_new((size_t)partitions, sizeof(const int32_t *), error);
    int32_t *cells =
        rows ? memory_new((size_t)count, (size_t)partitions * sizeof *cells, error) : NULL;
    if (!cells) {
        status = error_status(error);
    }
    for (int p = 0; p < partitions && !status; p++) {
        const int32_t *from = p == 0 ? main : stability->runs[p - 1].main;
        rows[p] = cells + (int64_t)p * count;
        for (int64_t i = 0; i < count; i++) {
            cells[(int64_t)p * count + i] = from[tickets[i].document];
        }
    }
    Consensus consensus = {.cophenetic = 1.0, .dispersion = 1.0};
    if (!status && count > 0) {
        status = linkage_consensus(rows, partitions, count, &consensus, error);
    }
    value->cophenetic = consensus.cophenetic;
    value->dispersion = consensus.dispersion;
    free(tickets);
    free(rows);
    free(cells);
    return status;
}

static int compare_falling(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a < b) - (a > b);
}

static void take_runs(const Stability *stability, SweepValue *value)
{
    value->predicts = true;
    for (int r = 0; r < stability->run_count; r++) {
        const StabilityRun *run = &stability->runs[r];
        double *measures = value->runs + (int64_t)r * SWEEP_MEASURES;
        measures[SWEEP_STABILITY] = run->mean;
        measures[SWEEP_COHERENCE] = run->scores.coherence;
        measures[SWEEP_EXCLUSIVITY] = run->scores.exclusivity;
        measures[SWEEP_DIVERSITY] = run->scores.diversity;
        measures[SWEEP_OBJECTIVE] = run->objective;
        if (run->held.tokens > 0.0) {
            measures[SWEEP_PERPLEXITY] = exponential(run->held.nats / run->held.tokens);
            measures[SWEEP_DIVERGENCE] = run->held.divergence / run->held.tokens;
        } else {
            value->predicts = false;
        }
    }
    memcpy(value->topics, stability->topic, (size_t)value->k * sizeof *value->topics);
    qsort(value->topics, (size_t)value->k, sizeof *value->topics, compare_falling);
}

static Status measure_stability(const SweepWork *work, const NmfResult *result, SweepValue *value,
                                bool *interrupted, Error *error)
{
    const SampleSource source = source_of(work);
    StabilityOptions options = stability_defaults;
    options.runs = work->runs;
    options.init = work->options->init;
    options.samples = work->samples;
    options.threads = work->threads;
    options.background = work->background;
    options.by_words = work->transposed;
    options.interrupted = is_interrupted;
    int32_t *main = main_topics(&result->factors, error);
    if (!main) {
        return error_status(error);
    }
    const StabilityReference reference = {
        .k = value->k,
        .words = work->x->rows,
        .documents = work->x->columns,
        .w = result->factors.w,
        .main = main,
    };
    Stability stability = {0};
    Status status = stability_measure(&source, &reference, &options, &stability, error);
    *interrupted = !status && stability.interrupted;
    if (!status && !*interrupted) {
        take_runs(&stability, value);
        status = measure_consensus(work, main, &stability, value, error);
    }
    stability_free(&stability);
    free(main);
    return status;
}

Status sweep_work_measure(SweepWork *work, int k, SweepValue *value, bool *interrupted,
                          Error *error)
{
    NmfResult result = {0};
    TopicScores scores;
    *interrupted = false;
    Status status = sweep_value_new(value, k, work->runs, error);
    if (!status) {
        status = fit_whole(work, k, &result, error);
    }
    if (!status) {
        *interrupted = interrupt_seen();
        status = topic_scores_measure(result.factors.w, k, work->transposed, &scores, error);
    }
    if (!status && !*interrupted) {
        value->whole[SWEEP_COHERENCE] = scores.coherence;
        value->whole[SWEEP_EXCLUSIVITY] = scores.exclusivity;
        value->whole[SWEEP_DIVERSITY] = scores.diversity;
        value->whole[SWEEP_OBJECTIVE] = result.objective;
        status = measure_stability(work, &result, value, interrupted, error);
    }
    if (status || *interrupted) {
        sweep_value_free(value);
    }
    nmf_result_free(&result);
    return status;
}

/* ---- all k ---- */

static int64_t count_missing(const TopicRange *range, const Sweep *sweep)
{
    int64_t missing = 0;
    for (int64_t k = range->first; k <= range->last; k += range->step) {
        missing += sweep_find(sweep, (int)k) == NULL;
    }
    return missing;
}

static void say_value(const SweepWork *work, const SweepValue *value, int64_t done, int64_t all,
                      const Moment *begin, double *said_s)
{
    static const double line_every_s = 10.0;
    const Moment now = clock_now();
    const double spent = clock_between(*begin, now).wall_s;
    const bool due = spent - *said_s >= line_every_s;
    if (!work->options->quiet &&
        message_progress(due, "%lld of %lld numbers of topics, %.0f s: k = %d, stability %.3f",
                         (long long)done, (long long)all, spent, value->k,
                         sweep_spread(value, SWEEP_STABILITY).value) &&
        due) {
        *said_s = spent;
    }
}

static Status keep_singular(const SweepWork *work, Sweep *sweep, Error *error)
{
    double *singular = memory_new((size_t)work->svd.rank, sizeof *singular, error);
    if (!singular) {
        return error_status(error);
    }
    memcpy(singular, work->svd.s, (size_t)work->svd.rank * sizeof *singular);
    free(sweep->singular);
    sweep->singular = singular;
    sweep->singular_count = work->svd.rank;
    return STATUS_OK;
}

Status sweep_work_range(SweepWork *work, const TopicRange *range, Sweep *sweep, Error *error)
{
    const int64_t missing = count_missing(range, sweep);
    const Moment begin = clock_now();
    double said_s = 0.0;
    int64_t done = 0;
    Status status = keep_singular(work, sweep, error);
    interrupt_catch();
    for (int64_t k = range->first; k <= range->last && !status && !interrupt_seen();
         k += range->step) {
        if (sweep_find(sweep, (int)k)) {
            continue;
        }
        SweepValue value = {0};
        bool interrupted;
        status = sweep_work_measure(work, (int)k, &value, &interrupted, error);
        if (!status && !interrupted) {
            say_value(work, &value, ++done, missing, &begin, &said_s);
            status = sweep_add(sweep, &value, error);
        }
        sweep_value_free(&value);
    }
    interrupt_defer(); /* what there is will be written */
    message_progress(false, "%s", "");
    return status;
}
