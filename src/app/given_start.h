/* A start that the user gives, as --start-topics and --start-mixtures, in place of --init. */
#ifndef THEMATA_APP_GIVEN_START_H
#define THEMATA_APP_GIVEN_START_H

#include "app/options.h"
#include "base/error.h"
#include "matrix/sparse.h"
#include "nmf/nmf.h"

#include <stdint.h>

/* Before any long work: whether both files are arrays that can be a start, and of one number of
 * topics, which *topics becomes; it is 0 before or what -k asks for. STATUS_INPUT, naming both
 * shapes, if not. */
Status given_start_check(const Options *options, int64_t *topics, Error *error);

/* Reads both for this X: the start, k = `rank`, and checksums of the two files (XXH3).
 * STATUS_INPUT, naming both shapes, if one is not k × words or documents × k, or holds a number
 * that is negative or not finite. */
Status given_start_read(const Options *options, const SparseMatrix *x, int rank, Factors *start,
                        uint64_t hashes[2], Error *error);

#endif
