/* Lines as documents. */
#include "corpus/reader.h"

#include "base/memory.h"
#include "corpus/metadata.h"
#include "corpus/notes.h"

#include <stdlib.h>
#include <string.h>

typedef struct LinesReader {
    Reader reader;
    ReaderInput input;
    int64_t lines; /* so far */
} LinesReader;

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f' || byte == '\v';
}

/* Takes the word at the beginning of a line with the blanks, tabs and commas behind it, as MALLET
 * does. */
static size_t take_word(const char **line, size_t *length)
{
    size_t word = 0, at;
    while (word < *length && !is_blank((*line)[word])) {
        word++;
    }
    for (at = word; at < *length && (is_blank((*line)[at]) || (*line)[at] == ',');) {
        at++;
    }
    *line += at;
    *length -= at;
    return word;
}

static bool is_empty(const char *line, size_t length)
{
    while (length > 0 && is_blank(line[length - 1])) {
        length--;
    }
    (void)line;
    return length == 0;
}

/* The label becomes metadata of that name. */
static Status add_label(Document *document, const char *label, size_t length, int64_t *repaired,
                        Error *error)
{
    Buffer text = {0};
    Status status = reader_append(&text, label, length, repaired, error);
    status =
        status ? status
               : metadata_add(&document->metadata, "label", buffer_text(&text), text.length, error);
    buffer_free(&text);
    return status;
}

static Status fill_document(LinesReader *lines, const char *line, size_t length, Document *document,
                            Error *error)
{
    const ReaderInput *input = &lines->input;
    int64_t repaired = 0;
    Status status = STATUS_OK;
    if (input->options->line != CORPUS_LINE_TEXT) {
        const char *id = line;
        const size_t id_length = take_word(&line, &length);
        status = reader_append(&document->id, id, id_length, &repaired, error);
        if (input->options->line == CORPUS_LINE_ID_LABEL) {
            const char *label = line;
            const size_t label_length = take_word(&line, &length);
            status = status ? status : add_label(document, label, label_length, &repaired, error);
        }
    }
    if (!status && document->id.length == 0) {
        status = reader_number(input, lines->lines, document, error);
    }
    if (!status) {
        status = reader_append(&document->text, line, length, &repaired, error);
    }
    if (!status) {
        status = reader_find_title(&document->text, &document->title, error);
    }
    return status ? status
                  : notes_add_repair(input->notes, input->name, lines->lines, repaired, error);
}

static Status next_line(Reader *reader, Document *document, bool *found, Error *error)
{
    LinesReader *lines = (LinesReader *)reader;
    const ReaderInput *input = &lines->input;
    *found = false;
    for (;;) {
        const char *line;
        size_t length;
        Status status = stream_line(input->stream, input->options->limits.document_bytes, &line,
                                    &length, error);
        if (status) {
            return reader_set_subject(input, lines->lines + 1, error);
        }
        if (!line) {
            return STATUS_OK;
        }
        reader->line = ++lines->lines;
        const bool marked =
            reader->line == 1 && length >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0;
        line += marked ? 3 : 0;
        length -= marked ? 3 : 0;
        if (!is_empty(line, length)) {
            *found = true;
            return fill_document(lines, line, length, document, error);
        }
    }
}

static void free_lines(Reader *reader)
{
    free(reader);
}

Reader *lines_reader_new(const ReaderInput *input, Error *error)
{
    LinesReader *lines = memory_new(1, sizeof *lines, error);
    if (!lines) {
        return NULL;
    }
    const bool has_ids = input->options->line != CORPUS_LINE_TEXT;
    lines->reader = (Reader){
        .next = next_line,
        .free = free_lines,
        .id_option = has_ids ? "--line-fields" : NULL,
        .expectation = "every line that is not blank is a document",
    };
    lines->input = *input;
    return &lines->reader;
}
