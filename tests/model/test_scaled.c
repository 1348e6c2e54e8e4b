#include "model/scaled.h"

#include "base/memory.h"
#include "model/explanation.h"
#include "model/reconstruction.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { M = 3, N = 4, K = 2 };

/* Entries × items, the last item empty. */
static const double cells[M * N] = {4, 0, 2, 0, /**/ 0, 3, 1, 0, /**/ 2, 1, 3, 0};

/* A model of that table whose factors are W and H, columns of neither summing to 1. */
static void make(Model *model, const double *table, bool observed_only)
{
    static const float w[M * K] = {2.0F, 0.0F, 0.0F, 6.0F, 2.0F, 2.0F};
    static const float h[N * K] = {1.0F, 0.0F, 0.0F, 0.5F, 1.0F, 0.25F, 0.0F, 0.0F};
    Error error;
    *model = (Model){.k = K, .input = MODEL_OF_TABLE, .observed_only = observed_only};
    model->weight = (WeightOptions){.scheme = WEIGHT_COUNT, .norm = NORM_NONE};
    for (int i = 0; i < M; i++) {
        char name[16];
        snprintf(name, sizeof name, "e%d", i);
        cr_assert(vocabulary_append(&model->vocabulary, name, 2, &error) == STATUS_OK);
    }
    for (int j = 0; j < N; j++) {
        cr_assert(documents_add_id(&model->documents, "i", &error) == STATUS_OK);
    }
    cr_assert(counts_reserve(&model->counts, N, (int64_t)M * N, false, &error) == STATUS_OK);
    int64_t at = 0;
    for (int j = 0; j < N; j++) {
        for (int i = 0; i < M; i++) {
            if (table[i * N + j] != 0.0 || observed_only) {
                model->counts.words[at] = (WordId)i;
                model->counts.amounts[at++] = table[i * N + j];
            }
        }
        model->counts.starts[j + 1] = at;
    }
    model->idf = memory_new(M, sizeof *model->idf, &error);
    for (int i = 0; i < M; i++) {
        model->idf[i] = 1.0;
    }
    float w_copy[M * K], h_copy[N * K];
    memcpy(w_copy, w, sizeof w);
    memcpy(h_copy, h, sizeof h);
    const Factors factors = {.rows = M, .columns = N, .rank = K, .w = w_copy, .h = h_copy};
    cr_assert(model_set_scaled(model, &factors, &error) == STATUS_OK);
}

/* WH of these factors. */
static const double product[M * N] = {2, 0, 2, 0, /**/ 0, 3, 1.5, 0, /**/ 2, 1, 2.5, 0};

Test(scaled, columns_sum_to_one_and_the_product_stays)
{
    Model model;
    make(&model, cells, false);
    for (int t = 0; t < K; t++) {
        double sum = 0.0;
        for (int i = 0; i < M; i++) {
            sum += (double)model.topics[t * M + i];
        }
        cr_expect(fabs(sum - 1.0) < 1e-6);
    }
    for (int i = 0; i < M; i++) {
        for (int j = 0; j < N; j++) {
            double y = 0.0;
            for (int t = 0; t < K; t++) {
                y += (double)model.topics[t * M + i] * (double)model.mixtures[j * K + t] *
                     (double)model.masses[j];
            }
            cr_expect(fabs(y - product[i * N + j]) < 1e-6, "%d, %d: %g", i, j, y);
        }
    }
    cr_expect(fabs(model.topic_mass[0] + model.topic_mass[1] - 14.0) < 1e-9);
    cr_expect(model.shares[0] >= model.shares[1] && model.modelled == 3);
    cr_expect(model.masses[3] == 0.0F && model.mixtures[3 * K] == 0.0F);
    model_free(&model);
}

/* The formulas as they stand. */
static void expect_misfit(const Misfit *misfit, double error, double divergence, const char *what)
{
    cr_expect(fabs(misfit->error - error) < 1e-6, "%s: error %g, not %g", what, misfit->error,
              error);
    cr_expect(fabs(misfit->divergence - divergence) < 1e-6, "%s: divergence %g, not %g", what,
              misfit->divergence, divergence);
}

static void check_reconstruction(bool observed_only)
{
    Model model;
    Reconstruction found = {0};
    Error error;
    make(&model, cells, observed_only);
    SparseMatrix *x = weight_matrix(&model.weight, &model.counts, model.idf, M, 1, &error);
    cr_assert(x && reconstruction_measure(&model, x, &found, &error) == STATUS_OK);
    double of_entries[M][2] = {{0}}, of_items[N][2] = {{0}}, all[2] = {0};
    for (int i = 0; i < M; i++) {
        for (int j = 0; j < N; j++) {
            const double a = cells[i * N + j], y = product[i * N + j];
            const double one[2] = {(a - y) * (a - y), (a > 0.0 ? a * log(a / y) : 0.0) - a + y};
            for (int o = 0; o < 2; o++) {
                of_entries[i][o] += one[o];
                of_items[j][o] += one[o];
                all[o] += one[o];
            }
        }
    }
    expect_misfit(&found.all, all[0], all[1], "all");
    for (int i = 0; i < M; i++) {
        expect_misfit(&found.entries[i], of_entries[i][0], of_entries[i][1], "entry");
    }
    for (int j = 0; j < N; j++) {
        expect_misfit(&found.items[j], of_items[j][0], of_items[j][1], "item");
    }
    cr_expect(found.cells == M * N && found.non_zeros == 7.0);
    cr_expect(found.all.mass == 16.0 && fabs(found.all.fitted - 14.0) < 1e-6);
    reconstruction_free(&found);
    sparse_free(x);
    model_free(&model);
}

/* Where every cell is stored, the two ways of adding must agree. */
Test(reconstruction, is_what_the_formulas_say)
{
    check_reconstruction(false);
    check_reconstruction(true);
}

Test(explanation, parts_and_rest_make_the_item)
{
    Model model;
    Explanation explanation = {0};
    Error error;
    make(&model, cells, false);
    cr_assert(explanation_make(&model, 2, 10, &explanation, &error) == STATUS_OK);
    double sums[M] = {0};
    int rest = 0;
    for (int64_t i = 0; i < explanation.word_count; i++) {
        sums[explanation.words[i].word] += explanation.words[i].part;
        rest += explanation.words[i].topic == 0;
        cr_expect(explanation.words[i].value == cells[explanation.words[i].word * N + 2]);
    }
    cr_expect(rest == 2, "one entry is exact");
    for (int i = 0; i < M; i++) {
        cr_expect(fabs(sums[i] - cells[i * N + 2]) < 1e-6);
    }
    cr_expect(explanation.words[0].topic == 1 && explanation.weights[0] > explanation.weights[1]);
    explanation_free(&explanation);
    cr_assert(explanation_make(&model, 2, 1, &explanation, &error) == STATUS_OK);
    cr_expect(explanation.word_count == 3, "one of each topic and one of the rest");
    explanation_free(&explanation);
    cr_assert(explanation_make(&model, 3, 1, &explanation, &error) == STATUS_OK);
    cr_expect(explanation.word_count == 0, "nothing is in an empty item");
    explanation_free(&explanation);
    model_free(&model);
}
