/* What is said of a document beside its id, title, date and text: columns of a table, fields of
 * JSON, the label of a line, the folder of a file. How it gets into a Document, and out of one. */
#ifndef THEMATA_CORPUS_METADATA_H
#define THEMATA_CORPUS_METADATA_H

#include "corpus/corpus.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    METADATA_COLUMNS = 64,       /* at most, of a document and of all of them */
    METADATA_NAME_BYTES = 100,   /* at most, of a name */
    METADATA_VALUE_BYTES = 1000, /* at most, of a value */
};

/* Adds a value, UTF-8, without the white space around it; what is longer than the limits is cut at
 * a character, and counted if it is a value. A NUL becomes a blank. A value that is empty says that
 * there is none, but keeps the name's place among the others. A name that is there already is not
 * added again: the first one counts. One more than METADATA_COLUMNS is counted and left out. O(what
 * is there). */
Status metadata_add(Metadata *metadata, const char *name, const char *value, size_t length,
                    Error *error);

/* Adds `folder`: the directories of a file's path `name`, if there is a slash in it. */
Status metadata_add_folder(Metadata *metadata, const char *name, Error *error);

/* The pair at *at (0 for the first), which is then that of the next one; false behind the last. The
 * texts live as long as the metadata is not changed. */
bool metadata_next(const Metadata *metadata, size_t *at, const char **name, const char **value);

#endif
