/* Each kernel of the fast solver against ten plain lines in float64, on random units: rank 1 to
 * 130, columns of 0 to 300 entries, alone or up to eight together. */
#include "nmf/half_step_kernels.h"

#include "base/memory.h"
#include "base/random.h"
#include "nmf/naive.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 310, SHAPES = 150 };

/* A unit with all that a kernel reads, in float32 as the solver has it; columns[l] of X is l's. */
typedef struct Scene {
    CompactPair pair; /* ROWS words × the unit's columns */
    MovingFactor a, b;
    HalfStep step;
    Unit unit;
    Entries entries[LANES];
    Bench bench;
    Lanes *u, *inverse_u;
    double mass[LANES];
    RandomStream stream;
    uint64_t drawn;
} Scene;

static double draw(Scene *scene)
{
    return random_uniform(scene->stream, scene->drawn++);
}

static int draw_below(Scene *scene, int bound)
{
    return (int)(draw(scene) * bound);
}

/* A factor of random numbers from 0.05 to 1, a part of them zeros. */
static void draw_factor(Scene *scene, MovingFactor *factor, int64_t rows, double zeros)
{
    Error error;
    const int64_t stride = scene->step.stride;
    factor->rows = rows;
    factor->ahead = memory_new_aligned((size_t)rows, (size_t)stride * sizeof(float), &error);
    factor->sums = calloc((size_t)stride, sizeof(double));
    for (int64_t i = 0; i < rows; i++) {
        for (int t = 0; t < scene->step.k; t++) {
            const double value = 0.05 + 0.95 * draw(scene);
            const bool zero = draw(scene) < zeros && t != i % scene->step.k;
            factor->ahead[i * stride + t] = zero ? 0.0F : (float)value;
            factor->sums[t] += zero ? 0.0 : value;
        }
    }
}

/* Memory as it may be found: no kernel may count on zeros. */
static Lanes *dirty_lanes(size_t count)
{
    Error error;
    Lanes *lanes = memory_new_aligned(count, sizeof(Lanes), &error);
    memset(lanes, 0x7f, count * sizeof(Lanes)); /* 3e38 in every place */
    return lanes;
}

static void make_bench(Scene *scene)
{
    const size_t k = (size_t)scene->step.stride, pitch = (size_t)scene->unit.pitch;
    scene->bench = (Bench){
        .v = dirty_lanes(pitch),
        .s = dirty_lanes(pitch),
        .columns = dirty_lanes(k * pitch),
        .b = dirty_lanes(k),
        .u = dirty_lanes(k),
        .gradient = dirty_lanes(k / LANES),
        .active = calloc(k * LANES, sizeof(int)),
    };
    for (int64_t i = 0; i < scene->unit.vectors; i++) { /* as survey leaves it */
        scene->bench.v[i] = lanes_of(0.0F);
        scene->bench.s[i] = lanes_of(1.0F);
    }
}

static void make_columns(Scene *scene, int columns, const int *lengths)
{
    double *values = calloc((size_t)ROWS * (size_t)columns, sizeof *values);
    for (int j = 0; j < columns; j++) {
        const int first = draw_below(scene, ROWS);
        for (int i = 0; i < lengths[j]; i++) { /* 7 and 310 share no factor */
            values[(first + 7 * i) % ROWS * columns + j] = 0.1 + 9 * draw(scene);
        }
    }
    SparseMatrix *x = support_sparse(ROWS, columns, values);
    Error error;
    cr_assert(compact_new(x, &scene->pair, &error) == STATUS_OK);
    sparse_free(x);
    free(values);
}

/* Gives a row of B the mass of its column, as a start does. */
static void scale_row(Scene *scene, int column)
{
    float *b = scene->b.ahead + column * scene->step.stride;
    double sum = 0.0;
    for (int t = 0; t < scene->step.k; t++) {
        sum += (double)b[t] * scene->a.sums[t];
    }
    for (int t = 0; t < scene->step.k && sum > 0.0; t++) {
        b[t] = (float)((double)b[t] * scene->mass[column] / sum);
    }
}

