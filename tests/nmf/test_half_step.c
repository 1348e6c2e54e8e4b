#include "nmf/half_step.h"

#include "base/memory.h"
#include "base/random.h"
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

static double naive_product(const Problem *p, const float *b, uint32_t row)
{
    double sum = 0.0;
    for (int t = 0; t < p->k; t++) {
        sum += (double)p->a.ahead[row * p->stride + t] * (double)b[t];
    }
    return sum;
}

static double naive_gradient(const Problem *p, const float *b, int t)
{
    double g = 0.0;
    for (int i = 0; i < p->count; i++) {
        const uint32_t row = p->pair.documents.rows_of[i];
        g += (double)p->pair.documents.values[i] / naive_product(p, b, row) *
             (double)p->a.ahead[row * p->stride + t];
    }
    return g;
}

/* What the step minimises: Σ u·b − Σ v·ln(A·b). */
static double naive_value(const Problem *p, const float *b)
{
    double value = 0.0;
    for (int t = 0; t < p->k; t++) {
        value += p->a.sums[t] * (double)b[t];
    }
    for (int i = 0; i < p->count; i++) {
        value -= (double)p->pair.documents.values[i] *
                 log(naive_product(p, b, p->pair.documents.rows_of[i]));
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
                       log(naive_product(&p, p.b.ahead, p.pair.documents.rows_of[i]));
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
        double value = naive_value(&p, p.b.now);
        for (int step = 0; step < 300; step++) {
            take(&p);
            const double lower = naive_value(&p, p.b.now);
            cr_assert(lower <= value + 1e-6 * (fabs(value) + p.mass), "k %d, length %d: %.9g, %.9g",
                      k, p.count, lower, value);
            value = lower;
        }
        for (int t = 0; t < k; t++) { /* Karush, Kuhn and Tucker */
            const double u = p.a.sums[t], g = naive_gradient(&p, p.b.now, t);
            const double held = (double)p.b.now[t] * u / p.mass;
            cr_assert(u == 0.0 || g <= u * (1 + 2e-3), "k %d, length %d, topic %d: G/u = %g", k,
                      p.count, t, g / u);
            cr_assert(u == 0.0 || held * fabs(g / u - 1.0) < 1e-3, "k %d, length %d, topic %d", k,
                      p.count, t);
        }
        free_problem(&p);
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
