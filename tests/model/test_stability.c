#include "model/stability.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENTS = 60, GROUP = 8, TOPICS = 3, WORDS = GROUP * TOPICS };

/* Documents on one of three subjects each, with words of their subject alone: counts 1 to 4. */
static Counts make_counts(int64_t documents)
{
    Counts counts = {0};
    Error error = {0};
    cr_assert_eq(counts_reserve(&counts, documents, documents * GROUP, true, &error), STATUS_OK);
    int64_t at = 0;
    const RandomStream random = {.seed = 3, .stream = 1};
    for (int64_t d = 0; d < documents; d++) {
        counts.starts[d] = at;
        for (int i = 0; i < GROUP; i++) {
            counts.words[at] = (WordId)(d % TOPICS * GROUP + i);
            counts.values[at] = 1 + (uint32_t)(random_bits(random, (uint64_t)at) % 4);
            at++;
        }
    }
    counts.starts[documents] = at;
    return counts;
}

static const WeightOptions as_counts = {.scheme = WEIGHT_COUNT, .norm = NORM_L1};

static double *ones(void)
{
    static double values[WORDS];
    for (int i = 0; i < WORDS; i++) {
        values[i] = 1.0;
    }
    return values;
}

static SampleSource source_of(const Counts *counts)
{
    return (SampleSource){
        .counts = counts, .weight = &as_counts, .idf = ones(), .words = WORDS, .seed = 1};
}

/* The topics and main topics that such documents have. */
static StabilityReference reference_of(int64_t documents)
{
    static float w[WORDS * TOPICS];
    static int32_t main[DOCUMENTS];
    for (int i = 0; i < WORDS; i++) {
        w[i * TOPICS + i / GROUP] = (float)(1.0 / GROUP);
    }
    for (int d = 0; d < documents; d++) {
        main[d] = d % TOPICS;
    }
    return (StabilityReference){
        .k = TOPICS, .words = WORDS, .documents = documents, .w = w, .main = main};
}

/* ---- samples ---- */

Test(sample, takes_four_fifths_and_holds_tokens_out)
{
    Counts counts = make_counts(DOCUMENTS);
    const SampleSource source = source_of(&counts);
    Error error = {0};
    double held = 0.0, all = 0.0;
    for (int run = 0; run < 40; run++) {
        Sample sample = {0};
        cr_assert_eq(sample_draw(&source, run, true, &sample, &error), STATUS_OK);
        cr_assert_eq(sample.count, DOCUMENTS - DOCUMENTS / 5);
        for (int64_t i = 1; i < sample.count; i++) {
            cr_assert_lt(sample.documents[i - 1], sample.documents[i]);
        }
        cr_assert(sparse_is_valid(sample.x));
        held += sample.held_tokens;
        for (int64_t i = 0; i < sample.count; i++) {
            all += counts_tokens(&counts, sample.documents[i]);
        }
        sample_free(&sample);
    }
    cr_assert(held > 0.006 * all && held < 0.014 * all, "a hundredth of the tokens: %g",
              held / all);
    counts_free(&counts);
}

Test(sample, is_a_function_of_seed_and_run)
{
    Counts counts = make_counts(DOCUMENTS);
    SampleSource source = source_of(&counts);
    Sample a = {0}, b = {0}, c = {0};
    Error error = {0};
    cr_assert_eq(sample_draw(&source, 4, true, &a, &error), STATUS_OK);
    cr_assert_eq(sample_draw(&source, 4, true, &b, &error), STATUS_OK);
    cr_assert_eq(sample_draw(&source, 5, true, &c, &error), STATUS_OK);
    const size_t bytes = (size_t)a.count * sizeof *a.documents;
    cr_assert_arr_eq(a.documents, b.documents, bytes);
    cr_assert_arr_neq(a.documents, c.documents, bytes);
    cr_assert_eq(a.held_tokens, b.held_tokens);
    sample_free(&a);
    sample_free(&b);
    sample_free(&c);
    counts_free(&counts);
}

/* What is kept and what is held out are together what there was. */
Test(sample, loses_no_token)
{
    Counts counts = make_counts(DOCUMENTS);
    const SampleSource source = source_of(&counts);
    WeightOptions raw = as_counts;
    raw.norm = NORM_NONE;
    SampleSource unscaled = source;
    unscaled.weight = &raw;
    Sample sample = {0};
    Error error = {0};
    cr_assert_eq(sample_draw(&unscaled, 0, true, &sample, &error), STATUS_OK);
    for (int64_t i = 0; i < sample.count; i++) {
        double kept = 0.0;
        for (int64_t p = sample.x->starts[i]; p < sample.x->starts[i + 1]; p++) {
            kept += sample.x->values[p];
        }
        cr_assert_eq(kept + counts_tokens(&sample.held, i),
                     counts_tokens(&counts, sample.documents[i]));
    }
    sample_free(&sample);
    counts_free(&counts);
}

