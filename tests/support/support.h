/* What tests of several floors need: temporary folders, files, small matrices. Every function ends
 * the test when it cannot do its work. */
#ifndef THEMATA_TESTS_SUPPORT_H
#define THEMATA_TESTS_SUPPORT_H

#include "matrix/sparse.h"

#include <stddef.h>
#include <stdint.h>

/* A new empty directory; the caller frees the path and may leave the directory. */
char *support_directory(void);

/* Writes a file of these bytes below `directory`, making the folders on its way. */
void support_write(const char *directory, const char *name, const void *bytes, size_t length);
void support_write_text(const char *directory, const char *name, const char *text);

/* A whole file, with a NUL behind it; *length may be NULL. Freed by the caller. */
char *support_read(const char *directory, const char *name, size_t *length);

/* A sparse matrix from all its values, one row behind the other; zeros are not stored. */
SparseMatrix *support_sparse(int64_t rows, int64_t columns, const double *values);

#endif
