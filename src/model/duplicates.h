/* Documents whose text is that of an earlier one, byte for byte as it was read.
 *
 * They are found by the 64-bit hash in DocumentFacts, and must agree in their excerpts too. Of n
 * different texts that happen to begin alike, two have the same hash with a probability of at most
 * n² / 2^65: 3e-8 for a million. XXH3 is no defence against texts made to collide. */
#ifndef THEMATA_MODEL_DUPLICATES_H
#define THEMATA_MODEL_DUPLICATES_H

#include "base/error.h"
#include "model/documents.h"

#include <stdint.h>

typedef struct Duplicate {
    int64_t document; /* its number in the list */
    int64_t of;       /* the first with that text, which is before it */
    char *id;         /* owned, as the other: they outlive the document */
    char *of_id;
} Duplicate;

/* Start with all-zero Duplicates. */
typedef struct Duplicates {
    Duplicate *items; /* owned; in the documents' order */
    int64_t count;
} Duplicates;

/* Finds them. Documents without anything to read are not among them, however many there are.
 * O(n·log n). */
Status duplicates_find(const DocumentList *documents, Duplicates *duplicates, Error *error);

/* Takes them out of the list. */
void duplicates_drop(const Duplicates *duplicates, DocumentList *documents);

void duplicates_free(Duplicates *duplicates);

#endif
