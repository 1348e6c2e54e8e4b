#include "text/phrases.h"

#include "base/memory.h"
#include "text/phrase_round.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)PHRASE_WORDS_MAX <= (int)NGRAM_WORDS, "phrases are kept in tables of n-grams");

/* Of the phrases that were found in this round, the last, keeps those that were joined: what begins
 * within another one was not. */
static void keep_joined(const PhraseRound *round, Phrases *found)
{
    const size_t first = found->count - round->phrases.count;
    size_t kept = first;
    for (uint32_t i = 0; i < round->phrases.count; i++) {
        Phrase *phrase = &found->items[first + i];
        phrase->tokens = 0;
        for (int t = 0; t < round->plan->threads; t++) {
            phrase->tokens += round->workers[t].joins[i];
        }
        if (phrase->tokens > 0) {
            found->items[kept++] = *phrase;
        } else {
            free(phrase->words);
        }
    }
    found->count = kept;
}

static Status begin_round(PhraseRound *round, Error *error)
{
    const PhrasePlan *plan = round->plan;
    const Vocabulary *words = &plan->words->words;
    if (ngram_check_words(words, "phrases", error)) {
        return error_status(error);
    }
    round->rest = collected_rest(plan->words);
    round->workers = memory_new((size_t)plan->threads, sizeof *round->workers, error);
    round->stopped = memory_new(words->count, sizeof *round->stopped, error);
    if (!round->workers || !round->stopped) {
        return error_status(error);
    }
    for (WordId w = 0; w < words->count; w++) {
        round->stopped[w] = vocabulary_find(plan->stopped, vocabulary_word(words, w),
                                            vocabulary_word_length(words, w)) != WORD_NONE;
        round->all_tokens += plan->words->tokens[w];
    }
    return STATUS_OK;
}

static void end_round(PhraseRound *round)
{
    for (int t = 0; t < round->plan->threads && round->workers; t++) {
        ngram_table_free(&round->workers[t].candidates);
        free(round->workers[t].tallies);
        free(round->workers[t].seen);
        free(round->workers[t].joins);
        free(round->workers[t].packed);
    }
    free(round->workers);
    free(round->stopped);
    free(round->joined);
    sketch_free(&round->sketch);
    ngram_table_free(&round->phrases);
}

/* Falling frequency within a round, then byte order. */
static int compare_phrases(const void *left, const void *right)
{
    const Phrase *a = left, *b = right;
    if (a->round != b->round || a->tokens != b->tokens) {
        return a->round != b->round ? a->round - b->round : a->tokens > b->tokens ? -1 : 1;
    }
    return strcmp(a->words, b->words);
}

Status phrases_join(const PhrasePlan *plan, Phrases *found, Error *error)
{
    Status status = STATUS_OK;
    bool any = true;
    for (int number = 0; number < PHRASE_ROUNDS && any && !status; number++) {
        PhraseRound round = {.plan = plan, .number = number};
        status = begin_round(&round, error);
        if (!status) {
            status = plan->given ? phrase_round_take_given(&round, error)
                                 : phrase_round_find(&round, found, error);
        }
        any = round.phrases.count > 0;
        if (!status && any) {
            status = phrase_round_join(&round, error);
        }
        if (!status && any && !plan->given) {
            keep_joined(&round, found);
        }
        end_round(&round);
    }
    if (found->count) {
        qsort(found->items, found->count, sizeof *found->items, compare_phrases);
    }
    return status;
}

Status phrase_spell(const Phrase *phrase, Buffer *joined, Error *error)
{
    buffer_clear(joined);
    Status status = buffer_append_text(joined, phrase->words, error);
    for (size_t i = 0; i < joined->length && !status; i++) {
        joined->bytes[i] = joined->bytes[i] == ' ' ? '_' : joined->bytes[i];
    }
    return status;
}

Status phrases_parts(const Phrases *phrases, Vocabulary *parts, Error *error)
{
    Status status = STATUS_OK;
    for (size_t i = 0; i < phrases->count && !status; i++) {
        status = vocabulary_add_parts(parts, phrases->items[i].words, error);
    }
    return status;
}

Status phrases_add(Phrases *phrases, const char *words, int round, int64_t tokens, double npmi,
                   Error *error)
{
    Status status = memory_reserve(&phrases->items, &phrases->capacity, phrases->count + 1,
                                   sizeof *phrases->items, error);
    char *copy = status ? NULL : memory_copy_text(words, strlen(words), error);
    if (!copy) {
        return error_status(error);
    }
    phrases->items[phrases->count++] =
        (Phrase){.words = copy, .round = round, .tokens = tokens, .npmi = npmi};
    return STATUS_OK;
}

void phrases_free(Phrases *phrases)
{
    for (size_t i = 0; i < phrases->count; i++) {
        free(phrases->items[i].words);
    }
    free(phrases->items);
    *phrases = (Phrases){0};
}
