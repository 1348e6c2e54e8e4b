#include "model/choice.h"

#include "base/buffer.h"

#include <stdbool.h>
#include <stdlib.h>

/* A topic counts for a number of topics if its stability is above this: of 20 words, 15 stay. */
static const double found_again = 0.6;

/* Of the highest score: a peak that is at least so high is worth a look. */
static const double peak_part = 0.75;

double choice_score(const SweepValue *value)
{
    return value->k * (sweep_spread(value, SWEEP_STABILITY).value - found_again);
}

/* ---- which ---- */

static bool is_chosen(const Choice *choice, int k)
{
    for (int i = 0; i < choice->count; i++) {
        if (choice->recommended[i] == k) {
            return true;
        }
    }
    return false;
}

static void add(Choice *choice, int k)
{
    if (choice->count < CHOICE_MOST && !is_chosen(choice, k)) {
        choice->recommended[choice->count++] = k;
    }
}

/* Whether neither neighbour has a score as high; at the ends there is one neighbour only, and the
 * curve may go on beyond it. */
static bool is_peak(const Sweep *sweep, int i)
{
    const double score = choice_score(&sweep->values[i]);
    return i > 0 && i < sweep->count - 1 && score > choice_score(&sweep->values[i - 1]) &&
           score > choice_score(&sweep->values[i + 1]);
}

/* The value with the highest score among all, or among the peaks that are not chosen yet; NULL:
 * none is left. */
static const SweepValue *best_of(const Sweep *sweep, const Choice *choice, bool peaks)
{
    const SweepValue *best = NULL;
    for (int i = 0; i < sweep->count; i++) {
        const SweepValue *value = &sweep->values[i];
        if (!is_chosen(choice, value->k) && (!peaks || is_peak(sweep, i)) &&
            (!best || choice_score(value) > choice_score(best))) {
            best = value;
        }
    }
    return best;
}

/* The value with the lowest perplexity; NULL: nothing was held out. */
static const SweepValue *best_predictor(const Sweep *sweep)
{
    const SweepValue *best = NULL;
    for (int i = 0; i < sweep->count; i++) {
        const SweepValue *value = &sweep->values[i];
        if (value->predicts && (!best || sweep_spread(value, SWEEP_PERPLEXITY).value <
                                             sweep_spread(best, SWEEP_PERPLEXITY).value)) {
            best = value;
        }
    }
    return best;
}

static void choose(const Sweep *sweep, Choice *choice)
{
    const SweepValue *first = best_of(sweep, choice, false);
    if (!first) {
        return;
    }
    add(choice, first->k);
    const double least = peak_part * choice_score(first);
    while (choice->count < CHOICE_MOST) {
        const SweepValue *next = best_of(sweep, choice, true);
        if (!next || least <= 0.0 || choice_score(next) < least) {
            break;
        }
        add(choice, next->k);
    }
    const SweepValue *predictor = best_predictor(sweep);
    if (predictor && choice_score(predictor) > 0.0) {
        add(choice, predictor->k);
    }
}

/* ---- in words ---- */

static int count_found(const SweepValue *value)
{
    int found = 0;
    for (int t = 0; t < value->k; t++) {
        found += value->topics[t] > found_again;
    }
    return found;
}

static Status say_first(const Sweep *sweep, const SweepValue *first, Buffer *text, Error *error)
{
    const double stability = sweep_spread(first, SWEEP_STABILITY).value;
    const int found = count_found(first);
    if (sweep->count == 1) {
        return buffer_print(text, error,
                            "k = %d is the only one looked at (%d of its topics found again in "
                            "samples, stability %.2f).",
                            first->k, found, stability);
    }
    if (stability <= found_again) {
        return buffer_print(
            text, error,
            "No number of topics stands out: at none are most topics found again in "
            "samples of the documents. Least speaks against k = %d (stability %.2f, "
            "%d of its topics found again).",
            first->k, stability, found);
    }
    return buffer_print(text, error,
                        "k = %d: most of what is there to be found (%s%d of its topics found again "
                        "in samples, stability %.2f).",
                        first->k, found == first->k ? "all " : "", found, stability);
}

static Status say_others(const Sweep *sweep, const Choice *choice, Buffer *text, Error *error)
{
    const SweepValue *predictor = best_predictor(sweep);
    Status status = STATUS_OK;
    for (int i = 1; i < choice->count && !status; i++) {
        const SweepValue *value = sweep_find(sweep, choice->recommended[i]);
        if (value != predictor) {
            status = buffer_print(text, error, " %d also stands out (stability %.2f).", value->k,
                                  sweep_spread(value, SWEEP_STABILITY).value);
        }
    }
    if (status || sweep->count == 1 || !predictor) {
        return status;
    }
    return predictor->k == choice->recommended[0]
               ? buffer_append_text(text, " It also predicts held-out tokens best.", error)
               : buffer_print(text, error,
                              " Held-out tokens are predicted best at %d (stability "
                              "%.2f).",
                              predictor->k, sweep_spread(predictor, SWEEP_STABILITY).value);
}

/* What happens below and above. */
static Status say_around(const Sweep *sweep, const SweepValue *first, Buffer *text, Error *error)
{
    const int least = sweep->values[0].k, most = sweep->values[sweep->count - 1].k;
    if (sweep->count == 1 || sweep_spread(first, SWEEP_STABILITY).value <= found_again) {
        return STATUS_OK;
    }
    if (first->k == most) {
        return buffer_print(text, error,
                            " It is the largest one looked at: there may be more (sweep -k %d:%d).",
                            most, 2 * most);
    }
    Status status = STATUS_OK;
    if (first->k > least) {
        status =
            buffer_print(text, error, " Below %d, topics merge that can be told apart.", first->k);
    }
    return status ? status
                  : buffer_print(text, error,
                                 " Above it, topics are cut into parts that other samples do not "
                                 "show.");
}

Status choice_make(const Sweep *sweep, Choice *choice, Error *error)
{
    Buffer text = {0};
    Status status = buffer_reserve(&text, 0, error);
    choose(sweep, choice);
    if (!status && choice->count > 0) {
        const SweepValue *first = sweep_find(sweep, choice->recommended[0]);
        status = say_first(sweep, first, &text, error);
        if (!status) {
            status = say_others(sweep, choice, &text, error);
        }
        if (!status) {
            status = say_around(sweep, first, &text, error);
        }
    }
    if (status) {
        buffer_free(&text);
    }
    choice->advice = text.bytes;
    return status;
}

void choice_free(Choice *choice)
{
    free(choice->advice);
    *choice = (Choice){0};
}
