/* Which words of a document stand together in n-grams, one word after the other. */
#ifndef THEMATA_TEXT_NGRAM_WINDOW_H
#define THEMATA_TEXT_NGRAM_WINDOW_H

#include "text/ngrams.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The last words that an n-gram can hold. Start with none filled. */
typedef struct NgramWindow {
    uint32_t words[NGRAM_MAX];
    int filled;
} NgramWindow;

/* Takes one more word; says whether n-grams end with it. Words may be numbers of anything, such as
 * of tokens: they are kept, not looked at. */
static inline bool ngram_window_take(NgramWindow *window, uint32_t word, NgramRole role)
{
    if (role != NGRAM_PART) {
        window->filled = role == NGRAM_SKIP ? window->filled : 0;
        return false;
    }
    if (window->filled == NGRAM_MAX) {
        memmove(window->words, window->words + 1, (NGRAM_MAX - 1) * sizeof *window->words);
        window->filled--;
    }
    window->words[window->filled++] = word;
    return true;
}

#endif
