/* Topics by group: the documents of each value of a column of metadata. */
#ifndef THEMATA_MODEL_GROUPS_H
#define THEMATA_MODEL_GROUPS_H

#include "base/error.h"
#include "model/documents.h"
#include "model/slices.h"

#include <stddef.h>
#include <stdint.h>

enum { GROUPS_MOST = 10000 }; /* values of a column */

/* Start all-zero. */
typedef struct Groups {
    char **values; /* owned: those with a modelled document, the most documents first, equal ones in
                      byte order */
    Slices slices; /* one for each value; its `count` is theirs */
    int64_t without;  /* modelled documents without a value */
    int64_t distinct; /* values that there are */
    int64_t largest;  /* documents of the most frequent value, 0 without any */
} Groups;

/* Sorts the documents by their values of a column (counted from 0). A value such as `drama;
 * comedy`, which is how several of JSON are kept, is one of each. `mixtures` is n × k. With more
 * than `most` values (at most GROUPS_MOST) there are none in `groups`, but `distinct` says how
 * many. O(values·log values + n·k). */
Status groups_make(const DocumentList *documents, const float *mixtures, int k, size_t column,
                   int64_t most, Groups *groups, Error *error);

void groups_free(Groups *groups);

#endif
