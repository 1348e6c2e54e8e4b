/* Grids out of text and image files. Of each: STATUS_INPUT, naming file and line, for what cannot
 * be used. Nothing in a file is trusted: no memory is asked for that its bytes do not justify. */
#ifndef THEMATA_CORPUS_GRID_FILES_H
#define THEMATA_CORPUS_GRID_FILES_H

#include "base/error.h"
#include "corpus/corpus.h"
#include "corpus/grid.h"
#include "corpus/stream.h"

#include <stdbool.h>

typedef struct GridOptions {
    const CorpusOptions *corpus; /* delimiter, quote, header, encoding; what else is there is not
                                    looked at */
    CorpusHeader names;          /* whether the first column holds the names of the rows */
    const char *columns; /* the ones to take, names or numbers, comma-separated; NULL: all */
    bool triples;        /* the file is one of triples, whatever it looks like */
} GridOptions;

/* Reads a text file, packed or not: a table, CSV or TSV, or triples.
 *
 * A table has a heading if a cell of its first row, the first aside, is a word; the first column
 * holds names if the cell above them is empty or has a usual name of ids or dates, if the heading
 * has one cell less than the rows, or if the first cell below the heading is a word. A row that is
 * not as long as the others, a name that is there twice, a row or column without any value, a
 * number that is negative or not finite, and a word where a number should be are errors.
 *
 * Triples are lines `row column value`, with anything behind them, separated by tabs, commas,
 * semicolons, `::` or blanks. A file of them is known by its name (u.data, ratings.csv,
 * ratings.dat) or its heading (user…, item… or movie…, rating…). Rows and columns come in the order
 * in which they are first named; a pair that is there twice is an error. */
Status grid_read_text(const char *path, const GridOptions *options, Grid *grid, Error *error);

/* Reads the PGM images (P2, P5; 8 or 16 bits) of a directory, in byte order of their paths: each is
 * a row, named by its path, of pixels from left to right and top to bottom, named `line:column`
 * from 1. All have one size. Other files are passed over. */
Status grid_read_images(const char *path, Grid *grid, Error *error);

/* The parts of grid_read_text, of a stream in UTF-8. */
bool grid_is_triples(const char *path, const char *first_line);
Status grid_read_table(const char *path, const GridOptions *options, Stream *stream, Grid *grid,
                       Error *error);
Status grid_read_triples(const char *path, const GridOptions *options, Stream *stream, Grid *grid,
                         Error *error);

/* Appends a name: `bytes` as UTF-8 without the blanks around it. STATUS_INPUT, without subject, for
 * an empty one. */
Status grid_add_name(NameList *names, const char *bytes, Error *error);

#endif