/* Random scene number `seed`: wide or narrow in turn. */
static Scene make_scene(uint64_t seed)
{
    Scene scene = {.stream = {.seed = seed, .stream = 31}};
    const int k = 1 + draw_below(&scene, 130);
    const bool wide = seed % 3 == 0;
    const int columns = wide ? 1 : 1 + draw_below(&scene, LANES);
    int lengths[LANES];
    for (int j = 0; j < columns; j++) {
        const int most = draw(&scene) < 0.5 ? SHORT_MOST : 20;
        lengths[j] = wide ? SHORT_MOST + 1 + draw_below(&scene, 300 - SHORT_MOST)
                          : draw_below(&scene, most + 1);
    }
    scene.step = (HalfStep){.k = k, .stride = half_step_stride(k)};
    make_columns(&scene, columns, lengths);
    draw_factor(&scene, &scene.a, ROWS, 0.4);
    draw_factor(&scene, &scene.b, columns, k < 48 ? 0.0 : 0.5); /* so that each entry has A·b > 0 */
    scene.step.v = &scene.pair.documents;
    scene.unit = unit_at(scene.step.v, unit_count_wide(scene.step.v), 0);
    cr_assert(scene.unit.wide == wide && scene.unit.columns == columns);
    make_bench(&scene);
    scene.u = dirty_lanes((size_t)scene.step.stride / LANES);
    scene.inverse_u = dirty_lanes((size_t)scene.step.stride / LANES);
    memset(scene.u, 0, (size_t)scene.step.stride * sizeof(float));
    memset(scene.inverse_u, 0, (size_t)scene.step.stride * sizeof(float));
    for (int t = 0; t < k; t++) {
        ((float *)scene.u)[t] = (float)scene.a.sums[t];
        ((float *)scene.inverse_u)[t] = (float)(1.0 / scene.a.sums[t]);
    }
    for (int l = 0; l < columns; l++) {
        scene.entries[l] = entries_of(scene.step.v, &scene.unit, l);
        for (int64_t i = 0; i < scene.entries[l].count; i++) {
            scene.mass[l] += (double)scene.entries[l].values[i];
        }
        scale_row(&scene, l);
    }
    return scene;
}

/* The step's pointers, which a returned scene has to set anew. */
static HalfStep step_of(const Scene *scene)
{
    HalfStep step = scene->step;
    step.v = &scene->pair.documents;
    step.a = &scene->a;
    return step;
}

static void free_scene(Scene *scene)
{
    compact_free(&scene->pair);
    MovingFactor *factors[] = {&scene->a, &scene->b};
    for (int f = 0; f < 2; f++) {
        free(factors[f]->ahead);
        free(factors[f]->sums);
    }
    Bench *bench = &scene->bench;
    void *parts[] = {bench->v,        bench->s,      bench->columns, bench->b,        bench->u,
                     bench->gradient, bench->active, scene->u,       scene->inverse_u};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        free(parts[i]);
    }
}

#define FOR_ALL_SCENES                                                                             \
    for (uint64_t seed = 0; seed < SHAPES; seed++)                                                 \
        for (Scene scene = make_scene(seed), *left = &scene; left; free_scene(left), left = NULL)

static double a_at(const Scene *scene, uint32_t row, int t)
{
    return (double)scene->a.ahead[row * scene->step.stride + t];
}

static const float *b_of(const Scene *scene, int column)
{
    return scene->b.ahead + column * scene->step.stride;
}

static double product(const Scene *scene, int column, int64_t i)
{
    double s = 0.0;
    for (int t = 0; t < scene->step.k; t++) {
        s += a_at(scene, scene->entries[column].rows[i], t) * (double)b_of(scene, column)[t];
    }
    return s > (double)product_least ? s : (double)product_least;
}

