/* Both roads from texts to counts: texts cut into runs that are looked up, and every text through
 * the tokenizer whole. Whatever the texts, words, counts and tallies are the same, with an open
 * vocabulary and with that of a model; pairs of words are counted as a naive count has them; and
 * the words that are found in the texts are those that are counted, at stretches of whole
 * characters.
 *
 * Input: a byte that chooses pattern and rules, and, if it says so, two more that choose a language
 * and its rules; then documents, separated by the byte 0xFF. */
#include "counting.h"

#include "text/language.h"
#include "text/ngrams.h"
#include "text/word_places.h"

enum { PAIRS_MAX = 1 << 14 }; /* more than a text of a fuzz target has */

static const char *const patterns[] = {
    TOKENIZER_DEFAULT_PATTERN,
    "\\w+",
    "\\b\\w\\w+\\b",
    "[\\p{L}\\p{M}]+",
    "[\\w'-]+",
    "\\p{Han}",
    "\\d\\d",
    "[^\\s]+", /* not to be cut into runs */
};

static void add_documents(Road *roads, size_t count, FuzzInput input)
{
    Buffer text = {0};
    do {
        make_text(fuzz_until(&input, 0xFF), &text);
        for (size_t i = 0; i < count; i++) {
            road_add(&roads[i], buffer_text(&text), text.length);
        }
        for (size_t i = 1; i < count; i++) {
            REQUIRE(roads[i].counter.unknown == roads[0].counter.unknown);
        }
    } while (input.length > 0);
    buffer_free(&text);
}

/* Every third word is one of the model's, every third one of its stop words. */
static void share_out(const Vocabulary *all, Vocabulary *known, Vocabulary *stopped)
{
    for (WordId id = 0; id < all->count; id++) {
        WordId ignored;
        Error error;
        Vocabulary *to = id % 3 == 0 ? known : id % 3 == 1 ? stopped : NULL;
        if (to) {
            REQUIRE_OK(vocabulary_add(to, vocabulary_word(all, id), vocabulary_word_length(all, id),
                                      &ignored, &error),
                       &error);
        }
    }
}

/* ---- words in their texts ---- */

/* Whether a character begins at a byte, or the text ends there. */
static bool is_edge(const Buffer *text, size_t at)
{
    return at == text->length || ((unsigned char)text->bytes[at] & 0xC0) != 0x80;
}

static void check_thinned(WordPlaces *places, const Buffer *text)
{
    Error error;
    const size_t before = places->count;
    REQUIRE_OK(word_places_thin(places, text->length, &error), &error);
    REQUIRE(before == 0 || places->count > 0);
    for (size_t i = 1; i < places->count; i++) {
        REQUIRE(places->items[i - 1].end <= places->items[i].begin);
    }
}

/* As many of each word as the counts of this one document say. */
static void require_counted(const WordPlaces *places, const Counts *counts, const Buffer *text)
{
    size_t counted = 0;
    for (int64_t p = 0; p < counts_pairs(counts); p++) {
        uint32_t found = 0;
        for (size_t i = 0; i < places->count; i++) {
            found += places->items[i].word == counts->words[p];
        }
        REQUIRE(found == counts->values[p]);
        counted += found;
    }
    REQUIRE(counted == places->count);
    for (size_t i = 0; i < places->count; i++) {
        const WordPlace place = places->items[i];
        REQUIRE(place.begin < place.end && place.end <= text->length);
        REQUIRE(is_edge(text, place.begin) && is_edge(text, place.end));
    }
}

static void check_places(const TokenizerOptions *options, FuzzInput input, const Vocabulary *known,
                         const Vocabulary *stopped)
{
    const Phrases none = {0};
    const WordRules rules = {.tokenizer = *options,
                             .terms = known,
                             .stopped = stopped,
                             .phrases = &none,
                             .ngrams = ngram_defaults};
    Road road = {.counter = {.known = known, .stopped = stopped}};
    WordFinder *finder;
    WordPlaces places = {0};
    Buffer text = {0};
    Error error;
    REQUIRE_OK(road_begin(&road, options, true), &road.error);
    REQUIRE_OK(word_finder_new(&rules, &finder, &error), &error);
    do {
        make_text(fuzz_until(&input, 0xFF), &text);
        road_add(&road, buffer_text(&text), text.length);
        Counts counts = road_counts(&road);
        REQUIRE_OK(word_finder_find(finder, buffer_text(&text), text.length, &places, &error),
                   &error);
        require_counted(&places, &counts, &text);
        check_thinned(&places, &text);
        counts_free(&counts);
    } while (input.length > 0);
    buffer_free(&text);
    word_places_free(&places);
    word_finder_free(finder);
    road_end(&road);
}

static void check_known(const TokenizerOptions *options, FuzzInput input, const Vocabulary *all)
{
    Road roads[2] = {0};
    Vocabulary known = {0}, stopped = {0};
    share_out(all, &known, &stopped);
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(road_begin(&roads[i], options, i == 0), &roads[i].error);
        roads[i].counter.known = &known;
        roads[i].counter.stopped = &stopped;
    }
    add_documents(roads, 2, input);
    require_same_roads(roads, 2);
    check_places(options, input, &known, &stopped);
    road_end(&roads[0]);
    road_end(&roads[1]);
    vocabulary_free(&known);
    vocabulary_free(&stopped);
}

/* ---- n-grams ---- */

/* Pairs of words, counted as anyone would. */
typedef struct Pairs {
    Vocabulary names;
    int64_t documents[PAIRS_MAX];
    int64_t tokens[PAIRS_MAX];
    int64_t last[PAIRS_MAX]; /* in which document it was seen last, from 1 */
} Pairs;

