#include "nmf/half_step.h"

#include "base/memory.h"
#include "base/random.h"
#include "nmf/naive.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One column of V against `count` rows of A, all in one place for the naive versions. */
typedef struct Problem {
    int k, count;
    int64_t stride;
    CompactPair pair; /* count words × 1 document */
    MovingFactor a, b;
    double mass;
    HalfStepRoom *room;
} Problem;

static Problem make_problem(int k, int count, uint64_t seed)
{
    const RandomStream stream = {.seed = seed, .stream = 8};
    Error error;
    Problem p = {.k = k, .count = count, .stride = half_step_stride(k)};
    double *values = calloc((size_t)count + 1, sizeof *values);
    for (int i = 0; i < count; i++) {
        values[i] = floor(1 + 9 * random_uniform(stream, (uint64_t)i));
    }
    SparseMatrix *x = support_sparse(count + 1, 1, values); /* the last word is in no document */
    cr_assert(compact_new(x, &p.pair, &error) == STATUS_OK);
    sparse_free(x);
    free(values);
    for (int i = 0; i < count; i++) {
        p.mass += (double)p.pair.documents.values[i];
    }
    MovingFactor *factors[2] = {&p.a, &p.b};
    const int64_t rows[2] = {count + 1, 1};
    uint64_t at = 1000;
    for (int f = 0; f < 2; f++) {
        factors[f]->rows = rows[f];
        factors[f]->now = memory_new_aligned((size_t)rows[f], (size_t)p.stride * 4, &error);
        factors[f]->ahead = memory_new_aligned((size_t)rows[f], (size_t)p.stride * 4, &error);
        factors[f]->sums = calloc((size_t)p.stride, sizeof(double));
        for (int64_t i = 0; i < rows[f]; i++) {
            for (int t = 0; t < k; t++) {
                const double u = random_uniform(stream, at++);
                const bool zero = f == 0 && u < 0.3 && t != i % k; /* every word has a topic */
                const float value = zero ? 0.0F : (float)u;
                factors[f]->now[i * p.stride + t] = value;
                factors[f]->ahead[i * p.stride + t] = value;
                factors[f]->sums[t] += (double)value;
            }
        }
    }
    p.room = half_step_room_new(&p.pair, p.stride, 1, &error);
    cr_assert(p.room != NULL);
    return p;
}

static HalfStepFacts take(Problem *p)
{
    const HalfStep step = {.v = &p->pair.documents,
                           .a = &p->a,
                           .b = &p->b,
                           .mass = &p->mass,
                           .k = p->k,
                           .stride = p->stride,
                           .measured = true,
                           .threads = 1};
    return half_step_take(&step, p->room);
}

static void free_problem(Problem *p)
{
    compact_free(&p->pair);
    free(p->a.now);
    free(p->a.ahead);
    free(p->a.sums);
    free(p->b.now);
    free(p->b.ahead);
    free(p->b.sums);
    half_step_room_free(p->room);
}

static double plain_product(const Problem *p, const float *b, uint32_t row)
{
    double sum = 0.0;
    for (int t = 0; t < p->k; t++) {
        sum += (double)p->a.ahead[row * p->stride + t] * (double)b[t];
    }
    return sum;
}

static double plain_gradient(const Problem *p, const float *b, int t)
{
    double g = 0.0;
    for (int i = 0; i < p->count; i++) {
        const uint32_t row = p->pair.documents.rows_of[i];
        g += (double)p->pair.documents.values[i] / plain_product(p, b, row) *
             (double)p->a.ahead[row * p->stride + t];
    }
    return g;
}

/* What the step minimises: Σ u·b − Σ v·ln(A·b). */
static double plain_value(const Problem *p, const float *b)
{
    double value = 0.0;
    for (int t = 0; t < p->k; t++) {
        value += p->a.sums[t] * (double)b[t];
    }
    for (int i = 0; i < p->count; i++) {
        value -= (double)p->pair.documents.values[i] *
                 log(plain_product(p, b, p->pair.documents.rows_of[i]));
    }
    return value;
}

/* Ranks and lengths around every boundary of the vectors. */
static const int ranks[] = {1, 2, 5, 15, 16, 17, 31, 33, 64, 100, 130};
static const int lengths[] = {1, 2, 3, 15, 16, 17, 40, 129, 300};

#define FOR_ALL_SHAPES                                                                             \
    for (size_t r = 0; r < sizeof ranks / sizeof *ranks; r++)                                      \
        for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)

