/* A random part of a corpus: some of its documents, and of some of these a few tokens held out.
 * What is drawn is a function of (seed, run, document, word) alone. */
#ifndef THEMATA_MODEL_SAMPLE_H
#define THEMATA_MODEL_SAMPLE_H

#include "base/error.h"
#include "matrix/sparse.h"
#include "matrix/svd.h"
#include "nmf/nmf.h"
#include "text/counts.h"
#include "weight/weight.h"

#include <stdbool.h>
#include <stdint.h>

/* A document with the random number that decides whether it is drawn: those with the lowest are. */
typedef struct Ticket {
    uint64_t number;
    int64_t document;
} Ticket;

/* For qsort: by number, of equal ones by document. */
int ticket_compare(const void *left, const void *right);

/* What is sampled: a corpus' counts, and how they are weighted. All borrowed. */
typedef struct SampleSource {
    const Counts *counts;
    const WeightOptions *weight;
    const double *idf; /* of each word, in all the documents */
    uint32_t words;
    uint64_t seed;
} SampleSource;

/* Start with an all-zero Sample. */
typedef struct Sample {
    int64_t count;      /* documents in it */
    int64_t *documents; /* count: their numbers in the corpus, ascending */
    Counts kept;        /* count × words, without the tokens that are held out */
    SparseMatrix *x;    /* words × count: these weighted; borrows their pattern */
    Counts held;        /* count × words: the tokens held out; no pairs if none are */
    double held_tokens;
    SparseMatrix
        *even; /* x with columns of Euclidean length 1; NULL: not made; borrows as x does */
    Svd svd;   /* for starts: of `even`, or of x without it; rank 0: not made */
} Sample;

/* Draws sample number `run`: four fifths of the documents that have words, rounded up. With
 * `hold_out`, each of these is with probability 1/10 one of which tokens are held out: of a word
 * that stands c times, c/10 tokens, rounded up or down at random so that c/10 is the mean. A
 * document of which nothing would be left keeps all. Counts that are not whole (Counts.amounts) are
 * no tokens, and nothing is held out of them. The idf is that of the whole corpus. O(documents ·
 * log documents + pairs). */
Status sample_draw(const SampleSource *source, int run, bool hold_out, Sample *sample,
                   Error *error);

/* Makes what starts need, up to this rank or as far as X has it: the decomposition of the sample's
 * X; of `even` if `init` is staged; nothing if it is random. */
Status sample_decompose(Sample *sample, int rank, NmfInit init, uint64_t seed, int threads,
                        Error *error);

/* The start of a fit of a sample, number `run`: a random one, or, if `init` is not random, the
 * NNDSVD of the sample itself with every entry, the mean of X in place of zeros, multiplied by a
 * random number between 0 and 2. If `init` is staged, it is that of `even` and improved on it
 * (nmf/staged.h). sample_decompose has been called for the same `init` and at least `rank`. */
Status sample_start(const Sample *sample, int rank, NmfInit init, uint64_t seed, int run,
                    Factors *factors, Error *error);

void sample_free(Sample *sample);

#endif
