#include "text/phrase_round.h"

#include "base/logarithm.h"
#include "base/threads.h"

#include <string.h>

typedef enum Pass { PASS_SKETCH, PASS_COUNT } Pass;

static Status take_candidates(PhraseRound *round, PhraseWorker *worker, const PhraseTokens *tokens,
                              Pass pass, Error *error)
{
    Ngram candidate;
    Status status = STATUS_OK;
    for (uint32_t i = 0; i < tokens->count && !status; i++) {
        if (phrase_candidate(round, tokens, i, &candidate) == 0) {
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

static Status walk_block(PhraseRound *round, PhraseWorker *worker, const CollectedBlock *collected,
                         Pass pass, Error *error)
{
    CountBlock view;
    Status status = count_block_open(&collected->block, &view, error);
    if (status) {
        return status;
    }
    PhraseTokens tokens = {
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

static Status walk_blocks(PhraseRound *round, Pass pass, Error *error)
{
    const PhrasePlan *plan = round->plan;
    const int64_t count = (int64_t)plan->block_count;
    Status status = STATUS_OK;
#pragma omp parallel for num_threads(plan->threads) schedule(dynamic)
    for (int64_t b = 0; b < count; b++) {
        Error here;
        PhraseWorker *worker = &round->workers[threads_current()];
        if (walk_block(round, worker, &plan->blocks[b], pass, &here)) {
#pragma omp critical(phrases)
            *error = here, status = here.status;
        }
    }
    return status;
}

static double npmi_of(const PhraseRound *round, const NgramEntry *entry)
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

/* Sums up the threads' candidates in the first thread's table. */
static Status join_candidates(PhraseRound *round, Error *error)
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

Status phrase_round_find(PhraseRound *round, Phrases *found, Error *error)
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
        status =
            status ? status : phrase_write(&plan->words->words, &entry->ngram, ' ', &text, error);
        if (!status) {
            status =
                phrases_add(found, text.bytes, round->number, (int64_t)entry->tokens, npmi, error);
        }
    }
    buffer_free(&text);
    return status;
}

/* Those of the given phrases whose words are all there. */
Status phrase_round_take_given(PhraseRound *round, Error *error)
{
    const Vocabulary *all = &round->plan->words->words;
    Status status = STATUS_OK;
    for (size_t i = 0; i < round->plan->given->count && !status; i++) {
        const Phrase *phrase = &round->plan->given->items[i];
        Ngram ngram;
        uint32_t number;
        if (phrase->round == round->number &&
            ngram_read(all, phrase->words, PHRASE_WORDS_MAX, &ngram)) {
            status = ngram_table_add(&round->phrases, &ngram, ngram_hash(&ngram), &number, error);
        }
    }
    return status;
}
