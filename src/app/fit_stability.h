/* fit --stability: how stable a model's topics are, measured and kept in the model. */
#ifndef THEMATA_APP_FIT_STABILITY_H
#define THEMATA_APP_FIT_STABILITY_H

#include "app/options.h"
#include "base/error.h"
#include "model/model.h"
#include "model/stability.h"

/* Measures options->stability samples against a finished model; *stability is all-zero before. What
 * a model keeps of it goes into the model. Nothing is measured, and said so, if Ctrl-C comes before
 * the end. */
Status fit_stability(const Options *options, int threads, Model *model, Stability *stability,
                     Error *error);

/* Writes tables/topic_stability.csv and tables/doc_stability.csv. */
Status fit_stability_save(const Model *model, const Stability *stability, const char *directory,
                          Error *error);

#endif
