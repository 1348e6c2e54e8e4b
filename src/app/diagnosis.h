/* Why a corpus cannot be modelled as asked: sentences that weigh several facts. */
#ifndef THEMATA_APP_DIAGNOSIS_H
#define THEMATA_APP_DIAGNOSIS_H

#include "base/error.h"
#include "corpus/corpus.h"
#include "model/model.h"

#include <stdint.h>

/* No words are left: says how many tokens each filter took, and which option to change. Returns
 * STATUS_INPUT. */
Status diagnose_no_words(const char *corpus, const ModelTally *tally, Error *error);

/* Whether `topics` can be told apart: STATUS_INPUT, naming the largest possible number, when there
 * are more than documents with words, or words. Warns when the factors have as many free numbers as
 * the matrix, (m + n)·k ≥ m·n. */
Status diagnose_topics(int64_t topics, const Model *model, Error *error);

/* What most files of a corpus that were read as texts are by their names: "tables" or "JSON"; NULL
 * for anything else. *option is the one that reads what is in them. */
const char *diagnose_names(const Corpus *corpus, const DocumentList *documents,
                           const char **option);

/* "" for 1, "s" for any other number. */
const char *plural(int64_t count);

#endif
