/* Probabilistic latent semantic analysis (Hofmann 1999) by expectation and maximisation, in
 * float64.
 *
 * A document d of n(d) tokens takes a topic z for each by P(z|d) and a word by P(w|z). With n(d, w)
 * in X:
 *
 *     P(z|d, w) = P(w|z)·P(z|d) / Σ_z' P(w|z')·P(z'|d)        which topic a token has (E)
 *     P(w|z) ∝ Σ_d n(d, w)·P(z|d, w)                          (M)
 *     P(z|d) = Σ_w n(d, w)·P(z|d, w) / n(d)
 *
 * W = P(w|z) and H = n(d)·P(z|d) minimise D(X‖WH) (Gaussier and Goutte 2005; Ding, Li and Peng
 * 2008), and a pass is Lee and Seung's rule for W and their rule for H, both from the factors as
 * they were before it, with W's columns brought to sum 1 (nmf/mu.h takes the new W for H). An entry
 * that is 0 stays 0. Nothing is tempered. */
#ifndef THEMATA_NMF_PLSA_H
#define THEMATA_NMF_PLSA_H

#include "nmf/nmf.h"

/* An NmfSolver's solve. X may hold weights in place of counts. O(entries · k) a pass; holds one
 * transposed copy of X and the factors twice in float64. */
Status plsa_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                  NmfResult *result, Error *error);

#endif
