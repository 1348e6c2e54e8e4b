/* Places hold containers, containers hold files, readers make documents of a file: here the three
 * are gone through, and it is decided what reads what. */
#include "corpus/corpus.h"

#include "base/file.h"
#include "base/memory.h"
#include "corpus/container.h"
#include "corpus/decoder.h"
#include "corpus/id_set.h"
#include "corpus/metadata.h"
#include "corpus/notes.h"
#include "corpus/parts.h"
#include "corpus/reader.h"
#include "corpus/recognise.h"
#include "corpus/unpacker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct Corpus {
    CorpusOptions options;
    const char *output; /* borrowed */
    bool listed;        /* the places are from a list */
    Buffer places;      /* each with a NUL behind it */
    size_t next_place;
    Container *container; /* of the place; NULL: the next one's turn */
    Container *finished;  /* a directory whose files others may still be reading */
    Buffer place;         /* its path, for messages */
    ContainerEntry entry;
    Unpacker unpacker; /* of the entry, where that is packed */
    Decoder decoder;   /* of the entry, where that is not UTF-8 */
    Reader *reader;    /* of the entry; NULL: the next one's turn */
    Buffer path;       /* the entry's, for messages */
    Buffer name;       /* the entry's, for ids and notes */
    Buffer prefix;     /* of the numbers of its documents */
    IdSet ids;
    int64_t size;
    bool one_text;
    CorpusFormat format;              /* of the reader */
    int64_t formats[FORMAT_JSON + 1]; /* how many documents came from each */
    const char *expectation;
    CorpusNotes notes;
};

const char *const corpus_format_names[] = {
    [FORMAT_TEXT] = "text", [FORMAT_LINES] = "lines", [FORMAT_TABLE] = "table",
    [FORMAT_JSON] = "JSON", [FORMAT_JSON + 1] = NULL,
};

static const char one_file_each[] =
    "every file is a document but those whose names begin with a dot";

/* ---- places ---- */

/* What a file is called in ids and notes: as it is listed, or else its last name alone. */
static Status append_file_name(const Corpus *corpus, const char *path, Buffer *name, Error *error)
{
    if (corpus->listed) {
        return name_append(name, path, error);
    }
    const char *last;
    const size_t length = file_last_name(path, &last);
    char *copy = memory_copy_text(last, length, error);
    Status status = copy ? name_append(name, copy, error) : error_status(error);
    free(copy);
    return status;
}

/* Opens a regular file, or standard input for "-". */
static Status open_descriptor(const char *path, int *descriptor, Error *error)
{
    if (strcmp(path, "-") == 0) {
        *descriptor = STDIN_FILENO;
        return STATUS_OK;
    }
    struct stat facts;
    *descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (*descriptor < 0 || fstat(*descriptor, &facts) != 0) {
        return error_set(error, STATUS_INPUT, "%s: %s", path, strerror(errno));
    }
    if (S_ISREG(facts.st_mode)) {
        return STATUS_OK;
    }
    error_set(error, STATUS_INPUT, "%s: is no regular file and no directory", path);
    return error_hint(error, "- as the corpus reads standard input");
}

static Status open_file(Corpus *corpus, const char *path, Error *error)
{
    int descriptor;
    Buffer name = {0};
    Status status = open_descriptor(path, &descriptor, error);
    if (status) {
        if (descriptor >= 0) {
            close(descriptor);
        }
        return status;
    }
    status = append_file_name(corpus, path, &name, error);
    Container *file = status ? NULL : file_container_new(descriptor, name.bytes, error);
    if (!file) {
        buffer_free(&name);
        return error_status(error);
    }
    size_t length;
    Stream *stream = file_container_stream(file);
    status = stream_fill(stream, ARCHIVE_HEAD_BYTES, error);
    const char *head = stream_ahead(stream, &length);
    if (status) {
        error_put_subject(error, path);
        container_free(file);
    } else if (archive_is_packed(head, length, name.bytes)) {
        corpus->container =
            archive_open(file, path, name.bytes, &corpus->options.limits, &corpus->notes, error);
        status = corpus->container ? STATUS_OK : error_status(error);
    } else {
        corpus->container = file;
    }
    buffer_free(&name);
    return status;
}

/* Opens the container at a place. */
static Status open_place(Corpus *corpus, const char *path, Error *error)
{
    struct stat facts;
    buffer_clear(&corpus->place);
    Status status = buffer_append_text(&corpus->place, path, error);
    if (!status && strcmp(path, "-") != 0 && stat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        corpus->container = directory_open(path, corpus->output, &corpus->notes, error);
        return corpus->container ? STATUS_OK : error_status(error);
    }
    return status ? status : open_file(corpus, path, error);
}