static int64_t place_of(const Scene *scene, int column, int64_t i)
{
    return scene->unit.wide ? i : i * LANES + column;
}

static bool is_close(double value, double expected, double relative)
{
    return fabs(value - expected) <= relative * fabs(expected);
}

/* ---- products, gradient, and what is measured from them ---- */

static void check_products(const Scene *scene, int column)
{
    const Entries *entries = &scene->entries[column];
    for (int64_t i = 0; i < entries->count; i++) {
        const int64_t place = place_of(scene, column, i);
        const float s = ((const float *)scene->bench.s)[place];
        cr_assert(((const float *)scene->bench.v)[place] == entries->values[i]);
        cr_assert(is_close((double)s, product(scene, column, i), 2e-6), "entry %d: %.9g, not %.9g",
                  (int)i, (double)s, product(scene, column, i));
    }
}

Test(kernels, sweep_rows_gives_products_and_gradient)
{
    FOR_ALL_SCENES
    {
        const HalfStep step = step_of(&scene);
        for (int l = 0; l < scene.unit.columns; l++) {
            const Entries *entries = &scene.entries[l];
            sweep_rows(&step, entries, (const Lanes *)b_of(&scene, l), &scene.bench);
            check_products(&scene, l);
            for (int t = 0; t < step.stride; t++) {
                double g = 0.0;
                for (int64_t i = 0; i < entries->count; i++) {
                    g += t < step.k ? (double)entries->values[i] / product(&scene, l, i) *
                                          a_at(&scene, entries->rows[i], t)
                                    : 0.0;
                }
                const float got = ((const float *)scene.bench.gradient)[t];
                cr_assert(is_close((double)got, g, 1e-5),
                          "k %d, column %d of %d, G(%d): %.9g, %.9g", step.k, l,
                          (int)entries->count, t, (double)got, g);
            }
        }
        for (int64_t place = 0; place < scene.unit.vectors * LANES;
             place++) { /* none but its own */
            const int column = scene.unit.wide ? 0 : (int)(place % LANES);
            const int64_t i = scene.unit.wide ? place : place / LANES;
            if (i >= scene.entries[column].count) {
                cr_assert(((const float *)scene.bench.v)[place] == 0.0F);
                cr_assert(((const float *)scene.bench.s)[place] == 1.0F);
            }
        }
    }
}

Test(kernels, sweep_rows_keeps_products_away_from_zero)
{
    FOR_ALL_SCENES
    {
        const HalfStep step = step_of(&scene);
        memset(scene.b.ahead, 0, (size_t)(scene.b.rows * step.stride) * sizeof(float));
        sweep_rows(&step, &scene.entries[0], (const Lanes *)b_of(&scene, 0), &scene.bench);
        for (int64_t i = 0; i < scene.entries[0].count; i++) {
            cr_assert(((const float *)scene.bench.s)[place_of(&scene, 0, i)] == product_least);
        }
        for (int t = 0; t < step.stride; t++) {
            cr_assert(isfinite(((const float *)scene.bench.gradient)[t]));
        }
    }
}

Test(kernels, sum_logarithms_is_that_of_the_c_library)
{
    FOR_ALL_SCENES
    {
        for (int64_t p = 0; p < scene.unit.vectors * LANES; p++) {
            ((float *)scene.bench.v)[p] = (float)draw(&scene);
            ((float *)scene.bench.s)[p] = (float)exp(160 * draw(&scene) - 80);
        }
        const WideLanes sums = sum_logarithms(&scene.bench, scene.unit.vectors);
        for (int l = 0; l < LANES; l++) {
            double sum = 0.0, size = 0.0;
            for (int64_t i = 0; i < scene.unit.vectors; i++) {
                sum += (double)scene.bench.v[i][l] * log((double)scene.bench.s[i][l]);
                size += (double)scene.bench.v[i][l] * fabs(log((double)scene.bench.s[i][l]));
            }
            cr_assert(fabs(sums[l] - sum) <= 3e-7 * size, "%.9g, not %.9g", sums[l], sum);
        }
    }
}

