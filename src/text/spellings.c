#include "text/spellings.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* All spellings of all words, and how often each came. */
typedef struct Forms {
    Vocabulary runs;
    WordId *words;    /* of which word, among all, each is a spelling */
    uint64_t *counts; /* how often it came */
    size_t word_capacity;
    size_t count_capacity;
} Forms;

static Status add_form(Forms *forms, const char *run, size_t length, WordId word, uint64_t count,
                       Error *error)
{
    WordId form;
    const uint32_t before = forms->runs.count;
    Status status = vocabulary_add(&forms->runs, run, length, &form, error);
    if (!status) {
        status = memory_reserve(&forms->words, &forms->word_capacity, forms->runs.count,
                                sizeof *forms->words, error);
    }
    if (!status) {
        status = memory_reserve(&forms->counts, &forms->count_capacity, forms->runs.count,
                                sizeof *forms->counts, error);
    }
    if (status) {
        return status;
    }
    forms->words[form] = word;
    forms->counts[form] = (form < before ? forms->counts[form] : 0) + count;
    return STATUS_OK;
}

static Status add_counter(Forms *forms, const Counter *counter, const WordId *numbers,
                          const int64_t *documents, int64_t documents_least, Error *error)
{
    const RunCache *cache = &counter->runs;
    Status status = STATUS_OK;
    for (size_t i = 0; i < cache->slot_count && !status; i++) {
        const RunSlot *slot = &cache->slots[i];
        if (slot->value.length && (slot->value.flags & RUN_SPELLS) &&
            documents[numbers[slot->value.first]] >= documents_least) {
            status = add_form(forms, run_cache_run(cache, slot), slot->value.length,
                              numbers[slot->value.first], (uint64_t)slot->value.found + 1, error);
        }
    }
    return status;
}

/* Whether form a is the better spelling of their word. */
static bool is_better(const Forms *forms, WordId a, WordId b)
{
    if (forms->counts[a] != forms->counts[b]) {
        return forms->counts[a] > forms->counts[b];
    }
    return strcmp(vocabulary_word(&forms->runs, a), vocabulary_word(&forms->runs, b)) > 0;
}

/* best[word] is its most frequent form. */
static WordId *find_best(const Forms *forms, uint32_t words, Error *error)
{
    WordId *best = memory_new(words, sizeof *best, error);
    for (uint32_t w = 0; w < words && best; w++) {
        best[w] = WORD_NONE;
    }
    for (WordId form = 0; form < forms->runs.count && best; form++) {
        WordId *now = &best[forms->words[form]];
        *now = *now == WORD_NONE || is_better(forms, form, *now) ? form : *now;
    }
    return best;
}

Status spellings_add(Spellings *spellings, const char *word, const char *spelling, Error *error)
{
    WordId kept;
    Status status =
        memory_reserve(&spellings->spellings, &spellings->capacity,
                       (size_t)spellings->words.count + 1, sizeof *spellings->spellings, error);
    char *copy = status ? NULL : memory_copy_text(spelling, strlen(spelling), error);
    status = copy ? vocabulary_add(&spellings->words, word, strlen(word), &kept, error)
                  : error_status(error);
    if (status) {
        free(copy);
        return status;
    }
    assert(kept + 1 == spellings->words.count);
    spellings->spellings[kept] = copy;
    return STATUS_OK;
}

/* Those that are not the words themselves. */
static Status keep_others(const Forms *forms, const WordId *best, const Vocabulary *all,
                          Spellings *spellings, Error *error)
{
    Status status = STATUS_OK;
    for (WordId w = 0; w < all->count && !status; w++) {
        const char *word = vocabulary_word(all, w);
        const char *run = best[w] == WORD_NONE ? word : vocabulary_word(&forms->runs, best[w]);
        if (strcmp(word, run) != 0) {
            status = spellings_add(spellings, word, run, error);
        }
    }
    return status;
}

Status spellings_find_all(const Counter *counters, const CollectedWords *collected,
                          int64_t documents_least, Spellings *spellings, Error *error)
{
    Forms forms = {0};
    Status status = STATUS_OK;
    for (int c = 0; c < collected->counters && !status; c++) {
        status = add_counter(&forms, &counters[c], collected->numbers[c].of, collected->documents,
                             documents_least, error);
    }
    WordId *best = status ? NULL : find_best(&forms, collected->words.count, error);
    if (!status) {
        status = best ? keep_others(&forms, best, &collected->words, spellings, error)
                      : error_status(error);
    }
    free(best);
    vocabulary_free(&forms.runs);
    free(forms.words);
    free(forms.counts);
    return status;
}

const char *spellings_of(const Spellings *spellings, const char *word, size_t length)
{
    const WordId id = vocabulary_find(&spellings->words, word, length);
    return id == WORD_NONE ? NULL : spellings->spellings[id];
}

void spellings_free(Spellings *spellings)
{
    for (uint32_t i = 0; i < spellings->words.count; i++) {
        free(spellings->spellings[i]);
    }
    free(spellings->spellings);
    vocabulary_free(&spellings->words);
    *spellings = (Spellings){0};
}
