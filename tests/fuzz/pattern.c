/* Token patterns. Whatever the pattern and the text: it is refused, or its limit of steps is
 * reached, or tokens come out that are UTF-8 in the order of the text; and where texts may be cut
 * into runs the counts are those of the whole text.
 *
 * Input: the pattern, a line end, the text. */
#include "counting.h"

static void check_tokens(const TokenizerOptions *options, const Buffer *text)
{
    Tokenizer *tokenizer;
    Error error = {0};
    Token token;
    bool found = true;
    REQUIRE_OK(tokenizer_new(options, &tokenizer, &error), &error);
    Status status = tokenizer_start(tokenizer, buffer_text(text), text->length, &error);
    REQUIRE_OK(status, &error);
    int64_t kept = 0;
    while (!(status = tokenizer_next(tokenizer, &token, &found, &error)) && found) {
        REQUIRE(token.length > 0);
        REQUIRE(utf8_valid_length(token.bytes, token.length) == token.length);
        REQUIRE(memchr(token.bytes, '\0', token.length) == NULL);
        kept++;
    }
    REQUIRE(status == STATUS_OK || (status == STATUS_FAILED && error.message[0]));
    const TokenizerTally *tally = tokenizer_tally(tokenizer);
    REQUIRE(status ||
            tally->matched == kept + tally->too_short + tally->too_long + tally->without_letter);
    tokenizer_free(tokenizer);
}

static void check_roads(const TokenizerOptions *options, const Buffer *text)
{
    Road roads[3] = {0};
    for (int i = 0; i < 3; i++) {
        REQUIRE_OK(road_begin(&roads[i], options, i == 0), &roads[i].error);
    }
    roads[2].counter.runs.runs_max = 2;
    for (int times = 0; times < 2; times++) { /* the second time runs are known */
        for (int i = 0; i < 3; i++) {
            road_add(&roads[i], buffer_text(text), text->length);
        }
    }
    require_same_roads(roads, 3);
    for (int i = 0; i < 3; i++) {
        road_end(&roads[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzInput input = {data, size};
    Buffer text = {0};
    char *pattern = fuzz_text(fuzz_until(&input, '\n'));
    TokenizerOptions options = tokenizer_defaults;
    options.pattern = pattern;
    options.graphemes_min = 1;
    options.keep_numbers = true;
    Tokenizer *tokenizer = NULL;
    Error error = {0};
    Status status = tokenizer_new(&options, &tokenizer, &error);
    REQUIRE(status == STATUS_OK || (status == STATUS_USAGE && error.message[0]));
    if (!status) {
        make_text(input, &text);
        check_tokens(&options, &text);
        if (tokenizer_run_bytes(tokenizer)) {
            check_roads(&options, &text);
        }
        tokenizer_free(tokenizer);
    }
    buffer_free(&text);
    free(pattern);
    return 0;
}
