/* Text for a terminal. A name or a document may hold anything: control characters, which a terminal
 * would obey, and marks that turn the direction of writing around. They are shown, not sent. */
#ifndef THEMATA_BASE_SAFE_TEXT_H
#define THEMATA_BASE_SAFE_TEXT_H

#include "base/buffer.h"
#include "base/error.h"

/* Appends `text` with every unsafe character as \xHH or \uHHHH, and every byte that is not part of
 * UTF-8 as \xHH. The result is one line. */
Status safe_text_append(Buffer *buffer, const char *text, Error *error);

#endif