/* Gradients on both sides of u, none near it. */
static void draw_gradient(Scene *scene)
{
    for (int t = 0; t < scene->step.stride; t++) {
        const float u = ((const float *)scene->u)[t];
        ((float *)scene->bench.gradient)[t] = u * (float)(0.5 * draw(scene) + (t % 3 ? 0.1 : 1.1));
    }
}

Test(kernels, measure_residual_is_the_sum_of_kkt_steps)
{
    FOR_ALL_SCENES
    {
        const HalfStep step = step_of(&scene);
        draw_gradient(&scene);
        const float *b = b_of(&scene, 0);
        double residual = 0.0;
        for (int t = 0; t < step.k; t++) {
            const double u = (double)((const float *)scene.u)[t];
            residual += kl_kkt_step((double)b[t] * u, 50.0 / step.k,
                                    1.0 - (double)((const float *)scene.bench.gradient)[t] / u);
        }
        const double got =
            measure_residual(&step, 50.0, (const Lanes *)b, &scene.bench, scene.u, scene.inverse_u);
        cr_assert(fabs(got - residual) <= 1e-5 * 50.0, "%.9g, not %.9g", got, residual);
    }
}

Test(kernels, list_active_lists_what_is_there_or_wanted_in_order)
{
    FOR_ALL_SCENES
    {
        const HalfStep step = step_of(&scene);
        int active[256], expected = 0;
        draw_gradient(&scene);
        const float *b = b_of(&scene, 0), *gradient = (const float *)scene.bench.gradient,
                    *u = (const float *)scene.u;
        const int count = list_active(&step, (const Lanes *)b, &scene.bench, scene.u, active);
        for (int t = 0; t < step.k; t++) {
            if (b[t] > 0.0F || gradient[t] > u[t]) {
                cr_assert(expected < count && active[expected] == t, "k %d, topic %d", step.k, t);
                expected++;
            }
        }
        cr_assert(count == expected);
    }
}

/* ---- packing ---- */

/* Columns of coordinates over places: A where an entry is, anything harmless where none is. */
static void check_packed(const Scene *scene, int coordinates)
{
    for (int c = 0; c < coordinates; c++) {
        const float *column = (const float *)(scene->bench.columns + c * scene->unit.pitch);
        for (int64_t place = 0; place < scene->unit.vectors * LANES; place++) {
            const int of = scene->unit.wide ? 0 : (int)(place % LANES);
            const int64_t i = scene->unit.wide ? place : place / LANES;
            const int t = scene->bench.active[of * scene->step.stride + c];
            if (i < scene->entries[of].count) {
                cr_assert((double)column[place] == a_at(scene, scene->entries[of].rows[i], t),
                          "k %d, coordinate %d, place %d", scene->step.k, c, (int)place);
            } else {
                cr_assert(column[place] >= 0.0F && column[place] <= 1.0F);
            }
        }
    }
}

Test(kernels, pack_active_gathers_each_columns_own_topics)
{
    FOR_ALL_SCENES
    {
        const HalfStep step = step_of(&scene);
        const int coordinates = 1 + draw_below(&scene, step.k);
        for (int l = 0; l < LANES; l++) {
            for (int c = 0; c < coordinates; c++) {
                scene.bench.active[l * step.stride + c] = draw_below(&scene, step.k);
            }
        }
        pack_active(&step, &scene.unit, scene.entries, coordinates, &scene.bench);
        check_packed(&scene, coordinates);
    }
}

