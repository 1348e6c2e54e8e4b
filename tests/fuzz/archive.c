/* Archives and all other files as a corpus. Whatever the bytes, and whether they come from a file
 * or a pipe: documents are UTF-8, their ids are different, the limits hold, and a second reading
 * gives the same.
 *
 * Input: a byte that chooses the file's name and whether the checksums of tar headers are put
 * right, so that they are not in the way; then the file. */
#include "fuzz.h"

#include "base/utf8.h"
#include "corpus/corpus.h"
#include "text/vocabulary.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENTRIES_MAX = 50, DOCUMENT_BYTES = 1 << 16, UNPACKED_FREE = 1 << 18, TAR_BLOCK = 512 };

/* Puts the checksum of every block right that calls itself a tar header. */
static void correct_tar(uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at + TAR_BLOCK <= length; at += TAR_BLOCK) {
        uint8_t *block = bytes + at;
        if (memcmp(block + 257, "ustar", 5) == 0) {
            unsigned sum = 0;
            memset(block + 148, ' ', 8);
            for (size_t i = 0; i < TAR_BLOCK; i++) {
                sum += block[i];
            }
            char text[8];
            snprintf(text, sizeof text, "%06o", sum);
            memcpy(block + 148, text, 7);
        }
    }
}

/* One reading as a text. */
static void read_corpus(const char *path, const CorpusOptions *options, Buffer *result)
{
    Corpus *corpus = NULL;
    Document document = {0};
    Error error = {0}, ignored;
    Vocabulary ids = {0};
    bool found = true;
    Status status = corpus_open(path, options, NULL, &corpus, &error);
    while (!status && !(status = corpus_next(corpus, &document, &found, &error)) && found) {
        const Buffer *parts[] = {&document.id, &document.title, &document.date, &document.text};
        for (int i = 0; i < 4; i++) {
            const char *text = buffer_text(parts[i]);
            REQUIRE(utf8_valid_length(text, parts[i]->length) == parts[i]->length);
            REQUIRE(memchr(text, '\0', parts[i]->length) == NULL);
            REQUIRE_OK(buffer_append(result, text, parts[i]->length + 1, &ignored), &ignored);
        }
        const Buffer *pairs = &document.metadata.pairs;
        REQUIRE(utf8_valid_length(buffer_text(pairs), pairs->length) == pairs->length);
        REQUIRE_OK(buffer_append(result, buffer_text(pairs), pairs->length, &ignored), &ignored);
        REQUIRE(document.id.length > 0);
        REQUIRE(vocabulary_find(&ids, document.id.bytes, document.id.length) == WORD_NONE);
        WordId id;
        REQUIRE_OK(vocabulary_add(&ids, document.id.bytes, document.id.length, &id, &ignored),
                   &ignored);
        REQUIRE(document.text.length <= 3 * (size_t)DOCUMENT_BYTES + 3); /* all bytes repaired */
    }
    REQUIRE(status == STATUS_OK || status == STATUS_INPUT);
    REQUIRE(status == STATUS_OK || error.message[0]);
    REQUIRE_OK(buffer_print(result, &ignored, "%d %s", status, status ? error.message : ""),
               &ignored);
    const CorpusNotes *notes = corpus ? corpus_notes(corpus) : NULL;
    for (size_t i = 0; notes && i < notes->count; i++) {
        REQUIRE(utf8_is_valid(notes->items[i].path));
        REQUIRE_OK(
            buffer_print(result, &ignored, "\n%s %s", notes->items[i].path, notes->items[i].reason),
            &ignored);
    }
    vocabulary_free(&ids);
    document_free(&document);
    corpus_free(corpus);
}

/* The same from standard input, which is a pipe; the bytes fit into it. */
static void read_pipe(const uint8_t *bytes, size_t length, const CorpusOptions *options,
                      Buffer *result)
{
    int ends[2];
    const int before = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    REQUIRE(write(ends[1], bytes, length) == (ssize_t)length);
    close(ends[1]);
    REQUIRE(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    close(ends[0]);
    read_corpus("-", options, result);
    if (before >= 0) {
        dup2(before, STDIN_FILENO);
        close(before);
    } else {
        close(STDIN_FILENO);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"x.tar",  "x.zip",      "x.txt", "x.csv",
                                        "x.json", "x.jsonl.gz", "x.tsv", "x"};
    static const CorpusLimits limits = {.document_bytes = DOCUMENT_BYTES,
                                        .entries = ENTRIES_MAX,
                                        .unpacked_free = UNPACKED_FREE,
                                        .ratio = 100.0};
    enum { PIPE_BYTES = 1 << 15 };
    FuzzInput input = {data, size};
    const uint8_t choice = fuzz_byte(&input);
    CorpusOptions options = {.limits = limits, .lines = choice >> 4 & 1};
    options.text_field = choice >> 5 & 1 && !options.lines ? "text" : NULL;
    uint8_t *bytes = (uint8_t *)fuzz_text(input);
    if (choice >> 3 & 1) {
        correct_tar(bytes, input.length);
    }
    Buffer first = {0}, second = {0}, piped = {0};
    const char *path = fuzz_write(names[choice & 7], bytes, input.length);
    read_corpus(path, &options, &first);
    read_corpus(path, &options, &second);
    REQUIRE(first.length == second.length && memcmp(first.bytes, second.bytes, first.length) == 0);
    if (input.length <= PIPE_BYTES) {
        read_pipe(bytes, input.length, &options, &piped);
    }
    buffer_free(&first);
    buffer_free(&second);
    buffer_free(&piped);
    free(bytes);
    remove(path);
    return 0;
}
