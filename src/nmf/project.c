/* H for fixed W by least squares. */
#include "nmf/nmf.h"

#include "base/memory.h"
#include "base/threads.h"
#include "matrix/product.h"
#include "matrix/two_way.h"
#include "nmf/least_squares.h"

#include <stdlib.h>

enum { SWEEPS_MAX = 10000 };

static const double sweep_worth = 1e-20; /* squared */

typedef struct Work {
    double *w;       /* m × k */
    double *targets; /* n × k */
    double *h;       /* n × k */
    double *gram;    /* k × k */
    LeastSquaresRoom *room;
} Work;

static Status allocate(Work *work, const SparseMatrix *x, int k, int threads, Error *error)
{
    const size_t size = (size_t)k * sizeof(double);
    work->w = memory_new((size_t)x->rows, size, error);
    work->targets = memory_new((size_t)x->columns, size, error);
    work->h = memory_new((size_t)x->columns, size, error);
    work->gram = memory_new((size_t)k, size, error);
    work->room = least_squares_room_new(x->columns, k, threads, error);
    return work->w && work->targets && work->h && work->gram && work->room ? STATUS_OK
                                                                           : error_status(error);
}

static void release(Work *work)
{
    free(work->w);
    free(work->targets);
    free(work->h);
    free(work->gram);
    least_squares_room_free(work->room);
}

Status nmf_least_squares(const SparseMatrix *x, const float *w, int rank, int threads, float *h,
                         Error *error)
{
    Work work = {0};
    threads = threads_worth(threads, (double)(sparse_entries(x) + x->columns * rank) * rank);
    Status status = x->rows <= INT32_MAX
                        ? allocate(&work, x, rank, threads, error)
                        : error_set(error, STATUS_INPUT, "more than %d rows", INT32_MAX);
    if (!status) {
        for (int64_t i = 0; i < x->rows * rank; i++) {
            work.w[i] = (double)w[i];
        }
        gram_of(work.w, x->rows, rank, threads, work.gram);
        product_transposed(x, work.w, rank, threads, work.targets);
        const LeastSquares step = {
            .gram = work.gram,
            .targets = work.targets,
            .b = work.h,
            .count = x->columns,
            .k = rank,
            .sweeps_most = SWEEPS_MAX,
            .sweep_worth = sweep_worth,
            .threads = threads,
        };
        least_squares_take(&step, work.room);
        for (int64_t i = 0; i < x->columns * rank; i++) {
            h[i] = (float)work.h[i];
        }
    }
    release(&work);
    return status;
}

void nmf_scale_mixtures(float *h, int64_t count, int rank, float *sums)
{
    for (int64_t j = 0; j < count; j++) {
        double sum = 0.0;
        for (int t = 0; t < rank; t++) {
            sum += (double)h[j * rank + t];
        }
        for (int t = 0; t < rank; t++) {
            h[j * rank + t] = sum > 0.0 ? (float)((double)h[j * rank + t] / sum) : 0.0F;
        }
        if (sums) {
            sums[j] = (float)sum;
        }
    }
}
