/* What a fit will need, from the sizes of its matrix. The constants were measured; docs/method.md,
 * "What a fit needs", says how and how far they are off. */
#ifndef THEMATA_APP_ESTIMATE_H
#define THEMATA_APP_ESTIMATE_H

#include <stdint.h>

typedef struct FitSizes {
    int64_t bytes;     /* of text */
    int64_t documents; /* n */
    int64_t all_words; /* before pruning */
    int64_t all_pairs; /* (document, word) pairs before pruning */
    int64_t words;     /* m */
    int64_t pairs;     /* non-zeros of X */
    int topics;        /* k */
    int threads;       /* of the solver, for the memory alone */
    double room;       /* bytes that counts before pruning may take, and words as many; what is
                          beyond goes to a file */
} FitSizes;

/* Bytes at the highest point, for the default solver. */
double estimate_memory(const FitSizes *sizes);

/* Seconds of one processor for a fit with default options and the usual number of passes. */
double estimate_seconds(const FitSizes *sizes);

#endif
