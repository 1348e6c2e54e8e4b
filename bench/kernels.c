/* How far the fast solver's half-steps are from what the machine can do.
 *
 *     bench_kernels TITLE=MATRIX.mtx …
 *
 * For each matrix and k = 20, 50, 100 it runs passes from a random start and prints, as Markdown,
 * nanoseconds per non-zero of a half-step of H and of W at the beginning, when both factors are
 * dense, and near the end, beside two bounds measured on the same core: reading the rows that the
 * half-step has to read, in its order, and its arithmetic at the rate of independent
 * multiplications and additions. Bounds count one sweep over the rows (4·k operations a non-zero)
 * and two sweeps of the coordinates that are positive (10 operations each). */
#include "base/clock.h"
#include "base/memory.h"
#include "matrix/market.h"
#include "nmf/descent.h"
#include "nmf/lanes.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PASSES = 40, EARLY = 1, REPEATS = 5 };

static double cpu_seconds(void)
{
    return clock_now().cpu_s;
}

/* Operations a second of one core: six independent chains of multiplications and additions. */
KERNEL static double measure_operations(void)
{
    enum { CHAINS = 6, ROUNDS = 20000000 };
    Lanes product[CHAINS], sum[CHAINS];
    for (int c = 0; c < CHAINS; c++) {
        product[c] = lanes_of(1.0F + (float)c);
        sum[c] = lanes_of(0.0F);
    }
    const Lanes factor = lanes_of(1.0000001F);
    const double begin = cpu_seconds();
    for (int round = 0; round < ROUNDS; round++) {
#pragma GCC unroll 6
        for (int c = 0; c < CHAINS; c++) {
            product[c] *= factor;
            sum[c] += factor;
        }
    }
    const double seconds = cpu_seconds() - begin;
    Lanes all = lanes_of(0.0F);
    for (int c = 0; c < CHAINS; c++) {
        all += product[c] + sum[c];
    }
    const double made = 2.0 * CHAINS * LANES * (double)ROUNDS;
    return lanes_sum(all) > 0.0F ? made / seconds : 0.0;
}

/* Seconds to read every row of A once for each entry of V, in order. */
KERNEL static double measure_gather(const Compact *v, const MovingFactor *a, int64_t stride)
{
    double best = 1e9;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        Lanes sum = lanes_of(0.0F);
        const double begin = cpu_seconds();
        for (int64_t p = 0; p < v->starts[v->columns]; p++) {
            const Lanes *row = (const Lanes *)(a->ahead + v->rows_of[p] * stride);
            const float *next = a->ahead + v->rows_of[p + COMPACT_SLACK] * stride;
            for (int64_t c = 0; c < stride / LANES; c++) {
                __builtin_prefetch(next + c * LANES);
                sum += row[c];
            }
        }
        const double seconds = cpu_seconds() - begin;
        best = lanes_sum(sum) >= 0.0F && seconds < best ? seconds : best;
    }
    return best;
}

/* Bytes that are allocated now. */
static double allocated(void)
{
    const struct mallinfo2 info = mallinfo2();
    return (double)info.uordblks + (double)info.hblkhd;
}

/* What the solver allocated beyond X for one matrix and k. */
typedef struct Memory {
    const char *title;
    int k;
    double bytes;
    double allowed; /* 24 bytes a non-zero and 60 an element of a factor */
} Memory;

static double share_positive(const MovingFactor *b, int k, int64_t stride)
{
    int64_t positive = 0;
    for (int64_t i = 0; i < b->rows; i++) {
        for (int t = 0; t < k; t++) {
            positive += b->now[i * stride + t] > 0.0F;
        }
    }
    return (double)positive / (double)(b->rows * k);
}

static void print_row(const char *title, int k, const char *factor, double early, double late,
                      double gather, double arithmetic, double positive)
{
    const double bound = gather > arithmetic ? gather : arithmetic;
    printf("| %s | %d | %s | %.1f | %.1f | %.0f %% | %.1f | %.1f | %.1f |\n", title, k, factor,
           early, late, 100.0 * positive, gather, arithmetic, late / bound);
}

