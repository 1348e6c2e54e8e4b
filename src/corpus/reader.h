/* One file as documents: what a text, a table, JSON or lines have in common. */
#ifndef THEMATA_CORPUS_READER_H
#define THEMATA_CORPUS_READER_H

#include "corpus/corpus.h"
#include "corpus/stream.h"

/* What a reader works on; everything is borrowed and outlives it. */
typedef struct ReaderInput {
    Stream *stream;
    const char *path;   /* the subject of messages */
    const char *name;   /* how notes call it; UTF-8 */
    const char *prefix; /* stands before the number of a document without an id of its own */
    bool single;        /* the corpus is this file alone */
    const CorpusOptions *options;
    CorpusNotes *notes;
} ReaderInput;

typedef struct Reader Reader;

struct Reader {
    /* Fills a document that was emptied; *found is false behind the last. */
    Status (*next)(Reader *reader, Document *document, bool *found, Error *error);
    void (*free)(Reader *reader);
    bool whole;   /* the file is the document; what cannot be read is an error without a subject */
    int64_t line; /* where the document begins; 0: it is the whole file */
    const char *id_option;   /* what chooses another id; NULL: nothing does */
    const char *expectation; /* what would have been a document, for an empty corpus */
};

/* Each returns NULL with *error filled. A file of which nothing can be read with these options is
 * STATUS_INPUT. */
Reader *text_reader_new(const ReaderInput *input, Error *error);
Reader *lines_reader_new(const ReaderInput *input, Error *error);
Reader *table_reader_new(const ReaderInput *input, Error *error);
Reader *json_reader_new(const ReaderInput *input, Error *error);

void reader_free(Reader *reader); /* takes NULL */

/* A text file that is in memory. */
typedef struct TextFile {
    const char *name; /* UTF-8 */
    const char *bytes;
    size_t length;
    size_t bytes_most; /* larger ones are skipped */
} TextFile;

/* Fills a document that was emptied with the whole file; *found is false if it cannot be read,
 * which is noted. */
Status text_fill_document(const TextFile *file, CorpusNotes *notes, Document *document, bool *found,
                          Error *error);

/* ---- what they share ---- */

enum { READER_SAMPLE_BYTES = 1 << 18 }; /* how much is read ahead to recognise what it is */

/* The title of a text: its first line that is not blank, unless that is a paragraph. */
Status reader_find_title(const Buffer *text, Buffer *title, Error *error);

/* Appends bytes of a file as UTF-8, a NUL as U+FFFD, and adds to *repaired. */
Status reader_append(Buffer *to, const char *bytes, size_t length, int64_t *repaired, Error *error);

/* Gives a document without an id its number behind the prefix. */
Status reader_number(const ReaderInput *input, int64_t number, Document *document, Error *error);

/* Puts path and line before what is wrong with it. */
Status reader_set_subject(const ReaderInput *input, int64_t line, Error *error);

#endif
