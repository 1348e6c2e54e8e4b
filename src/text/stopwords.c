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
 * words make up a third to a half of running text, and a fifth of headlines. */
static const double COVERAGE_MIN = 0.1;

/* Nor is it one whose list covers this much only by a few words: na, te, ta are among the shortest
 * of many languages that have nothing else in common. Of the 388 translations of the Universal
 * Declaration of Human Rights those of the lists' languages reach 0.17 without the five words that
 * cover most, unrelated ones stay below 0.05; headlines of research papers are at 0.08. A text of
 * less than so many tokens is too short for this. */
static const double REST_MIN = 0.07, REST_TOKENS_MIN = 200.0;
enum { REST_WITHOUT = 5 };

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

Status stopwords_of_language(const StopLanguage *language, Tokenizer *tokenizer, Vocabulary *words,
                             Error *error)
{
    return add_list(words, tokenizer, language->list, error);
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

/* How much of a corpus a list covers. */
typedef struct Coverage {
    double share; /* of the tokens */
    double rest;  /* without the REST_WITHOUT words of the list that are most frequent in it */
} Coverage;

/* Puts a frequency among the largest, which are falling. */
static void keep_largest(double largest[REST_WITHOUT], double frequency)
{
    for (int i = 0; i < REST_WITHOUT; i++) {
        if (frequency > largest[i]) {
            const double smaller = largest[i];
            largest[i] = frequency;
            frequency = smaller;
        }
    }
}

/* Of the words of `stop` that are not in `but`, too. */
static Coverage coverage(const Vocabulary *stop, const Vocabulary *but,
                         const Vocabulary *vocabulary, const double *term_frequency)
{
    double all = 0.0, covered = 0.0, largest[REST_WITHOUT] = {0.0};
    for (WordId id = 0; id < vocabulary->count; id++) {
        all += term_frequency[id];
        const char *word = vocabulary_word(vocabulary, id);
        const size_t length = vocabulary_word_length(vocabulary, id);
        if (vocabulary_find(stop, word, length) != WORD_NONE &&
            vocabulary_find(but, word, length) == WORD_NONE) {
            covered += term_frequency[id];
            keep_largest(largest, term_frequency[id]);
        }
    }
    double rest = covered;
    for (int i = 0; i < REST_WITHOUT && all >= REST_TOKENS_MIN; i++) {
        rest -= largest[i];
    }
    return all > 0.0 ? (Coverage){.share = covered / all, .rest = rest / all} : (Coverage){0};
}

static bool is_enough(Coverage found)
{
    return found.share >= COVERAGE_MIN && found.rest >= REST_MIN;
}

/* The best of the lists in `candidates` (bits, as in stop_languages) without the words of `but`;
 * NULL if none is enough. Leaves in *candidates those that are. */
static Status find_best(uint64_t *candidates, const Vocabulary *but, Tokenizer *tokenizer,
                        const Vocabulary *vocabulary, const double *term_frequency,
                        const StopLanguage **best, double *share, Error *error)
{
    *best = NULL;
    *share = 0.0;
    for (int i = 0; stop_languages[i].name; i++) {
        const uint64_t bit = UINT64_C(1) << i;
        Vocabulary words = {0};
        if (!(*candidates & bit)) {
            continue;
        }
        Status status = add_list(&words, tokenizer, stop_languages[i].list, error);
        const Coverage found =
            status ? (Coverage){0} : coverage(&words, but, vocabulary, term_frequency);
        vocabulary_free(&words);
        if (status) {
            return status;
        }
        if (!is_enough(found)) {
            *candidates &= ~bit;
        } else if (found.share > *share) {
            *best = &stop_languages[i];
            *share = found.share;
        }
    }
    return STATUS_OK;
}

Status stopwords_add_all(Tokenizer *tokenizer, Vocabulary *words, Error *error)
{
    Status status = STATUS_OK;
    for (int i = 0; stop_languages[i].name && !status; i++) {
        status = add_list(words, tokenizer, stop_languages[i].list, error);
    }
    return status;
}

Status stopwords_resolve(StopWords *stop, Tokenizer *tokenizer, const Vocabulary *vocabulary,
                         const double *term_frequency, Error *error)
{
    assert(stop->automatic);
    const Vocabulary none = {0};
    const StopLanguage *best, *second = NULL;
    uint64_t candidates = UINT64_MAX;
    stop->automatic = false;
    Status status = find_best(&candidates, &none, tokenizer, vocabulary, term_frequency, &best,
                              &stop->coverage, error);
    if (status || !best) {
        return status;
    }
    stop->language = best->name;
    status = add_list(&stop->words, tokenizer, best->list, error);
    if (!status) { /* what is not enough with these words is not enough without */
        status = find_best(&candidates, &stop->words, tokenizer, vocabulary, term_frequency,
                           &second, &stop->second_coverage, error);
    }
    stop->second = second ? second->name : NULL;
    return status;
}

void stopwords_free(StopWords *stop)
{
    vocabulary_free(&stop->words);
    *stop = (StopWords){0};
}
