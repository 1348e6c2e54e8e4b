/* How far two labellings of the same things agree: main topics and a person's labels, or the main
 * topics of two models. Formulas in docs/method.md; the conventions where a formula has no value
 * are scikit-learn's. */
#ifndef THEMATA_MODEL_AGREEMENT_H
#define THEMATA_MODEL_AGREEMENT_H

#include "base/error.h"

#include <stdint.h>

/* How many things have each pair of labels. Start all-zero. */
typedef struct Contingency {
    int rows; /* labels of the first labelling, counted from 0; some may have nothing */
    int columns;
    int64_t *counts;      /* owned: rows × columns */
    int64_t *row_sums;    /* owned */
    int64_t *column_sums; /* owned */
    int64_t total;        /* things that have both labels */
} Contingency;

/* Counts `count` things, of which thing i has the labels first[i] from 0 to rows − 1 and second[i]
 * from 0 to columns − 1; one that has −1 in either place has no such label and is left out.
 * O(count + rows · columns). */
Status contingency_count(const int *first, int rows, const int *second, int columns, int64_t count,
                         Contingency *table, Error *error);

void contingency_free(Contingency *table);

/* The column with the largest count of a row, the first of equal ones; −1 if the row is empty. */
int contingency_largest(const Contingency *table, int row);

/* That column, if it may name the row: more than half of the row is in it, at least two things, and
 * a larger part of the row than of all things. −1 otherwise. */
int contingency_clear(const Contingency *table, int row);

/* The part of all things that are in the largest column of their row: 0 < purity ≤ 1, and 1 if
 * there is nothing. It grows with the number of rows, up to 1 for a row each. */
double agreement_purity(const Contingency *table);

/* Mutual information, normalised by the arithmetic mean of the two entropies: 0 (independent) to 1
 * (the same but for the names). If both labellings have one label alone, or there is nothing: 1; if
 * only one of them has: 0. */
double agreement_nmi(const Contingency *table);

/* Rand's index of pairs, adjusted for chance (Hubert and Arabie 1985): 1 the same but for the
 * names, 0 on average for labels dealt out at random, down to −0.5. If there is no pair on which
 * the two disagree, 1: so for one thing, or none, and for one label alone on both sides. */
double agreement_adjusted_rand(const Contingency *table);

/* ---- labels that are texts ---- */

/* The different ones of many texts. Start all-zero. */
typedef struct Classes {
    const char **names; /* owned, the texts borrowed; in byte order */
    int count;
    int *of; /* owned: of each text the number of its class from 0, −1 if it is empty */
} Classes;

/* Finds the classes of `count` texts, of which any may be NULL or empty. O(count·log count). */
Status classes_find(const char *const *texts, int64_t count, Classes *classes, Error *error);

void classes_free(Classes *classes);

#endif
