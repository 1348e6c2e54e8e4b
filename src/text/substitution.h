/* A user's rule: what a pattern matches is left out or replaced. PCRE2 syntax, UTF and UCP on; the
 * text is taken as it is, upper and lower case differ. */
#ifndef THEMATA_TEXT_SUBSTITUTION_H
#define THEMATA_TEXT_SUBSTITUTION_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Substitution Substitution;

/* Compiles the pattern and the text that its matches are replaced by: $1, ${1}, ${name} stand for
 * groups, which are empty if they took no part, $$ for a dollar; NULL leaves matches out.
 * STATUS_USAGE, with `option` as the subject and the position of the mistake, when one cannot be
 * understood. The texts are borrowed until the substitution is freed, `option` for good. */
Status substitution_new(const char *option, const char *pattern, const char *text,
                        Substitution **substitution, Error *error);

/* Replaces every match in the text (valid UTF-8, as the result is), into *replaced, in place of
 * what that held, and sets *changed; if there is no match, *changed is false and *replaced says
 * nothing. A text without the byte that every match begins with or holds, if there is one, is not
 * searched. STATUS_FAILED when a match needs more than its share of steps, as a pattern such as
 * (a+)+$ does on the right text, or the result has more than 1 GiB. */
Status substitution_apply(Substitution *substitution, const char *text, size_t length,
                          Buffer *replaced, bool *changed, Error *error);

void substitution_free(Substitution *substitution);

#endif
