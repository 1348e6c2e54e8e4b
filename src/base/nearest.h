/* Names that were meant: "did you mean …?" */
#ifndef THEMATA_BASE_NEAREST_H
#define THEMATA_BASE_NEAREST_H

/* The name nearest to one that does not exist. */
typedef struct Nearest {
    const char *wanted;
    const char *found; /* NULL: none is near enough */
    unsigned long distance;
} Nearest;

Nearest nearest_to(const char *wanted);

/* Considers a name, which must outlive the search. Near enough is one that a few letters put in,
 * taken out or changed make of the wanted one (Levenshtein; letters of either case alike): at most
 * a third of its letters, and one more. Of equally near names the first is kept; names of more than
 * 64 bytes are no slips of the fingers. O(product of the lengths). */
void nearest_consider(Nearest *nearest, const char *name);

#endif
