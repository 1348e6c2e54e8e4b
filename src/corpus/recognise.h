/* As what a file is read: by what is asked for, then by its name, then by how it begins. */
#ifndef THEMATA_CORPUS_RECOGNISE_H
#define THEMATA_CORPUS_RECOGNISE_H

#include "corpus/corpus.h"
#include "corpus/stream.h"

typedef enum CorpusFormat { FORMAT_TEXT, FORMAT_LINES, FORMAT_TABLE, FORMAT_JSON } CorpusFormat;

/* Whether the options ask for a format. */
bool options_ask_for_table(const CorpusOptions *options);
bool options_ask_for_json(const CorpusOptions *options);

/* Decides on *format. `single`: the file was named itself; in a directory or archive a file is a
 * text, unless the options ask for something else. *reason (NULL before) says why the file is to be
 * skipped, if it is. Reads ahead; an error of that has no subject. */
Status recognise(const CorpusOptions *options, const char *name, Stream *stream, bool single,
                 CorpusFormat *format, const char **reason, Error *error);

/* Whether a file of this name is called one of a kind, as by `.csv`. */
bool name_is_of_table(const char *name);
bool name_is_of_tabs(const char *name);       /* .tsv, .tab */
bool name_is_of_json(const char *name);       /* .json and those of JSON Lines */
bool name_is_of_json_lines(const char *name); /* .jsonl, .ndjson */

#endif
