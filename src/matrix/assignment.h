/* The assignment problem: a partner for each row, none twice, so that the sum of what they score
 * together is largest. */
#ifndef THEMATA_MATRIX_ASSIGNMENT_H
#define THEMATA_MATRIX_ASSIGNMENT_H

#include "base/error.h"

/* `scores` is rows × columns, one row behind the other, all finite. partner[r] becomes the column
 * of row r, or −1 where there are fewer columns than rows and the row is left over. Of several best
 * assignments always the same one is found. By shortest augmenting paths (Jonker and Volgenant
 * 1987, without their initialisation): O(s²·l), s the smaller and l the larger side. */
Status assignment_solve(const double *scores, int rows, int columns, int *partner, Error *error);

#endif