Test(half_step, measures_the_sum_of_logarithms_where_it_begins)
{
    FOR_ALL_SHAPES
    {
        Problem p = make_problem(ranks[r], lengths[l], 100 * r + l);
        double log_sum = 0.0;
        for (int i = 0; i < p.count; i++) {
            log_sum += (double)p.pair.documents.values[i] *
                       log(plain_product(&p, p.b.ahead, p.pair.documents.rows_of[i]));
        }
        const HalfStepFacts facts = take(&p);
        cr_assert(fabs(facts.log_sum - log_sum) <= 2e-6 * p.mass, "k %d, length %d: %.9g, %.9g",
                  p.k, p.count, facts.log_sum, log_sum);
        free_problem(&p);
    }
}

Test(half_step, coordinate_steps_lower_the_value_and_reach_the_optimum)
{
    FOR_ALL_SHAPES
    {
        const int k = ranks[r];
        Problem p = make_problem(k, lengths[l], 900 + 100 * r + l);
        double value = plain_value(&p, p.b.now);
        for (int step = 0; step < 300; step++) {
            take(&p);
            const double lower = plain_value(&p, p.b.now);
            cr_assert(lower <= value + 1e-6 * (fabs(value) + p.mass), "k %d, length %d: %.9g, %.9g",
                      k, p.count, lower, value);
            value = lower;
        }
        for (int t = 0; t < k; t++) { /* Karush, Kuhn and Tucker */
            const double u = p.a.sums[t], g = plain_gradient(&p, p.b.now, t);
            const double held = (double)p.b.now[t] * u / p.mass;
            cr_assert(u == 0.0 || g <= u * (1 + 2e-3), "k %d, length %d, topic %d: G/u = %g", k,
                      p.count, t, g / u);
            cr_assert(u == 0.0 || held * fabs(g / u - 1.0) < 1e-3, "k %d, length %d, topic %d", k,
                      p.count, t);
        }
        free_problem(&p);
    }
}

/* ---- several columns together ---- */

enum { WORDS = 310, COLUMNS_MOST = 40 };

/* Columns of V of mixed lengths against one A, in float32 and float64. */
typedef struct Mixed {
    int k, columns;
    int64_t stride;
    CompactPair pair;
    MovingFactor a, b;
    double mass[COLUMNS_MOST];
    HalfStepRoom *room;
    NaiveFactor naive_a, naive_b;
    double *values; /* V's, widened */
} Mixed;

/* Column j of 0 to 300 entries: two long, five empty, the others up to 256. */
static int mixed_length(RandomStream stream, int j)
{
    const double u = random_uniform(stream, 5000 + (uint64_t)j);
    return j < 2        ? 257 + (int)(44 * u)
           : j % 8 == 5 ? 0
           : j % 8 == 3 ? 1 + (int)(4 * u)
                        : (int)(257 * u);
}

static void make_mixed_matrix(Mixed *p, RandomStream stream)
{
    double *values = calloc((size_t)WORDS * (size_t)p->columns, sizeof *values);
    for (int j = 0; j < p->columns; j++) {
        for (int i = 0; i < mixed_length(stream, j); i++) {
            const int row = (11 * j + 7 * i) % WORDS; /* 7 and 310 share no factor */
            values[row * p->columns + j] =
                0.5 + 9 * random_uniform(stream, 6000 + (uint64_t)(i * p->columns + j));
        }
    }
    SparseMatrix *x = support_sparse(WORDS, p->columns, values);
    Error error;
    cr_assert(compact_new(x, &p->pair, &error) == STATUS_OK);
    sparse_free(x);
    free(values);
    const Compact *v = &p->pair.documents;
    p->values = calloc((size_t)v->starts[v->columns], sizeof *p->values);
    for (int64_t j = 0; j < v->columns; j++) {
        for (int64_t e = v->starts[j]; e < v->starts[j + 1]; e++) {
            p->values[e] = (double)v->values[e];
            p->mass[j] += p->values[e];
        }
    }
}

