#include "model/reconstruction.h"

#include "base/logarithm.h"
#include "base/memory.h"

#include <stdlib.h>

/* The factors in float64: `w` m × k, its columns summing to 1; `h` n × k, with the items' masses.
 */
typedef struct WideFactors {
    double *w;
    double *h;
    double *w_square; /* k × k: WᵀW */
    double *h_square; /* k × k: HHᵀ */
    double *w_sum;    /* k: of the columns of W, 1 but for rounding */
    double *h_sum;    /* k: of the rows of H */
    int k;
} WideFactors;

static double dot(const double *a, const double *b, int k)
{
    double sum = 0.0;
    for (int t = 0; t < k; t++) {
        sum += a[t] * b[t];
    }
    return sum;
}

/* vᵀ·S·v. */
static double quadratic(const double *v, const double *square, int k)
{
    double sum = 0.0;
    for (int s = 0; s < k; s++) {
        sum += v[s] * dot(square + (size_t)s * (size_t)k, v, k);
    }
    return sum;
}

/* ---- the factors ---- */

static void add_square(const double *rows, int64_t count, int k, double *square, double *sum)
{
    for (int64_t i = 0; i < count; i++) {
        const double *row = rows + i * k;
        for (int s = 0; s < k; s++) {
            for (int t = 0; t < k; t++) {
                square[s * k + t] += row[s] * row[t];
            }
            sum[s] += row[s];
        }
    }
}

static void wide_free(WideFactors *wide)
{
    free(wide->w);
    free(wide->h);
    free(wide->w_square);
    free(wide->h_square);
    free(wide->w_sum);
    free(wide->h_sum);
}

static Status widen(const Model *model, const double *masses, WideFactors *wide, Error *error)
{
    const size_t m = model->vocabulary.count, n = (size_t)model->documents.count,
                 k = (size_t)model->k;
    *wide = (WideFactors){.k = model->k};
    wide->w = memory_new(m, k * sizeof(double), error);
    wide->h = memory_new(n, k * sizeof(double), error);
    wide->w_square = memory_new(k, k * sizeof(double), error);
    wide->h_square = memory_new(k, k * sizeof(double), error);
    wide->w_sum = memory_new(k, sizeof(double), error);
    wide->h_sum = memory_new(k, sizeof(double), error);
    if (!wide->w || !wide->h || !wide->w_square || !wide->h_square || !wide->w_sum ||
        !wide->h_sum) {
        return error_status(error);
    }
    for (size_t i = 0; i < m * k; i++) {
        wide->w[i] = (double)model->topics[i % k * m + i / k];
    }
    for (size_t j = 0; j < n * k; j++) {
        wide->h[j] = (double)model->mixtures[j] * masses[j / k];
    }
    add_square(wide->w, (int64_t)m, model->k, wide->w_square, wide->w_sum);
    add_square(wide->h, (int64_t)n, model->k, wide->h_square, wide->h_sum);
    return STATUS_OK;
}

/* ---- the cells ---- */

/* What a stored cell adds: to the sums over all cells what is x's and mixed; to those over known
 * cells everything. */
static void add_cell(Misfit *misfit, double x, double y, bool alone)
{
    static const double least = 1e-300; /* as in kl_divergence: D is infinite without it */
    misfit->mass += x;
    misfit->squares += x * x;
    misfit->error += alone ? (x - y) * (x - y) : x * (x - 2.0 * y);
    misfit->fitted += alone ? y : 0.0;
    if (x > 0.0) {
        misfit->divergence += x * logarithm(x / (y > least ? y : least)) - x;
    }
    misfit->divergence += alone ? y : 0.0;
}

/* What all cells of a row or column add that the stored ones have not: its y and their squares. A
 * sum of differences may come out below 0, by rounding. */
static void add_rest(Misfit *misfit, double fitted, double squares)
{
    misfit->fitted = fitted;
    misfit->error += squares;
    misfit->divergence += fitted;
}

static void keep_positive(Misfit *misfit)
{
    misfit->error = misfit->error > 0.0 ? misfit->error : 0.0;
    misfit->divergence = misfit->divergence > 0.0 ? misfit->divergence : 0.0;
}