Test(sample, of_one_document_keeps_it)
{
    Counts counts = make_counts(1);
    const SampleSource source = source_of(&counts);
    Sample sample = {0};
    Error error = {0};
    cr_assert_eq(sample_draw(&source, 0, true, &sample, &error), STATUS_OK);
    cr_assert_eq(sample.count, 1);
    cr_assert_gt(sparse_entries(sample.x), 0);
    sample_free(&sample);
    counts_free(&counts);
}

/* ---- held-out tokens ---- */

/* One document, one topic with chances ¾ and ¼, idf 1 and 2; one token of the second word is held
 * out, which makes up 2/10 of all tokens. Without the idf the topic says ¾ : ⅛, so 1/7 for it; with
 * the background 0.9/7 + 0.02. */
Test(held_out, by_hand)
{
    int64_t starts[] = {0, 1};
    WordId words[] = {1};
    uint32_t values[] = {1};
    float w[] = {0.75F, 0.25F}, h[] = {1.0F};
    const double idf[] = {1.0, 2.0}, background[] = {0.8, 0.2};
    const Sample sample = {
        .count = 1,
        .held = {.documents = 1, .starts = starts, .words = words, .values = values},
        .held_tokens = 1.0,
    };
    const Factors factors = {.rows = 2, .columns = 1, .rank = 1, .w = w, .h = h};
    HeldOut held;
    Error error = {0};
    cr_assert_eq(held_out_measure(&sample, &factors, idf, background, &held, &error), STATUS_OK);
    cr_assert_eq(held.tokens, 1.0);
    cr_assert_float_eq(held.nats, -log(0.9 / 7.0 + 0.02), 1e-12);
    cr_assert_float_eq(held.divergence, held.nats, 1e-12);
}

/* A document that no topic describes is predicted by the background alone. */
Test(held_out, of_a_document_without_topics)
{
    int64_t starts[] = {0, 2};
    WordId words[] = {0, 1};
    uint32_t values[] = {1, 1};
    float w[] = {0.5F, 0.5F}, h[] = {0.0F};
    const double idf[] = {1.0, 1.0}, background[] = {0.5, 0.5};
    const Sample sample = {
        .count = 1,
        .held = {.documents = 1, .starts = starts, .words = words, .values = values},
        .held_tokens = 2.0,
    };
    const Factors factors = {.rows = 2, .columns = 1, .rank = 1, .w = w, .h = h};
    HeldOut held;
    Error error = {0};
    cr_assert_eq(held_out_measure(&sample, &factors, idf, background, &held, &error), STATUS_OK);
    cr_assert_float_eq(held.nats, 2.0 * log(2.0), 1e-12);
    cr_assert_float_eq(held.divergence, 0.0, 1e-12);
}

/* A staged start of a sample is not the one without stages, and keeps the documents' masses. */
Test(sample, begins_in_two_stages_if_fit_does)
{
    Counts counts = make_counts(DOCUMENTS);
    const SampleSource source = source_of(&counts);
    Error error = {0};
    Factors starts[2] = {0};
    for (int staged = 0; staged < 2; staged++) {
        const NmfInit init = staged ? NMF_INIT_STAGED : NMF_INIT_NNDSVDA;
        Sample sample = {0};
        cr_assert_eq(sample_draw(&source, 0, false, &sample, &error), STATUS_OK);
        cr_assert_eq(sample_decompose(&sample, TOPICS, init, 1, 1, &error), STATUS_OK);
        cr_assert_eq(sample_start(&sample, TOPICS, init, 1, 0, &starts[staged], &error), STATUS_OK);
        sample_free(&sample);
    }
    for (int64_t d = 0; d < starts[1].columns; d++) {
        double mass = 0.0;
        for (int t = 0; t < TOPICS; t++) {
            mass += (double)starts[1].h[d * TOPICS + t];
        }
        cr_assert_float_eq(mass, 1.0, 1e-5);
    }
    cr_assert_arr_neq(starts[0].w, starts[1].w, WORDS * TOPICS * sizeof(float));
    factors_free(&starts[0]);
    factors_free(&starts[1]);
    counts_free(&counts);
}

