/* Putting together what several counters counted: one vocabulary, one matrix of counts. All sums
 * are of whole numbers, so nothing depends on which counter had which document. */
#ifndef THEMATA_TEXT_COLLECT_H
#define THEMATA_TEXT_COLLECT_H

#include "base/error.h"
#include "text/counter.h"
#include "text/counts.h"
#include "text/vocabulary.h"

#include <stdbool.h>
#include <stdint.h>

/* Where the words of one counter are among others: of[w] for its word w, WORD_NONE if w is not. */
typedef struct WordNumbers {
    WordId *of;
    uint32_t count;
} WordNumbers;

/* The words of all counters. In which order they are depends on the counters. Start with an
 * all-zero CollectedWords.
 *
 * After word_merge (text/word_merge.h) those that are left out are not there one by one: word 0,
 * the empty one, has the tokens of all of them, and is in no document, so that it is left out
 * wherever they would be. */
typedef struct CollectedWords {
    Vocabulary words;
    int64_t *documents;   /* document frequency of each word */
    double *tokens;       /* term frequency of each word, whole */
    WordNumbers *numbers; /* of each counter's words among `words` */
    int counters;

    bool has_rest;         /* word 0 stands for others */
    int64_t rest_words;    /* so many */
    double rest_beyond;    /* so many of their tokens are of words that are not frequent enough */
    int64_t rest_pairs;    /* the sum of their document frequencies */
    Vocabulary characters; /* of all words, the others too; filled only if there are such */
    double *character_tokens; /* how often each stands in the tokens */
    size_t character_capacity;
} CollectedWords;

/* The word that stands for others, WORD_NONE if there is none. */
static inline WordId collected_rest(const CollectedWords *collected)
{
    return collected->has_rest ? 0 : WORD_NONE;
}

/* How many words there are. */
static inline int64_t collected_count(const CollectedWords *collected)
{
    return (int64_t)collected->words.count - collected->has_rest + collected->rest_words;
}

/* What has the letters of all tokens: the words themselves, or if some are left out all characters,
 * each as a word; and how often each comes. */
static inline const Vocabulary *collected_letters(const CollectedWords *collected,
                                                  const double **tokens)
{
    *tokens = collected->has_rest ? collected->character_tokens : collected->tokens;
    return collected->has_rest ? &collected->characters : &collected->words;
}

/* Fills *collected (all-zero before) with the words that `count` ≥ 1 counters met, which are taken
 * away from them. O(words). */
Status collect_words(Counter *counters, int count, CollectedWords *collected, Error *error);

/* Gives other numbers to words that have not been left out: renumbered[the old one]. */
void word_numbers_renumber(WordNumbers *numbers, int counters, const WordId *renumbered);

void collected_words_free(CollectedWords *collected);

/* What one of the counters counted. */
typedef struct CollectedBlock {
    CountBlock block;
    int counter;
} CollectedBlock;

/* Takes documents out of one block, dropped[number in the block], and what they have out of sums:
 * documents[w] and tokens[w] are of the block's words or, if `numbers` is not NULL, of
 * numbers[word]. What was spilled is spilled again, to `file`. */
Status collected_drop_from(CountBlock *block, const bool *dropped, const WordId *numbers,
                           int64_t *documents, double *tokens, TemporaryFile *file, Error *error);

/* Takes documents out of the blocks, and what they have out of the sums of their words: those for
 * which dropped[number in the order of the blocks] is true. Words stay, if in no document any
 * more. What was spilled is spilled again, to `file`. */
Status collected_drop_documents(CollectedBlock *blocks, size_t block_count, const bool *dropped,
                                CollectedWords *collected, TemporaryFile *file, Error *error);

/* Blocks whose words have the numbers that numbers[counter] says, or are left out; with NULL for
 * `numbers` they keep theirs. */
typedef struct CollectedLayer {
    CollectedBlock *blocks;
    const WordNumbers *numbers;
} CollectedLayer;

enum { COLLECTED_LAYERS = 2 };

/* Fills *counts (all-zero before) with the documents of the blocks, one block behind the other. A
 * document's words are those that it has in each of up to COLLECTED_LAYERS layers, of `block_count`
 * blocks each, with the same documents; no word is in both. All numbers are below `words`. The
 * blocks are empty afterwards. O(pairs), by up to `threads` threads. */
Status collect_counts(const CollectedLayer *layers, int layer_count, size_t block_count,
                      uint32_t words, int threads, Counts *counts, Error *error);

#endif