/* The container of the next place that can be opened; none behind the last. */
static Status next_place(Corpus *corpus, Error *error)
{
    while (!corpus->container && corpus->next_place < corpus->places.length) {
        const char *path = corpus->places.bytes + corpus->next_place;
        corpus->next_place += strlen(path) + 1;
        Status status = open_place(corpus, path, error);
        if (status == STATUS_INPUT && corpus->listed) {
            const size_t subject = strlen(path) + 2; /* the note names it anyway */
            const bool repeats = strncmp(error->message, path, strlen(path)) == 0;
            Buffer name = {0};
            status = name_append(&name, path, error);
            if (!status) {
                status = notes_add(&corpus->notes, CORPUS_SKIPPED, name.bytes, 0,
                                   error->message + (repeats ? subject : 0), error);
            }
            buffer_free(&name);
        }
        if (status) {
            return status;
        }
    }
    return STATUS_OK;
}

/* ---- entries ---- */

static Status name_entry(Corpus *corpus, Error *error)
{
    const bool single = corpus->container->single;
    const char *place = buffer_text(&corpus->place);
    const size_t length = strlen(place);
    const char *between = length && place[length - 1] == '/' ? "" : "/";
    buffer_clear(&corpus->path);
    buffer_clear(&corpus->name);
    buffer_clear(&corpus->prefix);
    Status status =
        single ? buffer_append_text(&corpus->path, place, error)
               : buffer_print(&corpus->path, error, "%s%s%s", place, between, corpus->entry.name);
    if (!status && corpus->listed && !single) {
        status = name_append(&corpus->name, place, error);
        status = status ? status : buffer_append_text(&corpus->name, between, error);
    }
    if (!status) {
        status = buffer_append_text(&corpus->name, corpus->entry.name, error);
    }
    if (!status && !(single && !corpus->listed)) {
        status = buffer_print(&corpus->prefix, error, "%s:", corpus->name.bytes);
    }
    return status;
}

static Status note_skipped(Corpus *corpus, const char *reason, Error *error)
{
    return notes_add(&corpus->notes, CORPUS_SKIPPED, buffer_text(&corpus->name), 0, reason, error);
}

/* The entry could not be read: where the others still can be it is skipped, or else that is the
 * error, with its subject. */
static Status excuse(Corpus *corpus, Error *error)
{
    const bool unpacks = !corpus->container->single && corpus->unpacker.archive;
    if ((corpus->container->tolerant || unpacks) && error->status == STATUS_INPUT) {
        return note_skipped(corpus, error->message, error);
    }
    return error_put_subject(error, buffer_text(&corpus->path));
}

static Reader *make_reader(Corpus *corpus, CorpusFormat format, Error *error)
{
    static Reader *(*const makers[])(const ReaderInput *, Error *) = {
        [FORMAT_TEXT] = text_reader_new,
        [FORMAT_LINES] = lines_reader_new,
        [FORMAT_TABLE] = table_reader_new,
        [FORMAT_JSON] = json_reader_new,
    };
    const bool single = corpus->container->single && !corpus->listed;
    const ReaderInput input = {
        .stream = corpus->entry.stream,
        .path = buffer_text(&corpus->path),
        .name = buffer_text(&corpus->name),
        .prefix = buffer_text(&corpus->prefix),
        .single = single,
        .options = &corpus->options,
        .notes = &corpus->notes,
    };
    corpus->one_text = single && format == FORMAT_TEXT;
    corpus->format = format;
    Reader *reader = makers[format](&input, error);
    if (reader && reader->expectation) {
        corpus->expectation = reader->expectation;
    }
    return reader;
}

static void finish_container(Corpus *corpus)
{
    container_free(corpus->finished);
    corpus->finished = corpus->container;
    corpus->container = NULL;
}

/* Makes the entry's stream one of what is packed in it, if it is packed and stands among others,
 * and that one of UTF-8. */
static Status open_entry(Corpus *corpus, Error *error)
{
    Stream **stream = &corpus->entry.stream;
    Status status =
        corpus->container->single ? STATUS_OK : unpacker_begin(&corpus->unpacker, stream, error);
    return status ? status
                  : decoder_begin(&corpus->decoder, corpus->options.encoding, stream, error);
}