Test(kernels, pack_all_transposes_the_rows)
{
    FOR_ALL_SCENES
    {
        const HalfStep step = step_of(&scene);
        for (int l = 0; l < LANES; l++) {
            for (int t = 0; t < step.k; t++) {
                scene.bench.active[l * step.stride + t] = t;
            }
        }
        pack_all(&step, &scene.unit, scene.entries, &scene.bench);
        check_packed(&scene, step.k);
    }
}

/* ---- coordinate descent ---- */

/* A move of one topic and what it and the next topic's column come to, in float64. */
typedef struct Move {
    Lanes delta, moved;
    Lanes *before, *column;
    double *s; /* places, after the move */
    double g[LANES], q[LANES];
} Move;

/* Draws a move in every lane (one and the same if wide), with s before it on the bench. */
static Move draw_move(Scene *scene)
{
    const size_t vectors = (size_t)scene->unit.pitch;
    Move move = {.before = dirty_lanes(vectors),
                 .column = dirty_lanes(vectors),
                 .s = calloc(vectors * LANES, sizeof(double))};
    for (int l = 0; l < LANES; l++) {
        const bool same = l > 0 && scene->unit.wide;
        move.delta[l] = same ? move.delta[0] : (float)(draw(scene) - 0.3);
        move.moved[l] = same ? move.moved[0] : 0.3F + (float)draw(scene) + move.delta[l];
    }
    for (int64_t p = 0; p < scene->unit.vectors * LANES; p++) {
        const int64_t i = p / LANES;
        const int l = (int)(p % LANES), lane = scene->unit.wide ? 0 : l;
        const double others = draw(scene) < 0.1 ? 0.0 : draw(scene); /* their part of s */
        move.before[i][l] = (float)draw(scene);
        move.column[i][l] = (float)draw(scene);
        scene->bench.v[i][l] = draw(scene) < 0.8 ? (float)draw(scene) : 0.0F;
        scene->bench.s[i][l] =
            (float)(others + (double)(move.moved[l] - move.delta[l]) * (double)move.before[i][l]);
        move.s[p] = others + (double)move.moved[l] * (double)move.before[i][l];
        const double pull = (double)move.column[i][l] / move.s[p];
        move.g[lane] += (double)scene->bench.v[i][l] * pull;
        move.q[lane] += (double)scene->bench.v[i][l] * pull * pull;
    }
    return move;
}

Test(kernels, advance_takes_the_last_move_and_measures_the_next)
{
    FOR_ALL_SCENES
    {
        Move move = draw_move(&scene);
        const Slope slope =
            advance(&scene.unit, &scene.bench, move.before, move.delta, move.moved, move.column);
        for (int l = 0; l < LANES; l++) {
            const int lane = scene.unit.wide ? 0 : l;
            const double g = (double)slope.g[l], q = (double)slope.q[l];
            cr_assert(is_close(g, move.g[lane], 1e-5), "G %g, not %g", g, move.g[lane]);
            cr_assert(is_close(q, move.q[lane], 1e-5), "Q %g, not %g", q, move.q[lane]);
        }
        for (int64_t p = 0; p < scene.unit.vectors * LANES; p++) {
            cr_assert(is_close((double)((const float *)scene.bench.s)[p], move.s[p], 1e-5));
        }
        free(move.before);
        free(move.column);
        free(move.s);
    }
}

Test(kernels, advance_keeps_products_away_from_zero)
{
    FOR_ALL_SCENES
    {
        Lanes *column = dirty_lanes((size_t)scene.unit.pitch);
        for (int64_t i = 0; i < scene.unit.vectors; i++) {
            column[i] = lanes_of(1.0F);
            scene.bench.s[i] = lanes_of(1.0F);
        }
        /* a float32 too far down: s would be below 0 */
        advance(&scene.unit, &scene.bench, column, lanes_of(-1.0001F), lanes_of(0.0F), column);
        for (int64_t i = 0; i < scene.unit.vectors; i++) {
            cr_assert(scene.bench.s[i][3] == product_least);
        }
        advance(&scene.unit, &scene.bench, column, lanes_of(-0.5F), lanes_of(0.25F), column);
        for (int64_t i = 0; i < scene.unit.vectors; i++) {
            cr_assert(scene.bench.s[i][3] == 0.25F, "no less than the topic's own part");
        }
        free(column);
    }
}

