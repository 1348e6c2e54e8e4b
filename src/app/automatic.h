/* fit -k auto: the number of topics that a sweep recommends. */
#ifndef THEMATA_APP_AUTOMATIC_H
#define THEMATA_APP_AUTOMATIC_H

#include "app/options.h"
#include "base/error.h"
#include "matrix/sparse.h"
#include "model/choice.h"
#include "model/model.h"
#include "model/sweep.h"

/* Sweeps topic_range_default, as far as there are four documents a topic, with as many samples as
 * sweep takes by default, and says what comes out. *sweep and *choice are all-zero before. After
 * Ctrl-C choice->count may be 0, and what was chosen is of no use. */
Status automatic_topics(const Options *options, const SparseMatrix *x, const Model *model,
                        int threads, Sweep *sweep, Choice *choice, Error *error);

/* Writes tables/sweep.csv. */
Status automatic_save(const Sweep *sweep, const Choice *choice, const char *directory,
                      Error *error);

#endif
