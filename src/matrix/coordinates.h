/* Principal coordinates: points in the plane whose distances are as near to given ones as those of
 * any projection of them (Gower 1966; also called classical scaling, Torgerson 1952). */
#ifndef THEMATA_MATRIX_COORDINATES_H
#define THEMATA_MATRIX_COORDINATES_H

#include "base/error.h"

#include <stdint.h>

/* Points on two axes; the first one is that of largest variance. */
typedef struct Coordinates {
    double *x; /* owned by the caller, n, as y */
    double *y;
    double explained[2]; /* of each axis: its eigenvalue by the sum of those above 0; 0 to 1 */
} Coordinates;

/* Fills *coordinates, whose x and y have room for n ≥ 1. `distances` holds one for each pair of
 * items, in the order of linkage_place (matrix/linkage.h), finite and ≥ 0.
 *
 * With B = −½·J·D²·J, D² the squared distances and J = I − 1/n, an axis is √λ·v of the largest
 * eigenvalues λ of B with their eigenvectors v. Those that are not above rounding (1e-12 of the
 * largest) count as 0, negative ones too, which distances have that no points in any space have.
 * So one item is at (0, 0), two are on a line, and equal items at one place. The component of v of
 * largest size is positive; of several as large, the first.
 *
 * By LAPACK on one thread, O(n³). STATUS_FAILED without memory, or if it does not converge. */
Status coordinates_find(const double *distances, int64_t n, Coordinates *coordinates, Error *error);

#endif
