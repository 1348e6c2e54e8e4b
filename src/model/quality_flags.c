/* When to warn of a topic. The thresholds were chosen on topics of real collections, with junk
 * planted among them: docs/method.md, "Quality of topics". */
#include "base/memory.h"
#include "model/model.h"

#include <stdlib.h>

/* A topic with less is that of a few documents; which is as it must be where topics have fewer than
 * DOCUMENTS_USUAL each. */
static const double DOCUMENTS_LEAST = 5.0;
enum { DOCUMENTS_USUAL = 10 };

/* From this share of the top words on, a topic is made of function words. */
static const double FUNCTION_WORDS_MOST = 0.5;

/* A topic whose probability is spread over so many times the words of the middle topic has no words
 * of its own. With fewer topics than three nothing is known of what is usual. */
static const double SPREAD_MOST = 4.0;

/* Of 20 words about 15 stay from sample to sample (docs/method.md, "Stability"); the rule that
 * recommends a number of topics counts from there, too. */
static const double STABILITY_LEAST = 0.6;

static int compare_numbers(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The (lower) median of the topics' effective numbers of words; −1 without memory. */
static double median_words(const Quality *quality, int k, Error *error)
{
    double *words = memory_new((size_t)k, sizeof *words, error);
    if (!words) {
        return -1.0;
    }
    for (int t = 0; t < k; t++) {
        words[t] = quality->topics[t].effective_words;
    }
    qsort(words, (size_t)k, sizeof *words, compare_numbers);
    const double median = words[(k - 1) / 2];
    free(words);
    return median;
}

static Status add_flag(Buffer *flags, const char *flag, Error *error)
{
    Status status = flags->length ? buffer_append_text(flags, "; ", error) : STATUS_OK;
    return status ? status : buffer_append_text(flags, flag, error);
}

static Status add_duplicate(Buffer *flags, int topic, Error *error)
{
    Status status = add_flag(flags, "duplicate of topic ", error);
    return status ? status : buffer_print(flags, error, "%d", topic);
}

Status quality_flags(const Model *model, int topic, Buffer *flags, Error *error)
{
    const Quality *quality = &model->quality;
    const int k = model->k;
    buffer_clear(flags);
    Status status = buffer_reserve(flags, 0, error);
    if (status || !quality->topics) {
        return status;
    }
    const TopicQuality *measured = &quality->topics[topic - 1];
    const double median = median_words(quality, k, error);
    status = median < 0.0 ? error_status(error) : STATUS_OK;
    if (!status && measured->effective_documents < DOCUMENTS_LEAST &&
        model->modelled / k >= DOCUMENTS_USUAL) {
        status = add_flag(flags, "junk: few documents", error);
    }
    if (!status && measured->function_words >= FUNCTION_WORDS_MOST) {
        status = add_flag(flags, "junk: function words", error);
    }
    if (!status && k > 2 && measured->effective_words > SPREAD_MOST * median) {
        status = add_flag(flags, "junk: no words of its own", error);
    }
    if (!status && measured->duplicate_of > 0.0) {
        status = add_duplicate(flags, (int)measured->duplicate_of, error);
    }
    if (!status && model->stability.samples > 0 &&
        model->stability.topic[topic - 1] < STABILITY_LEAST) {
        status = add_flag(flags, "unstable", error);
    }
    return status;
}
