#include "model/sparseness.h"

#include <math.h>

double sparseness_hoyer(const float *x, int64_t count, int64_t stride)
{
    double sum = 0.0, squares = 0.0;
    for (int64_t i = 0; i < count; i++) {
        const double value = fabs((double)x[i * stride]);
        sum += value;
        squares += value * value;
    }
    const double root = sqrt((double)count);
    return count > 1 && squares > 0.0 ? (root - sum / sqrt(squares)) / (root - 1.0) : 0.0;
}

int64_t sparseness_zeros(const float *x, int64_t count)
{
    int64_t zeros = 0;
    for (int64_t i = 0; i < count; i++) {
        zeros += x[i] == 0.0F;
    }
    return zeros;
}