/* The same numbers in both precisions; rows of B hold about their mass. */
static void fill_both(MovingFactor *factor, NaiveFactor *naive, int64_t rows, const Mixed *p,
                      RandomStream stream, const double *mass)
{
    Error error;
    const int k = p->k;
    const size_t size = (size_t)p->stride * sizeof(float);
    *naive = naive_factor_new(rows, k);
    *factor = (MovingFactor){.rows = rows,
                             .now = memory_new_aligned((size_t)rows, size, &error),
                             .ahead = memory_new_aligned((size_t)rows, size, &error),
                             .sums = calloc((size_t)p->stride, sizeof(double))};
    for (int64_t i = 0; i < rows; i++) {
        for (int t = 0; t < k; t++) {
            const double u = random_uniform(stream, (uint64_t)(i * k + t));
            const bool zero = !mass && u < 0.3 && t != i % k;
            const double scale = mass ? mass[i] / k / 100 : 1.0; /* A's columns sum to about 100 */
            const float value = zero ? 0.0F : (float)((0.05 + u) * scale);
            factor->now[i * p->stride + t] = factor->ahead[i * p->stride + t] = value;
            naive->ahead[i * k + t] = (double)value;
        }
    }
    naive_factor_begin(naive, k);
    memcpy(factor->sums, naive->sums, (size_t)k * sizeof(double));
}

static void make_mixed(Mixed *p, int k, int columns, int threads, uint64_t seed)
{
    const RandomStream stream = {.seed = seed, .stream = 18}, of_a = {.seed = seed, .stream = 19},
                       of_b = {.seed = seed, .stream = 20};
    Error error;
    *p = (Mixed){.k = k, .columns = columns, .stride = half_step_stride(k)};
    make_mixed_matrix(p, stream);
    fill_both(&p->a, &p->naive_a, WORDS, p, of_a, NULL);
    fill_both(&p->b, &p->naive_b, columns, p, of_b, p->mass);
    p->room = half_step_room_new(&p->pair, p->stride, threads, &error);
    cr_assert(p->room != NULL);
}

static void free_mixed(Mixed *p)
{
    MovingFactor *factors[] = {&p->a, &p->b};
    for (int f = 0; f < 2; f++) {
        free(factors[f]->now);
        free(factors[f]->ahead);
        free(factors[f]->sums);
    }
    naive_factor_free(&p->naive_a);
    naive_factor_free(&p->naive_b);
    free(p->values);
    compact_free(&p->pair);
    half_step_room_free(p->room);
}

static HalfStepFacts take_mixed(Mixed *p, float beta, int threads)
{
    const HalfStep step = {.v = &p->pair.documents,
                           .a = &p->a,
                           .b = &p->b,
                           .mass = p->mass,
                           .k = p->k,
                           .stride = p->stride,
                           .beta = beta,
                           .measured = true,
                           .threads = threads};
    return half_step_take(&step, p->room);
}

static HalfStepFacts take_naive(Mixed *p, double beta)
{
    const NaiveStep step = {.v = &p->pair.documents,
                            .values = p->values,
                            .a = &p->naive_a,
                            .b = &p->naive_b,
                            .mass = p->mass,
                            .k = p->k,
                            .beta = beta};
    return naive_half_step(&step);
}

/* Both precisions are at the same place, as far as float32 can tell. */
static void check_same_place(const Mixed *p, int taken)
{
    for (int j = 0; j < p->columns; j++) {
        for (int t = 0; t < p->stride; t++) {
            const float now = p->b.now[j * p->stride + t], ahead = p->b.ahead[j * p->stride + t];
            const int64_t at = (int64_t)j * p->k + t;
            const double naive_now = t < p->k ? p->naive_b.now[at] : 0.0,
                         naive_ahead = t < p->k ? p->naive_b.ahead[at] : 0.0,
                         u = t < p->k ? p->naive_a.sums[t] : 1.0;
            cr_assert(fabs((double)now - naive_now) * u <= 3e-5 * p->mass[j] &&
                          fabs((double)ahead - naive_ahead) * u <= 3e-5 * p->mass[j],
                      "step %d, k %d, column %d of %d, topic %d: %g, ahead %g, not %g, %g", taken,
                      p->k, j, p->columns, t, (double)now, (double)ahead, naive_now, naive_ahead);
        }
    }
    for (int t = 0; t < p->k; t++) {
        cr_assert(fabs(p->b.sums[t] - p->naive_b.sums[t]) <= 1e-4 * p->naive_b.sums[t] + 1e-6,
                  "k %d, topic %d sums to %g, not %g", p->k, t, p->b.sums[t], p->naive_b.sums[t]);
    }
}

static const int column_counts[] = {1, 3, 8, 11, 19, 40};