/* The reader of the next entry; none behind the container's last, or if it is to be skipped. */
static Status next_entry(Corpus *corpus, Error *error)
{
    Status status = corpus->container->next(corpus->container, &corpus->entry, error);
    if (status || !corpus->entry.name) {
        finish_container(corpus);
        return status;
    }
    status = name_entry(corpus, error);
    CorpusFormat format = FORMAT_TEXT;
    const char *reason = NULL;
    if (!status) {
        status = open_entry(corpus, error);
        if (!status) {
            status = recognise(&corpus->options, corpus->entry.name, corpus->entry.stream,
                               corpus->container->single, &format, &reason, error);
        }
        if (status) {
            return excuse(corpus, error);
        }
    }
    if (!status && reason) {
        return note_skipped(corpus, reason, error);
    }
    if (!status) {
        corpus->reader = make_reader(corpus, format, error);
        status = corpus->reader ? STATUS_OK : error_status(error);
    }
    return status;
}

/* ---- reading ---- */

static Status set_repeated(const Corpus *corpus, const Document *document, const IdPlace *first,
                           Error *error)
{
    error_set(error, STATUS_INPUT, "%s: line %lld: the id '%.100s' is also that of %s line %lld",
              buffer_text(&corpus->path), (long long)corpus->reader->line,
              buffer_text(&document->id), first->name, (long long)first->line);
    return error_hint(error, "another choice of %s gives other ids, or numbers",
                      corpus->reader->id_option);
}

/* Whether the document may have its id; one that may not is noted, or an error. */
static Status check_id(Corpus *corpus, const Document *document, bool *unique, Error *error)
{
    IdPlace first;
    Status status = id_set_add(&corpus->ids, buffer_text(&document->id), buffer_text(&corpus->name),
                               corpus->reader->line, unique, &first, error);
    if (status || *unique) {
        return status;
    }
    if (corpus->reader->id_option) {
        return set_repeated(corpus, document, &first, error);
    }
    return notes_add(&corpus->notes, CORPUS_SKIPPED, buffer_text(&corpus->name),
                     corpus->reader->line, "its name is there already", error);
}

/* Whether two documents could have the same id: not the files of one directory, and not where
 * numbers are the ids of one file. */
static bool may_repeat_ids(const Corpus *corpus)
{
    const Container *container = corpus->container;
    return corpus->reader->id_option || corpus->listed || !container->tolerant ||
           !(container->single || corpus->reader->whole);
}

static Status read_document(Corpus *corpus, Document *document, bool *found, Error *error)
{
    char reason[160];
    document_clear(document);
    Status status = corpus->reader->next(corpus->reader, document, found, error);
    if (!status && *found) {
        status = metadata_add_folder(&document->metadata, buffer_text(&corpus->name), error);
    }
    if (!status && *found) {
        return may_repeat_ids(corpus) ? check_id(corpus, document, found, error) : STATUS_OK;
    }
    if (status && corpus->reader->whole) {
        status = excuse(corpus, error);
    }
    if (!status && decoder_describe(&corpus->decoder, reason)) {
        status = notes_add(&corpus->notes, CORPUS_REPAIRED, buffer_text(&corpus->name), 0, reason,
                           error);
    }
    *found = false;
    reader_free(corpus->reader);
    corpus->reader = NULL;
    return status;
}

Status corpus_next(Corpus *corpus, Document *document, bool *found, Error *error)
{
    *found = false;
    while (!*found) {
        Status status = STATUS_OK;
        if (corpus->reader) {
            status = read_document(corpus, document, found, error);
        } else if (corpus->container) {
            status = next_entry(corpus, error);
        } else if (corpus->next_place < corpus->places.length) {
            status = next_place(corpus, error);
        } else {
            return STATUS_OK;
        }
        if (status) {
            return status;
        }
    }
    corpus->formats[corpus->format]++;
    return STATUS_OK;
}

/* ---- batches ---- */

void corpus_take_files(Corpus *corpus, size_t most, FileRange *files)
{
    const CorpusOptions *options = &corpus->options;
    const bool texts = corpus->container && corpus->container->directory && !corpus->listed &&
                       !corpus->reader && !options->lines && !options_ask_for_table(options) &&
                       !options_ask_for_json(options);
    *files = (FileRange){0};
    if (texts) {
        directory_take(corpus->container, most, files);
    }
}

Status corpus_take_notes(Corpus *corpus, CorpusNotes *notes, Error *error)
{
    return notes_move(notes, &corpus->notes, error);
}

void corpus_add_texts(Corpus *corpus, int64_t count)
{
    corpus->formats[FORMAT_TEXT] += count;
}

