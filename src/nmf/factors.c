#include "nmf/nmf.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>

Status factors_new(Factors *factors, int64_t rows, int64_t columns, int rank, Error *error)
{
    assert(rows >= 0 && columns >= 0 && rank >= 1);
    const size_t row_size = (size_t)rank * sizeof(float); /* rank is an int: cannot overflow */
    *factors = (Factors){.rows = rows, .columns = columns, .rank = rank};
    factors->w = memory_new((size_t)rows, row_size, error);
    factors->h = memory_new((size_t)columns, row_size, error);
    if (!factors->w || !factors->h) {
        factors_free(factors);
        return error_status(error);
    }
    return STATUS_OK;
}

void factors_free(Factors *factors)
{
    free(factors->w);
    free(factors->h);
    free(factors->anchors);
    *factors = (Factors){0};
}

void nmf_result_free(NmfResult *result)
{
    factors_free(&result->factors);
    free(result->passes);
    *result = (NmfResult){0};
}
