#include "text/phrases.h"

#include "base/logarithm.h"
#include "base/memory.h"
#include "base/threads.h"
#include "text/ngram_table.h"
#include "text/sketch.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)PHRASE_WORDS_MAX <= (int)NGRAM_WORDS, "phrases are kept in tables of n-grams");

/* One thread's. */
typedef struct Worker {
    NgramTable candidates;
    WordTally *tallies; /* of every word, for the counts anew */
    WordId *seen;
    uint32_t *packed;
    size_t packed_capacity;
    int64_t *joins; /* how often each phrase of the round was joined */
} Worker;

/* One round, and what threads share in it. */
typedef struct Round {
    const PhrasePlan *plan;
    int number;
    bool *stopped;     /* of every word */
    double all_tokens; /* N */
    Sketch sketch;
    NgramTable phrases; /* what is joined in this round */
    WordId *joined;     /* beside them: the words that they become */
    Worker *workers;
} Round;

/* The words of a document in its block's order, as numbers among all. */
typedef struct Tokens {
    const WordId *at;
    const WordId *numbers;
    uint32_t count;
} Tokens;

static inline WordId token_word(const Tokens *tokens, uint32_t i)
{
    return tokens->numbers[tokens->at[i]];
}

/* The candidate that begins with token i: how many tokens it has, 0 if there is none. */
static uint32_t candidate_at(const Round *round, const Tokens *tokens, uint32_t i, Ngram *candidate)
{
    WordId words[PHRASE_WORDS_MAX] = {token_word(tokens, i)};
    if (round->stopped[words[0]]) {
        return 0;
    }
    for (uint32_t length = 1; length < PHRASE_WORDS_MAX && i + length < tokens->count; length++) {
        words[length] = token_word(tokens, i + length);
        if (!round->stopped[words[length]]) {
            if (length == 1 && words[0] == words[1]) { /* AP AP says nothing */
                return 0;
            }
            *candidate = ngram_of(words, (int)length + 1);
            return length + 1;
        }
    }
    return 0;
}

/* ---- a round's phrases ---- */

typedef enum Pass { PASS_SKETCH, PASS_COUNT } Pass;

static Status take_candidates(Round *round, Worker *worker, const Tokens *tokens, Pass pass,
                              Error *error)
{
    Ngram candidate;
    Status status = STATUS_OK;
    for (uint32_t i = 0; i < tokens->count && !status; i++) {
        if (candidate_at(round, tokens, i, &candidate) == 0) {
            continue;
        }
        const uint64_t hash = ngram_hash(&candidate);
        uint32_t number;
        if (pass == PASS_SKETCH) {
            sketch_add(&round->sketch, hash);
        } else if (sketch_allows(&round->sketch, hash, PHRASE_TOKENS_LEAST)) {
            status = ngram_table_add(&worker->candidates, &candidate, hash, &number, error);
            worker->candidates.entries[status ? 0 : number].tokens += !status;
        }
    }
    return status;
}

static Status walk_block(Round *round, Worker *worker, const CollectedBlock *collected, Pass pass,
                         Error *error)
{
    CountBlock view;
    Status status = count_block_open(&collected->block, &view, error);
    if (status) {
        return status;
    }
    Tokens tokens = {
        .at = view.order,
        .numbers = round->plan->words->numbers[collected->counter].of,
    };
    for (int64_t d = 0; d < view.documents && !status; d++) {
        tokens.count = view.tokens[d];
        status = take_candidates(round, worker, &tokens, pass, error);
        tokens.at += tokens.count;
    }
    count_block_close(&collected->block, &view);
    return status;
}

static Status walk_blocks(Round *round, Pass pass, Error *error)
{
    const PhrasePlan *plan = round->plan;
    const int64_t count = (int64_t)plan->block_count;
    Status status = STATUS_OK;
#pragma omp parallel for num_threads(plan->threads) schedule(dynamic)
    for (int64_t b = 0; b < count; b++) {
        Error here;
        Worker *worker = &round->workers[threads_current()];
        if (walk_block(round, worker, &plan->blocks[b], pass, &here)) {
#pragma omp critical(phrases)
            *error = here, status = here.status;
        }
    }
    return status;
}

