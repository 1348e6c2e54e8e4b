/* One round of looking for phrases and joining them: what the parts of text/phrases.h share. */
#ifndef THEMATA_TEXT_PHRASE_ROUND_H
#define THEMATA_TEXT_PHRASE_ROUND_H

#include "base/buffer.h"
#include "base/error.h"
#include "text/counter.h"
#include "text/ngram_table.h"
#include "text/phrases.h"
#include "text/sketch.h"

#include <stdbool.h>
#include <stdint.h>

/* One thread's. */
typedef struct PhraseWorker {
    NgramTable candidates;
    WordTally *tallies; /* of every word, for the counts anew */
    WordId *seen;
    uint32_t *packed;
    size_t packed_capacity;
    int64_t *joins; /* how often each phrase of the round was joined */
} PhraseWorker;

/* One round, and what threads share in it. */
typedef struct PhraseRound {
    const PhrasePlan *plan;
    int number;
    bool *stopped;     /* of every word */
    WordId rest;       /* in place of words that are in no phrase */
    double all_tokens; /* N */
    Sketch sketch;
    NgramTable phrases; /* what is joined in this round */
    WordId *joined;     /* beside them: the words that they become */
    PhraseWorker *workers;
} PhraseRound;

/* The words of a document in its block's order, as numbers among all. */
typedef struct PhraseTokens {
    const WordId *at;
    const WordId *numbers;
    uint32_t count;
} PhraseTokens;

static inline WordId phrase_token(const PhraseTokens *tokens, uint32_t i)
{
    return tokens->numbers[tokens->at[i]];
}

/* The candidate that begins with token i: how many tokens it has, 0 if there is none. */
static inline uint32_t phrase_candidate(const PhraseRound *round, const PhraseTokens *tokens,
                                        uint32_t i, Ngram *candidate)
{
    WordId words[PHRASE_WORDS_MAX] = {phrase_token(tokens, i)};
    if (round->stopped[words[0]] || words[0] == round->rest) {
        return 0;
    }
    for (uint32_t length = 1; length < PHRASE_WORDS_MAX && i + length < tokens->count; length++) {
        words[length] = phrase_token(tokens, i + length);
        if (!round->stopped[words[length]]) {
            if ((length == 1 && words[0] == words[1]) || words[length] == round->rest) {
                return 0; /* AP AP says nothing */
            }
            *candidate = ngram_of(words, (int)length + 1);
            return length + 1;
        }
    }
    return 0;
}

/* Finds what is to be joined in this round, into round->phrases, and says so in *found. */
Status phrase_round_find(PhraseRound *round, Phrases *found, Error *error);

/* The same of the phrases that are given, as far as their words are all there. */
Status phrase_round_take_given(PhraseRound *round, Error *error);

/* Gives every phrase of the round a word, round->joined, among all words. */
Status phrase_round_name(PhraseRound *round, Error *error);

/* Names them and joins them in all blocks, which have the numbers of all words afterwards. */
Status phrase_round_join(PhraseRound *round, Error *error);

/* The words of an n-gram with `between` them, in place of what *text holds. */
Status phrase_write(const Vocabulary *words, const Ngram *ngram, char between, Buffer *text,
                    Error *error);

#endif
