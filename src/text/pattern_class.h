/* Where a text may be cut without changing its tokens.
 *
 * A *run* is a maximal stretch of bytes that may take part in a token; what lies between runs are
 * ASCII characters, *separators*. For a token pattern made of character classes the tokens of a
 * text are those of its runs, each taken by itself:
 *
 * - Normalising does not reach across a separator. Letters and < = > are the only ASCII characters
 *   that compose with a mark behind them, and they are never separators; none composes with what
 *   stands before it, and all are starters, which marks are not ordered across.
 * - Matching does not reach across one: no item of the pattern takes a separator, so that there it
 *   fails as it does at the end of the text; and \b sees no difference between the two, because
 *   the characters of \w are never separators if the pattern has \b. */
#ifndef THEMATA_TEXT_PATTERN_CLASS_H
#define THEMATA_TEXT_PATTERN_CLASS_H

#include "base/error.h"

#include <stdbool.h>

/* Fills in_run[byte] and sets *cuts to true if the pattern is one of the default ones
 * (text/tokenizer.h) or a sequence of \w, \d, \p{…}, \b, [classes] that are not negated, and the
 * literals A-Z a-z 0-9 _ ' -, of which at most one is repeated a variable number of times, so that
 * no text makes a match costly. *cuts is false for every other pattern, and if it can take ASCII
 * white space: texts must then be tokenised whole. The pattern is one that PCRE2 accepts.
 * O(length). */
Status pattern_class(const char *pattern, bool in_run[256], bool *cuts, Error *error);

#endif
