/* The tables of a model that was made of a table of numbers: its factors, items and entries, and
 * how well they are explained. Each borrows what it is made of and is freed with table_free. */
#ifndef THEMATA_REPORT_FACTOR_TABLES_H
#define THEMATA_REPORT_FACTOR_TABLES_H

#include "base/error.h"
#include "model/model.h"
#include "model/reconstruction.h"
#include "report/table.h"

/* Factors by number: factor, label, mass (d of X ≈ W·diag(d)·H), share (of all mass), n_items
 * (whose main factor it is), entries and items (the `top` strongest of each, with their part of the
 * factor). */
Status factors_table(const Model *model, int top, Table *table, Error *error);

/* Items in order: item, factor (the main one, by share of mass), share, factor2, share2, mass,
 * fitted (the mass that the factors give back), error (Σ (x − y)²), divergence, explained (1 −
 * error/Σx²), error_part (of the whole objective). */
Status items_table(const Model *model, const Reconstruction *reconstruction, Table *table,
                   Error *error);

/* Entries in order, as items: entry, factor (the one that holds most of its fitted mass), share,
 * mass … */
Status entries_table(const Model *model, const Reconstruction *reconstruction, Table *table,
                     Error *error);

/* What is measured of all: measure, value. */
Status factor_fit_table(const Model *model, const Reconstruction *reconstruction, Table *table,
                        Error *error);

/* The factors scaled as PLSA has them: for each item, its part of each factor's mass (rows of H
 * that sum to 1): item, factor, part; those that are not 0. */
Status item_parts_table(const Model *model, Table *table, Error *error);

#endif
