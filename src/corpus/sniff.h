/* The dialect of a table, from how it begins. */
#ifndef THEMATA_CORPUS_SNIFF_H
#define THEMATA_CORPUS_SNIFF_H

#include "corpus/corpus.h"
#include "corpus/csv_reader.h"
#include "corpus/stream.h"

/* Chooses delimiter and quote from the first READER_SAMPLE_BYTES of a stream, which are not taken:
 * those with which most records have as many fields as the first one, at least two. Delimiters are
 * tab, comma, semicolon and |, of a file named .tsv or .tab a tab alone. The quote is ' if fields
 * have it around them; otherwise ", except where a tab separates and " is an ordinary character.
 * What the options name is not sniffed. O(sample). */
Status sniff_dialect(const CorpusOptions *options, const char *name, Stream *stream,
                     CsvDialect *dialect, Error *error);

/* Whether the stream begins as a table: its first line is a heading with a usual name of a text
 * column, and every record of the sample has as many fields, at least two. */
Status sniff_is_table(const CorpusOptions *options, const char *name, Stream *stream,
                      bool *is_table, Error *error);

#endif
