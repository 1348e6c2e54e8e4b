/* X as the fast solver reads it: 8 bytes an entry, 32-bit row numbers and float32 values. Words
 * stand in falling order of document frequency, so that the rows of W that most entries need lie
 * together and stay in the cache, documents in falling order of their number of words; so
 * neighbours are of like length. */
#ifndef THEMATA_NMF_COMPACT_H
#define THEMATA_NMF_COMPACT_H

#include "base/error.h"
#include "matrix/sparse.h"

#include <stdint.h>

enum { COMPACT_SLACK = 16 }; /* row numbers behind the last that may be read: 0 */

/* Compressed columns. Start with an all-zero Compact. */
typedef struct Compact {
    int64_t rows;
    int64_t columns;
    int64_t *starts;   /* columns + 1 */
    uint32_t *rows_of; /* starts[columns] + COMPACT_SLACK: the row of each entry */
    float *values;     /* beside rows_of */
    int64_t longest;   /* entries of the longest column */
} Compact;

/* Both ways round, by documents (m × n) and by words (n × m), both in the new order. */
typedef struct CompactPair {
    Compact documents;
    Compact words;
    uint32_t *word_at;     /* m: word_at[i] is the row of X that became row i */
    uint32_t *document_at; /* n: likewise its columns */
    double scale; /* all values are those of X times this, so that their mean column sum is 1 */
} CompactPair;

/* STATUS_FAILED when out of memory, STATUS_INPUT when X has 2³² rows or columns, its sum is not
 * finite, or a value is negative or not finite (naming word and document, from 1). */
Status compact_new(const SparseMatrix *x, CompactPair *pair, Error *error);

void compact_free(CompactPair *pair);

#endif
