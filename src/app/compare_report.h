/* What compare found out, for people and as JSON. */
#ifndef THEMATA_APP_COMPARE_REPORT_H
#define THEMATA_APP_COMPARE_REPORT_H

#include "app/options.h"
#include "base/error.h"
#include "model/movement.h"
#include "report/compare_tables.h"

#include <stdio.h>

/* Prints it on standard output; of the moved documents the `top` strongest moves. */
Status compare_report_print(const ComparedModels *models, const DocumentPairs *pairs,
                            const Options *options, Error *error);

/* Writes comparison.json: its figures, without tables. Errors stay on the FILE. */
void compare_report_save(const ComparedModels *models, const DocumentPairs *pairs, FILE *file);

#endif
