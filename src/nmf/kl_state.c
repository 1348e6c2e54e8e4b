#include "nmf/kl_state.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

Status kl_state_begin(KlState *state, const SparseMatrix *x, const Factors *start, int threads,
                      Error *error)
{
    const size_t m = (size_t)x->rows, n = (size_t)x->columns, k = (size_t)start->rank;
    *state = (KlState){.x = x, .k = start->rank, .threads = threads};
    state->xt = sparse_transpose(x, error);
    state->w = memory_new(m, k * sizeof(double), error);
    state->h = memory_new(n, k * sizeof(double), error);
    state->sums = memory_new(k, sizeof(double), error);
    state->mass = memory_new(n, sizeof(double), error);
    state->word_mass = memory_new(m, sizeof(double), error);
    state->residual = memory_new(m > n ? m : n, sizeof(double), error);
    if (!state->xt || !state->w || !state->h || !state->sums || !state->mass || !state->word_mass ||
        !state->residual) {
        return error_status(error);
    }
    for (size_t i = 0; i < m * k; i++) {
        state->w[i] = (double)start->w[i];
    }
    for (size_t i = 0; i < n * k; i++) {
        state->h[i] = (double)start->h[i];
    }
    sparse_column_sums(x, state->mass);
    sparse_column_sums(state->xt, state->word_mass);
    for (size_t j = 0; j < n; j++) {
        state->total += state->mass[j];
    }
    return kl_room_new(&state->room, x->rows, x->columns, start->rank, error);
}

void kl_state_end(KlState *state)
{
    sparse_free(state->xt);
    free(state->w);
    free(state->h);
    free(state->sums);
    free(state->mass);
    free(state->word_mass);
    free(state->residual);
    kl_room_free(&state->room);
}

void kl_state_normalise(KlState *state)
{
    const int k = state->k;
    kl_sum_rows(state->w, state->x->rows, k, state->threads, &state->room, state->sums);
    for (int64_t i = 0; i < state->x->rows; i++) {
        for (int t = 0; t < k; t++) {
            state->w[i * k + t] /= state->sums[t] > 0.0 ? state->sums[t] : 1.0;
        }
    }
    for (int64_t j = 0; j < state->x->columns; j++) {
        for (int t = 0; t < k; t++) {
            state->h[j * k + t] *= state->sums[t];
        }
    }
}

double kl_state_residual(const KlState *state, int64_t count)
{
    double residual = 0.0;
    for (int64_t j = 0; j < count; j++) {
        residual += state->residual[j];
    }
    return state->total > 0.0 ? residual / state->total : 0.0;
}

double kl_state_measure(KlState *state)
{
    return kl_divergence(state->x, state->w, state->h, state->k, state->threads, &state->room);
}

Status kl_state_keep(const KlState *state, Factors *factors, Error *error)
{
    Status status = factors_new(factors, state->x->rows, state->x->columns, state->k, error);
    for (int64_t i = 0; i < state->x->rows * state->k && !status; i++) {
        factors->w[i] = (float)state->w[i];
    }
    for (int64_t i = 0; i < state->x->columns * state->k && !status; i++) {
        factors->h[i] = (float)state->h[i];
    }
    return status;
}

void kl_gather(const SparseMatrix *v, int64_t j, const double *a, const double *b, int k,
               double *gathered)
{
    memset(gathered, 0, (size_t)k * sizeof *gathered);
    for (int64_t p = v->starts[j]; p < v->starts[j + 1]; p++) {
        const double *row = a + (int64_t)v->row_indices[p] * k;
        const double product = kl_dot(row, b, k);
        if (product > 0.0) {
            const double ratio = v->values[p] / product;
            for (int t = 0; t < k; t++) {
                gathered[t] += ratio * row[t];
            }
        }
    }
}

double kl_row_residual(const double *b, const double *gathered, const double *sums, double mass,
                       int k)
{
    double residual = 0.0;
    for (int t = 0; t < k; t++) {
        const double mean = sums[t] > 0.0 ? gathered[t] / sums[t] : 0.0;
        residual += kl_kkt_step(b[t] * sums[t], mass / k, 1.0 - mean);
    }
    return residual;
}