static double npmi_of(const Round *round, const NgramEntry *entry)
{
    const double *tokens = round->plan->words->tokens;
    const WordId *words = entry->ngram.words;
    int last = 1;
    while (last + 1 < PHRASE_WORDS_MAX && words[last + 1] != WORD_NONE) {
        last++;
    }
    const double together = logarithm((double)entry->tokens), all = logarithm(round->all_tokens);
    const double apart = logarithm(tokens[words[0]]) + logarithm(tokens[words[last]]);
    const double npmi = all > together ? (together + all - apart) / (all - together) : 1.0;
    return npmi < 1.0 ? npmi : 1.0; /* which rounding could exceed */
}

/* The words of an n-gram with `between` them. */
static Status spell(const Vocabulary *words, const Ngram *ngram, char between, Buffer *text,
                    Error *error)
{
    Status status = STATUS_OK;
    buffer_clear(text);
    for (int i = 0; i < NGRAM_WORDS && ngram->words[i] != WORD_NONE && !status; i++) {
        status = i ? buffer_append_byte(text, between, error) : STATUS_OK;
        status = status ? status
                        : buffer_append_text(text, vocabulary_word(words, ngram->words[i]), error);
    }
    return status;
}

/* Sums up the threads' candidates in the first thread's table. */
static Status join_candidates(Round *round, Error *error)
{
    NgramTable *all = &round->workers[0].candidates;
    Status status = STATUS_OK;
    for (int t = 1; t < round->plan->threads && !status; t++) {
        const NgramTable *table = &round->workers[t].candidates;
        for (uint32_t i = 0; i < table->count && !status; i++) {
            uint32_t number;
            const NgramEntry *entry = &table->entries[i];
            status = ngram_table_add(all, &entry->ngram, ngram_hash(&entry->ngram), &number, error);
            all->entries[status ? 0 : number].tokens += status ? 0 : entry->tokens;
        }
    }
    return status;
}

static Status find_phrases(Round *round, Phrases *found, Error *error)
{
    const PhrasePlan *plan = round->plan;
    const NgramTable *all = &round->workers[0].candidates;
    Buffer text = {0};
    Status status = sketch_begin(&round->sketch, (int64_t)round->all_tokens, plan->threads, error);
    status = status ? status : walk_blocks(round, PASS_SKETCH, error);
    status = status ? status : walk_blocks(round, PASS_COUNT, error);
    status = status ? status : join_candidates(round, error);
    for (uint32_t i = 0; i < all->count && !status; i++) {
        const NgramEntry *entry = &all->entries[i];
        const double npmi = entry->tokens < PHRASE_TOKENS_LEAST ? -1.0 : npmi_of(round, entry);
        if (npmi < plan->npmi_least) {
            continue;
        }
        uint32_t number;
        status = ngram_table_add(&round->phrases, &entry->ngram, ngram_hash(&entry->ngram), &number,
                                 error);
        status = status ? status : spell(&plan->words->words, &entry->ngram, ' ', &text, error);
        if (!status) {
            status =
                phrases_add(found, text.bytes, round->number, (int64_t)entry->tokens, npmi, error);
        }
    }
    buffer_free(&text);
    return status;
}

/* Those of the given phrases whose words are all there. */
static Status take_given(Round *round, Error *error)
{
    const Vocabulary *all = &round->plan->words->words;
    Status status = STATUS_OK;
    for (size_t i = 0; i < round->plan->given->count && !status; i++) {
        const Phrase *phrase = &round->plan->given->items[i];
        WordId words[PHRASE_WORDS_MAX + 1];
        int count = 0;
        for (const char *at = phrase->words; *at && count <= PHRASE_WORDS_MAX;) {
            const size_t length = strcspn(at, " ");
            words[count] = vocabulary_find(all, at, length);
            count = words[count] == WORD_NONE ? PHRASE_WORDS_MAX + 1 : count + 1;
            at += length + (at[length] == ' ');
        }
        if (phrase->round == round->number && count >= 2 && count <= PHRASE_WORDS_MAX) {
            const Ngram ngram = ngram_of(words, count);
            uint32_t number;
            status = ngram_table_add(&round->phrases, &ngram, ngram_hash(&ngram), &number, error);
        }
    }
    return status;
}