/* ---- stability ---- */

static Stability measure(const Counts *counts, int threads, NmfInit init)
{
    const SampleSource source = source_of(counts);
    const StabilityReference reference = reference_of(counts->documents);
    StabilityOptions options = stability_defaults;
    options.runs = 5;
    options.threads = threads;
    options.init = init;
    Stability stability = {0};
    Error error = {0};
    cr_assert_eq(stability_measure(&source, &reference, &options, &stability, &error), STATUS_OK,
                 "%s", error.message);
    return stability;
}

/* Subjects without a word in common are always found again: 8 words each, none beside them, so that
 * every prefix of 8 and more agrees, and shorter ones mostly. */
static void check_clear_topics(NmfInit init)
{
    Counts counts = make_counts(DOCUMENTS);
    Stability stability = measure(&counts, 1, init);
    cr_assert_eq(stability.depth, STABILITY_DEPTH);
    for (int t = 0; t < TOPICS; t++) {
        cr_assert(stability.topic[t] > 0.6 && stability.topic[t] <= 1.0);
        cr_assert_gt(stability.cosine[t], 0.9);
        for (int i = 0; i < GROUP; i++) {
            cr_assert_eq(stability.word_part[t * STABILITY_DEPTH + i], 1.0);
        }
        cr_assert_eq(stability.words[t * STABILITY_DEPTH + GROUP], WORD_NONE);
    }
    for (int64_t d = 0; d < DOCUMENTS; d++) {
        cr_assert(stability.document_part[d] == 1.0 || stability.document_part[d] == -1.0);
    }
    stability_free(&stability);
    counts_free(&counts);
}

Test(stability, of_clear_topics_is_high)
{
    check_clear_topics(NMF_INIT_NNDSVDA);
    check_clear_topics(NMF_INIT_STAGED);
}

Test(stability, is_the_same_for_any_number_of_threads)
{
    Counts counts = make_counts(DOCUMENTS);
    static const NmfInit kinds[] = {NMF_INIT_NNDSVDA, NMF_INIT_STAGED, NMF_INIT_RANDOM};
    for (int kind = 0; kind < 3; kind++) {
        const NmfInit init = kinds[kind];
        Stability one = measure(&counts, 1, init);
        for (int threads = 2; threads <= 7; threads += 1) { /* with 7, threads help each run */
            Stability more = measure(&counts, threads, init);
            cr_assert_arr_eq(one.topic, more.topic, TOPICS * sizeof(double));
            cr_assert_arr_eq(one.cosine, more.cosine, TOPICS * sizeof(double));
            cr_assert_arr_eq(one.document_part, more.document_part, DOCUMENTS * sizeof(double));
            for (int r = 0; r < 5; r++) {
                cr_assert_eq(one.runs[r].objective, more.runs[r].objective);
            }
            stability_free(&more);
        }
        stability_free(&one);
    }
    counts_free(&counts);
}

Test(stability, of_one_document)
{
    Counts counts = make_counts(1);
    const SampleSource source = source_of(&counts);
    static float w[WORDS];
    static const int32_t main[] = {0};
    for (int i = 0; i < GROUP; i++) {
        w[i] = (float)(counts.values[i] / counts_tokens(&counts, 0));
    }
    const StabilityReference reference = {
        .k = 1, .words = WORDS, .documents = 1, .w = w, .main = main};
    StabilityOptions options = stability_defaults;
    options.runs = 1;
    Stability stability = {0};
    Error error = {0};
    cr_assert_eq(stability_measure(&source, &reference, &options, &stability, &error), STATUS_OK);
    cr_assert_float_eq(stability.topic[0], 1.0, 1e-12);
    cr_assert_float_eq(stability.cosine[0], 1.0, 1e-6);
    cr_assert_eq(stability.document_part[0], 1.0);
    stability_free(&stability);
    counts_free(&counts);
}

static bool always(void *context)
{
    (void)context;
    return true;
}

Test(stability, tells_of_an_interruption)
{
    Counts counts = make_counts(DOCUMENTS);
    const SampleSource source = source_of(&counts);
    const StabilityReference reference = reference_of(DOCUMENTS);
    StabilityOptions options = stability_defaults;
    options.runs = 3;
    options.interrupted = always;
    Stability stability = {0};
    Error error = {0};
    cr_assert_eq(stability_measure(&source, &reference, &options, &stability, &error), STATUS_OK);
    cr_assert(stability.interrupted);
    stability_free(&stability);
    counts_free(&counts);
}
