/* Dimensions of a truncated singular value decomposition as tables. */
#ifndef THEMATA_REPORT_LATENT_TABLES_H
#define THEMATA_REPORT_LATENT_TABLES_H

#include "model/model.h"
#include "nmf/latent.h"
#include "report/table.h"

/* What the tables borrow. */
typedef struct LatentReport {
    const Latent *latent;
    const Model *model; /* its words and documents */
} LatentReport;

/* A row for each dimension: singular value, share of the sum of squares, and the words with the
 * `words` largest loadings above 0 and below 0. */
Status dimensions_table(const LatentReport *report, int words, Table *table, Error *error);

/* A row for each of the `words` words at either end of each dimension. */
Status dimension_words_table(const LatentReport *report, int words, Table *table, Error *error);

/* A row for each document and dimension: the coordinate. */
void document_dimensions_table(const LatentReport *report, Table *table);

#endif
