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
    Road whole = {0}, runs = {0}, small = {0};
    REQUIRE_OK(road_begin(&whole, options, true), &whole.error);
    REQUIRE_OK(road_begin(&runs, options, false), &runs.error);
    REQUIRE_OK(road_begin(&small, options, false), &small.error);
    small.counter.runs.runs_max = 2;
    for (int i = 0; i < 2; i++) { /* the second time runs are known */
        road_add(&whole, buffer_text(text), text->length);
        road_add(&runs, buffer_text(text), text->length);
        road_add(&small, buffer_text(text), text->length);
    }
    require_same_roads(&whole, &runs);
    require_same_roads(&whole, &small);
    road_end(&whole);
    road_end(&runs);
    road_end(&small);
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