/* ---- joining ---- */

/* Gives every phrase of the round a word. */
static Status name_phrases(Round *round, Error *error)
{
    Buffer text = {0};
    Status status = STATUS_OK;
    Vocabulary *words = &round->plan->words->words;
    round->joined = memory_new(round->phrases.count, sizeof *round->joined, error);
    status = round->joined ? STATUS_OK : error_status(error);
    for (uint32_t i = 0; i < round->phrases.count && !status; i++) {
        status = spell(words, &round->phrases.entries[i].ngram, '_', &text, error);
        if (!status) {
            status = vocabulary_add(words, text.bytes, text.length, &round->joined[i], error);
        }
    }
    buffer_free(&text);
    return status;
}

/* Writes a document's words to `to`, phrases joined; returns how many there are. */
static uint32_t join_document(const Round *round, const Tokens *tokens, int64_t *joins, WordId *to)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < tokens->count;) {
        Ngram candidate;
        const uint32_t length = candidate_at(round, tokens, i, &candidate);
        const uint32_t number =
            length ? ngram_table_find(&round->phrases, &candidate, ngram_hash(&candidate))
                   : WORD_NONE;
        const bool joins_here = number != WORD_NONE;
        to[count++] = joins_here ? round->joined[number] : token_word(tokens, i);
        joins[joins_here ? number : 0] += joins_here;
        i += joins_here ? length : 1;
    }
    return count;
}

/* Counts a document's words anew. */
static uint32_t *count_document(Worker *worker, const WordId *words, uint32_t count,
                                uint32_t *packed, uint32_t *length)
{
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < count; i++) {
        WordTally *tally = &worker->tallies[words[i]];
        worker->seen[distinct] = words[i]; /* there is room for every word and this */
        distinct += tally->now == 0;
        tally->now++;
    }
    for (uint32_t i = 0; i < distinct; i++) {
        WordTally *tally = &worker->tallies[worker->seen[i]];
        packed = pair_pack(packed, worker->seen[i], tally->now);
        tally->documents++;
        tally->tokens += tally->now;
        tally->now = 0;
    }
    *length = distinct;
    return packed;
}

/* The same block with joined phrases, under the numbers among all words. */
static Status join_opened(const Round *round, Worker *worker, const CountBlock *from,
                          const WordId *numbers, CountBlock *to, Error *error)
{
    const size_t documents = (size_t)from->documents;
    to->documents = from->documents;
    to->lengths = memory_new(documents, sizeof *to->lengths, error);
    to->tokens = memory_new(documents, sizeof *to->tokens, error);
    to->order = memory_new(from->order_count, sizeof *to->order, error);
    Status status = to->lengths && to->tokens && to->order ? STATUS_OK : error_status(error);
    if (!status) {
        status = memory_reserve(&worker->packed, &worker->packed_capacity,
                                PACKED_PAIR_MAX * from->order_count, sizeof *worker->packed, error);
    }
    if (status) {
        return status;
    }
    Tokens tokens = {.at = from->order, .numbers = numbers};
    uint32_t *end = worker->packed;
    for (size_t d = 0; d < documents; d++) {
        tokens.count = from->tokens[d];
        WordId *joined = to->order + to->order_count;
        to->tokens[d] = join_document(round, &tokens, worker->joins, joined);
        end = count_document(worker, joined, to->tokens[d], end, &to->lengths[d]);
        to->order_count += to->tokens[d];
        tokens.at += tokens.count;
    }
    to->packed_count = (size_t)(end - worker->packed);
    to->packed = memory_new(to->packed_count, sizeof *to->packed, error);
    if (to->packed && to->packed_count) {
        memcpy(to->packed, worker->packed, to->packed_count * sizeof *to->packed);
    }
    return to->packed ? STATUS_OK : error_status(error);
}

