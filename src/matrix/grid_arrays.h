/* Grids out of files of numbers: NumPy's arrays, scipy's sparse matrices, Matrix Market. Of each:
 * STATUS_INPUT, naming the file, for what cannot be used. Nothing in a file is trusted. */
#ifndef THEMATA_MATRIX_GRID_ARRAYS_H
#define THEMATA_MATRIX_GRID_ARRAYS_H

#include "base/error.h"
#include "corpus/grid.h"

/* An array of two dimensions that numpy.save wrote: float32, float64 or whole numbers of 8 to 64
 * bits, of either byte order, in C or Fortran order; a pickled one is refused. */
Status grid_read_npy(const char *path, Grid *grid, Error *error);

/* A matrix that scipy.sparse.save_npz wrote, CSR or CSC, compressed or not. */
Status grid_read_npz(const char *path, Grid *grid, Error *error);

/* What matrix/market.h reads. */
Status grid_read_market(const char *path, Grid *grid, Error *error);

#endif
