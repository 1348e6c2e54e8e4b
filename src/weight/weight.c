#include "weight/weight.h"

#include "base/logarithm.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

const char *const weight_scheme_names[] = {"tfidf", "count", "binary", "log", NULL};
const char *const weight_tf_names[] = {"raw", "log1p", "sublinear", NULL};
const char *const weight_idf_names[] = {"laplace", "smooth", "plain", "none", NULL};
const char *const weight_norm_names[] = {"l1", "l2", "none", NULL};

void weight_idf(const WeightOptions *options, int64_t documents, const int64_t *document_frequency,
                uint32_t word_count, double *idf)
{
    const WeightIdf kind = options->scheme == WEIGHT_TFIDF ? options->idf : IDF_NONE;
    const double n = (double)documents;
    for (uint32_t w = 0; w < word_count; w++) {
        const double df = (double)document_frequency[w];
        switch (kind) {
        case IDF_LAPLACE:
            idf[w] = logarithm((2.0 + n) / (1.0 + df));
            break;
        case IDF_SMOOTH:
            idf[w] = logarithm((1.0 + n) / (1.0 + df)) + 1.0;
            break;
        case IDF_PLAIN:
            idf[w] = logarithm(n / df) + 1.0;
            break;
        case IDF_NONE:
            idf[w] = 1.0;
            break;
        }
    }
}

static inline double damp(WeightTf kind, double tf)
{
    switch (kind) {
    case TF_RAW:
        return tf;
    case TF_LOG1P:
        return logarithm_1p(tf);
    case TF_SUBLINEAR:
        return 1.0 + logarithm(tf);
    }
    __builtin_unreachable();
}

static inline double weigh(const WeightOptions *options, double tf, double idf)
{
    switch (options->scheme) {
    case WEIGHT_TFIDF:
        return damp(options->tf, tf) * idf;
    case WEIGHT_COUNT:
        return tf;
    case WEIGHT_BINARY:
        return 1.0;
    case WEIGHT_LOG:
        return 1.0 + logarithm(tf);
    }
    __builtin_unreachable();
}

static void normalise_column(WeightNorm norm, double *values, int64_t count)
{
    double sum = 0.0;
    for (int64_t p = 0; p < count; p++) {
        sum += norm == NORM_L2 ? values[p] * values[p] : values[p];
    }
    const double length = norm == NORM_L2 ? sqrt(sum) : sum;
    for (int64_t p = 0; p < count; p++) {
        values[p] /= length;
    }
}

/* Whether every value has the weight that is asked for. Counts of a text are at least 1. */
static Status check_values(const WeightOptions *options, const Counts *counts, Error *error)
{
    const bool takes_logarithm = options->scheme == WEIGHT_LOG ||
                                 (options->scheme == WEIGHT_TFIDF && options->tf == TF_SUBLINEAR);
    for (int64_t p = 0; p < counts_pairs(counts) && takes_logarithm && counts->amounts; p++) {
        if (counts->amounts[p] < 1.0) {
            error_set(
                error, STATUS_INPUT,
                "a value of %.6g has no weight 1 + ln tf (values of at least 1 were expected)",
                counts->amounts[p]);
            return error_hint(error, "take --weight count, or tfidf with --tf raw or log1p");
        }
    }
    return STATUS_OK;
}

void weight_document(const WeightOptions *options, const Counts *counts, const double *idf,
                     int64_t document, double *values)
{
    const int64_t begin = counts->starts[document], end = counts->starts[document + 1];
    for (int64_t p = begin; p < end; p++) {
        values[p - begin] = weigh(options, counts_value(counts, p), idf[counts->words[p]]);
    }
    if (options->norm != NORM_NONE) {
        normalise_column(options->norm, values, end - begin);
    }
}

SparseMatrix *weight_matrix(const WeightOptions *options, const Counts *counts, const double *idf,
                            uint32_t word_count, int threads, Error *error)
{
    if (check_values(options, counts, error)) {
        return NULL;
    }
    SparseMatrix *x =
        sparse_over(word_count, counts->documents, counts->starts, counts->words, error);
    if (!x) {
        return NULL;
    }
#pragma omp parallel for num_threads(threads) schedule(static)
    for (int64_t d = 0; d < counts->documents; d++) {
        weight_document(options, counts, idf, d, x->values + counts->starts[d]);
    }
    return x;
}