static Status join_block(const Round *round, Worker *worker, CollectedBlock *collected,
                         Error *error)
{
    CountBlock view, joined = {0};
    const WordId *numbers = round->plan->words->numbers[collected->counter].of;
    const bool spilled = collected->block.file;
    Status status = count_block_open(&collected->block, &view, error);
    if (status) {
        return status;
    }
    status = join_opened(round, worker, &view, numbers, &joined, error);
    count_block_close(&collected->block, &view);
    if (!status && spilled) {
        status = count_block_spill(&joined, round->plan->file, error);
    }
    if (status) {
        count_block_free(&joined);
        return status;
    }
    count_block_free(&collected->block);
    collected->block = joined;
    collected->counter = 0;
    return STATUS_OK;
}

static Status reserve_tallies(Round *round, Error *error)
{
    const size_t words = round->plan->words->words.count;
    for (int t = 0; t < round->plan->threads; t++) {
        Worker *worker = &round->workers[t];
        worker->tallies = memory_new(words, sizeof *worker->tallies, error);
        worker->seen = memory_new(words + 1, sizeof *worker->seen, error);
        worker->joins = memory_new(round->phrases.count, sizeof *worker->joins, error);
        if (!worker->tallies || !worker->seen || !worker->joins) {
            return error_status(error);
        }
    }
    return STATUS_OK;
}

/* All blocks have the numbers of all words from here on; what each counter's were is forgotten. */
static Status renumber(const Round *round, Error *error)
{
    CollectedWords *all = round->plan->words;
    const uint32_t words = all->words.count;
    for (int c = 0; c < all->counters; c++) {
        free(all->numbers[c].of);
        all->numbers[c] = (WordNumbers){0};
    }
    all->counters = 1;
    free(all->documents);
    free(all->tokens);
    all->documents = memory_new(words, sizeof *all->documents, error);
    all->tokens = memory_new(words, sizeof *all->tokens, error);
    all->numbers[0] = (WordNumbers){.of = memory_new(words, sizeof(WordId), error), .count = words};
    if (!all->documents || !all->tokens || !all->numbers[0].of) {
        return error_status(error);
    }
    for (WordId w = 0; w < words; w++) {
        all->numbers[0].of[w] = w;
        for (int t = 0; t < round->plan->threads; t++) {
            all->documents[w] += round->workers[t].tallies[w].documents;
            all->tokens[w] += (double)round->workers[t].tallies[w].tokens;
        }
    }
    return STATUS_OK;
}

static Status join_blocks(Round *round, Error *error)
{
    const PhrasePlan *plan = round->plan;
    const int64_t count = (int64_t)plan->block_count;
    Status status = name_phrases(round, error);
    status = status ? status : reserve_tallies(round, error);
    if (status) {
        return status;
    }
#pragma omp parallel for num_threads(plan->threads) schedule(dynamic)
    for (int64_t b = 0; b < count; b++) {
        Error here;
        if (join_block(round, &round->workers[threads_current()], &plan->blocks[b], &here)) {
#pragma omp critical(phrases)
            *error = here, status = here.status;
        }
    }
    return status ? status : renumber(round, error);
}

/* Of the phrases that were found in this round, the last, keeps those that were joined: what begins
 * within another one was not. */
static void keep_joined(const Round *round, Phrases *found)
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

/* ---- rounds ---- */

/* Phrases are told by their words with blanks in between. */
static Status check_words(const Vocabulary *words, Error *error)
{
    for (WordId w = 0; w < words->count; w++) {
        if (strchr(vocabulary_word(words, w), ' ')) {
            error_set(error, STATUS_INPUT, "phrases: '%.100s' is one word with a blank in it",
                      vocabulary_word(words, w));
            return error_hint(error, "phrases need a token pattern that takes no blanks");
        }
    }
    return STATUS_OK;
}

static Status begin_round(Round *round, Error *error)
{
    const PhrasePlan *plan = round->plan;
    const Vocabulary *words = &plan->words->words;
    if (check_words(words, error)) {
        return error_status(error);
    }
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

static void end_round(Round *round)
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
        Round round = {.plan = plan, .number = number};
        status = begin_round(&round, error);
        if (!status) {
            status = plan->given ? take_given(&round, error) : find_phrases(&round, found, error);
        }
        any = round.phrases.count > 0;
        if (!status && any) {
            status = join_blocks(&round, error);
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
