/* A topic model: topics, mixtures, and everything needed to apply it to other documents and to say
 * how it was made. Its parts come from the floors below; here they are named, numbered and
 * measured.
 *
 * Topics are numbered 1..k by share, at the time of the fit, once; arrays over topics are indexed
 * from 0, so topic t is at t − 1. */
#ifndef THEMATA_MODEL_MODEL_H
#define THEMATA_MODEL_MODEL_H

#include "base/error.h"
#include "matrix/sparse.h"
#include "model/documents.h"
#include "model/quality.h"
#include "nmf/nmf.h"
#include "text/clean.h"
#include "text/counts.h"
#include "text/ngrams.h"
#include "text/phrases.h"
#include "text/prune.h"
#include "text/tokenizer.h"
#include "text/vocabulary.h"
#include "weight/weight.h"

#include <stdbool.h>
#include <stdint.h>

/* One option as it was used, for the record. */
typedef enum ModelOptionKind {
    MODEL_OPTION_TEXT,
    MODEL_OPTION_SWITCH, /* `whole` is 0 or 1 */
    MODEL_OPTION_WHOLE,
    MODEL_OPTION_NUMBER,
    MODEL_OPTION_LIST, /* texts with a NUL behind each, `whole` bytes in all */
} ModelOptionKind;

typedef struct ModelOption {
    char *name; /* owned: the long option's name */
    ModelOptionKind kind;
    char *text; /* owned */
    int64_t whole;
    double number;
} ModelOption;

/* The rules by which text became tokens: what infer needs to treat new text alike. */
typedef struct ModelText {
    CleanOptions clean;
    char *pattern;  /* owned */
    char *language; /* owned; its name, or NULL: no language's rules */
    TokenizerHyphens hyphens;
    TokenizerCjk cjk;
    TokenizerUnspaced unspaced; /* never UNSPACED_AUTO */
    bool stem;
    bool strip_accents;
    NgramOptions ngrams;
    Phrases phrases; /* that were joined */
    bool keep_numbers;
    int graphemes_min;
    int graphemes_max;
    Vocabulary stopped;  /* the stop words as they were applied */
    char *stop_language; /* owned; the list that `auto` took, or NULL */
} ModelText;

/* What was read and what was left out, for the record. */
typedef struct ModelTally {
    int64_t skipped;  /* files */
    int64_t repaired; /* files */
    double found;     /* tokens, or the sum of a matrix */
    int64_t dropped;  /* documents that repeat another */
    double repeated;  /* tokens in them */
    TokenizerTally tokens;
    PruneTally pruned;
} ModelTally;

/* How the solver ended. */
typedef struct ModelFit {
    char *solver; /* owned */
    uint64_t seed;
    int passes;
    NmfStop stop;
    double objective; /* D of the stored topics and mixtures */
    double *restarts; /* owned: D at the end of each restart */
    int restart_count;
    const char *first_start;  /* the kind of the first one, static; the others are random */
    WordId *anchors;          /* owned, k: each topic's anchor word, WORD_NONE: none; or NULL */
    int *restart_passes;      /* owned: of each; for the record, not read back, as what
                                 follows */
    bool start_given;         /* the first start was the user's */
    uint64_t start_hashes[2]; /* XXH3 of its files: topics, mixtures */
} ModelFit;

/* How much of a topic is the same in all solutions that are as good as the model's. */
enum { UNIQUENESS_WORDS = 10 };

typedef struct TopicUniqueness {
    double share_min; /* over these solutions and the model itself */
    double share_max;
    int words;         /* the model's most probable: UNIQUENESS_WORDS, or fewer if it has no more */
    int words_kept;    /* of these, the ones that are among the first in each of the solutions */
    int64_t documents; /* whose main topic it is */
    int64_t documents_kept; /* … in each of the solutions, too */
} TopicUniqueness;

/* Of a model with one start alone, all zero. */
typedef struct Uniqueness {
    int starts;
    int near;      /* those that end within 0.1 % of the lowest D, the model's own among them */
    bool *is_near; /* owned, `starts`: which ones; not read back */
    int compared;  /* solutions that the model was compared with */
    TopicUniqueness *topics; /* owned, k */
} Uniqueness;
/* How stable the topics are, as measured at the time of the fit (model/stability.h). */
typedef struct ModelStability {
    int samples;    /* 0: it was not measured, and there is nothing else */
    int depth;      /* top words of each topic that were looked at */
    double *topic;  /* k: 0 to 1 */
    double *cosine; /* k: of word vectors, 0 to 1 */
    double *words; /* k × depth, the most probable word first: part of the samples in which it stays
                      among these; 0 where a topic has fewer words */
} ModelStability;

