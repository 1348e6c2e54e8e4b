/* What fit makes of a method whose dimensions have entries of both signs: no model, since there are
 * no distributions, shares or mixtures in it, but tables. */
#ifndef THEMATA_APP_LATENT_OUTPUT_H
#define THEMATA_APP_LATENT_OUTPUT_H

#include "app/options.h"
#include "base/error.h"
#include "model/store.h"
#include "report/latent_tables.h"

/* The file by which such a result is known, and how it begins. */
#define LATENT_MARK       DIMENSIONS_MARK
#define LATENT_MARK_BEGIN "{\n  \"schema\": \"themata.decomposition/"

/* Writes dimensions.json and the tables into `directory`, which is empty. */
Status latent_output_save(const Options *options, const LatentReport *report, const char *directory,
                          Error *error);

/* Prints the dimensions. */
Status latent_output_show(const Options *options, const LatentReport *report, Error *error);

#endif
