/* Files of names, one a line: the words or the documents of a ready matrix. */
#ifndef THEMATA_TEXT_NAME_FILE_H
#define THEMATA_TEXT_NAME_FILE_H

#include "base/error.h"
#include "text/vocabulary.h"

/* Reads the lines of a file into *names (all-zero before), numbered from 0 in the order of the file
 * and taken as they are: UTF-8, a byte order mark and the CR of CRLF left out. `what` is what a
 * name is called in messages ("word"). STATUS_INPUT, naming file and line, for an empty line, a
 * name that is there twice, or one that is not UTF-8 text; and when there is none. O(bytes). */
Status name_file_read(const char *path, const char *what, Vocabulary *names, Error *error);

#endif
