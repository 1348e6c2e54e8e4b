/* Gradient descent on the squared error, for teaching: nobody needs it (docs/method.md, "Plain
 * gradient descent").
 *
 * Over all cells each half-pass takes one projected step along the gradient (nmf/squares.h);
 * `learning_rate` is a part of the step 1/L, 1 if it is 0. With observed_only it goes from stored
 * cell to stored cell, item after item, as introductions to recommender systems do (Koren, Bell and
 * Volinsky 2009): with e = x − w·h, both rows at once,
 *
 *     w ← max(0, w + rate·(e·h − l1 − l2·w)),    h ← max(0, h + rate·(e·w − l1 − l2·h))
 *
 * the rate 0.005 if it is 0, and l1, l2 those of the penalties. Written α·(2·e·h − β·w) the rate is
 * 2·α and l2 is β/2. */
#ifndef THEMATA_NMF_GRADIENT_H
#define THEMATA_NMF_GRADIENT_H

#include "nmf/nmf.h"

/* An NmfSolver's solve. O(entries · k) a pass over stored cells, in one thread. STATUS_FAILED if
 * steps that are too long end with no smaller error than factors of zeros have. */
Status gradient_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                      NmfResult *result, Error *error);

#endif
