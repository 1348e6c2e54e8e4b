#include "nmf/latent.h"

#include "cases.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

static Latent find(const SparseMatrix *x, int rank, bool even)
{
    Error error;
    Latent latent = {0};
    cr_assert(latent_find(x, rank, even, 1, 1, &latent, &error) == STATUS_OK, "%s", error.message);
    return latent;
}

static double residual(const SparseMatrix *x, const Latent *latent)
{
    double sum = 0.0;
    for (int64_t j = 0; j < x->columns; j++) {
        double column[16] = {0.0};
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            column[x->row_indices[p]] = x->values[p];
        }
        for (int64_t i = 0; i < x->rows; i++) {
            double product = 0.0;
            for (int t = 0; t < latent->svd.rank; t++) {
                product +=
                    latent->svd.u[i * latent->svd.rank + t] * latent_coordinate(latent, j, t);
            }
            product *= latent->lengths ? latent->lengths[j] : 1.0;
            sum += (column[i] - product) * (column[i] - product);
        }
    }
    return sum;
}

/* ‖X − WH‖² of the speeches with two dimensions is 453.9458, which is also what the best
 * non-negative factors come to. */
Test(latent, svd_is_the_nearest_product_and_has_both_signs)
{
    SparseMatrix *x = support_sparse(4, 5, speeches);
    Latent latent = find(x, 2, false);
    cr_assert(fabs(residual(x, &latent) - 453.9458) < 1e-4, "%.6f", residual(x, &latent));
    double parts = latent_part(&latent, 0) + latent_part(&latent, 1);
    cr_assert(fabs((1.0 - parts) * latent.squares - 453.9458) < 1e-4);
    int negative = 0;
    for (int i = 0; i < 4; i++) {
        cr_assert(latent.svd.u[2 * i] > 0.0, "the first dimension has one sign");
        negative += latent.svd.u[2 * i + 1] < 0.0;
    }
    /* energy is the largest of the second dimension, against all others */
    cr_assert(negative == 3 && fabs(latent.svd.u[2 * 1 + 1] - 0.84) < 0.01, "%g",
              latent.svd.u[2 * 1 + 1]);
    latent_free(&latent);
    sparse_free(x);
}

Test(latent, lsa_decomposes_columns_of_length_one)
{
    SparseMatrix *x = support_sparse(4, 5, speeches);
    Latent latent = find(x, 4, true);
    cr_assert(fabs(latent.squares - 5.0) < 1e-12);
    cr_assert(residual(x, &latent) < 1e-12, "%g", residual(x, &latent));
    latent_free(&latent);
    sparse_free(x);
}

/* Documents 0 to 2 of one subject, 3 to 5 of another, 6 empty. */
static const double two_subjects[4 * 7] = {
    3, 2, 9, 0, 0, 0, 0, //
    2, 3, 8, 0, 0, 1, 0, //
    0, 0, 1, 1, 4, 9, 0, //
    0, 0, 0, 2, 3, 9, 0, //
};

Test(latent, groups_documents)
{
    SparseMatrix *x = support_sparse(4, 7, two_subjects);
    for (int even = 0; even <= 1; even++) {
        Latent latent = find(x, 2, even);
        Error error;
        int groups[7];
        cr_assert(latent_groups(&latent, 1, 1, groups, &error) == STATUS_OK);
        cr_assert(groups[6] == -1);
        for (int j = 0; j < 6 && even; j++) {
            cr_assert(groups[j] == groups[j / 3 * 3], "document %d", j);
        }
        cr_assert(!even || groups[0] != groups[3]);
        for (int j = 0; j < 6 && !even; j++) { /* by the larger coordinate, whatever its sign */
            const double a = fabs(latent_coordinate(&latent, j, 0));
            cr_assert(groups[j] == (fabs(latent_coordinate(&latent, j, 1)) > a), "document %d", j);
        }
        latent_free(&latent);
    }
    sparse_free(x);
}

Test(latent, groups_by_size_whatever_the_sign)
{
    double s[2] = {2.0, 1.0}, v[4 * 2] = {0.3, -0.9, 0.3, 0.5, -0.6, 0.5, 0.0, 0.0};
    const Latent latent = {.columns = 4, .svd = {.rank = 2, .v = v, .s = s}};
    static const int expected[4] = {1, 0, 0, -1};
    Error error;
    int groups[4];
    cr_assert(latent_groups(&latent, 1, 1, groups, &error) == STATUS_OK);
    for (int j = 0; j < 4; j++) {
        cr_assert(groups[j] == expected[j], "document %d: %d", j, groups[j]);
    }
}
