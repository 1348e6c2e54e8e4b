#include "corpus/corpus.h"

#include "corpus/decoder.h"
#include "corpus/recognise.h"

#include <string.h>

const CorpusOptions corpus_defaults = {
    .limits =
        {
            .document_bytes = 1 << 30,
            .entries = 100000000,
            .unpacked_free = 64 << 20,
            .ratio = 250.0,
        },
};

const char *const corpus_header_names[] = {"auto", "yes", "no", NULL};
const char *const corpus_line_names[] = {"text", "id+text", "id+label+text", NULL};

/* Whether an option is one printable ASCII character, or the word that stands for one. */
static bool is_character(const char *option, const char *word)
{
    return !option || strcmp(option, word) == 0 ||
           (option[0] >= ' ' && option[0] <= '~' && option[1] == '\0');
}

Status corpus_options_check(const CorpusOptions *options, Error *error)
{
    const int formats =
        options->lines + options_ask_for_table(options) + options_ask_for_json(options);
    const char *delimiter = options->delimiter, *quote = options->quote;
    if (formats > 1) {
        return error_set(error, STATUS_USAGE,
                         "--lines, the options for columns and those for fields exclude each "
                         "other: a file has one format");
    }
    if (options->line != CORPUS_LINE_TEXT && !options->lines) {
        return error_set(error, STATUS_USAGE, "--line-fields has a meaning with --lines only");
    }
    if (!is_character(delimiter, "tab") && strcmp(delimiter, "\t") != 0 &&
        strcmp(delimiter, "\\t") != 0) {
        return error_set(error, STATUS_USAGE,
                         "--delimiter: '%s' is no delimiter (one character or tab was expected)",
                         delimiter);
    }
    if (!is_character(quote, "none")) {
        return error_set(error, STATUS_USAGE,
                         "--quote: '%s' is no quote (one character or none was expected)", quote);
    }
    Status status = decoder_check(options->encoding, error);
    if (status) {
        return status;
    }
    if (delimiter && quote && strcmp(delimiter, quote) == 0) {
        return error_set(error, STATUS_USAGE, "--delimiter and --quote are the same character");
    }
    return STATUS_OK;
}
