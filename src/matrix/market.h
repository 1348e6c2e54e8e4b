/* Files of counts as text, packed (gzip, bzip2, xz, Zstandard) or not:
 *
 * Matrix Market (Boisvert, Pozo and Remington 1996): matrices `coordinate`, `real`, `integer` or
 * `pattern` (every value is 1), `general`; entries in any order.
 *
 * Bags of words as of the UCI Machine Learning Repository (docword.txt): three lines with the
 * numbers of documents, words and entries, then `document word count`, counted from 1.
 *
 * Lines as of lda-c (Blei): `N word:count …` for each document, words counted from 0.
 *
 * In all of them: comments (%) and blank lines anywhere, lines ending in LF or CRLF, a decimal
 * point in any locale. A file is words × documents; in memory it is its transpose. Nothing in a
 * file is trusted: no memory is asked for that its size does not justify. */
#ifndef THEMATA_MATRIX_MARKET_H
#define THEMATA_MATRIX_MARKET_H

#include "base/error.h"
#include "matrix/count_matrix.h"
#include "matrix/sparse.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* The sizes as the file's head tells them. */
typedef struct MarketSize {
    int64_t rows;        /* at most 2^32 − 2, as the columns */
    int64_t columns;     /* may be many in a small file: check them before market_read */
    int64_t entries;     /* no more than the file has room for, and than rows × columns */
    int64_t bytes;       /* of the file; of one that is packed, what it may unpack to */
    bool rows_are_least; /* the file does not say how many rows there are, only that there are so
                            many: lda-c */
} MarketSize;

/* A file that is being read. */
typedef struct Market Market;

/* Opens a file, whose `path` is borrowed until market_close, and reads its head. STATUS_INPUT,
 * naming file and line, if it is no matrix of this kind or its sizes cannot be. */
Status market_open(const char *path, Market **market, MarketSize *size, Error *error);

/* Reads the entries into *counts (all-zero before), which becomes columns × rows: a row for each
 * document. Explicit zeros are left out. Values that are all whole and below 2^32 become `values`,
 * others `amounts`. STATUS_INPUT, naming file and line, for an entry that is outside of the matrix,
 * there twice, negative, not finite, not 0 and not from 1e-100 to 1e100, or not an entry at all;
 * and if there are more or fewer than the head says. Takes memory for the sizes of the head and
 * about 30 bytes for each entry; O(columns + entries), plus sorting where a document's entries are
 * not ascending. */
Status market_read(Market *market, CountMatrix *counts, Error *error);

void market_close(Market *market);

/* Writes a matrix, column by column, values in their shortest form; `comment` (one line) stands
 * below the heading. Errors stay on the FILE and are reported by who closes it. */
void market_write(FILE *file, const SparseMatrix *matrix, const char *comment);

#endif