static void add_pair(Pairs *pairs, const Vocabulary *words, WordId a, WordId b, int64_t document)
{
    Buffer name = {0};
    Error error;
    WordId id;
    REQUIRE_OK(
        buffer_print(&name, &error, "%s %s", vocabulary_word(words, a), vocabulary_word(words, b)),
        &error);
    REQUIRE_OK(vocabulary_add(&pairs->names, name.bytes, name.length, &id, &error), &error);
    REQUIRE(id < PAIRS_MAX);
    pairs->tokens[id]++;
    pairs->documents[id] += pairs->last[id] != document;
    pairs->last[id] = document;
    buffer_free(&name);
}

/* The pairs of a block that one counter has counted. */
static void add_pairs(Pairs *pairs, const CountBlock *block, const CollectedWords *all,
                      const uint8_t *roles)
{
    const WordId *at = block->order;
    for (int64_t d = 0; d < block->documents; d++) {
        WordId before = WORD_NONE;
        for (uint32_t t = 0; t < block->tokens[d]; t++) {
            const WordId word = all->numbers[0].of[*at++];
            if (roles[word] == NGRAM_PART && before != WORD_NONE) {
                add_pair(pairs, &all->words, before, word, d + 1);
            }
            before = roles[word] == NGRAM_PART   ? word
                     : roles[word] == NGRAM_SKIP ? before
                                                 : WORD_NONE;
        }
    }
    REQUIRE(at == block->order + block->order_count);
}

static void require_same_pairs(const NgramCounts *ngrams, const Pairs *pairs)
{
    REQUIRE(ngrams->terms.count == pairs->names.count);
    for (WordId t = 0; t < ngrams->terms.count; t++) {
        const WordId id = vocabulary_find(&pairs->names, vocabulary_word(&ngrams->terms, t),
                                          vocabulary_word_length(&ngrams->terms, t));
        REQUIRE(id != WORD_NONE);
        REQUIRE(ngrams->documents[t] == pairs->documents[id]);
        REQUIRE(ngrams->tokens[t] == (double)pairs->tokens[id]);
    }
}

/* Every seventh word breaks, every fifth is passed over. */
static void check_ngrams(const TokenizerOptions *options, FuzzInput input)
{
    Road road = {.counter = {.keeps_order = true}};
    CollectedBlock block = {0};
    CollectedWords all = {0};
    NgramCounts ngrams = {0};
    Error error;
    static uint8_t roles[PAIRS_MAX];
    Pairs *pairs = calloc(1, sizeof *pairs);
    REQUIRE_OK(road_begin(&road, options, false), &road.error);
    add_documents(&road, 1, input);
    REQUIRE_OK(counter_take(&road.counter, &block.block, &error), &error);
    REQUIRE_OK(collect_words(&road.counter, 1, &all, &error), &error);
    REQUIRE(pairs != NULL && all.words.count <= PAIRS_MAX);
    for (WordId w = 0; w < all.words.count; w++) {
        roles[w] = w % 7 == 6 ? NGRAM_BREAK : w % 5 == 4 ? NGRAM_SKIP : NGRAM_PART;
    }
    const NgramPlan plan = {.options = {1, 2},
                            .blocks = &block,
                            .block_count = 1,
                            .words = &all,
                            .roles = roles,
                            .documents_least = 1,
                            .threads = 1};
    REQUIRE_OK(ngrams_count(&plan, &ngrams, &error), &error);
    add_pairs(pairs, &block.block, &all, roles);
    require_same_pairs(&ngrams, pairs);
    vocabulary_free(&pairs->names);
    free(pairs);
    ngram_counts_free(&ngrams);
    count_block_free(&block.block);
    collected_words_free(&all);
    road_end(&road);
}

/* ---- the choices ---- */

/* The rules of the languages, by two bytes. */
static void choose_language(TokenizerOptions *options, uint8_t which, uint8_t rules)
{
    size_t count = 0;
    while (languages[count].name) {
        count++;
    }
    const Language *language = &languages[which % (count + 1)];
    options->language = language->name; /* the last is none */
    options->stem = rules & 1 && language->name && language->stemmer;
    options->strip_accents = rules >> 1 & 1;
    options->cjk = rules >> 2 & 1 ? CJK_WORDS : CJK_BIGRAMS;
    options->unspaced = rules >> 3 & 1 ? UNSPACED_WHOLE : UNSPACED_AUTO;
    if (strcmp(options->pattern, TOKENIZER_DEFAULT_PATTERN) == 0) {
        options->hyphens = (TokenizerHyphens)((rules >> 4) % 3);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzInput input = {data, size};
    const uint8_t choice = fuzz_byte(&input);
    TokenizerOptions options = tokenizer_defaults;
    options.pattern = patterns[choice & 7];
    options.graphemes_min = 1 + (choice >> 3 & 1);
    options.graphemes_max = choice >> 4 & 1 ? 3 : 64;
    options.keep_numbers = choice >> 5 & 1;
    if (choice >> 6 & 1) {
        const uint8_t which = fuzz_byte(&input);
        choose_language(&options, which, fuzz_byte(&input));
    }
    Road roads[3] = {0};
    for (int i = 0; i < 3; i++) {
        REQUIRE_OK(road_begin(&roads[i], &options, i == 0), &roads[i].error);
    }
    roads[2].counter.runs.runs_max = 3;
    add_documents(roads, 3, input);
    REQUIRE(roads[0].status == STATUS_OK); /* none of these patterns is costly */
    require_same_roads(roads, 3);
    check_known(&options, input, &roads[0].counter.words);
    if (choice >> 7 & 1) {
        check_ngrams(&options, input);
    }
    for (int i = 0; i < 3; i++) {
        road_end(&roads[i]);
    }
    return 0;
}
