#include "corpus/recognise.h"

#include "corpus/container.h"
#include "corpus/encoding.h"
#include "corpus/reader.h"
#include "corpus/sniff.h"

#include <string.h>
#include <strings.h>

/* Whether a name has one of these endings, which packing may have put another behind. */
static bool has_ending(const char *name, const char *const *endings)
{
    const size_t length = archive_name_length(name);
    for (; *endings; endings++) {
        const size_t behind = strlen(*endings);
        if (length >= behind && strncasecmp(name + length - behind, *endings, behind) == 0) {
            return true;
        }
    }
    return false;
}

bool name_is_of_tabs(const char *name)
{
    return has_ending(name, (const char *const[]){".tsv", ".tab", NULL});
}

bool name_is_of_table(const char *name)
{
    return name_is_of_tabs(name) || has_ending(name, (const char *const[]){".csv", NULL});
}

bool name_is_of_json_lines(const char *name)
{
    return has_ending(name, (const char *const[]){".jsonl", ".ndjson", NULL});
}

bool name_is_of_json(const char *name)
{
    return name_is_of_json_lines(name) || has_ending(name, (const char *const[]){".json", NULL});
}

bool options_ask_for_table(const CorpusOptions *options)
{
    return options->text_column || options->id_column || options->date_column ||
           options->delimiter || options->quote || options->header != CORPUS_HEADER_AUTO;
}

bool options_ask_for_json(const CorpusOptions *options)
{
    return options->text_field || options->id_field || options->date_field;
}

/* ---- by how it begins ---- */

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) {
        at++;
    }
    return at;
}

/* An object with a member, or an array that begins with an object. */
static bool begins_as_json(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    const bool marked = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    const char *at = skip_blanks(bytes + (marked ? 3 : 0), end);
    const char *second = at < end ? skip_blanks(at + 1, end) : end;
    return second < end && ((*at == '{' && *second == '"') || (*at == '[' && *second == '{'));
}

static Status recognise_content(const CorpusOptions *options, const char *name, Stream *stream,
                                CorpusFormat *format, Error *error)
{
    size_t length;
    Status status = stream_fill(stream, READER_SAMPLE_BYTES, error);
    const char *bytes = stream_ahead(stream, &length);
    bool is_table = false;
    if (!status && begins_as_json(bytes, length)) {
        *format = FORMAT_JSON;
    } else if (!status) {
        status = sniff_is_table(options, name, stream, &is_table, error);
        *format = is_table ? FORMAT_TABLE : FORMAT_TEXT;
    }
    return status;
}

/* ---- altogether ---- */

/* What the options ask for, and which names are meant by that. */
static bool recognise_options(const CorpusOptions *options, const char *name, bool single,
                              CorpusFormat *format, const char **reason)
{
    if (options->lines || options->rows) {
        *format = options->rows ? FORMAT_TABLE : FORMAT_LINES;
        return true;
    }
    if (options_ask_for_table(options)) {
        *format = FORMAT_TABLE;
        *reason = single || name_is_of_table(name) ? NULL : "not named as a table (.csv, .tsv)";
        return true;
    }
    if (options_ask_for_json(options)) {
        *format = FORMAT_JSON;
        *reason =
            single || name_is_of_json(name) ? NULL : "not named as JSON (.json, .jsonl, .ndjson)";
        return true;
    }
    return false;
}

Status recognise(const CorpusOptions *options, const char *name, Stream *stream, bool single,
                 CorpusFormat *format, const char **reason, Error *error)
{
    *format = FORMAT_TEXT;
    Status status = STATUS_OK;
    if (recognise_options(options, name, single, format, reason)) {
        status = *reason ? STATUS_OK : stream_fill(stream, READER_SAMPLE_BYTES, error);
    } else if (!single || has_ending(name, (const char *const[]){".txt", ".text", NULL})) {
        return STATUS_OK;
    } else if (name_is_of_table(name) || name_is_of_json(name)) {
        *format = name_is_of_table(name) ? FORMAT_TABLE : FORMAT_JSON;
        status = stream_fill(stream, READER_SAMPLE_BYTES, error);
    } else {
        status = recognise_content(options, name, stream, format, error);
    }
    if (!status && !*reason && *format != FORMAT_TEXT) {
        size_t length;
        const char *bytes = stream_ahead(stream, &length);
        *reason = encoding_refusal(bytes, length);
    }
    return status;
}