Test(kernels, newton_follows_the_rule_in_every_case)
{
    Scene scene = {.stream = {.seed = 1, .stream = 32}};
    int seen[5] = {0}; /* stays 0, becomes 0, cut short, cut at the mass, free */
    for (int i = 0; i < 20000; i++) {
        const double old = i % 3 ? pow(10, -9 * draw(&scene)) : 0.0, u = 0.1 + 3 * draw(&scene),
                     mass = 1 + draw(&scene), ratio = i % 2 ? 3 * draw(&scene) : draw(&scene),
                     g = i % 50 ? (double)(float)(u * ratio) : 0.0,
                     q = i % 50 ? g / pow(10, 4 * draw(&scene) - 3) : 0.0;
        const float given[5] = {(float)g, (float)q, (float)old, (float)u, (float)mass};
        const Slope slope = {.g = lanes_of(given[0]), .q = lanes_of(given[1])};
        const Lanes next =
            newton(slope, lanes_of(given[2]), lanes_of(given[3]), lanes_of(given[4]));
        const double expected = naive_newton((double)given[0], (double)given[1], (double)given[2],
                                             (double)given[3], (double)given[4]);
        const double terms = old + (q > 0.0 ? g / q * (g / u + 1.0) : 0.0);
        cr_assert(fabs((double)next[i % LANES] - expected) <= 1e-6 * terms,
                  "G %g, Q %g, b %g, u %g, mass %g: to %.9g, not %.9g", g, q, old, u, mass,
                  (double)next[i % LANES], expected);
        const double cut = (double)shrink_most * old * g / u;
        seen[expected == 0.0 && old == 0.0        ? 0
             : expected == 0.0                    ? 1
             : is_close(expected, cut, 1e-6)      ? 2
             : is_close(expected, mass / u, 1e-6) ? 3
                                                  : 4]++;
    }
    for (int i = 0; i < 5; i++) {
        cr_assert(seen[i] > 100, "case %d: %d times", i, seen[i]);
    }
}

/* Or else G/Q is 0 and no topic ever comes to the entry. */
Test(kernels, curvature_of_an_entry_that_no_topic_describes_is_finite)
{
    Scene scene = make_scene(1);
    const Lanes zero = {0}, one = lanes_of(1.0F);
    Lanes *column = dirty_lanes((size_t)scene.unit.pitch);
    for (int64_t i = 0; i < scene.unit.vectors; i++) {
        scene.bench.v[i] = i == 0 ? one : zero;
        scene.bench.s[i] = i == 0 ? lanes_of(product_least) : one;
        column[i] = one;
    }
    const Slope slope = advance(&scene.unit, &scene.bench, column, zero, zero, column);
    const Lanes next = newton(slope, zero, lanes_of(4.0F), lanes_of(8.0F));
    cr_assert(isfinite(slope.q[0]) && is_close((double)next[0], 0.25, 1e-6), "v/u = 1/4, not %g",
              (double)next[0]);
    free(column);
    free_scene(&scene);
}

/* The same scene in float64. */
typedef struct NaiveScene {
    NaiveFactor a, b;
    double *values;
    NaiveStep step;
} NaiveScene;

