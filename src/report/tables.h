/* The tables that can be made of a model. Each `…_table` function fills a Table that borrows the
 * model and owns what it needs besides; release it with table_free. The table's rows are filled on
 * demand. */
#ifndef THEMATA_REPORT_TABLES_H
#define THEMATA_REPORT_TABLES_H

#include "base/error.h"
#include "base/library.h"
#include "corpus/corpus.h"
#include "model/duplicates.h"
#include "model/metadata.h"
#include "model/model.h"
#include "report/table.h"

/* Topics by number: topic, label, auto_label (model/auto_labels.h), share, mass_share (each token
 * counting alike), n_docs (documents whose main topic it is), n_docs_5pct,
 * coherence (NPMI by documents) and other measures of model/quality.h, stability, flags, top_words
 * (the `words` most probable), top_words_relevant (those of largest relevance). People see no label
 * and no flags while no topic has any, and of the measures coherence, and stability if it is known.
 */
Status topics_table(const Model *model, int words, Table *table, Error *error);

/* The `words` most probable words of each topic, or of `topic` alone if it is not 0: topic, rank,
 * term, prob, weight (prob · the topic's mass in X), lift, frex, relevance, p_topic_given_term,
 * doc_freq, stability. */
Status topic_words_table(const Model *model, int topic, int words, Table *table, Error *error);

/* The coherence of each topic by every measure there is: topic, npmi, npmi_epsilon, uci, u_mass,
 * and of a model that counted windows window_npmi, c_npmi, c_uci, c_v. */
Status coherence_table(const Model *model, Table *table, Error *error);

/* What is measured of all topics together: measure, value. */
Status quality_table(const Model *model, Table *table, Error *error);

/* All documents in order: doc_id, title, topic, share, topic2, share2, n_tokens; if `with_unknown`,
 * n_unknown too. */
Status documents_table(const DocumentList *documents, const float *mixtures, int k,
                       bool with_unknown, Table *table, Error *error);

/* The `top` documents that show a topic best: rank, doc_id, share, title, excerpt. */
Status topic_documents_table(const Model *model, int topic, int top, Table *table, Error *error);

/* The whole mixture of one document, its largest share first: topic, label, share, top_words. */
Status mixture_table(const Model *model, int64_t document, int words, Table *table, Error *error);

/* Every share that is not 0: doc_id, topic, share; documents in order, topics by number. */
Status shares_table(const DocumentList *documents, const float *mixtures, int k, Table *table,
                    Error *error);

/* The solver's passes: pass, objective, relative_change, kkt_residual. */
Status convergence_table(const NmfPass *passes, int count, Table *table, Error *error);

/* Words that were joined: phrase, words, round, tokens, npmi; the most frequent first. */
Status phrases_table(const Model *model, Table *table, Error *error);

/* Files that were skipped or repaired: path, what, reason. */
Status notes_table(const CorpusNotes *notes, Table *table, Error *error);

/* What could not be settled about the documents' metadata: what, id, row, value. */
Status metadata_table(const MetadataNotes *notes, Table *table, Error *error);

/* Documents that repeat an earlier one: doc_id, duplicate_of. */
Status duplicates_table(const Duplicates *duplicates, Table *table, Error *error);

/* Tells the libraries of this floor. */
void report_libraries(LibraryFunction *tell, void *context);

#endif
