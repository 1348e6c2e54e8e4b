/* Words that a soft hyphen divides at the end of a line. A soft hyphen within a line is dropped
 * when text is normalised (text/normalise.h); at its end the line break goes as well, which is done
 * to a whole text, because runs end at line breaks. */
#ifndef THEMATA_TEXT_SOFT_HYPHEN_H
#define THEMATA_TEXT_SOFT_HYPHEN_H

#include "base/buffer.h"

/* Takes every soft hyphen (U+00AD) that ends a line out of UTF-8, with the line break and the
 * blanks and tabs that the next line begins with. O(length). */
void soft_hyphens_join(Buffer *text);

#endif
