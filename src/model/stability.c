#include "model/stability.h"

#include "base/memory.h"
#include "matrix/assignment.h"
#include "model/topic_lists.h"

#include <math.h>
#include <stdlib.h>

/* What is the same for all runs. */
typedef struct Study {
    const SampleSource *source;
    const StabilityReference *reference;
    const StabilityOptions *options;
    TopicLists lists; /* the reference's */
    double *lengths;  /* k: Euclidean, of the reference's word vectors */
    int threads;      /* of each fit */
} Study;

/* ---- one run ---- */

static void run_free(StabilityRun *run)
{
    free(run->agreement);
    free(run->cosine);
    free(run->kept);
    free(run->main);
    *run = (StabilityRun){0};
}

static Status run_new(const Study *study, StabilityRun *run, Error *error)
{
    const size_t k = (size_t)study->reference->k;
    run->agreement = memory_new(k, sizeof *run->agreement, error);
    run->cosine = memory_new(k, sizeof *run->cosine, error);
    run->kept = memory_new(k, (size_t)study->lists.depth * sizeof *run->kept, error);
    run->main = memory_new((size_t)study->reference->documents, sizeof *run->main, error);
    return run->agreement && run->cosine && run->kept && run->main ? STATUS_OK
                                                                   : error_status(error);
}

/* partner[t] is the run's topic that stands for the reference's topic t. */
static Status match_topics(const Study *study, const TopicLists *found, int *partner,
                           StabilityRun *run, Error *error)
{
    const int k = study->reference->k;
    double *scores = memory_new((size_t)k, (size_t)k * sizeof *scores, error);
    if (!scores) {
        return error_status(error);
    }
    for (int t = 0; t < k; t++) {
        for (int s = 0; s < k; s++) {
            scores[(size_t)t * (size_t)k + (size_t)s] =
                topic_lists_agreement(&study->lists, t, found, s);
        }
    }
    Status status = assignment_solve(scores, k, k, partner, error);
    for (int t = 0; t < k && !status; t++) {
        run->agreement[t] = scores[(size_t)t * (size_t)k + (size_t)partner[t]];
        run->mean += run->agreement[t] / k;
    }
    free(scores);
    return status;
}

static double column_length(const float *w, int64_t words, int k, int t)
{
    double sum = 0.0;
    for (int64_t i = 0; i < words; i++) {
        sum += (double)w[i * k + t] * (double)w[i * k + t];
    }
    return sqrt(sum);
}

static void compare_vectors(const Study *study, const Factors *factors, const int *partner,
                            StabilityRun *run)
{
    const int k = factors->rank;
    const float *w = study->reference->w;
    for (int t = 0; t < k; t++) {
        const int s = partner[t];
        const double lengths = study->lengths[t] * column_length(factors->w, factors->rows, k, s);
        double sum = 0.0;
        for (int64_t i = 0; i < factors->rows; i++) {
            sum += (double)w[i * k + t] * (double)factors->w[i * k + s];
        }
        run->cosine[t] = lengths > 0.0 ? sum / lengths : 0.0;
    }
}

static void compare_words(const Study *study, const TopicLists *found, const int *partner,
                          StabilityRun *run)
{
    const TopicLists *lists = &study->lists;
    for (int t = 0; t < lists->k; t++) {
        const WordId *there = topic_list(found, partner[t]);
        for (int i = 0; i < lists->lengths[t]; i++) {
            bool kept = false;
            for (int j = 0; j < found->lengths[partner[t]]; j++) {
                kept |= there[j] == topic_list(lists, t)[i];
            }
            run->kept[(int64_t)t * lists->depth + i] = kept;
        }
    }
}

/* The largest entry of a row, of equal ones the first; −1 if none is above 0. */
static int largest(const float *row, int k)
{
    int best = -1;
    for (int t = 0; t < k; t++) {
        if (row[t] > (best < 0 ? 0.0F : row[best])) {
            best = t;
        }
    }
    return best;
}

