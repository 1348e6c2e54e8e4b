#include "text/word_places.h"

#include "base/memory.h"
#include "text/ngram_window.h"
#include "text/origins.h"
#include "text/phrase_round.h"

#include <stdlib.h>
#include <string.h>

/* ---- places ---- */

void word_places_free(WordPlaces *places)
{
    free(places->items);
    *places = (WordPlaces){0};
}

static Status add_place(WordPlaces *places, WordPlace place, Error *error)
{
    Status status = memory_reserve(&places->items, &places->capacity, places->count + 1,
                                   sizeof *places->items, error);
    if (!status) {
        places->items[places->count++] = place;
    }
    return status;
}

static int compare_begins(const void *left, const void *right)
{
    const WordPlace *a = left, *b = right;
    return (a->begin > b->begin) - (a->begin < b->begin);
}

static int compare_lengths(const void *left, const void *right)
{
    const WordPlace *a = left, *b = right;
    const size_t of_a = a->end - a->begin, of_b = b->end - b->begin;
    if (of_a != of_b) {
        return of_a > of_b ? -1 : 1;
    }
    const int begins = compare_begins(a, b);
    return begins ? begins : (a->word > b->word) - (a->word < b->word);
}

Status word_places_thin(WordPlaces *places, size_t length, Error *error)
{
    bool *taken = memory_new(length, sizeof *taken, error);
    if (!taken) {
        return error_status(error);
    }
    size_t kept = 0;
    if (places->count) {
        qsort(places->items, places->count, sizeof *places->items, compare_lengths);
    }
    for (size_t i = 0; i < places->count; i++) {
        const WordPlace place = places->items[i];
        /* what is there already is no shorter, so it has one of the ends if it has any byte */
        if (!taken[place.begin] && !taken[place.end - 1]) {
            memset(taken + place.begin, true, place.end - place.begin);
            places->items[kept++] = place;
        }
    }
    places->count = kept;
    if (kept) {
        qsort(places->items, kept, sizeof *places->items, compare_begins);
    }
    free(taken);
    return STATUS_OK;
}

/* ---- what the finder knows ---- */

struct WordFinder {
    WordRules rules;
    Tokenizer *tokenizer;
    CollectedWords words; /* that matter; the first one, empty, stands for all others */
    WordId *terms;        /* beside them, as what follows: the term that each is, or WORD_NONE */
    uint8_t *roles;       /* NgramRole */
    bool *stopped;
    WordId *same; /* each its own number */
    PhrasePlan plan;
    PhraseRound rounds[PHRASE_ROUNDS];
    NgramTable ngrams;
    WordId *ngram_terms; /* beside them */

    Origins origins; /* of the current text */
    WordId *tokens;  /* of it: numbers among `words` */
    size_t token_capacity;
    WordPlace *spans; /* beside them; their words mean nothing */
    size_t span_capacity;
    size_t count;
};

static Status add_words(WordFinder *finder, const Vocabulary *from, Error *error)
{
    Status status = STATUS_OK;
    for (WordId w = 0; w < from->count && !status; w++) {
        WordId id;
        status = vocabulary_add(&finder->words.words, vocabulary_word(from, w),
                                vocabulary_word_length(from, w), &id, error);
    }
    return status;
}

/* Every word that is a term, or has something to do with phrases or n-grams. */
static Status gather_words(WordFinder *finder, const Vocabulary *parts, Error *error)
{
    const WordRules *rules = &finder->rules;
    WordId rest;
    finder->words.has_rest = true;
    Status status = vocabulary_add(&finder->words.words, "", 0, &rest, error);
    status = status ? status : add_words(finder, rules->terms, error);
    status = status ? status : add_words(finder, parts, error);
    status = status ? status : add_words(finder, rules->stopped, error);
    return status ? status : phrases_parts(rules->phrases, &finder->words.words, error);
}

/* The phrases of each round, and the words that they become. */
static Status take_phrases(WordFinder *finder, Error *error)
{
    Status status = STATUS_OK;
    finder->plan = (PhrasePlan){
        .given = finder->rules.phrases,
        .stopped = finder->rules.stopped,
        .words = &finder->words,
    };
    for (int r = 0; r < PHRASE_ROUNDS && !status; r++) {
        PhraseRound *round = &finder->rounds[r];
        *round = (PhraseRound){
            .plan = &finder->plan, .number = r, .rest = collected_rest(&finder->words)};
        status = phrase_round_take_given(round, error);
        status = status ? status : phrase_round_name(round, error);
    }
    return status;
}