static void make_naive(const Scene *scene, NaiveScene *naive)
{
    const Compact *v = &scene->pair.documents;
    const int k = scene->step.k;
    naive->a = naive_factor_new(ROWS, k);
    naive->b = naive_factor_new(v->columns, k);
    naive->values = calloc((size_t)v->starts[v->columns] + 1, sizeof(double));
    for (int64_t p = 0; p < v->starts[v->columns]; p++) {
        naive->values[p] = (double)v->values[p];
    }
    for (int64_t i = 0; i < ROWS * k; i++) {
        naive->a.ahead[i] = a_at(scene, (uint32_t)(i / k), (int)(i % k));
    }
    for (int64_t i = 0; i < v->columns * k; i++) {
        naive->b.ahead[i] = (double)b_of(scene, (int)(i / k))[i % k];
    }
    naive_factor_begin(&naive->a, k);
    naive->step = (NaiveStep){.v = v,
                              .values = naive->values,
                              .a = &naive->a,
                              .b = &naive->b,
                              .mass = scene->mass,
                              .k = k};
}

static void free_naive(NaiveScene *naive)
{
    free(naive->values);
    naive_factor_free(&naive->a);
    naive_factor_free(&naive->b);
}

/* Makes some topics the coordinates of every column; returns how many. */
static int draw_coordinates(Scene *scene, Lanes *mass)
{
    const Lanes none = {0};
    int count = 0;
    *mass = none;
    for (int t = draw_below(scene, 2); t < scene->step.k; t += 1 + draw_below(scene, 2), count++) {
        for (int l = 0; l < LANES; l++) {
            const int of = scene->unit.wide ? 0 : l;
            const bool there = of < scene->unit.columns;
            scene->bench.active[of * scene->step.stride + count] = t;
            scene->bench.b[count][l] = there ? b_of(scene, of)[t] : 0.0F;
            scene->bench.u[count][l] = there ? ((const float *)scene->u)[t] : never;
            (*mass)[l] = there ? (float)scene->mass[of] : 0.0F;
        }
    }
    return count;
}

static void naive_descend(const Scene *scene, const NaiveStep *step, int coordinates)
{
    NaiveColumn columns[LANES];
    double mass = 0.0, change = INFINITY;
    for (int l = 0; l < scene->unit.columns; l++) {
        columns[l] = naive_survey(step, l);
        memset(columns[l].active, 0, (size_t)step->k * sizeof(bool));
        for (int c = 0; c < coordinates; c++) {
            columns[l].active[scene->bench.active[l * scene->step.stride + c]] = true;
        }
        mass += scene->mass[l];
    }
    for (int sweep = 0; sweep < SWEEPS_MAX && change > (double)sweep_change * mass; sweep++) {
        change = 0.0;
        for (int l = 0; l < scene->unit.columns; l++) {
            change += naive_sweep(step, l, &columns[l], false);
        }
    }
    for (int l = 0; l < scene->unit.columns; l++) {
        free(columns[l].s);
        free(columns[l].active);
    }
}

Test(kernels, descend_moves_as_plain_coordinate_descent_does)
{
    FOR_ALL_SCENES
    {
        const HalfStep step = step_of(&scene);
        NaiveScene naive;
        Lanes mass;
        make_naive(&scene, &naive);
        for (int l = 0; l < scene.unit.columns; l++) { /* fills v and s */
            sweep_rows(&step, &scene.entries[l], (const Lanes *)b_of(&scene, l), &scene.bench);
        }
        const int coordinates = draw_coordinates(&scene, &mass);
        pack_active(&step, &scene.unit, scene.entries, coordinates, &scene.bench);
        descend(&scene.unit, &scene.bench, coordinates, mass);
        naive_descend(&scene, &naive.step, coordinates);
        for (int l = 0; l < scene.unit.columns; l++) {
            for (int c = 0; c < coordinates; c++) {
                const int t = scene.bench.active[l * step.stride + c];
                const double got = (double)scene.bench.b[c][l],
                             expected = naive.b.ahead[l * step.k + t];
                cr_assert(fabs(got - expected) * naive.a.sums[t] <= 1e-5 * scene.mass[l],
                          "scene %d, k %d, column %d, topic %d: %.9g, not %.9g", (int)seed, step.k,
                          l, t, got, expected);
            }
        }
        free_naive(&naive);
    }
}