static void measure_cells(const Model *model, const SparseMatrix *x, const WideFactors *wide,
                          Reconstruction *reconstruction)
{
    const int k = wide->k;
    const bool alone = model->observed_only;
    for (int64_t j = 0; j < x->columns; j++) {
        Misfit *item = &reconstruction->items[j];
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            const int64_t i = x->row_indices[p];
            const double y = dot(wide->w + i * k, wide->h + j * k, k);
            add_cell(item, x->values[p], y, alone);
            add_cell(&reconstruction->entries[i], x->values[p], y, alone);
            reconstruction->non_zeros += x->values[p] != 0.0;
        }
        if (!alone) {
            add_rest(item, dot(wide->h + j * k, wide->w_sum, k),
                     quadratic(wide->h + j * k, wide->w_square, k));
        }
        keep_positive(item);
    }
    for (int64_t i = 0; i < x->rows; i++) {
        Misfit *entry = &reconstruction->entries[i];
        if (!alone) {
            add_rest(entry, dot(wide->w + i * k, wide->h_sum, k),
                     quadratic(wide->w + i * k, wide->h_square, k));
        }
        keep_positive(entry);
    }
}

static void add_all(const Misfit *items, int64_t count, Misfit *all)
{
    for (int64_t j = 0; j < count; j++) {
        all->mass += items[j].mass;
        all->fitted += items[j].fitted;
        all->squares += items[j].squares;
        all->error += items[j].error;
        all->divergence += items[j].divergence;
    }
}

/* D of y = (row sum)·(column sum)/sum, which one factor reaches: Σ x·ln(x·sum/(row·column)). */
static double of_margins(const SparseMatrix *x, const Reconstruction *reconstruction)
{
    double sum = 0.0;
    for (int64_t j = 0; j < x->columns; j++) {
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            const double value = x->values[p],
                         margins = reconstruction->items[j].mass *
                                   reconstruction->entries[x->row_indices[p]].mass /
                                   reconstruction->all.mass;
            sum += value > 0.0 ? value * logarithm(value / margins) : 0.0;
        }
    }
    return sum > 0.0 ? sum : 0.0;
}

/* ---- the whole ---- */

/* The masses of the items, or those of X's columns if the model has none; NULL without memory. */
static double *masses_of(const Model *model, const SparseMatrix *x, Error *error)
{
    double *masses = memory_new((size_t)x->columns, sizeof *masses, error);
    if (masses && !model->masses) {
        sparse_column_sums(x, masses);
    }
    for (int64_t j = 0; j < x->columns && masses && model->masses; j++) {
        masses[j] = (double)model->masses[j];
    }
    return masses;
}

Status reconstruction_measure(const Model *model, const SparseMatrix *x,
                              Reconstruction *reconstruction, Error *error)
{
    WideFactors wide = {0};
    double *masses = masses_of(model, x, error);
    reconstruction->items = memory_new((size_t)x->columns, sizeof *reconstruction->items, error);
    reconstruction->entries = memory_new((size_t)x->rows, sizeof *reconstruction->entries, error);
    Status status = masses && reconstruction->items && reconstruction->entries
                        ? widen(model, masses, &wide, error)
                        : error_status(error);
    if (!status) {
        measure_cells(model, x, &wide, reconstruction);
        add_all(reconstruction->items, x->columns, &reconstruction->all);
        reconstruction->one = model->observed_only ? 0.0 : of_margins(x, reconstruction);
        reconstruction->cells =
            model->observed_only ? (double)sparse_entries(x) : (double)x->rows * (double)x->columns;
    }
    wide_free(&wide);
    free(masses);
    return status;
}

double reconstruction_objective(const Model *model, const Misfit *misfit)
{
    return model->objective == NMF_FROBENIUS ? misfit->error : misfit->divergence;
}

double reconstruction_part(const Model *model, const Reconstruction *reconstruction,
                           const Misfit *misfit)
{
    static const double rounding = 1e-9; /* of what could be lost */
    const Misfit *all = &reconstruction->all;
    const double scale = model->objective == NMF_FROBENIUS ? all->squares : all->mass;
    const double whole = reconstruction_objective(model, all);
    return whole > rounding * scale ? reconstruction_objective(model, misfit) / whole : 0.0;
}

double reconstruction_explained(const Misfit *misfit)
{
    return misfit->squares > 0.0 ? 1.0 - misfit->error / misfit->squares : 0.0;
}

void reconstruction_free(Reconstruction *reconstruction)
{
    free(reconstruction->items);
    free(reconstruction->entries);
    *reconstruction = (Reconstruction){0};
}
