#include "app/given_start.h"

#include "base/hash.h"
#include "matrix/npy.h"

#include <inttypes.h>
#include <stdlib.h>

static Status check_shape(const char *path, int64_t rows, int64_t columns, int64_t rows_expected,
                          int64_t columns_expected, const char *what, Error *error)
{
    if (rows == rows_expected && columns == columns_expected) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_INPUT,
                     "%s: its shape is %" PRId64 " × %" PRId64 " (%" PRId64 " × %" PRId64
                     " was expected, %s)",
                     path, rows, columns, rows_expected, columns_expected, what);
}

static const char of_topics[] = "topics × words";
static const char of_mixtures[] = "documents × topics";

Status given_start_check(const Options *options, int64_t *topics, Error *error)
{
    int64_t k, words, documents, k_again;
    Status status = npy_read_shape(options->start_topics, &k, &words, error);
    if (!status) {
        status = npy_read_shape(options->start_mixtures, &documents, &k_again, error);
    }
    if (status) {
        return status;
    }
    *topics = *topics ? *topics : k;
    status = check_shape(options->start_topics, k, words, *topics, words, of_topics, error);
    return status ? status
                  : check_shape(options->start_mixtures, documents, k_again, documents, *topics,
                                of_mixtures, error);
}

/* The array and the file's checksum. */
static float *read_array(const char *path, int64_t rows, int64_t columns, const char *what,
                         uint64_t *hash, Error *error)
{
    int64_t has_rows, has_columns, bytes;
    if (npy_read_shape(path, &has_rows, &has_columns, error) ||
        check_shape(path, has_rows, has_columns, rows, columns, what, error) ||
        hash_file(path, hash, &bytes, error)) {
        return NULL;
    }
    return npy_read_given(path, rows, columns, error);
}

Status given_start_read(const Options *options, const SparseMatrix *x, int rank, Factors *start,
                        uint64_t hashes[2], Error *error)
{
    float *mixtures = NULL;
    float *topics = read_array(options->start_topics, rank, x->rows, of_topics, &hashes[0], error);
    if (topics) {
        mixtures =
            read_array(options->start_mixtures, x->columns, rank, of_mixtures, &hashes[1], error);
    }
    Status status =
        mixtures ? nmf_start_given(x, rank, topics, mixtures, start, error) : error_status(error);
    free(topics);
    free(mixtures);
    return status;
}
