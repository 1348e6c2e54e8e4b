/* What the readers and writers of .npy and .npz have in common; for them only. */
#ifndef THEMATA_MATRIX_NPY_HEADER_H
#define THEMATA_MATRIX_NPY_HEADER_H

#include "base/buffer.h"
#include "base/error.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "arrays are written as they lie in memory");

/* Appends the header of an array: `type` as NumPy writes it ("<f4"), `shape` as it stands between
 * the brackets ("3, 4" or "5,"). */
Status npy_append_header(Buffer *header, const char *type, const char *shape, Error *error);

struct archive;

/* Opens an .npz to read its members: the caller's, who ends it with archive_read_free. NULL, with
 * STATUS_INPUT in *error, if that cannot be. */
struct archive *npz_open(const char *path, Error *error);

#endif
