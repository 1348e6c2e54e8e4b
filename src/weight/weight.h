/* From word counts to the matrix X that is factored: words × documents, weighted, and each
 * document's column brought to norm 1. Formulas: docs/method.md, "Weighting". */
#ifndef THEMATA_WEIGHT_WEIGHT_H
#define THEMATA_WEIGHT_WEIGHT_H

#include "base/error.h"
#include "matrix/sparse.h"
#include "text/counts.h"

#include <stdint.h>

/* The weight of a word that stands tf times in a document. 1 + ln tf wants tf ≥ 1: it falls to 0 at
 * tf = 1/e and is negative below. */
typedef enum WeightScheme {
    WEIGHT_TFIDF,  /* f(tf) · idf, f a WeightTf */
    WEIGHT_COUNT,  /* tf */
    WEIGHT_BINARY, /* 1 */
    WEIGHT_LOG,    /* 1 + ln tf */
} WeightScheme;

/* f(tf), for WEIGHT_TFIDF only. */
typedef enum WeightTf {
    TF_RAW,       /* tf */
    TF_LOG1P,     /* ln(1 + tf): defined for any tf > 0 */
    TF_SUBLINEAR, /* 1 + ln tf, scikit-learn's sublinear_tf */
} WeightTf;

/* Inverse document frequency of a word that is in df of n documents; for WEIGHT_TFIDF only. The
 * last three are scikit-learn's smooth_idf=True, smooth_idf=False, use_idf=False. The first is −ln
 * of how likely the next document has the word, by Laplace's rule of succession. A word that is in
 * every document keeps a weight, if a small one. */
typedef enum WeightIdf {
    IDF_LAPLACE, /* ln((2 + n) / (1 + df)) */
    IDF_SMOOTH,  /* ln((1 + n) / (1 + df)) + 1 */
    IDF_PLAIN,   /* ln(n / df) + 1 */
    IDF_NONE,    /* 1 */
} WeightIdf;

/* What each non-empty column is divided by. */
typedef enum WeightNorm {
    NORM_L1, /* the sum of its values: columns sum to 1 */
    NORM_L2, /* its Euclidean length */
    NORM_NONE,
} WeightNorm;

typedef struct WeightOptions {
    WeightScheme scheme;
    WeightIdf idf;
    WeightTf tf;
    WeightNorm norm;
} WeightOptions;

/* What each is called on the command line and in files, indexed by the enumeration; ends with NULL.
 */
extern const char *const weight_scheme_names[];
extern const char *const weight_tf_names[];
extern const char *const weight_idf_names[];
extern const char *const weight_norm_names[];

static const WeightOptions weight_defaults = {
    .scheme = WEIGHT_TFIDF,
    .idf = IDF_LAPLACE,
    .tf = TF_LOG1P,
    .norm = NORM_L1,
};

/* The idf of each word: `idf` has word_count elements; 1 for every word unless the scheme is
 * WEIGHT_TFIDF. `documents` is n, `document_frequency` has word_count elements ≥ 1. */
void weight_idf(const WeightOptions *options, int64_t documents, const int64_t *document_frequency,
                uint32_t word_count, double *idf);

/* Makes X: word_count × documents, the columns of documents without words empty, over the pattern
 * of the counts, which outlive it. Every step in float64. NULL when out of memory, and with
 * STATUS_INPUT when a value is below 1 and the weight takes its logarithm. O(pairs), by up to
 * `threads` threads. */
SparseMatrix *weight_matrix(const WeightOptions *options, const Counts *counts, const double *idf,
                            uint32_t word_count, int threads, Error *error);

/* One column of X alone, of values that weight_matrix takes: `values` gets a weight for each word
 * that the document has, in the order of its counts. The same numbers as in weight_matrix. */
void weight_document(const WeightOptions *options, const Counts *counts, const double *idf,
                     int64_t document, double *values);

#endif
