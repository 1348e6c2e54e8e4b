/* Taking HTML off a text: tags, comments, scripts and styles are left out, references to characters
 * become those characters. A text is not parsed into a tree; what is broken stays readable.
 *
 * - A tag is `<` or `</`, a letter, a name, then white space, `/` or `>`; it ends at the first `>`
 *   outside quotes behind `=`. From the first quote on that never closes, quotes mean nothing in
 *   the rest of the text. Any other `<` stays: a < b, <3, <someone@example.org>.
 * - Tags that are part of a line (<b>, <i>, <a>, <span> …) leave nothing behind, every other one
 *   leaves a line feed, so that it separates words. A `<` before that nothing has closed becomes a
 *   blank, so that <<b>p> does not leave a new tag behind.
 * - <script> and <style> are left out with what they hold, comments too; one that never ends, to
 *   the end of the text. Declarations (<!DOCTYPE …>, <?xml …?>) are left out; of
 *   <![CDATA[ … ]]> the marks.
 * - References (text/html_entities.h) become characters. So do those that have lost their
 *   ampersand, #39; #8212; quot; amp; lt; gt; nbsp; apos; where no letter or digit stands before
 *   them; and a blank before #39; and one of the endings of English (s t d m re ve ll) goes, as in
 *   `doesn #39;t`.
 * - Tags written as references, &lt;b&gt;, are tags as well if they are HTML's.
 *
 * Everything is O(length), whatever the text. */
#ifndef THEMATA_TEXT_HTML_H
#define THEMATA_TEXT_HTML_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Puts the text without HTML into *stripped, in place of what that held, and sets *changed; if
 * there is none, *changed is false and *stripped says nothing. The text is valid UTF-8, and so is
 * the result, which is never longer. */
Status html_strip(const char *text, size_t length, Buffer *stripped, bool *changed, Error *error);

/* Whether the text holds a tag that HTML knows. O(length). */
bool html_has_tags(const char *text, size_t length);

/* Whether it holds a reference with its semicolon, with or without its ampersand. O(length). */
bool html_has_references(const char *text, size_t length);

#endif
