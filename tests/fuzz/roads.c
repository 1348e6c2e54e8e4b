/* Both roads from texts to counts: texts cut into runs that are looked up, and every text through
 * the tokenizer whole. Whatever the texts, words, counts and tallies are the same, with an open
 * vocabulary and with that of a model.
 *
 * Input: a byte that chooses pattern and rules, then documents, separated by the byte 0xFF. */
#include "counting.h"

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

static void check_closed(const TokenizerOptions *options, FuzzInput input, const Vocabulary *all)
{
    Road roads[2] = {0};
    Vocabulary stopped = {0}, ignored = {0};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(road_begin(&roads[i], options, i == 0), &roads[i].error);
        share_out(all, &roads[i].vocabulary, i == 0 ? &stopped : &ignored);
        roads[i].counter.closed = true;
        roads[i].counter.stopped = &stopped;
    }
    add_documents(roads, 2, input);
    require_same_roads(&roads[0], &roads[1]);
    vocabulary_free(&stopped);
    vocabulary_free(&ignored);
    road_end(&roads[0]);
    road_end(&roads[1]);
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
    Road roads[3] = {0};
    for (int i = 0; i < 3; i++) {
        REQUIRE_OK(road_begin(&roads[i], &options, i == 0), &roads[i].error);
    }
    roads[2].counter.runs.runs_max = 3;
    add_documents(roads, 3, input);
    REQUIRE(roads[0].status == STATUS_OK); /* none of these patterns is costly */
    require_same_roads(&roads[0], &roads[1]);
    require_same_roads(&roads[0], &roads[2]);
    check_closed(&options, input, &roads[0].vocabulary);
    for (int i = 0; i < 3; i++) {
        road_end(&roads[i]);
    }
    return 0;
}