/* What each word is. */
static Status judge_words(WordFinder *finder, const Vocabulary *parts, Error *error)
{
    const Vocabulary *words = &finder->words.words;
    finder->terms = memory_new(words->count, sizeof *finder->terms, error);
    finder->roles = memory_new(words->count, sizeof *finder->roles, error);
    finder->stopped = memory_new(words->count, sizeof *finder->stopped, error);
    finder->same = memory_new(words->count, sizeof *finder->same, error);
    if (!finder->terms || !finder->roles || !finder->stopped || !finder->same) {
        return error_status(error);
    }
    for (WordId w = 0; w < words->count; w++) {
        const char *word = vocabulary_word(words, w);
        const size_t length = vocabulary_word_length(words, w);
        finder->same[w] = w;
        finder->terms[w] = vocabulary_find(finder->rules.terms, word, length);
        finder->stopped[w] = vocabulary_find(finder->rules.stopped, word, length) != WORD_NONE;
        finder->roles[w] = finder->stopped[w]                                  ? NGRAM_SKIP
                           : vocabulary_find(parts, word, length) != WORD_NONE ? NGRAM_PART
                                                                               : NGRAM_BREAK;
    }
    for (int r = 0; r < PHRASE_ROUNDS; r++) {
        finder->rounds[r].stopped = finder->stopped;
    }
    return STATUS_OK;
}

static Status take_ngrams(WordFinder *finder, Error *error)
{
    const Vocabulary *terms = finder->rules.terms;
    Status status = STATUS_OK;
    finder->ngram_terms = memory_new(terms->count, sizeof *finder->ngram_terms, error);
    if (!finder->ngram_terms) {
        return error_status(error);
    }
    for (WordId t = 0; t < terms->count && !status; t++) {
        Ngram ngram;
        uint32_t number;
        if (ngram_read(&finder->words.words, vocabulary_word(terms, t), NGRAM_MAX, &ngram)) {
            status = ngram_table_add(&finder->ngrams, &ngram, ngram_hash(&ngram), &number, error);
            finder->ngram_terms[status ? 0 : number] = t;
        }
    }
    return status;
}

Status word_finder_new(const WordRules *rules, WordFinder **finder, Error *error)
{
    *finder = NULL;
    WordFinder *made = memory_new(1, sizeof *made, error);
    if (!made) {
        return error_status(error);
    }
    Vocabulary parts = {0}; /* words in n-grams */
    const bool ngrams = rules->ngrams.most > 1;
    made->rules = *rules;
    Status status = tokenizer_new(&rules->tokenizer, &made->tokenizer, error);
    made->rules.tokenizer = (TokenizerOptions){0};
    if (!status && ngrams) {
        status = ngrams_parts(rules->terms, &parts, error);
    }
    status = status ? status : gather_words(made, &parts, error);
    status = status ? status : take_phrases(made, error);
    status = status ? status : judge_words(made, &parts, error);
    if (!status && ngrams) {
        status = take_ngrams(made, error);
    }
    vocabulary_free(&parts);
    if (status) {
        word_finder_free(made);
        return status;
    }
    *finder = made;
    return STATUS_OK;
}

void word_finder_free(WordFinder *finder)
{
    if (!finder) {
        return;
    }
    for (int r = 0; r < PHRASE_ROUNDS; r++) {
        ngram_table_free(&finder->rounds[r].phrases);
        free(finder->rounds[r].joined);
    }
    tokenizer_free(finder->tokenizer);
    vocabulary_free(&finder->words.words);
    ngram_table_free(&finder->ngrams);
    origins_free(&finder->origins);
    free(finder->ngram_terms);
    free(finder->terms);
    free(finder->roles);
    free(finder->stopped);
    free(finder->same);
    free(finder->tokens);
    free(finder->spans);
    free(finder);
}

bool word_finder_gave_up(const WordFinder *finder)
{
    return tokenizer_gave_up(finder->tokenizer);
}

/* ---- a text ---- */