static Status measure(const char *title, const SparseMatrix *x, int k, double operations,
                      Memory *memory, Error *error)
{
    Factors start = {0};
    Descent descent = {0};
    Status status = nmf_start(x, k, NMF_INIT_RANDOM, 1, 0, 1, &start, error);
    const double before = allocated();
    if (!status) {
        status = descent_begin(&descent, x, &start, 1, error);
    }
    const double elements = (double)(x->rows + x->columns) * k;
    *memory = (Memory){.title = title,
                       .k = k,
                       .bytes = allocated() - before + 4.0 * elements, /* with the result */
                       .allowed = 24.0 * (double)sparse_entries(x) + 60.0 * elements};
    factors_free(&start);
    double h[PASSES], w[PASSES];
    for (int pass = 0; pass < PASSES && !status; pass++) {
        double begin = cpu_seconds();
        descent_improve_h(&descent, 0.0F);
        h[pass] = cpu_seconds() - begin;
        begin = cpu_seconds();
        descent_improve_w(&descent, 0.0F);
        w[pass] = cpu_seconds() - begin;
    }
    if (!status) {
        const double ns = 1e9 / (double)sparse_entries(x);
        const MovingFactor *factors[2] = {&descent.h, &descent.w};
        const Compact *matrices[2] = {&descent.pair.documents, &descent.pair.words};
        const double *seconds[2] = {h, w};
        for (int f = 0; f < 2; f++) {
            double late = 1e9;
            for (int pass = PASSES - REPEATS; pass < PASSES; pass++) {
                late = seconds[f][pass] < late ? seconds[f][pass] : late;
            }
            const double positive = share_positive(factors[f], k, descent.stride);
            const double gather = measure_gather(matrices[f], factors[1 - f], descent.stride);
            print_row(title, k, f == 0 ? "H" : "W", seconds[f][EARLY] * ns, late * ns, gather * ns,
                      (4.0 * k + 20.0 * k * positive) / operations * 1e9, positive);
        }
    }
    descent_end(&descent);
    return status;
}

/* The matrix of a file, or NULL. */
static SparseMatrix *read_matrix(const char *path, Error *error)
{
    Market *market = NULL;
    MarketSize size;
    CountMatrix counts = {0};
    SparseMatrix *x = NULL;
    Status status = market_open(path, &market, &size, error);
    if (!status) {
        status = market_read(market, &counts, error);
        market_close(market);
    }
    if (!status) {
        x = sparse_new(counts.columns, counts.rows, counts.starts[counts.rows], error);
    }
    for (int64_t j = 0; x && j <= counts.rows; j++) {
        x->own_starts[j] = counts.starts[j];
    }
    for (int64_t p = 0; x && p < counts.starts[counts.rows]; p++) {
        x->own_rows[p] = counts.indices[p];
        x->values[p] = counts.amounts ? counts.amounts[p] : (double)counts.values[p];
    }
    count_matrix_free(&counts);
    return x;
}

enum { RANKS = 3 };

static Status measure_matrix(const char *argument, double operations, Memory memory[RANKS],
                             Error *error)
{
    static const int ranks[RANKS] = {20, 50, 100};
    const char *equals = strchr(argument, '=');
    if (!equals) {
        return error_set(error, STATUS_USAGE, "%s: not TITLE=MATRIX.mtx", argument);
    }
    char *title = memory_copy_text(argument, (size_t)(equals - argument), error); /* to the end */
    if (!title) {
        return error_status(error);
    }
    SparseMatrix *x = read_matrix(equals + 1, error);
    Status status = x ? STATUS_OK : error_status(error);
    for (int r = 0; r < RANKS && !status; r++) {
        status = measure(title, x, ranks[r], operations, &memory[r], error);
    }
    sparse_free(x);
    return status;
}

static void print_memory(const Memory *memory, int count)
{
    printf("\nBytes that the solver allocates beyond X, its result included, against 24 bytes a "
           "non-zero and 60 an element of a factor:\n\n| matrix | k | MB | of that |\n"
           "| --- | --- | --- | --- |\n");
    for (int i = 0; i < count; i++) {
        printf("| %s | %d | %.1f | %.0f %% |\n", memory[i].title, memory[i].k,
               memory[i].bytes / 1e6, 100.0 * memory[i].bytes / memory[i].allowed);
    }
}

int main(int argc, char **argv)
{
    enum { MATRICES_MOST = 16 };
    static Memory memory[MATRICES_MOST * RANKS];
    const double operations = measure_operations();
    printf("One core: %.0f billion multiplications and additions a second. Nanoseconds per "
           "non-zero:\n\n",
           operations / 1e9);
    printf("| matrix | k | half-pass | second pass | late pass | positive | bound: reading rows | "
           "bound: arithmetic | late / larger bound |\n");
    printf("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    const int matrices = argc - 1 < MATRICES_MOST ? argc - 1 : MATRICES_MOST;
    Error error;
    for (int i = 0; i < matrices; i++) {
        if (measure_matrix(argv[1 + i], operations, memory + i * RANKS, &error)) {
            fprintf(stderr, "bench_kernels: %s\n", error.message);
            return (int)error.status;
        }
    }
    print_memory(memory, matrices * RANKS);
    return 0;
}