static Status name_documents(const Study *study, const Sample *sample, const Factors *factors,
                             const int *partner, StabilityRun *run, Error *error)
{
    const int k = factors->rank;
    int *named =
        memory_new((size_t)k, sizeof *named, error); /* of a run's topic: the reference's */
    if (!named) {
        return error_status(error);
    }
    for (int t = 0; t < k; t++) {
        named[partner[t]] = t;
    }
    for (int64_t d = 0; d < study->reference->documents; d++) {
        run->main[d] = -1;
    }
    for (int64_t i = 0; i < sample->count; i++) {
        const int topic = largest(factors->h + i * k, k);
        run->main[sample->documents[i]] = topic < 0 ? -1 : named[topic];
    }
    free(named);
    return STATUS_OK;
}

static Status compare(const Study *study, const Sample *sample, const Factors *factors,
                      StabilityRun *run, Error *error)
{
    TopicLists found = {0};
    int *partner = memory_new((size_t)factors->rank, sizeof *partner, error);
    Status status = partner ? topic_lists_make(factors->w, factors->rows, factors->rank,
                                               study->lists.depth, &found, error)
                            : error_status(error);
    if (!status) {
        status = match_topics(study, &found, partner, run, error);
    }
    if (!status) {
        compare_vectors(study, factors, partner, run);
        compare_words(study, &found, partner, run);
        status = name_documents(study, sample, factors, partner, run, error);
    }
    if (!status && study->options->background) {
        status = held_out_measure(sample, factors, study->source->idf, study->options->background,
                                  &run->held, error);
    }
    if (!status && study->options->by_words) {
        status = topic_scores_measure(factors->w, factors->rank, study->options->by_words,
                                      &run->scores, error);
    }
    topic_lists_free(&found);
    free(partner);
    return status;
}

static Status fit(const Study *study, const Sample *sample, int number, NmfResult *result,
                  Error *error)
{
    const StabilityOptions *options = study->options;
    const NmfOptions nmf = {
        .tolerance = options->tolerance,
        .kkt_tolerance = nmf_defaults.kkt_tolerance,
        .passes_max = options->passes_max,
        .threads = study->threads,
        .interrupted = options->interrupted,
        .context = options->context,
    };
    Factors start = {0};
    Status status = sample_start(sample, study->reference->k, options->init, study->source->seed,
                                 number, &start, error);
    if (!status) {
        status = nmf_solvers[0].solve(sample->x, &start, &nmf, result, error);
    }
    factors_free(&start);
    return status;
}

/* OpenBLAS shares its memory among threads: decompositions take turns. */
static Status draw(const Study *study, int number, Sample *sample, Error *error)
{
    const bool hold_out = study->options->background != NULL;
    Status status = sample_draw(study->source, number, hold_out, sample, error);
    if (!status && study->options->init != NMF_INIT_RANDOM) {
#pragma omp critical(decompose)
        status = sample_decompose(sample, study->reference->k, study->options->init,
                                  study->source->seed, study->threads, error);
    }
    return status;
}

static Status make_run(const Study *study, int number, StabilityRun *run, Error *error)
{
    const StabilityOptions *options = study->options;
    Sample drawn = {0};
    NmfResult result = {0};
    Status status = run_new(study, run, error);
    if (!status && !options->samples) {
        status = draw(study, number, &drawn, error);
    }
    const Sample *sample = options->samples ? &options->samples[number] : &drawn;
    if (!status) {
        status = fit(study, sample, number, &result, error);
    }
    if (!status && result.stop != NMF_INTERRUPTED) {
        status = compare(study, sample, &result.factors, run, error);
        run->objective = result.objective;
        run->passes = result.pass_count;
    }
    nmf_result_free(&result);
    sample_free(&drawn);
    return status;
}

/* ---- all runs ---- */

static bool is_interrupted(const StabilityOptions *options)
{
    return options->interrupted && options->interrupted(options->context);
}

