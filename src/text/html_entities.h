/* Characters that HTML writes as names or numbers: &eacute; &#233; &#xE9; */
#ifndef THEMATA_TEXT_HTML_ENTITIES_H
#define THEMATA_TEXT_HTML_ENTITIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length of the reference that begins at `text`, whose first byte is an ampersand, or 0 if
 * there is none; *code_point (untouched then) gets the character. Names are those of HTML 4, &apos;
 * and the upper-case ones of browsers; without a semicolon, the longest beginning that is one of
 * those HTML allows so. Numbers from 0x80 to 0x9F are read as Windows-1252. A number that is no
 * character (0, controls, surrogates, above 0x10FFFF) is no reference. A reference never has fewer
 * bytes than its character in UTF-8. O(length of the reference). */
size_t html_entity(const char *text, size_t length, uint32_t *code_point);

#endif
