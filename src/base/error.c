#include "base/error.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Status error_set(Error *error, Status status, const char *format, ...)
{
    assert(error && status != STATUS_OK);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    error->status = status;
    error->hint[0] = '\0';
    return status;
}

Status error_hint(Error *error, const char *format, ...)
{
    assert(error && error->status != STATUS_OK);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->hint, sizeof error->hint, format, arguments);
    va_end(arguments);
    return error->status;
}

Status error_put_subject(Error *error, const char *subject)
{
    const Error inner = *error;
    error_set(error, inner.status, "%s: %.700s", subject, inner.message);
    return error_hint(error, "%s", inner.hint);
}

Status error_errno(Error *error, const char *subject)
{
    int number = errno;
    char reason[128];
    /* The GNU strerror_r returns the text, which need not be in the buffer. */
    return error_set(error, STATUS_FAILED, "%s: %s", subject,
                     strerror_r(number, reason, sizeof reason));
}