#define FOR_ALL_MIXED                                                                              \
    for (size_t r = 0; r < sizeof ranks / sizeof *ranks; r++)                                      \
        for (size_t l = 0; l < sizeof column_counts / sizeof *column_counts; l++)

Test(half_step, moves_columns_of_mixed_lengths_as_a_plain_version_does)
{
    FOR_ALL_MIXED
    {
        Mixed p;
        make_mixed(&p, ranks[r], column_counts[l], 1, 10 * r + l);
        double mass = 0.0;
        for (int j = 0; j < p.columns; j++) {
            mass += p.mass[j];
        }
        for (int taken = 0; taken < 3; taken++) { /* with extrapolation but for the first */
            const double beta = 0.5 * taken;
            const HalfStepFacts facts = take_mixed(&p, (float)beta, 1),
                                naive = take_naive(&p, beta);
            check_same_place(&p, taken);
            cr_assert(fabs(facts.log_sum - naive.log_sum) <= 1e-5 * mass, "k %d, columns %d", p.k,
                      p.columns);
            cr_assert(fabs(facts.residual - naive.residual) <= 1e-4 * mass,
                      "k %d, columns %d: %g, %g", p.k, p.columns, facts.residual, naive.residual);
        }
        free_mixed(&p);
    }
}

Test(half_step, gives_the_same_bits_for_any_number_of_threads)
{
    FOR_ALL_MIXED
    {
        Mixed one;
        make_mixed(&one, ranks[r], column_counts[l], 1, 10 * r + l);
        const size_t size = (size_t)(one.columns * one.stride) * sizeof(float);
        take_mixed(&one, 0.5F, 1);
        const HalfStepFacts facts = take_mixed(&one, 0.5F, 1);
        for (int threads = 2; threads <= 8; threads *= 2) {
            Mixed more;
            make_mixed(&more, ranks[r], column_counts[l], threads, 10 * r + l);
            take_mixed(&more, 0.5F, threads);
            const HalfStepFacts others = take_mixed(&more, 0.5F, threads);
            cr_assert(memcmp(&facts, &others, sizeof facts) == 0);
            cr_assert(memcmp(one.b.now, more.b.now, size) == 0);
            cr_assert(memcmp(one.b.ahead, more.b.ahead, size) == 0);
            cr_assert(memcmp(one.b.sums, more.b.sums, (size_t)one.k * sizeof(double)) == 0);
            free_mixed(&more);
        }
        free_mixed(&one);
    }
}

Test(half_step, does_not_measure_what_is_not_asked_for)
{
    Mixed p;
    make_mixed(&p, 5, 19, 1, 3);
    const HalfStep step = {.v = &p.pair.documents,
                           .a = &p.a,
                           .b = &p.b,
                           .mass = p.mass,
                           .k = p.k,
                           .stride = p.stride,
                           .threads = 1};
    const HalfStepFacts facts = half_step_take(&step, p.room), naive = take_naive(&p, 0.0);
    cr_assert(facts.log_sum == 0.0 && facts.residual > 0.0);
    (void)naive;
    check_same_place(&p, 0);
    free_mixed(&p);
}

/* A row of zeros whose words no topic has: nothing can be wanted, so it is spread evenly over the
 * topics that there are, by mass. */
Test(half_step, spreads_a_lost_row_evenly)
{
    Mixed p;
    make_mixed(&p, 5, 19, 1, 4);
    const Compact *v = &p.pair.documents;
    const int lost = 12;
    cr_assert(v->starts[lost] < v->starts[lost + 1], "has words");
    for (int64_t e = v->starts[lost]; e < v->starts[lost + 1]; e++) {
        memset(p.a.ahead + v->rows_of[e] * p.stride, 0, (size_t)p.stride * sizeof(float));
        memset(p.naive_a.ahead + v->rows_of[e] * p.k, 0, (size_t)p.k * sizeof(double));
    }
    for (int64_t i = 0; i < WORDS; i++) { /* and one topic without words */
        p.a.ahead[i * p.stride + 2] = 0.0F;
        p.naive_a.ahead[i * p.k + 2] = 0.0;
    }
    naive_factor_begin(&p.naive_a, p.k);
    memcpy(p.a.sums, p.naive_a.sums, (size_t)p.k * sizeof(double));
    memset(p.b.ahead + lost * p.stride, 0, (size_t)p.stride * sizeof(float));
    memset(p.naive_b.ahead + lost * p.k, 0, (size_t)p.k * sizeof(double));
    take_mixed(&p, 0.0F, 1);
    for (int t = 0; t < p.k; t++) {
        const double held = (double)p.b.now[lost * p.stride + t] * p.a.sums[t];
        cr_assert(fabs(held - (t == 2 ? 0.0 : p.mass[lost] / 4)) <= 1e-6 * p.mass[lost],
                  "topic %d holds %g of %g", t, held, p.mass[lost]);
    }
    free_mixed(&p);
}

