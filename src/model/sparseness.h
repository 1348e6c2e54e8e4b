/* How sparse vectors are. */
#ifndef THEMATA_MODEL_SPARSENESS_H
#define THEMATA_MODEL_SPARSENESS_H

#include <stdint.h>

/* (√n − ‖x‖₁/‖x‖₂)/(√n − 1) of n numbers, `stride` apart: 1 if a single one is not 0, 0 if all have
 * one size (P. Hoyer, JMLR 2004). 0 of a single number, or if all are 0. */
double sparseness_hoyer(const float *x, int64_t count, int64_t stride);

/* How many of them are 0. */
int64_t sparseness_zeros(const float *x, int64_t count);

#endif
