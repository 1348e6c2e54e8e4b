#include "text/stopwords.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A language whose list covers less of the corpus than this is not the corpus' language. Function
 * words make up a third to a half of running text. */
static const double COVERAGE_MIN = 0.1;

enum { LIST_BYTES_MAX = 64 << 20 };

/* Adds every token of one line, up to a # if there is one. */
static Status add_line(Vocabulary *words, Tokenizer *tokenizer, const char *line, size_t length,
                       Error *error)
{
    const char *comment = memchr(line, '#', length);
    Status status =
        tokenizer_start(tokenizer, line, comment ? (size_t)(comment - line) : length, error);
    while (!status) {
        Token token;
        bool found;
        WordId ignored;
        status = tokenizer_next(tokenizer, &token, &found, error);
        if (status || !found) {
            break;
        }
        status = vocabulary_add(words, token.bytes, token.length, &ignored, error);
    }
    return status;
}

static Status add_list(Vocabulary *words, Tokenizer *tokenizer, const char *list, Error *error)
{
    Status status = STATUS_OK;
    while (*list && !status) {
        size_t length = strcspn(list, "\n");
        status = add_line(words, tokenizer, list, length, error);
        list += length + (list[length] == '\n');
    }
    return status;
}

static const StopLanguage *find_language(const char *name)
{
    for (const StopLanguage *language = stop_languages; language->name; language++) {
        if (strcmp(name, language->name) == 0 || strcmp(name, language->code) == 0) {
            return language;
        }
    }
    return NULL;
}

static Status set_unknown(const char *name, Error *error)
{
    Buffer languages = {0};
    Status status = STATUS_OK;
    for (const StopLanguage *language = stop_languages; language->name && !status; language++) {
        status = buffer_print(&languages, error, "%s, ", language->name);
    }
    if (!status) {
        error_set(error, STATUS_USAGE, "stop words: '%s' is neither a language nor a file", name);
        status =
            error_hint(error, "give %sauto, none or the path of a list", buffer_text(&languages));
    }
    buffer_free(&languages);
    return status;
}

/* A list of the user's: also a pipe, as the shell's <(command) gives one. */
static Status add_file(Vocabulary *words, Tokenizer *tokenizer, const char *path, Error *error)
{
    Buffer list = {0};
    struct stat facts;
    if (stat(path, &facts) != 0 ? errno == ENOENT : S_ISDIR(facts.st_mode)) {
        return set_unknown(path, error);
    }
    FILE *file = fopen(path, "rbe");
    if (!file) {
        return error_set(error, STATUS_INPUT, "%s: cannot be read (%s)", path, strerror(errno));
    }
    Status status = file_read_stream(file, path, LIST_BYTES_MAX, &list, error);
    fclose(file);
    const char *text = buffer_text(&list);
    if (!status &&
        (utf8_valid_length(text, list.length) < list.length || memchr(text, '\0', list.length))) {
        status = error_set(error, STATUS_INPUT, "stop words: %s: is not UTF-8 text", path);
    }
    if (!status) {
        text += strncmp(text, "\xEF\xBB\xBF", 3) ? 0 : 3;
        status = add_list(words, tokenizer, text, error);
    }
    buffer_free(&list);
    return status;
}

static Status add_named(StopWords *stop, Tokenizer *tokenizer, const char *name, Error *error)
{
    const StopLanguage *language = find_language(name);
    if (strcmp(name, "none") == 0) {
        return STATUS_OK;
    }
    if (strcmp(name, "auto") == 0) {
        stop->automatic = true;
        return STATUS_OK;
    }
    return language ? add_list(&stop->words, tokenizer, language->list, error)
                    : add_file(&stop->words, tokenizer, name, error);
}

Status stopwords_read(const char *specification, Tokenizer *tokenizer, StopWords *stop,
                      Error *error)
{
    Status status = STATUS_OK;
    for (const char *at = specification; !status;) {
        size_t length = strcspn(at, ",");
        char *name = memory_copy_text(at, length, error);
        status = name ? add_named(stop, tokenizer, name, error) : error_status(error);
        free(name);
        if (!at[length]) {
            break;
        }
        at += length + 1;
    }
    return status;
}

const char *stopwords_only_language(const char *specification)
{
    const char *only = NULL;
    for (const char *at = specification;;) {
        const size_t length = strcspn(at, ",");
        for (const StopLanguage *language = stop_languages; language->name; language++) {
            if ((strncmp(at, language->name, length) == 0 && !language->name[length]) ||
                (strncmp(at, language->code, length) == 0 && !language->code[length])) {
                if (only && only != language->name) {
                    return NULL;
                }
                only = language->name;
            }
        }
        if (length == strlen("auto") && memcmp(at, "auto", length) == 0) {
            return NULL;
        }
        if (!at[length]) {
            return only;
        }
        at += length + 1;
    }
}

static double coverage(const Vocabulary *stop, const Vocabulary *vocabulary,
                       const double *term_frequency)
{
    double all = 0.0, covered = 0.0;
    for (WordId id = 0; id < vocabulary->count; id++) {
        all += term_frequency[id];
        if (vocabulary_find(stop, vocabulary_word(vocabulary, id),
                            vocabulary_word_length(vocabulary, id)) != WORD_NONE) {
            covered += term_frequency[id];
        }
    }
    return all > 0.0 ? covered / all : 0.0;
}

Status stopwords_resolve(StopWords *stop, Tokenizer *tokenizer, const Vocabulary *vocabulary,
                         const double *term_frequency, Error *error)
{
    assert(stop->automatic);
    const StopLanguage *best = NULL;
    double best_coverage = 0.0;
    for (const StopLanguage *language = stop_languages; language->name; language++) {
        Vocabulary words = {0};
        Status status = add_list(&words, tokenizer, language->list, error);
        double covered = status ? 0.0 : coverage(&words, vocabulary, term_frequency);
        vocabulary_free(&words);
        if (status) {
            return status;
        }
        if (covered > best_coverage) {
            best = language;
            best_coverage = covered;
        }
    }
    stop->automatic = false;
    if (!best || best_coverage < COVERAGE_MIN) {
        return STATUS_OK;
    }
    stop->language = best->name;
    stop->coverage = best_coverage;
    return add_list(&stop->words, tokenizer, best->list, error);
}

void stopwords_free(StopWords *stop)
{
    vocabulary_free(&stop->words);
    *stop = (StopWords){0};
}