const CorpusOptions *corpus_options(const Corpus *corpus)
{
    return &corpus->options;
}

/* ---- opening ---- */

static Corpus *make_corpus(const CorpusOptions *options, const char *output, Error *error)
{
    Corpus *corpus =
        corpus_options_check(options, error) ? NULL : memory_new(1, sizeof *corpus, error);
    if (corpus) {
        corpus->options = *options;
        corpus->output = output;
        corpus->expectation = one_file_each;
        corpus->unpacker.limits = &corpus->options.limits;
    }
    return corpus;
}

static Status finish_opening(Corpus *made, Status status, Corpus **corpus, Error *error)
{
    if (!status) {
        status = next_place(made, error);
    }
    if (status) {
        corpus_free(made);
        return status;
    }
    made->size = !made->listed && made->container ? made->container->count : 0;
    *corpus = made;
    return STATUS_OK;
}

Status corpus_open(const char *path, const CorpusOptions *options, const char *output,
                   Corpus **corpus, Error *error)
{
    *corpus = NULL;
    Corpus *made = make_corpus(options, output, error);
    if (!made) {
        return error_status(error);
    }
    Status status = buffer_append(&made->places, path, strlen(path) + 1, error);
    return finish_opening(made, status, corpus, error);
}

/* Appends the paths in `contents`, each with a NUL behind it. */
static Status take_paths(Corpus *corpus, const Buffer *contents, char separator, Error *error)
{
    const char *at = buffer_text(contents), *end = at + contents->length;
    Status status = STATUS_OK;
    while (at < end && !status) {
        const char *behind = memchr(at, separator, (size_t)(end - at));
        size_t length = (size_t)((behind ? behind : end) - at);
        const size_t step = length + (behind != NULL);
        length -= separator == '\n' && length > 0 && at[length - 1] == '\r';
        if (length > 0) {
            status = buffer_append(&corpus->places, at, length, error);
            status = status ? status : buffer_append_byte(&corpus->places, '\0', error);
        }
        at += step;
    }
    return status;
}

Status corpus_open_list(const char *list, bool nul_separated, const CorpusOptions *options,
                        const char *output, Corpus **corpus, Error *error)
{
    enum { LIST_BYTES_MAX = 1 << 30 };
    *corpus = NULL;
    Corpus *made = make_corpus(options, output, error);
    if (!made) {
        return error_status(error);
    }
    made->listed = true;
    made->expectation = "the list names files, directories or archives";
    Buffer contents = {0};
    Status status = strcmp(list, "-") == 0 ? file_read_stream(stdin, "standard input",
                                                              LIST_BYTES_MAX, &contents, error)
                                           : file_read(list, LIST_BYTES_MAX, &contents, error);
    if (!status && !nul_separated && contents.length &&
        memchr(contents.bytes, '\0', contents.length)) {
        error_set(error, STATUS_INPUT, "%s: holds a NUL byte (paths were expected, one a line)",
                  list);
        status = error_hint(error, "-0 reads paths with a NUL between them");
    }
    if (!status) {
        status = take_paths(made, &contents, nul_separated ? '\0' : '\n', error);
    }
    buffer_free(&contents);
    return finish_opening(made, status, corpus, error);
}

const CorpusNotes *corpus_notes(Corpus *corpus)
{
    notes_sort(&corpus->notes);
    return &corpus->notes;
}

const int64_t *corpus_format_counts(const Corpus *corpus)
{
    return corpus->formats;
}

int64_t corpus_size(const Corpus *corpus)
{
    return corpus->size;
}

const char *corpus_expectation(const Corpus *corpus)
{
    return corpus->expectation;
}

bool corpus_is_one_text(const Corpus *corpus)
{
    return corpus->one_text;
}

void corpus_finish(Corpus *corpus)
{
    reader_free(corpus->reader);
    container_free(corpus->container);
    container_free(corpus->finished);
    id_set_free(&corpus->ids);
    corpus->reader = NULL;
    corpus->container = NULL;
    corpus->finished = NULL;
    corpus->next_place = corpus->places.length;
}

void corpus_free(Corpus *corpus)
{
    if (!corpus) {
        return;
    }
    corpus_finish(corpus);
    unpacker_free(&corpus->unpacker);
    decoder_free(&corpus->decoder);
    buffer_free(&corpus->places);
    buffer_free(&corpus->place);
    buffer_free(&corpus->path);
    buffer_free(&corpus->name);
    buffer_free(&corpus->prefix);
    notes_free(&corpus->notes);
    free(corpus);
}
