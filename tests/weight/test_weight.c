#include "weight/weight.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* Three documents over three words: {2×a, 1×b}, {}, {1×a, 4×c}. */
static int64_t starts[4] = {0, 2, 2, 4};
static WordId words[4] = {0, 1, 0, 2};
static uint32_t values[4] = {2, 1, 1, 4};
static const Counts counts = {.documents = 3, .starts = starts, .words = words, .values = values};
static const int64_t document_frequency[3] = {2, 1, 1};

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-15 * fmax(1.0, fabs(b));
}

Test(weight, idf_follows_its_formulas)
{
    double idf[3];
    WeightOptions options = weight_defaults;
    weight_idf(&options, 3, document_frequency, 3, idf);
    cr_assert(is_near(idf[0], log(5.0 / 3.0)) && is_near(idf[1], log(5.0 / 2.0)), "the default");
    options.idf = IDF_SMOOTH;
    weight_idf(&options, 3, document_frequency, 3, idf);
    cr_assert(is_near(idf[0], log(4.0 / 3.0) + 1.0) && is_near(idf[1], log(2.0) + 1.0));
    options.idf = IDF_PLAIN;
    weight_idf(&options, 3, document_frequency, 3, idf);
    cr_assert(is_near(idf[0], log(3.0 / 2.0) + 1.0) && is_near(idf[2], log(3.0) + 1.0));
    options.idf = IDF_NONE;
    weight_idf(&options, 3, document_frequency, 3, idf);
    cr_assert(idf[0] == 1.0 && idf[1] == 1.0);
    static const int64_t everywhere[1] = {3};
    options.idf = IDF_LAPLACE;
    weight_idf(&options, 3, everywhere, 1, idf);
    cr_assert(is_near(idf[0], log(5.0 / 4.0)), "a word of every document keeps a weight");
    options = (WeightOptions){.scheme = WEIGHT_LOG, .idf = IDF_SMOOTH};
    weight_idf(&options, 3, document_frequency, 3, idf);
    cr_assert(idf[0] == 1.0, "only tfidf has an idf");
}

Test(weight, every_scheme_follows_its_formula)
{
    static const double idf[3] = {1.5, 2.0, 3.0};
    static const struct {
        WeightScheme scheme;
        WeightTf tf;
        double expected[4];
    } cases[] = {
        {WEIGHT_TFIDF, TF_RAW, {3.0, 2.0, 1.5, 12.0}},
        {WEIGHT_TFIDF,
         TF_LOG1P,
         {1.5 * 1.0986122886681098, 2.0 * M_LN2, 1.5 * M_LN2, 3.0 * 1.6094379124341003}},
        {WEIGHT_TFIDF, TF_SUBLINEAR, {1.5 * (1 + M_LN2), 2.0, 1.5, 3.0 * (1 + 2 * M_LN2)}},
        {WEIGHT_COUNT, TF_RAW, {2, 1, 1, 4}},
        {WEIGHT_BINARY, TF_RAW, {1, 1, 1, 1}},
        {WEIGHT_LOG, TF_RAW, {1 + M_LN2, 1, 1, 1 + 2 * M_LN2}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Error error;
        const WeightOptions options = {
            .scheme = cases[i].scheme, .tf = cases[i].tf, .norm = NORM_NONE};
        SparseMatrix *x = weight_matrix(&options, &counts, idf, 3, 2, &error);
        cr_assert(x != NULL && sparse_is_valid(x));
        cr_assert(x->rows == 3 && x->columns == 3 && sparse_entries(x) == 4);
        for (int p = 0; p < 4; p++) {
            cr_assert(x->row_indices[p] == words[p]);
            cr_assert(is_near(x->values[p], cases[i].expected[p]), "case %zu: %.17g", i,
                      x->values[p]);
        }
        sparse_free(x);
    }
}

Test(weight, columns_are_normalised_and_empty_ones_stay_empty)
{
    static const double idf[3] = {1.5, 2.0, 3.0};
    for (WeightNorm norm = NORM_L1; norm <= NORM_L2; norm++) {
        Error error;
        WeightOptions options = weight_defaults;
        options.norm = norm;
        SparseMatrix *x = weight_matrix(&options, &counts, idf, 3, 2, &error);
        for (int j = 0; j < 3; j++) {
            double sum = 0.0;
            for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
                sum += norm == NORM_L1 ? x->values[p] : x->values[p] * x->values[p];
            }
            cr_assert(fabs(sum - (j == 1 ? 0.0 : 1.0)) < 1e-12, "column %d: %.17g", j, sum);
        }
        sparse_free(x);
    }
}

