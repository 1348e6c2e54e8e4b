/* Taking off a text what letters and news have besides what their author wrote:
 *
 * - the header: if the first two lines, continued ones (which begin with a blank) aside, read
 *   `Name: value`, everything up to the first blank line; the first may also be mbox's `From …`.
 *   A text without a blank line is left whole.
 * - quoted lines, which begin with > or |, blanks before them or not;
 * - what announces them: a line that ends with `wrote:` or `writes:`, or does so with the line
 *   behind it, if it begins with `In article` or `On `, or holds an @;
 * - the signature: from the last line on that is `-- ` (or `--`). */
#ifndef THEMATA_TEXT_MAIL_H
#define THEMATA_TEXT_MAIL_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Puts what is left of the text into *stripped, in place of what that held, and sets *changed; if
 * everything is left, *changed is false and *stripped says nothing. Never longer. O(length). */
Status mail_strip(const char *text, size_t length, Buffer *stripped, bool *changed, Error *error);

#endif