/* The user's words for a topic, from labels.csv. */
typedef struct ModelLabel {
    char *label; /* owned; never NULL, may be empty, as the note */
    char *note;
    bool hidden;
} ModelLabel;

struct Model {
    int k;                       /* topics */
    Vocabulary vocabulary;       /* m words, in byte order */
    int64_t *document_frequency; /* m */
    double *term_frequency;      /* m */
    char **surfaces;             /* m, or NULL: how each word is mostly written; NULL: as it is */
    double *idf;                 /* m */
    DocumentList documents;      /* n documents */
    Counts counts;               /* n × m */
    float *topics;               /* k × m: each row a distribution over the vocabulary */
    float *mixtures;             /* n × k: each row a distribution over topics, or zero */
    double *topic_mass;          /* k: how much of X's sum each topic accounts for */
    double *shares;              /* k: mean of the mixtures over modelled documents; derived */
    double *mass_shares;         /* k: the same, each token counting alike; derived */
    int64_t *main_documents;     /* k: documents whose main topic it is; derived */
    int64_t modelled;            /* documents that are modelled; derived */
    bool of_matrix; /* made of a matrix, not of texts: `text` says nothing of its words */
    ModelText text;
    WeightOptions weight;
    ModelOption *options; /* owned; for the record, as one would write them */
    int option_count;
    ModelTally tally;
    char *choice; /* owned: why a sweep recommended so many topics; NULL: there was none */
    ModelFit fit;
    ModelStability stability;
    Uniqueness uniqueness; /* model/uniqueness.h */
    ModelLabel *labels;    /* k */
    Quality quality;
};

/* ---- making ---- */

/* Fills topics, mixtures, masses and what is derived from them, from the factors that a solver
 * found for X. Numbers the topics by share. The model's k, vocabulary, documents and counts are set
 * already. Solves the mixtures anew for the topics as they are stored (nmf_mixtures), which is what
 * infer does, and sets fit.objective for both. */
Status model_set_factors(Model *model, const SparseMatrix *x, const Factors *factors, int threads,
                         Error *error);

/* Computes what is derived from the mixtures of a model that was loaded. */
Status model_derive(Model *model, Error *error);

/* Empty labels for all topics. */
Status model_set_labels(Model *model, Error *error);

/* The rules by which texts became the model's tokens; they borrow from `text`. */
TokenizerOptions model_token_rules(const ModelText *text);

/* How a word is shown to people. */
const char *model_surface(const Model *model, WordId word);

void model_free(Model *model);

/* ---- asking ---- */

/* A word of a topic with its place in it. */
typedef struct TopicWord {
    WordId word;
    float probability;
} TopicWord;

/* The `count` most probable words of topic `topic` (1..k), by falling probability, equal ones by
 * byte order; those with probability 0 are left out. Returns how many were filled, −1 without
 * memory. `words` has room for `count`. O(m·log m). */
int64_t model_top_words(const Model *model, int topic, int64_t count, TopicWord *words,
                        Error *error);

/* How much more probable a word is in the topic than in the model as a whole: probability divided
 * by Σ_t share_t · probability in t. From 0; 1 is "as everywhere". */
double model_lift(const Model *model, int topic, WordId word);

/* The part of a word's occurrences that is the topic's, as the model has it: share · probability
 * divided by Σ_t share_t · probability in t. 0 to 1; 0 of a word that no topic has. */
double model_topic_of_word(const Model *model, int topic, WordId word);

/* The `count` documents in which the topic has the largest shares (equal ones in the documents'
 * order), as their numbers; those without it are left out. As model_top_words. */
int64_t model_top_documents(const Model *model, int topic, int64_t count, int64_t *documents,
                            Error *error);

/* Transposes topics (k × m) into the m × k layout of Factors. NULL without memory. */
float *model_words_by_topic(const Model *model, Error *error);

#endif