static Status take_token(WordFinder *finder, const Token *token, Error *error)
{
    Status status = memory_reserve(&finder->tokens, &finder->token_capacity, finder->count + 1,
                                   sizeof *finder->tokens, error);
    status = status ? status
                    : memory_reserve(&finder->spans, &finder->span_capacity, finder->count + 1,
                                     sizeof *finder->spans, error);
    if (!status) {
        WordPlace *span = &finder->spans[finder->count];
        const WordId word = vocabulary_find(&finder->words.words, token->bytes, token->length);
        tokenizer_place(finder->tokenizer, token, &finder->origins, &span->begin, &span->end);
        finder->tokens[finder->count++] = word != WORD_NONE ? word : collected_rest(&finder->words);
    }
    return status;
}

static Status take_tokens(WordFinder *finder, const char *text, size_t length, Error *error)
{
    bool found = true;
    finder->count = 0;
    Status status = tokenizer_start(finder->tokenizer, text, length, error);
    status = status ? status
                    : tokenizer_origins(finder->tokenizer, text, length, &finder->origins, error);
    while (!status && found) {
        Token token;
        status = tokenizer_next(finder->tokenizer, &token, &found, error);
        if (!status && found) {
            status = take_token(finder, &token, error);
        }
    }
    return status;
}

/* From the one to the other, with what is in between. */
static WordPlace span_both(WordPlace a, WordPlace b)
{
    return (WordPlace){
        .word = a.word,
        .begin = a.begin < b.begin ? a.begin : b.begin,
        .end = a.end > b.end ? a.end : b.end,
    };
}

/* Joins the phrases of a round, as phrase_round_join does in blocks; each token that comes of it is
 * written where one was that has been looked at. */
static void join_phrases(WordFinder *finder, const PhraseRound *round)
{
    const PhraseTokens tokens = {
        .at = finder->tokens, .numbers = finder->same, .count = (uint32_t)finder->count};
    size_t count = 0;
    for (uint32_t i = 0; i < tokens.count;) {
        Ngram candidate;
        const uint32_t length = phrase_candidate(round, &tokens, i, &candidate);
        const uint32_t number =
            length ? ngram_table_find(&round->phrases, &candidate, ngram_hash(&candidate))
                   : WORD_NONE;
        const uint32_t last = number != WORD_NONE ? i + length - 1 : i;
        const WordId word = number != WORD_NONE ? round->joined[number] : finder->tokens[i];
        finder->spans[count] = span_both(finder->spans[i], finder->spans[last]);
        finder->tokens[count++] = word;
        i = last + 1;
    }
    finder->count = count;
}

static Status add_ngrams(const WordFinder *finder, WordPlaces *places, Error *error)
{
    const NgramOptions *options = &finder->rules.ngrams;
    NgramWindow window = {.filled = 0}; /* of numbers of tokens */
    Status status = STATUS_OK;
    for (uint32_t i = 0; i < finder->count && !status; i++) {
        if (!ngram_window_take(&window, i, (NgramRole)finder->roles[finder->tokens[i]])) {
            continue;
        }
        WordId words[NGRAM_MAX];
        const int longest = window.filled < options->most ? window.filled : options->most;
        for (int n = 1; n <= longest && !status; n++) {
            const uint32_t first = window.words[window.filled - n];
            memmove(words + 1, words, (NGRAM_MAX - 1) * sizeof *words);
            words[0] = finder->tokens[first];
            const Ngram ngram = ngram_of(words, n);
            const uint32_t number =
                n > 1 ? ngram_table_find(&finder->ngrams, &ngram, ngram_hash(&ngram)) : WORD_NONE;
            if (number != WORD_NONE) {
                WordPlace place = span_both(finder->spans[first], finder->spans[i]);
                place.word = finder->ngram_terms[number];
                status = add_place(places, place, error);
            }
        }
    }
    return status;
}

Status word_finder_find(WordFinder *finder, const char *text, size_t length, WordPlaces *places,
                        Error *error)
{
    places->count = 0;
    Status status = take_tokens(finder, text, length, error);
    for (int r = 0; r < PHRASE_ROUNDS && !status; r++) {
        if (finder->rounds[r].phrases.count > 0) {
            join_phrases(finder, &finder->rounds[r]);
        }
    }
    for (size_t i = 0; i < finder->count && !status; i++) {
        WordPlace place = finder->spans[i];
        place.word = finder->terms[finder->tokens[i]];
        status = place.word != WORD_NONE ? add_place(places, place, error) : STATUS_OK;
    }
    return !status && finder->ngrams.count > 0 ? add_ngrams(finder, places, error) : status;
}
