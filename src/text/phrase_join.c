#include "text/phrase_round.h"

#include "base/memory.h"
#include "base/threads.h"

#include <stdlib.h>
#include <string.h>

/* The words of an n-gram with `between` them. */
Status phrase_write(const Vocabulary *words, const Ngram *ngram, char between, Buffer *text,
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

Status phrase_round_name(PhraseRound *round, Error *error)
{
    Buffer text = {0};
    Status status = STATUS_OK;
    Vocabulary *words = &round->plan->words->words;
    round->joined = memory_new(round->phrases.count, sizeof *round->joined, error);
    status = round->joined ? STATUS_OK : error_status(error);
    for (uint32_t i = 0; i < round->phrases.count && !status; i++) {
        status = phrase_write(words, &round->phrases.entries[i].ngram, '_', &text, error);
        if (!status) {
            status = vocabulary_add(words, text.bytes, text.length, &round->joined[i], error);
        }
    }
    buffer_free(&text);
    return status;
}

/* Writes a document's words to `to`, phrases joined; returns how many there are. */
static uint32_t join_document(const PhraseRound *round, const PhraseTokens *tokens, int64_t *joins,
                              WordId *to)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < tokens->count;) {
        Ngram candidate;
        const uint32_t length = phrase_candidate(round, tokens, i, &candidate);
        const uint32_t number =
            length ? ngram_table_find(&round->phrases, &candidate, ngram_hash(&candidate))
                   : WORD_NONE;
        const bool joins_here = number != WORD_NONE;
        to[count++] = joins_here ? round->joined[number] : phrase_token(tokens, i);
        joins[joins_here ? number : 0] += joins_here;
        i += joins_here ? length : 1;
    }
    return count;
}

/* Counts a document's words anew. */
static uint32_t *count_document(PhraseWorker *worker, const WordId *words, uint32_t count,
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
static Status join_opened(const PhraseRound *round, PhraseWorker *worker, const CountBlock *from,
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
    PhraseTokens tokens = {.at = from->order, .numbers = numbers};
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

static Status join_block(const PhraseRound *round, PhraseWorker *worker, CollectedBlock *collected,
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

static Status reserve_tallies(PhraseRound *round, Error *error)
{
    const size_t words = round->plan->words->words.count;
    for (int t = 0; t < round->plan->threads; t++) {
        PhraseWorker *worker = &round->workers[t];
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
static Status renumber(const PhraseRound *round, Error *error)
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
    if (all->has_rest) {
        all->documents[collected_rest(all)] = 0;
    }
    return STATUS_OK;
}

Status phrase_round_join(PhraseRound *round, Error *error)
{
    const PhrasePlan *plan = round->plan;
    const int64_t count = (int64_t)plan->block_count;
    Status status = phrase_round_name(round, error);
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
