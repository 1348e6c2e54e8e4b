#include "model/quality.h"

#include "base/logarithm.h"
#include "base/memory.h"
#include "base/threads.h"
#include "model/coherence.h"
#include "model/model.h"
#include "model/sparseness.h"
#include "text/stopwords.h"

#include <math.h>
#include <stdlib.h>

/* From this cosine of their probabilities on, two topics are one: topics of real collections stay
 * below .6, of such with function words in them below .8 (docs/method.md). */
static const double DUPLICATE_SIMILARITY = 0.9;

static const float *words_of(const Model *model, int topic)
{
    return model->topics + (int64_t)(topic - 1) * model->vocabulary.count;
}

/* ---- top words ---- */

WordId *quality_top_words(const Model *model, Error *error)
{
    WordId *words = memory_new((size_t)model->k, TOP_WORDS * sizeof *words, error);
    for (int t = 0; t < model->k && words; t++) {
        TopicWord top[TOP_WORDS];
        const int64_t found = model_top_words(model, t + 1, TOP_WORDS, top, error);
        if (found < 0) {
            free(words);
            return NULL;
        }
        for (int i = 0; i < TOP_WORDS; i++) {
            words[t * TOP_WORDS + i] = i < found ? top[i].word : WORD_NONE;
        }
    }
    return words;
}

/* Σ over topics of a word's probability. */
static double word_sum(const Model *model, WordId word)
{
    double sum = 0.0;
    for (int t = 1; t <= model->k; t++) {
        sum += (double)words_of(model, t)[word];
    }
    return sum;
}

static double exclusivity(const Model *model, int topic, const WordId *top)
{
    double sum = 0.0;
    int count = 0;
    for (; count < TOP_WORDS && top[count] != WORD_NONE; count++) {
        sum += (double)words_of(model, topic)[top[count]] / word_sum(model, top[count]);
    }
    return count ? sum / count : 0.0;
}

static Status measure_diversity(Model *model, const WordGroups *groups, Error *error)
{
    bool *seen = memory_new(model->vocabulary.count, sizeof *seen, error);
    int64_t distinct = 0, all = 0;
    if (!seen) {
        return error_status(error);
    }
    for (int64_t i = 0; i < (int64_t)model->k * TOP_WORDS; i++) {
        const WordId word = groups->words[i];
        if (word != WORD_NONE) {
            all++;
            distinct += !seen[word];
            seen[word] = true;
        }
    }
    model->quality.diversity = all ? (double)distinct / (double)all : 0.0;
    free(seen);
    return STATUS_OK;
}

static Status measure_coherence(Model *model, const WordGroups *groups, Error *error)
{
    Cooccurrence counted = {0};
    Status status =
        cooccurrence_in_documents(&model->counts, model->vocabulary.count, groups, &counted, error);
    for (int t = 0; t < model->k && !status; t++) {
        TopicQuality *topic = &model->quality.topics[t];
        const Meetings meetings = meetings_of(&counted, groups, t);
        topic->npmi = coherence_npmi(&meetings);
        topic->npmi_epsilon = coherence_npmi_epsilon(&meetings);
        topic->uci = coherence_uci(&meetings);
        topic->umass = coherence_umass(&meetings);
        topic->exclusivity = exclusivity(model, t + 1, groups->words + t * TOP_WORDS);
    }
    cooccurrence_free(&counted);
    return status;
}

void quality_add_windows(Quality *quality, const WordGroups *groups, const WindowCounts *windows)
{
    quality->has_windows = true;
    for (int t = 0; t < groups->count; t++) {
        TopicQuality *topic = &quality->topics[t];
        Meetings meetings = meetings_of(&windows->exact, groups, t);
        topic->window_npmi = coherence_npmi(&meetings);
        meetings = meetings_of(&windows->shorts, groups, t);
        topic->c_uci = coherence_uci(&meetings);
        topic->c_npmi = coherence_npmi_epsilon(&meetings);
        meetings = meetings_of(&windows->longs, groups, t);
        topic->c_v = coherence_cv(&meetings);
    }
}

