/* themata tokens: how a text is cut, for people who tune patterns. */
#include "app/cleaning.h"
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/messages.h"
#include "base/file.h"
#include "corpus/decoder.h"
#include "corpus/encoding.h"
#include "text/soft_hyphen.h"
#include "text/tokenizer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { BYTES_MOST = 1 << 28 }; /* it is to be looked at */

/* Decodes all of a stream that begins in memory. */
static Status decode(const Buffer *bytes, const char *encoding, Decoder *decoder, Stream *memory,
                     Stream **stream, Error *error)
{
    Status status = stream_begin_memory(memory, buffer_text(bytes), bytes->length, error);
    *stream = memory;
    if (!status) {
        status = decoder_begin(decoder, encoding, stream, error);
    }
    return status ? status : stream_fill(*stream, SIZE_MAX, error);
}

static Status read_text(const char *path, const char *encoding, Buffer *text, Error *error)
{
    Buffer bytes = {0};
    Decoder decoder = {0};
    Stream memory = {0}, *stream = &memory;
    const bool is_input = strcmp(path, "-") == 0;
    int64_t repaired = 0;
    size_t length;
    char reason[160];
    Status status = is_input ? file_read_stream(stdin, "standard input", BYTES_MOST, &bytes, error)
                             : file_read(path, BYTES_MOST, &bytes, error);
    if (!status) {
        status = decode(&bytes, encoding, &decoder, &memory, &stream, error);
    }
    const char *decoded = stream_ahead(stream, &length);
    const char *refusal = status ? NULL : encoding_refusal(decoded, length);
    if (refusal) {
        status =
            error_set(error, STATUS_INPUT, "%s: %s", is_input ? "standard input" : path, refusal);
    }
    if (!status) {
        status = encoding_to_utf8(decoded, length, text, &repaired, error);
    }
    if (!status && repaired > 0) {
        message_warning("not UTF-8: %" PRId64 " byte%s read as Windows-1252", repaired,
                        plural(repaired));
    }
    if (!status && decoder_describe(&decoder, reason)) {
        message_warning("%s", reason);
    }
    decoder_free(&decoder);
    stream_free(&memory);
    buffer_free(&bytes);
    return status;
}

/* Takes out of the text what the options ask for. */
static Status clean(const Options *options, Buffer *text, Error *error)
{
    CleanOptions rules = {0};
    Cleaner *cleaner = NULL;
    const char *cleaned;
    size_t length;
    Status status = cleaning_options(options, &rules, error);
    if (!status) {
        status = cleaner_new(&rules, &cleaner, error);
    }
    if (!status) {
        status = cleaner_apply(cleaner, buffer_text(text), text->length, &cleaned, &length, error);
    }
    if (!status && cleaned != buffer_text(text)) {
        buffer_clear(text);
        status = buffer_append(text, cleaned, length, error);
    }
    cleaner_free(cleaner);
    clean_options_free(&rules);
    return status;
}

static Status print_tokens(Tokenizer *tokenizer, const Buffer *text, Error *error)
{
    Token token;
    bool found = true;
    Status status = tokenizer_start(tokenizer, buffer_text(text), text->length, error);
    while (!status && found) {
        status = tokenizer_next(tokenizer, &token, &found, error);
        if (!status && found) {
            fwrite(token.bytes, 1, token.length, stdout);
            putchar('\n');
        }
    }
    return status;
}

static void say_tally(const TokenizerTally *tally)
{
    message_line("%" PRId64 " token%s; dropped: %" PRId64 " without a letter, %" PRId64
                 " too short, %" PRId64 " too long",
                 tally->matched, plural(tally->matched), tally->without_letter, tally->too_short,
                 tally->too_long);
}

Status tokens_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    (void)exit_code;
    Buffer text = {0};
    Tokenizer *tokenizer = NULL;
    Status status = tokenizer_new(&options->tokenizer, &tokenizer, error);
    if (!status) {
        status = read_text(options->arguments[0], options->corpus.encoding, &text, error);
    }
    if (!status) {
        status = clean(options, &text, error);
    }
    if (!status) {
        soft_hyphens_join(&text);
        status = print_tokens(tokenizer, &text, error);
    }
    if (!status && !options->quiet) {
        say_tally(tokenizer_tally(tokenizer));
    }
    tokenizer_free(tokenizer);
    buffer_free(&text);
    return status;
}