static Status make_runs(Study *study, Stability *stability, Error *error)
{
    const StabilityOptions *options = study->options;
    const int runs = options->runs;
    const int team = runs >= options->threads ? options->threads : 1;
    study->threads = team > 1 ? 1 : options->threads;
    Error *errors = memory_new((size_t)runs, sizeof *errors, error);
    if (!errors) {
        return error_status(error);
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(team)
    for (int r = 0; r < runs; r++) {
        if (!is_interrupted(options)) {
            (void)make_run(study, r, &stability->runs[r], &errors[r]);
        }
    }
    Status status = STATUS_OK;
    for (int r = 0; r < runs && !status; r++) { /* the first, whichever thread was fastest */
        if (errors[r].status) {
            *error = errors[r];
            status = error_status(error);
        }
    }
    stability->interrupted = is_interrupted(options);
    free(errors);
    return status;
}

static void average_topics(Stability *stability)
{
    const int k = stability->k, depth = stability->depth, runs = stability->run_count;
    for (int r = 0; r < runs; r++) {
        const StabilityRun *run = &stability->runs[r];
        for (int t = 0; t < k; t++) {
            stability->topic[t] += run->agreement[t] / runs;
            stability->cosine[t] += run->cosine[t] / runs;
        }
        for (int64_t i = 0; i < (int64_t)k * depth; i++) {
            stability->word_part[i] += run->kept[i] ? 1.0 : 0.0;
        }
        stability->mean += run->mean / runs;
    }
    for (int64_t i = 0; i < (int64_t)k * depth; i++) {
        stability->word_part[i] /= runs;
    }
}

static void average_documents(const StabilityReference *reference, Stability *stability)
{
    for (int64_t d = 0; d < stability->documents; d++) {
        int seen = 0, stayed = 0;
        for (int r = 0; r < stability->run_count; r++) {
            const int32_t topic = stability->runs[r].main[d];
            seen += topic >= 0;
            stayed += topic >= 0 && topic == reference->main[d];
        }
        stability->document_part[d] =
            seen > 0 && reference->main[d] >= 0 ? (double)stayed / seen : -1.0;
    }
}

/* ---- the whole ---- */

static Status stability_new(const Study *study, Stability *stability, Error *error)
{
    const size_t k = (size_t)study->reference->k, depth = (size_t)study->lists.depth;
    *stability = (Stability){.k = study->reference->k,
                             .depth = study->lists.depth,
                             .run_count = study->options->runs,
                             .documents = study->reference->documents};
    stability->runs = memory_new((size_t)study->options->runs, sizeof *stability->runs, error);
    stability->words = memory_new(k, depth * sizeof *stability->words, error);
    stability->topic = memory_new(k, sizeof *stability->topic, error);
    stability->cosine = memory_new(k, sizeof *stability->cosine, error);
    stability->word_part = memory_new(k, depth * sizeof *stability->word_part, error);
    stability->document_part =
        memory_new((size_t)stability->documents, sizeof *stability->document_part, error);
    if (!stability->runs || !stability->words || !stability->topic || !stability->cosine ||
        !stability->word_part || !stability->document_part) {
        return error_status(error);
    }
    for (int t = 0; t < stability->k; t++) {
        for (int i = 0; i < stability->depth; i++) {
            stability->words[(int64_t)t * stability->depth + i] =
                i < study->lists.lengths[t] ? topic_list(&study->lists, t)[i] : WORD_NONE;
        }
    }
    return STATUS_OK;
}

static Status study_begin(Study *study, Error *error)
{
    const StabilityReference *reference = study->reference;
    const int depth = reference->words < STABILITY_DEPTH ? (int)reference->words : STABILITY_DEPTH;
    study->lengths = memory_new((size_t)reference->k, sizeof *study->lengths, error);
    if (!study->lengths) {
        return error_status(error);
    }
    for (int t = 0; t < reference->k; t++) {
        study->lengths[t] = column_length(reference->w, reference->words, reference->k, t);
    }
    return topic_lists_make(reference->w, reference->words, reference->k, depth, &study->lists,
                            error);
}

Status stability_measure(const SampleSource *source, const StabilityReference *reference,
                         const StabilityOptions *options, Stability *stability, Error *error)
{
    Study study = {.source = source, .reference = reference, .options = options};
    Status status = study_begin(&study, error);
    if (!status) {
        status = stability_new(&study, stability, error);
    }
    if (!status) {
        status = make_runs(&study, stability, error);
    }
    if (!status && !stability->interrupted) {
        average_topics(stability);
        average_documents(reference, stability);
    }
    if (status) {
        stability_free(stability);
    }
    topic_lists_free(&study.lists);
    free(study.lengths);
    return status;
}

void stability_free(Stability *stability)
{
    for (int r = 0; stability->runs && r < stability->run_count; r++) {
        run_free(&stability->runs[r]);
    }
    free(stability->runs);
    free(stability->words);
    free(stability->topic);
    free(stability->cosine);
    free(stability->word_part);
    free(stability->document_part);
    *stability = (Stability){0};
}