/* ---- function words ---- */

/* The share of the top words that are on the list, if it is more than was found on others. */
static void compare_list(Model *model, const WordGroups *groups, const Vocabulary *list)
{
    for (int t = 0; t < model->k; t++) {
        const WordId *top = groups->words + t * TOP_WORDS;
        int count = 0, listed = 0;
        for (; count < TOP_WORDS && top[count] != WORD_NONE; count++) {
            listed += vocabulary_find(list, vocabulary_word(&model->vocabulary, top[count]),
                                      vocabulary_word_length(&model->vocabulary, top[count])) !=
                      WORD_NONE;
        }
        TopicQuality *topic = &model->quality.topics[t];
        const double share = count ? (double)listed / count : 0.0;
        topic->function_words = share > topic->function_words ? share : topic->function_words;
    }
}

static Status measure_function_words(Model *model, const WordGroups *groups, Error *error)
{
    const TokenizerOptions rules = model_token_rules(&model->text);
    Tokenizer *tokenizer;
    Status status = tokenizer_new(&rules, &tokenizer, error);
    for (const StopLanguage *language = stop_languages; language->name && !status; language++) {
        Vocabulary list = {0};
        status = stopwords_of_language(language, tokenizer, &list, error);
        if (!status) {
            compare_list(model, groups, &list);
        }
        vocabulary_free(&list);
    }
    tokenizer_free(tokenizer);
    return status;
}

/* ---- all words ---- */

static void measure_words(Model *model)
{
    const int64_t m = model->vocabulary.count;
    double tokens = 0.0, sparseness = 0.0;
    int64_t zeros = 0;
    for (int64_t w = 0; w < m; w++) {
        tokens += model->term_frequency[w];
    }
    for (int t = 0; t < model->k; t++) {
        const float *p = words_of(model, t + 1);
        double squares = 0.0, distance = 0.0;
        for (int64_t w = 0; w < m; w++) {
            const double value = (double)p[w];
            squares += value * value;
            if (value > 0.0 && model->term_frequency[w] > 0.0) {
                distance += value * logarithm(value / (model->term_frequency[w] / tokens));
            }
        }
        model->quality.topics[t].effective_words = squares > 0.0 ? 1.0 / squares : 0.0;
        /* a sum of float32 that is not quite 1 can leave it below 0 */
        model->quality.topics[t].corpus_distance = distance > 0.0 ? distance : 0.0;
        sparseness += sparseness_hoyer(p, m, 1);
        zeros += sparseness_zeros(p, m);
    }
    model->quality.topics_hoyer = sparseness / model->k;
    model->quality.topics_zeros = (double)zeros / ((double)model->k * (double)m);
}

/* Σ a·b in eight sums, for speed, in a fixed order. */
static double inner_product(const float *a, const float *b, int64_t count)
{
    enum { LANES = 8 };
    double sums[LANES] = {0.0}, sum = 0.0;
    int64_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += (double)a[i + lane] * (double)b[i + lane];
        }
    }
    for (; i < count; i++) {
        sum += (double)a[i] * (double)b[i];
    }
    for (int lane = 0; lane < LANES; lane++) {
        sum += sums[lane];
    }
    return sum;
}

/* Finds the topic that is most like `topic` (from 1), and the one before it that it repeats. */
static void compare_topic(Model *model, const double *squares, int topic)
{
    TopicQuality *quality = &model->quality.topics[topic - 1];
    double of_earlier = 0.0;
    for (int other = 1; other <= model->k; other++) {
        const double norms = squares[topic - 1] * squares[other - 1];
        if (other == topic || !(norms > 0.0)) {
            continue;
        }
        const double product =
            inner_product(words_of(model, topic), words_of(model, other), model->vocabulary.count);
        const double cosine = product * product < norms ? product / sqrt(norms) : 1.0;
        if (cosine > quality->similarity) {
            quality->similar = other;
            quality->similarity = cosine;
        }
        if (other < topic && cosine >= DUPLICATE_SIMILARITY && cosine > of_earlier) {
            quality->duplicate_of = other;
            of_earlier = cosine;
        }
    }
}