/* After every step `ahead` is
 * `now` plus beta times the way from the `now` before. */
Test(half_step, pushes_on_along_the_way_it_came_and_never_below_a_tenth)
{
    Mixed p;
    make_mixed(&p, 16, 11, 1, 5);
    for (int taken = 0; taken < 4; taken++) {
        float before[COLUMNS_MOST * 16];
        memcpy(before, p.b.now, (size_t)(p.columns * p.stride) * sizeof(float));
        take_mixed(&p, 0.75F, 1);
        for (int64_t i = 0; i < p.columns * p.stride; i++) {
            const float now = p.b.now[i], pushed = now + 0.75F * (now - before[i]),
                        least = 0.1F * now;
            cr_assert(p.b.ahead[i] == (pushed > least ? pushed : least));
        }
    }
    free_mixed(&p);
}

Test(half_step, leaves_empty_columns_empty_and_descends_to_the_optimum_in_company)
{
    static const int some[] = {1, 7, 40};
    for (size_t r = 0; r < sizeof some / sizeof *some; r++) {
        Mixed p;
        make_mixed(&p, some[r], 19, 1, 40 + r);
        double first = 0.0, last = 0.0, mass = 0.0;
        for (int taken = 0; taken < 300; taken++) {
            last = take_mixed(&p, 0.0F, 1).residual;
            first = taken == 0 ? last : first;
        }
        for (int j = 0; j < p.columns; j++) {
            mass += p.mass[j];
            for (int t = 0; t < p.k && p.mass[j] == 0.0; t++) {
                cr_assert(p.b.now[j * p.stride + t] == 0.0F);
            }
        }
        cr_assert(last < 1e-4 * mass && last < first, "k %d: residual %g of %g", p.k, last, mass);
        free_mixed(&p);
    }
}

Test(half_step, leaves_an_empty_column_empty)
{
    Problem p = make_problem(5, 0, 1);
    p.mass = 0.0;
    take(&p);
    for (int t = 0; t < 5; t++) {
        cr_assert(p.b.now[t] == 0.0F);
    }
    free_problem(&p);
}

Test(compact, orders_words_by_frequency_and_agrees_both_ways_round)
{
    static const double values[4 * 3] = {
        0, 0, 7, //
        1, 3, 2, //
        0, 0, 0, //
        4, 5, 0, //
    };
    SparseMatrix *x = support_sparse(4, 3, values);
    CompactPair pair;
    Error error;
    cr_assert(compact_new(x, &pair, &error) == STATUS_OK);
    static const uint32_t expected[4] = {1, 3, 0, 2}, documents[3] = {0, 1, 2};
    cr_assert(memcmp(pair.word_at, expected, sizeof expected) == 0);
    cr_assert(memcmp(pair.document_at, documents, sizeof documents) == 0);
    double seen[4 * 3] = {0}, again[4 * 3] = {0};
    for (int j = 0; j < 3; j++) {
        for (int64_t p = pair.documents.starts[j]; p < pair.documents.starts[j + 1]; p++) {
            seen[pair.word_at[pair.documents.rows_of[p]] * 3 + pair.document_at[j]] =
                (double)pair.documents.values[p] / pair.scale;
        }
    }
    for (int i = 0; i < 4; i++) {
        for (int64_t p = pair.words.starts[i]; p < pair.words.starts[i + 1]; p++) {
            again[pair.word_at[i] * 3 + pair.document_at[pair.words.rows_of[p]]] =
                (double)pair.words.values[p] / pair.scale;
        }
    }
    for (int i = 0; i < 4 * 3; i++) {
        cr_assert(fabs(seen[i] - values[i]) < 1e-6 && fabs(again[i] - values[i]) < 1e-6);
    }
    cr_assert(pair.documents.longest == 2 && pair.words.longest == 3);
    compact_free(&pair);
    sparse_free(x);
}
