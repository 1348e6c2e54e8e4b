/* How far to extrapolate, and how fast to dare more and less (Ang and Gillis 2019). */
#ifndef THEMATA_NMF_STRIDE_H
#define THEMATA_NMF_STRIDE_H

#include <stdbool.h>

typedef struct Stride {
    float beta;  /* for this pass */
    float dared; /* for the next */
    float cap;
} Stride;

static const Stride stride_first = {.beta = 0.0F, .dared = 0.5F, .cap = 0.95F};

/* Dares more after a pass that lowered the objective; after one that did not, takes one plain pass.
 */
static inline void stride_adapt(Stride *stride, bool lowered)
{
    if (lowered) {
        stride->dared = stride->dared * 1.1F < stride->cap ? stride->dared * 1.1F : stride->cap;
        stride->cap = stride->cap * 1.05F < 0.95F ? stride->cap * 1.05F : 0.95F;
        stride->beta = stride->dared;
    } else {
        stride->cap = stride->dared;
        stride->dared *= 0.6F;
        stride->beta = 0.0F;
    }
}

#endif