static Status compare_topics(Model *model, int threads, Error *error)
{
    const int k = model->k;
    const int64_t m = model->vocabulary.count;
    double *squares = memory_new((size_t)k, sizeof *squares, error);
    if (!squares) {
        return error_status(error);
    }
    for (int t = 0; t < k; t++) {
        squares[t] = inner_product(words_of(model, t + 1), words_of(model, t + 1), m);
    }
    threads = threads_worth(threads, (double)k * (double)k * (double)m);
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int t = 1; t <= k; t++) {
        compare_topic(model, squares, t);
    }
    free(squares);
    return STATUS_OK;
}

/* ---- documents ---- */

/* Sums over the documents' shares h of one topic. */
typedef struct ShareSums {
    double shares;
    double squares;
    double logarithms; /* Σ h·ln h */
    int64_t documents; /* with a share of at least DOCUMENT_SHARE */
    int64_t main;      /* of these, whose main topic it is */
} ShareSums;

static void add_document(const float *mixture, int k, ShareSums *sums)
{
    const MixtureSummary summary = mixture_summarise(mixture, k);
    for (int t = 0; t < k; t++) {
        const double share = (double)mixture[t];
        if (share > 0.0) {
            sums[t].shares += share;
            sums[t].squares += share * share;
            sums[t].logarithms += share * logarithm(share);
        }
        if (share >= DOCUMENT_SHARE) {
            sums[t].documents++;
            sums[t].main += summary.topic == t + 1;
        }
    }
}

static void take_sums(const ShareSums *sums, TopicQuality *topic)
{
    if (sums->shares > 0.0) {
        topic->effective_documents = sums->shares * sums->shares / sums->squares;
        const double entropy = logarithm(sums->shares) - sums->logarithms / sums->shares;
        topic->document_entropy = entropy > 0.0 ? entropy : 0.0;
    }
    topic->documents = (double)sums->documents;
    topic->rank1 = sums->documents ? (double)sums->main / (double)sums->documents : 0.0;
}

static Status measure_documents(Model *model, Error *error)
{
    const int k = model->k;
    ShareSums *sums = memory_new((size_t)k, sizeof *sums, error);
    double sparseness = 0.0, zeros = 0.0;
    if (!sums) {
        return error_status(error);
    }
    for (int64_t d = 0; d < model->documents.count; d++) {
        const float *mixture = model->mixtures + d * k;
        const int64_t empty = sparseness_zeros(mixture, k);
        add_document(mixture, k, sums);
        sparseness += sparseness_hoyer(mixture, k, 1);
        zeros += empty < k ? (double)empty : 0.0; /* k of them: it is not modelled */
    }
    for (int t = 0; t < k; t++) {
        take_sums(&sums[t], &model->quality.topics[t]);
    }
    if (model->modelled > 0) {
        model->quality.mixtures_hoyer = sparseness / (double)model->modelled;
        model->quality.mixtures_zeros = zeros / ((double)model->modelled * k);
    }
    free(sums);
    return STATUS_OK;
}

/* ---- the whole ---- */

Status quality_measure(Model *model, int threads, Error *error)
{
    WordId *words = quality_top_words(model, error);
    const WordGroups groups = {.words = words, .count = model->k, .depth = TOP_WORDS};
    quality_free(&model->quality);
    model->quality.topics =
        words ? memory_new((size_t)model->k, sizeof *model->quality.topics, error) : NULL;
    Status status = model->quality.topics ? STATUS_OK : error_status(error);
    if (!status) {
        measure_words(model);
        status = measure_documents(model, error);
    }
    status = status ? status : measure_coherence(model, &groups, error);
    if (!status && model->input != MODEL_OF_TABLE) { /* whose names are no words */
        status = measure_function_words(model, &groups, error);
    }
    status = status ? status : compare_topics(model, threads, error);
    if (!status) {
        status = measure_diversity(model, &groups, error);
    }
    free(words);
    return status;
}

void quality_free(Quality *quality)
{
    free(quality->topics);
    *quality = (Quality){0};
}
