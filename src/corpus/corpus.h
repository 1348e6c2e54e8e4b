/* Where documents come from.
 *
 * A Corpus hands out its documents one after the other, always in the same order, and keeps notes
 * of what it skipped or repaired. It knows nothing of words. What is read, and as what it is read,
 * docs/formats.md says for users. */
#ifndef THEMATA_CORPUS_CORPUS_H
#define THEMATA_CORPUS_CORPUS_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What else is said of a document: names and their values, in the order in which they stand
 * there. Filled and gone through by the functions in corpus/metadata.h. */
typedef struct Metadata {
    Buffer pairs; /* name, NUL, value, NUL, name … */
    int count;
    int64_t cut;    /* values that were too long */
    int64_t beyond; /* values that were too many */
} Metadata;

/* A document as it is read. Start with an all-zero Document and hand the same one to every
 * corpus_next, which reuses its room. All parts are UTF-8. A document is complete in itself: no
 * part of it refers to the corpus or to other documents. */
typedef struct Document {
    Buffer id;    /* unique in the corpus: a path in it, what a column says, or a number */
    Buffer title; /* what a column says, or the text's first line that is not blank, if it has at
                     most 120 characters; or empty */
    Buffer date;  /* as it stands there, or empty; what it means can only be said of all of them */
    Buffer text;  /* the whole document, the title's line included */
    Metadata metadata;
} Document;

void document_clear(Document *document); /* empties it and keeps its room */
void document_free(Document *document);

/* ---- notes ---- */

typedef enum CorpusNoteKind { CORPUS_SKIPPED, CORPUS_REPAIRED } CorpusNoteKind;

typedef struct CorpusNote {
    CorpusNoteKind kind;
    char *path;   /* owned by the corpus; relative, UTF-8; with `:LINE` if it is of a line */
    int64_t line; /* 0: of the whole file */
    char *reason; /* owned by the corpus */
} CorpusNote;

typedef struct CorpusNotes {
    CorpusNote *items; /* owned by the corpus */
    size_t count;
    size_t capacity;
    int64_t skipped; /* how many of each kind */
    int64_t repaired;
} CorpusNotes;

/* ---- options ---- */

/* Whether the first row of a table is its heading. */
typedef enum CorpusHeader {
    CORPUS_HEADER_AUTO, /* if columns are asked for by name, or a usual name is in it */
    CORPUS_HEADER_YES,
    CORPUS_HEADER_NO,
} CorpusHeader;

/* The names of these values; ends with NULL. */
extern const char *const corpus_header_names[];

/* What stands in a line before its text, separated by blanks, tabs or commas. */
typedef enum CorpusLine { CORPUS_LINE_TEXT, CORPUS_LINE_ID, CORPUS_LINE_ID_LABEL } CorpusLine;

extern const char *const corpus_line_names[];

/* How much is believed of an input that may be hostile. */
typedef struct CorpusLimits {
    size_t document_bytes; /* of one document, one row, one line */
    int64_t entries;       /* of an archive */
    int64_t unpacked_free; /* bytes that may be unpacked whatever the ratio */
    double ratio;          /* of the bytes unpacked to those packed */
} CorpusLimits;

/* How the input is read; the texts are borrowed for as long as the corpus lives. */
typedef struct CorpusOptions {
    const char *text_column; /* names or numbers of columns, comma-separated; NULL: found by name */
    const char *id_column;   /* a name or a number, or "none"; NULL: found by name */
    const char *date_column; /* likewise */
    const char *delimiter;   /* one character, or "tab"; NULL: sniffed */
    const char *quote;       /* one character, or "none"; NULL: sniffed */
    CorpusHeader header;
    const char *text_field; /* as the columns, of JSON objects; a.b is b within a, and a[].b
                               makes every element of the array a a document */
    const char *id_field;
    const char *date_field;
    const char *encoding; /* of all files, a name that iconv knows; NULL: recognised */
    bool rows;   /* of a table with a heading the rows alone are wanted: no column is text or id */
    bool values; /* with `rows`: nor title nor date, unless asked for; all columns are metadata */
    bool lines;  /* every line is a document */
    CorpusLine line;
    CorpusLimits limits;
} CorpusOptions;

extern const CorpusOptions corpus_defaults;

/* STATUS_USAGE, naming the option, when one is no delimiter or quote, or when they ask for more
 * than one format. */
Status corpus_options_check(const CorpusOptions *options, Error *error);

/* ---- reading ---- */

typedef struct Corpus Corpus;

/* Opens what `path` names:
 *
 * A directory, recursively: one document per regular file, in byte order of the relative path.
 * Hidden entries are left out silently, and so is the directory `output` (may be NULL; need not
 * exist; borrowed until the corpus is freed), where the result goes. Noted as skipped are symbolic
 * links, special files, directories that cannot be listed, and earlier results of this program
 * (directories whose model.json, inference.json or comparison.json says so). Lists the names only;
 * O(files).
 *
 * An archive (tar, zip; compressed or not): the same of its entries, in their order. Never
 * unpacked to a disk.
 *
 * A table, JSON or lines: one document per row, object or line, in their order; packed by gzip,
 * bzip2, xz or Zstandard or not. Any other file: one document. In a directory or an archive, every
 * file is a text unless the options ask for one of these formats; packed ones are unpacked, but no
 * archive within. UTF-16 and UTF-32 become UTF-8 wherever they are.
 *
 * "-" is standard input, which may be any of these but a directory.
 *
 * STATUS_INPUT when there is nothing that can be read. */
Status corpus_open(const char *path, const CorpusOptions *options, const char *output,
                   Corpus **corpus, Error *error);

/* The same for each of the paths in the file `list` ("-": standard input), one a line, or one
 * behind the other with a NUL in between. Ids begin with the path as it stands in the list. What
 * cannot be opened is noted as skipped. */
Status corpus_open_list(const char *list, bool nul_separated, const CorpusOptions *options,
                        const char *output, Corpus **corpus, Error *error);

/* Fills *document with the next one; *found is false behind the last. A file that cannot be read
 * or holds no text, or a row that is not like the others, is noted as skipped and passed over; what
 * was not in its encoding is noted as repaired. A byte in a name that is not UTF-8 shows as \xHH in
 * the id (and a backslash before such letters as \x5c). STATUS_INPUT, naming file and line, for
 * what is no CSV or JSON, for an id that is there twice, and when a limit is reached. */
Status corpus_next(Corpus *corpus, Document *document, bool *found, Error *error);

/* What was skipped or repaired so far, in byte order of the path; borrowed until the corpus is
 * freed. */
const CorpusNotes *corpus_notes(Corpus *corpus);

/* How many documents came from files of each format so far: corpus_format_names has their names,
 * "text" …, and ends with NULL. */
extern const char *const corpus_format_names[];
const int64_t *corpus_format_counts(const Corpus *corpus);

/* How many documents there are at most, for progress; 0 where that is not known. */
int64_t corpus_size(const Corpus *corpus);

/* What would have been a document, as a sentence for whoever has none. */
const char *corpus_expectation(const Corpus *corpus);

/* Whether the corpus is one file that is read as one document, which may not be meant. */
bool corpus_is_one_text(const Corpus *corpus);

/* Gives back what only reading needs, such as the names of all files; there are no documents any
 * more, what the functions above tell stays. */
void corpus_finish(Corpus *corpus);

void corpus_free(Corpus *corpus);

#endif