/* ---- values that are not whole ---- */

static double amounts[4] = {2.5, 1, 1e-30, 1e30};
static const Counts other_counts = {
    .documents = 3, .starts = starts, .words = words, .amounts = amounts};

Test(weight, values_that_are_not_whole_are_taken_as_they_are)
{
    static const double idf[3] = {1, 1, 1};
    Error error;
    WeightOptions options = {.scheme = WEIGHT_COUNT, .norm = NORM_NONE};
    SparseMatrix *x = weight_matrix(&options, &other_counts, idf, 3, 2, &error);
    cr_assert(x != NULL && memcmp(x->values, amounts, sizeof amounts) == 0);
    sparse_free(x);
    options.norm = NORM_L2;
    x = weight_matrix(&options, &other_counts, idf, 3, 2, &error);
    cr_assert(x != NULL && is_near(x->values[3], 1.0) && isfinite(x->values[2]));
    sparse_free(x);
}

Test(weight, any_value_has_a_weight_by_default)
{
    static const double idf[3] = {1, 1, 1};
    static double tiny[4] = {1e-100, 1e-300, 1e-17, 0.5};
    const Counts all = {.documents = 3, .starts = starts, .words = words, .amounts = tiny};
    WeightOptions options = weight_defaults;
    options.norm = NORM_NONE;
    Error error;
    SparseMatrix *x = weight_matrix(&options, &all, idf, 3, 2, &error);
    cr_assert(x != NULL);
    for (int p = 0; p < 4; p++) {
        cr_assert(fabs(x->values[p] / log1p(tiny[p]) - 1.0) < 1e-15, "%g: %g", tiny[p],
                  x->values[p]);
    }
    sparse_free(x);
}

Test(weight, values_below_one_have_no_logarithmic_weight)
{
    static const double idf[3] = {1, 1, 1};
    static const WeightOptions options[] = {{.scheme = WEIGHT_LOG},
                                            {.scheme = WEIGHT_TFIDF, .tf = TF_SUBLINEAR}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        Error error;
        cr_assert(weight_matrix(&options[i], &other_counts, idf, 3, 2, &error) == NULL);
        cr_assert(error.status == STATUS_INPUT && strstr(error.message, "1e-30") != NULL, "%s",
                  error.message);
        double at_least_one[4] = {1, 1.5, 2, 1};
        const Counts fine = {
            .documents = 3, .starts = starts, .words = words, .amounts = at_least_one};
        SparseMatrix *x = weight_matrix(&options[i], &fine, idf, 3, 2, &error);
        cr_assert(x != NULL && x->values[0] > 0.0);
        sparse_free(x);
    }
}

Test(weight, one_document_has_the_weights_of_its_column)
{
    static const double idf[3] = {1.5, 2.0, 3.0};
    const WeightOptions options = weight_defaults;
    Error error;
    SparseMatrix *x = weight_matrix(&options, &counts, idf, 3, 1, &error);
    cr_assert(x != NULL);
    for (int64_t d = 0; d < counts.documents; d++) {
        double column[3] = {-1.0, -1.0, -1.0};
        const int64_t begin = starts[d], length = starts[d + 1] - starts[d];
        weight_document(&options, &counts, idf, d, column);
        cr_assert(memcmp(column, x->values + begin, (size_t)length * sizeof *column) == 0);
        cr_assert(column[length] == -1.0, "nothing is written behind them");
    }
    sparse_free(x);
}
