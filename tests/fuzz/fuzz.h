/* What the fuzz targets share. A target is a function LLVMFuzzerTestOneInput of any bytes, which
 * ends the process when something does not hold that must hold for all of them. */
#ifndef THEMATA_TESTS_FUZZ_H
#define THEMATA_TESTS_FUZZ_H

#include "base/error.h"
#include "corpus/stream.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process, as a finding, unless the condition holds. */
#define REQUIRE(condition) ((condition) ? (void)0 : fuzz_fail(#condition, __FILE__, __LINE__, NULL))

/* The same for a Status that must be STATUS_OK. */
#define REQUIRE_OK(status, error)                                                                  \
    ((status) == STATUS_OK ? (void)0 : fuzz_fail(#status, __FILE__, __LINE__, (error)->message))

_Noreturn void fuzz_fail(const char *what, const char *file, int line, const char *message);

/* A directory of this process, removed when it ends. */
const char *fuzz_directory(void);

/* Writes a file of this name into it; returns the path, which lives until the next call. */
const char *fuzz_write(const char *name, const void *bytes, size_t length);

/* A whole file; freed by the caller. */
char *fuzz_read(const char *path, size_t *length);

/* Bytes that are taken from the front. */
typedef struct FuzzInput {
    const uint8_t *bytes;
    size_t length;
} FuzzInput;

/* The next byte, 0 behind the last. */
uint8_t fuzz_byte(FuzzInput *input);

/* What stands before the next `separator`, or all; takes the separator too. */
FuzzInput fuzz_until(FuzzInput *input, uint8_t separator);

/* A copy as text: up to a NUL, with one behind it; freed by the caller. */
char *fuzz_text(FuzzInput input);

/* A stream of these bytes that arrive `step` at a time. */
typedef struct FuzzStream {
    Stream stream;
    FuzzInput left;
    size_t step;
} FuzzStream;

void fuzz_stream_begin(FuzzStream *stream, const void *bytes, size_t length, size_t step);

#endif
