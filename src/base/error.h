/* How every floor reports what went wrong.
 *
 * Programmer's errors (a broken contract) are asserts. Errors of the world (no memory, unreadable
 * file, unusable input) are returned: a Status, and an Error filled once, where the facts are
 * known. "Not converged" and the like are results, not errors. Nothing here prints or exits. */
#ifndef THEMATA_BASE_ERROR_H
#define THEMATA_BASE_ERROR_H

#include <assert.h>

/* The kinds of outcome; the values are the program's exit codes. */
typedef enum Status {
    STATUS_OK = 0,
    STATUS_FAILED = 1, /* failed while running: no memory, disk full, output not writable */
    STATUS_USAGE = 2,  /* the command line cannot be understood */
    STATUS_INPUT = 3,  /* the input cannot be used */
} Status;

/* A sentence for a person, `subject: what is wrong (what was expected)`, and a hint what to do
 * about it. Both are cut to fit, so that reporting an error needs no memory. */
typedef struct Error {
    Status status;
    char message[1024]; /* UTF-8 as far as its parts are; NUL-terminated */
    char hint[512];     /* empty: no hint */
} Error;

/* Fills *error (which must not be NULL) and returns `status`, which must not be STATUS_OK, so that
 * a function can end with `return error_set(...)`. Clears the hint. */
__attribute__((format(printf, 3, 4))) Status error_set(Error *error, Status status,
                                                       const char *format, ...);

/* Adds the hint to an error that error_set has filled; returns the error's status. */
__attribute__((format(printf, 2, 3))) Status error_hint(Error *error, const char *format, ...);

/* Puts `subject: ` before the message of an error that was filled, for who knows more of where it
 * was than who filled it; the hint stays. Returns the error's status. */
Status error_put_subject(Error *error, const char *subject);

/* The status of an error that was filled: what a function returns when one it called returned NULL.
 */
static inline Status error_status(const Error *error)
{
    assert(error->status != STATUS_OK);
    return error->status;
}

/* Fills *error with STATUS_FAILED and `subject: strerror(errno)`. */
Status error_errno(Error *error, const char *subject);

#endif
