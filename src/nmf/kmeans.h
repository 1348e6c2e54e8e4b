/* Spherical k-means (Dhillon and Modha 2001): every column of X belongs to one topic, the one whose
 * centroid points most nearly where it does. Minimises
 *
 *     Q = Σ_d 1 − cos(x_d, c_t(d)),    c_t = Σ x_d/‖x_d‖ over the documents of t, of length 1
 *
 * to a local minimum. Every document counts alike; columns without entries count nothing. */
#ifndef THEMATA_NMF_KMEANS_H
#define THEMATA_NMF_KMEANS_H

#include "nmf/nmf.h"

/* How many starts it takes as a rule: a single one may end with two topics in one group. */
enum { KMEANS_RESTARTS = 10 };

/* Fills *factors (all-zero before) with a start, number `restart`: columns of X, scaled to sum 1,
 * as W, the first taken at random and each further one with a chance that is proportional to
 * 1 − cos with the nearest before it (k-means++; Arthur and Vassilvitskii 2007). H is zero. Same
 * for any number of threads. O(k · entries). */
Status kmeans_start(const SparseMatrix *x, int rank, uint64_t seed, int restart, int threads,
                    Factors *factors, Error *error);

/* An NmfSolver's solve, from the directions of W's columns: of *start it uses W alone. A pass gives
 * each document to a topic and makes the centroids anew; a topic that is left without documents
 * takes the one that is farthest from its centroid. A pass' `objective` is Q after it, its
 * `kkt_residual` the part of the documents that changed topics in it. W gets the centroids, scaled
 * to sum 1, H in each column one entry, that of kmeans_mixtures, with the sum of X's.
 * O(k · entries) a pass. */
Status kmeans_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                    NmfResult *result, Error *error);

/* As nmf_mixtures, but each column of X has the share 1 of the topic whose column of W points most
 * nearly where it does (of equal ones the first), and 0 of all others. */
Status kmeans_mixtures(const SparseMatrix *x, const float *w, int rank, int threads,
                       float *mixtures, Error *error);

/* Groups the columns of a matrix whose entries may be negative, by the best of `restarts` starts:
 * groups[j] is from 0 to rank − 1, −1 of a column without entries. Takes the passes and tolerance
 * of nmf_defaults. */
Status kmeans_group(const SparseMatrix *x, int rank, uint64_t seed, int restarts, int threads,
                    int *groups, Error *error);

#endif
