/* One array of NumPy's in memory, as it stands in a .npy file (format 1.0 to 3.0): its header, and
 * its numbers one by one. */
#ifndef THEMATA_MATRIX_ARRAY_H
#define THEMATA_MATRIX_ARRAY_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ARRAY_DIMENSIONS_MAX = 2 };

typedef struct Array {
    char kind;      /* f, i, u, b: numbers; S, U: a text; as NumPy calls them */
    size_t size;    /* bytes of an element */
    bool swapped;   /* its bytes are the other way round */
    bool fortran;   /* columns one behind the other */
    int dimensions; /* 0 to 2 */
    int64_t shape[ARRAY_DIMENSIONS_MAX];
    size_t count;       /* elements */
    const char *values; /* borrowed: count · size bytes */
} Array;

/* Reads the header at the beginning of `bytes`, behind whose header are exactly the array's
 * elements. STATUS_INPUT, with `subject` in front, if it is no array, one of objects (which only a
 * pickle could hold), of more than two dimensions or of another type, or if the number of bytes is
 * not what it says. */
Status array_open(const char *subject, const char *bytes, size_t length, Array *array,
                  Error *error);

/* Element `i` of numbers. */
double array_number(const Array *array, size_t i);
/* The same of whole numbers that are not negative and at most `most`; −1 for any other. */
int64_t array_whole(const Array *array, size_t i, int64_t most);

#endif
