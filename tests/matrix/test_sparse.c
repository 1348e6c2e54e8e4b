#include "matrix/sparse.h"

#include "matrix/product.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

/* The address sanitizer ends a process that asks for too much, unless told that NULL is an answer.
 */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static const double values[3 * 4] = {
    1, 0, 2, 0, //
    0, 0, 3, 4, //
    5, 0, 0, 6, //
};

Test(sparse, holds_columns_that_cholmod_finds_valid)
{
    SparseMatrix *x = support_sparse(3, 4, values);
    cr_assert(sparse_is_valid(x));
    cr_assert(sparse_entries(x) == 6);
    cr_assert(x->starts[1] == 2 && x->starts[2] == 2, "column 1 is empty");
    cr_assert(x->row_indices[0] == 0 && x->row_indices[1] == 2 && x->values[1] == 5.0);
    sparse_free(x);
}

Test(sparse, unsorted_or_out_of_range_indices_are_not_valid)
{
    SparseMatrix *x = support_sparse(3, 4, values);
    x->own_rows[0] = 2;
    x->own_rows[1] = 0;
    cr_assert(!sparse_is_valid(x));
    x->own_rows[0] = 0;
    x->own_rows[1] = 3;
    cr_assert(!sparse_is_valid(x));
    sparse_free(x);
}

Test(sparse, transposes)
{
    Error error;
    SparseMatrix *x = support_sparse(3, 4, values), *t = sparse_transpose(x, &error);
    cr_assert(t != NULL && t->rows == 4 && t->columns == 3 && sparse_is_valid(t));
    double seen[3 * 4] = {0};
    for (int64_t j = 0; j < 3; j++) {
        for (int64_t p = t->starts[j]; p < t->starts[j + 1]; p++) {
            seen[j * 4 + t->row_indices[p]] = t->values[p];
        }
    }
    for (int i = 0; i < 12; i++) {
        cr_assert(seen[i] == values[i]);
    }
    sparse_free(x);
    sparse_free(t);
}

Test(sparse, stands_over_a_pattern_that_is_borrowed)
{
    static const int64_t starts[] = {0, 2, 2, 3};
    static const uint32_t rows[] = {0, 4, UINT32_MAX - 1};
    Error error;
    SparseMatrix *x = sparse_over(UINT32_MAX, 3, starts, rows, &error);
    cr_assert(x != NULL && x->starts == starts && x->row_indices == rows && sparse_is_valid(x));
    cr_assert(sparse_entries(x) == 3 && !x->own_starts && !x->own_rows);
    for (int p = 0; p < 3; p++) {
        x->values[p] = p + 1;
    }
    double sums[3];
    sparse_column_sums(x, sums);
    cr_assert(sums[0] == 3.0 && sums[1] == 0.0 && sums[2] == 3.0);
    sparse_free(x);
}

Test(sparse, sums_columns)
{
    static const double expected[4] = {6, 0, 5, 10};
    SparseMatrix *x = support_sparse(3, 4, values);
    double sums[4];
    sparse_column_sums(x, sums);
    for (int j = 0; j < 4; j++) {
        cr_assert(sums[j] == expected[j]);
    }
    sparse_free(x);
}

Test(sparse, refuses_sizes_that_overflow)
{
    Error error;
    cr_assert(sparse_new(3, INT64_MAX, 5, &error) == NULL);
    cr_assert(sparse_new(3, 4, INT64_MAX, &error) == NULL);
    cr_assert(error.status == STATUS_FAILED);
}

Test(sparse, product_equals_the_dense_one)
{
    static const double dense[3 * 2] = {1, 2, 3, 4, 5, 6};
    SparseMatrix *x = support_sparse(3, 4, values);
    double result[4 * 2];
    product_transposed(x, dense, 2, 2, result);
    for (int j = 0; j < 4; j++) {
        for (int c = 0; c < 2; c++) {
            double expected = 0.0;
            for (int i = 0; i < 3; i++) {
                expected += values[i * 4 + j] * dense[i * 2 + c];
            }
            cr_assert(fabs(result[j * 2 + c] - expected) < 1e-15);
        }
    }
    sparse_free(x);
}
