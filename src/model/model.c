#include "model/model.h"

#include "base/memory.h"
#include "nmf/kl.h"
#include "nmf/method.h"

#include <stdlib.h>
#include <string.h>

/* ---- making ---- */

/* Shares within this of each other are in order either way. */
static const double share_tie = 1e-9;

/* Copies the topics from the solver's W (m × k), topic order[t] becoming number t + 1. */
static void copy_topics(Model *model, const float *w, const int *order)
{
    const int64_t m = model->vocabulary.count;
    for (int t = 0; t < model->k; t++) {
        for (int64_t i = 0; i < m; i++) {
            model->topics[t * m + i] = w[i * model->k + order[t]];
        }
    }
}

/* What the mixtures tell of documents and topics. */
static void derive_shares(Model *model)
{
    const int k = model->k;
    memset(model->shares, 0, (size_t)k * sizeof *model->shares);
    memset(model->mass_shares, 0, (size_t)k * sizeof *model->mass_shares);
    memset(model->main_documents, 0, (size_t)k * sizeof *model->main_documents);
    model->modelled = 0;
    double tokens = 0.0;
    for (int64_t d = 0; d < model->documents.count; d++) {
        const float *mixture = model->mixtures + d * k;
        const MixtureSummary summary = mixture_summarise(mixture, k);
        if (!summary.modelled) {
            continue;
        }
        model->modelled++;
        model->main_documents[summary.topic - 1]++;
        const double length = model->input == MODEL_OF_TABLE ? (double)model->masses[d]
                                                             : model->documents.items[d].tokens;
        tokens += length;
        for (int t = 0; t < k; t++) {
            model->shares[t] += (double)mixture[t];
            model->mass_shares[t] += length * (double)mixture[t];
        }
    }
    for (int t = 0; t < k && model->modelled; t++) {
        model->shares[t] /= (double)model->modelled;
        model->mass_shares[t] /= tokens > 0.0 ? tokens : 1.0;
    }
}

/* Sorts the topics by share (insertion sort: k is small and the order nearly right); says whether
 * anything moved. Equal shares keep their order. */
static bool sort_topics(const double *shares, int k, int *order, int *scratch)
{
    bool moved = false;
    for (int t = 0; t < k; t++) {
        scratch[t] = t;
    }
    for (int t = 1; t < k; t++) {
        for (int s = t; s > 0 && shares[scratch[s]] > shares[scratch[s - 1]] + share_tie; s--) {
            const int swapped = scratch[s];
            scratch[s] = scratch[s - 1];
            scratch[s - 1] = swapped;
            moved = true;
        }
    }
    for (int t = 0; t < k; t++) {
        scratch[t] = order[scratch[t]];
    }
    memcpy(order, scratch, (size_t)k * sizeof *order);
    return moved;
}

/* D(X ‖ topics · (mixtures scaled to the columns' sums)), and the mass of each topic. */
static Status measure_model(Model *model, const SparseMatrix *x, const float *w, int threads,
                            Error *error)
{
    const int k = model->k;
    double *mass = memory_new((size_t)x->columns, sizeof *mass, error);
    if (!mass) {
        return error_status(error);
    }
    sparse_column_sums(x, mass);
    memset(model->topic_mass, 0, (size_t)k * sizeof *model->topic_mass);
    for (int64_t i = 0; i < x->columns * k; i++) {
        model->topic_mass[i % k] += (double)model->mixtures[i] * mass[i / k];
    }
    Status status = kl_divergence_of_floats(x, w, model->mixtures, mass, k, threads,
                                            &model->fit.objective, error);
    free(mass);
    return status;
}

static Status allocate_derived(Model *model, Error *error)
{
    model->shares = memory_new((size_t)model->k, sizeof *model->shares, error);
    model->mass_shares = memory_new((size_t)model->k, sizeof *model->mass_shares, error);
    model->main_documents = memory_new((size_t)model->k, sizeof *model->main_documents, error);
    return model->shares && model->mass_shares && model->main_documents ? STATUS_OK
                                                                        : error_status(error);
}

static Status allocate_factors(Model *model, Error *error)
{
    const size_t k = (size_t)model->k, m = model->vocabulary.count,
                 n = (size_t)model->documents.count;
    model->topics = memory_new(m, k * sizeof *model->topics, error);
    model->mixtures = memory_new(n, k * sizeof *model->mixtures, error);
    model->topic_mass = memory_new(k, sizeof *model->topic_mass, error);
    return model->topics && model->mixtures && model->topic_mass ? allocate_derived(model, error)
                                                                 : error_status(error);
}

