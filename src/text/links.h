/* Taking addresses out of a text: of pages (a scheme of letters and ://, or www.) and of people
 * (name@host.domain). Words with dots in them, example.org, stay. */
#ifndef THEMATA_TEXT_LINKS_H
#define THEMATA_TEXT_LINKS_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Puts the text with a blank in place of each address into *stripped, in place of what that held,
 * and sets *changed; if there is none, *changed is false and *stripped says nothing.
 *
 * The address of a page ends before white space, a control, any of < > " ` { } | \ ^ and any
 * character that is not ASCII, which addresses write as %C3%A9; of the end . , ; : ! ? ' * _ are
 * not part of it, nor a ) or ] that was not opened in it. In the address of a person both sides are
 * letters, digits and . _ % + -, the right one with a dot and at least two letters behind the last.
 *
 * Never longer. O(length). */
Status links_strip(const char *text, size_t length, Buffer *stripped, bool *changed, Error *error);

#endif
