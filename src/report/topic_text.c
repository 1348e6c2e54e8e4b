#include "report/topic_text.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/quality.h"

#include <stdlib.h>

/* The words of one topic; NULL without memory. `top` has room for `words`. */
static char *join_words(const Model *model, int topic, int64_t words, TopicWord *top, Error *error)
{
    Buffer text = {0};
    const int64_t count = model_top_words(model, topic, words, top, error);
    Status status = count < 0 ? error_status(error) : buffer_reserve(&text, 0, error);
    for (int64_t i = 0; i < count && !status; i++) {
        status =
            buffer_print(&text, error, "%s%s", i ? ", " : "", model_surface(model, top[i].word));
    }
    if (status) {
        buffer_free(&text);
    }
    return text.bytes;
}

char **topic_texts_new(const Model *model, int words, Error *error)
{
    const int64_t most = (int64_t)model->vocabulary.count;
    const int64_t count = words < most ? words : most;
    char **texts = memory_new((size_t)model->k, sizeof *texts, error);
    TopicWord *top = memory_new((size_t)count, sizeof *top, error);
    bool whole = texts && top;
    for (int t = 0; t < model->k && whole; t++) {
        texts[t] = join_words(model, t + 1, count, top, error);
        whole = texts[t] != NULL;
    }
    free(top);
    if (!whole) {
        topic_texts_free(texts, model->k);
        return NULL;
    }
    return texts;
}

typedef struct Relevant {
    WordId word;
    double relevance;
} Relevant;

/* Σ_t share_t · probability in t of every word. */
static double *word_shares(const Model *model, Error *error)
{
    const int64_t m = model->vocabulary.count;
    double *shares = memory_new((size_t)m, sizeof *shares, error);
    for (int64_t i = 0; i < m * model->k && shares; i++) {
        shares[i % m] += model->shares[i / m] * (double)model->topics[i];
    }
    return shares;
}

/* The `most` words of largest relevance in a topic, the largest first; returns how many there are.
 */
static int64_t find_relevant(const Model *model, int topic, const double *shares, int64_t most,
                             Relevant *best)
{
    const int64_t m = model->vocabulary.count;
    int64_t count = 0;
    for (int64_t w = 0; w < m; w++) {
        const double p = (double)model->topics[topic * m + w];
        if (p <= 0.0 || shares[w] <= 0.0) {
            continue;
        }
        const double relevance = quality_relevance(p, p / shares[w]);
        if (count == most && relevance <= best[count - 1].relevance) {
            continue;
        }
        int64_t at = count < most ? count++ : count - 1;
        for (; at > 0 && relevance > best[at - 1].relevance; at--) {
            best[at] = best[at - 1];
        }
        best[at] = (Relevant){(WordId)w, relevance};
    }
    return count;
}

static char *join_relevant(const Model *model, const Relevant *best, int64_t count, Error *error)
{
    Buffer text = {0};
    Status status = buffer_reserve(&text, 0, error);
    for (int64_t i = 0; i < count && !status; i++) {
        status =
            buffer_print(&text, error, "%s%s", i ? ", " : "", model_surface(model, best[i].word));
    }
    if (status) {
        buffer_free(&text);
    }
    return text.bytes;
}

char **relevant_texts_new(const Model *model, int words, Error *error)
{
    const int64_t all = (int64_t)model->vocabulary.count, most = words < all ? words : all;
    char **texts = memory_new((size_t)model->k, sizeof *texts, error);
    Relevant *best = memory_new((size_t)most, sizeof *best, error);
    double *shares = word_shares(model, error);
    bool whole = texts && best && shares;
    for (int t = 0; t < model->k && whole; t++) {
        const int64_t count = most > 0 ? find_relevant(model, t, shares, most, best) : 0;
        texts[t] = join_relevant(model, best, count, error);
        whole = texts[t] != NULL;
    }
    free(best);
    free(shares);
    if (!whole) {
        topic_texts_free(texts, model->k);
        return NULL;
    }
    return texts;
}

void topic_texts_free(char **texts, int k)
{
    for (int t = 0; t < k && texts; t++) {
        free(texts[t]);
    }
    free(texts);
}