/* The words by which topics were found, if they were, in the topics' order. */
static Status keep_anchors(Model *model, const Factors *factors, const int *order, Error *error)
{
    if (!factors->anchors) {
        return STATUS_OK;
    }
    model->fit.anchors = memory_new((size_t)model->k, sizeof *model->fit.anchors, error);
    for (int t = 0; t < model->k && model->fit.anchors; t++) {
        const int64_t word = factors->anchors[order[t]];
        model->fit.anchors[t] = word < 0 ? WORD_NONE : (WordId)word;
    }
    return model->fit.anchors ? STATUS_OK : error_status(error);
}

/* The solver's topics by the mass of its H: mostly the order that the mixtures will confirm. */
static Status order_by_mass(const Factors *factors, int *order, Error *error)
{
    const int k = factors->rank;
    double *mass = memory_new((size_t)k, sizeof *mass, error);
    if (!mass) {
        return error_status(error);
    }
    for (int64_t j = 0; j < factors->columns * k; j++) {
        mass[j % k] += (double)factors->h[j];
    }
    for (int t = 0; t < k; t++) {
        int at = t;
        for (; at > 0 && mass[order[at - 1]] < mass[t]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = t;
    }
    free(mass);
    return STATUS_OK;
}

Status model_set_factors(Model *model, const SparseMatrix *x, const Factors *factors, int threads,
                         Error *error)
{
    const int k = model->k;
    float *w = NULL;
    int *order = memory_new((size_t)k, sizeof *order, error);
    int *scratch = memory_new((size_t)k, sizeof *scratch, error);
    Status status = order && scratch ? allocate_factors(model, error) : error_status(error);
    if (status) {
        goto cleanup;
    }
    status = order_by_mass(factors, order, error);
    /* The mixtures decide the order of topics, and in the last digits the order of topics decides
     * the mixtures; after one turn only a near tie can still move. */
    enum { TURNS_MAX = 4 };
    for (int turn = 0; turn < TURNS_MAX && !status; turn++) {
        free(w);
        copy_topics(model, factors->w, order);
        w = model_words_by_topic(model, error);
        status = w ? method_mixtures(model->fit.solver, x, w, k, threads, model->mixtures, error)
                   : error_status(error);
        if (!status) {
            derive_shares(model);
        }
        if (!status && !sort_topics(model->shares, k, order, scratch)) {
            break;
        }
    }
    if (!status) {
        status = measure_model(model, x, w, threads, error);
    }
    if (!status) {
        status = keep_anchors(model, factors, order, error);
    }
cleanup:
    free(w);
    free(order);
    free(scratch);
    return status;
}

Status model_derive(Model *model, Error *error)
{
    Status status = allocate_derived(model, error);
    if (!status) {
        derive_shares(model);
    }
    return status;
}

Status model_set_labels(Model *model, Error *error)
{
    model->labels = memory_new((size_t)model->k, sizeof *model->labels, error);
    for (int t = 0; t < model->k && model->labels; t++) {
        model->labels[t].label = memory_copy_text("", 0, error);
        model->labels[t].note = memory_copy_text("", 0, error);
        if (!model->labels[t].label || !model->labels[t].note) {
            return error_status(error);
        }
    }
    return model->labels ? STATUS_OK : error_status(error);
}

TokenizerOptions model_token_rules(const ModelText *text)
{
    return (TokenizerOptions){
        .pattern = text->pattern,
        .language = text->language,
        .hyphens = text->hyphens,
        .cjk = text->cjk,
        .unspaced = text->unspaced,
        .stem = text->stem,
        .strip_accents = text->strip_accents,
        .keep_numbers = text->keep_numbers,
        .graphemes_min = text->graphemes_min,
        .graphemes_max = text->graphemes_max,
    };
}

const ModelNouns *model_nouns(const Model *model)
{
    static const ModelNouns of_texts = {"topic", "topics",   "word",
                                        "words", "document", "documents"},
                            of_tables = {"factor", "factors", "entry", "entries", "item", "items"};
    return model->input == MODEL_OF_TABLE ? &of_tables : &of_texts;
}

const char *model_surface(const Model *model, WordId word)
{
    const char *surface = model->surfaces ? model->surfaces[word] : NULL;
    return surface ? surface : vocabulary_word(&model->vocabulary, word);
}

void model_free(Model *model)
{
    for (int t = 0; t < model->k && model->labels; t++) {
        free(model->labels[t].label);
        free(model->labels[t].note);
    }
    for (int i = 0; i < model->option_count; i++) {
        free(model->options[i].name);
        free(model->options[i].text);
    }
    for (WordId w = 0; w < model->vocabulary.count && model->surfaces; w++) {
        free(model->surfaces[w]);
    }
    free(model->surfaces);
    vocabulary_free(&model->vocabulary);
    vocabulary_free(&model->text.stopped);
    documents_free(&model->documents);
    counts_free(&model->counts);
    free(model->document_frequency);
    free(model->term_frequency);
    free(model->idf);
    free(model->topics);
    free(model->mixtures);
    free(model->masses);
    free(model->solutions.w);
    free(model->solutions.h);
    free(model->topic_mass);
    free(model->shares);
    free(model->mass_shares);
    free(model->main_documents);
    clean_options_free(&model->text.clean);
    phrases_free(&model->text.phrases);
    free(model->text.pattern);
    free(model->text.language);
    free(model->text.stop_language);
    free(model->options);
    free(model->choice);
    free(model->fit.solver);
    free(model->fit.restarts);
    free(model->fit.restart_passes);
    free(model->uniqueness.topics);
    free(model->uniqueness.is_near);
    free(model->fit.anchors);
    free(model->stability.topic);
    free(model->stability.cosine);
    free(model->stability.words);
    free(model->labels);
    quality_free(&model->quality);
    *model = (Model){0};
}

/* ---- asking ---- */

/* An index with its value, to be ranked: larger values first, then smaller indices. */
typedef struct Ranked {
    int64_t index;
    float value;
} Ranked;

static int compare_ranked(const void *left, const void *right)
{
    const Ranked *a = left, *b = right;
    if (a->value != b->value) {
        return a->value > b->value ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

/* The positive ones of `count` values that stand `stride` apart, ranked. NULL without memory. */
static Ranked *rank_values(const float *values, int64_t count, int64_t stride,
                           int64_t *ranked_count, Error *error)
{
    Ranked *ranked = memory_new((size_t)count, sizeof *ranked, error);
    *ranked_count = 0;
    for (int64_t i = 0; i < count && ranked; i++) {
        if (values[i * stride] > 0.0F) {
            ranked[(*ranked_count)++] = (Ranked){.index = i, .value = values[i * stride]};
        }
    }
    if (ranked) {
        qsort(ranked, (size_t)*ranked_count, sizeof *ranked, compare_ranked);
    }
    return ranked;
}

int64_t model_top_words(const Model *model, int topic, int64_t count, TopicWord *words,
                        Error *error)
{
    const int64_t m = model->vocabulary.count;
    int64_t found;
    Ranked *ranked = rank_values(model->topics + (topic - 1) * m, m, 1, &found, error);
    if (!ranked) {
        return -1;
    }
    found = found < count ? found : count;
    for (int64_t i = 0; i < found; i++) {
        words[i] = (TopicWord){.word = (WordId)ranked[i].index, .probability = ranked[i].value};
    }
    free(ranked);
    return found;
}

/* The probability of a word in the topic, and in the model as a whole. */
static double of_topic(const Model *model, int topic, WordId word)
{
    return (double)model->topics[(int64_t)(topic - 1) * model->vocabulary.count + word];
}

static double of_model(const Model *model, WordId word)
{
    double everywhere = 0.0;
    for (int t = 0; t < model->k; t++) {
        everywhere += model->shares[t] * of_topic(model, t + 1, word);
    }
    return everywhere;
}

double model_lift(const Model *model, int topic, WordId word)
{
    const double everywhere = of_model(model, word);
    return everywhere > 0.0 ? of_topic(model, topic, word) / everywhere : 0.0;
}

double model_topic_of_word(const Model *model, int topic, WordId word)
{
    const double everywhere = of_model(model, word);
    return everywhere > 0.0 ? model->shares[topic - 1] * of_topic(model, topic, word) / everywhere
                            : 0.0;
}

int64_t model_top_documents(const Model *model, int topic, int64_t count, int64_t *documents,
                            Error *error)
{
    int64_t found;
    Ranked *ranked =
        rank_values(model->mixtures + topic - 1, model->documents.count, model->k, &found, error);
    if (!ranked) {
        return -1;
    }
    found = found < count ? found : count;
    for (int64_t i = 0; i < found; i++) {
        documents[i] = ranked[i].index;
    }
    free(ranked);
    return found;
}

float *model_words_by_topic(const Model *model, Error *error)
{
    const int64_t m = model->vocabulary.count;
    float *w = memory_new((size_t)m, (size_t)model->k * sizeof *w, error);
    for (int64_t i = 0; i < m && w; i++) {
        for (int t = 0; t < model->k; t++) {
            w[i * model->k + t] = model->topics[t * m + i];
        }
    }
    return w;
}
